"""How things stand: what the status line shows."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from deskterm.domain.desk_state import DeskState, SourceState
from deskterm.domain.outbox_needs import NeedKind, OutboxNeed
from deskterm.domain.outbox_states import Ending, OutboxState
from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart
from deskterm.storage import desk_facts, sources
from deskterm.storage.replies import outbox_counts

if TYPE_CHECKING:
    from deskterm.desk.shop import DeskContext
    from deskterm.storage.schema.database import Tx

_TOLD = "told by the timer"  # a fact in the database: when, and what was reported
_AGAIN = 86400  # seconds after which the same state is reported again
_SHARED = frozenset({Failure.OFFLINE, Failure.LOGIN, Failure.SECRET})  # one remedy for the whole account


def mail(tx: "Tx") -> tuple[SourceState, ...]:
    """The state of each mail source; a part that fails for the same reason as its account is left out."""
    states = sources.states(tx, SourceKind.MAIL)
    reading = {one.source.account: one.failure for one in states if one.source.part is SourcePart.READING}
    return tuple(one for one in states if not _is_covered_by_reading(one, reading))


def _is_covered_by_reading(one: SourceState, reading: Mapping[str, Failure]) -> bool:
    shared = one.source.part is not SourcePart.READING and one.failure in _SHARED
    return shared and reading.get(one.source.account) is one.failure


def outbox_needs(tx: "Tx", now: int) -> tuple[OutboxNeed, ...]:
    """What in the outbox needs the owner, the most serious first. Every report asks here."""
    tally = outbox_counts.tally(tx)
    counts = {
        NeedKind.UNCERTAIN: tally[OutboxState.UNCERTAIN],
        NeedKind.REFUSED: tally[OutboxState.REFUSED],
        NeedKind.NOT_TO_ALL: outbox_counts.count_ending(tx, Ending.NOT_TO_ALL),
        NeedKind.BLOCKED: _count_blocked(tx, now),
        NeedKind.ACTION_UNKNOWN: outbox_counts.unknown_actions(tx),
        NeedKind.ACTION_REFUSED: outbox_counts.refused_actions(tx),
    }
    return tuple(OutboxNeed(need, count) for need, count in counts.items() if count)


def _count_blocked(tx: "Tx", now: int) -> int:
    """How many replies are due from accounts whose sending fails, for example for lack of a login."""
    due = outbox_counts.waiting_accounts(tx, now)
    sending = (Source(account, part=SourcePart.SENDING) for account in due)
    return sum(due[one.account] for one in sending if sources.failure(tx, one) is not Failure.NONE)


def state(shop: "DeskContext", now: int) -> DeskState:
    """How complete mail and orders are, what is on its way and what fails."""
    with shop.db.read() as tx:
        return read_state(tx, now)


def read_state(tx: "Tx", now: int) -> DeskState:
    """The same, within a transaction."""
    tally, later = outbox_counts.tally(tx), outbox_counts.count_planned(tx)
    return DeskState(
        mail=mail(tx),
        orders=sources.states(tx, SourceKind.ORDERS),
        queued=tally[OutboxState.QUEUED] - later,
        sending=tally[OutboxState.SENDING],
        refused=tally[OutboxState.REFUSED],
        uncertain=tally[OutboxState.UNCERTAIN],
        next_send_at=outbox_counts.next_first_try(tx),
        next_try_at=outbox_counts.next_send_at(tx, planned=False),
        later=later,
        next_planned_at=outbox_counts.next_send_at(tx, planned=True) if later else None,
        needs=outbox_needs(tx, now),
    )


def is_news(shop: "DeskContext", stands: DeskState, now: int, *, besides: Sequence[str] = ()) -> bool:
    """Whether a timer's pass should report: the state changed, or was last reported a day ago.

    `besides` names other failures by their kind. Records the report.
    """
    new = [
        *((one.name, one.failure) for one in stands.failing),
        *((one.need, one.count) for one in stands.needs),
        *((kind, 1) for kind in besides),
    ]
    import json  # noqa: PLC0415 - not needed by the status line

    with shop.db.read() as tx:
        at, reported = json.loads(desk_facts.get_fact(tx, _TOLD) or "[0, []]")
    if reported == [list(one) for one in new] and (not new or 0 <= now - at < _AGAIN):
        return False
    with shop.db.write() as tx:
        desk_facts.set_fact(tx, _TOLD, json.dumps([now, new]))
    return bool(new)
