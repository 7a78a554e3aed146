"""The parts of a mail (RFC 2046), as places in its bytes; nothing is copied, everything is bounded."""

import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from itertools import islice

from deskterm.mail.mime.header_fields import Field, fields, find_head
from deskterm.mail.mime.parameters import Params, split_value
from deskterm.mail.mime.transfer_encoding import encoding_name
from deskterm.value_class import dataclass

_MOST_PARTS = 1000
_DEEPEST = 20
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_SNIFFED = re.compile(rb"^--([^\s\"]{1,200})[ \t]*\r?\n(?=[Cc]ontent-[\w-]+[ \t]*:)", re.MULTILINE)
_LINE_END = b"\r\n"
_SHORT_HEAD = 120  # bytes: a charset and an encoding, no file name

Delimiter = tuple[int, int, bool]  # its start, the start of the next line, whether it is the last


@dataclass(slots=True)
class Part:
    """A part of a mail. Its body is raw[start:end]; `number` counts the leaves from 0."""

    start: int
    end: int
    type: str
    params: Params
    named: dict[str, str]
    parent: str = ""
    children: list["Part"] = field(default_factory=list)
    number: int = -1

    @property
    def encoding(self) -> str:
        """The Content-Transfer-Encoding."""
        return encoding_name(self.named.get("content-transfer-encoding", ""))

    @property
    def disposition(self) -> tuple[str, Params]:
        """The Content-Disposition and its parameters."""
        value = self.named.get("content-disposition")
        return split_value(value) if value else ("", {})


@dataclass(slots=True)
class Tree:
    """All parts of a mail. `cut_short` says in a sentence what was left out."""

    root: Part
    leaves: list[Part] = field(default_factory=list)
    cut_short: str = ""


def first_of_each(found: list[Field]) -> dict[str, str]:
    """The first field of each name."""
    return dict(reversed(found))


def tree(raw: bytes, named: dict[str, str], body: int) -> Tree:
    """Split the body, raw[body:], into parts; `named` are the mail's own fields."""
    grown = Tree(_part(named, body, len(raw), ""))
    _grow(raw, grown, grown.root, 0)
    return grown


def _part(named: dict[str, str], start: int, end: int, parent: str) -> Part:
    value = named.get("content-type", "")
    kind, params = split_value(value) if value else ("", {})
    if kind.partition("/")[0] == "multipart" and (params.get("boundary") or not _known_type(kind)):
        kind = kind if _known_type(kind) else "multipart/mixed"
    elif not _known_type(kind):
        kind = "message/rfc822" if parent == "multipart/digest" and not value else "text/plain"
    return Part(start, end, kind, params, named, parent)


@lru_cache(maxsize=256)
def _known_type(kind: str) -> bool:
    return _TYPE.fullmatch(kind) is not None


def _grow(raw: bytes, grown: Tree, part: Part, depth: int) -> None:
    """Find the children of a part and theirs in turn, and number the leaves."""
    if part.type.startswith("multipart/") or (part.type == "message/rfc822" and _is_bare(grown, part)):
        if depth >= _DEEPEST:
            grown.cut_short = "Its parts are nested too deeply to be taken apart."
        elif part.type == "message/rfc822":
            part.children = [_inner(raw, part.start, part.end, part.type)]
        else:
            _split_parts(raw, grown, part)
    for child in part.children:
        _grow(raw, grown, child, depth + 1)
    if not part.children:
        part.number = len(grown.leaves)
        grown.leaves.append(part)


def _is_bare(grown: Tree, part: Part) -> bool:
    """Whether a forwarded mail is all that the mail has: then its text is the text."""
    return part is grown.root or part.parent == "message/rfc822"


def _split_parts(raw: bytes, grown: Tree, part: Part) -> None:
    room = _MOST_PARTS - len(grown.leaves)
    for start, end in _between(raw, _marks(raw, part, room + 2), part.end):
        if len(part.children) >= room:
            grown.cut_short = f"It has more than {_MOST_PARTS} parts."
            break
        part.children.append(_inner(raw, start, end, part.type))
    if not part.children:
        part.type = "text/plain"


def _inner(raw: bytes, start: int, end: int, parent: str) -> Part:
    if raw[start : start + 1] == b"\n" or raw[start : start + 2] == _LINE_END:  # no fields at all
        return _part({}, start + 1 + (raw[start] == _LINE_END[0]), end, parent)
    head, stop, body = find_head(raw, start, end)
    return _part(_part_fields(raw[head:stop]), body, end, parent)


def _part_fields(head: bytes) -> dict[str, str]:
    return _short_head(head) if len(head) <= _SHORT_HEAD else first_of_each(fields(head))


@lru_cache(maxsize=512)
def _short_head(head: bytes) -> dict[str, str]:
    """The fields of a short header; cached, because a mailbox has the same ones over and over."""
    return first_of_each(fields(head))


def _marks(raw: bytes, part: Part, most: int) -> list[Delimiter]:
    """The lines between the parts: with the declared boundary, else with one found in use."""
    boundary = part.params.get("boundary", "").rstrip().encode("utf-8", "replace")
    if boundary and (found := list(islice(_delimiters(raw, b"--" + boundary, part.start, part.end), most))):
        return found
    seen = _SNIFFED.search(raw, part.start, part.end)
    return list(islice(_delimiters(raw, b"--" + seen[1], part.start, part.end), most)) if seen else []


def _between(raw: bytes, marks: list[Delimiter], end: int) -> Iterator[tuple[int, int]]:
    """The start and end of each part between the delimiter lines."""
    opened = -1
    for line_start, line_end, is_last in marks:
        if opened >= 0:
            yield opened, max(opened, _before_line_end(raw, line_start, opened))
        opened = line_end
        if is_last:
            return
    if 0 <= opened < end:
        yield opened, end


def _before_line_end(raw: bytes, at: int, start: int) -> int:
    """`at` without the line break before it, which belongs to the delimiter."""
    if at > start and raw[at - 1] == _LINE_END[1]:
        at -= 1
    if at > start and raw[at - 1] == _LINE_END[0]:
        at -= 1
    return at


def _delimiters(raw: bytes, mark: bytes, start: int, end: int) -> Iterator[Delimiter]:
    """Each delimiter line."""
    at = raw.find(mark, start, end)
    while at >= 0:
        after = at + len(mark)
        if at == start or raw[at - 1] in _LINE_END:
            rest = raw[after : after + 80].split(b"\n", 1)[0].strip()
            if rest in (b"", b"--"):
                stop = raw.find(b"\n", after, end)
                yield at, stop + 1 if stop >= 0 else end, rest == b"--"
        at = raw.find(mark, after, end)
