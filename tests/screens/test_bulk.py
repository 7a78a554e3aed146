"""Selecting in a pilot, verbs on a selection, and one macro to many in one list."""

from desk.conftest import DAY
from deskterm.desk.ticket_work.bulk import Bulk
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.sources import Source
from deskterm.screens.bulk import BulkScreen
from deskterm.storage import sources
from screens.going import status, ticket_ids, until
from screens.looking import NOW, seen, settle
from screens.test_inbox import looking

NAMES = ("Anna", "Boris", "Clara", "Dora", "Emil", "Frida")


def like_tickets(shop, many=5) -> list[int]:
    """Customers who ask the same, each about an order of their own; older than all the rest."""
    made = []
    for n, name in enumerate(NAMES[:many]):
        who = Address(f"{name} Maier", f"{name.lower()}@mail.example")
        shop.order(f"{2000 + n}", who, placed_at=NOW - 9 * DAY)
        made.append(
            shop.ticket(
                who,
                subject=f"Order {2000 + n}?",
                text=f"Where is my order {2000 + n}?",
                at=NOW - 20 * DAY + n,
            )
        )
    return made


async def opened(press, screen, number):
    await until(lambda: len(screen.opened) >= number)


async def test_a_verb_acts_on_the_selection_and_undo_on_all_of_it(shop):
    first, second, third, *_ = ticket_ids(shop)
    async with looking(shop) as press:
        assert "2 selected" in await press("x", "x")
        assert "✓" in seen(press.app)
        assert "e again solves them all: 2 tickets, 2 unanswered" in await press("e")
        assert "Solved T" in await press("e")
        assert (status(shop, first), status(shop, second), status(shop, third)) == (
            "solved",
            "solved",
            "open",
        )
        await press("z")
    assert status(shop, first) == status(shop, second) == "open"


async def test_a_note_to_a_selection_is_taken_back_from_all_of_it(shop):
    many = like_tickets(shop)
    async with looking(shop) as press:
        await press("*", "n", *"The van burnt.", "ctrl+s")
        notes = [one for one in many if shop.desk.tickets.view(one, NOW).messages[-1].direction == "note"]
        assert notes == many
        await press("z")
    assert [len(shop.desk.tickets.view(one, NOW).messages) for one in many] == [1] * len(many)


async def test_a_range_and_all_are_selected_and_esc_clears_the_selection(shop):
    async with looking(shop) as press:
        await press("x", "j")
        assert "3 selected" in await press("X")
        assert "5 selected" in await press("*")
        assert "Nothing is selected" in await press("escape")
        assert "Nothing is selected" in await press("*", "*")


async def test_a_tag_goes_on_all_and_leaves_their_other_tags(shop):
    first, second = ticket_ids(shop)[:2]
    shop.desk.tickets.tag((second,), "old", NOW, on=True)
    async with looking(shop) as press:
        await press("x", "x", "t", "/", *"+late", "enter")
    tags = [shop.desk.tickets.view(one, NOW).ticket.tags for one in (first, second)]
    assert tags == [("late",), ("old", "late")]


async def test_a_key_for_one_ticket_does_nothing_to_a_selection(shop):
    async with looking(shop) as press:
        assert "2 tickets are selected, but this works on one" in await press("x", "x", "f")


async def test_similar_tickets_are_answered_in_one_list_after_three_were_opened_and_the_number_typed(shop):
    made = like_tickets(shop)
    async with looking(shop) as press:
        await press("x", "x", "x", "x", "x", "m", "o")
        await until(lambda: isinstance(press.app.screen, BulkScreen))
        screen = press.app.screen
        await until(lambda: screen.letters)
        await settle(press.pilot)
        picture = seen(press.app)
        assert "Where the order stands to 5 tickets" in picture
        assert "order #2000 left with DHL" in picture
        await opened(press, screen, 1)
        assert "Open 2 more" in seen(press.app)
        assert "Open 2 more" in await press("5", "enter")
        assert not shop.desk.outbox.rows()
        await press("j")
        await opened(press, screen, 2)
        await press("j")
        await opened(press, screen, 3)
        assert "Type 5 and Enter" in await press()
        assert "You typed 4" in await press("4", "enter")
        await press("5", "enter")
        await until(lambda: not isinstance(press.app.screen, BulkScreen))
        await settle(press.pilot)
        assert {row.state for row in shop.desk.outbox.rows()} == {OutboxState.QUEUED}
        assert {row.ticket_id for row in shop.desk.outbox.rows()} == set(made)
        await press("z")
    assert {status(shop, one) for one in made} == {"open"}


async def test_on_the_last_letter_the_way_to_one_that_was_passed_over_is_up(shop):
    like_tickets(shop, 3)
    async with looking(shop) as press:
        await press("x", "x", "x", "m", "o")
        await until(lambda: isinstance(press.app.screen, BulkScreen) and press.app.screen.letters)
        screen = press.app.screen
        await opened(press, screen, 1)
        assert "Open 2 more: j shows the next one" in seen(press.app)
        screen.rows.go(2)
        await opened(press, screen, 2)
        assert "Open 1 more: k shows the next one" in seen(press.app)


async def test_a_letter_can_be_left_out(shop):
    made = like_tickets(shop)
    async with looking(shop) as press:
        await press("x", "x", "x", "m", "o")
        await until(lambda: isinstance(press.app.screen, BulkScreen) and press.app.screen.letters)
        screen = press.app.screen
        for number, key in enumerate(("", "j", "j"), 1):
            await press(*([key] if key else []))
            await opened(press, screen, number)
        assert "Type 2 and Enter sends them. 1 stays." in await press("x")
        await press("2", "enter")
        await until(shop.desk.outbox.rows)
    assert [row.ticket_id for row in shop.desk.outbox.rows()] == made[1::-1] or len(
        shop.desk.outbox.rows()
    ) == 2


async def test_a_claim_is_confirmed_for_all(shop):
    like_tickets(shop)
    async with looking(shop) as press:
        await press("x", "x", "x", "m", "/", *"address", "enter")
        await until(lambda: isinstance(press.app.screen, BulkScreen) and press.app.screen.letters)
        await settle(press.pilot)
        assert "○ the address was changed in the store" in seen(press.app)
        assert "✓ the address was changed in the store" in await press("c")
    assert isinstance(shop.desk.bulk, Bulk)


async def test_at_the_end_of_a_round_its_receipt_is_shown_where_the_tickets_were(shop):
    with shop.db.write() as tx:
        sources.mark_complete(tx, Source("main"), complete_to=NOW, at=NOW)
    async with looking(shop) as press:
        picture = await press("asterisk", "e", "e")
    assert "Done: 5 in 1 min" in picture
