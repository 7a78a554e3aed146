"""The facts that advice rests on, from a period's evidence and the playbook."""

from collections import defaultdict
from collections.abc import Sequence

from deskterm.desk.figures.evidence import DeskEvidence
from deskterm.desk.shop import DeskContext
from deskterm.domain.figures.advice import AdviceFacts, MacroFacts, SopFacts, advise
from deskterm.domain.figures.causes import CaseFacts
from deskterm.domain.figures.families import BY_ID
from deskterm.domain.figures.periods import Period, PeriodKind, Window
from deskterm.domain.figures.values import Advice
from deskterm.domain.orders.order import Money
from deskterm.domain.playbook import Playbook
from deskterm.storage.figures import cases, records
from deskterm.storage.schema.database import Tx

_RECENT = 28 * 86400
_LONGEST = 100 * 86400


def gives_advice(window: Window) -> bool:
    """Whether a period is short enough: a year has too many causes for three sentences."""
    return window.kind is not PeriodKind.YEAR and window.period.end - window.period.start <= _LONGEST


def advice_for(  # noqa: PLR0917 - from where, and of what
    tx: Tx, shop: DeskContext, evidence: DeskEvidence, window: Window, currency: str, now: int
) -> tuple[Advice, ...]:
    """The advice for a window; what was said for the window before is not repeated."""
    if not gives_advice(window):
        return ()
    comparable = window.kind is not PeriodKind.DAYS and len(window.series) > 2  # noqa: PLR2004 - two before this one
    pairs = [(window.period, window.before)]
    pairs += [(window.series[-2], window.series[-3])] if comparable else []
    stretches = [stretch for pair in pairs for stretch in _stretches(*pair)]
    begins = records.mail_begins(tx)
    first, reasons_from = min(one.start for one in stretches), min(_recent(pair[0]).start for pair in pairs)
    known = cases.cases(tx, first, window.period.end, currency, reasons_from)
    facts, *earlier = (_facts(tx, shop, evidence, known, begins, pair, currency) for pair in pairs)
    period, recent = _name_periods(shop, window, now)
    return advise(facts._replace(period=period, recent_period=recent), *earlier)


def _name_periods(shop: DeskContext, window: Window, now: int) -> tuple[str, str]:
    """How sentences about the window's period and about the four weeks up to its end begin."""
    start, end = window.period
    lasts = end >= now
    if window.kind is PeriodKind.DAYS:
        period = "In these days"
    else:
        period = f"{'This' if lasts else 'That'} {window.kind}"
    if start < end - _RECENT:
        return period, period
    formats = shop.formats
    is_old = formats.local(end - 1).year != formats.local(now).year
    last = formats.date(end - 1) if is_old else formats.day(end - 1)
    return period, "In the last 4 weeks" if lasts else f"In the 4 weeks to {last}"


def _stretches(period: Period, before: Period) -> tuple[Period, Period, Period, Period]:
    """The period and the one before, the four weeks up to its end and the four before those."""
    recent = _recent(period)
    return period, before, recent, Period(2 * recent.start - recent.end, recent.start)


def _recent(period: Period) -> Period:
    """The four weeks up to the end of a period, or all of it if it is longer."""
    return Period(min(period.start, period.end - _RECENT), period.end)


def _facts(  # noqa: PLR0917 - from where, and of what
    tx: Tx,
    shop: DeskContext,
    evidence: DeskEvidence,
    known: Sequence[CaseFacts],
    begins: int,
    pair: tuple[Period, Period],
    currency: str,
) -> AdviceFacts:
    playbook, stretches = shop.playbook.current(), _stretches(*pair)
    now, before, recent, earlier = (
        [case for case in known if one.start <= case.at < one.end] for one in stretches
    )
    return AdviceFacts(
        now,
        before if begins <= stretches[1].start else (),
        recent,
        earlier if begins <= stretches[3].start else (),
        _macros(evidence, playbook, stretches[2]),
        _sops(tx, playbook, stretches[2]),
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
