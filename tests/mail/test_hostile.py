"""No mail raises an error, hangs or exhausts memory."""

import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.text import block, line
from deskterm.mail.parse import content, parse
from deskterm.mail.text.readable import readable

HEAD = b"From: a@b.example\r\nTo: c@d.example\r\n"
MULTIPART = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
HTML = b"Content-Type: text/html\r\n\r\n"


def nested(depth: int) -> bytes:
    parts = [
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(depth)
    ]
    return HEAD + b"".join(parts) + b"\r\nwords\r\n"


SHAPES = {
    "nothing": b"",
    "only line ends": b"\r\n" * 100_000,
    "only NUL": b"\0" * 200_000,
    "bare CR": HEAD + b"\r\n" + b"\r" * 200_000,
    "nested parts": nested(3000),
    "nested mails": HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 3000 + b"Subject: i\r\n\r\nx",
    "many parts": HEAD + MULTIPART + b"--b\r\n\r\nx\r\n" * 50_000,
    "parts in parts of one boundary": HEAD + MULTIPART + (b"--b\r\n" + MULTIPART) * 2000,
    "many fields": HEAD + b"".join(b"X-%d: y\r\n" % at for at in range(50_000)) + b"\r\nhi",
    "a subject of a megabyte": HEAD + b"Subject: " + b"a " * 500_000 + b"\r\n\r\nhi",
    "encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\r\n\r\nhi",
    "encoded words without end": HEAD + b"Subject: " + b"=?a?q?x" * 20_000 + b"\r\n\r\nhi",
    "50,000 recipients": b"To: " + b", ".join(b"u%d@x.example" % at for at in range(50_000)) + b"\r\n\r\nhi",
    "brackets": b"From: "
    + b"(" * 50_000
    + b"\r\nTo: "
    + b"<" * 50_000
    + b"\r\nCc: a:"
    + b";" * 50_000
    + b"\r\n\r\nhi",
    "spaces in a name": b"From: " + b" a" * 30_000 + b" <\r\n\r\nhi",
    "references": HEAD + b"References: " + b" ".join(b"<%d@x>" % at for at in range(50_000)) + b"\r\n\r\nhi",
    "parameters": HEAD
    + b"Content-Type: text/plain"
    + b"".join(b"; name*%d*=a" % at for at in range(20_000))
    + b"\r\n\r\nhi",
    "parameters without end": HEAD + b"Content-Type: text/plain" + b'; a="' * 20_000 + b"\r\n\r\nhi",
    "an empty boundary": HEAD
    + b'Content-Type: multipart/mixed; boundary=""\r\n\r\n'
    + b"--\r\n\r\nx\r\n" * 5000,
    "a charset of 50,000 letters": HEAD
    + b"Content-Type: text/plain; charset="
    + b"x" * 50_000
    + b"\r\n\r\n\xff",
    "begin lines": HEAD + b"\r\n" + b"begin 644 a\r\n" * 50_000,
    "begin and end lines": HEAD + b"\r\n" + b"begin 644 a\r\n" * 20_000 + b"end\r\n" * 20_000,
    "uuencoded files without end": HEAD
    + b"\r\n"
    + (b"M" + b"A" * 60 + b"\r\n" + b"M" + b"A" * 60 + b"\r\nM\r\n") * 20_000,
    "nested divs": HEAD + HTML + b"<div>" * 200_000 + b"words",
    "nested tables": HEAD + HTML + b"<table><tr><td>" * 60 + b"words",
    "very nested tables": HEAD + HTML + b"<table><tr><td>" * 20_000 + b"words",
    "nested quotes": HEAD + HTML + b"<blockquote type=cite>words" * 5_000,
    "50,000 attributes": HEAD + HTML + b"<p " + b" ".join(b"a%d=1" % at for at in range(50_000)) + b">words",
    "tags without end": HEAD + HTML + b"<p " * 100_000 + b"words",
    "comments without end": HEAD + HTML + b"<p>words</p>" + b"<!-- " * 100_000,
    "a big table": HEAD + HTML + b"<table>" + b"<tr>" + b"<td>1</td>" * 10 + b"</tr>" * 2_000 + b"</table>",
    "links": HEAD + HTML + b"".join(b"<a href=https://x.example/%d>x</a>" % at for at in range(20_000)),
    "blocks moved in far": HEAD + HTML + b"<div style='padding-left:99999em'>words</div>" * 5_000,
    "blocks far apart": HEAD + HTML + b"<p style='margin-top:99999em'>words</p>" * 5_000,
    "a length without end": HEAD + HTML + b"<p style='margin-top:" + b"9" * 400 + b"em'>words</p>",
    "lengths of dots": HEAD + HTML + (b"<p style='margin-top:" + b"." * 1_900 + b"'>words</p>") * 500,
    "numbers of a list": HEAD + HTML + "<ol><li value='²'>words<li value='99999999999'>words</ol>".encode(),
    "a wide column": HEAD
    + HTML
    + b"<table><tr><td><pre>a"
    + b" " * 500_000
    + b"b</pre><td>1"
    + b"<tr><td>a<td>b" * 2_000,
    "entities": HEAD + HTML + b"<p>" + b"&amp;" * 200_000,
    "one long word": HEAD + HTML + b"<p>" + b"x" * 1_000_000,
}


@pytest.mark.parametrize("raw", SHAPES.values(), ids=SHAPES)
def test_an_absurd_mail_is_read_within_bounds(raw):
    """Time is kept by the benchmark; what is checked here is that it returns, in little memory."""
    tracemalloc.start()
    parsed = parse(raw)
    text = readable(parsed).text
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 100_000_000
    assert len(text) < 3_000_000
    assert parsed.fingerprint


@pytest.mark.parametrize("shape", ["nested divs", "nested quotes", "50,000 attributes", "very nested tables"])
def test_the_words_of_absurd_html_are_still_read(shape):
    assert "words" in readable(parse(SHAPES[shape])).text


SEEDS = [
    HEAD + MULTIPART + b"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nH\xc3\xa9\r\n--b\r\n"
    b"Content-Type: application/pdf; name*=utf-8''a%20b\r\nContent-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--b--\r\n",
    HEAD + b"Subject: =?utf-8?b?SGVsbG8=?=\r\n" + HTML + b"<p>Hi <a href='https://x.example'>x</a></p>"
    b"<blockquote type=cite><div>old</div></blockquote><table><tr><td>1<td>2<tr><td>3<td>4</table>",
    HEAD
    + b"Content-Type: text/plain; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na =\r\nb=20\r\n> c\r\n",
]
CUTS = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=8
)


def check(raw: bytes) -> None:
    got = parse(raw)
    for text in (got.subject, got.sender.name, got.sender.address, *(one.name for one in got.attachments)):
        assert line(text) == text
    for value in map(got.header, got.named):
        assert line(value) == value
    assert block(got.plain) == got.plain
    repr(got).encode()
    shown = readable(got)
    assert block(shown.text) == shown.text
    assert all(0 <= fold.start < fold.end <= len(shown.text) for fold in shown.folds)
    for one in got.attachments:
        content(raw, one.part)


@given(st.binary(max_size=400))
def test_any_bytes_are_read(raw):
    check(raw)


@given(st.sampled_from(SEEDS), CUTS)
@settings(max_examples=300)
def test_any_damaged_mail_is_read(seed, cuts):
    raw = seed
    for at, length, put in cuts:
        raw = raw[:at] + put + raw[at + length :]
    check(raw)


@given(st.text(st.sampled_from("<>/ abipdvtr=\"'&;#!-x1\n\ufdd0\ufdd3"), max_size=200))
@settings(max_examples=200)
def test_any_markup_is_laid_out(markup):
    check(HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n<p>" + markup.encode())
