"""The list shows the time left until a target, and can be sorted by it."""

from dataclasses import replace

from desk.conftest import BEN, NOW, Fixed, ShopOfOne
from deskterm.actions.work import Work
from deskterm.desk import Desk
from deskterm.domain.events import By
from deskterm.domain.messages import Address
from deskterm.domain.tickets import Listing, Priority
from deskterm.screens.row_urgency import row_words
from deskterm.storage import changes

HOUR = 3600
MIA = Address("Mia Schulz", "mia@schulz.example")


def desk_with(shop: ShopOfOne, *targets: str) -> Desk:
    context = shop.desk.shop
    settings = replace(context.settings, targets=targets)
    return Desk(context.db, settings, context.home, Fixed(context.playbook.current()), context.formats)


def badges(desk: Desk) -> dict[int, tuple[str, str]]:
    work = Work(desk, desk.shop.settings, desk.shop.formats, lambda: NOW)
    rows = desk.inbox.page(Listing.INBOX, 0, 9)
    found = {row.ticket_id: row_words(work, row) for row in rows}
    work.close()
    return {ticket: (words.target, words.target_shade) for ticket, words in found.items()}


def test_the_badge_counts_business_hours_of_the_target_in_force_when_the_mail_came(shop):
    desk = desk_with(shop, "reply 4 hours", "reply 1 hour, priority high")
    desk.metrics.reply_targets(NOW - 9 * HOUR)  # the targets were set in the morning, before the mails
    zoe = Address("Zoe", "zoe@z.example")
    late, near, far = (
        shop.ticket(who, at=NOW - ago) for who, ago in ((BEN, 3 * HOUR + 600), (MIA, 600), (zoe, 60))
    )
    with shop.db.write() as tx:
        changes.change(tx, near, NOW - 500, By.OWNER, priority=int(Priority.HIGH))  # after the mail came
        changes.change(tx, far, NOW - 30, By.RULE, priority=int(Priority.HIGH))  # when it was fetched
    desk.inbox.read_targets(NOW)
    assert badges(desk)[far] == ("answer in 59m", "amber")
    assert badges(desk)[late] == ("answer in 50m", "amber")
    assert badges(desk)[near] == ("answer in 3h 50m", "soft")  # a later priority rewrites no target
    shop.answer(late, at=NOW - 30, to=(BEN,))
    desk.inbox.read_targets(NOW)
    assert badges(desk)[late] == ("", "soft")


def test_what_is_due_comes_first_and_what_is_not_stays_in_its_order(shop):
    desk = desk_with(shop, "reply 2 hours, category return")
    desk.metrics.reply_targets(NOW - 9 * HOUR)
    oldest, second, missed, near = (
        shop.ticket(Address("", f"{name}@x.example"), at=NOW - ago)
        for name, ago in (("a", 8 * HOUR), ("b", 7 * HOUR), ("c", 3 * HOUR), ("d", HOUR))
    )
    for ticket in (missed, near):
        desk.tickets.categorise((ticket,), "return", None, NOW - 8 * HOUR)
    assert desk.inbox.by_due(Listing.INBOX, NOW) == [oldest, second, missed, near]
    desk.inbox.read_targets(NOW)
    assert desk.inbox.by_due(Listing.INBOX, NOW) == [missed, near, oldest, second]
    assert badges(desk)[missed] == ("1h late", "red")


def test_without_targets_nothing_is_said(shop):
    ticket = shop.ticket()
    desk = desk_with(shop)
    desk.inbox.read_targets(NOW)
    assert badges(desk) == {ticket: ("", "soft")}
