"""The names of attachments, made safe to show and to save under."""

import re

from deskterm.domain.text import line
from deskterm.mail.mime.encoded_words import decode_words
from deskterm.mail.mime.header_fields import fields, find_head, readable
from deskterm.mail.mime.parts import Part, first_of_each

_PATH = re.compile(r".*[/\\]", re.DOTALL)
_MOST_CHARS = 200
_ENDINGS = {
    "application/ms-tnef": ".dat",
    "application/octet-stream": ".bin",
    "application/pdf": ".pdf",
    "application/pgp-signature": ".asc",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-signature": ".p7s",
    "application/zip": ".zip",
    "image/gif": ".gif",
    "image/heic": ".heic",
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/png": ".png",
    "image/svg+xml": ".svg",
    "image/tiff": ".tif",
    "image/webp": ".webp",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/rfc822-headers": ".txt",
}
_STEMS = {
    "message/rfc822": "message",
    "text/rfc822-headers": "headers",
    "application/ms-tnef": "winmail",
    "text/calendar": "appointment",
    "application/pgp-signature": "signature",
}


def file_name(raw: bytes, leaf: Part) -> str:
    """A leaf's file name: from its disposition, type or location, else one made for it."""
    given = leaf.disposition[1].get("filename") or leaf.params.get("name", "")
    if not given and "content-location" in leaf.named:
        given = leaf.named["content-location"].partition("?")[0]
    if not given and leaf.type == "message/rfc822":
        given = _subject(raw, leaf)
    return shown_name(decode_words(given), leaf.type)


def shown_name(given: str, kind: str) -> str:
    """The last part of a path as a safe line; a name made from its type if nothing is left."""
    name = _PATH.sub("", line(given)).strip().strip(".") if given else ""
    if name:
        return (
            name if len(name) <= _MOST_CHARS else name[: _MOST_CHARS // 2] + "…" + name[-_MOST_CHARS // 2 :]
        )
    family, _, form = kind.partition("/")
    stem = _STEMS.get(kind) or {"image": "image", "text": "text"}.get(
        family, form if family == "message" else "file"
    )
    return stem + _ENDINGS.get(kind, "")


def _subject(raw: bytes, leaf: Part) -> str:
    """Name a mail inside a mail after its subject."""
    start, stop, _ = find_head(raw, leaf.start, leaf.end)
    subject = readable(first_of_each(fields(raw[start:stop])).get("subject", ""))
    return subject.replace("/", "-").replace("\\", "-") + ".eml" if subject else ""
