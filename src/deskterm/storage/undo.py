"""Undoing an action by means of its events."""

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from sqlite3 import Connection, Row
from typing import Any, cast

from deskterm.domain.events import By, Event, What, snooze_in
from deskterm.domain.people.customers import Preferred
from deskterm.domain.ticket_work.calls import Spoken
from deskterm.domain.tickets import Status
from deskterm.storage import changes, customers, events, tickets
from deskterm.storage.mail import messages
from deskterm.storage.products import returns, waits
from deskterm.storage.replies import follow_ups
from deskterm.storage.ticket_work import calls, merging, promises

_COLUMN = {what: name for name, what in changes.SPOKEN.items()}


def reverse(tx: Connection, action: int, at: int, *, but: Collection[int] = ()) -> int:
    """Take back what an action did, last event first; returns the action that did so.

    Tickets in `but` are left as they are: their reply has gone out.

    Reverses status, snooze, category, tags, view, order, joins, ticks, notes and what was said of writers;
    reversing that action again brings them back. What somebody changed since is
    left as it is now. A queued reply is the desk's to take back: QUEUED is left alone.
    """
    undo = events.new_action(tx)
    done = [event for event in events.for_action(tx, action) if event.ticket_id not in but]
    done.reverse()
    # last, as a follow-up goes after all only if nobody has written since: by then an undone call is gone
    done.sort(key=lambda event: event.what is What.FOLLOW_UP)
    for event in done:
        if reversal := _REVERSALS.get(event.what):
            reversal(tx, event, at, undo)
    return undo


def _column(tx: Connection, event: Event, at: int, undo: int) -> None:
    name = _COLUMN[event.what]
    event = replace(event, was=_was_before(tx, event))
    row = tx.execute("SELECT * FROM ticket WHERE id = ?", (event.ticket_id,)).fetchone()
    left = snooze_in(event.now).until if event.what is What.SNOOZE else event.now
    was = event.was if _now(row, name) == left else _now(row, name)
    events.add(tx, undo, event.ticket_id, at, By.OWNER, event.what, _now(row, name), was, event.action)
    if was == _now(row, name):
        return
    columns: dict[str, object] = {name: was}
    if name == "category":
        kept = cast("dict[str, str]", was)
        columns = {"category": kept["category"], "category_by": kept["by"]}
    elif name == "order_id":
        columns["order_by"] = "hand" if was or event.undoes or _chosen_before(tx, event) else ""
    elif name == "status":
        columns |= _last_solved_at(tx, event)
    tickets.change(tx, event.ticket_id, **columns)


def _was_before(tx: Connection, event: Event) -> object:
    """What a column was before `event`, without what has been undone since."""
    earlier = tx.execute(
        "SELECT action, was FROM events WHERE ticket_id = ? AND what = ? AND id < ? AND was != now"
        " ORDER BY id DESC",
        (event.ticket_id, event.what, event.id),
    )
    was = event.was
    for row in earlier.fetchall():
        if row["action"] in (event.action, event.undoes) or events.stands(tx, row["action"]):
            break
        was = json.loads(row["was"])
    return was


def _chosen_before(tx: Connection, event: Event) -> bool:
    """Whether the owner had settled before `event` which order it is about, "none" too."""
    earlier = tx.execute(
        "SELECT action FROM events WHERE ticket_id = ? AND what = 'order' AND by = 'owner' AND id < ?"
        " AND undoes = 0",
        (event.ticket_id, event.id),
    )
    return any(events.stands(tx, row["action"]) for row in earlier.fetchall())


def _last_solved_at(tx: Connection, event: Event) -> dict[str, object]:
    """When the ticket was last solved before `event`, as far as that still counts."""
    earlier = tx.execute(
        "SELECT at, by, was, now, action FROM events WHERE ticket_id = ? AND what = 'status' AND id < ?"
        " AND undoes = 0 ORDER BY id DESC",
        (event.ticket_id, event.id),
    )
    for row in earlier.fetchall():
        if row["action"] != event.undoes and not events.stands(tx, row["action"]):
            continue
        if json.loads(row["now"]) == Status.SOLVED:
            inferred = event.was == Status.SOLVED and row["by"] == By.INFERRED
            return {"solved_at": row["at"], "inferred": int(inferred)}
        if json.loads(row["was"]) == Status.SOLVED and row["by"] in (By.OWNER, By.MACRO):
            break
    return {"solved_at": None, "inferred": 0}


def _now(row: Row, name: str) -> object:
    if name == "category":
        return {"category": row["category"], "by": row["category_by"]}
    return json.loads(row[name]) if name == "tags" else row[name]


def _join(tx: Connection, event: Event, at: int, undo: int) -> None:
    """Take tickets apart, or bring them together again. What a sync has joined stays apart from now on."""
    if event.now is None:
        merging.join(tx, event.ticket_id, cast("int", event.was))
    else:
        other = cast("int", event.now)
        merging.unjoin(tx, other)
        if event.by is By.SYNC:
            merging.keep_apart(tx, event.ticket_id, other)
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.JOINED, event.now, event.was, event.action)


def _other_side(tx: Connection, event: Event, at: int, undo: int) -> None:
    """Tell it of the other ticket too; the ticket that goes on is about the order it was about."""
    if isinstance(event.now, dict):
        merging.put_order(tx, event.now["ticket"], *event.now["order"])
    events.add(tx, undo, event.ticket_id, at, By.OWNER, event.what, event.now, event.was, event.action)


def _beside_it(tx: Connection, event: Event, at: int, undo: int) -> None:
    """A rule's run, or an answer by another ticket's reply: what it did are events beside it."""
    events.add(tx, undo, event.ticket_id, at, By.OWNER, event.what, event.now, event.was, event.action)


def _promise(tx: Connection, event: Event, at: int, undo: int) -> None:
    """A promise that was made does not stand, one that was dropped stands again."""
    value = cast("dict[str, list[int]]", event.now or event.was)
    promises.set_dropped(tx, value["promises"], dropped=event.now is not None)
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.PROMISE, event.now, event.was, event.action)


def _stock(tx: Connection, event: Event, at: int, undo: int) -> None:
    """Who was put on the back-in-stock list is off it, who was taken off is on it again."""
    value = cast("dict[str, list[int]]", event.now or event.was)
    waits.set_dropped(tx, value["waits"], dropped=event.now is not None)
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.STOCK, event.now, event.was, event.action)


def _follow_up(tx: Connection, event: Event, at: int, undo: int) -> None:
    """A follow-up that our own letter took the place of goes after all, and the other way round."""
    was = cast("dict[str, Any]", event.was)
    follow_ups.set_goes(tx, was["outbox"], at, goes=was["goes"])
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.FOLLOW_UP, event.now, event.was, event.action)


def _return(tx: Connection, event: Event, at: int, undo: int) -> None:
    """What was noted of a return is as it was before."""
    was, now = cast("dict[str, Any]", event.was), cast("dict[str, Any]", event.now)
    before, after = (returns.from_values(one["return"]) for one in (was, now))
    returns.put(tx, was["order"], after, before)
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.RETURN, event.now, event.was, event.action)


def _prefers(tx: Connection, event: Event, at: int, undo: int) -> None:
    """A customer wants to be reached as was known before."""
    was = cast("dict[str, Any]", event.was)
    customers.prefer(tx, was["customer"], Preferred(was["prefers"]))
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.PREFERS, event.now, event.was, event.action)


def _note(tx: Connection, event: Event, at: int, undo: int) -> None:
    if event.now is None:
        text = cast("dict[str, str]", event.was)["text"]
        changes.note(tx, event.ticket_id, text, at, action=undo, undoes=event.action)
        return
    messages.remove(tx, cast("dict[str, int]", event.now)["message"])
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.NOTE, event.now, None, event.action)


def _log(tx: Connection, event: Event, at: int, undo: int) -> None:
    value = cast("dict[str, Any]", event.now or event.was)
    if event.now is None:
        spoken = Spoken(value["channel"], ours=value["ours"])
        calls.log(tx, event.ticket_id, spoken, value["text"], event.at, action=undo, undoes=event.action)
        return
    messages.remove(tx, value["message"])
    tickets.refresh(tx, [tickets.root(tx, event.ticket_id)])
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.LOGGED, event.now, None, event.action)


def _step(tx: Connection, event: Event, at: int, undo: int) -> None:
    was = cast("dict[str, str]", event.was)
    on, by_claim = bool(was["ticked"]), bool(was.get("by_claim"))
    changes.tick(
        tx, event.ticket_id, was["sop"], was["step"], at,
        on=on, by_claim=by_claim, action=undo, undoes=event.action,
    )  # fmt: skip


def _sender(tx: Connection, event: Event, at: int, undo: int) -> None:
    was, now = cast("dict[str, Any]", event.was), event.now
    changes.apply_sender_rule(tx, event.ticket_id, now, was, at, action=undo, undoes=event.action)


def _writer(tx: Connection, event: Event, at: int, undo: int) -> None:
    was, now = cast("dict[str, Any]", event.was), event.now
    changes.apply_writer(tx, event.ticket_id, now, was, at, action=undo, undoes=event.action)


_REVERSALS: dict[What, Callable[[Connection, Event, int, int], None]] = {
    **dict.fromkeys(_COLUMN, _column),
    What.JOINED: _join,
    What.WENT_INTO: _other_side,
    What.SPLIT: changes.apply_split,
    What.SPLIT_FROM: _other_side,
    What.PROMISE: _promise,
    What.STOCK: _stock,
    What.RETURN: _return,
    What.FOLLOW_UP: _follow_up,
    What.STEP: _step,
    What.SENDER: _sender,
    What.WRITER: _writer,
    What.PREFERS: _prefers,
    What.NOTE: _note,
    What.RULE: _beside_it,
    What.ALSO: _beside_it,
    What.LOGGED: _log,
}
