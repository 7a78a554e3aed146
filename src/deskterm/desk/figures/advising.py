"""The facts that advice rests on, from the evidence of a period and the playbook."""

from collections import defaultdict

from deskterm.desk.figures.evidence import DeskEvidence
from deskterm.desk.shop import DeskContext
from deskterm.domain.figures.advice import AdviceFacts, MacroFacts, SopFacts, advise
from deskterm.domain.figures.families import BY_ID
from deskterm.domain.figures.periods import Period, PeriodKind, Window
from deskterm.domain.figures.values import Advice
from deskterm.domain.orders.order import Money
from deskterm.domain.playbook import Playbook
from deskterm.storage.figures import cases
from deskterm.storage.schema.database import Tx

_RECENT = 28 * 86400
_LONGEST = 100 * 86400


def advice_for(
    tx: Tx, shop: DeskContext, evidence: DeskEvidence, window: Window, currency: str
) -> tuple[Advice, ...]:
    """The sentences for a window; those of the window before are known, and not said again.

    A year has too many causes for three sentences, and none is said of it.
    """
    if window.kind is PeriodKind.YEAR or window.period.end - window.period.start > _LONGEST:
        return ()
    now = _facts(tx, shop, evidence, window.period, window.before, currency)
    if window.kind is PeriodKind.DAYS or len(window.series) < 3:  # noqa: PLR2004 - two before this one
        return advise(now)
    whole, earlier = window.series[-2], window.series[-3]
    return advise(now, _facts(tx, shop, evidence, whole, earlier, currency))


def _facts(  # noqa: PLR0917 - from where, and of what
    tx: Tx, shop: DeskContext, evidence: DeskEvidence, period: Period, before: Period, currency: str
) -> AdviceFacts:
    playbook = shop.playbook.current()
    recent = Period(min(period.start, period.end - _RECENT), period.end)
    earlier = Period(2 * recent.start - recent.end, recent.start)
    return AdviceFacts(
        cases.cases(tx, *period, currency),
        cases.cases(tx, *before, currency),
        cases.cases(tx, *recent, currency),
        cases.cases(tx, *earlier, currency),
        _macros(evidence, playbook, recent),
        _sops(tx, playbook, recent),
        lambda minor: shop.formats.money(Money(minor, currency)) if currency else str(minor),
    )


def _macros(evidence: DeskEvidence, playbook: Playbook, period: Period) -> dict[str, MacroFacts]:
    used: dict[str, dict[int, float]] = defaultdict(dict)
    for sample in evidence.samples(BY_ID["macro reopened"], *period):
        tickets = used[sample.label]
        tickets[sample.ticket_id] = max(sample.value, tickets.get(sample.ticket_id, 0))
    return {
        macro: MacroFacts(
            playbook.macros[macro].title if macro in playbook.macros else macro,
            tuple(tickets),
            tuple(ticket for ticket, back in tickets.items() if back),
        )
        for macro, tickets in used.items()
    }


def _sops(tx: Tx, playbook: Playbook, period: Period) -> dict[str, SopFacts]:
    found = {}
    for sop, tickets in cases.sop_ticks(tx, *period).items():
        known = playbook.sops.get(sop)
        if known is not None:
            steps = tuple(
                (step.text, sum(step.key in ticked for ticked in tickets.values())) for step in known.steps
            )
            found[sop] = SopFacts(known.title, tuple(tickets), steps)
    return found
