"""Orders as their stores say, what was done to them, and how far each source was read."""

from sqlmodel import Field, SQLModel


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
    unread: str = ""


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
    given_minor: int | None = None
    given_currency: str = ""


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
