"""Finding older mails inside a text: quoted lines, and the openings that announce them."""

import re
from typing import NamedTuple

from deskterm.mail.phrases import Phrases
from deskterm.mail.text.attribution import attribution_ending
from deskterm.mail.text.footers import is_rule
from deskterm.mail.text.old_headers import announces_forwarded, announces_original, head_at
from deskterm.value_class import dataclass

# The kind of each line, one character each, so that a page is a string that can be searched.
_BLANK, _TEXT, _QUOTED = " t>"
_OPENING, _OPENED = (
    "Oo"  # an attribution, an old head, "-----Original Message-----": its first line, the others
)
_ENDS_TEXT = re.compile(f"[{_QUOTED}{_OPENING}]")
_QUOTED_RUN = re.compile(f"[{_QUOTED}{_BLANK}]*")

_MARKED = frozenset("#*0123456789")
_LONGEST_LINE = 2_000
_WRAPPED_END = 24  # characters: `> hat geschrieben:`
_LOOKED_AT = 40  # lines above history that are searched for "my answers are below"
_INITIALS = re.compile(r"[A-Z]{1,3}>(?: |$)")
_ANSWERS_INSIDE = Phrases(
    r"(?:answers?|comments?|replies|responses?|replied|answered|see|please find) (?:\w+ ){0,4}(?:below"
    r"|inline|in-line|between|in (?:red|blue|green|bold|capitals|caps|colou?r))\b|\binline\b|siehe unten"
    r"|antworte?n? (?:\w+ ){0,4}(?:unten|im text|in (?:rot|blau|grün|fett|großbuchstaben))"
    r"|voir ci-dessous|réponses? ci-dessous|en (?:rouge|bleu|vert|gras)\b|(?:más|ver) abajo"
    r"|en (?:rojo|azul|verde|negrita|mayúsculas)\b|vedi sotto|in (?:rosso|blu|verde|grassetto)\b"
    r"|zie (?:hier)?onder|in het (?:rood|blauw|groen)|veja abaixo|(?:a|em) (?:vermelho|azul|negrito)\b"
    r"|poniżej|na (?:czerwono|niebiesko)|se nedan|i rött|se nedenfor|med rødt|punaisella|červeně|kırmızı"
    r"|красным|赤字",
    re.IGNORECASE,
)


def say_answers_inside(words: str) -> bool:
    """Whether words say that the writer's answers are inside the quote: "see below in red"."""
    return _ANSWERS_INSIDE.appear_in(words)


class Opening(NamedTuple):
    """Opening lines up to `last` (exclusive), the older mail's first line `body`, and whether it is sure."""

    last: int
    body: int
    sure: bool


@dataclass(slots=True)
class TextRun:
    """The lines `first` to `last` (exclusive): text, or an older mail whose opening ends at `opened`."""

    first: int
    last: int
    opened: int = -1

    @property
    def is_quote(self) -> bool:
        """Whether it is an older mail."""
        return self.opened >= 0


class Page:
    """A text's lines, the kind of each (`kinds`), its openings, and the `end` where a forward begins."""

    def __init__(self, lines: list[str], *, forwarded: bool) -> None:
        self.lines = lines
        self._kinds = [_kind(line) for line in lines]
        self._announcing = self._find_candidates()
        self.end = self._forwarded_at(forwarded=forwarded)
        self._answers_inside: bool | None = None
        self._openings: dict[int, Opening] = {}
        for at in self._announcing:
            if at < self.end and len(lines[at]) <= _LONGEST_LINE:
                self._find_opening(at)
        self.kinds = "".join(self._kinds)

    def opens(self, at: int) -> bool:
        """Whether an older mail is announced at this line."""
        return at in self._openings

    def opening(self, at: int) -> Opening:
        """The opening at this line; adjacent ones are one ("Original Message", then From and Sent)."""
        found = self._openings[at]
        while found.body in self._openings:
            following = self._openings[found.body]
            found = Opening(following.last, following.body, found.sure or following.sure)
        return found

    def announces_answers(self, at: int) -> bool:
        """Whether the lines above the first history say that answers are inside it: "see below in red"."""
        if self._answers_inside is None:
            above = "\n".join(line[:400] for line in self.lines[max(0, at - _LOOKED_AT) : at])
            self._answers_inside = say_answers_inside(above)
        return self._answers_inside

    def _find_candidates(self) -> list[int]:
        """The lines that may announce an older mail; a quoted one may, directly below the writer's words."""
        found, above = [], _BLANK
        for at, kind in enumerate(self._kinds):
            mine = kind == _TEXT or (kind == _QUOTED and above == _TEXT)
            if mine and _may_announce(self.lines[at]):
                found.append(at)
            above = kind
        return found

    def _forwarded_at(self, *, forwarded: bool) -> int:
        for at in self._announcing:
            if self._kinds[at] == _TEXT and (
                announces_forwarded(self.lines[at]) or (forwarded and _is_head(self.lines, at))
            ):
                return at
        return len(self.lines)

    def _find_opening(self, at: int) -> None:
        if not self._may_end_attribution(at):
            return
        if found := attribution_ending(self.lines, at):
            self._add(found.first, found.last, sure=found.sure)
        elif self._kinds[at] == _TEXT:
            if announces_original(self.lines[at]):
                self._add(at, at + 1, sure=True)
            elif last := head_at(self.lines, at):
                self._add(at, min(last, self.end), sure=True)

    def _may_end_attribution(self, at: int) -> bool:
        """Whether the line can end an attribution, even a quoted one: `Jana <jana@m.example` / `> wrote:`."""
        if self._kinds[at] == _TEXT:
            return True
        if at == 0 or self._kinds[at] != _QUOTED or self._kinds[at - 1] != _TEXT:
            return False
        above, line = self.lines[at - 1], self.lines[at]
        return above.rfind("<") > above.rfind(">") or (
            len(line) < _WRAPPED_END and line.rstrip().endswith(":")
        )

    def _add(self, first: int, last: int, *, sure: bool) -> None:
        for at in range(first, last):
            self._openings.pop(at, None)
            self._kinds[at] = _OPENED if self.lines[at].strip() else _BLANK
        self._kinds[first] = _OPENING
        body = last
        while body < self.end and (self._kinds[body] == _BLANK or is_rule(self.lines[body])):
            body += 1
        self._openings[first] = Opening(last, body, sure)


def split_runs(page: Page) -> list[TextRun]:
    """Divide the page, up to its end, into runs of text and older mails."""
    found: list[TextRun] = []
    after_text = False
    at = 0
    while at < page.end:
        part = _quote_at(page, at, after_text=after_text) or _text_at(page, at)
        found.append(part)
        if not part.is_quote:
            after_text = after_text or not page.kinds[part.first : part.last].isspace()
        at = part.last
    return found


def _text_at(page: Page, at: int) -> TextRun:
    last = page.opening(at).body if page.opens(at) else at + 1
    following = _ENDS_TEXT.search(page.kinds, last, page.end)
    return TextRun(at, following.start() if following else max(last, page.end))


def _quote_at(page: Page, at: int, *, after_text: bool) -> TextRun | None:
    """The older mail that begins at this line, None if it is text."""
    if not page.opens(at):
        return TextRun(at, _quoted_to(page, at), at) if page.kinds[at] == _QUOTED else None
    opening = page.opening(at)
    if opening.body >= page.end or page.kinds[opening.body] == _QUOTED:
        return TextRun(at, max(opening.last, _quoted_to(page, opening.body)), opening.last)
    if not opening.sure:
        return None
    if after_text and not page.announces_answers(at):
        return TextRun(at, page.end, opening.last)
    if not after_text and _is_head(page.lines, at):
        page.end = at  # no words above it: the older mail is what the writer wants to show
        return TextRun(at, at)
    return TextRun(at, opening.last, opening.last)


def _quoted_to(page: Page, at: int) -> int:
    """The line after a run of quoted lines, with the blank lines and openings between them."""
    last = at
    while at < page.end:
        if page.opens(at):
            opening = page.opening(at)
            at = opening.body
            if at < page.end and page.kinds[at] != _QUOTED:
                break
            last = opening.last
            continue
        run = _QUOTED_RUN.match(page.kinds, at, page.end)
        if not run or not run.group():
            break
        at = run.end()
        last = max(last, page.kinds.rfind(_QUOTED, run.start(), at) + 1)
    return last


def _kind(line: str) -> str:
    bare = line.lstrip()
    if not bare:
        return _BLANK
    if bare[0] in ">＞":
        return _TEXT if line.startswith(">From ") else _QUOTED
    return _QUOTED if ">" in bare[1:4] and _INITIALS.match(line) else _TEXT


def _may_announce(line: str) -> bool:
    """Quick check for the characters that every attribution, old header and announcement has."""
    if line.isascii() and "-" not in line and "_" not in line and "=" not in line and line[0] not in _MARKED:
        return ":" in line or " line" in line
    return (
        ":" in line
        or "--" in line
        or " line" in line
        or "：" in line
        or "—" in line
        or "__" in line
        or "==" in line
        or "- " in line
        or line[:2] in ("##", "**")
        or line[:4].isdigit()
    )


def _is_head(lines: list[str], at: int) -> bool:
    return announces_original(lines[at]) or head_at(lines, at) > 0
