"""Forgetting one customer: rows, search words and bytes, and that nothing of it comes back."""

import sqlite3
from dataclasses import replace

import pytest

from counterparts.killed import killed_at
from deskterm.config.paths import Home
from deskterm.desk.upkeep.forget import CustomerEraser
from deskterm.domain.messages import Address, Direction
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment, PostalAddress, Refund, Shipment
from deskterm.domain.review.replies import Draft
from deskterm.errors import NotFound, NotNow
from deskterm.intake.arrive import FORGOTTEN, arrive_all
from deskterm.intake.classify import classify
from deskterm.storage import customers, orders, tickets
from deskterm.storage.mail import folders
from deskterm.storage.replies import drafts, outbox
from deskterm.storage.search import find
from deskterm.storage.ticket_work import merging
from deskterm.storage.upkeep import forget
from intake.world import CONTEXT, JANA, NOON, OMAR, SHOP, World, mail
from storage.making import query_of

WORD = "Quittenmarmelade"
SECRET = f"Please send the {WORD} to Hafenstrasse 77."


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    yield made
    made.db.close()


def order(**changed) -> Order:
    plain = Order(
        "shop", "x1", "1042", JANA.address, JANA.name, NOON, Payment.PAID, Fulfilment.SHIPPED, Money(4900, "EUR"),
        shipments=(Shipment("DHL", "0034999", "https://dhl.example/0034999", NOON),),
        refunds=(Refund(NOON, Money(100, "EUR"), "Jana was sad"),),
        ship_to=PostalAddress("Jana Mertens", "Hafenstrasse 77", "20457", "Hamburg"), phone="+49 40 123", note="for Jana",
    )  # fmt: skip
    return replace(plain, **changed)


def erased(world, address=JANA.address):
    with world.db.write() as tx:
        done = forget.erase(tx, forget.find(tx, address))
    world.db.close()
    forget.scrub(world.db.path)
    return done


def everything(path) -> str:
    """All values of all tables as text."""
    connection = sqlite3.connect(path)
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE rootpage > 0")]
    tables = [name for name in names if not name.startswith("sqlite_autoindex") and "_" not in name[:1]]
    said = []
    for name in tables:
        try:
            said += [repr(row) for row in connection.execute(f"SELECT * FROM {name}")]
        except sqlite3.OperationalError:  # an index
            continue
    connection.close()
    return "\n".join(said)


def test_one_customer_is_erased_and_the_others_are_as_they_were(world):
    (one,) = world.come((mail("a", JANA, text=SECRET), NOON))
    (two,) = world.come((mail("b", OMAR, text="Another matter."), NOON + 5))
    before = {key: value for key, value in world.read().items() if "<b@test>" in key}
    done = erased(world)
    assert (done.tickets, done.messages, done.keys) == ((one,), 1, (JANA.key,))
    assert world.read() == before
    with world.db.read() as tx:
        assert customers.find_by_address(tx, JANA.address) is None
        assert find.total(tx, query_of(WORD)) == 0
        assert find.total(tx, query_of("another matter")) == 1
        assert tickets.get(tx, two).id == two
        with pytest.raises(NotFound):
            forget.find(tx, JANA.address)


def test_no_byte_of_it_is_left_in_the_file_or_its_wal(world):
    world.come(*((mail(f"o{n}", OMAR, text=f"filler {n} " * 50), NOON + n) for n in range(30)))
    world.come((mail("a", JANA, text=SECRET), NOON))
    with world.db.write() as tx:
        (ticket,) = (
            row[0] for row in tx.execute("SELECT ticket_id FROM message WHERE message_id = '<a@test>'")
        )
        drafts.save(tx, Draft(ticket, f"About {WORD}", "Re: Mug", SHOP.address, (JANA,)), NOON)
        orders.upsert_all(tx, [order()], NOON)
    assert WORD.casefold() in everything(world.db.path).casefold()
    erased(world)
    left = world.db.path.read_bytes()
    wal = world.db.path.with_name("desk.db-wal")
    left += wal.read_bytes() if wal.exists() else b""
    for word in (
        WORD,
        WORD.casefold(),
        "marmelade",
        JANA.address,
        "Mertens",
        "Hafenstr",
        "0034999",
        "+49 40 123",
    ):
        assert word.encode() not in left, word
        assert word.casefold() not in everything(world.db.path).casefold()


def test_a_forgotten_mail_does_not_come_back_from_any_folder(world):
    arrived = world.arrived(mail("a", JANA, text=SECRET), NOON)
    ours = world.arrived(mail("r", SHOP, (JANA,), parents=("a",)), NOON + 60)
    with world.db.write() as tx:
        arrive_all(tx, [classify(*one, CONTEXT) for one in (arrived, ours)], CONTEXT)
    erased(world)
    with world.db.write() as tx:  # the same places, and after a UIDVALIDITY change others
        folders.forget_places(tx, world.boxes["inbox"])
        (one, raw, place, at), (reply, *rest) = arrived, ours
        moved = (one, raw, replace(place, uid=99), at)
        changed = (replace(reply, mail=replace(reply.mail, fingerprint=b"the server wrote a footer")), *rest)
        again = (moved, changed, world.arrived(mail("b", OMAR), NOON))
        found = arrive_all(tx, [classify(*one, CONTEXT) for one in again], CONTEXT)
        assert found[:2] == [FORGOTTEN, FORGOTTEN]
        assert found[2].new
        assert folders.uids(tx, world.boxes["inbox"]) >= {99}
        assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 1


def test_the_places_of_their_mails_are_still_known_so_that_nothing_is_fetched_again(world):
    world.come((mail("a", JANA), NOON), (mail("b", OMAR), NOON))
    with world.db.read() as tx:
        before = folders.uids(tx, world.boxes["inbox"])
    erased(world)
    with world.db.read() as tx:
        assert folders.uids(tx, world.boxes["inbox"]) == before
        assert folders.standing(tx, world.boxes["inbox"]) == 2


def test_a_new_mail_of_theirs_makes_a_new_customer(world):
    world.come((mail("a", JANA), NOON))
    erased(world)
    (ticket,) = world.come((mail("n", JANA, text="Hello again"), NOON + 900))
    with world.db.read() as tx:
        assert tickets.get(tx, ticket).subject == "Mug"


def test_orders_keep_their_figures_and_no_sync_brings_the_person_back(world):
    world.come((mail("a", JANA), NOON))
    with world.db.write() as tx:
        orders.upsert_all(tx, [order()], NOON)
    assert erased(world).orders == 1
    with world.db.write() as tx:
        orders.upsert_all(tx, [order(fulfilment=Fulfilment.DELIVERED)], NOON + 60)
        (found,) = orders.by_numbers(tx, ["1042"])
    assert (found.total, found.fulfilment, found.number) == (Money(4900, "EUR"), Fulfilment.DELIVERED, "1042")
    assert (found.email, found.customer_name, found.ship_to, found.phone, found.note) == (
        "",
        "",
        PostalAddress(),
        "",
        "",
    )
    assert found.shipments[0].number == found.refunds[0].reason == ""


def test_somebody_who_is_only_known_from_an_order_can_be_forgotten(world):
    with world.db.write() as tx:
        orders.upsert_all(tx, [order()], NOON)
    assert erased(world, JANA.address.upper()).orders == 1


def test_a_reply_on_its_way_stops_it(world):
    (ticket,) = world.come((mail("a", JANA), NOON))
    with world.db.write() as tx:
        outbox.enqueue(
            tx, Draft(ticket, "Hello", "Re: Mug", SHOP.address, (JANA,)), account="main", sender=SHOP.address,
            message_id="<r@test>", raw=b"x", recipients=(JANA.address,), action=1, send_at=NOON, at=NOON,
        )  # fmt: skip
    with pytest.raises(NotNow, match="on its way"):
        erased(world)
    assert len(world.read()) == 1


def test_tickets_joined_by_hand_part_again_and_only_theirs_goes(world):
    (theirs,) = world.come((mail("a", JANA), NOON))
    (other,) = world.come((mail("b", OMAR, text="mine"), NOON + 5))
    with world.db.write() as tx:
        merging.join(tx, theirs, other)
    assert erased(world).tickets == (theirs,)
    assert list(world.read()) == [frozenset({"<b@test>"})]


def test_others_who_name_them_are_reported(world):
    world.come((mail("a", JANA), NOON))
    (other,) = world.come((mail("b", OMAR, text=f"Send it to {JANA.address}."), NOON + 5))
    assert erased(world).mentioned == (other,)


def test_an_erasing_that_was_cut_short_is_known(world):
    world.come((mail("a", JANA), NOON))
    with world.db.write() as tx:
        forget.erase(tx, forget.find(tx, JANA.address))
        assert forget.is_scrub_owed(tx)
    world.db.close()
    forget.scrub(world.db.path)
    with world.db.read() as tx:
        assert not forget.is_scrub_owed(tx)


def test_somebody_who_was_only_in_copy_is_not_found_to_be_forgotten(world):
    world.come((mail("a", JANA, cc=(Address("", "friend@mertens.example"),)), NOON))
    with world.db.read() as tx, pytest.raises(NotFound):
        forget.find(tx, "friend@mertens.example")
    with world.db.read() as tx:
        assert tx.execute("SELECT direction FROM message").fetchone()[0] == Direction.IN


@pytest.mark.parametrize("statement", [20, 85, 90, 96, 102])
def test_killed_at_a_statement_of_forgetting_the_same_command_ends_it(world, statement):
    """All of the person is there, or no row is; asked for again nothing is left in the file's bytes either."""
    world.come((mail("a", JANA, text=SECRET), NOON), (mail("b", OMAR, text="And my mug?"), NOON))
    world.db.close()
    home = Home(world.db.path.parent)
    eraser = CustomerEraser(home)
    keys = eraser.find_person(JANA.address)
    killed_at(statement, lambda: eraser.erase(keys))
    connection = sqlite3.connect(home.database)
    assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    left = connection.execute("SELECT count(*) FROM message WHERE instr(text, ?)", (WORD,)).fetchone()[0]
    connection.close()
    try:
        eraser.erase(eraser.find_person(JANA.address))
        assert left == 1
    except NotFound:
        assert left == 0
    for end in ("", "-wal"):
        file = home.database.with_name(f"desk.db{end}")
        assert not file.exists() or WORD.encode() not in file.read_bytes()
