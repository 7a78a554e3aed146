"""A store's mailbox of any size, always the same for the same size and seed.

`write(folder, count)` writes a Maildir: customers' questions and the store's
answers with quoted history, HTML-only and two-part mail, photos, several
charsets, newsletters, carriers' notices, bounces. Words come from a small shop
vocabulary with a long synthetic tail, so that an index has work to do.
"""

import base64
import os
import quopri
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import Header
from email.utils import formatdate
from pathlib import Path

STORE = "help@oakandwool.example"
SPAN = 2 * 365 * 86400
WORDS = (
    "order parcel throw blanket mug candle wool grey green blue large small colour size gift card wrapped broken "
    "arrived missing late tracking carrier address street change cancel return refund exchange label invoice please "
    "thank you hello could would want need before after Saturday Monday birthday mother friend wedding the a to of "
    "and for my your our it is was has not yet still again two three weeks days ago paid card bank twice code"
).split()
NAMES = (
    "Jana Mertens|Tom Iversen|Adaeze Okafor|Luis Ferreira|Mia Schulz|Ben Carter|Noor Haddad|Jürgen Groß|"
    "Zoë Lindqvist|山本 さくら|Anna Kowalska|Piet de Vries|Chiara Russo|Élodie Martin|Søren Dahl|Ivana Horváthová"
).split("|")
TOPICS = (
    "Where is order #{}?|Wrong size in order {}|Bestellung {} noch nicht da|The mug in #{} is broken|"
    "Change of address for {}|Can I return order {}?|Refund for #{}|Question about the grey throw|Ou est ma commande {}"
).split("|")
SYLLABLES = "ba de fi go lu ma ne po ra si to vu wer kel tam lin".split()


@dataclass
class Letter:
    """One generated mail and when it arrived (UTC seconds)."""

    raw: bytes
    at: int
    sent: bool = False


@dataclass
class _Talk:
    name: str
    address: str
    subject: str
    ids: list[str] = field(default_factory=list)
    last: str = ""


def letters(count: int, *, now: int, seed: int = 1) -> Iterator[Letter]:
    """`count` mails, oldest first, the last a few minutes before `now`."""
    dice = random.Random(seed)
    tail = ["".join(dice.choices(SYLLABLES, k=3)) for _ in range(20_000)]
    talks: list[_Talk] = []
    for i in range(count):
        at = now - SPAN + (SPAN - 600) * (i + 1) // count
        if dice.random() < 0.22:
            yield Letter(_noise(dice, tail, i, at), at)
            continue
        talk = dice.choice(talks[-60:]) if talks and dice.random() < 0.6 else _new(dice, talks, i)
        ours = bool(talk.ids) and dice.random() < 0.5
        yield Letter(_message(dice, tail, talk, i, at, ours=ours), at, sent=ours)


def write(folder: Path, count: int, *, now: int | None = None, seed: int = 1) -> int:
    """Write `count` mails as a Maildir at `folder` (our answers into `.Sent`). Returns their bytes."""
    for box in (folder, folder / ".Sent"):
        for part in ("cur", "new", "tmp"):
            (box / part).mkdir(parents=True, exist_ok=True)
    total = 0
    for i, letter in enumerate(letters(count, now=now or int(time.time()), seed=seed)):
        box = folder / ".Sent" if letter.sent else folder
        path = box / "cur" / f"{letter.at}.M{i}.bench,S={len(letter.raw)}:2,S"
        path.write_bytes(letter.raw)
        os.utime(path, (letter.at, letter.at))
        total += len(letter.raw)
    return total


def _new(dice: random.Random, talks: list[_Talk], i: int) -> _Talk:
    name = dice.choice(NAMES)
    talk = _Talk(
        name,
        f"customer{i % 9973}@mail{i % 7}.example",
        dice.choice(TOPICS).format(1001 + dice.randrange(40_000)),
    )
    talks.append(talk)
    return talk


def _prose(dice: random.Random, tail: list[str], lines: int) -> str:
    def word() -> str:
        return dice.choice(WORDS) if dice.random() < 0.8 else tail[int(len(tail) * dice.random() ** 3)]

    return "\n".join(" ".join(word() for _ in range(dice.randint(6, 12))) + "." for _ in range(lines))


def _message(dice: random.Random, tail: list[str], talk: _Talk, i: int, at: int, *, ours: bool) -> bytes:
    text = (
        f"Hello,\n\n{_prose(dice, tail, dice.randint(3, 14))}\n\n{talk.name if not ours else 'Oak & Wool'}\n"
    )
    quoted = "\n".join("> " + line for line in talk.last.splitlines())
    body = f"{text}\nOn Mon, {talk.name} wrote:\n{quoted}\n" if quoted else text
    customer = f"{Header(talk.name, 'utf-8').encode()} <{talk.address}>"
    shop = f"Oak & Wool <{STORE}>"
    mid = f"<{i}.{dice.getrandbits(48):x}@{'oakandwool.example' if ours else 'mail.example'}>"
    head = [
        f"Received: from mx.example by mail.example; {formatdate(at)}",
        f"From: {shop if ours else customer}",
        f"To: {customer if ours else shop}",
        f"Subject: {Header(('Re: ' if talk.ids else '') + talk.subject, 'utf-8').encode()}",
        f"Date: {formatdate(at - 5)}",
        f"Message-ID: {mid}",
    ]
    if talk.ids:
        head += [f"In-Reply-To: {talk.ids[-1]}", "References: " + " ".join(talk.ids[-12:])]
    talk.ids.append(mid)
    talk.last = body[:4000]
    return _mail(head, body, dice)


def _mail(head: list[str], body: str, dice: random.Random) -> bytes:
    shape = dice.random()
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in body.split("\n")) + "</body></html>"
    if shape < 0.40:
        return _join([*head, "MIME-Version: 1.0", *_text_head("plain")], quopri.encodestring(body.encode()))
    if shape < 0.50:
        return _join([*head, "MIME-Version: 1.0", *_text_head("html")], quopri.encodestring(html.encode()))
    parts = [
        _part(_text_head("plain"), quopri.encodestring(body.encode())),
        _part(_text_head("html"), quopri.encodestring(html.encode())),
    ]
    kind = "alternative"
    if shape > 0.94:
        kind = "mixed"
        photo = base64.encodebytes(dice.randbytes(dice.randint(20_000, 60_000)))
        name = 'Content-Disposition: attachment; filename="photo.jpg"'
        parts.append(_part(["Content-Type: image/jpeg", "Content-Transfer-Encoding: base64", name], photo))
    edge = f"=_{dice.getrandbits(64):x}"
    inner = b"".join(b"--" + edge.encode() + b"\n" + part for part in parts) + b"--" + edge.encode() + b"--\n"
    return _join([*head, "MIME-Version: 1.0", f'Content-Type: multipart/{kind}; boundary="{edge}"'], inner)


def _text_head(kind: str) -> list[str]:
    return [f"Content-Type: text/{kind}; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"]


def _part(head: list[str], body: bytes) -> bytes:
    return _join(head, body) + b"\n"


def _join(head: list[str], body: bytes) -> bytes:
    return "\n".join(head).encode() + b"\n\n" + body


def _noise(dice: random.Random, tail: list[str], i: int, at: int) -> bytes:
    sender, subject, extra = dice.choice(
        (
            (
                "news@papergoods.example",
                "This week: paper and ribbon",
                "List-Unsubscribe: <https://papergoods.example/u>",
            ),
            (
                "no-reply@carrier.example",
                f"Your parcel {dice.getrandbits(40)} is on its way",
                "Auto-Submitted: auto-generated",
            ),
            (
                "mailer-daemon@mail.example",
                "Undelivered mail returned to sender",
                "Auto-Submitted: auto-replied",
            ),
        )
    )
    head = [
        f"From: {sender}",
        f"To: {STORE}",
        f"Subject: {subject}",
        f"Date: {formatdate(at)}",
        f"Message-ID: <noise.{i}.{dice.getrandbits(32):x}@{sender.split('@')[1]}>",
        extra,
    ]
    return _mail(head, _prose(dice, tail, dice.randint(10, 40)), dice)
