"""What a mail is about, guessed from the words of the macro files: simple, linear, explainable.

A phrase counts once, where it stands as whole words; `refund*` also matches
refunded, and `^thanks` only at the top: at the end of a mail it is mere politeness.
Chinese, Japanese and Korean have no spaces, so there each sign is a
word. A longer phrase says more than a single word, and one in the subject counts
again. The category with the most points wins, if it leads.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial

from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Playbook, Sop
from deskterm.domain.review.order_needs import fits
from deskterm.domain.suggest.matters import is_thanks

Phrase = tuple[str, ...]

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
_WORD = re.compile(rf"\^|[{_CJK}]|[^\W_{_CJK}]+\*?")
_SIGNS = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalnum()})
_AT_TOP = "^"
_TOP = 6  # words
_MEMORY = 20_000  # words of mails: a few thousand make up most of them
_LONGEST = 6_000  # characters of a mail that are looked at: the matter stands at its top
_SURE = 2


_Starts = dict[str, list[tuple[Phrase, str]]]  # phrases with their owners


class _Words:
    """Phrases by owner, found in a text in one walk over its words."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        starts: _Starts = defaultdict(list)
        for owner, phrase in phrases:
            words = tuple(_WORD.findall(phrase.casefold()))
            telling = words[1:] if words[:1] == (_AT_TOP,) else words
            if telling:
                starts[telling[0]].append((words, owner))
        self._beginnings = _Beginnings(starts)

    def points(self, text: str, subject: str = "") -> dict[str, int]:
        """How strongly a text speaks for each owner. A phrase in both counts in both."""
        points: dict[str, int] = defaultdict(int)
        for part in (text[:_LONGEST], subject[:_LONGEST]):
            for phrase, owner in self._find_words(_words(part.casefold())):
                points[owner] += _weight(phrase)
        return points

    def _find_words(self, words: list[str]) -> set[tuple[Phrase, str]]:
        beginnings = self._beginnings
        return {
            (phrase, owner)
            for at, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False))
            if (starts := beginnings[word])
            for second in ("", following, "*")
            for phrase, owner in starts.get(second, ())
            if _stands(phrase, words, at)
        }


class _Beginnings(dict[str, _Starts]):
    """For each word the phrases whose first word it may be, by their second: "" for none, "*" for a stem."""

    def __init__(self, starts: _Starts) -> None:
        super().__init__()
        self._starts = starts
        self._stems = sorted({len(word) - 1 for word in starts if word.endswith("*")})

    def __missing__(self, word: str) -> _Starts:
        stems = (f"{word[:length]}*" for length in self._stems if length <= len(word))
        found: _Starts = defaultdict(list)
        for phrase, owner in (one for start in (word, *stems) for one in self._starts.get(start, ())):
            second = "".join(phrase[1 + (phrase[0] == _AT_TOP) :][:1])
            found["*" if second.endswith("*") else second].append((phrase, owner))
        if len(self) < _MEMORY:
            self[word] = found
        return found


def _words(text: str) -> list[str]:
    """`_WORD.findall`; for plain English in a fifth of the time."""
    if text.isascii() and "^" not in text and "*" not in text:
        return text.translate(_SIGNS).split()
    return _WORD.findall(text)


def _stands(phrase: Phrase, words: list[str], at: int) -> bool:
    """Whether a phrase whose first word stands there does so whole."""
    if phrase[0] == _AT_TOP:
        return at < _TOP and _stands(phrase[1:], words, at)
    if len(phrase) > len(words) - at:
        return False
    for place in range(1, len(phrase)):
        wanted, word = phrase[place], words[at + place]
        if word != wanted and not (wanted.endswith("*") and word.startswith(wanted[:-1])):
            return False
    return True


@lru_cache(maxsize=_MEMORY)
def _weight(phrase: Phrase) -> int:
    """A word 2, two words 3, three or more 4. Two signs make a word, roughly."""
    length = len(phrase) - (phrase[0] == _AT_TOP)
    if re.match(f"[{_CJK}]", phrase[-1]):
        length = (length + 1) // 2
    return 1 + min(length, 3)


def category(text: str, subject: str, playbook: Playbook) -> str:
    """The category a customer's own words speak for, '' when none does or two do alike."""
    return categories(playbook)(text, subject)


def categories(playbook: Playbook) -> Callable[[str, str], str]:
    """`category` for many texts and subjects."""
    return partial(_category, _by_category(_macro_words(playbook)))


def _category(words: _Words, text: str, subject: str) -> str:
    points = words.points(text, subject)
    best = sorted(points.items(), key=lambda pair: -pair[1])[:2]
    if not best or best[0][1] < _SURE or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def rank_macros(text: str, category: str, playbook: Playbook, order: Order | None = None) -> list[str]:
    """All macros' ids, best first: the category, the words that fit, then the title.

    Those that are not true of the order (None: none is known) come last.
    """
    points = _by_id(_macro_words(playbook)).points(text)

    def place(id_: str) -> tuple[bool, bool, int, str]:
        macro = playbook.macros[id_]
        of_category = bool(category) and macro.category == category
        return not fits(macro.needs, order), not of_category, -points.get(id_, 0), macro.title.casefold()

    return sorted(playbook.macros, key=place)


THANKS = "thanks"  # the category of the macros that answer a thank-you


@dataclass(frozen=True, slots=True)
class Request:
    """What the customer has just asked, and what is known of it.

    `words` are those of their newest mail, `subject` is empty where it speaks of an earlier matter. `sent`
    are
    the ids of the macros that went to this ticket already; `disputed` says that the ticket is a dispute.
    """

    words: str
    subject: str = ""
    category: str = ""
    sent: frozenset[str] = frozenset()
    disputed: bool = False


def suggest_macros(request: Request, playbook: Playbook, order: Order | None = None) -> list[str]:
    """The ids of the macros worth offering, best first: the category or the words speak for them.

    None for a dispute: there the SOP helps, and a ready apology does harm. Thanks are answered with thanks.
    What
    went to this ticket already is not offered again.
    """
    if request.disputed:
        return []
    macros = playbook.macros
    if is_thanks(request.words):
        return [id_ for id_, macro in macros.items() if macro.category == THANKS and id_ not in request.sent]
    found = _fitting_macros(f"{request.subject}\n{request.words}", request.category, playbook, order)
    return [id_ for id_ in found if id_ not in request.sent]


def _fitting_macros(text: str, category: str, playbook: Playbook, order: Order | None) -> list[str]:
    points = _by_id(_macro_words(playbook)).points(text)
    macros = playbook.macros
    return [
        id_
        for id_ in rank_macros(text, category, playbook, order)
        if fits(macros[id_].needs, order)
        and (id_ in points or (category and macros[id_].category == category))
    ]


def sop_for(category: str, text: str, playbook: Playbook) -> Sop | None:
    """The SOP of that category whose words fit best; without a category, one whose words do fit."""
    words = tuple((sop.id, "", sop.words) for sop in playbook.sops.values())
    points = _by_id(words).points(text)
    fitting = [sop for sop in playbook.sops.values() if category and category in sop.categories]
    if not fitting:
        fitting = [sop for sop in playbook.sops.values() if not category and points.get(sop.id, 0) >= _SURE]
    return min(fitting, key=lambda sop: (-points.get(sop.id, 0), len(sop.categories), sop.id), default=None)


_Listed = tuple[tuple[str, str, tuple[str, ...]], ...]


def _macro_words(playbook: Playbook) -> _Listed:
    return tuple((macro.id, macro.category, macro.words) for macro in playbook.macros.values())


@lru_cache(maxsize=4)
def _by_category(listed: _Listed) -> _Words:
    return _Words({(category, phrase) for _, category, words in listed if category for phrase in words})


@lru_cache(maxsize=4)
def _by_id(listed: _Listed) -> _Words:
    return _Words({(id_, phrase) for id_, _, words in listed for phrase in words})
