"""docs/config.md names every setting, with its type and its default, and nothing else."""

import re
import tomllib
from dataclasses import MISSING, fields
from pathlib import Path

import pytest

from deskterm.commands.registry import PRESETS
from deskterm.config import setting_checks
from deskterm.config.paths import Home
from deskterm.config.settings import load
from deskterm.config.values import Mailbox, Settings, Shop, Store
from deskterm.widgets.theme import THEMES

PAGE = (Path(__file__).parents[2] / "docs" / "config.md").read_text("utf-8")
TYPES = {str: "text", int: "number", bool: "true or false", tuple: "list"}
TABLES = {"mailboxes", "stores"}


def documented(heading: str) -> dict[str, tuple[str, object]]:
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \| `([^|]+)` \| .+ \|$", section, re.MULTILINE)
    return {name: (kind, tomllib.loads(f"x = {default}")["x"]) for name, kind, default in rows}


@pytest.mark.parametrize(
    ("heading", "kind"),
    [("At the top of the file", Settings), ("[shop]", Shop), ("[[mailbox]]", Mailbox), ("[[store]]", Store)],
)
def test_every_setting_stands_there_with_type_and_default(heading, kind):
    known = {
        one.name: (TYPES[type(one.default)], list(one.default) if one.default == () else one.default)
        for one in fields(kind)
        if one.default is not MISSING and not isinstance(one.default, Shop) and one.name not in TABLES
    }
    assert documented(heading) == known


def test_the_choices_that_are_named_exist():
    assert all(f"`{name}`" in PAGE for name in (*THEMES, *filter(None, PRESETS)))


def test_themes_and_presets_are_refused_or_taken_by_the_names_they_have():
    assert set(setting_checks.THEMES) == set(THEMES)
    assert set(setting_checks.PRESETS) == {"", *PRESETS}


def test_the_example_can_be_read(tmp_path):
    home = Home(tmp_path)
    home.config_file.write_text(PAGE.partition("```toml\n")[2].partition("```")[0])
    assert load(home).mailboxes[0].smtp_host == "smtp.ridge.example"
