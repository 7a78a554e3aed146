"""What is sold, together: who waits for it, and what of it comes back."""

from deskterm.desk.goods.returns import Returns
from deskterm.desk.goods.stock_list import StockList
from deskterm.desk.shop import DeskContext


class Goods:
    """The use cases about goods."""

    def __init__(self, shop: DeskContext) -> None:
        self.stock_list = StockList(shop)
        self.returns = Returns(shop)
