"""Products as the store says: what can be bought, and how much of it is there."""

from deskterm.domain.orders.order import Money
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class ProductVariant:
    """What has a price and a stock of its own.

    `stock` is None where the store does not count it, `incoming` where it does not say; `for_sale` is
    whether it can be ordered now, None where the store does not say.
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
        """Whether there is any: by what is counted, else by what the store says; None where nobody knows."""
        return self.for_sale if self.stock is None else self.stock > 0


@dataclass(frozen=True, slots=True)
class StoreProduct:
    """One product with its variants; one without any has a single variant without a title.

    `synced_at` is UTC seconds, `gone_at` when it was found that the store has it no longer. `id` is
    deskterm's row, 0 before it is stored.
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
    """One variant of a product, as a ticket, a letter or somebody who waits speaks of it."""

    product: StoreProduct
    variant: ProductVariant

    @property
    def title(self) -> str:
        """`Wool throw, grey`."""
        return self.product.title + (f", {self.variant.title}" if self.variant.title else "")


def sku_key(sku: str) -> str:
    """A SKU as it is compared: stores, files and people write one in any case."""
    return " ".join(sku.split()).casefold()
