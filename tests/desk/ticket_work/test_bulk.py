"""One macro to many: each letter for its own customer and order, judged by itself, sent and taken back as one."""

import tracemalloc
from dataclasses import replace

import pytest

from desk.conftest import BEN, DAY, JANA, NOW
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.playbook import Macro
from deskterm.domain.review.replies import Level
from deskterm.domain.ticket_work.bulk import left_to_open, letters_to_send
from deskterm.errors import NotFound, NotNow
from deskterm.intake import planned_replies
from deskterm.storage.replies import outbox


def people(many: int) -> list[Address]:
    names = ("Anna", "Boris", "Clara", "Dora", "Emil")
    return [Address(f"{names[n % 5]} Maier", f"p{n}@mail.example") for n in range(many)]


def tickets_with_orders(shop, many: int) -> tuple[int, ...]:
    """That many customers, each with a shipped order and a question about it."""
    made = []
    for n, who in enumerate(people(many)):
        shop.order(f"{2000 + n}", who)
        made.append(shop.ticket(who, text=f"Where is my order {2000 + n}?", at=NOW - DAY))
    return tuple(made)


def words(letter) -> str:
    return " ".join(one.words for one in letter.concerns)


def test_each_letter_is_filled_for_its_own_customer_and_order(shop):
    ids = tickets_with_orders(shop, 3)
    letters = shop.desk.bulk.fill(ids, "order-status", NOW)
    assert [(one.ticket_id, one.order, one.level) for one in letters] == [
        (made, f"#{2000 + n}", Level.GREEN) for n, made in enumerate(ids)
    ]
    for n, letter in enumerate(letters):
        assert letter.draft.to == (people(3)[n],)
        assert f"order #{2000 + n} left with" in letter.draft.body


def test_letters_with_concerns_come_first_and_red_ones_never_go(shop):
    ids = tickets_with_orders(shop, 2)
    holes = shop.ticket(BEN, text="Where is it?")  # no order: the number is missing
    letters = shop.desk.bulk.fill((*ids, holes), "order-status", NOW)
    assert (letters[0].ticket_id, letters[0].level) == (holes, Level.RED)
    going = letters_to_send(letters, opened={one.ticket_id for one in letters}, left_out=())
    assert [one.ticket_id for one in going] == list(ids)


def test_a_thank_you_is_answered_with_thanks_whatever_the_ticket_was_about_and_a_complaint_is_not(shop):
    macros = shop.desk.shop.playbook.current().macros
    macros["thanks"] = Macro("thanks", "Thanks", "Hello,\n\nthat is good to hear.", category="thanks")
    glad = shop.ticket(people(2)[0], text="Thank you so much, it is lovely!")
    angry = shop.ticket(
        people(2)[1], text="Thank you for nothing, it came broken again. I want my money back."
    )
    shop.desk.tickets.categorise((glad, angry), "damaged", None, NOW)
    told = {one.ticket_id: words(one) for one in shop.desk.bulk.fill((glad, angry), "thanks", NOW)}
    assert "The ticket is about damaged" not in told[glad]
    assert "The ticket is about damaged" in told[angry]


def test_an_amber_letter_goes_only_once_it_was_opened(shop):
    ids = tickets_with_orders(shop, 3)
    shop.mail(
        ids[0], people(1)[0], text="Ich warte auf meine Bestellung 2000, wo ist sie denn nun bitte?", at=NOW
    )
    letters = shop.desk.bulk.fill(ids, "order-status", NOW)
    assert letters[0].level is Level.AMBER, letters
    assert len(letters_to_send(letters, opened=(), left_out=())) == 2
    assert len(letters_to_send(letters, opened={ids[0]}, left_out={ids[1]})) == 2


def test_three_letters_have_to_be_opened_or_all_of_fewer(shop):
    letters = shop.desk.bulk.fill(tickets_with_orders(shop, 4), "order-status", NOW)
    assert (left_to_open(letters, ()), left_to_open(letters, {1, 2, 3}), left_to_open(letters[:2], {1})) == (
        3,
        0,
        1,
    )


def test_a_customer_gets_only_one_letter(shop):
    shop.order()
    first, second = shop.ticket(JANA), shop.ticket(JANA)
    letters = shop.desk.bulk.fill((first, second), "order-status", NOW)
    assert [one.level for one in letters] == [Level.RED, Level.GREEN]
    assert "another of their tickets" in words(letters[0])


def test_a_claim_is_confirmed_once_for_all(shop):
    ids = tickets_with_orders(shop, 3)
    assert {one.level for one in shop.desk.bulk.fill(ids, "still-coming", NOW)} == {Level.AMBER}
    confirmed = shop.desk.bulk.fill(ids, "still-coming", NOW, ("the carrier's page was looked at",))
    assert {one.level for one in confirmed} == {Level.GREEN}


def test_filling_writes_nothing(shop):
    ids = tickets_with_orders(shop, 2)
    shop.desk.bulk.fill(ids, "order-status", NOW)
    assert all(shop.desk.tickets.view(one, NOW).draft is None for one in ids)


def test_all_go_as_one_and_undo_takes_back_the_whole(shop):
    ids = tickets_with_orders(shop, 3)
    done = shop.desk.bulk.send(shop.desk.bulk.fill(ids, "order-status", NOW), NOW)
    assert done.words == "3 replies go out in 15 s"
    assert [row.state for row in shop.desk.outbox.rows()] == [OutboxState.QUEUED] * 3
    assert {shop.row(one)["status"] for one in ids} == {"waiting"}
    assert shop.desk.undo.undo(NOW + 5).words == "Undid: sent the reply to 3 tickets"
    assert {row.state for row in shop.desk.outbox.rows()} == {OutboxState.DISCARDED}
    assert {shop.row(one)["status"] for one in ids} == {"open"}
    assert all(shop.desk.tickets.view(one, NOW).draft is None for one in ids), "they were no drafts before"
    with pytest.raises(NotNow, match="filled again"):
        shop.desk.undo.redo(NOW + 6)
    again = shop.desk.bulk.fill(ids, "order-status", NOW + 7)
    assert {one.level for one in again} == {Level.GREEN}


def test_one_letter_of_many_that_were_taken_back_is_still_in_the_outbox_to_be_edited(shop):
    ids = tickets_with_orders(shop, 3)
    shop.desk.bulk.send(shop.desk.bulk.fill(ids, "order-status", NOW), NOW)
    shop.desk.undo.undo(NOW + 5)
    row = next(row for row in shop.desk.outbox.rows() if row.ticket_id == ids[1])
    assert row.can_come_back
    shop.desk.outbox.bring_back(row.id, NOW + 6)
    assert "left with" in shop.desk.tickets.view(ids[1], NOW + 6).draft.body


def test_taking_back_a_letter_keeps_the_day_on_which_its_ticket_solves_itself(shop):
    (ticket,) = tickets_with_orders(shop, 1)
    shop.desk.bulk.send(shop.desk.bulk.fill((ticket,), "order-status", NOW), NOW)
    shop.sent(shop.desk.outbox.rows()[0].id)
    day = shop.row(ticket)["solve_at"]
    shop.desk.bulk.send(shop.desk.bulk.fill((ticket,), "trace", NOW + 60), NOW + 60)
    assert shop.row(ticket)["solve_at"] is None
    shop.desk.undo.undo(NOW + 61)
    assert (shop.row(ticket)["solve_at"], day) == (day, NOW + 7 * DAY)


@pytest.mark.parametrize("back", [0, 1, 2])
def test_one_letter_comes_back_alone_and_undo_still_takes_back_the_rest(shop, back):
    ids = tickets_with_orders(shop, 4)
    shop.desk.tickets.solve((shop.ticket(),), NOW - 10)
    shop.desk.bulk.send(shop.desk.bulk.fill(ids, "order-status", NOW), NOW)
    rows = {row.ticket_id: row.id for row in shop.desk.outbox.rows()}

    def standing():
        return [shop.row(one)["status"] for one in ids], [
            row.state is OutboxState.QUEUED for row in sorted(shop.desk.outbox.rows(), key=lambda row: row.id)
        ]

    shop.desk.outbox.bring_back(rows[ids[back]], NOW + 1)
    left = [at != back for at in range(4)]
    assert standing() == (["waiting" if one else "open" for one in left], left)
    shop.desk.outbox.bring_back(rows[ids[3]], NOW + 2)
    left[3] = False
    assert standing() == (["waiting" if one else "open" for one in left], left)
    rest = " and ".join(f"T{one}" for one, stays in zip(ids, left, strict=True) if stays)
    assert shop.desk.undo.undo(NOW + 3).words == f"Undid: sent the reply to {rest}"
    assert standing() == (["open"] * 4, [False] * 4)
    assert shop.desk.undo.undo(NOW + 4).words.startswith("Undid: solved")


def test_one_letter_that_is_held_back_leaves_the_mailings_undo_as_it_is(shop):
    ids = tickets_with_orders(shop, 3)
    shop.desk.bulk.send(shop.desk.bulk.fill(ids, "order-status", NOW), NOW)
    with shop.db.write() as tx:
        row = next(row for row in outbox.rows(tx) if row.ticket_id == ids[0])
        planned_replies.hold_back(tx, row, "its order has changed", NOW + 1)
    words = f"Undid: sent the reply to T{ids[1]} and T{ids[2]}"
    assert shop.desk.undo.undo(NOW + 2).words == words
    assert {row.state for row in shop.desk.outbox.rows()} == {OutboxState.DISCARDED}


def test_what_is_still_here_is_taken_back_when_some_have_gone(shop):
    ids = tickets_with_orders(shop, 3)
    shop.desk.bulk.send(shop.desk.bulk.fill(ids, "order-status", NOW), NOW)
    rows = sorted(shop.desk.outbox.rows(), key=lambda row: row.id)
    shop.sent(rows[0].id)
    assert shop.desk.undo.undo(NOW + 20).words == (
        f"Undid: sent the reply to T{ids[1]} and T{ids[2]}; 1 has gone out"
    )
    assert [shop.row(one)["status"] for one in ids] == ["waiting", "open", "open"]
    with pytest.raises(NotNow):
        shop.desk.undo.undo(NOW + 21)


@pytest.mark.parametrize("doubtful", [0, 1, 2])
def test_a_letter_that_may_have_gone_comes_back_after_the_rest_was_taken_back(shop, doubtful):
    """Its ticket is as before the mailing, and undo goes on with what was done before that."""
    ids = tickets_with_orders(shop, 3)
    shop.desk.tickets.solve((shop.ticket(),), NOW - 10)
    shop.desk.bulk.send(shop.desk.bulk.fill(ids, "order-status", NOW), NOW)
    letter = sorted(shop.desk.outbox.rows(), key=lambda row: row.id)[doubtful]
    shop.sent(letter.id, state="may have been sent")
    assert shop.desk.undo.undo(NOW + 20).words.endswith("; 1 has gone out")
    shop.desk.outbox.bring_back(letter.id, NOW + 30)
    assert [shop.row(one)["status"] for one in ids] == ["open"] * 3
    assert "left with" in shop.desk.tickets.view(letter.ticket_id, NOW + 30).draft.body
    assert shop.desk.undo.undo(NOW + 40).words.startswith("Undid: solved")


def test_a_customer_who_wrote_meanwhile_gets_none(shop):
    ids = tickets_with_orders(shop, 2)
    letters = shop.desk.bulk.fill(ids, "order-status", NOW)
    shop.mail(ids[0], people(1)[0], text="It has come, thank you!", at=NOW + 1)
    done = shop.desk.bulk.send(letters, NOW + 2)
    assert done.tickets == (ids[1],)
    assert f"not sent: T{ids[0]}: the customer has written meanwhile" in done.words


def test_a_draft_that_was_begun_is_not_overwritten(shop):
    ids = tickets_with_orders(shop, 2)
    begun = shop.desk.replies.begin(ids[0], NOW)
    shop.desk.replies.save(replace(begun, body="Dear Person, I am looking into it."), NOW)
    letters = shop.desk.bulk.fill(ids, "order-status", NOW)
    assert (letters[0].ticket_id, letters[0].level) == (ids[0], Level.RED)
    shop.desk.bulk.send(letters_to_send(letters, opened=(), left_out=()), NOW)
    assert "looking into it" in shop.desk.tickets.view(ids[0], NOW).draft.body


def test_nothing_to_send_is_reported(shop):
    with pytest.raises(NotNow, match="No reply was sent"):
        shop.desk.bulk.send((), NOW)
    with pytest.raises(NotFound):
        shop.desk.bulk.fill((shop.ticket(),), "nosuch", NOW)


def test_letters_cost_little_memory_however_many_there_are(shop):
    """A letter is its text and little more: 40 more of them may not cost a megabyte."""
    ids = tickets_with_orders(shop, 60)
    shop.desk.bulk.fill(ids[:20], "order-status", NOW)
    tracemalloc.start()
    few = shop.desk.bulk.fill(ids[:20], "order-status", NOW)
    after_few = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    many = shop.desk.bulk.fill(ids, "order-status", NOW)
    after_many = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (len(few), len(many)) == (20, 60)
    assert after_many - after_few < 1_000_000
