"""How merging, side threads, selections and many letters look: each picture is a sentence and a few keys."""

import pytest

from deskterm.domain.incidents.incident import IncidentKind
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment
from deskterm.domain.tickets import Priority, Status
from screens.going import ticket_ids, until
from screens.looking import JANA, NOW, app_of, settle
from screens.test_bulk import like_tickets
from screens.test_forwarding import answered_thread
from snapshots.walking import answers_stand

SMALL, GOOD = (80, 24), (120, 36)


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_a_thread_with_a_supplier_stands_beside(shop, picture, size):
    answered_thread(shop)
    await _press(shop, picture, size, (), "side_thread")


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_to_whom_a_mail_is_forwarded_is_picked(shop, picture, size):
    answered_thread(shop)
    await _press(shop, picture, size, ("f",), "forward_picker")


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_what_can_be_merged_is_picked(shop, picture, size):
    shop.ticket(JANA, subject="One more photo", text="Here is the box.", at=NOW - 3600)
    await _press(shop, picture, size, ("M",), "merge_picker")


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_selected_tickets_are_marked(shop, picture, size):
    await _press(shop, picture, size, ("x", "x"), "selection")


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_many_letters_are_reviewed_in_one_list(shop, picture, size):
    like_tickets(shop)
    shop.ticket(subject="Parcel?", text="Where is my parcel?", at=NOW - 21 * 86400)
    await _press(shop, picture, size, (*"xxxxxxmo", "j"), "many_letters", opened=2)


async def _press(shop, picture, size, keys, name, *, opened=0):
    app = app_of(shop)
    async with app.run_test(size=size) as pilot:
        await answers_stand(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)
            if opened and key == keys[-2]:
                await until(lambda: getattr(app.screen, "opened", None))
        if opened:
            await until(lambda: len(app.screen.opened) >= opened)
            await settle(pilot)
        picture(app, f"{name}_on_{size[0]}x{size[1]}")


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_tickets_with_a_promise_are_listed(shop, picture, size):
    for ticket, days in zip(ticket_ids(shop)[1:4], (-1, 0, 3), strict=True):
        shop.desk.promising.promise((ticket,), NOW + days * 86400 + 7200, NOW - 2 * 86400)
    shop.desk.tickets.prioritise((ticket_ids(shop)[2],), Priority.HIGH, NOW)
    await _press(shop, picture, size, ("g", "p"), "promises")


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_the_history_of_a_ticket(shop, picture, size):
    ticket = ticket_ids(shop)[0]
    shop.desk.tickets.tag((ticket,), "late", NOW - 600, on=True)
    shop.desk.tickets.set_status((ticket,), Status.HOLD, NOW - 300)
    shop.desk.undo.undo(NOW - 200)
    await _press(shop, picture, size, ("h",), "history")


@pytest.mark.parametrize("size", [SMALL, GOOD], ids=["80x24", "120x36"])
async def test_an_incident_says_how_each_of_its_orders_stands(shop, picture, size):
    for n, who in enumerate(("Petra Lang", "Otto Kern", "Ida Holm")):
        address = Address(who, f"{who.split()[0].lower()}@mail.example")
        shop.order(
            f"{1077 + n}",
            address,
            placed_at=NOW - (4 + n) * 86400,
            fulfilment=Fulfilment.UNFULFILLED,
            shipments=(),
        )
    macro = next(iter(shop.desk.playbook.current().macros))
    shop.desk.incidents.begin("Glaze is late", IncidentKind.SECURITY, "is:unfulfilled", macro, NOW - 7200)
    await _press(shop, picture, size, ("g", "k", "enter"), "incident")
