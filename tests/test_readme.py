"""The README says what is so."""

import re

from scripts.keys import README, with_table


def test_its_table_of_keys_is_the_list_of_commands():
    text = README.read_text(encoding="utf-8")
    assert with_table(text) == text, "run `make keys`"


def test_what_it_links_to_is_there():
    links = re.findall(r"\]\(((?!http)[^)]+)\)", README.read_text(encoding="utf-8"))
    missing = [link for link in links if not (README.parent / link).exists()]
    assert not missing
