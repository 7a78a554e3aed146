"""Putting together the text of a mail from its text parts."""

import re
from dataclasses import field
from html import escape

from deskterm.domain.text import block
from deskterm.mail.mime.charset import codec_of, decode, is_wide, wide_codec
from deskterm.mail.mime.parts import Part
from deskterm.mail.mime.transfer_encoding import (
    decode_content,
    may_hold_uu,
    reads_as_text,
    uu_blocks,
    with_encoded_head,
)
from deskterm.mail.text.flowed import unflow
from deskterm.mail.text.html_blocks import BLOCKS, INLINE, PARTS
from deskterm.mail.text.html_words import bare_text
from deskterm.mail.text.readable import LONGEST_STUB
from deskterm.value_class import dataclass

MOST_CHARS = 1 << 20
_MOST_BYTES = 3 * MOST_CHARS  # of encoded text; decoded, it is no less than a third
_HTML_START = ("<!doctype html", "<html")
_HTML_END = re.compile(r"</(?:html|body|div)\s*>", re.IGNORECASE)
_TAG = re.compile(rf"<(?:!|/?(?:{'|'.join(sorted(BLOCKS | INLINE | PARTS))})\b)", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>|&nbsp;|&#160;|\s")


@dataclass(frozen=True, slots=True)
class TextPart:
    """The text of a part, as plain text, as HTML or both."""

    plain: str | None = None
    html: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether neither form has visible text."""
        return not (self.plain or "").strip() and not _ANY_TAG.sub("", self.html or "")


_SMALL_FILE = 4_000  # bytes


@dataclass(slots=True)
class Body:
    """The text of a mail. `shown` are the numbers of the leaves it comes from.

    `files` are uuencoded files inside it, each with its leaf's number, name and size. `cut_short` says in a
    sentence what is not shown.
    """

    text: TextPart = TextPart()
    shown: set[int] = field(default_factory=set)
    files: list[tuple[int, str, int]] = field(default_factory=list)
    cut_short: str = ""


def gather(raw: bytes, root: Part) -> Body:
    """Collect the text of a mail, and which of its leaves it comes from."""
    body = Body()
    body.text = _text(raw, root, body, is_root=True)
    if body.text.is_blank and (part := _text_in_file(root)):
        body.text = _leaf(raw, part, body)
    return body


def _text_in_file(part: Part) -> Part | None:
    """The first plain text that comes as a small file: picture messages of phones have their words in one."""
    if part.children:
        return next((found for child in part.children if (found := _text_in_file(child))), None)
    small = part.end - part.start <= _SMALL_FILE
    return part if small and part.type == "text/plain" else None


def _text(raw: bytes, part: Part, body: Body, *, is_root: bool = False) -> TextPart:
    if not part.children:
        return _leaf(raw, part, body) if is_text(part, is_root=is_root) else TextPart()
    if is_root and part.type == "multipart/alternative" and (enough := _plain_alone(raw, part, body)):
        return enough
    texts = [_text(raw, child, body, is_root=is_root and len(part.children) == 1) for child in part.children]
    filled = [text for text in texts if text.plain is not None or text.html is not None]
    if len(filled) <= 1:
        return filled[0] if filled else TextPart()
    return _either(filled) if part.type == "multipart/alternative" else _beside(filled)


def _plain_alone(raw: bytes, part: Part, body: Body) -> TextPart | None:
    """The plain one of two alternatives unless it is a stub; the HTML need not be decoded then."""
    if [child.type for child in part.children] != ["text/plain", "text/html"]:
        return None
    plain, other = part.children
    are_usual = plain.end - plain.start > LONGEST_STUB and other.end - other.start < MOST_CHARS
    if not (are_usual and is_text(plain, is_root=False) and is_text(other, is_root=False)):
        return None
    text = _leaf(raw, plain, body)
    if text.plain and len(text.plain.strip()) > LONGEST_STUB:
        body.shown.add(other.number)
        return text
    body.files.clear()
    return None


def is_text(part: Part, *, is_root: bool) -> bool:
    """Whether a leaf is text to read in place and not an attachment."""
    if part.type not in ("text/plain", "text/html"):
        return is_root and part.type.startswith("text/") and part.type != "text/calendar"
    disposition, params = part.disposition
    if disposition == "attachment":
        return False
    if "filename" in params:
        return is_root
    return "name" not in part.params or part.number == 0


def _leaf(raw: bytes, part: Part, body: Body) -> TextPart:
    body.shown.add(part.number)
    end = min(part.end, part.start + _MOST_BYTES)
    data = raw[part.start : end]
    if part.encoding == "base64" and reads_as_text(data):
        data = with_encoded_head(data)
    else:
        data = decode_content(data, part.encoding)
    charset = part.params.get("charset", "")
    if wide_codec(data) or is_wide(codec_of(charset)):
        data = decode(data, charset).replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
        charset = "utf-8"
    data = _with_lf(data)
    text = decode(data, charset, html=part.type == "text/html")
    if end < part.end or len(text) > MOST_CHARS:
        text = text[:MOST_CHARS]
        body.shown.discard(part.number)  # so that it is listed as an attachment and can be saved whole
        body.cut_short = "Its text is too long to be shown whole."
    if part.type == "text/html":
        return TextPart(html=text) if _TAG.search(text) else TextPart(plain=block(text))
    return _plain(text, data, part, body)


def _with_lf(data: bytes) -> bytes:
    bare = data.replace(b"\r", b"")  # much faster than looking for pairs
    if len(bare) == len(data) or len(data) - len(bare) == bare.count(b"\n"):
        return bare
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _plain(text: str, data: bytes, part: Part, body: Body) -> TextPart:
    if text[:200].lstrip().lower().startswith(_HTML_START) and _HTML_END.search(text[-200:]):
        return TextPart(html=text)
    if may_hold_uu(text):
        text = _without_files(data, text, part, body)
    if part.params.get("format", "").lower() == "flowed":
        text = unflow(text, delsp=part.params.get("delsp", "").lower() == "yes")
    return TextPart(plain=block(text))


def _without_files(data: bytes, text: str, part: Part, body: Body) -> str:
    """Take uuencoded files out of a text; they become attachments."""
    kept: list[bytes] = []
    at = 0
    for start, end, name, content in uu_blocks(data):
        shown = decode(name)
        kept += (data[at:start], b"[", name or b"a file without a name", b"]")
        body.files.append((part.number, shown, len(content)))
        at = end
    return decode(b"".join((*kept, data[at:])), part.params.get("charset", "")) if kept else text


def _either(texts: list[TextPart]) -> TextPart:
    """Join forms of the same words: each kind once, unless the words differ."""
    plains = list(dict.fromkeys(text.plain for text in texts if text.plain and text.plain.strip()))
    htmls = list(dict.fromkeys(text.html for text in texts if text.html))
    return TextPart("\n".join(plains) if plains else None, "\n".join(htmls) if htmls else None)


def _beside(texts: list[TextPart]) -> TextPart:
    """Join texts that follow each other. If one has only HTML, all are shown as HTML."""
    texts = [text for before, text in zip([None, *texts], texts, strict=False) if not _repeats(before, text)]
    if all(text.html is None for text in texts):
        return TextPart("\n".join(text.plain or "" for text in texts))
    whole = "\n".join(_as_html(text) for text in texts)
    if any(text.plain is None and not text.is_blank for text in texts):
        return TextPart(None, whole)
    return TextPart("\n".join(text.plain for text in texts if text.plain is not None), whole)


def _repeats(before: TextPart | None, text: TextPart) -> bool:
    """Whether a text is HTML with the same words as the plain text before it."""
    if (
        not text.html
        or text.plain is not None
        or before is None
        or not before.plain
        or before.html is not None
    ):
        return False
    return bare_text(text.html).split() == before.plain.split()


def _as_html(text: TextPart) -> str:
    if text.html is not None:
        return text.html
    return f"<pre>{escape(text.plain or '')}</pre>"
