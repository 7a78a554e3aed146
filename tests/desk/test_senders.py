"""Always a customer, or never: the owner's rules for senders."""

import pytest

from deskterm.domain.messages import Address, MachineKind
from deskterm.domain.people.senders import SenderVerdict
from deskterm.domain.tickets import Listing, View
from deskterm.errors import NotNow
from deskterm.intake.arrive import arrive
from deskterm.mail.values import Writer
from deskterm.storage import changes, customers, tickets
from deskterm.storage.mail.folders import MailPlace
from intake.world import CONTEXT, NOON, World, mail

LANE = Address("Lane", "jo@lane.example")


def notice(shop, ticket):
    with shop.db.write() as tx:
        tx.execute(
            "UPDATE message SET machine = 'list', machine_words = 'sent to a list' WHERE ticket_id = ?",
            (ticket,),
        )
        tickets.change(tx, ticket, view=View.OTHERS)


def test_always_a_customer_brings_their_tickets_back_unanswered_and_can_be_undone(shop):
    ticket = shop.ticket(LANE)
    notice(shop, ticket)
    (row,) = shop.desk.inbox.page(Listing.OTHERS, 0, 9)
    assert row.why == "sent to a list"
    assert shop.desk.inbox.counts().others == 1
    done = shop.desk.senders.set_rule("Jo@Lane.example", SenderVerdict.CUSTOMER, row.last_at)
    assert done.tickets == (ticket,)
    (row,) = shop.desk.inbox.page(Listing.INBOX, 0, 9)
    assert row.unanswered_since is not None
    assert [one.key for one in shop.desk.senders.rules()] == ["jo@lane.example"]
    assert "jo@lane.example" in shop.desk.undo.undo(row.last_at).words
    assert shop.desk.senders.rules() == ()
    assert shop.desk.inbox.count(Listing.OTHERS) == 1
    shop.desk.undo.redo(row.last_at)
    assert shop.desk.inbox.count(Listing.INBOX) == 1


def test_never_moves_a_whole_domain_out_of_the_inbox(shop):
    first, second = shop.ticket(LANE), shop.ticket(Address("", "ann@lane.example"))
    choices = shop.desk.senders.choices(first)
    assert [(one.words, one.tickets) for one in choices] == [("jo@lane.example", 1), ("lane.example", 2)]
    done = shop.desk.senders.set_rule(choices[1].key, SenderVerdict.NEVER, 5)
    assert set(done.tickets) == {first, second}
    assert shop.desk.inbox.count(Listing.INBOX) == 0


def test_a_ticket_of_others_stops_counting_once_seen_and_counts_again_with_new_mail(shop):
    first, second = shop.ticket(LANE), shop.ticket(Address("", "ann@hill.example"))
    for ticket in (first, second):
        notice(shop, ticket)
    newest = {row.ticket_id: row.last_at for row in shop.desk.inbox.page(Listing.OTHERS, 0, 9)}
    shop.desk.inbox.note_looked_at({first: newest[first]})
    assert shop.desk.inbox.counts().others == 1
    shop.desk.inbox.note_looked_at({second: newest[second]})
    assert shop.desk.inbox.counts().others == 0
    with shop.db.write() as tx:
        tx.execute("UPDATE ticket SET last_at = last_at + 60 WHERE id = ?", (first,))
    assert shop.desk.inbox.counts().others == 1


@pytest.mark.parametrize("who", ["", "jo", "jo@", "a b@lane.example", "@"])
def test_what_is_neither_address_nor_domain_makes_no_rule(shop, who):
    with pytest.raises(NotNow):
        shop.desk.senders.set_rule(who, SenderVerdict.NEVER, 5)


@pytest.mark.parametrize(
    ("verdict", "kind", "view"),
    [(SenderVerdict.CUSTOMER, MachineKind.LIST, View.CUSTOMERS), (SenderVerdict.NEVER, MachineKind.HUMAN, View.OTHERS)],
)  # fmt: skip
def test_mail_that_comes_later_follows_the_rule(tmp_path, verdict, kind, view):
    world = World(tmp_path)
    with world.db.write() as tx:
        first = tickets.create(tx, customer_id=_customer(tx), subject="x", at=1)
        changes.set_sender_rule(tx, first, "@lane.example", verdict, 1)
        one = mail("a", LANE, kind=kind, writer=Writer(LANE, is_customer=kind is MachineKind.HUMAN))
        place = MailPlace(world.boxes["inbox"], 7)
        made = arrive(tx, one, b"x", place=place, arrived_at=NOON, context=CONTEXT)
        assert tickets.get(tx, made.ticket_id).view is view
    world.db.close()


def _customer(tx):
    return customers.upsert(tx, LANE, 1)


def test_no_rule_is_made_for_the_shops_own_domain(shop):
    ticket = shop.ticket(Address("Our shop's program", "wordpress@loom.example"))
    assert [one.key for one in shop.desk.senders.choices(ticket)] == ["wordpress@loom.example"]


def test_a_list_is_offered_and_its_rule_holds_for_whoever_writes_through_it(shop, tmp_path):
    world = World(tmp_path)
    through = {"kind": MachineKind.LIST, "list_id": "yarn.lists.example"}
    (ticket,) = world.come((mail("a", LANE, subject="One", **through), NOON))
    offered = {one.words: one.key for one in shop.desk.senders.choices(ticket)}
    shop.desk.senders.set_rule(offered["the list yarn.lists.example"], SenderVerdict.CUSTOMER, NOON)
    (other,) = world.come((mail("b", Address("", "ann@else.example"), subject="Two", **through), NOON + 9))
    with shop.db.read() as tx:
        assert [tickets.get(tx, one).view for one in (ticket, other)] == [View.CUSTOMERS, View.CUSTOMERS]
    world.db.close()
