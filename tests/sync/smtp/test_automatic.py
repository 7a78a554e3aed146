"""A letter that nobody pressed a key for goes at once or not at all; and a delivery that ends in the middle."""

from threading import Event

import pytest

from counterparts.dovecot import USER
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.storage import tickets
from deskterm.storage.replies import outbox
from deskterm.sync.smtp.outbox import deliver
from sync.smtp.test_outbox import JANA, NOW, Post, post

__all__ = ["post"]  # the fixture
DAY = 86400


def queue_automatic(post: Post) -> int:
    raw = f"From: {USER}\r\nTo: {JANA}\r\nMessage-ID: <a@kiln.example>\r\n\r\nWe have your mail.\r\n"
    draft = Draft(post.ticket, "We have your mail.", "Re: Where?", USER, (Address("", JANA),))
    with post.db.write() as tx:
        return outbox.enqueue(
            tx, draft, account="shop", sender=USER, message_id="<a@kiln.example>", raw=raw.encode(),
            recipients=(JANA,), action=1, send_at=NOW, at=NOW, automatic="receipt",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "goes"), [(NOW, 1), (NOW + DAY, 1), (NOW + DAY + 1, 0), (NOW + 900 * DAY, 0)]
)
def test_it_goes_within_a_day_of_being_written_or_never(post, smtp_listener, now, goes):
    row = queue_automatic(post)
    assert post.deliver(now).sent == goes
    assert len(smtp_listener.accepted) == goes
    assert (post.row(row).state is OutboxState.SENT) is bool(goes)
    assert post.deliver(now + 60).sent == 0


@pytest.mark.parametrize("changed", [{"view": "trash"}, {"view": "not customers"}, {"status": "spam"}])
def test_a_customer_whose_ticket_was_put_out_of_the_way_gets_none(post, smtp_listener, changed):
    row = queue_automatic(post)
    with post.db.write() as tx:
        tickets.change(tx, post.ticket, **changed)
    assert post.deliver().sent == 0
    assert (smtp_listener.accepted, post.row(row).state) == ([], OutboxState.DISCARDED)


def test_asked_to_end_it_sends_no_more_and_the_rest_was_not_tried(post, smtp_listener):
    first, second = post.queue(number=1), post.queue(number=2)
    stop = Event()
    smtp_listener.then = stop.set
    settings = Settings(mailboxes=(post.mailbox,))
    done = deliver(settings, post.home, post.db, Secrets(post.home), now=NOW, stop=stop)
    assert (done.sent, len(smtp_listener.accepted)) == (1, 1)
    assert (post.row(first).state, post.row(second).attempts) == (OutboxState.SENT, 0)


def test_after_a_lost_connection_the_rest_was_not_tried_and_goes_the_next_time(post, smtp_listener):
    smtp_listener.swap["DATA"] = "cut"
    first, second = post.queue(number=1), post.queue(number=2)
    post.deliver()
    smtp_listener.swap.clear()
    assert (post.row(first).state, post.row(second).attempts) == (OutboxState.UNCERTAIN, 0)
    assert post.deliver(NOW + 60).sent == 1
    assert [one.state for one in (post.row(first), post.row(second))] == [
        OutboxState.UNCERTAIN,
        OutboxState.SENT,
    ]
