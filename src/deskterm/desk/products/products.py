"""The use cases about products: who waits for one, and what is returned."""

from deskterm.desk.products.returns import Returns
from deskterm.desk.products.stock_list import StockList
from deskterm.desk.shop import DeskContext


class Products:
    """The use cases about products."""

    def __init__(self, shop: DeskContext) -> None:
        self.stock_list = StockList(shop)
        self.returns = Returns(shop)
