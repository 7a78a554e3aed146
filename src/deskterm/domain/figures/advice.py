"""At most three plain sentences: what grew and why, what it cost, and what to change."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from deskterm.domain.figures.causes import FEWEST, CaseFacts, Cause, CauseKind, Shared, shared_cause
from deskterm.domain.figures.values import Advice

MOST = 3
_GREW_BY = 3  # tickets; less is a busy day
_GREW_TIMES = 1.4
_OFTEN = 0.4  # the share of reopened replies from which a macro does not answer
_MINUTE = 60


class MacroFacts(NamedTuple):
    """How a macro fared: the tickets it was used on that were solved after, and those that came back."""

    title: str
    tickets: tuple[int, ...]
    came_back: tuple[int, ...]


class SopFacts(NamedTuple):
    """How an SOP was worked: the tickets, and of each step on how many it was ticked."""

    title: str
    tickets: tuple[int, ...]
    steps: tuple[tuple[str, int], ...]


class AdviceFacts(NamedTuple):
    """What advice on one period rests on. `money` writes minor units as the owner does.

    `recent` are the tickets of the four weeks up to its end, `recent_before` those of the four before:
    a small shop's week is too short to see a cause in. Macros and SOPs are those of the same four weeks.
    """

    cases: Sequence[CaseFacts]
    before: Sequence[CaseFacts]
    recent: Sequence[CaseFacts]
    recent_before: Sequence[CaseFacts]
    macros: Mapping[str, MacroFacts]
    sops: Mapping[str, SopFacts]
    money: Callable[[int], str]


def advise(now: AdviceFacts, earlier: AdviceFacts | None = None) -> tuple[Advice, ...]:
    """The weightiest three; what was said of the period before is said again only if it grew since."""
    said = {one.key: one.weight for one in (_weightiest(earlier) if earlier else ())}
    fresh = [one for one in _all_sentences(now) if one.weight > said.get(one.key, 0)]
    return tuple(sorted(fresh, key=lambda one: -one.weight)[:MOST])


def _weightiest(facts: AdviceFacts) -> list[Advice]:
    return sorted(_all_sentences(facts), key=lambda one: -one.weight)[:MOST]


def _all_sentences(facts: AdviceFacts) -> Iterator[Advice]:
    yield from _waiting(facts)
    weekly = list(_growth(facts, facts.cases, facts.before, ""))
    yield from weekly
    told = {one.key.split("\n")[0] for one in weekly}
    for one in _growth(facts, facts.recent, facts.recent_before, " in four weeks"):
        if one.key.split("\n")[0] not in told:
            yield one
    yield from _macros(facts)
    yield from _sops(facts)


def _by_category(cases: Sequence[CaseFacts]) -> dict[str, list[CaseFacts]]:
    found: dict[str, list[CaseFacts]] = defaultdict(list)
    for case in cases:
        found[case.category].append(case)
    return found


def _waiting(facts: AdviceFacts) -> Iterator[Advice]:
    """Customers who wait for the same thing can be answered together."""
    for category, cases in _by_category([case for case in facts.recent if case.waits]).items():
        others = [case for case in facts.recent if case.category != category]
        shared = shared_cause(cases, others) if len(cases) >= FEWEST else None
        if shared is None:
            continue
        number = len(shared.tickets)
        about = _words(shared.cause)
        text = f"{number} customers wait for one answer, about {about}: tell them all at once (x, then m)."
        yield Advice(
            f"waiting {shared.cause}", text, _evidence(shared), shared.tickets, 3 * number, incident=True
        )


def _growth(
    facts: AdviceFacts, all_cases: Sequence[CaseFacts], all_before: Sequence[CaseFacts], when: str
) -> Iterator[Advice]:
    """A category that grew, or of which most tickets have one reason."""
    before = _by_category(all_before)
    known = len(all_before) >= len(all_cases) / 2  # else the mail of that time was hardly read
    for category, cases in _by_category(all_cases).items():
        if not category or len(cases) < FEWEST:
            continue
        then = len(before[category])
        grew = known and len(cases) >= then + _GREW_BY and len(cases) >= _GREW_TIMES * then
        shared = shared_cause(cases, [case for case in all_cases if case.category != category])
        if not grew and (shared is None or shared.cause.kind is not CauseKind.REASON):
            continue
        yield _on_category(facts, category, cases, then, shared, when if grew else "", grew=grew)


def _on_category(  # noqa: PLR0917 - what one sentence says
    facts: AdviceFacts,
    category: str,
    cases: Sequence[CaseFacts],
    then: int,
    shared: Shared | None,
    when: str,
    *,
    grew: bool,
) -> Advice:
    begin = f"Mail about {category} rose from {then} to {len(cases)}{when}{_cost(facts, cases)}"
    if shared is None:
        text = f"{begin}, without one cause."
        evidence = f"Read them before you change anything: {_list(_ids(cases))}"
        return Advice(f"category {category}", text, evidence, _ids(cases), len(cases))
    said = _share(category, shared)
    text = f"{begin}; {said}" if grew else f"{said[0].upper()}{said[1:]}{_cost(facts, cases)}"
    key = f"category {category}\n{shared.cause}"
    weight = len(cases) + len(shared.tickets)
    text = f"{text}: {_remedy(category, shared.cause)}."
    return Advice(key, text, _evidence(shared), shared.tickets, weight)


def _share(category: str, shared: Shared) -> str:
    """`7 of 9 are about ...`, or of a reason `of 11 return tickets about WT, 9 say it is too small`."""
    number = len(shared.tickets)
    if shared.cause.kind is CauseKind.REASON:
        whose = f"{shared.of} {category} tickets about {shared.cause.name}"
        return f"of {whose}, {number} say it is {shared.cause.detail}"
    if shared.of == number:
        return f"all {number} are about {_words(shared.cause)}"
    return f"{number} of {shared.of} are about {_words(shared.cause)}"


def _words(cause: Cause) -> str:
    if cause.kind is CauseKind.PARCELS:
        return f"parcels that went with {cause.name} in week {cause.detail}"
    if cause.kind is CauseKind.CARRIER:
        return f"parcels with {cause.name}"
    return f"{cause.name}, {cause.detail}" if cause.detail else cause.name


_BY_REASON = {
    "too small": "put measurements beside its sizes",
    "too large": "put measurements beside its sizes",
    "not as pictured": "take its picture again in daylight",
    "broken": "pack it better",
}
_BY_CATEGORY = {
    "damaged": "look at how it is packed",
    "wrong item": "look at where it lies beside what was sent",
    "return": "compare its page with what arrives",
    "exchange": "put measurements beside its sizes",
    "stock": "say on its page when it is back",
    "question": "answer it on its page",
}


def _remedy(category: str, cause: Cause) -> str:
    """What to change in the shop."""
    if cause.kind is CauseKind.REASON:
        return _BY_REASON[cause.detail]
    if cause.kind is CauseKind.PARCELS:
        return f"ask {cause.name} what happened that week, and tell those who have not written yet"
    if cause.kind is CauseKind.CARRIER:
        return f"compare {cause.name} with another carrier"
    return _BY_CATEGORY.get(category, "look at what its page says")


def _macros(facts: AdviceFacts) -> Iterator[Advice]:
    for macro, one in facts.macros.items():
        if len(one.tickets) >= FEWEST and len(one.came_back) >= _OFTEN * len(one.tickets):
            text = (
                f"{len(one.came_back)} of {len(one.tickets)} customers who got the macro “{one.title}” came "
                "back: read what they asked, and write it into the macro."
            )
            yield Advice(
                f"macro {macro}", text, _list(one.came_back), one.came_back, len(one.came_back) * 1.5
            )


def _sops(facts: AdviceFacts) -> Iterator[Advice]:
    for sop, one in facts.sops.items():
        skipped = [step for step, ticked in one.steps if ticked == 0]
        if len(one.tickets) >= FEWEST and skipped:
            text = (
                f"In {len(one.tickets)} runs of “{one.title}” the step “{skipped[0]}” was never ticked: "
                "take it out, or do it."
            )
            yield Advice(
                f"sop {sop} {skipped[0]}", text, _list(one.tickets), one.tickets, len(one.tickets) / 2
            )


def _cost(facts: AdviceFacts, cases: Sequence[CaseFacts]) -> str:
    """` (48 minutes, €12.00 given back)`; empty where nothing is known."""
    minutes = round(sum(case.handled for case in cases) / _MINUTE)
    given = sum(case.given for case in cases)
    parts = [f"{minutes} minutes"] if minutes > 1 else []
    parts += [f"{facts.money(given)} given back"] if given else []
    return f" ({', '.join(parts)})" if parts else ""


def _evidence(shared: Shared) -> str:
    return f"{len(shared.tickets)} of {shared.of}: {_list(shared.tickets)}"


def _ids(cases: Sequence[CaseFacts]) -> tuple[int, ...]:
    return tuple(case.ticket_id for case in cases)


def _list(tickets: Sequence[int]) -> str:
    shown = ", ".join(f"T{ticket}" for ticket in tickets[:8])
    return shown + (f" and {len(tickets) - 8} more" if len(tickets) > 8 else "")  # noqa: PLR2004 - a line's worth
