"""Mail that no customer wrote: newsletters, notices, payouts, a bounce, an out-of-office reply."""

from collections.abc import Sequence
from dataclasses import replace
from email.utils import format_datetime

from deskterm.demo import shop, texts
from deskterm.demo.clock import DAY, at_hour, local
from deskterm.demo.letters import Letter, answering, from_shop, lineage
from deskterm.domain.liquid.facts import items
from deskterm.domain.orders.order import Order

_US = (shop.NAME, shop.ADDRESS)
_NOTICES = 18  # notices, for the newest orders
_NEWSLETTERS = (
    (
        "Wool & Weave",
        "news@woolandweave.example",
        "This season's yarns are in",
        "Undyed, and in twelve new colours.",
    ),
    (
        "Karton & Co",
        "news@karton.example",
        "Boxes for the busy weeks",
        "Order before the 30th and save on pallets.",
    ),
    (
        "Craft Traders",
        "weekly@crafttraders.example",
        "Five makers, five workshops",
        "This week we visit a potter.",
    ),
)


def machines(now: int, orders: Sequence[Order], letters: Sequence[Letter]) -> list[Letter]:
    """All of it. `letters` are the conversations: one of our replies bounces, another meets an absence."""
    return [
        *_newsletters(now),
        *_payouts(now),
        *_order_notices(now, orders),
        *_bounce(now, letters),
        *_vacation(now, letters),
        *_offers(now),
    ]


def _newsletters(now: int) -> list[Letter]:
    found = []
    for week in range(10):
        name, address, subject, text = _NEWSLETTERS[week % len(_NEWSLETTERS)]
        host = address.partition("@")[2]
        headers = (
            ("List-Id", f"{name} <news.{host}>"),
            ("List-Unsubscribe", f"<https://{host}/leave>"),
            ("Precedence", "bulk"),
        )
        at = at_hour(now - (week * 7 + 2) * DAY, 6.5)
        key = f"news-{week}"
        body = f"{text}\n\nRead on: https://{host}/{week}\n\nYou get this mail because you subscribed."
        found.append(Letter(at, key, name, address, _US, subject, body, style="gmail", headers=headers))
    return found


def _payouts(now: int) -> list[Letter]:
    """The payment service's mail, every Monday or so."""
    headers = (("Auto-Submitted", "auto-generated"),)
    return [
        Letter(
            at_hour(now - (week * 7 + 3) * DAY, 5.2),
            f"payout-{week}",
            "Kasse Payments",
            "noreply@kasse.example",
            _US,
            "Your payout is on its way",
            f"A payout of €{418 + 37 * week % 260}.{(week * 17) % 100:02} is on its way to your account.",
            headers=headers,
        )
        for week in range(6)
    ]


def _order_notices(now: int, orders: Sequence[Order]) -> list[Letter]:
    """The shop system's notices of new orders, with the buyer in Reply-To; they make no tickets."""
    return [
        Letter(
            order.placed_at + 40,
            f"order-{order.number}",
            shop.NAME,
            shop.ROBOT,
            _US,
            f"[Oak & Wool]: New order #{order.number}",
            f"You’ve received the following order from {order.customer_name}:\n\n[Order #{order.number}]\n"
            f"{items(order.lines)}\n\nTotal: €{order.total.minor / 100:.2f}\n\nCongratulations on the sale.",
            headers=(
                ("Reply-To", order.email),
                ("Auto-Submitted", "auto-generated"),
                ("X-Mailer", "WooCommerce"),
            ),
        )
        for order in orders[-_NOTICES:]
        if order.placed_at + 40 < now
    ]


def _bounce(now: int, letters: Sequence[Letter]) -> list[Letter]:
    """A reply to a mistyped address, and its bounce (RFC 3464)."""
    before = at_hour(now - 4 * DAY, 0)  # the same letter for the whole day
    to = max((one for one in letters if not one.ours and one.at < before), key=lambda one: one.at)
    typo = to.address.replace(".example", ".invalid.example")
    key = f"{to.key.rpartition('.')[0]}.copy"
    words = "Hello,\n\nhere is the copy you asked for."
    reply = from_shop(to, at_hour(now - 3 * DAY, 11.3), key, words, address=typo)
    at = reply.at + 95
    raw = texts.template("bounce").format(
        date=format_datetime(local(at)),
        sent=format_datetime(local(reply.at)),
        recipient=typo,
        message_id=reply.message_id,
    )
    daemon = ("Mail Delivery System", "MAILER-DAEMON@mail.oakandwool.example")
    return [reply, Letter(at, "bounce-1", *daemon, _US, "Undelivered Mail Returned to Sender", "", raw=raw)]


def _vacation(now: int, letters: Sequence[Letter]) -> list[Letter]:
    """A customer's out-of-office, in answer to one of our replies."""
    ours = max((one for one in letters if one.ours and one.at < now - 2 * DAY), key=lambda one: one.at)
    name, address = ours.to
    text = "Thank you for your mail. I am away until Monday and will answer when I am back."
    letter = Letter(
        ours.at + 20, f"{ours.key}.away", name, address, _US, "Out of office: " + ours.subject, text
    )
    headers = (("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All"))
    return [replace(letter, headers=headers, parents=lineage(ours))]


def _offers(now: int) -> list[Letter]:
    """Two offers nobody asked for, old enough to be ignored."""
    sender = ("Kevin from RankRocket", "kevin@rankrocket.example")
    text = "Dear Sir or Madam,\n\nwe bring your shop to page one in 30 days. When may I call?\n\nKevin"
    first = Letter(at_hour(now - 44 * DAY, 3.1), "seo-1", *sender, _US, "Your page one ranking", text)
    text = "Just floating this to the top of your inbox.\n\nKevin"
    second = replace(first, at=first.at + 4 * DAY, key="seo-2", text=text, parents=lineage(first))
    return [first, replace(second, subject=answering(first.subject))]
