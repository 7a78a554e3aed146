"""Exports that can be described by a table of columns and status words.

A row is an order or an item of one; rows of one order share its number.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from deskterm.domain.orders.carriers import find_carrier, tracking_page
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderFact,
    OrderLine,
    Payment,
    PostalAddress,
    Shipment,
)
from deskterm.sync.stores.exports.csv_rows import unescape
from deskterm.sync.stores.exports.row_groups import read_groups
from deskterm.sync.stores.exports.sheet import OrderSheet, Row, first_cell
from deskterm.sync.stores.reading import Reading, note, number, words
from deskterm.sync.stores.statuses import Meaning, States, find_states
from deskterm.value_class import dataclass

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """The columns of an item. Either `price` (per piece) or `whole` (for all pieces) is set."""

    title: Names = ()
    sku: Names = ()
    variant: Names = ()
    quantity: Names = ()
    sent: Names = ()
    price: Names = ()
    whole: Names = ()

    @property
    def columns(self) -> Names:
        """All columns."""
        return self.title + self.sku + self.variant + self.quantity + self.sent + self.price + self.whole


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """A kind of export.

    `beside` names a second file that is joined by the order's number: its rows hold the items, or what
    the first lacks. `totals` are added up over all rows, `total` stands once. `paid` and `shipped` are
    columns whose being filled says so where there is no `status`.
    """

    number: Names
    placed: Names
    total: Names = ()
    totals: Names = ()
    discounts: Names = ()
    currency: Names = ()
    status: Names = ()
    table: Mapping[str, Meaning] = field(default_factory=dict)
    paid: Names = ()
    always_paid: bool = False
    shipped: Names = ()
    tracking: Names = ()
    refunded: Names = ()
    left: Names = ()  # the total after refunds, filled where there was one
    email: Names = ()
    name: Names = ()
    phone: Names = ()
    street: Names = ()
    postcode: Names = ()
    city: Names = ()
    region: Names = ()
    country: Names = ()
    note: Names = ()
    codes: Names = ()
    method: Names = ()
    shipping: Names = ()
    items: Items = Items()
    unpack: Callable[[Row], Iterable[Row]] | None = None  # items that are packed into a cell
    beside: str = ""
    mark: str = "."
    order: str = ""

    @property
    def _of_address(self) -> Names:
        return self.name + self.street + self.postcode + self.city + self.region + self.country

    def read(self, sheet: OrderSheet) -> Reading:
        """The orders of the export."""
        sheet.mark, sheet.order = sheet.mark or self.mark, sheet.order or self.order
        sheet.rows = [
            (line, row) for line, row in sheet.rows if words(row, *self.number) and self._is_row(row)
        ]
        return read_groups(sheet, self.number, self.read_order)

    def _is_row(self, row: Row) -> bool:
        """Whether a row belongs to an order; footers have only a cell or two."""
        return bool(words(row, *self.placed) or words(row, *self.items.title, "") or self.unpack)

    def read_order(self, sheet: OrderSheet, rows: Sequence[Row]) -> Order:
        """The order that these rows are."""
        return Order(**self.values(sheet, rows))

    def values(self, sheet: OrderSheet, rows: Sequence[Row]) -> dict[str, Any]:
        """The fields of the order that these rows are."""
        head = next((row for row in rows if words(row, *self.placed)), rows[0])
        shown = number(words(head, *self.number))
        beside = sheet.beside.get(self.beside, {}).get(shown, ())
        about = (head, *beside)
        coin = self._currency(sheet, head)
        total = self._total(sheet, rows, head, coin)
        states = sheet.read_once(self._states, head, self.status)
        shipped = sheet.moment_or_none(head, "time it was shipped", *self.shipped) if self.shipped else None
        payment = self._payment(sheet, head, states, total)
        return {
            "store": sheet.store.name,
            "external_id": shown,
            "number": shown,
            "email": self._first(about, self.email),
            "customer_name": unescape(self._first(about, self.name)),
            "placed_at": sheet.placed_at(head, *self.placed),
            "payment": payment,
            "fulfilment": self._fulfilment(states, shipped),
            "total": total,
            "lines": tuple(self._lines(sheet, rows, beside, coin)),
            "shipments": self._parcels(head, shipped),
            "ship_to": self._postal(about)
            if beside
            else sheet.read_once(self._own_address, head, self._of_address),
            "phone": self._first(about, self.phone),
            "discount_codes": tuple(code for code in (words(head, *self.codes),) if code)
            if self.codes
            else (),
            "note": note(unescape(self._first(about, self.note))),
            "payment_word": states.word,
            "fulfilment_word": states.word,
            "payment_method": words(head, *self.method) if self.method else "",
            "shipping_method": words(head, *self.shipping) if self.shipping else "",
        }

    def _states(self, sheet: OrderSheet, head: Row) -> States:
        if not self.status:
            return States(None, None)
        return find_states(words(head, *self.status), self.table, sheet.store.status)

    def _currency(self, sheet: OrderSheet, head: Row) -> str:
        """The currency of an order: from its row, its amounts, the file, the settings; "" for none."""
        of = self.items
        amounts = (*self.total, *self.totals, *of.price, *of.whole, *self.refunded)
        return sheet.find_currency(head, *(self.currency or ("",)), amounts=amounts)

    def _total(self, sheet: OrderSheet, rows: Sequence[Row], head: Row, coin: str) -> Money:
        if self.total:
            return sheet.amount(head, coin, "total", *self.total, rounded=True, fact=OrderFact.TOTAL)
        minor = sum(
            sign
            * sheet.amount(row, coin, "amount", name, default="0", rounded=True, fact=OrderFact.TOTAL).minor
            for row in rows
            for sign, names in ((1, self.totals), (-1, self.discounts))
            for name in names
        )
        return Money(minor, coin)

    def _payment(self, sheet: OrderSheet, head: Row, states: States, total: Money) -> Payment:
        paid = states.payment
        if paid is None:
            known = self.always_paid or bool(self.paid and words(head, *self.paid))
            paid = Payment.PAID if known else Payment.PENDING if self.paid else Payment.UNKNOWN
        back = self._given_back(sheet, head, total)
        if not back or paid not in (Payment.PAID, Payment.UNKNOWN):
            return paid
        return Payment.REFUNDED if 0 < total.minor <= back else Payment.PARTLY_REFUNDED

    def _given_back(self, sheet: OrderSheet, head: Row, total: Money) -> int:
        names = self.refunded or self.left
        if not names:
            return 0
        found = sheet.amount(
            head, total.currency, "refunded amount", *names, default="0", rounded=True, fact=OrderFact.PAYMENT
        ).minor
        if self.refunded:
            return abs(found)
        return total.minor - found if found and total.minor > found else 0

    def _fulfilment(self, states: States, shipped: int | None) -> Fulfilment:
        if states.fulfilment is not None:
            return states.fulfilment
        if not self.shipped:
            return Fulfilment.UNKNOWN
        return Fulfilment.UNFULFILLED if shipped is None else Fulfilment.SHIPPED

    def _parcels(self, head: Row, shipped: int | None) -> tuple[Shipment, ...]:
        found = words(head, *self.tracking) if self.tracking else ""
        if not found and shipped is None:
            return ()
        carrier = find_carrier(words(head, *self.shipping)) if self.shipping and found else ""
        page = tracking_page(carrier, found)
        return (Shipment(carrier if page else "", found, page, shipped),)

    def _lines(
        self, sheet: OrderSheet, rows: Sequence[Row], beside: Sequence[Row], coin: str
    ) -> Iterable[OrderLine]:
        if self.unpack:
            rows = [item for row in rows for item in self.unpack(row)]
        own = [row for row in rows if words(row, *self.items.title)] if self.items.title else []
        for row in own or [row for row in beside if self.items.title and words(row, *self.items.title)]:
            line = sheet.read_once(self._line, row, self.items.columns, coin)
            if line.quantity:
                yield line

    def _line(self, sheet: OrderSheet, row: Row, coin: str) -> OrderLine:
        of = self.items
        count = sheet.count(words(row, *of.quantity) or "1")
        if not first_cell(row, *(of.price or of.whole))[1]:
            sheet.note_missing(OrderFact.PRICES)
        price = sheet.amount(
            row,
            coin,
            "price of a line",
            *(of.price or of.whole),
            default="0",
            rounded=True,
            fact=OrderFact.PRICES,
        )
        if not of.price and count > 1:
            price = Money(round(price.minor / count), coin)
        sent = words(row, *of.sent) if of.sent else ""
        return OrderLine(
            sku=words(row, *of.sku) if of.sku else "",
            title=unescape(words(row, *of.title)),
            variant=unescape(words(row, *of.variant).strip("[]")) if of.variant else "",
            quantity=count,
            price=price,
            sent=min(sheet.count(sent), count) if sent else None,
        )

    def _own_address(self, _: OrderSheet, head: Row) -> PostalAddress:
        return self._postal((head,))

    def _postal(self, about: Sequence[Row]) -> PostalAddress:
        street = next(
            (
                found
                for row in about
                if (found := [words(row, one) for one in self.street if words(row, one)])
            ),
            [],
        )
        return PostalAddress(
            name=unescape(self._first(about, self.name)),
            street=unescape(" ".join(street)),
            postcode=self._first(about, self.postcode).lstrip("'"),
            city=self._first(about, self.city),
            region=self._first(about, self.region),
            country=self._first(about, self.country),
        )

    def _first(self, about: Sequence[Row], names: Names) -> str:
        return next((text for row in about if names and (text := words(row, *names))), "")
