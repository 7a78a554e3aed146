"""Phrases are looked up by a plain word first, which must never miss what the pattern would find."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.mail.kind import automatic, bounce, bounce_words, notices
from deskterm.mail.kind.form import labels
from deskterm.mail.phrases import Phrases, alternatives, required_words
from deskterm.mail.text import footers, history, readable

_TABLES = (automatic._AWAY, automatic._CHALLENGE, bounce._BODY, bounce._SUBJECT, footers._BOILERPLATE,
           labels._INTRO, history._ANSWERS_INSIDE, readable._STUB,
           *(said for _, said in (*bounce_words.PHRASES, *notices._SUBJECTS)))  # fmt: skip
_ALL = sorted({(one, place) for place, table in enumerate(_TABLES) for *_, one in table._by_word})


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_text_that_matches_a_phrase_has_one_of_its_words(data: st.DataObject) -> None:
    """Whatever text a pattern of ours matches, the cheap check before it lets it through."""
    pattern, table = data.draw(st.sampled_from(_ALL))
    text = data.draw(st.from_regex(re.compile(pattern)))
    assert all(any(word in text.lower() for word in words) for words in required_words(pattern))
    assert _TABLES[table].appear_in(text)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("mailbox is full", [("mailbox is full",)]),
        ("colou?r of it", [("r of it",), ("colo",)]),
        ("(?:user|mailbox) (?:is )?unknown", [("unknown",), ("user", "mailbox"), (" ",)]),
        ("(?:vacation|holiday)s?", [("vacation", "holiday")]),
        (r"\bspam\b(?!haus)", [("spam",)]),
        (r"[45]\d\d [45]\.\d", [(" 4.", " 5."), ("4", "5")]),
        (r"[a-z][^b]\w", [("",)]),
        (r"(?:a|\d)", [("",)]),
        (r"1\+1", [("1+1",)]),
    ],
)
def test_the_words_that_a_pattern_requires_are_found(pattern: str, found: list[tuple[str, ...]]) -> None:
    """Only what is in every match counts: nothing optional, one of several alternatives."""
    assert required_words(pattern) == found


def test_bars_inside_groups_do_not_split() -> None:
    """A class may contain a bar or a bracket, too."""
    assert alternatives(r"a(?:b|c(d|e))|[|)]x|\|y") == [r"a(?:b|c(d|e))", "[|)]x", r"\|y"]


def test_capitals_of_every_language_are_found() -> None:
    """The Turkish capital with its dot becomes two characters in lower case."""
    said = Phrases("teslim edilemedi|не доставлен|échec")
    assert said.appear_in("TESLİM EDİLEMEDİ")
    assert said.appear_in("НЕ ДОСТАВЛЕНО")
    assert said.appear_in("ÉCHEC de la remise")
    assert not said.appear_in("It has been delivered.")
