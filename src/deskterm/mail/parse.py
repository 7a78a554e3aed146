"""Parsing mail: the entry to everything that reads mail bytes."""

import re
from dataclasses import replace

from deskterm.domain.messages import Address, Attachment
from deskterm.domain.text import block
from deskterm.mail.fingerprint import fingerprint
from deskterm.mail.message_ids import ids, own_id
from deskterm.mail.mime.addresses import parse_addresses
from deskterm.mail.mime.attachment_names import file_name, shown_name
from deskterm.mail.mime.body import Body, gather
from deskterm.mail.mime.charset import decode
from deskterm.mail.mime.dates import timestamp
from deskterm.mail.mime.header_fields import Field, fields, find_head, readable
from deskterm.mail.mime.packed_files import file_inside, find_winmails, first_text, number_of
from deskterm.mail.mime.parts import Part, Tree, first_of_each, tree
from deskterm.mail.mime.tnef import Winmail
from deskterm.mail.mime.transfer_encoding import decoded_size
from deskterm.mail.values import Mail

_ONE_ID = re.compile(r"<[^<>\s]{1,2000}>")
_MOST_IDS = 1000
_SUBJECT_CHARS = 2000
_MOST_OTHERS = 10
_RAW_CHARS = 100_000
_ENCRYPTED = "Its text is encrypted, or signed in a form that is not read here."
_LOCKED = {
    "application/pgp-encrypted": _ENCRYPTED,
    "application/pkcs7-mime": _ENCRYPTED,
    "application/x-pkcs7-mime": _ENCRYPTED,
    "application/ms-tnef": "Its text is inside winmail.dat, a form of Outlook's own, and could not be read.",
}
_ANY_FILE = "application/octet-stream"
_NOBODY = Address("", "")


def parse(raw: bytes) -> Mail:
    """Take a mail apart. Never raises; linear in time and bounded in memory on any input.

    Follows RFC 5322, 2045 to 2047, 2183, 2231, 3676 and 6532 as far as the mail does. Reads at most 1,000
    fields, 1,000 parts, 20 levels, 1,000 addresses per field and a megabyte of text; `unreadable` says so if
    a mail has more parts, levels or text.
    """
    raw = _with_lf(raw)
    start, stop, body = find_head(raw, 0, len(raw))
    found = fields(raw[start:stop], raw)
    named = first_of_each(found)
    parts = tree(raw, named, body)
    text = gather(raw, parts.root)
    winmails = find_winmails(raw, parts.leaves)
    attachments = _attachments(raw, parts, text, winmails)
    plain, html = text.text.plain or "", text.text.html or ""
    if winmails and not plain.strip() and not html.strip():
        plain, html = first_text(winmails)
    unreadable = parts.cut_short or text.cut_short
    if not plain and not html and not attachments and raw[body : body + _RAW_CHARS].strip():
        plain = _raw_text(raw[body:])
        unreadable = unreadable or "No text could be found in it, so it is shown as it came."
    if not plain.strip() and not html.strip():
        locked = (one.type for one in attachments if one.part not in winmails)
        unreadable = unreadable or next((_LOCKED[kind] for kind in locked if kind in _LOCKED), "")
    mail = _values(named, plain=plain, html=html, attachments=attachments, content_type=parts.root.type,
                   fingerprint=fingerprint(named, raw, body), unreadable=unreadable)  # fmt: skip
    others = _other_senders(found, mail.sender) if raw.count(b"rom:", start, stop) > 1 else ()
    damaged = any(one.damaged for one in winmails.values())
    return replace(mail, other_senders=others, damaged=damaged) if others or damaged else mail


def _other_senders(found: list[Field], sender: Address) -> tuple[Address, ...]:
    """The senders named in further From fields."""
    listed = (one for name, value in found if name == "from" for one in parse_addresses(value))
    return tuple(one for one in listed if one.address and one.key != sender.key)[:_MOST_OTHERS]


def content(raw: bytes, part: int) -> bytes:
    """The decoded bytes of the attachment with the number `part`; empty if there is none."""
    raw = _with_lf(raw)
    start, stop, body = find_head(raw, 0, len(raw))
    leaves = tree(raw, first_of_each(fields(raw[start:stop])), body).leaves
    return file_inside(raw, leaves, part)


def _with_lf(raw: bytes) -> bytes:
    """The mail, with LF for CR if it has only CR line ends (old Macs)."""
    return raw if b"\n" in raw or b"\r" not in raw else raw.replace(b"\r", b"\n")


def _raw_text(data: bytes) -> str:
    return block(decode(data[:_RAW_CHARS].replace(b"\r\n", b"\n"), ""))


def _values(
    named: dict[str, str],
    *,
    plain: str,
    html: str,
    attachments: tuple[Attachment, ...],
    fingerprint: bytes,
    content_type: str,
    unreadable: str,
) -> Mail:
    senders = parse_addresses(named.get("from", "")) or parse_addresses(named.get("sender", ""))
    return Mail(
        message_id=readable(own_id(named.get("message-id", ""))),
        in_reply_to=_ids(named.get("in-reply-to", "")),
        references=_ids(named.get("references", "")),
        sender=senders[0] if senders else _NOBODY,
        reply_to=_reachable(named.get("reply-to", "")),
        to=_reachable(named.get("to", "")),
        cc=_reachable(named.get("cc", "")),
        bcc=_reachable(named.get("bcc", "")),
        subject=readable(named.get("subject", ""))[:_SUBJECT_CHARS],
        date=timestamp(named.get("date", "")),
        received=timestamp(named.get("received", "").rpartition(";")[2]),
        plain=plain,
        html=html,
        attachments=attachments,
        named=named,
        fingerprint=fingerprint,
        content_type=content_type,
        unreadable=unreadable,
    )


def _reachable(field: str) -> tuple[Address, ...]:
    return tuple(entry for entry in parse_addresses(field) if entry.address) if field else ()


def _ids(field: str) -> tuple[str, ...]:
    """The Message-IDs of a field, with their angle brackets, without spaces inside.

    Words without brackets do not count: what old mailers write into In-Reply-To ("Your message of Monday", an
    address) would join strangers' tickets.
    """
    if not field:
        return ()
    if field.isascii() and field.isprintable() and (one := _ONE_ID.fullmatch(field)):
        return (one.group(),)
    found = ids(field)
    if len(found) > _MOST_IDS:
        found = found[: _MOST_IDS // 2] + found[-_MOST_IDS // 2 :]
    return found if field.isascii() and field.isprintable() else tuple(map(readable, found))


def _attachments(raw: bytes, parts: Tree, text: Body, winmails: dict[int, Winmail]) -> tuple[Attachment, ...]:
    """The leaves that are not the text, and the files inside the text or inside a winmail.dat."""
    found = [
        _attachment(raw, leaf)
        for leaf in parts.leaves
        if leaf.number not in text.shown and not _is_read(winmails, leaf) and not _is_other_form(leaf, text)
    ]
    inside = [(number, name, _ANY_FILE, size) for number, name, size in text.files]
    inside += [
        (number, one.name, one.type or _ANY_FILE, len(one.data))
        for number, opened in winmails.items()
        for one in opened.files
    ]
    place: dict[int, int] = {}
    for number, name, kind, size in inside:
        place[number] = place.get(number, -1) + 1
        found.append(Attachment(number_of(number, place[number]), shown_name(name, kind), kind, size))
    return tuple(found)


def _is_read(winmails: dict[int, Winmail], leaf: Part) -> bool:
    """Whether a leaf is a winmail.dat whose contents are all shown; a damaged one may have more."""
    opened = winmails.get(leaf.number)
    return opened is not None and not opened.damaged


def _is_other_form(leaf: Part, text: Body) -> bool:
    """Whether a leaf is the shown text once more in a format that we do not show."""
    alike = leaf.parent == "multipart/alternative" and leaf.type.startswith("text/")
    return alike and leaf.type not in ("text/calendar", "text/plain", "text/html") and bool(text.shown)


def _attachment(raw: bytes, leaf: Part) -> Attachment:
    disposition = leaf.disposition[0]
    inline = disposition == "inline" or (
        disposition != "attachment" and leaf.parent == "multipart/related" and "content-id" in leaf.named
    )
    size = decoded_size(raw, leaf.start, leaf.end, leaf.encoding)
    return Attachment(leaf.number, file_name(raw, leaf), leaf.type, size, inline)
