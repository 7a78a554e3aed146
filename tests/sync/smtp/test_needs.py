"""What of the outbox needs the owner after a delivery: the same value wherever it is shown."""

from deskterm.desk.status import outbox_needs
from deskterm.domain.outbox_needs import NeedKind
from sync.smtp.test_outbox import JANA, NOW, TOM, Post, post

__all__ = ["post"]  # the fixture


def needs(post: Post, now: int = NOW) -> dict[NeedKind, int]:
    with post.db.read() as tx:
        return {one.need: one.count for one in outbox_needs(tx, now)}


def test_a_reply_that_went_out_to_all_needs_nobody(post):
    post.queue(JANA, TOM)
    post.deliver()
    assert needs(post) == {}


def test_a_recipient_refused_for_good_needs_the_owner(post, smtp_listener):
    smtp_listener.swap[TOM] = "550 no such user"
    post.queue(JANA, TOM)
    post.deliver()
    assert needs(post) == {NeedKind.NOT_TO_ALL: 1}


def test_a_due_reply_whose_password_is_refused_is_shown_to_wait_for_it(post, smtp_listener):
    smtp_listener.swap["AUTH"] = "535 5.7.8 bad credentials"
    post.queue(JANA)
    post.deliver()
    assert needs(post) == {NeedKind.BLOCKED: 1}
    smtp_listener.swap.clear()
    post.deliver(NOW + 4000)
    assert needs(post, NOW + 4000) == {}
