"""Quoted history and signatures, as mail programs mark them in HTML.

Nothing is removed: `set_marks` puts marks into the tree, each of which becomes a line of its own in the
layout, and `remove_marks` turns them into folds and `>` prefixes.
"""

import re
from bisect import bisect_right

from lxml.html import HtmlElement, builder

from deskterm.domain.messages import Fold, FoldKind
from deskterm.mail.text.attribution import attribution_ending
from deskterm.mail.text.html_tree import style_of
from deskterm.mail.text.old_headers import announces_forwarded

# Noncharacters of Unicode: `visible_tree` has removed them from the mail's own text.
HISTORY, SIGNATURE, CITED, END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
ANY_MARK = re.compile("[\ufdd0-\ufdd3]")

Span = tuple[str, int, int]

_HISTORY_CLASS = re.compile(
    r"\b(?:gmail_quote(?:_container)?|yahoo_quoted|protonmail_quote|tutanota_quote|zmail_extra|moz-cite-prefix"
    r"|hs_reply|OutlookMessageHeader)\b"
)
_HISTORY_ID = re.compile(r"^(?:x_)?(?:yahoo_quoted|divRplyFwdMsg|appendonsend|mail-editor-reference-message)")
_TO_THE_END = re.compile(r"^(?:x_)?(?:divRplyFwdMsg|appendonsend|stopSpelling|zwchr)|OutlookMessageHeader")
_HISTORY_NAME = ("quote", "messageReplySection")
_SIGNATURE = re.compile(
    r"\b(?:gmail_signature|moz-signature|protonmail_signature_block-user|AppleMailSignature|Signature"
    r"|ms-outlook-mobile-signature|tutanota_signature)\b"
)
_FORWARD_CLASS = re.compile(r"\bmoz-forward-container\b")
_OUTLOOK_BORDER = re.compile(r"border-top:solid#?\w+1\.0pt")
_OUTLOOK_FIRST = re.compile(r"\s*[^\s:：]{2,14}\s?[:：]\s")
_ANNOUNCED = re.compile(r"-{5,}[^-]{3,60}-{5,}|[^:\n]{3,60}:")
_HEAD_CHARS = 400


def set_marks(body: HtmlElement) -> None:
    """Set marks around quoted history, signatures and blockquotes of a tree."""
    inside: set[HtmlElement] = set()
    for element in list(body.iter()):
        if element is body:
            continue
        if element.tag == "blockquote" and not _is_indented(element):
            _around(element, element, CITED)
        if not inside and not element.keys():
            continue  # quick way out for most elements
        if element.getparent() in inside:
            inside.add(element)
        elif (mark := _mark(element)) and not _is_forwarded(element):
            if mark == HISTORY and _holds_answers(element):
                continue  # each of its blockquotes is marked instead
            first, last = _range(element, mark)
            _around(first, last, mark)
            inside.add(element)


def _mark(element: HtmlElement) -> str:
    named, ident = element.get("class", ""), element.get("id", "")
    if (named and _HISTORY_CLASS.search(named)) or (ident and _HISTORY_ID.match(ident)):
        return HISTORY
    if element.tag == "blockquote" and element.get("type") == "cite":
        return HISTORY
    if (named and _SIGNATURE.search(named)) or (ident and _SIGNATURE.search(ident)):
        return SIGNATURE
    if element.tag == "hr":
        return HISTORY if _TO_THE_END.match(ident) else ""
    return HISTORY if element.get("name") in _HISTORY_NAME or _is_outlook_block(element) else ""


def _holds_answers(element: HtmlElement) -> bool:
    """Whether the writer answers point by point, between the blockquotes of a container."""
    quotes = [child for child in element if child.tag == "blockquote"]
    if element.tag == "blockquote" or not quotes:
        return False
    behind = list(quotes[0].itersiblings())
    words = [(quotes[0].tail or "")]
    for child in behind:
        own = child.tag != "blockquote" and not _SIGNATURE.search(child.get("class", ""))
        words += [child.text_content() if own else "", child.tail or ""]
    return any(word.strip() for word in words)


def _is_outlook_block(element: HtmlElement) -> bool:
    """Whether it is Outlook's header of an older mail: a block with a line above that begins with `From:`."""
    if element.tag != "div" or "style" not in element.attrib:
        return False
    if not _OUTLOOK_BORDER.search(style_of(element)):
        return False
    return _OUTLOOK_FIRST.match(element.text_content()[:_HEAD_CHARS]) is not None


def _is_indented(element: HtmlElement) -> bool:
    """Whether a blockquote only indents a paragraph, as some programs write it."""
    return "border:none" in style_of(element) or "border:0" in style_of(element)


def _is_forwarded(element: HtmlElement) -> bool:
    if _FORWARD_CLASS.search(element.get("class", "")):
        return True
    announced = _ANNOUNCED.match(element.text_content()[:_HEAD_CHARS].strip())
    return announced is not None and announces_forwarded(announced.group())


def _range(element: HtmlElement, mark: str) -> tuple[HtmlElement, HtmlElement | None]:
    """The first and the last element to mark; without a last one, up to the end of the mail."""
    first = element
    before = element.getprevious()
    if (
        mark == HISTORY
        and before is not None
        and not (before.tail or "").strip()
        and (before.tag == "hr" or (element.tag == "blockquote" and _attributes(before)))
    ):
        first = before
    ident = element.get("id", "") or element.get("class", "")
    if mark == HISTORY and (_TO_THE_END.search(ident) or _is_outlook_block(element)):
        return first, None
    after = element.getnext()
    if "moz-cite-prefix" in element.get("class", "") and after is not None and after.tag == "blockquote":
        return first, after
    return first, element


def _attributes(element: HtmlElement) -> bool:
    """Whether an element is the attribution above a quote."""
    text = " ".join(element.text_content().split())
    return 0 < len(text) < _HEAD_CHARS and attribution_ending([text], 0) is not None


def _around(first: HtmlElement, last: HtmlElement | None, mark: str) -> None:
    first.addprevious(builder.DIV(mark))
    if last is not None:
        end = builder.DIV(END)
        end.tail, last.tail = last.tail, None  # the words after an element do not belong to it
        last.addnext(end)


def remove_marks(laid_out: str) -> tuple[str, tuple[Fold, ...]]:
    """Remove the marks from a laid-out text: returns it with `>` before cited lines, and its folds.

    History is folded if the writer's words are above it and none are below.
    """
    page = _Page()
    has_marks = ANY_MARK.search(laid_out) is not None
    for row in laid_out.split("\n"):
        marks = ANY_MARK.findall(row) if has_marks else ()
        page.write(ANY_MARK.sub("", row) if marks else row, marked=bool(marks))
        for mark in marks:
            page.take(mark)
    rows, spans = page.close()
    return "\n".join(rows), _folds(rows, spans)


class _Page:
    """Collects the rows of a laid-out text and the spans between its marks."""

    def __init__(self) -> None:
        self._rows: list[str] = []
        self._spans: list[Span] = []
        self._open: list[tuple[str, int]] = []
        self._depth = 0  # of citation

    def write(self, text: str, *, marked: bool) -> None:
        """Add a row, unless it is blank and at the start, after a mark or after another blank row."""
        if not text.strip():
            if not marked and self._rows and self._rows[-1].strip("> "):
                self._rows.append(">" * self._depth)
        elif self._depth:
            self._rows.append(">" * self._depth + " " + text.strip())
        else:
            self._rows.append(text)

    def take(self, mark: str) -> None:
        """Open or close a span."""
        if mark != END:
            self._open.append((mark, len(self._rows)))
            self._depth += mark == CITED
        elif self._open:
            opened, at = self._open.pop()
            self._spans.append((opened, at, len(self._rows)))
            if opened == CITED:
                self._depth -= 1
                if len(self._rows) > at and not self._rows[-1].strip("> "):
                    self._rows[-1] = ">" * self._depth

    def close(self) -> tuple[list[str], list[Span]]:
        """The rows without blank ones at the end, and the spans (mark, first row, row after the last)."""
        self._spans += [(mark, at, len(self._rows)) for mark, at in self._open]
        while self._rows and not self._rows[-1].strip("> "):
            self._rows.pop()
        return self._rows, self._spans


def _folds(rows: list[str], spans: list[Span]) -> tuple[Fold, ...]:
    outer = [span for span in sorted(spans, key=lambda span: (span[1], -span[2])) if span[0] != CITED]
    if not outer:
        return ()
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    ends = max(0, starts[-1] - 1)
    found: list[Fold] = []
    for mark, first, last in outer:
        start, end = starts[min(first, len(rows))], min(starts[min(last, len(rows))], ends)
        if start < end and (not found or start >= found[-1].end):
            found.append(Fold(start, end, FoldKind.QUOTE if mark == HISTORY else FoldKind.SIGNATURE))
    return _only_honest(rows, starts, found)


def _only_honest(rows: list[str], starts: list[int], found: list[Fold]) -> tuple[Fold, ...]:
    """Drop the folds of quotes with the writer's words below them, and all folds if they hide everything."""
    ends = [fold.end for fold in found]  # sorted, for they do not overlap
    own = []
    for at, row in zip(starts, rows, strict=False):
        near = bisect_right(ends, at)
        if row.strip() and (near == len(found) or at < found[near].start):
            own.append(at)
    if not own:
        return ()
    return tuple(
        fold
        for fold in found
        if fold.kind is FoldKind.SIGNATURE or (own[0] < fold.start and own[-1] < fold.start)
    )
