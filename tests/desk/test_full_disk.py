"""On a full disk drafts, syncs and backups say so and lose nothing; everything continues once there is room."""

from contextlib import suppress
from dataclasses import replace

import pytest
from textual.widgets import TextArea

from counterparts.small_disk import MEGABYTE, small_disk
from desk.conftest import NOW
from deskterm.desk.upkeep.backups import Backups
from deskterm.errors import DiskFull
from deskterm.storage import tickets
from deskterm.storage.replies import drafts, outbox
from deskterm.storage.schema.migrate import open_database
from deskterm.storage.upkeep import health
from intake.world import JANA, NOON, World, mail
from screens.looking import app_of, desk_of, sample, seen, settle

PRECIOUS = "precious words " * 4000


@pytest.fixture
def disk(tmp_path):
    with small_disk(tmp_path / "small", 32 * MEGABYTE) as made:
        yield made


def until_full(write) -> str:
    """Write until there is no room (the WAL may still have some); gives the message."""
    for _ in range(200):
        try:
            write()
        except DiskFull as error:
            return str(error)
    raise AssertionError("the disk is never full")


def whole(db) -> None:
    with db.read() as tx:
        assert health.complaints(tx) == ()
        assert health.search_works(tx)


def test_a_sync_batch_is_taken_in_whole_or_not_at_all(disk):
    world = World(disk.folder)
    world.come((mail("a", JANA, text="first"), NOON))
    before = world.read()
    disk.fill(leave=200_000)
    batch = [(mail(f"m{n}", JANA, subject=f"{n}", text=f"{n} " + PRECIOUS), NOON + n) for n in range(60)]
    with pytest.raises(DiskFull) as caught:
        world.come(*batch)
    assert caught.value.todo.startswith(("Make room", "Check the disk"))  # the latter where it is a limit
    assert world.read() == before
    whole(world.db)
    disk.room()
    assert len(world.come(*batch)) == 60
    assert len(world.read()) == 61
    whole(world.db)
    world.db.close()


def test_a_draft_stays_as_it_was_and_is_saved_once_there_is_room(disk):
    desk = desk_of(disk.folder)
    shop = _shop(desk)
    ticket = shop.ticket()
    draft = desk.replies.begin(ticket, NOW)
    kept = desk.replies.save(replace(draft, body="kept"), NOW)
    disk.fill()
    assert "disk is full" in until_full(lambda: desk.replies.save(replace(kept, body=PRECIOUS), NOW))
    with shop.db.read() as tx:
        assert drafts.get(tx, ticket).body in ("kept", PRECIOUS)
    disk.room()
    desk.replies.save(replace(kept, body=PRECIOUS), NOW)
    with shop.db.read() as tx:
        assert drafts.get(tx, ticket).body == PRECIOUS
        assert outbox.rows(tx) == ()
    whole(shop.db)
    shop.db.close()


def _shop(desk):
    from desk.conftest import ShopOfOne

    return ShopOfOne(desk)


async def test_what_is_typed_stays_in_the_editor_and_is_saved_later(disk):
    shop = sample(disk.folder)
    app = app_of(shop)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot)
        disk.fill()
        screen = app.screen
        for _ in range(400):
            await pilot.press(*"wool ")
            if not await screen.autosave.now():
                break
        text = screen.query_one(TextArea).text
        assert "disk is full" in seen(app)
        assert text.count("wool") > 0
        assert "wool" in seen(app)
        disk.room()
        assert await screen.autosave.now()
        ticket = screen.ticket_id
    with shop.db.read() as tx:
        assert drafts.get(tx, ticket).body == text
    whole(shop.db)
    shop.db.close()


def test_a_backup_without_room_leaves_the_earlier_ones(disk):
    from deskterm.config.paths import Home

    world = World(disk.folder)
    for n in range(20):
        world.come((mail(f"m{n}", JANA, subject=f"{n}", text=f"{n} " + PRECIOUS), NOON + n))
    backups = Backups(Home(disk.folder))
    first = backups.make(NOON)
    before = first.read_bytes()
    disk.fill(leave=300_000)
    with pytest.raises(DiskFull):
        backups.make(NOON + 86400)
    assert [one.path for one in backups.listing()] == [first]
    assert first.read_bytes() == before
    assert not list(first.parent.glob(".*"))
    disk.room()
    assert backups.make(NOON + 86400).exists()
    whole(world.db)
    world.db.close()


def test_a_database_on_a_full_disk_can_be_opened_and_read(disk):
    world = World(disk.folder)
    (ticket,) = world.come((mail("a", JANA), NOON))
    world.db.close()
    disk.fill()
    with suppress(DiskFull):  # it may not find room for its WAL; then it says so
        db = open_database(disk.folder / "desk.db")
        with db.read() as tx:
            assert tickets.get(tx, ticket).subject == "Mug"
        db.close()
    disk.room()
    db = open_database(disk.folder / "desk.db")
    whole(db)
    db.close()
