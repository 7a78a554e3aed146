"""What a mail is about, guessed from the words of the macro files: simple, linear, explainable.

The category with the most points wins, if it leads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Playbook, Sop
from deskterm.domain.review.order_needs import fits
from deskterm.domain.suggest.matters import is_thanks
from deskterm.domain.suggest.phrases import PhraseIndex

_SURE = 2


def category(text: str, subject: str, playbook: Playbook) -> str:
    """The category a customer's own words speak for, '' when none does or two do alike."""
    return categories(playbook)(text, subject)


def categories(playbook: Playbook) -> Callable[[str, str], str]:
    """`category` for many texts and subjects."""
    return partial(_category, _by_category(_macro_words(playbook)))


def _category(words: PhraseIndex, text: str, subject: str) -> str:
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
def _by_category(listed: _Listed) -> PhraseIndex:
    return PhraseIndex({(category, phrase) for _, category, words in listed if category for phrase in words})


@lru_cache(maxsize=4)
def _by_id(listed: _Listed) -> PhraseIndex:
    return PhraseIndex({(id_, phrase) for id_, _, words in listed for phrase in words})
