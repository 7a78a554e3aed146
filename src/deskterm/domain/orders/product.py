"""Products as the store says: what can be bought, and how much of it is there."""

from dataclasses import dataclass

from deskterm.domain.orders.order import Money


@dataclass(frozen=True, slots=True)
class ProductVariant:
    """What has a price and a stock of its own. The stock is None where the store does not count it."""

    external_id: str
    sku: str
    title: str
    price: Money
    stock: int | None = None
    incoming: int | None = None


@dataclass(frozen=True, slots=True)
class StoreProduct:
    """One product with its variants; one without any has a single variant without a title."""

    store: str
    external_id: str
    title: str
    variants: tuple[ProductVariant, ...]
    url: str = ""  # its page in the shop
    admin_url: str = ""
