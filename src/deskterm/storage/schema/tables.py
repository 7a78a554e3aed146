"""The schema as SQLModel classes, for the owner's own scripts; deskterm itself never imports them.

Migrations alone create the tables, and a test compares the two.
"""

from sqlmodel import Field, SQLModel


class CustomerTable(SQLModel, table=True):
    """Who writes to us."""

    __tablename__ = "customer"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    first_seen_at: int


class AddressTable(SQLModel, table=True):
    """An address of a customer; `key` is how it is compared."""

    __tablename__ = "address"

    key: str = Field(primary_key=True)
    address: str
    customer_id: int = Field(foreign_key="customer.id")
    mailbox_key: str = ""


class AliasTable(SQLModel, table=True):
    """An address at which mail arrives here and that the settings do not name."""

    __tablename__ = "alias"

    key: str = Field(primary_key=True)
    mails: int
    first_at: int
    last_at: int


class SenderRuleTable(SQLModel, table=True):
    """What the owner said of a sender: always a customer, or never."""

    __tablename__ = "sender_rule"

    key: str = Field(primary_key=True)
    verdict: str
    at: int


class TicketTable(SQLModel, table=True):
    """A customer matter, with its place in the inbox."""

    __tablename__ = "ticket"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    subject: str
    status: str
    view: str
    category: str = ""
    category_by: str = ""
    channel: str = "mail"
    created_at: int
    last_at: int
    unanswered_since: int | None = None
    due: str = ""
    snoozed_until: int | None = None
    woken_at: int | None = None
    solve_at: int | None = None
    solved_at: int | None = None
    inferred: int = 0
    order_id: int | None = Field(default=None, foreign_key="shop_order.id")
    order_by: str = ""
    tags: str = "[]"
    cues: str = "[]"
    messages: int = 0
    joined_into: int | None = Field(default=None, foreign_key="ticket.id")
    history: int = 0
    rank: int = 2
    since: int = 0
    lead_rank: int = 2
    lead_since: int = 0
    siblings: int = 1
    beside: int | None = Field(default=None, foreign_key="ticket.id")
    nudge: str = ""
    promised_at: int | None = None
    remind_at: int | None = None
    priority: int = 0


class ApartTable(SQLModel, table=True):
    """Two tickets that no mail joins again."""

    __tablename__ = "apart"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    other_id: int = Field(foreign_key="ticket.id", primary_key=True)


class PromiseTable(SQLModel, table=True):
    """A date that was given to a customer."""

    __tablename__ = "promise"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    home_id: int = Field(foreign_key="ticket.id")
    message_id: str = ""
    words: str
    made_at: int
    due_at: int
    remind_at: int
    sent_at: int | None = None
    reminded: int = 0
    dropped: int = 0


class ContactTable(SQLModel, table=True):
    """A supplier or a carrier that was written to."""

    __tablename__ = "contact"

    key: str = Field(primary_key=True)
    name: str
    address: str
    used_at: int


class MessageTable(SQLModel, table=True):
    """A mail in or out, or a note."""

    __tablename__ = "message"

    id: int | None = Field(default=None, primary_key=True)
    slot: int
    ticket_id: int = Field(foreign_key="ticket.id")
    home_id: int = Field(foreign_key="ticket.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    direction: str
    machine: str = ""
    machine_words: str = ""
    message_id: str = ""
    fingerprint: bytes
    same_key: int = 0
    sender_name: str = ""
    sender_address: str = ""
    recipients: str = ""
    subject: str = ""
    subject_key: int = 0
    answers: int = 0
    at: int
    sent_at: int | None = None
    channel: str = "mail"
    text: str
    folds: str = ""
    links: str = ""
    cues: str = ""
    numbers: str = ""
    order_id: int | None = Field(default=None, foreign_key="shop_order.id")
    due: str = ""
    macro: str = ""
    outside: int = 0
    size: int = 0
    answer_to: str = ""
    aside: int = 0
    stranger: int = 0
    list_id: str = ""


class OriginalTable(SQLModel, table=True):
    """A mail as it came, packed."""

    __tablename__ = "original"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    raw: bytes


class AttachmentTable(SQLModel, table=True):
    """A part of a mail that is not its text."""

    __tablename__ = "attachment"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    part: int = Field(primary_key=True)
    name: str
    type: str
    size: int
    inline: int = 0


class ThreadTable(SQLModel, table=True):
    """A Message-ID that a message bears or answers, hashed."""

    __tablename__ = "thread"

    mid_key: int = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id", primary_key=True)
    own: int = Field(primary_key=True)


class MailboxTable(SQLModel, table=True):
    """A folder and how far it has been read."""

    __tablename__ = "mailbox"

    id: int | None = Field(default=None, primary_key=True)
    account: str
    name: str
    role: str
    uidvalidity: int = 0
    highest_uid: int = 0
    lowest_uid: int = 0
    modseq: int = 0
    complete_to: int = 0


class PlaceTable(SQLModel, table=True):
    """Where a message stands on a server."""

    __tablename__ = "place"

    mailbox_id: int = Field(foreign_key="mailbox.id", primary_key=True)
    uid: int = Field(primary_key=True)
    name: str = Field(default="", primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="message.id")
    gone: int = 0


class ForgottenTable(SQLModel, table=True):
    """A mail of a forgotten customer."""

    __tablename__ = "forgotten"

    same_key: int | None = Field(default=None, primary_key=True)


class ShopOrderTable(SQLModel, table=True):
    """An order as its store says."""

    __tablename__ = "shop_order"

    id: int | None = Field(default=None, primary_key=True)
    store: str
    external_id: str
    number: str
    email: str
    email_key: str
    customer_name: str
    placed_at: int
    payment: str
    fulfilment: str
    total_minor: int
    currency: str
    ship_to: str = "{}"
    phone: str = ""
    discount_codes: str = "[]"
    cancelled_at: int | None = None
    note: str = ""
    synced_at: int
    forgotten: int = 0
    payment_word: str = ""
    fulfilment_word: str = ""
    phone_key: str = ""
    shop_total_minor: int | None = None
    shop_currency: str = ""
    tags: str = "[]"
    admin_url: str = ""
    customer_id: str = ""
    changed_at: int | None = None
    payment_method: str = ""
    shipping_method: str = ""
    test: int = 0
    gone_at: int | None = None


class OrderLineTable(SQLModel, table=True):
    """One line of an order."""

    __tablename__ = "order_line"

    order_id: int = Field(foreign_key="shop_order.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    sku: str
    title: str
    variant: str
    quantity: int
    price_minor: int
    currency: str
    sent: int | None = None
    external_id: str = ""
    refunded: int = 0


class ShipmentTable(SQLModel, table=True):
    """One parcel of an order."""

    __tablename__ = "shipment"

    order_id: int = Field(foreign_key="shop_order.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    carrier: str
    number: str
    url: str
    shipped_at: int | None = None
    delivered_at: int | None = None
    last_scan_at: int | None = None
    status: str
    external_id: str = ""
    source: str = "store"


class RefundTable(SQLModel, table=True):
    """Money given back on an order."""

    __tablename__ = "refund"

    order_id: int = Field(foreign_key="shop_order.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    at: int
    amount_minor: int
    currency: str
    reason: str
    external_id: str = ""


class OrderNoteTable(SQLModel, table=True):
    """A note on an order in its store."""

    __tablename__ = "order_note"

    order_id: int = Field(foreign_key="shop_order.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    at: int
    text: str
    author: str
    to_customer: int
    external_id: str


class StoreActionTable(SQLModel, table=True):
    """What the owner does to an order in its store."""

    __tablename__ = "store_action"

    key: str = Field(primary_key=True)
    store: str
    order_id: int = Field(foreign_key="shop_order.id")
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")
    ability: str
    wish: str
    state: str
    confirmed_at: int
    sent_at: int | None = None
    settled_at: int | None = None
    words: str = ""
    remote_id: str = ""
    tries: int = 0
    noted_at: int | None = None


class ReportedTrackingTable(SQLModel, table=True):
    """A parcel from a second file, by the order's number."""

    __tablename__ = "reported_tracking"

    store: str = Field(primary_key=True)
    order_number: str = Field(primary_key=True)
    number: str = Field(primary_key=True)
    carrier: str
    url: str
    shipped_at: int | None = None


class LeftOutTable(SQLModel, table=True):
    """An order that the last reading of a store could not take in."""

    __tablename__ = "left_out"

    store: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    words: str
    external_id: str = ""


class EventTable(SQLModel, table=True):
    """One change of a ticket."""

    __tablename__ = "events"

    id: int | None = Field(default=None, primary_key=True)
    action: int
    ticket_id: int = Field(foreign_key="ticket.id")
    at: int
    by: str
    what: str
    was: str
    now: str
    undoes: int = 0


class DraftTable(SQLModel, table=True):
    """A reply being written."""

    __tablename__ = "draft"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    body: str
    subject: str = ""
    recipients: str = "{}"
    sender: str = ""
    macro: str = ""
    order_id: int | None = Field(default=None, foreign_key="shop_order.id")
    claims: str = "[]"
    after_status: str = ""
    quote: int = 0
    attachments: str = "[]"
    answers: int | None = None
    created_at: int
    updated_at: int
    given: str = "{}"
    drafted: int = 0


class OutboxTable(SQLModel, table=True):
    """A reply on its way."""

    __tablename__ = "outbox"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    state: str
    account: str
    sender: str
    message_id: str
    raw: bytes
    draft: str
    action: int
    send_at: int
    attempts: int = 0
    answered: str = ""
    sent_at: int | None = None
    sent_copy: str = "wanted"
    claimed_by: str = ""
    handed: int = 0
    unless_answered: int = 0
    created_at: int
    updated_at: int
    planned_at: int | None = None
    follows: str = ""
    ending: str = ""


class RecipientTable(SQLModel, table=True):
    """One recipient of an outbox row."""

    __tablename__ = "recipient"

    outbox_id: int = Field(foreign_key="outbox.id", primary_key=True)
    address: str = Field(primary_key=True)
    outcome: str = ""
    words: str = ""


class OutboxHistoryTable(SQLModel, table=True):
    """One step of an outbox row."""

    __tablename__ = "outbox_history"

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id")
    at: int
    state: str
    words: str


class SopTickTable(SQLModel, table=True):
    """A ticked step of an SOP."""

    __tablename__ = "sop_tick"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    sop: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    at: int


class SourceTable(SQLModel, table=True):
    """What a source last reported."""

    __tablename__ = "source"

    account: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    part: str = Field(default="reading", primary_key=True)
    folder: str = Field(default="", primary_key=True)
    complete_to: int = 0
    tried_at: int = 0
    failing_since: int | None = None
    not_before: int = 0
    failure: str = ""
    words: str = ""
    todo: str = ""
    cursor: str = ""


class NoteTable(SQLModel, table=True):
    """A small fact of this desk."""

    __tablename__ = "note"

    key: str = Field(primary_key=True)
    value: str


class FigureSampleTable(SQLModel, table=True):
    """What happened to a ticket and what it measures, kept for the figures."""

    __tablename__ = "figure_sample"

    measure: str = Field(primary_key=True)
    at: int = Field(primary_key=True)
    ticket_id: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    value: float
    left_out: str = ""
    business: float | None = None
    until: int = 0
    label: str = ""


class FigureStaleTable(SQLModel, table=True):
    """A ticket whose samples are no longer right."""

    __tablename__ = "figure_stale"

    ticket_id: int | None = Field(default=None, primary_key=True)


class LessonTable(SQLModel, table=True):
    """Which question got which answer."""

    __tablename__ = "lesson"

    id: int | None = Field(default=None, primary_key=True)
    question: int = Field(foreign_key="message.id", ondelete="CASCADE", unique=True)
    label: str
    at: int
    guess: str = ""
    margin: float = 0
    outcome: str = ""


class LearnedTable(SQLModel, table=True):
    """The weights of a label, packed."""

    __tablename__ = "learned"

    label: str = Field(primary_key=True)
    weights: bytes


class OfferTable(SQLModel, table=True):
    """The answers offered for the newest mail of a ticket."""

    __tablename__ = "offer"

    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE", primary_key=True)
    question: int
    made_for: int
    macros: str
    title: str
    margin: float
    sure: int
    why: str
