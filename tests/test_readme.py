"""The README says what is so."""

import re

import pytest
from scripts.keys import KEYS, README, pages

from deskterm.commands.registry import all_commands


@pytest.mark.parametrize("page", [README, KEYS])
def test_its_table_of_keys_is_the_list_of_commands(page):
    assert pages()[page] == page.read_text(encoding="utf-8"), "run `make keys`"


def test_every_command_is_in_the_list_of_keys():
    text = KEYS.read_text(encoding="utf-8")
    assert [one.id for one in all_commands() if f"| `{one.id}` |" not in text] == []


def test_what_it_links_to_exists():
    links = re.findall(r"\]\(((?!http)[^)]+)\)", README.read_text(encoding="utf-8"))
    missing = [link for link in links if not (README.parent / link).exists()]
    assert not missing


@pytest.mark.parametrize("page", ["docs/architecture.md", "CONTRIBUTING.md", "docs/stores.md"])
def test_the_files_that_a_page_names_exist(page):
    root = README.parent
    named = re.findall(
        r"`((?:[\w.]+/)+(?:[\w.]+\.(?:py|md|sql))?)`", (root / page).read_text(encoding="utf-8")
    )
    below = (root / "src" / "deskterm", root, root / "src" / "deskterm" / "sync" / "stores")
    assert named
    assert [one for one in named if not any((folder / one).exists() for folder in below)] == []
