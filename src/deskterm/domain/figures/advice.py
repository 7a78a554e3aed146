"""Advice in at most three plain sentences: what grew and why, what it cost, and what to change."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from deskterm.domain.figures.causes import (
    FEWEST,
    LEAST_GROWTH,
    CaseFacts,
    CauseKind,
    Shared,
    shared_cause,
    shared_reasons,
)
from deskterm.domain.figures.remedies import incident_about, name_cause, remedy, share_of
from deskterm.domain.figures.values import Advice

MOST = 3
_UNADVISED = frozenset({"", "thanks"})  # nobody wants fewer of them
_GREW_TIMES = 1.4
_OFTEN = 0.4  # the share of reopened replies from which a macro does not answer
_MINUTE = 60


class MacroFacts(NamedTuple):
    """How a macro did: the tickets it was used on that were then solved, and those that came back."""

    title: str
    tickets: tuple[int, ...]
    came_back: tuple[int, ...]


class SopFacts(NamedTuple):
    """How an SOP was used: the tickets, and for each step on how many it was ticked."""

    title: str
    tickets: tuple[int, ...]
    steps: tuple[tuple[str, int], ...]


class AdviceFacts(NamedTuple):
    """What advice on one period rests on. `money` writes minor units as the owner does.

    `recent` are the tickets of the four weeks up to its end, `recent_before` those of the four before:
    a small shop's week is too short to see a cause in. What came before the first mail is empty. Macros and
    SOPs are those of the same four weeks. `period` and `recent_period` begin a sentence about the period and
    about the four weeks: `This week`, `In the last 4 weeks`.
    """

    cases: Sequence[CaseFacts]
    before: Sequence[CaseFacts]
    recent: Sequence[CaseFacts]
    recent_before: Sequence[CaseFacts]
    macros: Mapping[str, MacroFacts]
    sops: Mapping[str, SopFacts]
    money: Callable[[int], str]
    period: str = "This week"
    recent_period: str = "In the last 4 weeks"


def advise(now: AdviceFacts, earlier: AdviceFacts | None = None) -> tuple[Advice, ...]:
    """The three most important sentences. One that was given for the period before needs further growth."""
    before = {one.key: one.weight for one in (_weightiest(_all_sentences(earlier)) if earlier else ())}
    return tuple(_weightiest(one for one in _all_sentences(now) if one.weight > before.get(one.key, 0)))


def _weightiest(sentences: Iterable[Advice]) -> list[Advice]:
    """At most three: those that name a cause first, and at most one without."""
    ranked = sorted(sentences, key=lambda one: (one.caused, one.weight), reverse=True)
    without = [one for one in ranked if not one.caused]
    return [one for one in ranked if one.caused or one is without[0]][:MOST]


def _all_sentences(facts: AdviceFacts) -> Iterator[Advice]:
    yield from _waiting(facts)
    reasons = list(_reasons(facts))
    yield from reasons
    explained = {one.key for one in reasons}
    yield from (one for one in _grown(facts).values() if one.key not in explained)
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
        if shared is None or category in _UNADVISED:
            continue
        number, cause = len(shared.tickets), shared.cause
        text = (
            f"{number} customers wait now for one answer, about {name_cause(cause)}: tell them all at once."
        )
        yield Advice(
            f"waiting {cause}", text, _evidence(shared), shared.tickets, 3 * number,
            idea=incident_about(cause),
        )  # fmt: skip


def _reasons(facts: AdviceFacts) -> Iterator[Advice]:
    """What customers themselves say is wrong with a product, whichever category they wrote about."""
    for shared in shared_reasons(facts.recent):
        cases = [case for case in facts.recent if case.ticket_id in shared.tickets]
        about = sorted({case.category for case in cases})
        text = share_of(" and ".join(about), shared)
        text = f"{facts.recent_period} {text}{_cost(facts, cases)}: {remedy('', shared.cause)}."
        yield Advice(_key("", shared), text, _evidence(shared), shared.tickets, 2 * len(cases))


def _grown(facts: AdviceFacts) -> dict[str, Advice]:
    """Of each category that grew one sentence: of this period, or of four weeks where only those show why."""
    found = dict(_growth(facts, facts.cases, facts.before, facts.period))
    for category, one in _growth(facts, facts.recent, facts.recent_before, facts.recent_period):
        if category not in found or one.caused > found[category].caused:
            found[category] = one
    return found


def _growth(
    facts: AdviceFacts, all_cases: Sequence[CaseFacts], all_before: Sequence[CaseFacts], when: str
) -> Iterator[tuple[str, Advice]]:
    """Each category that grew, and what most of its tickets or most of its growth have in common."""
    before = _by_category(all_before)
    for category, cases in _by_category(all_cases).items() if all_before else ():
        then = before[category]
        grew = len(cases) >= len(then) + LEAST_GROWTH and len(cases) >= _GREW_TIMES * len(then)
        if category in _UNADVISED or len(cases) < FEWEST or not grew:
            continue
        shared = shared_cause(cases, [case for case in all_cases if case.category != category], then)
        begin = f"{when} {category} mail rose from {len(then)} to {len(cases)}{_cost(facts, cases)}"
        yield category, _on_category(category, cases, begin, shared)


def _on_category(category: str, cases: Sequence[CaseFacts], begin: str, shared: Shared | None) -> Advice:
    if shared is None:
        text = f"{begin}, without one cause: read them before you change anything."
        return Advice(f"category {category}", text, _list(_ids(cases)), _ids(cases), len(cases), caused=False)
    text = f"{begin}, {share_of(category, shared)}: {remedy(category, shared.cause)}."
    idea = incident_about(shared.cause) if shared.cause.kind is CauseKind.PARCELS else None
    weight = len(cases) + len(shared.tickets)
    return Advice(_key(category, shared), text, _evidence(shared), shared.tickets, weight, idea=idea)


def _key(category: str, shared: Shared) -> str:
    """The identity of a matter; a reason is the same in whichever category it occurs."""
    cause = shared.cause
    return f"{cause}" if cause.kind is CauseKind.REASON else f"category {category}\n{cause}"


def _macros(facts: AdviceFacts) -> Iterator[Advice]:
    for macro, one in facts.macros.items():
        if len(one.tickets) >= FEWEST and len(one.came_back) >= _OFTEN * len(one.tickets):
            text = (
                f"{facts.recent_period} {len(one.came_back)} of {len(one.tickets)} customers who got the "
                f"macro “{one.title}” came back: read what they asked, and write it into the macro."
            )
            yield Advice(
                f"macro {macro}", text, _list(one.came_back), one.came_back, len(one.came_back) * 1.5
            )


def _sops(facts: AdviceFacts) -> Iterator[Advice]:
    for sop, one in facts.sops.items():
        skipped = [step for step, ticked in one.steps if ticked == 0]
        if len(one.tickets) >= FEWEST and skipped:
            text = (
                f"{facts.recent_period} “{one.title}” was used on {len(one.tickets)} tickets, and its step "
                f"“{skipped[0]}” was never ticked: take it out, or do it."
            )
            yield Advice(
                f"sop {sop} {skipped[0]}", text, _list(one.tickets), one.tickets, len(one.tickets) / 2
            )


def _cost(facts: AdviceFacts, cases: Sequence[CaseFacts]) -> str:
    """` (48 min, €12.00 refunded, returns included)`; empty where nothing is known.

    Returns are named because the goodwill on the same page leaves them out.
    """
    minutes = round(sum(case.handled for case in cases) / _MINUTE)
    given = sum(case.given for case in cases)
    parts = [f"{minutes} min"] if minutes > 1 else []
    parts += [f"{facts.money(given)} refunded, returns included"] if given else []
    return f" ({', '.join(parts)})" if parts else ""


def _evidence(shared: Shared) -> str:
    return f"{len(shared.tickets)} of {shared.of}: {_list(shared.tickets)}"


def _ids(cases: Sequence[CaseFacts]) -> tuple[int, ...]:
    return tuple(case.ticket_id for case in cases)


def _list(tickets: Sequence[int]) -> str:
    shown = ", ".join(f"T{ticket}" for ticket in tickets[:8])
    return shown + (f" and {len(tickets) - 8} more" if len(tickets) > 8 else "")  # noqa: PLR2004 - a line's worth
