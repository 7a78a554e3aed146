"""A claim ticked on the review ticks its SOP step, and the other way round."""

from dataclasses import replace

import pytest

from desk.conftest import ADDRESS, DAY, NOW, Fixed, ShopOfOne
from deskterm.config.store import Store
from deskterm.config.store_kinds import Ability
from deskterm.desk import Desk, playbook_files
from deskterm.domain.orders.actions import ActionAnswer, ActionRecord, ActionState, StoreAction
from deskterm.domain.orders.order import Fulfilment, Money, Refund
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.replies import Level
from deskterm.domain.sops.sop import Sop, Step
from deskterm.errors import PlaybookError
from deskterm.storage.acting import store_actions

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


def test_a_claim_is_confirmed_by_what_was_done_in_the_store_since_the_ticket_began(shop):
    """Begun or refused it warns, done it is green; the same on an older ticket does not count."""
    macro = replace(ADDRESS, claim_actions=((CLAIM, Ability.ADDRESS),))
    context = shop.desk.shop
    live = replace(context.settings, stores=(Store("loom", kind="shopify"),))
    desk = Desk(context.db, live, context.home, Fixed(Playbook({macro.id: macro}, {})), context.formats)
    order, ticket = shop.order(fulfilment=Fulfilment.UNFULFILLED, shipments=()), shop.ticket()
    desk.replies.take(ticket, macro.id, order, NOW)

    def claim(state, at=NOW):
        with shop.db.write() as tx:
            tx.execute("DELETE FROM store_action")
            if state is not None:
                action = StoreAction("key", Ability.ADDRESS, "x1042")
                store_actions.add(tx, ActionRecord(action, "loom", order, ticket, state, at))
        (found,) = desk.replies.review(ticket, NOW).claims
        return found.ticked, found.can_be_done, found.state

    assert claim(None) == (False, True, None)
    assert claim(ActionState.CONFIRMED) == (False, True, ActionState.CONFIRMED)
    assert claim(ActionState.DONE) == (True, False, ActionState.DONE)
    assert claim(ActionState.DONE, NOW - 30 * DAY) == (False, True, None)
    words = [one.words for one in desk.replies.review(ticket, NOW).concerns]
    assert f"Not confirmed: {CLAIM}. O does it now." in words
    desk.replies.tick(ticket, CLAIM, NOW)
    assert claim(ActionState.REFUSED)[0]
    words = [one.words for one in desk.replies.review(ticket, NOW).concerns]
    assert f"Not so yet: {CLAIM}. The store did not do it." in words


def test_what_no_store_can_do_is_not_offered(shop):
    """The orders come from a file: the owner does it in the shop and ticks it."""
    macro = replace(ADDRESS, claim_actions=((CLAIM, Ability.ADDRESS),))
    context = shop.desk.shop
    playbook = Fixed(Playbook({macro.id: macro}, {}))
    desk = Desk(context.db, context.settings, context.home, playbook, context.formats)
    order, ticket = shop.order(fulfilment=Fulfilment.UNFULFILLED, shipments=()), shop.ticket()
    desk.replies.take(ticket, macro.id, order, NOW)
    assert not desk.replies.review(ticket, NOW).claims[0].can_be_done


BACK = Macro(
    "back", "Back", "Hello,\n\nI have refunded you 20 EUR.", claims=("the money is back",),
    claim_actions=(("the money is back", Ability.REFUND),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("minor", "days", "more", "holds"),
    [
        (2000, 1, "", True),
        (2500, 1, "", False),
        (2000, 1, " It was order #1041.", False),
        (2000, 60, "", False),
    ],
)
def test_a_refund_confirms_a_claim_of_its_own_amount_and_order_lately(shop, minor, days, more, holds):
    context = shop.desk.shop
    desk = Desk(
        context.db, context.settings, context.home, Fixed(Playbook({BACK.id: BACK}, {})), context.formats
    )
    shop.order("1041")
    ticket = shop.ticket(at=NOW - 90 * DAY)
    order = shop.order("1042", refunds=(Refund(NOW - days * DAY, Money(minor, "EUR")),))
    draft = desk.replies.take(ticket, BACK.id, order, NOW)
    desk.replies.save(replace(draft, body=draft.body.replace("20 EUR.", f"20 EUR.{more}")), NOW)
    (claim,) = desk.replies.review(ticket, NOW).claims
    assert claim.ticked is holds


def test_store_credit_confirms_no_claim_that_money_went_back(shop):
    """Shopify also shows it as a refund; one that our own record explains does not count."""
    context = shop.desk.shop
    desk = Desk(
        context.db, context.settings, context.home, Fixed(Playbook({BACK.id: BACK}, {})), context.formats
    )
    ticket = shop.ticket(at=NOW - DAY)
    order = shop.order("1042", refunds=(Refund(NOW - 60, Money(2000, "EUR"), external_id="77"),))
    desk.replies.take(ticket, BACK.id, order, NOW)
    assert desk.replies.review(ticket, NOW).claims[0].ticked
    action = StoreAction("key", Ability.CREDIT, "x1042", amount=Money(2000, "EUR"))
    record = ActionRecord(action, "loom", order, ticket, ActionState.DONE, NOW - 90, remote_id="77")
    with shop.db.write() as tx:
        store_actions.add(tx, record)
        store_actions.settle(tx, "key", ActionAnswer(ActionState.DONE, "", "77"), NOW - 60)
    assert not desk.replies.review(ticket, NOW).claims[0].ticked


def test_a_macro_names_the_action_that_makes_its_claim_true():
    text = "---\ntitle: Back\nclaims:\n  - the money is back {refund}\n  - we rang\n---\nDone."
    macro = playbook_files.macro("back", text)
    assert macro.claims == ("the money is back", "we rang")
    assert macro.claim_actions == (("the money is back", Ability.REFUND),)
    with pytest.raises(PlaybookError, match="Unknown action magic"):
        playbook_files.macro("back", text.replace("refund", "magic"))


def test_undo_and_redo_take_the_step_and_the_claim_together(shop):
    desk, ticket = desk_of(shop), shop.ticket()
    desk.replies.take(ticket, ADDRESS.id, None, NOW)
    for tick in (
        lambda: desk.replies.tick(ticket, CLAIM, NOW),
        lambda: desk.tickets.tick(ticket, "address", "change", NOW),
    ):
        tick()
        desk.undo.undo(NOW)
        assert (ticked(shop, ticket), desk.replies.begin(ticket, NOW).claims_ticked) == (set(), ())
        desk.undo.redo(NOW)
        assert desk.replies.begin(ticket, NOW).claims_ticked == (CLAIM,)
        desk.undo.undo(NOW)


def test_a_thrown_away_draft_takes_the_ticks_of_its_review_along(shop):
    desk, ticket = desk_of(shop), shop.ticket()
    desk.replies.take(ticket, ADDRESS.id, None, NOW)
    desk.tickets.tick(ticket, "address", "look", NOW)
    desk.replies.tick(ticket, CLAIM, NOW)
    for _ in range(2):
        done = desk.replies.discard(ticket, NOW)
        assert done.words == f"Discarded the draft of T{ticket}"
        assert ticked(shop, ticket) == {("address", "look")}
        desk.undo.undo(NOW)
        assert ticked(shop, ticket) == {("address", "look"), ("address", "change")}
        assert desk.replies.begin(ticket, NOW).claims_ticked == (CLAIM,)
    desk.replies.discard(ticket, NOW)
    assert desk.replies.take(ticket, ADDRESS.id, None, NOW).claims_ticked == ()


def test_a_reply_whose_text_is_emptied_takes_its_ticks_along(shop):
    desk, ticket = desk_of(shop), shop.ticket()
    desk.replies.take(ticket, ADDRESS.id, None, NOW)
    draft = desk.replies.tick(ticket, CLAIM, NOW)
    desk.replies.save(replace(draft, body=""), NOW)
    assert ticked(shop, ticket) == set()


def test_what_a_sent_reply_claimed_stays_ticked_when_the_next_draft_is_thrown_away(shop):
    desk, ticket = desk_of(shop), shop.ticket()
    desk.replies.take(ticket, ADDRESS.id, None, NOW)
    desk.replies.tick(ticket, CLAIM, NOW)
    draft = replace(desk.replies.begin(ticket, NOW), body="Dear Jana,\n\nit is changed.\n\nAda")
    desk.replies.save(draft, NOW)
    review = desk.replies.review(ticket, NOW)
    desk.replies.send(ticket, review, NOW, Level.AMBER)
    desk.replies.take(ticket, ADDRESS.id, None, NOW)
    desk.replies.discard(ticket, NOW)
    assert ticked(shop, ticket) == {("address", "change")}
    desk.undo.undo(NOW)  # the draft is back
    desk.replies.discard(ticket, NOW)
    assert ticked(shop, ticket) == {("address", "change")}
