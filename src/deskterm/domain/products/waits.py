"""The back-in-stock list: who wants to know when a product is available again."""

from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class StockWait:
    """A ticket's customer is waiting for a variant since `asked_at`; back since `back_at` (UTC seconds).

    `product_id` and `variant_id` are the store's keys, `title` as it was when it was noted. Times that
    have not come are None.
    """

    id: int
    ticket_id: int
    store: str
    product_id: str
    variant_id: str
    sku: str
    title: str
    asked_at: int
    back_at: int | None = None
    told_at: int | None = None
