"""Every text that deskterm takes from a mail is safe to show, whichever field it was in, and links are web links."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hostile_desk
from deskterm.mail.read import read_mail
from hostile import HOSTILE, INJECTED, told

OWN = frozenset({hostile_desk.OWN})
TEXTS = [*HOSTILE.values(), *INJECTED]
KINDS = (
    hostile_desk.mail, hostile_desk.raw_mail, hostile_desk.form, hostile_desk.bounce, hostile_desk.invitation, hostile_desk.answer,
)  # fmt: skip
LINK = re.compile(r"https?://[!-~]+")


def wrong(raw: bytes) -> str:
    """What in the values of a mail is not safe text or no web link."""
    read = read_mail(raw, OWN)
    odd = [link for link in read.links if not LINK.fullmatch(link)]
    headers = [read.mail.header(name) for name in read.mail.named]
    read = replace(read, mail=replace(read.mail, named={}, html=""))  # these are raw by intent
    return told(read) + told(headers) + " ".join(map(ascii, odd))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_text_taken_from_a_mail_is_safe(kind):
    found = {text: said for text in TEXTS if (said := wrong(kind(1, text, 1_760_000_000)))}
    assert found == {}


@given(st.text(max_size=60), st.sampled_from(KINDS))
def test_any_text_in_any_field_is_safe(text, kind):
    assert wrong(kind(1, text, 1_760_000_000)) == ""


@given(st.binary(max_size=200))
def test_any_bytes_give_safe_text(data):
    assert wrong(b"From: a@b.example\nSubject: " + data.replace(b"\n", b" ") + b"\n\n" + data) == ""


@pytest.mark.parametrize(
    "charset", ["utf-7", "utf-16", "iso-2022-jp", "hz", "unicode_escape", "idna", "cp037", "x-none"]
)
def test_no_charset_gets_control_characters_in(charset):
    for text in TEXTS:
        data = text.encode("utf-8", "surrogatepass")
        head = b"From: =?%s?q?=1B]0;x=07?= <a@b.example>\nContent-Type: text/plain; charset=%s\n\n" % (
            (charset.encode(),) * 2
        )
        assert wrong(head + data) == ""
        assert wrong(head + b"\\x1b]0;owned\\x07 +ABs-]0;x+AAc- ~{\x1b]0;x") == ""
