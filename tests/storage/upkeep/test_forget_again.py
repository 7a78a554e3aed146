"""Whom the owner forgot does not come back with a backup that was made before."""

import shutil

import pytest

from deskterm.domain.messages import Address
from deskterm.errors import DatabaseDamaged
from deskterm.storage import orders
from deskterm.storage.upkeep import forget_again
from deskterm.storage.upkeep.backup import open_database_file
from intake.world import JANA, NOON, OMAR, World, mail
from storage.upkeep.test_forget import SECRET, WORD, erased, everything, order

FRIEND = Address("Nea", "nea@friend.example")


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    yield made
    made.db.close()


def copied(world, tmp_path):
    """A copy of the database as it is now, as a restore works on it."""
    world.db.close()
    copy = tmp_path / "copy.db"
    shutil.copy(world.db.path, copy)
    return copy


def again(copy, world):
    world.db.close()
    return forget_again.erase_again(copy, forget_again.erasures_of(world.db.path))


def people(path):
    with open_database_file(path, "mode=ro") as connection:
        return {row[0] for row in connection.execute("SELECT key FROM address")}


def test_they_are_erased_from_the_copy_to_the_last_byte_and_no_sync_brings_them(world, tmp_path):
    world.come((mail("a", JANA, text=SECRET), NOON), (mail("b", OMAR, text="Another matter."), NOON + 5))
    copy = copied(world, tmp_path)
    erased(world)
    assert again(copy, world) == (JANA.key,)
    assert people(copy) == {OMAR.key}
    assert WORD.encode() not in copy.read_bytes()
    assert "Another matter" in everything(copy)
    with open_database_file(copy, "mode=ro") as ours, open_database_file(world.db.path, "mode=ro") as theirs:
        both = [set(map(tuple, one.execute("SELECT * FROM forgotten"))) for one in (ours, theirs)]
    assert both[0] == both[1]
    assert again(copy, world) == ()


def test_somebody_who_wrote_again_is_a_new_customer_and_the_old_one_stays_forgotten(world, tmp_path):
    world.come((mail("a", JANA, text=SECRET), NOON))
    copy = copied(world, tmp_path)
    erased(world)
    world.come((mail("n", JANA, text="Hello again"), NOON + 900))
    world.db.close()
    assert again(copy, world) == (JANA.key,)


def test_a_copy_made_after_it_keeps_the_new_customer(world, tmp_path):
    world.come((mail("a", JANA, text=SECRET), NOON))
    erased(world)
    world.come((mail("n", JANA, text="Hello again"), NOON + 900))
    copy = copied(world, tmp_path)
    assert again(copy, world) == ()
    assert people(copy) == {JANA.key}


def test_somebody_who_only_wrote_into_their_ticket_is_not_taken_for_them(world, tmp_path):
    """A friend in copy answers in Jana's ticket: the mail goes with the ticket, the friend and her order stay."""
    (one,) = world.come((mail("a", JANA, cc=(FRIEND,), text=SECRET), NOON))
    (two,) = world.come((mail("f", FRIEND, to=(JANA,), parents=("a",)), NOON + 5))
    assert one == two
    with world.db.write() as tx:
        orders.upsert_all(tx, [order(external_id="x2", number="7", email=FRIEND.address)], NOON)
    copy = copied(world, tmp_path)
    erased(world)
    assert FRIEND.key in people(world.db.path)
    assert again(copy, world) == (JANA.key,)
    assert people(copy) == {FRIEND.key}
    assert FRIEND.address in everything(copy)


def test_somebody_who_is_only_known_from_an_order_stays_forgotten(world, tmp_path):
    with world.db.write() as tx:
        orders.upsert_all(tx, [order()], NOON)
    copy = copied(world, tmp_path)
    erased(world)
    assert again(copy, world) == (JANA.key,)
    assert "Hafenstrasse" not in everything(copy)


def test_an_unreadable_database_is_reported_as_damaged(world, tmp_path):
    copied(world, tmp_path)
    world.db.path.write_bytes(b"no database" * 1000)
    with pytest.raises(DatabaseDamaged):
        forget_again.erasures_of(world.db.path)
