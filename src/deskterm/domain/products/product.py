"""Products as a store lists them, with their prices and stock."""

from deskterm.domain.orders.order import Money
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class ProductVariant:
    """A variant of a product, with a price and a stock of its own.

    `stock` is None if the store does not count it, `incoming` if it does not tell; `for_sale` is whether it
    can be ordered now, None if the store does not tell.
    """

    external_id: str
    sku: str
    title: str
    price: Money
    stock: int | None = None
    incoming: int | None = None
    for_sale: bool | None = None

    @property
    def in_stock(self) -> bool | None:
        """Whether it is in stock: by the count, else by `for_sale`; None if unknown."""
        return self.for_sale if self.stock is None else self.stock > 0


@dataclass(frozen=True, slots=True)
class StoreProduct:
    """One product with its variants; a product without variants has a single one without a title.

    `synced_at` is UTC seconds, `gone_at` the time when we found it deleted in the store. `id` is deskterm's
    row id, 0 before it is stored.
    """

    store: str
    external_id: str
    title: str
    variants: tuple[ProductVariant, ...]
    url: str = ""  # its page in the shop
    admin_url: str = ""
    synced_at: int = 0
    gone_at: int | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class ProductChoice:
    """One variant of a product, as tickets, letters and the back-in-stock list refer to it."""

    product: StoreProduct
    variant: ProductVariant

    @property
    def title(self) -> str:
        """`Wool throw, grey`."""
        return self.product.title + (f", {self.variant.title}" if self.variant.title else "")


def sku_key(sku: str) -> str:
    """A SKU in the form in which it is compared, regardless of case."""
    return " ".join(sku.split()).casefold()
