"""Changing a ticket and writing the event for it, together, so that no event is forgotten."""

import json
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection, Row
from typing import Any, cast

from deskterm.domain.events import By, Event, What
from deskterm.domain.messages import Direction
from deskterm.domain.people.senders import SenderVerdict
from deskterm.domain.tickets import CategoryBy, Status, View
from deskterm.errors import NotFound
from deskterm.storage import customers, events, sender_rules, sops, tickets
from deskterm.storage.mail import messages, strangers, summaries
from deskterm.storage.mail.new_message import new_message
from deskterm.storage.ticket_work import merging

SPOKEN = {
    "status": What.STATUS,
    "snoozed_until": What.SNOOZE,
    "solve_at": What.SOLVES,
    "category": What.CATEGORY,
    "tags": What.TAGS,
    "view": What.VIEW,
    "order_id": What.ORDER,
    "priority": What.PRIORITY,
    "sop": What.SOP,
}


def change(
    tx: Connection,
    ticket_id: int,
    at: int,
    by: By,
    *,
    action: int = 0,
    undoes: int = 0,
    asked: bool = False,
    **columns: object,
) -> int:
    """Change a ticket and write one event for each column that differs; returns the action, 0 for no change.

    Takes status, snoozed_until, solve_at, category, category_by, tags, view, order_id and
    order_by; what goes with them (when it was solved, the end of a snooze) is set
    here. Pass `action` to add to one key press that changes several tickets, `asked` for a snooze that
    the customer wished.
    """
    row = tx.execute("SELECT * FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if row is None:
        raise NotFound(f"There is no ticket T{ticket_id}.")
    if "category" in columns:
        columns.setdefault("category_by", CategoryBy.HAND if by is By.OWNER else CategoryBy.GUESS)
    if "order_id" in columns:
        columns.setdefault("order_by", "hand" if by is By.OWNER else "named")
    if columns.get("status") in (Status.SOLVED, Status.SPAM):
        columns.setdefault("snoozed_until", None)
    if columns.get("status", row["status"]) not in (row["status"], Status.SOLVED) and not undoes:
        columns.setdefault("solve_at", None)  # a solve by hand is taken back whole
    changed = [
        (what, *_event_values(row, name, columns, asked=asked))
        for name, what in SPOKEN.items()
        if _differs(row, name, columns, asked=asked)
    ]
    if not changed:
        return action
    action = action or events.new_action(tx)
    for what, was, now in changed:
        events.add(tx, action, ticket_id, at, by, what, was, now, undoes)
    tickets.change(tx, ticket_id, **columns, **_follows(row, columns, at, by))
    return action


def join(tx: Connection, into: int, other: int, at: int, by: By, *, action: int = 0, undoes: int = 0) -> int:
    """Merge ticket `other` into `into`; returns the action. Both get an event."""
    action = action or events.new_action(tx)
    value = {"ticket": into, "order": merging.order_of(tx, into)}
    # In this order: taken back last first, the order is put right when the messages are.
    events.add(tx, action, other, at, by, What.WENT_INTO, None, value, undoes)
    events.add(tx, action, into, at, by, What.JOINED, None, other, undoes)
    merging.join(tx, into, other)  # reads from these events what had been answered before
    return action


def split(
    tx: Connection, ticket_id: int, message_ids: Iterable[int], at: int, by: By, *, action: int = 0
) -> tuple[int, int]:
    """Move messages of a ticket to a new, open ticket; returns the action and the new ticket's number."""
    row = tx.execute("SELECT * FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    homes = merging.homes(tx, ticket_id, message_ids)
    order = merging.order_of(tx, ticket_id)
    made = tickets.create(
        tx, customer_id=row["customer_id"], subject=row["subject"], at=at,
        view=View(row["view"]), channel=row["channel"],
    )  # fmt: skip
    merging.split(tx, ticket_id, made, homes)
    action = action or events.new_action(tx)
    now = {"ticket": made, "homes": {str(one): home for one, home in homes.items()}, "order": order}
    events.add(tx, action, ticket_id, at, by, What.SPLIT, None, now)
    events.add(tx, action, made, at, by, What.SPLIT_FROM, None, ticket_id)
    return action, made


def apply_split(tx: Connection, event: Event, at: int, undo: int) -> None:
    """Reverse a split, or the undo of one."""
    value = cast("dict[str, Any]", event.now or event.was)
    made, homes = int(value["ticket"]), {int(one): home for one, home in value["homes"].items()}
    if event.now is None:
        merging.split(tx, event.ticket_id, made, homes)
    else:
        merging.rejoin(tx, event.ticket_id, made, homes)
        merging.put_order(tx, event.ticket_id, *value["order"])
    events.add(tx, undo, event.ticket_id, at, By.OWNER, What.SPLIT, event.now, event.was, event.action)


def tick(
    tx: Connection,
    ticket_id: int,
    sop: str,
    step: str,
    at: int,
    *,
    on: bool,
    by_claim: bool = False,
    action: int = 0,
    undoes: int = 0,
) -> int:
    """Tick or untick a step of an SOP; returns the action. `by_claim`: it follows a claim of a draft."""
    action = action or events.new_action(tx)
    if on:
        sops.tick(tx, ticket_id, sop, step, at)
    else:
        sops.untick(tx, ticket_id, sop, step)
    about = {"sop": sop, "step": step} | ({"by_claim": True} if by_claim else {})
    was, now = ({**about, "ticked": ticked} for ticked in (not on, on))
    events.add(tx, action, ticket_id, at, By.OWNER, What.STEP, was, now, undoes)
    return action


def note(tx: Connection, ticket_id: int, text: str, at: int, *, action: int = 0, undoes: int = 0) -> int:
    """Write an internal note; returns the action."""
    action = action or events.new_action(tx)
    made = messages.add(tx, ticket_id, new_message(direction=Direction.NOTE, at=at, text=text))
    events.add(tx, action, ticket_id, at, By.OWNER, What.NOTE, None, {"message": made, "text": text}, undoes)
    return action


def set_sender_rule(
    tx: Connection, ticket_id: int, key: str, verdict: str | None, at: int, *, action: int = 0
) -> int:
    """Set what mail from an address or a domain (behind an @) is; returns the action.

    A customer's mails that were taken for a machine's are a person's from now on.
    """
    before = sender_rules.load_rules(tx).get(key)
    machines = sender_rules.put_aside_from(tx, key) if verdict == SenderVerdict.CUSTOMER else {}
    was = {"key": key, "verdict": before, "machines": machines}
    now = {"key": key, "verdict": verdict, "machines": dict.fromkeys(machines, "")}
    return apply_sender_rule(tx, ticket_id, was, now, at, action=action)


def apply_sender_rule(
    tx: Connection,
    ticket_id: int,
    was: object,
    now: Mapping[str, Any],
    at: int,
    *,
    action: int = 0,
    undoes: int = 0,
) -> int:
    """Make a rule for a sender what `now` says, with the mails that it concerns; returns the action."""
    action = action or events.new_action(tx)
    sender_rules.put(tx, now["key"], now["verdict"], at)
    tickets.refresh(tx, sender_rules.set_machines(tx, now["machines"]))
    events.add(tx, action, ticket_id, at, By.OWNER, What.SENDER, was, now, undoes)
    return action


def settle_writer(
    tx: Connection, ticket_id: int, writer: int, customer: int, at: int, *, action: int = 0
) -> int:
    """Settle who wrote a ticket's marked mails; returns the action.

    `customer`: whose the writer's addresses, mails and tickets are from now on: the ticket's customer's, or
    still the writer's own, who then is somebody else.
    """
    who = customers.get(tx, writer)
    same = customer != writer
    whole = {
        "address": who.addresses[0] if who.addresses else "",
        "name": customers.get(tx, customer).display_name if same else "",
        "asked": strangers.for_ticket(tx, ticket_id).get(writer, []),
        **(customers.belongings(tx, writer) if same else {}),
    }
    was = {**whole, "customer": writer, "mark": 1, "called": who.name}
    now = {**whole, "customer": customer, "mark": 0 if same else 2}
    return apply_writer(tx, ticket_id, was, now, at, action=action)


def apply_writer(
    tx: Connection,
    ticket_id: int,
    was: object,
    now: Mapping[str, Any],
    at: int,
    *,
    action: int = 0,
    undoes: int = 0,
) -> int:
    """Make a writer's addresses, mails and tickets those of the customer in `now`; returns the action."""
    action = action or events.new_action(tx)
    moved = {name: now[name] for name in ("addresses", "messages", "tickets") if name in now}
    if moved:
        customers.move(tx, now["customer"], **moved)
        left = now["customer"] if "called" in now else cast("dict[str, Any]", was)["customer"]
        customers.rename(tx, left, now.get("called", ""))  # who has no address left keeps no name
    strangers.put(tx, now["asked"], now["mark"])
    concerned = {ticket_id, *now.get("tickets", ())}
    summaries.derive_from_mails(tx, concerned)
    summaries.mark_aside(tx, concerned)
    tickets.refresh(tx, concerned, also=[cast("dict[str, Any]", was)["customer"], now["customer"]])
    events.add(tx, action, ticket_id, at, By.OWNER, What.WRITER, was, now, undoes)
    return action


def _event_values(row: Row, name: str, columns: dict[str, object], *, asked: bool) -> tuple[object, object]:
    """The values before and after for an event."""
    if name == "snoozed_until" and asked:
        return row[name], {"until": columns[name], "asked": True}
    if name == "category":
        was = {"category": row["category"], "by": row["category_by"]}
        return was, {"category": columns["category"], "by": columns["category_by"]}
    if name == "tags":
        return json.loads(row["tags"]), list(cast("Sequence[str]", columns["tags"]))
    return row[name], columns[name]


def _differs(row: Row, name: str, columns: dict[str, object], *, asked: bool) -> bool:
    if name not in columns:
        return False
    was, now = _event_values(row, name, columns, asked=asked)
    return was != now


def _follows(row: Row, columns: dict[str, object], at: int, by: By) -> dict[str, object]:
    """The columns that follow from a change and get no event of their own."""
    hand = by in (By.OWNER, By.MACRO)
    follows: dict[str, object] = {"history": 2} if hand and row["history"] == 1 else {}
    if columns.get("snoozed_until") is not None:
        follows |= {"woken_at": None, "wakes_on": ""}
    if columns.get("status", row["status"]) != row["status"]:
        follows |= {"inferred": int(by is By.INFERRED), "woken_at": None}
        if columns["status"] == Status.SOLVED:
            follows["solved_at"] = at
        elif (
            row["status"] == Status.SOLVED and hand
        ):  # the owner says that it was not: all is unanswered again
            follows["solved_at"] = None
    return {name: value for name, value in follows.items() if name not in columns}
