"""Where older mails stand inside a text: quoted lines, and the openings that announce them."""

import re
from typing import NamedTuple

from deskterm.mail.phrases import Phrases
from deskterm.mail.text.attribution import attribution_ending
from deskterm.mail.text.footers import is_rule
from deskterm.mail.text.old_headers import announces_forwarded, announces_original, head_at
from deskterm.value_class import dataclass

# What a line is, a character each, so that a page is a string in which to look for what comes next.
_BLANK, _TEXT, _QUOTED = " t>"
_OPENING, _OPENED = (
    "Oo"  # an attribution, an old head, "-----Original Message-----": its first line, the others
)
_ENDS_TEXT = re.compile(f"[{_QUOTED}{_OPENING}]")
_QUOTED_RUN = re.compile(f"[{_QUOTED}{_BLANK}]*")

_MARKED = frozenset("#*0123456789")
_LONGEST_LINE = 2_000
_WRAPPED_END = 24  # characters: `> hat geschrieben:`
_LOOKED_AT = 40  # lines above history that may say "my answers are below"
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
    """Whether words say that the writer's answers stand inside what they quote: "see below in red"."""
    return _ANSWERS_INSIDE.appear_in(words)


class Opening(NamedTuple):
    """Opening lines up to `last` (exclusive), the older mail's first line `body`, and if it is sure."""

    last: int
    body: int
    sure: bool


@dataclass(slots=True)
class TextRun:
    """The lines `first` to `last` (exclusive): text, or an older mail whose opening lines end at `opened`."""

    first: int
    last: int
    opened: int = -1

    @property
    def is_quote(self) -> bool:
        """Whether it is an older mail."""
        return self.opened >= 0


class Page:
    """A text's lines, what each is (`kinds`), its openings, and the `end` where a forwarded mail begins."""

    def __init__(self, lines: list[str], *, forwarded: bool) -> None:
        self.lines = lines
        self._kinds = [_kind(line) for line in lines]
        self._announcing = self._that_may_announce()
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
        """The opening at this line; neighbours are one ("Original Message", then From and Sent)."""
        found = self._openings[at]
        while found.body in self._openings:
            following = self._openings[found.body]
            found = Opening(following.last, following.body, found.sure or following.sure)
        return found

    def announces_answers(self, at: int) -> bool:
        """Whether the lines above the first history say that answers stand inside it: "see below in red"."""
        if self._answers_inside is None:
            above = "\n".join(line[:400] for line in self.lines[max(0, at - _LOOKED_AT) : at])
            self._answers_inside = say_answers_inside(above)
        return self._answers_inside

    def _that_may_announce(self) -> list[int]:
        """The lines worth a closer look; a quoted one is, just below the writer's own words."""
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
        """A quoted line may be the wrapped end of an address: `Jana <jana@mertens.example` / `> wrote:`."""
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


def stretches(page: Page) -> list[TextRun]:
    """The page up to its end as text and older mails, in turn."""
    found: list[TextRun] = []
    said = False
    at = 0
    while at < page.end:
        part = _quote_at(page, at, said=said) or _text_at(page, at)
        found.append(part)
        if not part.is_quote:
            said = said or not page.kinds[part.first : part.last].isspace()
        at = part.last
    return found


def _text_at(page: Page, at: int) -> TextRun:
    last = page.opening(at).body if page.opens(at) else at + 1
    following = _ENDS_TEXT.search(page.kinds, last, page.end)
    return TextRun(at, following.start() if following else max(last, page.end))


def _quote_at(page: Page, at: int, *, said: bool) -> TextRun | None:
    """The older mail that begins at this line; None if text stands here."""
    if not page.opens(at):
        return TextRun(at, _quoted_to(page, at), at) if page.kinds[at] == _QUOTED else None
    opening = page.opening(at)
    if opening.body >= page.end or page.kinds[opening.body] == _QUOTED:
        return TextRun(at, max(opening.last, _quoted_to(page, opening.body)), opening.last)
    if not opening.sure:
        return None
    if said and not page.announces_answers(at):
        return TextRun(at, page.end, opening.last)
    if not said and _is_head(page.lines, at):
        page.end = at  # nothing was said above: the older mail is what the writer wants to show
        return TextRun(at, at)
    return TextRun(at, opening.last, opening.last)


def _quoted_to(page: Page, at: int) -> int:
    """The line after a run of quoted lines; blank lines and openings between quoted lines belong to it."""
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
    """Whether a line holds what every attribution, old head and line about an older mail has: most do not."""
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
