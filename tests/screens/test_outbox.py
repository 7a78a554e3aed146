"""The outbox in a pilot: what waits, until when, and what can be done about it."""

import pytest

from desk.conftest import STATUS
from deskterm.desk.reply.sending import When
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import Level
from deskterm.domain.sources import Failure, Source, SourcePart
from deskterm.screens.outbox import OutboxScreen
from deskterm.storage import sources
from deskterm.storage.replies import outbox
from screens.going import first, gone_to, queued, status
from screens.looking import NOW, Clock, seen, settle

SMALL = (80, 24)
DAY = 86400


def planned(shop, at=NOW + 3 * DAY, *, unless_answered=True):
    """A reply that goes in three days."""
    ticket = first(shop)
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    review = shop.desk.replies.review(ticket, NOW)
    shop.desk.replies.send(ticket, review, NOW, Level.AMBER, When(at, unless_answered))
    return ticket


def put_off(shop, words, ending):
    """A queued reply whose first try ended so."""
    queued(shop)
    (row,) = shop.desk.outbox.rows()
    with shop.db.write() as tx:
        tx.execute("UPDATE outbox SET send_at = ? WHERE id = ?", (NOW - 60, row.id))
        outbox.claim(tx, row.id, "test", NOW - 60)
        outbox.later(tx, row.id, NOW + 600, words, NOW - 60, ending=ending)


def state(shop):
    (row,) = shop.desk.outbox.rows()
    return row.state


# the outbox


async def test_a_reply_on_its_way_is_shown_with_its_state_and_history(shop):
    queued(shop)
    async with gone_to(shop, OutboxScreen, "outbox", SMALL) as (pilot, _):
        picture = seen(pilot.app)
        assert "sends in 15 s" in picture
        assert "to Jana Mertens <jana@mertens.example>" in picture
        assert "b bring back" in picture
        assert "it was sent" not in picture


async def test_the_seconds_until_it_is_sent_are_counted_down(shop):
    queued(shop)
    clock = Clock()
    async with gone_to(shop, OutboxScreen, "outbox", clock=clock) as (pilot, _):
        clock.at = NOW + 5
        pilot.app.look()
        await settle(pilot)
        assert "sends in 10 s" in seen(pilot.app).splitlines()[2]


async def test_a_queued_reply_is_brought_back_as_a_draft(shop):
    ticket = queued(shop)
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        await pilot.press("b")
        await settle(pilot)
        picture = seen(pilot.app)
        assert "a draft again" in picture
        assert "discarded" not in picture
    assert shop.desk.tickets.view(ticket, NOW).draft is not None
    assert status(shop, ticket) == "open"


async def test_what_is_not_allowed_is_neither_offered_nor_done(shop):
    queued(shop)
    shop.sent(shop.desk.outbox.rows()[0].id)
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        assert "bring back" not in seen(pilot.app)
        for key in "brds":
            await pilot.press(key)
            await settle(pilot)
        assert state(shop) is OutboxState.SENT
        assert "does not work on a reply" in seen(pilot.app)


async def test_a_reply_that_may_have_been_sent_is_decided_by_the_owner(shop):
    queued(shop)
    shop.sent(shop.desk.outbox.rows()[0].id, state="may have been sent")
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        *_, keys = seen(pilot.app).splitlines()
        for key in ("b bring back", "r try again", "d discard", "s it was sent"):
            assert key in keys
        await pilot.press("s")
        await settle(pilot)
    assert state(shop) is OutboxState.SENT


async def test_an_empty_outbox_says_so(shop):
    async with gone_to(shop, OutboxScreen, "outbox", SMALL) as (pilot, _):
        said, rest = [
            text for text in seen(pilot.app).splitlines() if "Nothing is" in text or "afterw" in text
        ]
        assert len(said) - len(said.lstrip()) == len(rest) - len(rest.lstrip())
        await pilot.press("j", "b", "enter")
        await settle(pilot)


async def test_z_brings_back_what_the_cursor_is_on_while_it_waits(shop):
    ticket = queued(shop)
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        await pilot.press("z")
        await settle(pilot)
    assert shop.desk.tickets.view(ticket, NOW).draft is not None


async def test_z_on_a_reply_that_no_longer_waits_undoes_the_last_change_after_asking(shop):
    queued(shop)
    shop.sent(shop.desk.outbox.rows()[0].id, state="discarded")
    shop.desk.tickets.solve((first(shop),), NOW)
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        await pilot.press("z")
        await settle(pilot)
        assert "z again takes back" in seen(pilot.app)


# later


@pytest.mark.parametrize("size", [SMALL, (120, 36)])
async def test_a_planned_reply_says_when_it_goes_and_what_it_needs_for_that(
    shop, size, monkeypatch, tmp_path
):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    planned(shop)
    async with gone_to(shop, OutboxScreen, "outbox", size) as (pilot, _):
        picture = seen(pilot.app)
        assert "planned" in picture
        assert "goes Mon 24 Nov 10:43 unless answered" in picture
        assert "deskterm must be open then, or run `deskterm timer on` in a terminal." in picture
        assert "sent later" in picture
        assert "try again" not in picture


async def test_with_the_timer_on_nothing_more_is_needed(shop, monkeypatch, tmp_path):
    from deskterm.config.timer import timer

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    wants = tmp_path / "systemd" / "user" / "timers.target.wants"
    wants.mkdir(parents=True)
    (wants / f"{timer(shop.desk.shop.home).name}.timer").symlink_to("/dev/null")
    planned(shop, unless_answered=False)
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        picture = seen(pilot.app)
        assert "goes Mon 24 Nov 10:43, answered or not" in picture
        assert "must be open" not in picture


async def test_what_is_due_waits_for_the_mail_and_says_so(shop):
    planned(shop, NOW + 60)
    with shop.db.write() as tx:
        sources.mark_complete(tx, Source("main"), complete_to=NOW, at=NOW)
    async with gone_to(shop, OutboxScreen, "outbox", clock=Clock(NOW + 90)) as (pilot, _):
        assert "first the mail is read" in seen(pilot.app)


async def test_the_next_try_and_what_hastens_it_are_shown(shop):
    put_off(shop, "451 4.7.1 Greylisted", Ending.PUT_OFF)
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        assert "next try today 10:53; r tries now" in seen(pilot.app)
        await pilot.press("r")
        await settle(pilot)
    assert shop.desk.outbox.rows()[0].send_at == NOW


async def test_after_a_broken_connection_a_sync_tries_at_once(shop):
    put_off(shop, "The connection was lost before it was sent (SMTPServerDisconnected).", Ending.LINE_LOST)
    async with gone_to(shop, OutboxScreen, "outbox") as (pilot, _):
        assert "next try today 10:53; R tries now" in seen(pilot.app)


async def test_why_sending_fails_is_shown_beside_what_waits_for_it(shop):
    queued(shop)
    with shop.db.write() as tx:
        told = {"words": "The server refused the password.", "todo": "Run `deskterm setup`."}
        sources.mark_failed(tx, Source("main", part=SourcePart.SENDING), Failure.LOGIN, at=NOW, **told)
    async with gone_to(shop, OutboxScreen, "outbox", clock=Clock(NOW + 90)) as (pilot, _):
        assert "waits: The server refused the password. Run `deskterm setup`." in seen(pilot.app)


async def test_each_of_several_recipients_is_named_and_a_partial_send_is_not_green(shop):
    queued(shop)
    (row,) = shop.desk.outbox.rows()
    with shop.db.write() as tx:
        tx.execute("INSERT INTO recipient VALUES (?, 'tom@iversen.example', '', '')", (row.id,))
        outbox.note_answer(tx, row.id, row.recipients[0].address, Outcome.ACCEPTED, "250 ok")
        outbox.note_answer(tx, row.id, "tom@iversen.example", Outcome.REFUSED, "550 no such user")
    shop.sent(row.id)
    async with gone_to(shop, OutboxScreen, "outbox", SMALL) as (pilot, _):
        picture = seen(pilot.app)
        assert "▲ sent, not to all" in picture
        assert f"{row.recipients[0].address} received it" in picture
        assert "tom@iversen.example was refused: 550 no such user" in picture
        assert "r try again" in picture
