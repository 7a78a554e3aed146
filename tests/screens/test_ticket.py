"""A ticket opened alone, from a search or a figure."""

from dataclasses import replace

import pytest

from deskterm.domain.sops.conditions import parse_conditions
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.tickets import Listing, Mood, Status
from deskterm.screens.base.messages import Open
from deskterm.storage.mail import summaries
from screens.looking import NOW, app_of, seen, settle


@pytest.fixture
def three(shop):
    return tuple(row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 3))


async def opened(pilot, ticket_id, among=()):
    pilot.app.post_message(Open(ticket_id, among))
    await settle(pilot)


@pytest.mark.parametrize("size", [(120, 36), (90, 30), (70, 24), (20, 5)])
async def test_it_is_read_at_every_size(shop, three, size):
    app = app_of(shop)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await opened(pilot, three[0])
        assert type(app.screen).__name__ == "TicketScreen"
        assert "Your order" in seen(app)


async def test_how_the_customer_sounds_is_said_above_their_mail(shop, three):
    with shop.db.write() as tx:
        summaries.put_mood(tx, three[0], Mood.ANGRY)
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await opened(pilot, three[0])
        assert "· angry" in seen(app)


async def test_capital_j_and_k_go_to_its_neighbours(shop, three):
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await opened(pilot, three[0], three)
        assert "1 of 3" in seen(app)
        await pilot.press("J")
        await settle(pilot)
        assert "The shirt is too small" in seen(app)
        await pilot.press("K", "K")
        await settle(pilot)
        assert "This is the first one." in seen(app)


async def test_solved_it_gives_way_to_the_next_and_the_last_one_goes_back(shop, three):
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await opened(pilot, three[0], three[:2])
        await pilot.press("e", "e")
        await settle(pilot)
        assert Status(shop.row(three[0])["status"]) is Status.SOLVED
        assert "The shirt is too small" in seen(app)
        await pilot.press("e", "e")
        await settle(pilot)
        assert type(app.screen).__name__ == "InboxScreen"


async def test_its_sop_is_entered_and_left(shop, three):
    app = app_of(shop)
    async with app.run_test(size=(90, 30)) as pilot:
        await settle(pilot)
        await opened(pilot, three[0])
        await pilot.press("s", "j", "space")
        await settle(pilot)
        assert shop.desk.tickets.view(three[0], NOW).sop.done == {"open"}
        await pilot.press("q", "q")
        await settle(pilot)
        assert type(app.screen).__name__ == "InboxScreen"


async def test_a_step_runs_its_link_and_solving_with_open_steps_asks_once(shop, three, monkeypatch):
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")  # the clipboard is the terminal's
    ticket = three[0]
    shop.answer(ticket, at=NOW - 60, macro="trace")
    page = "https://parcels.example/claims"
    late = Sop("late", "Parcel is late", (
        Step("look", "Look it up", link=page), Step("tell", "Tell them", "trace"), Step("file", "Claim it"),
        Step("hold", "Hold it back", only=parse_conditions("not shipped")),
    ), ("shipping",))  # fmt: skip
    book = shop.desk.playbook.current()
    monkeypatch.setattr(shop.desk.playbook, "playbook", replace(book, sops={"late": late}))
    app = app_of(shop)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await opened(pilot, ticket)
        assert "1 of 3" in seen(app)  # the letter went out, and nothing can be held back
        await pilot.press("s", "enter")
        await settle(pilot)
        assert app.clipboard == page
        await pilot.press("space", "q", "e")
        await settle(pilot)
        assert "e again solves it: one step of “Parcel is late” is open, “Claim it”" in seen(app)
        assert Status(shop.row(ticket)["status"]) is not Status.SOLVED
        await pilot.press("e")
        await settle(pilot)
        assert Status(shop.row(ticket)["status"]) is Status.SOLVED
