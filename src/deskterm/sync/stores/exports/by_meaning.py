"""Orders of an export that is none of the known ones: its columns are recognised by headings and cells."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from deskterm.domain.orders.order import Fulfilment, Order, OrderFact, OrderLine, Payment
from deskterm.sync.stores.exports.column_form import ColumnForm, Items
from deskterm.sync.stores.exports.heading_roles import ColumnRole as Role
from deskterm.sync.stores.exports.heading_roles import find_roles, speaks_of, tells_of_orders
from deskterm.sync.stores.exports.row_groups import read_groups
from deskterm.sync.stores.exports.sheet import NumberedRow, OrderSheet, Row
from deskterm.sync.stores.exports.tracking_cells import parcels_in
from deskterm.sync.stores.reading import BrokenRow, Reading, words
from deskterm.sync.stores.state_words import STATUSES
from deskterm.sync.stores.statuses import Meaning, States, find_states, normal_word

_NEEDED = (
    frozenset({Role.NUMBER, Role.PLACED, Role.TOTAL}),
    frozenset({Role.NUMBER, Role.PLACED, Role.TITLE}),
)
_YES = "yes y true x ✓ ✔ ok 1 ja oui sí si sì tak sim はい 済".split()
_NO = "no n false 0 nein non nee nie não nej nei いいえ 未".split()
_OWED = "open offen ouvert abierto aperto openstaand otwarte aberto öppen åben åpen".split()
_RECEIVED = "received eingegangen erhalten reçu recibido ricevuto ontvangen otrzymane recebido".split()
# "open" in a column of payments is a payment that is owed; "yes" in it is paid.
_PAYMENTS: Mapping[str, Meaning] = {
    **{word: (paid, None) for word, (paid, _) in STATUSES.items() if paid},
    **dict.fromkeys((*_YES, *_RECEIVED), (Payment.PAID, None)),
    **dict.fromkeys((*_NO, *_OWED), (Payment.PENDING, None)),
}
_SENDINGS: Mapping[str, Meaning] = {
    **{word: (None, sent) for word, (_, sent) in STATUSES.items() if word not in _RECEIVED},
    **dict.fromkeys(_YES, (None, Fulfilment.SHIPPED)),
    **dict.fromkeys(_NO, (None, Fulfilment.UNFULFILLED)),
}
_ORDER_STATES: Mapping[str, Meaning] = STATUSES
_SEEN = 200  # rows that are looked at
_NAMES = (Role.FIRST_NAME, Role.LAST_NAME)


class MeantForm:
    """A file whose columns have the roles of an export of orders."""

    def __init__(self, roles: Mapping[Role, str]) -> None:
        self._roles = roles

        def of(*wanted: Role) -> tuple[str, ...]:
            return tuple(roles[role] for role in wanted if role in roles)

        self._form = ColumnForm(
            number=of(Role.NUMBER), placed=of(Role.PLACED), total=of(Role.TOTAL), currency=of(Role.CURRENCY),
            status=of(Role.STATUS), table=STATUSES, shipped=of(Role.SHIPPED), refunded=of(Role.REFUNDED),
            email=of(Role.EMAIL), name=of(Role.NAME), phone=of(Role.PHONE), street=of(Role.STREET),
            postcode=of(Role.POSTCODE), city=of(Role.CITY), region=of(Role.REGION), country=of(Role.COUNTRY),
            note=of(Role.NOTE), codes=of(Role.CODE), mark="",
            items=Items(of(Role.TITLE), of(Role.SKU), (), of(Role.QUANTITY), price=of(Role.PRICE) or ("",)),
        )  # fmt: skip

    def read(self, sheet: OrderSheet) -> Reading:
        """The orders of the file; rows of one order share its number."""
        return read_groups(sheet, self._form.number, self._order)

    def _order(self, sheet: OrderSheet, rows: Sequence[Row]) -> Order:
        if not words(rows[0], *self._form.number):
            raise BrokenRow("it has no number")
        self._check_one_order(rows)
        head, found = rows[0], self._form.values(sheet, rows)
        found["customer_name"] = self._name(head) or found["customer_name"]
        found["shipments"] = found["shipments"] or parcels_in(head.items())
        return Order(**found | self._states(sheet, head), unread=self._lacking(found["lines"]))

    def _lacking(self, lines: Sequence[OrderLine]) -> tuple[OrderFact, ...]:
        """What the file has no column for."""
        of_lines = ((Role.PRICE, OrderFact.PRICES), (Role.QUANTITY, OrderFact.LINES)) if lines else ()
        wanted = ((Role.TOTAL, OrderFact.TOTAL), *of_lines)
        return tuple(fact for role, fact in wanted if role not in self._roles)

    def _name(self, head: Row) -> str:
        """The customer's name from the columns for first and last name, "" without them."""
        parts = [words(head, self._roles[one]) for one in _NAMES if one in self._roles]
        return " ".join(part for part in parts if part)

    def _states(self, sheet: OrderSheet, head: Row) -> dict[str, Any]:
        """The payment and the sending of an order, as far as the file has a column for each."""
        found: dict[str, Any] = {}
        if column := self._roles.get(Role.PAYMENT):
            paid = sheet.read_once(_find_states, head, (column,), "payment")
            found |= {"payment": paid.payment or Payment.UNKNOWN, "payment_word": paid.word}
        if column := self._roles.get(Role.SENDING):
            sent = sheet.read_once(_find_states, head, (column,), "sending")
            found |= {"fulfilment": sent.fulfilment or Fulfilment.UNKNOWN, "fulfilment_word": sent.word}
        return found

    def _check_one_order(self, rows: Sequence[Row]) -> None:
        for role in (Role.EMAIL, Role.TOTAL, Role.PLACED) if len(rows) > 1 else ():
            column = self._roles.get(role, "")
            if len({text for row in rows if (text := words(row, column))}) > 1:
                raise BrokenRow(f"two orders have this number: they differ in {column}")


def _find_states(sheet: OrderSheet, head: Row, about: str) -> States:
    table = _PAYMENTS if about == "payment" else _SENDINGS
    return find_states("".join(head.values()), table, sheet.store.status)


def _find_states_by_cells(
    columns: Sequence[str], rows: Sequence[Row], known: Mapping[Role, str]
) -> dict[Role, str]:
    """The columns that hold words for states, whatever their heading is, for roles that have no column yet.

    "Yes" and "no" say something only below a heading of paying or sending.
    """
    found: dict[Role, str] = {}
    for column in columns:
        role, table = Role.STATUS, _ORDER_STATES
        if speaks_of(column, Role.PAYMENT):
            role, table = Role.PAYMENT, _PAYMENTS
        elif speaks_of(column, Role.SENDING):
            role, table = Role.SENDING, _SENDINGS
        cells = {normal_word(text) for row in rows if (text := words(row, column))}
        if cells and cells <= table.keys() and column not in known.values() and role not in {*known, *found}:
            found[role] = column
    return found


def find_meant_form(columns: Iterable[str], rows: Sequence[NumberedRow]) -> MeantForm | None:
    """The form of a file of orders, None if its columns are not those of one."""
    names = list(columns)
    if not tells_of_orders(names):
        return None
    roles = find_roles(names, [row for _, row in rows])
    roles |= _find_states_by_cells(names, [row for _, row in rows[:_SEEN]], roles)
    return MeantForm(roles) if any(needed <= roles.keys() for needed in _NEEDED) else None
