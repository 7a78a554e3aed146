"""Mutated mails through parse and read for a while: `python -m tests.fuzz [seconds] [seed]`.

Each round makes a mail from a number, so a failure is repeated by giving that
number as the seed. Exits 1 at the first mail that raises, takes over two
seconds or comes out unsafe.
"""

import random
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from deskterm.domain.text import block, line
from deskterm.mail.parse import content
from deskterm.mail.read import read_mail

_SLOWEST = 2.0
_OWN = frozenset({"help@oakandwool.example"})
_HEAD = (
    b"Return-Path: <jana@mertens.example>\r\nReceived: from a by b; Mon, 12 Oct 2026 09:14:25 +0200\r\n"
    b'From: =?utf-8?q?J=C3=B6rg?= <jana@mertens.example>\r\nTo: "Oak, Wool" <help@oakandwool.example>\r\n'
    b"Subject: Re: =?iso-8859-1?b?R3L232U=?= #1042\r\nDate: Mon, 12 Oct 2026 09:14:22 +0200\r\n"
    b"Message-ID: <a1@mertens.example>\r\nReferences: <p1@x.example>\r\n <p2@x.example>\r\nMIME-Version: 1.0\r\n"
)
_PLAIN = b"Content-Type: text/plain; charset=utf-8; format=flowed\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
_WORDS = (
    b"H=C3=A4llo, \r\nwhere is it?\r\n\r\n-- \r\nJana\r\n\r\nOn Mon, 12 Oct 2026 at 08:00, Oak <help@oakandwool.example> wrote:\r\n"
    b"> It left today.\r\n>> begin 644 a.txt\r\n"
)
_HTML = (
    b"Content-Type: text/html; charset=windows-1252\r\n\r\n<html><head><style>p{}</style></head><body><p>H\xe4llo <a href='https://x.example/?a=1'>"
    b"here</a><img alt=Mug src=cid:1><table><tr><td>Mug<td>2<td>9.00<tr><td>Cup<td>1<td>4.00</table>"
    b"<div class=gmail_quote><blockquote type=cite>old<blockquote>older</blockquote></blockquote></div></body></html>\r\n"
)
_FILE = (
    b"Content-Type: application/pdf; name*0*=utf-8''Gr%C3%B6; name*1=.pdf\r\nContent-Disposition: attachment\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8gdGhlcmUhISE=\r\n"
)
_REPORT = (
    b"Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.example\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n"
    b"Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 unknown\r\n"
)
_INNER = b"Content-Type: message/rfc822\r\n\r\n" + _HEAD + _PLAIN + _WORDS
_PARTS = (
    _PLAIN + _WORDS,
    _HTML,
    _FILE,
    _REPORT,
    _INNER,
    b"Content-Type: text/calendar\r\n\r\nBEGIN:VCALENDAR\r\n",
)
_KINDS = (b"mixed", b"alternative", b"related", b"report; report-type=delivery-status", b"digest", b"signed")
_TOKENS = (
    b"\r\n", b"\n", b"\r", b"\0", b"\x1b[2J", b"\xff\xfe", b"\xe2\x80\xae", b"=?utf-8?q?=", b"?=", b"--cut", b"--cut--", b"; ",
    b'"', b"<", b">", b"(", b"=", b"charset=utf-7", b"charset=iso-2022-jp", b"\x1b$B", b"boundary=", b"Content-Type: ", b"<div ",
    b"<blockquote>", b"</table>", b"<table><tr><td>", b"<!--", b"&#x1b;", b"&#xfdd0;", b"> ", b"begin 644 a\r\n", b"end\r\n", b":",
)  # fmt: skip


def made(seed: int) -> bytes:
    """Give the mail of a number."""
    dice = random.Random(seed)
    raw = bytearray(_tree(dice, 0))
    for _ in range(dice.randrange(12)):
        at = dice.randrange(len(raw) + 1)
        _damage(dice, raw, at)
    return bytes(raw)


def _tree(dice: random.Random, depth: int) -> bytes:
    head = _HEAD if depth == 0 else b""
    if depth > 3 or dice.random() < 0.3:
        return head + dice.choice(_PARTS)
    mark = b"cut%d" % dice.randrange(3)
    parts = [b"--" + mark + b"\r\n" + _tree(dice, depth + 1) for _ in range(dice.randrange(5))]
    kind = b"Content-Type: multipart/" + dice.choice(_KINDS) + b"; boundary=" + mark + b"\r\n\r\n"
    return head + kind + b"\r\n".join(parts) + b"\r\n--" + mark + b"--\r\n"


def _damage(dice: random.Random, raw: bytearray, at: int) -> None:
    way = dice.randrange(5)
    if way == 0:
        raw[at:at] = dice.choice(_TOKENS) * dice.choice((1, 1, 1, 2, 300))
    elif way == 1:
        del raw[at : at + dice.randrange(200)]
    elif way == 2 and at < len(raw):
        raw[at] = dice.randrange(256)
    elif way == 3:
        raw[at:at] = raw[dice.randrange(len(raw) + 1) :][:300]
    else:
        raw[at:at] = dice.randbytes(dice.randrange(20))


def checked(raw: bytes) -> None:
    """Read a mail as the program does, and look at what came out."""
    read = read_mail(raw, _OWN)
    mail = read.mail
    for text in (
        mail.subject,
        mail.sender.name,
        read.writer.customer.display,
        *(one.name for one in mail.attachments),
    ):
        assert line(text) == text, text
    assert block(read.text) == read.text
    assert all(0 <= fold.start <= fold.end <= len(read.text) for fold in read.folds)
    for one in mail.attachments:
        content(raw, one.part)


def run(seconds: float, seed: int | None) -> int:
    """Try numbers for so many seconds, or the one given. Gives the exit code."""
    at = time.time_ns() % 1_000_000_000 if seed is None else seed
    end, tried = time.monotonic() + seconds, 0
    while tried == 0 or (time.monotonic() < end and seed is None):
        started = time.monotonic()
        try:
            checked(made(at))
        except Exception:  # noqa: BLE001 - whatever it is, it is reported with its seed
            traceback.print_exc()
            print(f"The mail of seed {at} fails. Again: python -m tests.fuzz 1 {at}")  # noqa: T201
            return 1
        if time.monotonic() - started > _SLOWEST:
            print(f"The mail of seed {at} takes over {_SLOWEST:.0f} s. Again: python -m tests.fuzz 1 {at}")  # noqa: T201
            return 1
        at, tried = at + 1, tried + 1
    print(f"{tried} mails read, none fails.")  # noqa: T201
    return 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(run(float(given[0]) if given else 60.0, int(given[1]) if len(given) > 1 else None))
