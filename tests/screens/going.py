"""Going to one screen of the app over a real desk, and waiting for what is under way."""

import asyncio
from contextlib import asynccontextmanager

from deskterm.domain.tickets import Listing, Status
from deskterm.screens.base import Go
from screens.looking import app_of, settle


async def until(condition):
    """Wait for something that is under way, not for a time."""
    for _ in range(1000):
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
