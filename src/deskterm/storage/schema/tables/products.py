"""What the stores sell, and who waits for it."""

from sqlmodel import Field, SQLModel


class ProductTable(SQLModel, table=True):
    """A product as its store says."""

    __tablename__ = "product"

    id: int | None = Field(default=None, primary_key=True)
    store: str
    external_id: str
    title: str
    url: str = ""
    admin_url: str = ""
    synced_at: int
    gone_at: int | None = None


class ProductVariantTable(SQLModel, table=True):
    """What of a product has a price and a stock."""

    __tablename__ = "product_variant"

    product_id: int = Field(foreign_key="product.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    external_id: str
    sku: str
    sku_key: str
    title: str
    price_minor: int
    currency: str
    stock: int | None = None
    incoming: int | None = None
    for_sale: int | None = None


class ProductWordTable(SQLModel, table=True):
    """A word of a product's title."""

    __tablename__ = "product_word"

    word: str = Field(primary_key=True)
    product_id: int = Field(foreign_key="product.id", ondelete="CASCADE", primary_key=True)


class StockWaitTable(SQLModel, table=True):
    """A customer who is to hear when something is in stock again."""

    __tablename__ = "stock_wait"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    home_id: int = Field(foreign_key="ticket.id")
    message_id: str = ""
    store: str
    product_id: str
    variant_id: str
    sku: str
    title: str
    asked_at: int
    back_at: int | None = None
    told_at: int | None = None
    told_in: str = ""
    dropped: int = 0


class OrderReturnTable(SQLModel, table=True):
    """A return of an order, as its store says."""

    __tablename__ = "order_return"

    order_id: int = Field(foreign_key="shop_order.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True)
    external_id: str
    name: str
    state: str
    pieces: int
    opened_at: int
    label_at: int | None = None
    back_at: int | None = None
    money_at: int | None = None
    closed_at: int | None = None


class NotedReturnTable(SQLModel, table=True):
    """A return as the owner notes it."""

    __tablename__ = "noted_return"

    order_id: int = Field(foreign_key="shop_order.id", ondelete="CASCADE", primary_key=True)
    opened_at: int = Field(primary_key=True)
    label_at: int | None = None
    back_at: int | None = None
    money_at: int | None = None
    closed_at: int | None = None
