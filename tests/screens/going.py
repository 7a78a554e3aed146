"""Going to one screen of the app over a real desk, and waiting for what is under way."""

import asyncio
from contextlib import asynccontextmanager

from desk.conftest import DAY, STATUS
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Listing, Status
from deskterm.screens.base.messages import Go
from screens.looking import JANA, NOW, TOM, app_of, settle


async def until(condition):
    """Wait for a condition, not for a time."""
    for _ in range(6000):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it did not come")


def ticket_ids(shop):
    """The tickets of the inbox in its order."""
    return [row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 50)]


def first(shop):
    """The ticket on top of the inbox: Jana's, about order 1042."""
    return ticket_ids(shop)[0]


def status(shop, ticket_id):
    """The status that is stored."""
    return Status(shop.row(ticket_id)["status"])


def queued(shop):
    """A reply to the first ticket, in the outbox; its ticket."""
    ticket = first(shop)
    replies = shop.desk.replies
    replies.take(ticket, STATUS.id, None, NOW)
    replies.send(ticket, replies.review(ticket, NOW), NOW, Level.AMBER)
    return ticket


def week_of_work(shop):
    """Three answered and solved tickets this week, two the week before."""
    for n, days in enumerate((1, 2, 3, 8, 9)):
        made = shop.ticket(JANA if n % 2 else TOM, subject=f"Matter {n}", at=NOW - days * DAY)
        shop.desk.tickets.categorise((made,), "shipping", None, NOW - days * DAY + 60)
        shop.answer(made, at=NOW - days * DAY + 3600 * (n + 1))
        shop.desk.tickets.solve((made,), NOW - days * DAY + 3600 * (n + 2))


@asynccontextmanager
async def gone_to(shop, kind, place, size=(120, 36), values=None, **app):
    """The app with the screen of a place in front: pilot and screen."""
    made = app_of(shop, **app)
    async with made.run_test(size=size, notifications=True) as pilot:
        await settle(pilot)
        made.post_message(Go(place, **(values or {})))
        await until(lambda: isinstance(made.screen, kind))
        await settle(pilot)
        yield pilot, made.screen
