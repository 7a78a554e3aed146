"""What to fold at the end of a run of text: signature, mobile footers, disclaimers."""

from typing import NamedTuple

from deskterm.domain.messages import FoldKind
from deskterm.mail.text.footers import (
    DRAWN,
    is_disclaimer,
    is_footer,
    is_rule,
    is_signature_mark,
    looks_like_contact,
    may_be_drawn,
)
from deskterm.mail.text.sentences import says_something

_SIGNATURE_LINES = 30
_RULED_LINES = 8
_RULED_CHARACTERS = 400
_SHORT = 60
_DISCLAIMER_LINES = 60


class Span(NamedTuple):
    """The lines `first` to `last` (exclusive) to fold, and why."""

    first: int
    last: int
    kind: FoldKind


def find_footers(lines: list[str]) -> tuple[bool, list[Span]]:
    """Whether a run of text has any words left after folding, and what to fold of it."""
    end, spans = _strip_foot(lines, len(lines))
    mark = _signature(lines[:end])
    if mark is not None:
        spans.append(Span(mark, end, FoldKind.SIGNATURE))
        end, above = _strip_foot(lines, mark)
        spans += above
    spans += _footers_between(lines[:end])
    if not spans:
        return end > 0, spans
    folded = sum(span.last - span.first for span in spans if span.first < end)
    filled = sum(1 for line in lines[:end] if line.strip())
    return filled > folded, spans


def _strip_foot(lines: list[str], end: int) -> tuple[int, list[Span]]:
    """The line after the last words, and what is below: footers, disclaimers, drawn lines."""
    spans: list[Span] = []
    drawn: list[Span] = []
    while end:
        line = lines[end - 1]
        if not line.strip():
            end -= 1
        elif is_footer(line):
            spans.append(Span(end - 1, end, FoldKind.FOOTER))
            end -= 1
        elif is_signature_mark(line):
            spans.append(Span(end - 1, end, FoldKind.SIGNATURE))
            end -= 1
        elif is_rule(line):
            drawn.append(Span(end - 1, end, FoldKind.SIGNATURE))
            end -= 1
        else:
            first = _paragraph(lines, end)
            if not is_disclaimer("\n".join(lines[first:end])):
                break
            spans.append(Span(first, end, FoldKind.DISCLAIMER))
            end = first
    return end, spans + drawn if spans else []


def _paragraph(lines: list[str], end: int) -> int:
    """The first line of the paragraph that ends before `end`."""
    first = end - 1
    while (
        first
        and end - first < _DISCLAIMER_LINES
        and lines[first - 1].strip()
        and not _is_mark(lines[first - 1])
    ):
        first -= 1
    return first


def _is_mark(line: str) -> bool:
    return not line[:1].isalnum() and (is_signature_mark(line) or is_rule(line))


def _signature(lines: list[str]) -> int | None:
    """The line of the signature mark, None without one. Of several, the first with only short lines below."""
    drawn = [at for at, line in enumerate(lines) if line[:1] in DRAWN and may_be_drawn(line)]
    if not drawn:
        return None
    marks = [at for at in drawn if is_signature_mark(lines[at])]
    near = _last_filled(lines, _SIGNATURE_LINES)
    if len(marks) == 1 and marks[0] >= near:
        at = marks[0]
        return None if says_something(lines[at + 1 :], trusted=lines[at] == "-- ") else at
    for at in marks:
        if at >= near and all(_is_short(line) for line in lines[at:]):
            return at
    return _ruled_signature(lines, [at for at in drawn if is_rule(lines[at])])


def _ruled_signature(lines: list[str], rules: list[int]) -> int | None:
    """The drawn line that begins a signature: what follows is short, no question, no text of a heading."""
    if not rules:
        return None
    at = rules[-1]
    foot = lines[at + 1 :]
    above = next((line.strip() for line in reversed(lines[:at]) if line.strip()), "")
    stands_apart = at == 0 or not lines[at - 1].strip()
    short = _count_filled(foot) <= _RULED_LINES and sum(map(len, foot)) <= _RULED_CHARACTERS
    if not stands_apart or not short or above.endswith(":") or any("?" in line for line in foot):
        return None
    if len(rules) > 1 or not (lines[at].strip().startswith("___") or looks_like_contact(foot)):
        return None
    return at


def _footers_between(lines: list[str]) -> list[Span]:
    """Mobile footers that end a paragraph, with more text below."""
    return [
        Span(at, at + 1, FoldKind.FOOTER)
        for at, line in enumerate(lines)
        if (at + 1 == len(lines) or not lines[at + 1].strip()) and is_footer(line)
    ]


def _is_short(line: str) -> bool:
    bare = line.strip()
    return len(bare) < _SHORT and not bare.endswith((".", "?", "!"))


def _last_filled(lines: list[str], count: int) -> int:
    """The first line from which at most that many filled lines follow."""
    filled = 0
    for at in range(len(lines) - 1, -1, -1):
        filled += bool(lines[at].strip())
        if filled > count:
            return at + 1
    return 0


def _count_filled(lines: list[str]) -> int:
    return sum(1 for line in lines if line.strip())
