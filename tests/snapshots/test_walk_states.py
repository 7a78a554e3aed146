"""The first run, what is empty, what takes long and what goes wrong, at every size and in every number of colours."""

import asyncio
from itertools import chain
from threading import Event

import pytest

from desk.conftest import ADDRESS
from deskterm.actions.work import Work
from deskterm.app.background import Finished, Progressed
from deskterm.config.all_settings import Mailbox, Settings
from deskterm.desk.metrics import Metrics
from deskterm.domain.desk_state import Progress
from deskterm.domain.sources import Failure, Source, SourceKind
from deskterm.errors import Offline
from deskterm.screens.base.messages import Go
from deskterm.screens.setup.app import SetupApp
from deskterm.screens.setup.form import Found
from deskterm.storage import sources
from screens.going import ticket_ids, until
from screens.looking import NOW, ShopOfOne, app_of, desk_of, sample, seen, settle
from snapshots.test_reply_pictures import setup_calls
from snapshots.walking import (
    GOOD,
    SMALL,
    WIDE,
    Walk,
    answers_stand,
    back,
    folder_of,
    furnished,
    go,
    named,
    stand_still,
)

SIZES = pytest.mark.parametrize("size", [SMALL, GOOD, WIDE], ids=named)


async def stir(pilot, shop):
    """Each thing that may go wrong or take long, with the name of its picture."""
    app = pilot.app

    def fails(source, failure, words, todo):
        with shop.db.write() as tx:
            sources.mark_failed(tx, source, failure, at=NOW - 600, words=words, todo=todo)
        app.look()

    app.post_message(Progressed(Progress("reading INBOX of shop", 412, 1233, NOW - 10)))
    yield "loading"
    app.post_message(Progressed(Progress("reading the orders of loom", 1200, 0, NOW - 30)))
    yield "loading_orders"
    app.post_message(Finished("sync"))
    fails(
        Source("shop"), Failure.OFFLINE, "imap.loom.example does not answer.", "It is asked again by itself."
    )
    yield "offline"
    loom = Source("loom", SourceKind.ORDERS)
    fails(loom, Failure.LOGIN, "The shop refuses the key.", "Make a new key, then `deskterm setup`.")
    yield "store_fails"
    app.post_message(Go("standing"))
    await pilot.pause()
    yield "standing_of_failures"
    await back(pilot)
    app.post_message(Finished("sync", error=Offline("smtp.loom.example does not answer.", safe="The reply waits in the outbox."), asked=True))  # fmt: skip
    yield "error"
    app.work.facts.alarms["practice"] = "Practice: nothing goes out"
    app.look()
    yield "practice"


@SIZES
async def test_the_tour_and_what_goes_wrong_and_what_takes_long(request, tmp_path, size):
    shop = sample(tmp_path)
    with shop.db.write() as tx:
        for source in (Source("shop"), Source("loom", SourceKind.ORDERS)):
            sources.mark_complete(tx, source, complete_to=NOW - 120, at=NOW - 120)
    app = app_of(shop)
    app.shows_around = True
    async with app.run_test(size=size, notifications=True) as pilot:
        walk = Walk(request, folder_of(size), app)
        await until(lambda: app.has_shown)
        await settle(pilot)
        await stand_still(pilot, "")
        walk.look("tour")
        await pilot.press("escape")
        app.home.tell("")
        async for name in stir(pilot, shop):
            await settle(pilot)
            walk.look(name)
        walk.end()
    shop.db.close()


WITHOUT_A_NET = [  # what is offered while nothing answers: all that was read, and what waits
    ("review", ("go:review",), "Unconfirmed"),
    ("outbox", ("go:outbox",), ""),
    ("search", ("slash", *"order"), "hits in"),
    ("radar", ("go:radar",), ""),
    ("week", ("go:metrics",), ""),
]


async def test_every_screen_while_nothing_answers(request, tmp_path):
    shop = furnished(tmp_path)
    shop.desk.replies.take(ticket_ids(shop)[0], ADDRESS.id, None, NOW)
    with shop.db.write() as tx:
        for source in (Source("shop"), Source("loom", SourceKind.ORDERS)):
            sources.mark_complete(tx, source, complete_to=NOW - 7200, at=NOW - 7200)
            words = f"{source.account}.example does not answer."
            sources.mark_failed(
                tx, source, Failure.OFFLINE, at=NOW - 600, words=words, todo="It is asked again."
            )
    app = app_of(shop)
    async with app.run_test(size=SMALL) as pilot:
        walk = Walk(request, folder_of(SMALL), app)
        await answers_stand(pilot)
        for name, keys, words in WITHOUT_A_NET:
            await go(pilot, keys)
            await stand_still(pilot, words)
            walk.look(f"offline_{name}")
            await back(pilot)
        walk.end()
    shop.db.close()


READ_FOR_LONG = (
    ("radar", "Searching the orders"),
    ("incidents", "Searching the orders"),
    ("similar", "Looking for similar"),
    ("questions", "Reading a year"),
    ("metrics", "1,800 of 2,400"),
)
EMPTY = [  # of a desk with nothing in it
    ("nothing", (), ""),
    *((f"nothing_in_{place}", (f"go:{place}",), "") for place in (
        "waiting", "promised", "trash", "outbox", "metrics", "radar", "incidents", "rules", "self-review", "stock", "standing",
    )),
    ("nothing_in_questions", ("go:questions",), "No question"),
    ("nothing_in_habits", ("go:habits",), "No answers left"),
    ("nothing_in_search", ("slash", *"order"), ""),
    ("nothing_in_palette", ("colon", *"zzz"), ""),
]  # fmt: skip


@SIZES
async def test_a_desk_with_nothing_in_it(request, tmp_path, size):
    shop = ShopOfOne(desk_of(tmp_path))
    app = app_of(shop)
    async with app.run_test(size=size) as pilot:
        walk = Walk(request, folder_of(size), app)
        await settle(pilot)
        for name, keys, words in EMPTY:
            await go(pilot, keys)
            await stand_still(pilot, words)
            walk.look(name)
            await back(pilot)
        walk.end()
    shop.db.close()


@SIZES
async def test_what_is_read_for_long_says_so_meanwhile(request, tmp_path, size, monkeypatch):
    shop, over = sample(tmp_path), Event()

    async def reads_for_long(*_what):
        await asyncio.Event().wait()

    tickets_left = chain((2400, 1800, 600), iter(lambda: over.wait() and 0, None))
    app = app_of(shop)
    async with app.run_test(size=size) as pilot:
        walk = Walk(request, folder_of(size), app)
        await answers_stand(pilot)
        monkeypatch.setattr(Work, "read", reads_for_long)
        monkeypatch.setattr(Metrics, "update_some_samples", lambda _desk, _now: next(tickets_left))
        for place, words in READ_FOR_LONG:
            values = {"ticket_id": app.home.chosen_ids[0]} if place == "similar" else {}
            app.post_message(Go(place, **values))
            await until(lambda words=words: words in seen(app))
            await settle(pilot)
            walk.look(f"loading_{place}")
            await back(pilot)
        over.set()
        walk.end()
    shop.db.close()


@SIZES
async def test_a_second_desk_only_reads(request, tmp_path, size):
    shop = sample(tmp_path)
    reading = ShopOfOne(desk_of(tmp_path, read_only=True))
    app = app_of(reading)
    async with app.run_test(size=size, notifications=True) as pilot:
        walk = Walk(request, folder_of(size), app)
        await settle(pilot)
        await go(pilot, ("e",))
        walk.look("read_only")
        walk.end()
    reading.db.close()
    shop.db.close()


@SIZES
async def test_setup(request, size):
    box = Mailbox(host="imap.gmial.example", smtp_host="smtp.gmial.example")
    app = SetupApp(Settings(), setup_calls(Found(box, "guessed"), keyring=False))
    async with app.run_test(size=size) as pilot:
        walk = Walk(request, folder_of(size), app)
        await pilot.pause()
        await stand_still(pilot, "Enter goes")
        walk.look("setup")
        await pilot.press(*"Oak", "enter", *"me@gmial.example", "enter")
        await stand_still(pilot, "only guessed")
        walk.look("setup_guessed")
        walk.end()
