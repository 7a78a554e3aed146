"""A setting is declared once: docs/config.md, the schema for editors and the checks come from its record."""

from dataclasses import fields
from pathlib import Path

import pytest
from scripts.settings import SCHEMA, TABLES, schema, with_tables

from deskterm.commands.keymap import PRESETS
from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.paths import Home
from deskterm.config.setting import default_of, setting, settings_of
from deskterm.config.settings_file import load
from deskterm.widgets.look.themes import THEMES

PAGE = (Path(__file__).parents[2] / "docs" / "config.md").read_text("utf-8")


def test_the_tables_are_those_of_the_settings_as_declared():
    """`make settings` updates them."""
    assert with_tables(PAGE) == PAGE
    assert all(f"<!-- settings: {name} -->\n| setting" in PAGE for name in TABLES)


def test_the_schema_for_editors_is_that_of_the_settings_as_declared():
    assert SCHEMA.read_text("utf-8") == schema()


@pytest.mark.parametrize("kind", TABLES.values())
def test_every_setting_has_its_record_and_its_default_passes_its_own_checks(kind):
    parts = {"shop", "policy", "keys", "mailboxes", "stores"} if kind is Settings else set()
    assert {one.name for one in fields(kind)} - parts == set(settings_of(kind))
    assert not any(one.complaint(name, default_of(field)) for name, (field, one) in settings_of(kind).items())


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        (Settings, "undo_seconds", 3601, "from 0 to 3600"),
        (Settings, "theme", "blue", "one of dark, light, plain"),
        (Mailbox, "smtp_port", 0, "from 1 to 65535"),
        (Mailbox, "oauth", "yahoo", "or left out"),
        (Shop, "zone", "Mars/Base", "no time zone"),
        (Shop, "hours", "always", "the hours are written as"),
        (Shop, "locale", "xx_XX", "no locale"),
    ],
)
def test_the_message_for_a_wrong_value_comes_from_the_record(kind, name, value, words):
    assert words in setting(kind, name).complaint(name, value)


def test_the_choices_that_are_named_exist():
    assert all(f"`{name}`" in PAGE for name in (*THEMES, *filter(None, PRESETS)))


def test_themes_and_presets_are_refused_or_taken_by_the_names_they_have():
    assert set(setting(Settings, "theme").choices) == set(THEMES)
    assert set(setting(Settings, "preset").choices) == {"", *PRESETS}


def test_the_example_can_be_read(tmp_path):
    home = Home(tmp_path)
    home.config_file.write_text(PAGE.partition("```toml\n")[2].partition("```")[0])
    assert load(home).mailboxes[0].smtp_host == "smtp.ridge.example"
