"""Whatever is merged, split, moved and taken back, the database comes back as it was.

Some dozen histories here; `make torture` tries 1,000 (DESKTERM_HISTORIES).
"""

import os

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desk import conftest
from desk.conftest import ADDRESS, BEN, DAY, JANA, NOW, ShopOfOne
from deskterm.domain.review.replies import Level
from deskterm.domain.ticket_work.bulk import letters_to_send
from deskterm.domain.ticket_work.calls import KINDS
from deskterm.domain.tickets import Priority, Status
from deskterm.domain.views import Done
from deskterm.errors import NotFound, NotNow, SendStopped
from deskterm.storage import customers, tickets
from deskterm.storage.mail import summaries

HISTORIES = int(os.environ.get("DESKTERM_HISTORIES", "40"))
HOUR = 3600


def a_shop_with_five_tickets(shop: ShopOfOne) -> list[int]:
    """Three tickets of Jana's and two of Ben's: unanswered, answered, snoozed, solved, with a draft."""
    with shop.db.write() as tx:
        ids = {who: customers.upsert(tx, who, NOW - 9 * DAY) for who in (JANA, BEN)}
    jana, ben = {"customer_id": ids[JANA]}, {"customer_id": ids[BEN]}
    shop.order()
    shop.order("1043", BEN)
    made = [
        shop.ticket(at=NOW - 5 * DAY, **jana),
        shop.ticket(at=NOW - 4 * DAY, text="It arrived broken.", order_id=1, **jana),
        shop.ticket(at=NOW - 3 * DAY, text="Can I return it?", **jana),
        shop.ticket(BEN, at=NOW - 2 * DAY, text="Is it in stock?", **ben),
        shop.ticket(BEN, at=NOW - DAY, text="And in blue?", **ben),
    ]
    shop.answer(made[0], at=NOW - 4 * DAY + HOUR, customer_id=ids[JANA])
    shop.mail(made[0], at=NOW - 3 * DAY + HOUR, text="And the second question?", **jana)
    shop.answer(made[3], at=NOW - DAY + HOUR, to=(BEN,), customer_id=ids[BEN])
    with shop.db.write() as tx:
        summaries.derive_from_mails(tx, made)
        tickets.refresh(tx, made)
    shop.desk.tickets.snooze((made[2],), NOW + DAY, NOW - HOUR)
    shop.desk.tickets.set_status((made[3],), Status.WAITING, NOW - HOUR)
    shop.desk.tickets.note(made[1], "A photo is in the mail.", NOW - HOUR)
    shop.desk.replies.take(made[1], "trace", None, NOW - HOUR)
    return made


def everything(shop: ShopOfOne, made: list[int]) -> dict[str, list[tuple]]:
    """The whole database except the events; of tickets made by a split, those that still exist.

    A ticket's place in the inbox counts where it is in the inbox, a note by its words, a letter while it is to go.
    """
    asked = {
        "ticket": "SELECT * FROM ticket WHERE joined_into IS NULL OR id <= :last ORDER BY id",
        "message": "SELECT id, ticket_id, home_id, aside, due, order_id, customer_id FROM message"
        " WHERE message_id != '' ORDER BY id",
        "written here": "SELECT ticket_id, home_id, direction, channel, at, text FROM message WHERE message_id = ''"
        " ORDER BY 1, 2, 3, 4, 5, 6",
        "apart": "SELECT * FROM apart ORDER BY 1, 2",
        "draft": "SELECT ticket_id, body, macro, claims, after_status FROM draft ORDER BY 1",
        "promise": "SELECT ticket_id, home_id, words, due_at FROM promise WHERE dropped = 0 ORDER BY 1, 2, 3, 4",
        "sender_rule": "SELECT key, verdict FROM sender_rule ORDER BY 1",
        "letter": "SELECT ticket_id, message_id, send_at FROM outbox WHERE state = 'queued' ORDER BY 1, 2",
        "lesson": "SELECT question, label FROM lesson ORDER BY 1",
        "sop_tick": "SELECT * FROM sop_tick ORDER BY 1, 2, 3",
    }
    with shop.db.read() as tx:
        found = {
            name: [dict(row) for row in tx.execute(sql, {"last": made[-1]} if ":last" in sql else {})]
            for name, sql in asked.items()
        }
    for row in found["ticket"]:
        if (
            row["status"] != "open"
            or row["snoozed_until"]
            or row["joined_into"]
            or row["view"] != "customers"
        ):
            for name in ("lead_rank", "lead_since", "siblings"):
                del row[name]
        if row["joined_into"]:  # what follows from its messages follows once it has them again
            for name in ("due", "unanswered_since", "rank", "since", "messages", "created_at", "last_at"):
                del row[name]
    return {name: [tuple(row.items()) for row in rows] for name, rows in found.items()}


def press(shop: ShopOfOne, made: list[int], key: str, one: int, other: int) -> int:
    """Press one key on ticket `one`; gives its action, 0 if it changed nothing or was refused."""
    desk, ticket = shop.desk, made[one]
    keys = {
        "merge": lambda: desk.merging.merge((ticket, made[other]), NOW),
        "merge three": lambda: desk.merging.merge((ticket, made[other], made[(other + 1) % 5]), NOW),
        "split the last": lambda: desk.merging.split(ticket, _mails(shop, ticket)[-1:], NOW),
        "split the first": lambda: desk.merging.split(ticket, _mails(shop, ticket)[:1], NOW),
        "solve": lambda: desk.tickets.solve((ticket,), NOW),
        "wait": lambda: desk.tickets.set_status((ticket, made[other]), Status.WAITING, NOW),
        "hold": lambda: desk.tickets.set_status((ticket,), Status.HOLD, NOW),
        "open": lambda: desk.tickets.set_status((ticket,), Status.OPEN, NOW),
        "spam": lambda: desk.tickets.spam((ticket,), NOW),
        "snooze": lambda: desk.tickets.snooze((ticket,), NOW + DAY, NOW),
        "tag": lambda: desk.tickets.categorise((ticket,), "refund", ("late",), NOW),
        "note": lambda: desk.tickets.note(ticket, "Asked the carrier.", NOW),
        "tick": lambda: desk.tickets.tick(ticket, "late", "look", NOW),
        "promise": lambda: desk.promising.promise((ticket,), NOW + DAY, NOW),
        "drop": lambda: desk.promising.drop(desk.promising.standing(ticket)[0].id, NOW),
        "call": lambda: desk.calls.log(ticket, KINDS["a"][1], "Told them on the phone.", NOW),
        "solve all": lambda: desk.tickets.solve(tuple(made), NOW),
        "tag all": lambda: desk.tickets.categorise(tuple(made), "refund", ("many",), NOW),
        "urgent": lambda: desk.tickets.prioritise((ticket,), Priority.HIGH, NOW),
        "block": lambda: desk.senders.block((ticket,), NOW),
        "answer three": lambda: answer_three(shop, made),
        "send two": lambda: send(shop, (ticket, made[other]), "address-changed"),
        "send many": lambda: send(shop, tuple(made), "order-status"),
    }
    try:
        return keys[key]().action
    except (NotNow, SendStopped, IndexError):  # refused, or there is no promise to drop
        return 0


def redo(shop: ShopOfOne) -> int:
    """Redo what was undone; gives 0 for letters, which a redo never sends."""
    try:
        shop.desk.undo.redo(NOW)
    except NotNow:
        return 0
    return 1


def send(shop: ShopOfOne, ids: tuple[int, ...], macro: str) -> Done:
    """A macro to many tickets, its claims confirmed, all letters opened; NotNow if none can go."""
    letters = shop.desk.bulk.fill(ids, macro, NOW, (ADDRESS.claims[0],))
    return shop.desk.bulk.send(letters_to_send(letters, opened=ids, left_out=()), NOW)


def answer_three(shop: ShopOfOne, made: list[int]) -> Done:
    """The reply begun on Jana's second ticket also answers her others; NotNow if it is gone or has no others."""
    replies = shop.desk.replies
    try:
        review = replies.review(made[1], NOW)
    except NotFound:
        raise NotNow("There is no draft.") from None
    others = [one.ticket_id for one in review.others if not one.answered]
    if others:
        replies.answer_also(made[1], others, NOW)
    review = replies.review(made[1], NOW)
    if not review.also:
        raise NotNow("There is no other ticket.")
    return replies.send(review.draft.ticket_id, review, NOW, Level.AMBER)


def _mails(shop: ShopOfOne, ticket: int) -> tuple[int, ...]:
    with shop.db.read() as tx:
        rows = tx.execute(
            "SELECT m.id FROM message m JOIN ticket t ON t.id = m.ticket_id WHERE m.direction != 'note'"
            " AND m.ticket_id = coalesce((SELECT joined_into FROM ticket WHERE id = ?), ?) ORDER BY m.at, m.id",
            (ticket, ticket),
        )
        return tuple(row[0] for row in rows)


KEYS = (
    "merge", "merge three", "split the last", "split the first", "solve", "wait", "hold", "open", "spam",
    "snooze", "tag", "note", "tick", "promise", "drop", "call", "urgent", "block", "solve all", "tag all",
    "send two", "send many", "answer three", "undo", "redo",
)  # fmt: skip
STEP = st.tuples(st.sampled_from(KEYS), st.integers(0, 4), st.integers(0, 4))


@settings(
    max_examples=HISTORIES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEP, max_size=12))
@example(steps=[("merge", 0, 1), ("merge", 0, 2), ("split the first", 0, 0), ("undo", 0, 0), ("redo", 0, 0)])
@example(steps=[("answer three", 0, 0), ("merge", 0, 1), ("undo", 0, 0), ("undo", 0, 0), ("solve all", 0, 0)])
@example(steps=[("tag all", 0, 2), ("solve all", 0, 0), ("undo", 0, 0), ("merge", 0, 1), ("solve all", 0, 0)])
@example(steps=[("split the last", 0, 0), ("merge", 1, 0), ("solve", 0, 0), ("undo", 0, 0), ("undo", 0, 0)])
def test_what_was_merged_and_split_comes_apart_and_together_as_it_was(tmp_path_factory, steps):
    opened = conftest.shop.__wrapped__(tmp_path_factory.mktemp("desk"))
    shop = next(opened)
    made = a_shop_with_five_tickets(shop)
    states, at = [everything(shop, made)], 0
    for key, one, other in steps:
        if key == "undo" and at:
            shop.desk.undo.undo(NOW)
            at -= 1
        elif key == "redo" and at < len(states) - 1:
            at += redo(shop)
        elif key not in ("undo", "redo") and press(shop, made, key, one, other):
            del states[at + 1 :]
            states.append(everything(shop, made))
            at += 1
        assert everything(shop, made) == states[at], (key, one, other)
    for state in reversed(states[:at]):
        shop.desk.undo.undo(NOW)
        assert everything(shop, made) == state
    opened.close()
