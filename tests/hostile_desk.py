"""A desk with a hostile text in every field, as files: a Maildir, orders, a playbook, a config.

Each field begins with a word of its own in capitals, so that a test can tell that the field was shown.
"""

import json
import os
from base64 import b64encode
from email.utils import formatdate
from html import escape
from pathlib import Path

from deskterm.config import settings_file as settings
from deskterm.config.paths import Home
from deskterm.config.settings_file import Mailbox, Settings, Shop, Store

OWN = "hello@loom.example"
HOUR = 3600
_FORM = "You received a new message from your online store's contact form."
_AMOUNT = {"quantity": 1, "price": "49.00"}


def write_sample_store(folder: Path, texts: dict[str, str], now: int, *, owner: str = "") -> Home:
    """Write the desk into `folder`: for each text our mail, its answer and its bounce, a form, an order.

    `owner` is what the owner's own names hold: no text that the settings refuse.
    """
    home = Home(folder)
    inbox, sent = folder / "mail", folder / "mail" / ".Sent"
    for place in (inbox, sent):
        for part in ("cur", "new", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts.values(), 1):
        at = now - 40 * HOUR - number * 60
        letters = {"mail": mail(number, text, at), "raw": raw_mail(number, text, at + 30)}
        letters |= {"form": form(number, text, at + 50), "bounce": bounce(number, text, at + 4 * HOUR)}
        letters["invitation"] = invitation(number, text, at + 70)
        for kind, raw in letters.items():
            _write(inbox / "new" / f"{at}.{number}{kind}.{_file_name(text)}", raw, at)
        _write(sent / "cur" / f"{at}.{number}sent:2,S", answer(number, text, at - 2 * HOUR), at)
    (folder / "orders.json").write_text(json.dumps(orders(list(texts.values()), now)))
    _playbook(home, list(texts.values()))
    settings.save(home, _settings(folder, owner))
    return home


def customer(number: int) -> str:
    """The address of the customer of the text with that number."""
    return f"kim{number}@far.example"


def mail(number: int, text: str, at: int) -> bytes:
    """A customer's mail with text, HTML, links and attachments; encoded as clients do."""
    fields = [
        f"From: {word('FROMNAME ' + text)} <{customer(number)}>",
        f"To: {word('TONAME ' + text)} <{OWN}>",
        f"Cc: {word('CCNAME ' + text)} <friend{number}@far.example>",
        f"Reply-To: {word('REPLYNAME ' + text)} <{customer(number)}>",
        f"Subject: {word('SUBJECT ' + text)}",
        f"Message-ID: <{number}.{_in_an_id(text)}@far.example>",
        f"In-Reply-To: <sent{number}@loom.example>",
        f"X-Mailer: {word('MAILER ' + text)}",
    ]
    return _mail(
        fields,
        at,
        _multipart(
            "mixed",
            _multipart(
                "alternative",
                _part("text/plain; charset=utf-8", f"It is order {2000 + number}.\nPLAINTEXT {text}\n"),
                _part("text/html; charset=utf-8", _html(text)),
                key="alternative",
            ),
            _part(f'image/png; name="{word("FILENAME " + text)}"', "x", "attachment"),
            _part("application/pdf", "x", f"attachment; filename*=utf-8''{_percent('NAMED ' + text)}"),
        ),
    )


def raw_mail(number: int, text: str, at: int) -> bytes:
    """The same customer again: HTML alone, its head in raw bytes."""
    name = _flat(f"RAWNAME {text}").replace('"', "'").replace("\\", "/")
    fields = [f'From: "{name}" <{customer(number)}>', f"To: {OWN}", _flat(f"Subject: RAWSUBJECT {text}")]
    fields += [f"In-Reply-To: <sent{number}@loom.example>"]
    return _mail(fields, at, _part("text/html; charset=utf-8", _html(text)))


def invitation(number: int, text: str, at: int) -> bytes:
    """Calendar mail."""
    fields = [f"From: guest{number}@far.example", f"To: {OWN}", _flat(f"Subject: INVITED {text}")]
    event = f"BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nSUMMARY:EVENT {_flat(text)}\nEND:VEVENT\nEND:VCALENDAR\n"
    return _mail(fields, at, _part("text/calendar; charset=utf-8; method=REQUEST", event))


def form(number: int, text: str, at: int) -> bytes:
    """What a store's contact form sends."""
    fields = [f"From: {word('SHOPNAME ' + text)} <mailer@shopify.com>", f"To: {OWN}"]
    fields += [f"Reply-To: form{number}@far.example", "Subject: New customer message"]
    flat = _flat(text)
    body = (
        f"{_FORM}\n\nName:\nFORMNAME {flat}\n\nEmail:\nform{number}@far.example\n\nPhone:\nPHONE {flat}\n\n"
        f"Order number:\n{2000 + number} {flat}\n\nBody:\nFORMTEXT {text}\n"
    )
    return _mail(fields, at, _part("text/plain; charset=utf-8", body))


def answer(number: int, text: str, at: int) -> bytes:
    """What we wrote before, in another program."""
    fields = [
        f"From: {word('OWNNAME ' + text)} <{OWN}>",
        f"To: {word('BACKNAME ' + text)} <{customer(number)}>",
    ]
    fields += [f"Subject: {word('SUBJECT ' + text)}", f"Message-ID: <sent{number}@loom.example>"]
    return _mail(fields, at, _part("text/plain; charset=utf-8", f"ANSWERTEXT {text}\n"))


def bounce(number: int, text: str, at: int) -> bytes:
    """A delivery report of our answer: its words, its fields and the returned mail are hostile."""
    flat = _flat(text)
    status = (
        f"Reporting-MTA: dns; {flat}\n\nFinal-Recipient: rfc822; {customer(number)} {flat}\nAction: failed\n"
        f"Status: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 DIAGNOSTIC {flat}\nRemote-MTA: dns; {flat}\n"
    )
    returned = (
        f"Message-ID: <sent{number}@loom.example>\nTo: {customer(number)}\nSubject: RETURNED {flat}\n\n{text}"
    )
    fields = ["From: MAILER-DAEMON@mx.example", f"To: {OWN}", f"Subject: {word('Undelivered ' + text)}"]
    body = _multipart(
        'report; report-type="delivery-status"',
        _part("text/plain; charset=utf-8", f"REPORT {text}\n"),
        _part("message/delivery-status", status, encoding="8bit"),
        _part("message/rfc822", returned, encoding="8bit"),
    )
    return _mail([*fields, "Auto-Submitted: auto-replied"], at, body)


def orders(texts: list[str], now: int) -> dict[str, object]:
    """An orders file (docs/orders-json.md); each customer has one order."""
    return {
        "store": "loom",
        "currency": "EUR",
        "orders": [_order(at, one, now) for at, one in enumerate(texts, 1)],
    }


def _order(number: int, text: str, now: int) -> dict[str, object]:
    when = formatted(now - 5 * 24 * HOUR)
    named = {"name": "name", "street": "street", "postcode": "code", "city": "city", "country": "land"}
    parcel = {"carrier": f"CARRIER {text}", "number": f"PARCEL {text}", "status": f"ONTHEWAY {text}"}
    return {
        "external_id": f"{number} {text}",
        "number": f"{2000 + number}",
        "email": customer(number),
        "customer_name": f"BUYER {text}",
        "placed_at": when,
        "payment": "paid",
        "fulfilment": "shipped",
        "total": "49.00",
        "lines": [{"sku": f"SKU {text}", "title": f"TITLE {text}", "variant": f"VARIANT {text}", **_AMOUNT}],
        "shipments": [{**parcel, "url": f"https://far.example/{text}", "shipped_at": when}],
        "refunds": [{"at": when, "amount": "5.00", "reason": f"REASON {text}"}],
        "ship_to": {key: f"{shown.upper()}LINE {text}" for key, shown in named.items()},
        "phone": f"CALL {text}",
        "discount_codes": [f"CODE {text}"],
        "note": f"ORDERNOTE {text}",
    }


def _playbook(home: Home, texts: list[str]) -> None:
    """Macros and SOPs whose file names and words are hostile, and files that are refused for their words."""
    for number, text in enumerate(texts, 1):
        told = json.dumps(f"MACROTITLE {text}")
        plain = _flat(text).replace("{", "(").replace("}", ")").encode("utf-8", "replace").decode()
        front = f"---\ntitle: {told}\ncategory: {json.dumps('CATEGORY ' + text)}\nclaims:\n  - {json.dumps('CLAIM ' + text)}\n---\n"
        name = f"{number} {_file_name(text)[:60]}"
        _file(home.macros / f"{name}.md", f"{front}Hello {{{{ customer.name }}}}, MACROTEXT {plain}\n")
        front = f"---\ntitle: {json.dumps('SOPTITLE ' + text)}\ncategories: [shipping]\nwords: order\n---\n"
        _file(home.sops / f"{name}.md", f"{front}SOPINTRO {plain}\n\n- [ ] STEP {plain}\n")
        _file(
            home.macros / f"bad {name}.md", f"---\ntitle: x\n{json.dumps('FIELD ' + text)}: x\n---\nHello\n"
        )
        _file(
            home.macros / f"worse {name}.md", f"---\ntitle: x\n---\nHello {{% {plain} %}} {{{{ {plain} }}}}\n"
        )


def _settings(folder: Path, text: str) -> Settings:
    path = str(folder / "mail")
    mailbox = Mailbox(name=f"MAILBOX {text}", kind="maildir", address=OWN, path=path, delivery="maildir")
    return Settings(
        shop=Shop(f"SHOP {text}", (OWN,), f"SIGNED\n{text}", "Europe/Berlin", "en_GB"),
        work_from="all",
        mailboxes=(mailbox,),
        stores=(Store(name=f"STORE {text}", kind="file", path=str(folder / "orders.json")),),
    )


def word(text: str) -> str:
    """A text as encoded words (RFC 2047), whole characters or not."""
    data = text.encode("utf-8", "surrogatepass")
    return " ".join(f"=?utf-8?b?{b64encode(data[at : at + 45]).decode()}?=" for at in range(0, len(data), 45))


def formatted(at: int) -> str:
    """A time as the orders file writes it."""
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _html(text: str) -> str:
    entities = "".join(f"&#{ord(char)};" for char in text[:400])
    target = escape(text, quote=True)
    return (
        f"<html><head><title>{text}</title></head><body><p>HTMLTEXT {text}</p><p>ENTITIES {entities}</p>"
        f'<a href="https://far.example/{target}">LINKTEXT {text}</a> <a href="https://bücher.example/?q={entities}">b</a>'
        f'<a href="javascript:{target}">SCRIPTED</a> <a href="file:///etc/passwd">FILED</a>'
        f'<a href="mailto:{target}">MAILTO</a> <a href="https://{target}/">HOST</a> <img alt="IMAGE {target}" src="x">'
        f"<table><tr><td>CELL {text}</td><td>{entities}</td></tr></table></body></html>"
    )


def _mail(fields: list[str], at: int, body: bytes) -> bytes:
    head = [*fields, f"Date: {formatdate(at)}", "MIME-Version: 1.0"]
    return "\n".join(head).encode("utf-8", "surrogatepass") + b"\n" + body


def _part(kind: str, text: str, disposition: str = "", encoding: str = "base64") -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    head = f"Content-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n"
    head += f"Content-Disposition: {disposition}\n" if disposition else ""
    return head.encode() + b"\n" + (b64encode(data) if encoding == "base64" else data)


def _multipart(kind: str, *parts: bytes, key: str = "outer") -> bytes:
    mark = f"=_{key}"
    inside = b"".join(b"--" + mark.encode() + b"\n" + part + b"\n" for part in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{mark}"\n\n'.encode() + inside + f"--{mark}--\n".encode()
    )


def _flat(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _in_an_id(text: str) -> str:
    return "".join(char for char in text if char not in "<> \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")[
        :200
    ]


def _percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))


def _file_name(text: str) -> str:
    """As much of a text as a file's name can hold, bytes that are no UTF-8 among them."""
    data = text.encode("utf-8", "surrogatepass").replace(b"/", b"").replace(b"\0", b"").replace(b":", b"")
    return os.fsdecode(data[:90])


def _file(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="replace")


def _write(path: Path, raw: bytes, at: int) -> None:
    path.write_bytes(raw)
    os.utime(path, (at, at))
