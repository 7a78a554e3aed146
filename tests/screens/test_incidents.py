"""An incident from the first key to the letters: filter, one date, the last look, the number typed."""

from threading import current_thread, main_thread

import pytest

from deskterm.desk.incidents.incidents import Incidents
from deskterm.domain.incidents.incident import IncidentIdea
from deskterm.domain.incidents.order_filter import OrderFilter
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment
from deskterm.domain.tickets import Listing
from deskterm.screens.figure_tickets import FigureTicketsScreen
from deskterm.screens.ticket_groups import TicketGroup
from screens.going import until
from screens.looking import DAY, NOW, sample, seen
from screens.test_inbox import looking

PEOPLE = [Address(f"Petra Lang{n}", f"petra{n}@lang.example") for n in range(4)]


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    for n, who in enumerate(PEOPLE):
        made.order(
            f"{1077 + n}", who, placed_at=NOW - 4 * DAY, fulfilment=Fulfilment.UNFULFILLED, shipments=()
        )
    yield made
    made.db.close()


def queued(shop):
    with shop.db.read() as tx:
        return tx.execute("SELECT count(*) FROM outbox WHERE state = 'queued'").fetchone()[0]


@pytest.fixture
def readers(monkeypatch):
    """The threads on which the orders of incidents are read."""
    found = []

    def noting(read):
        def noted(*args):
            found.append(current_thread())
            return read(*args)

        return noted

    for kind, name in ((Incidents, "summaries"), (Incidents, "rows"), (OrderFilter, "matches")):
        monkeypatch.setattr(kind, name, noting(getattr(kind, name)))
    return found


async def test_all_customers_of_a_delay_are_told_from_the_keyboard(shop, readers):
    async with looking(shop) as press:
        assert "No incident" in await press("g", "k")
        await press("n", "enter")
        await press(*"is:unfulfilled after:7d")
        await until(lambda: "4 orders of 4 customers" in seen(press.app))
        await press("enter", "enter", *"Late mugs", "enter")
        await until(lambda: type(press.app.screen).__name__ == "IncidentScreen")
        picture = await press()
        assert "4 to tell" in picture
        assert "#1077" in picture
        await press("m")
        await until(lambda: type(press.app.screen).__name__ == "BulkScreen" and press.app.screen.letters)
        assert queued(shop) == 0
        await press("q")
        assert "4 to tell" in await press()
    assert readers
    assert main_thread() not in readers, "no key waits for the orders"


async def test_a_filter_is_counted_while_it_is_typed_and_a_wrong_one_is_named(shop):
    async with looking(shop) as press:
        await press("g", "k", "n", "enter", *"is:unfulfilled")
        await until(lambda: "4 orders of 4 customers" in seen(press.app))
        assert "is no condition on orders" in await press(*" size:x")
        await press("enter")  # what is off is not taken
        await press(*(["backspace"] * 7), *" -order:1077")
        await until(lambda: "3 orders of 3 customers" in seen(press.app))
        await press(*(["backspace"] * 12), *" order:9")
        await until(lambda: "0 orders of 0 customers" in seen(press.app))
        assert "Which orders?" in await press("enter")


async def test_a_figures_advice_begins_the_incident_that_fits(shop):
    idea = IncidentIdea("is:unfulfilled after:7d", "Late mugs", "late-parcel")
    ticket = shop.desk.inbox.page(Listing.INBOX, 0, 1)[0].ticket_id
    async with looking(shop) as press:
        press.app.push_screen(
            FigureTicketsScreen(press.app.screen.work, TicketGroup("Late", (), (ticket,), idea=idea))
        )
        await until(lambda: "Tell them all at once" in seen(press.app))
        await press("enter")
        await until(lambda: "4 orders of 4 customers" in seen(press.app))
        await press("enter", "enter", "enter")
        await until(lambda: type(press.app.screen).__name__ == "IncidentScreen")
        assert "Late mugs" in await press()
