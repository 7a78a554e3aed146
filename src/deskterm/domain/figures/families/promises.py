"""Figures of promises: the dates that were promised to customers."""

from collections.abc import Iterator, Sequence

from deskterm.domain.figures.measure import Family, Frame, Measure, Reads, Unit
from deskterm.domain.figures.records import PromiseKept
from deskterm.domain.figures.samples import (
    Count,
    Outlook,
    TicketSample,
    distinct,
    number_of_times,
    share_of_times,
)
from deskterm.domain.figures.ticket_logs import (
    FOREVER,
)

_NONE, _NONE_DUE = "Nothing was promised.", "No promise was due."


def _sample_made(promise: PromiseKept, _frame: Frame) -> Iterator[TicketSample]:
    yield TicketSample(promise.made_at, promise.ticket_id, 1)


def _due(promise: PromiseKept, _frame: Frame) -> Iterator[TicketSample]:
    """Belongs to the time at which it was due. What was taken back before is none."""
    kept_at = FOREVER if promise.kept_at is None else promise.kept_at
    ended_at = FOREVER if promise.ended_at is None else promise.ended_at
    if ended_at <= promise.due_at and ended_at < kept_at:
        yield TicketSample(promise.due_at, promise.ticket_id, 0, "taken back")
        return
    kept = kept_at <= promise.due_at
    yield TicketSample(promise.due_at, promise.ticket_id, float(kept), until=promise.due_at)


def _late(promise: PromiseKept, frame: Frame) -> Iterator[TicketSample]:
    """Those that were due and not kept by then, whether they were kept later or never."""
    for sample in _due(promise, frame):
        if sample.left or not sample.value:
            yield sample._replace(value=1)


def _standing(promise: PromiseKept, _frame: Frame) -> Iterator[TicketSample]:
    ends = [one for one in (promise.kept_at, promise.ended_at) if one is not None]
    yield TicketSample(promise.made_at, promise.ticket_id, promise.due_at, until=min(ends, default=FOREVER))


def due_soon(samples: Sequence[TicketSample], look: Outlook) -> Count:
    """Promises that stand and are due by the end of the next working day, the first due first."""
    soon = look.next_day(look.end)
    due = sorted((one.value, one.ticket_id) for one in samples if one.value <= soon)
    late = sum(at < look.end for at, _ in due)
    left = (("of them late", late),) if late else ()
    return Count(len(due), len(due), distinct(ticket for _, ticket in due), left_out=left)


MEASURES = (
    Measure(
        "promised next", "Promised for {day}",
        "Promises that stood when the period ended and were due by the end of the next working day, those "
        "already late among them.",
        Family.PROMISES, Unit.COUNT, 0, _standing, due_soon, Reads.PROMISES, state=True,
        asks=_NONE_DUE, total=True,
    ),
    Measure(
        "promises", "Promises made",
        "Dates that a reply named to a customer in the period.",
        Family.PROMISES, Unit.COUNT, 0, _sample_made, number_of_times, Reads.PROMISES, asks=_NONE, total=True,
    ),
    Measure(
        "promises kept", "Promises kept",
        "Of the promises that were due in the period, those kept by then. What is not due yet cannot tell; "
        "what was taken back before is left out.",
        Family.PROMISES, Unit.SHARE, 1, _due, share_of_times, Reads.PROMISES, asks=_NONE_DUE,
    ),
    Measure(
        "promises late", "Promises late",
        "Promises that were due in the period and were not kept by then, kept later or not at all. What was "
        "taken back before is left out.",
        Family.PROMISES, Unit.COUNT, -1, _late, number_of_times, Reads.PROMISES,
        asks="No promise was late.", total=True,
    ),
)  # fmt: skip
