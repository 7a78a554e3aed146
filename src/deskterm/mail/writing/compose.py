"""Composing the mail of a reply. The same reply always gives the same bytes."""

import binascii
import re
from hashlib import blake2b

from deskterm.domain.links import punycode
from deskterm.domain.text import block, line
from deskterm.errors import SendStopped
from deskterm.mail.values import Enclosure, Outgoing
from deskterm.mail.writing.header_fields import (
    address_field,
    date_value,
    encoded_words,
    fold_field,
    name_parameter,
    text_field,
)
from deskterm.mail.writing.wire_addresses import envelope

_ID = re.compile(r"<[!-;=?-~]{1,900}>")
_TOKEN = re.compile(r"[A-Za-z0-9._-]{8,100}")
_TYPE = re.compile(r"(?!message/|multipart/)[a-z]+/[\w.+-]{1,100}", re.ASCII)
_REPLY = re.compile(
    r"\s*(?:(?:re|aw|sv|vs|antw|odp|rif|ynt|ref|res|回复|答复|回覆|reply)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_MOST_REFERENCES = 20
_MOST_WORDS = 8
_FROM = re.compile(rb"^From ", re.MULTILINE)
_BASE64_LINE = 57  # bytes that make 76 characters


def compose(reply: Outgoing) -> bytes:
    """The mail of a reply: UTF-8 text/plain in quoted-printable without hard wraps, CRLF, files after it.

    Bcc is not written: pass `recipients` to the server. Raises `SendStopped` for an invalid address or
    Message-ID, and for a reply without recipients.
    """
    recipients(reply)
    head = _head(reply).encode("utf-8")  # beyond ASCII are only local parts (RFC 6532)
    text = _text_part(reply)
    if not reply.attachments:
        return head + text
    mark = "=_" + blake2b(reply.message_id.encode(), digest_size=12).hexdigest()  # =_ is in no encoded line
    parts = [text, *map(_file_part, reply.attachments)]
    between = b"".join(b"--" + mark.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    kind = f'Content-Type: multipart/mixed; boundary="{mark}"\r\n\r\n'
    return head + kind.encode() + between + f"--{mark}--\r\n".encode()


def recipients(reply: Outgoing) -> tuple[str, ...]:
    """The addresses of To, Cc and Bcc for the envelope, each once. Raises `SendStopped` if there are none."""
    found = envelope(reply.to, reply.cc, reply.bcc)
    if not found:
        raise SendStopped("This reply has no recipient.", safe="The draft is kept.", todo="Add an address.")
    return found


def message_id(domain: str, token: str) -> str:
    """Make a Message-ID from our domain and a random token. Raises `SendStopped` for a bad domain."""
    made = f"<{token}@{punycode(domain) or ''}>"
    if not _TOKEN.fullmatch(token) or not _ID.fullmatch(made) or made.endswith("@>"):
        raise SendStopped(f"No Message-ID can be made for the domain {line(domain)}.")
    return made


def reply_subject(subject: str) -> str:
    """The subject of an answer: with one `Re:`, which replaces such prefixes that it has already."""
    bare = _REPLY.sub("", line(subject), count=1) if _REPLY.match(line(subject)) else line(subject)
    return f"Re: {bare.strip()}".strip()


def reply_references(references: tuple[str, ...], parent: str) -> tuple[str, ...]:
    """The References of an answer: the parent's, then the parent; of many, the first and the last 19."""
    chain = tuple(dict.fromkeys(one for one in (*references, parent) if one and one != parent)) + (
        (parent,) if parent else ()
    )
    return chain if len(chain) <= _MOST_REFERENCES else (chain[0], *chain[1 - _MOST_REFERENCES :])


def quote(text: str, attribution: str) -> str:
    """A message as quoted below an answer: the attribution, then every line with `>`."""
    rows = block(text).strip("\n").split("\n")
    quoted = [">" + row if row.startswith(">") or not row.strip() else f"> {row}" for row in rows]
    return "\n".join([line(attribution), *(row.rstrip() for row in quoted)])


def _head(reply: Outgoing) -> str:
    if not _ID.fullmatch(reply.message_id):
        raise SendStopped(
            "This reply has no usable Message-ID.", safe="The draft is kept.", todo="Queue it again."
        )
    parents = [one for one in reply.references if _ID.fullmatch(one)]
    answered = reply.in_reply_to if _ID.fullmatch(reply.in_reply_to) else ""
    rows = [
        address_field("From", (reply.sender,)),
        address_field("To", reply.to) if reply.to else "To: undisclosed-recipients:;\r\n",
        address_field("Cc", reply.cc) if reply.cc else "",
        text_field("Subject", reply.subject),
        f"Date: {date_value(reply.date, reply.zone)}\r\n",
        f"Message-ID: {reply.message_id}\r\n",
        f"In-Reply-To: {answered}\r\n" if answered else "",
        fold_field("References", parents) if parents else "",
        "Auto-Submitted: auto-replied\r\n" if reply.automatic else "",
        "MIME-Version: 1.0\r\n",
    ]
    return "".join(rows)


def _text_part(reply: Outgoing) -> bytes:
    text = block(reply.text).rstrip()
    if reply.quoted:
        text = f"{text}\n\n{block(reply.quoted).rstrip()}"
    body = binascii.b2a_qp(f"{text}\n".encode("utf-8", "replace"), istext=True)
    body = _FROM.sub(b"=46rom ", body)  # mbox files would put a > before it
    head = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head + body.replace(b"\n", b"\r\n")


def _file_part(file: Enclosure) -> bytes:
    name = line(file.name).replace("/", "-").replace("\\", "-").strip() or "file"
    kind = file.type.lower() if _TYPE.fullmatch(file.type.lower()) else "application/octet-stream"
    words = encoded_words(name)
    known = name_parameter("name", name) if name.isascii() else [f'name="{" ".join(words)}"']
    if len(words) > _MOST_WORDS:
        known = []  # only old programs that do not know RFC 2231 need it
    head = (
        fold_field("Content-Type", [f"{kind};", *known] if known else [kind])
        + "Content-Transfer-Encoding: base64\r\n"
        + fold_field("Content-Disposition", ["attachment;", *name_parameter("filename", name)])
        + "\r\n"
    )
    rows = range(0, len(file.content), _BASE64_LINE)
    lines = [binascii.b2a_base64(file.content[at : at + _BASE64_LINE], newline=False) for at in rows]
    return head.encode("ascii") + b"\r\n".join(lines)
