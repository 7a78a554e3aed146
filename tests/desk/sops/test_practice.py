"""Practice on a sealed copy: tickets are as they were, and nothing can leave it."""

import os
from dataclasses import replace
from random import Random

import pytest

from desk.conftest import DAY, NOW, Fixed
from deskterm.config.all_settings import Mailbox, Store
from deskterm.desk import Desk, playbook
from deskterm.desk.sops import practice
from deskterm.domain.tickets import Listing, Status
from deskterm.errors import NotFound
from deskterm.storage.schema.migrate import open_database


@pytest.fixture
def old(shop):
    """A solved ticket of three weeks ago with an answer, a thank-you and a note, and one that is open now."""
    ticket = shop.ticket(text="Where is my order?", at=NOW - 21 * DAY)
    shop.answer(ticket, at=NOW - 20 * DAY, text="It is at the post office.")
    shop.mail(ticket, text="Got it, thank you!", at=NOW - 19 * DAY)
    shop.desk.tickets.note((ticket), "Was at the post office.", NOW - 18 * DAY)
    shop.desk.tickets.set_status((ticket,), Status.SOLVED, NOW - 18 * DAY)
    shop.ticket(text="And now?", at=NOW - 60)
    queued = shop.ticket(text="Hello?", at=NOW - 50)
    draft = shop.desk.replies.begin(queued, NOW)
    shop.desk.replies.save(replace(draft, body="Not sent yet."), NOW)
    return ticket


def sealed_desk(shop, folder):
    context = shop.desk.shop
    chosen = practice.choose_tickets(context, 5, NOW, Random(1))
    home = practice.copy_desk(context.home, folder)
    db = open_database(home.database)
    practice.seal(db, chosen)
    settings = practice.seal_settings(context.settings, folder)
    return Desk(db, settings, home, Fixed(context.playbook.current()), context.formats), chosen


def test_the_ticket_is_as_it_was_and_what_was_really_written_is_shown_after(shop, old, tmp_path):
    before = shop.desk.inbox.page(Listing.INBOX, 0, 9)
    desk, chosen = sealed_desk(shop, tmp_path / "copy")
    assert [one.ticket_id for one in chosen] == [old]
    (row,) = desk.inbox.page(Listing.INBOX, 0, 9)
    assert row.ticket_id == old
    assert [one.text for one in desk.tickets.view(old, NOW).messages] == ["Where is my order?"]
    desk.replies.take(old, "order-status", None, NOW)
    draft = desk.replies.begin(old, NOW)
    desk.replies.save(replace(draft, body="Let me look."), NOW)
    (result,) = practice.compare(desk.shop.db, chosen)
    assert (result.question, result.answered) == ("Where is my order?", "It is at the post office.")
    assert (result.written.text, result.written.macro) == ("Let me look.", "order-status")
    desk.shop.db.close()
    assert shop.desk.inbox.page(Listing.INBOX, 0, 9) == before  # the desk itself is as it was


def test_nothing_can_leave_the_copy(shop, old, tmp_path):
    box = Mailbox("main", "imap", "a@x.example", host="imap.x.example", password_command="pass show x")
    reaching = replace(
        shop.desk.shop.settings, mailboxes=(box,), stores=(Store(name="s", kind="shopify"),),
        draft_command="llm", survey="csat", report_folder="/tmp/x",
    )  # fmt: skip
    sealed = practice.seal_settings(reaching, tmp_path)
    (own,) = sealed.mailboxes
    assert (own.kind, own.delivery, own.host, own.password_command) == ("maildir", "maildir", "", "")
    assert own.path.startswith(str(tmp_path))
    assert (sealed.stores, sealed.draft_command, sealed.survey, sealed.report_folder) == ((), "", "", "")
    desk, _ = sealed_desk(shop, tmp_path / "copy")
    with desk.shop.db.read() as tx:
        for table in ("outbox", "draft", "source"):
            assert tx.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    desk.shop.db.close()


def test_letters_of_incidents_and_of_rules_are_left_out_of_the_copy(shop, old, tmp_path):
    with shop.desk.shop.db.write() as tx:
        tx.execute(
            "INSERT INTO incident(id, title, kind, query, macro, began_at) VALUES (1, 'x', 'late', '', 'x', 1)"
        )
        (message,) = tx.execute("SELECT min(id) FROM message WHERE ticket_id = ?", (old,)).fetchone()
        tx.execute(
            "INSERT INTO outbox(id, ticket_id, state, account, sender, message_id, raw, draft, action, send_at,"
            " created_at, updated_at) VALUES (8, ?, 'queued', 'main', 'x', '<x@x>', '', '{}', 1, 1, 1, 1)",
            (old,),
        )
        tx.execute("INSERT INTO recipient(outbox_id, address) VALUES (8, 'jana@mertens.example')")
        tx.execute(
            "INSERT INTO incident_letter(outbox_id, incident_id, ticket_id, round, says) VALUES (8, 1, ?, 1, 'news')",
            (old,),
        )
        tx.execute(
            "INSERT INTO rule_letter(ticket_id, message_id, rule, kind, macro, action, asked_at)"
            " VALUES (?, ?, 'r', 'answer', 'x', 1, 1)",
            (old, message),
        )
    desk, _ = sealed_desk(shop, tmp_path / "copy")
    with desk.shop.db.read() as tx:
        for table in ("incident_letter", "rule_letter", "recipient", "outbox"):
            assert tx.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    desk.shop.db.close()


def test_a_ticket_that_is_merged_in_practice_is_compared_all_the_same(shop, old, tmp_path):
    at = shop.ticket(text="Where is the other one?", at=NOW - 15 * DAY)
    shop.answer(at, at=NOW - 14 * DAY, text="On its way.")
    shop.desk.tickets.set_status((at,), Status.SOLVED, NOW - 14 * DAY)
    desk, chosen = sealed_desk(shop, tmp_path / "copy")
    desk.merging.merge((old, at), NOW)
    draft = desk.replies.begin(old, NOW)
    desk.replies.save(replace(draft, body="Both are there."), NOW)
    results = practice.compare(desk.shop.db, chosen)
    assert [one.question for one in results] == ["Where is my order?", "Where is the other one?"]
    assert [one.written.text for one in results] == ["Both are there."] * 2
    desk.shop.db.close()


def test_the_copy_has_all_of_the_playbook(shop, old, tmp_path):
    folder = shop.desk.shop.home.config_folder
    for kind in playbook.FOLDERS:
        (folder / kind).mkdir(exist_ok=True)
        (folder / kind / "one.md").write_text("Text.")
    copied = practice.copy_desk(shop.desk.shop.home, tmp_path / "copy").config_folder
    assert {one.parent.name for one in copied.glob("*/one.md")} == {"macros", "sops", "snippets", "notes"}


def test_a_copy_that_was_left_behind_is_removed_a_day_later(tmp_path):
    left, running = tmp_path / "practice-a", tmp_path / "practice-b"
    for folder in (left, running):
        folder.mkdir()
    os.utime(left, (NOW - 2 * DAY, NOW - 2 * DAY))
    os.utime(running, (NOW - 60, NOW - 60))
    practice.remove_leftovers(tmp_path, NOW)
    assert [one.name for one in tmp_path.iterdir()] == ["practice-b"]


def test_without_an_old_answer_there_is_nothing_to_practise(shop):
    shop.ticket(at=NOW - 60)
    with pytest.raises(NotFound, match="older than a week"):
        practice.choose_tickets(shop.desk.shop, 5, NOW, Random(1))
