"""Finding what the tickets of a category have in common: carrier, shipping week, product, reason."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from deskterm.lazy_regex import lazy_regex

FEWEST = 5  # tickets needed to say anything
LEAST_GROWTH = 3  # tickets; less is a busy day
_MOST_OF = 0.6  # the share of a category's tickets that have to have it in common
_OF_GROWTH = (
    1 / 3
)  # or the share of what came on top, where a week's parcels are twice as many as any other's
_DOUBLED = 2
_STANDS_OUT = 1.5  # times its share among all other tickets


_NOT_BY_CARRIERS = frozenset(
    {"return", "exchange", "stock", "question", "wrong item", "discount", "cancel", "address", "refund"}
)


class CauseKind(StrEnum):
    """What tickets can have in common."""

    PARCELS = "parcels"  # of one carrier, sent in one week
    CARRIER = "carrier"
    PRODUCT = "product"
    REASON = "reason"  # of one product


class Cause(NamedTuple):
    """What tickets have in common. `name` is a carrier or a product, `detail` a week or a reason."""

    kind: CauseKind
    name: str
    detail: str = ""


class CaseFacts(NamedTuple):
    """What may show a cause in a ticket. `handled` is in seconds, `given` in minor units."""

    ticket_id: int
    category: str
    carrier: str = ""
    sent_in: str = ""  # the ISO week in which it was sent, `2026-W46`
    products: tuple[str, ...] = ()
    reason: str = ""
    handled: int = 0
    given: int = 0
    waits: bool = False  # its customer waits for us now
    at: int = 0  # when it came (UTC seconds)


class Shared(NamedTuple):
    """A cause with the tickets that have it, of all that could have it."""

    cause: Cause
    tickets: tuple[int, ...]
    of: int


# What is wrong with a thing, in the languages that shops are written to in. Searched in returns and the like.
_SMALL = (
    r"too (?:small|tight|short|narrow)|zu (?:klein|eng|kurz)|trop (?:petite?|serr[ée]e?|courte?)",
    r"(?:demasiado|muy) (?:peque[ñn][oa]|estrech[oa])|te (?:klein|krap)|troppo (?:piccol[oa]|strett[oa])",
)
_LARGE = (
    r"too (?:big|large|long|wide|loose)|zu (?:gro(?:ß|ss)|weit|lang)|trop (?:grande?|large|longue?)",
    r"(?:demasiado|muy) grande|te (?:groot|wijd)|troppo (?:grande|larg[oa])",
)
_OTHER = (
    r"(?:different|other|wrong) colou?r|not (?:as|like) (?:pictured|in the (?:picture|photo)|described)",
    r"andere farbe|anders als|autre couleur|pas comme|otro color|andere kleur|colore diverso",
)
_BROKEN = (
    r"broken|cracked|shattered|chipped|zerbrochen|kaputt|gesprungen|cass[ée]e?s?\b|bris[ée]e?s?\b",
    r"rot[oa]s?\b|gebroken|rott[oa]\b",
)
_PATTERNS = tuple(
    (
        name,
        lazy_regex("|".join(words)),
    )  # for texts in lower case: three times as fast as to ignore the case
    for name, words in (
        ("too small", _SMALL),
        ("too large", _LARGE),
        ("not as pictured", _OTHER),
        ("broken", _BROKEN),
    )
)


def find_reason(text: str) -> str:
    """What a customer says is wrong with a product; "" if they name no reason or several."""
    low = text.lower()
    found = [name for name, pattern in _PATTERNS if pattern.search(low)]
    return found[0] if len(found) == 1 else ""


def shared_cause(
    cases: Sequence[CaseFacts], others: Iterable[CaseFacts], before: Sequence[CaseFacts] = ()
) -> Shared | None:
    """What most of these cases have in common and other tickets have not; the most telling first.

    With the cases of `before` it is also one carrier's week that a good part of the growth since then is.
    """
    elsewhere = list(others)
    carried = not _NOT_BY_CARRIERS.issuperset(case.category for case in cases)
    by_carriers = (CauseKind.PARCELS, CauseKind.CARRIER) if carried else ()
    for kind in (CauseKind.REASON, *by_carriers, CauseKind.PRODUCT):
        found = _best(kind, cases, before)
        if found is not None and _stands_out(found, elsewhere):
            return found
    return None


def shared_reasons(cases: Sequence[CaseFacts]) -> Iterator[Shared]:
    """What most customers say of a product who write about it for such a reason, whatever the category."""
    found = _by_cause(CauseKind.REASON, cases)
    for cause, tickets in found.items():
        about = {case.category for case in cases if case.ticket_id in tickets}
        of = len([case for case in cases if case.category in about and cause.name in case.products])
        if len(tickets) >= FEWEST and len(tickets) >= _MOST_OF * of:
            yield Shared(cause, tuple(tickets), of)


def causes_of(case: CaseFacts, kind: CauseKind) -> tuple[Cause, ...]:
    """The causes of a kind that a case may share with others."""
    if kind is CauseKind.PRODUCT:
        return tuple(Cause(kind, product) for product in case.products)
    if kind is CauseKind.REASON:
        return tuple(Cause(kind, product, case.reason) for product in case.products if case.reason)
    if not case.carrier:
        return ()
    if kind is CauseKind.CARRIER:
        return (Cause(kind, case.carrier),)
    return (Cause(kind, case.carrier, case.sent_in),) if case.sent_in else ()


def _by_cause(kind: CauseKind, cases: Iterable[CaseFacts]) -> dict[Cause, list[int]]:
    found: dict[Cause, list[int]] = defaultdict(list)
    for case in cases:
        for cause in causes_of(case, kind):
            found[cause].append(case.ticket_id)
    return found


def _best(kind: CauseKind, cases: Sequence[CaseFacts], before: Sequence[CaseFacts]) -> Shared | None:
    found = sorted(_by_cause(kind, cases).items(), key=lambda pair: (len(pair[1]), pair[0]), reverse=True)
    if not found or len(found[0][1]) < FEWEST:
        return None
    cause, tickets = found[0]
    of = len(_comparable(cause, cases))
    most = len(tickets) >= _MOST_OF * of
    rest = len(found[1][1]) if len(found) > 1 else 0
    if most or (kind is CauseKind.PARCELS and _explains_growth(len(tickets), rest, len(cases) - len(before))):
        return Shared(cause, tuple(tickets), of)
    return None


def _explains_growth(number: int, next_most: int, growth: int) -> bool:
    """Whether one carrier's week stands above all others. Mere carriers and products are never told so."""
    return number >= _DOUBLED * next_most and number >= _OF_GROWTH * growth >= _OF_GROWTH * LEAST_GROWTH


def _comparable(cause: Cause, cases: Sequence[CaseFacts]) -> list[CaseFacts]:
    """The cases a share is taken of: for a reason those about its product, else those of the category."""
    if cause.kind is CauseKind.REASON:
        return [case for case in cases if cause.name in case.products]
    return list(cases)


def _stands_out(found: Shared, others: Sequence[CaseFacts]) -> bool:
    """Whether a cause is much more common here than elsewhere; a reason needs no such comparison."""
    if found.cause.kind is CauseKind.REASON or not others:
        return True
    elsewhere = sum(found.cause in causes_of(case, found.cause.kind) for case in others) / len(others)
    return len(found.tickets) / found.of >= _STANDS_OUT * elsewhere
