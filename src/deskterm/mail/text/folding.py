"""Which parts of a mail's text to fold: history, signature, footers. Nothing is removed.

Hiding a customer's line is the worse error. So history without quote marks is folded only below a sure sign
(an attribution, the header of an older mail); quotes with answers between them and forwarded mail are not
folded; and a text that would be folded completely is not folded at all.
"""

import re
from itertools import accumulate

from deskterm.domain.messages import Fold, FoldKind
from deskterm.mail.text.footers import is_rule, is_signature_mark
from deskterm.mail.text.history import Page, TextRun, split_runs
from deskterm.mail.text.signature import Span, find_footers

# How much of a text is looked at, so that any input takes bounded time.
_LINES = 5_000
_CHARACTERS = 400_000

_NOT_QUOTED = re.compile(r"^[ \t]{0,8}[^ \t>\n]", re.MULTILINE)
_FORWARD_SUBJECT = re.compile(
    r"\s*(?:fwd?|wg|tr|rv|enc|i|doorst|pd|vb|vs|fs|přep|ilt|пересл|转发|轉寄)\s*(?:\[\d+\])?\s*[:：]",
    re.IGNORECASE,
)


def is_forward(subject: str) -> bool:
    """Whether a subject has the prefix of a forward: `Fwd:`, `WG:`, `TR:`, `RV:`, in the usual languages."""
    return bool(_FORWARD_SUBJECT.match(subject))


def folds(text: str, *, forwarded: bool = False) -> tuple[Fold, ...]:
    """The ranges of `text` (LF line ends) to fold, sorted and not overlapping.

    With `forwarded` (see `is_forward`) older mails are not folded: they are what the customer wants to show.
    """
    lines = text[:_CHARACTERS].split("\n", _LINES)
    whole = len(text) <= _CHARACTERS and len(lines) <= _LINES
    if not whole:
        lines.pop()  # it is cut off, or is all the rest
    page = Page(lines, forwarded=forwarded)
    return _as_folds(text, lines, _spans(page), whole=whole)


def own_words(text: str, *, forwarded: bool = False) -> str:
    """The text without its folds: the sender's own new words. Accepts any line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept, at = [], 0
    for fold in folds(text, forwarded=forwarded):
        kept.append(text[at : fold.start])
        at = fold.end
    return "".join([*kept, text[at:]]).strip()


def _spans(page: Page) -> list[Span]:
    """The lines to fold, sorted."""
    parts = split_runs(page)
    spans: list[Span] = []
    own = []  # the indexes of the parts with the writer's words
    for place, part in enumerate(parts):
        if part.is_quote:
            continue
        words, found = find_footers(page.lines[part.first : part.last])
        spans += [Span(part.first + span.first, part.first + span.last, span.kind) for span in found]
        if words:
            own.append(place)
    if page.end < len(page.lines):
        own.append(len(parts))  # the forwarded mail counts as the writer's words
    if not own:
        return []
    return sorted(spans + _quote_spans(page, parts, own))


def _quote_spans(page: Page, parts: list[TextRun], own: list[int]) -> list[Span]:
    """Fold quotes below the writer's last words, and a single one above all words; of others the openings."""
    quotes = [place for place, part in enumerate(parts) if part.is_quote]
    answered_below = len(quotes) == 1 and quotes[0] < own[0]
    spans = []
    for place in quotes:
        part = parts[place]
        if place > own[-1]:
            spans.append(Span(_with_rule_above(page, part.first), part.last, FoldKind.QUOTE))
        elif part.opened > part.first:
            spans.append(Span(part.first, part.last if answered_below else part.opened, FoldKind.QUOTE))
    return spans


def _with_rule_above(page: Page, first: int) -> int:
    """The first line of history, counting a drawn line just above it."""
    at = first - 1
    while at >= 0 and not page.lines[at].strip():
        at -= 1
    drawn = at >= 0 and (is_rule(page.lines[at]) or is_signature_mark(page.lines[at]))
    return at if drawn else first


def _as_folds(text: str, lines: list[str], spans: list[Span], *, whole: bool) -> tuple[Fold, ...]:
    """Turn line spans into ranges of characters that do not overlap."""
    if not spans:
        return ()
    starts = [place + letters for place, letters in enumerate(accumulate(map(len, lines), initial=0))]
    end = len(text)
    found: list[Fold] = []
    for span in spans:
        start = max(starts[span.first], found[-1].end if found else 0)
        stop = min(starts[span.last], end)
        if not whole and span.last == len(lines) and not _NOT_QUOTED.search(text, stop):
            stop = end  # a long quote goes on to the end
        if start < stop:
            found.append(Fold(start, stop, span.kind))
    return tuple(found)
