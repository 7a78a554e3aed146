"""A real desk over a real database, and a small shop to try it on."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count

import pytest

from counterparts.templates import fresh
from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.paths import Home
from deskterm.desk import Desk
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Address, Direction
from deskterm.domain.orders.order import Fulfilment, Money, Order, OrderLine, Payment, Shipment
from deskterm.domain.playbook import Effects, Macro, Playbook
from deskterm.domain.review.order_needs import Need
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.tickets import Status
from deskterm.storage import customers, orders, tickets
from deskterm.storage.mail import messages
from deskterm.storage.mail.new_message import new_message
from deskterm.storage.schema.migrate import open_database

NOW = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp())
DAY = 86400
JANA = Address("Jana Mertens", "jana@mertens.example")
BEN = Address("Ben Ode", "ben@ode.example")
OURS = Address("Loom & Clay", "hello@loom.example")

DAY_NAMED = "{% if asked.by_date %} You named {{ asked.by_date | date }}: I have that in mind.{% endif %}"
STATUS = Macro(
    "order-status", "Where the order stands",
    "Hello {{ customer.first_name }},\n\norder #{{ order.number }} left with {{ tracking.carrier }}, number {{ tracking.number }}."
    + DAY_NAMED,
    key="o", category="shipping", words=("where is my order",), effects=Effects(solve_after_days=7),
)  # fmt: skip
ADDRESS = Macro(
    "address-changed", "Address changed", "Hello {{ customer.first_name | default: 'there' }},\n\nI have changed the address."
    + DAY_NAMED,
    category="address", claims=("the address was changed in the store",), tags=("address",),
    effects=Effects(status=Status.SOLVED, tags=("done",)),
)  # fmt: skip
SNOOZE = Macro(
    "trace", "Trace opened", "I have opened a trace.", category="shipping", effects=Effects(snooze_days=3)
)
UNDELIVERED = Macro(
    "still-coming", "Still on its way", "Hello,\n\norder #{{ order.number }} is on its way to you.",
    needs=(Need.SHIPPED, Need.NOT_DELIVERED), claims=("the carrier's page was looked at",),
)  # fmt: skip
LATE = Sop(
    "late", "Late parcel", (Step("look", "Look it up"), Step("tell", "Tell them", "trace")), ("shipping",)
)


@dataclass
class Fixed:
    """A playbook that does not change."""

    playbook: Playbook

    def current(self) -> Playbook:
        return self.playbook


def settings() -> Settings:
    return Settings(
        shop=Shop(
            "Loom & Clay",
            (OURS.address, "shop@loom.example"),
            "Warm wishes\nAnna, Loom & Clay",
            "Europe/Berlin",
            "de_DE",
        ),
        mailboxes=(Mailbox("main", address=OURS.address),),
    )


@dataclass
class ShopOfOne:
    """A desk, and methods that put mails and orders into its database."""

    desk: Desk
    number: count = field(default_factory=lambda: count(1))

    @property
    def db(self):
        return self.desk.shop.db

    def ticket(
        self, who=JANA, *, subject="Where is my parcel?", text="Where is my order?", at=NOW - DAY, **mail
    ) -> int:
        """A new ticket with one mail of a customer."""
        with self.db.write() as tx:
            customer = customers.upsert(tx, who, at)
            made = tickets.create(tx, customer_id=customer, subject=subject, at=at)
        self.mail(made, who, text=text, at=at, subject=subject, **mail)
        return made

    def mail(
        self, ticket_id, who=JANA, *, text="And?", at=NOW, subject="Where is my parcel?", to=(OURS,), **more
    ) -> int:
        """One more mail of a customer on a ticket."""
        more.setdefault("answer_to", more.get("reply_to", (who,)))
        return self._add(
            ticket_id, direction=Direction.IN, sender=who, to=to, text=text, at=at, subject=subject,
            message_id=f"<m{next(self.number)}@mertens.example>", **more,
        )  # fmt: skip

    def answer(self, ticket_id, *, at, text="Here it is.", to=(JANA,), **more) -> int:
        """A reply of ours that went out."""
        return self._add(
            ticket_id, direction=Direction.OUT, sender=OURS, to=to, text=text, at=at, subject="Re: Where is my parcel?",
            message_id=f"<o{next(self.number)}@loom.example>", **more,
        )  # fmt: skip

    def _add(self, ticket_id, **mail) -> int:
        links = {name: mail.pop(name) for name in ("customer_id", "order_id", "due") if name in mail}
        with self.db.write() as tx:
            made = messages.add(tx, ticket_id, new_message(raw=b"Subject: x\r\n\r\nbody", **mail), **links)
            tickets.refresh(tx, [ticket_id])
            return made

    def order(self, number="1042", who=JANA, **other) -> int:
        """An order as the store would report it."""
        euro = Money(4900, "EUR")
        order = Order(
            "loom", f"x{number}", number, who.address, who.name, NOW - 5 * DAY, Payment.PAID, Fulfilment.SHIPPED, euro,
            (OrderLine("WT", "Wool throw", "grey", 1, euro),), (Shipment("DHL", "00340", "", NOW - 3 * DAY),), synced_at=NOW - 60,
        )  # fmt: skip
        with self.db.write() as tx:
            (made,) = orders.upsert_all(tx, [replace(order, **other)], NOW)
            return made

    def row(self, ticket_id) -> dict:
        """The ticket's whole row, to compare."""
        with self.db.read() as tx:
            return dict(tx.execute("SELECT * FROM ticket WHERE id = ?", (ticket_id,)).fetchone())

    def events(self, ticket_id) -> list:
        with self.db.read() as tx:
            return [
                tuple(row)
                for row in tx.execute("SELECT what, was, now FROM events WHERE ticket_id = ?", (ticket_id,))
            ]

    def sent(self, outbox_id, at=NOW + 20, state="sent") -> None:
        """What delivery does in the end."""
        from deskterm.domain.outbox_states import OutboxState
        from deskterm.storage.replies import outbox

        with self.db.write() as tx:
            outbox.mark(tx, outbox_id, OutboxState(state), "250 ok", at)


@pytest.fixture
def shop(tmp_path):
    home = Home(tmp_path)
    db = open_database(fresh(home.database))
    playbook = Playbook({one.id: one for one in (STATUS, ADDRESS, SNOOZE, UNDELIVERED)}, {LATE.id: LATE})
    yield ShopOfOne(Desk(db, settings(), home, Fixed(playbook), Formats("de_DE", "Europe/Berlin")))
    db.close()
