"""A paste is one paste: of any size and content, cut anywhere by the reads it arrives in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from deskterm.app.paste import END, START, PasteParser

CONTENT = st.text(st.sampled_from("ae\x1b[201~P\r\n\t\x07\x9bOé日🧶?"), max_size=60)


def heard(reads, *, rest=0.0):
    """What a parser reports for these reads, and for a moment without any."""
    parser, found = PasteParser(), []
    for read in reads:
        found += [*parser.feed(read), *parser.tick()]
    time.sleep(rest)
    return [*found, *parser.tick()]


@given(CONTENT.filter(lambda text: END not in text), st.data())
def test_what_is_pasted_is_one_paste_wherever_the_reads_are_cut(content, data):
    sent = START + content + END + "k"
    cut = sorted(data.draw(st.lists(st.integers(1, len(sent)), max_size=4)))
    reads = [sent[a:b] for a, b in zip([0, *cut], [*cut, len(sent)], strict=True) if a < b]
    paste, key = heard(reads)
    assert (paste.text, key.key) == (content, "k")


@pytest.mark.parametrize("reads", [("\x1b", "[A"), ("k\x1b", "[", "A"), ("\x1b[", "A")])
def test_a_key_that_is_read_in_two_is_that_key(reads):
    assert heard(reads)[-1].key == "up"


def test_alt_with_a_digit_is_that_in_terminals_without_the_newer_protocol():
    assert [(one.key, one.character) for one in heard(["\x1b1", "\x1b9"])] == [
        ("alt+1", None),
        ("alt+9", None),
    ]


@pytest.mark.parametrize(("reads", "keys"), [(("\x1b",), ["escape"]), (("\x1b", "k"), ["alt+k"])])
def test_an_escape_alone_is_escape_and_before_a_letter_alt(reads, keys):
    assert [one.key for one in heard(reads, rest=0.2)] == keys


@pytest.mark.parametrize(
    "content",
    [
        "y" * 100_000,
        "\x1b[A\x1b[B\x1bOP\x1b\x1b\x07" * 5000,
        "line\r\n\ttabbed\r\n" * 8000,
        "日本🧶" * 30_000,
    ],
    ids=["long", "escapes", "lines", "wide"],
)
def test_a_large_paste_is_one_paste(content):
    sent = START + content + END
    found = heard([sent[at : at + 4096] for at in range(0, len(sent), 4096)])
    assert [one.text for one in found] == [content]


def test_a_paste_that_ends_itself_runs_no_key():
    """A terminal that lets the sequence through: what follows it is still no key."""
    found = heard([f"{START}nice{END}yyqq{END}"])
    assert [type(one) for one in found] == [events.Paste]


def test_a_paste_that_ends_itself_runs_no_key_in_a_later_read():
    sent = f"{START}{'a' * 5000}{END}yy{'b' * 5000}{END}"
    found = heard([sent[at : at + 4096] for at in range(0, len(sent), 4096)], rest=0.05)
    assert [type(one) for one in found] == [events.Paste]


def test_keys_typed_after_a_large_paste_are_keys():
    sent = f"{START}{'a' * 5000}{END}jk"
    found = heard([sent[:4096], sent[4096:]], rest=0.05)
    assert [getattr(one, "key", "paste") for one in found] == ["paste", "j", "k"]


def test_two_pastes_are_two():
    found = heard([f"{START}one{END}{START}two{END}x"])
    assert [getattr(one, "text", "") or one.key for one in found] == ["one", "two", "x"]


@pytest.mark.parametrize("keys", ["\x1b", "j", "\x1b[A", "\x1b[2~", "\x1b[200", "é"])
def test_keys_without_a_paste_are_read_as_usual(keys):
    assert all(not isinstance(one, events.Paste) for one in heard([keys]))
