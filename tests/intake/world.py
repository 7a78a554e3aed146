"""A small world for intake's tests: people, mails as values, a real database, and what it holds in plain words."""

from hashlib import blake2b
from pathlib import Path

from counterparts.templates import fresh
from deskterm.domain.messages import Address, MachineKind
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.domain.playbook import Macro, Playbook
from deskterm.intake import history
from deskterm.intake.arrive import arrive_all
from deskterm.intake.classify import classify
from deskterm.intake.values import Context
from deskterm.mail.values import Mail, ReadMail, Verdict, Writer
from deskterm.storage.mail import folders
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.schema.database import Database, Tx
from deskterm.storage.schema.migrate import open_database

DAY = 86400
NOON = 1_790_000_000
SHOP = Address("Ridge & Pine", "help@ridge.example")
JANA = Address("Jana Mertens", "jana@mertens.example")
OMAR = Address("Omar Diaz", "omar@diaz.example")
MIRA = Address("", "Mira@Sato.example")
CONTEXT = Context(
    frozenset({SHOP.key}),
    NOON,
    Playbook(macros={"late": Macro("late", "Late", "", category="shipping", words=("where is", "parcel"))}),
)


def mail(
    name: str, sender: Address = JANA, to: tuple[Address, ...] = (SHOP,), *, subject: str = "Mug", text: str = "Hello.",
    parents: tuple[str, ...] = (), cc: tuple[Address, ...] = (), bcc: tuple[Address, ...] = (), kind: MachineKind = MachineKind.HUMAN,
    about: tuple[str, ...] = (), date: int | None = None, writer: Writer | None = None, answers: str = "",
    delivered_to: tuple[str, ...] = (), list_id: str = "", received: int | None = None,
) -> ReadMail:  # fmt: skip
    """A mail with the Message-ID `<name@test>`; `parents`, `answers` (In-Reply-To) and `about` are such names too."""
    parents = tuple(dict.fromkeys((answers, *parents))) if answers else parents
    ids = [f"<{one}@test>" for one in (name, *parents)]
    told = repr((name, sender, to, cc, subject, text)).encode()
    return ReadMail(
        Mail(
            message_id=ids[0] if name else "",
            in_reply_to=(f"<{answers}@test>",) if answers else (),
            references=tuple(ids[1:]),
            sender=sender,
            reply_to=(),
            to=to,
            cc=cc,
            bcc=bcc,
            subject=subject,
            date=date,
            received=received,
            plain=text,
            html="",
            attachments=(),
            named={},
            fingerprint=blake2b(told, digest_size=16).digest(),
        ),
        text=text,
        folds=(),
        links=(),
        verdict=Verdict(kind, about=tuple(f"<{one}@test>" for one in about)),
        writer=writer or Writer(sender, answer_to=(sender,)),
        size=len(text),
        delivered_to=delivered_to,
        list_id=list_id,
    )


def order(
    number: str, email: str, *, store: str = "shop", fulfilment: Fulfilment = Fulfilment.UNFULFILLED
) -> Order:
    return Order(
        store,
        f"{store}-{number}",
        number,
        email,
        "",
        NOON - 5 * DAY,
        Payment.PAID,
        fulfilment,
        Money(1900, "EUR"),
    )


class World:
    """One database, and mail coming in."""

    def __init__(self, path: Path) -> None:
        if not (path / "desk.db").exists():
            fresh(path / "desk.db")
        self.db: Database = open_database(path / "desk.db")
        with self.db.write() as tx:
            self.boxes = {role: folders.cursor(tx, "main", role, role).id for role in ("inbox", "sent")}
        self.uid = 0

    def arrived(self, one: ReadMail, at: int) -> tuple[ReadMail, bytes, MailPlace, int]:
        """The mail as found in the folder where it belongs, sent by us or not."""
        self.uid += 1
        role = "sent" if one.mail.sender == SHOP else "inbox"
        dated = one if one.mail.sender != SHOP else _dated(one, at)
        return (
            dated,
            b"From: " + one.mail.message_id.encode(),
            MailPlace(self.boxes[role], self.uid, role=role),
            at,
        )

    def come(self, *mails: tuple[ReadMail, int], context: Context = CONTEXT) -> list[int]:
        """Mails arrive in one transaction, each at its time; gives their tickets."""
        with self.db.write() as tx:
            arrived = [classify(*self.arrived(*one), context) for one in mails]
            return [one.ticket_id for one in arrive_all(tx, arrived, context)]

    def infer(self, now: int = NOON, work_from: int | None = None) -> None:
        """Write the history of a first sync."""
        left = 1
        while left:
            with self.db.write() as tx:
                left = history.infer(tx, now, work_from, playbook=CONTEXT.playbook)

    def read(self) -> "Picture":
        with self.db.read() as tx:
            return picture(tx)


Picture = dict[frozenset[str], tuple[object, ...]]


def picture(tx: Tx) -> Picture:
    """All tickets by the Message-IDs of their mails, with what is known of each; no row ids."""
    rows = tx.execute(
        "SELECT t.*, (SELECT number FROM shop_order WHERE id = t.order_id) AS number,"
        " (SELECT key FROM address WHERE customer_id = t.customer_id) AS customer FROM ticket t"
        " WHERE joined_into IS NULL"
    ).fetchall()
    names = (
        "subject", "customer", "status", "view", "category", "category_by", "channel", "created_at", "last_at",
        "unanswered_since", "due", "solved_at", "inferred", "number", "cues", "messages", "rank", "since",
    )  # fmt: skip
    return {_mails(tx, row["id"]): tuple(row[name] for name in names) for row in rows}


def told(tx: Tx) -> dict[frozenset[str], list[tuple[object, ...]]]:
    """The events of each ticket in order, with Message-IDs for message rows."""
    ids = {row[0]: row[1] for row in tx.execute("SELECT id, message_id FROM message")}
    found: dict[frozenset[str], list[tuple[object, ...]]] = {}
    for row in tx.execute("SELECT * FROM events ORDER BY ticket_id, id").fetchall():
        now = ids.get(int(row["now"]), "?") if row["what"] in ("message in", "reply") else row["now"]
        found.setdefault(_mails(tx, row["ticket_id"]), []).append(
            (row["at"], row["by"], row["what"], row["was"], now)
        )
    return found


def _mails(tx: Tx, ticket: int) -> frozenset[str]:
    rows = tx.execute("SELECT message_id, hex(fingerprint) FROM message WHERE ticket_id = ?", (ticket,))
    return frozenset(row[0] or row[1] for row in rows)


def _dated(one: ReadMail, at: int) -> ReadMail:
    from dataclasses import replace

    return replace(one, mail=replace(one.mail, date=at))
