"""A claim ticked on the review ticks its SOP step, and the other way round."""

from desk.conftest import ADDRESS, NOW, Fixed, ShopOfOne
from deskterm.desk import Desk
from deskterm.domain.playbook import Playbook, Sop, Step

CLAIM = ADDRESS.claims[0]
CHANGE = Step("change", "Change it in the store", claims=(CLAIM,))
SOP = Sop("address", "Change of address", (Step("look", "Has it left?"), CHANGE), ("address",))
OTHER = Sop("other", "Something else", (CHANGE,), ("shipping",))


def desk_of(shop: ShopOfOne) -> Desk:
    context = shop.desk.shop
    book = Playbook({ADDRESS.id: ADDRESS}, {SOP.id: SOP, OTHER.id: OTHER})
    return Desk(context.db, context.settings, context.home, Fixed(book), context.formats)


def ticked(shop: ShopOfOne, ticket: int) -> set[tuple[str, str]]:
    with shop.db.read() as tx:
        rows = tx.execute("SELECT sop, step FROM sop_tick WHERE ticket_id = ?", (ticket,))
        return {tuple(row) for row in rows}


def test_a_claim_ticks_the_step_of_its_own_sop_and_takes_it_back(shop):
    desk, ticket = desk_of(shop), shop.ticket()
    desk.replies.take(ticket, ADDRESS.id, None, NOW)
    desk.replies.tick(ticket, CLAIM, NOW)
    assert ticked(shop, ticket) == {("address", "change")}
    desk.replies.tick(ticket, CLAIM, NOW)
    assert ticked(shop, ticket) == set()


def test_a_step_ticks_the_claim_of_the_draft_and_takes_it_back(shop):
    desk, ticket = desk_of(shop), shop.ticket()
    desk.replies.take(ticket, ADDRESS.id, None, NOW)
    desk.tickets.tick(ticket, "address", "change", NOW)
    assert desk.replies.begin(ticket, NOW).claims_ticked == (CLAIM,)
    desk.tickets.tick(ticket, "address", "change", NOW)
    assert desk.replies.begin(ticket, NOW).claims_ticked == ()


def test_a_step_done_before_the_macro_is_taken_has_ticked_its_claim(shop):
    desk, ticket = desk_of(shop), shop.ticket()
    desk.tickets.tick(ticket, "address", "look", NOW)
    assert desk.replies.take(ticket, ADDRESS.id, None, NOW).claims_ticked == ()
    desk.replies.discard(ticket, NOW)
    desk.tickets.tick(ticket, "address", "change", NOW)
    assert desk.replies.take(ticket, ADDRESS.id, None, NOW).claims_ticked == (CLAIM,)
