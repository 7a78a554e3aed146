"""Orders of an export that is none of the known ones: its columns are recognised by headings and cells."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from deskterm.domain.orders.carriers import find_carrier, is_carrier, tracking_page
from deskterm.domain.orders.order import Fulfilment, Order, OrderFact, OrderLine, Payment, Shipment
from deskterm.sync.stores.exports.column_form import ColumnForm, Items
from deskterm.sync.stores.exports.headings.roles import ColumnRole as Role
from deskterm.sync.stores.exports.headings.roles import find_roles, says_done, speaks_of, tells_of_orders
from deskterm.sync.stores.exports.row_groups import check_one_order, read_groups
from deskterm.sync.stores.exports.sheet import NumberedRow, OrderSheet, Row
from deskterm.sync.stores.exports.tracking_cells import parcels_in, plain_name
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
    **dict.fromkeys("confirmed confirmado confirmada bestätigt confirmé".split(), (Payment.PAID, None)),
    **dict.fromkeys((*_NO, *_OWED), (Payment.PENDING, None)),
}
_SENDINGS: Mapping[str, Meaning] = {
    **{word: (None, sent) for word, (_, sent) in STATUSES.items() if word not in _RECEIVED},
    **dict.fromkeys(_YES, (None, Fulfilment.SHIPPED)),
    **dict.fromkeys(_NO, (None, Fulfilment.UNFULFILLED)),
}
_ORDER_STATES: Mapping[str, Meaning] = STATUSES
_DAY = re.compile(r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}(?:\D.*)?")
_DUE = re.compile(r"\bdue|fällig|ziel|frist|échéance|vencim|scaden|termin|verval")
_SEEN = 200  # rows that are looked at
_NAMES = (Role.FIRST_NAME, Role.LAST_NAME)
_PIECES = "pieces of an item"  # the name of a column that is read out of the titles
_COUNTED = re.compile(r"(\d{1,4})\s?[x×*]\s*([^\s\d].*)")  # 2 × Mug, but not 30 x 40 cm
# Mug × 2, Mug (2x)
_COUNTED_BEHIND = re.compile(r"(.*[^\s\d])\s+(?:[x×*]\s?(\d{1,4})|\((\d{1,4})\s?[x×*]\))")
_CARRIER = re.compile(
    r"carrier|courier|versanddienst|paketdienst|transporteur|transportista|corriere|vervoerder|przewo[źz]nik"
)
_ITEM_ENDS = re.compile(r"[\n;|]|,(?=\s*\d{1,4}\s?[x×*])|(?<=[x×*]\d),|(?<=[x×*]\)),")


class MeantForm:
    """A file whose columns have the roles of an export of orders."""

    def __init__(self, roles: Mapping[Role, str], *, counted: bool = False) -> None:
        """`counted`: how many pieces were ordered stands in the titles, as in `2 × Mug`."""
        self._roles, self._counted = roles, counted
        self._of_one_order = [(roles[one],) for one in (Role.EMAIL, Role.TOTAL, Role.PLACED) if one in roles]

        def of(*wanted: Role) -> tuple[str, ...]:
            return tuple(roles[role] for role in wanted if role in roles)

        self._form = ColumnForm(
            number=of(Role.NUMBER), placed=of(Role.PLACED), total=of(Role.TOTAL), currency=of(Role.CURRENCY),
            status=of(Role.STATUS), table=STATUSES, shipped=of(Role.SHIPPED), refunded=of(Role.REFUNDED),
            email=of(Role.EMAIL), name=of(Role.NAME), phone=of(Role.PHONE), street=of(Role.STREET),
            postcode=of(Role.POSTCODE), city=of(Role.CITY), region=of(Role.REGION), country=of(Role.COUNTRY),
            note=of(Role.NOTE), codes=of(Role.CODE), mark="",
            items=Items(of(Role.TITLE), of(Role.SKU), (), self._quantity(), price=of(Role.PRICE) or ("",)),
            unpack=self._unpack if counted else None,
        )  # fmt: skip

    def _quantity(self) -> tuple[str, ...]:
        if self._counted:
            return (_PIECES,)
        return (self._roles[Role.QUANTITY],) if Role.QUANTITY in self._roles else ()

    def _unpack(self, row: Row) -> Iterator[Row]:
        """The items of a cell: `2 × Mug, 1 × Bowl`."""
        for item in filter(None, map(str.strip, _ITEM_ENDS.split(words(row, self._roles[Role.TITLE])))):
            pieces, title = _count(item)
            yield {**row, self._roles[Role.TITLE]: title, _PIECES: pieces}

    def read(self, sheet: OrderSheet) -> Reading:
        """The orders of the file; rows of one order share its number."""
        return read_groups(sheet, self._form.number, self._order)

    def _order(self, sheet: OrderSheet, rows: Sequence[Row]) -> Order:
        if not words(rows[0], *self._form.number):
            raise BrokenRow("it has no number")
        check_one_order(rows, *self._of_one_order)
        head, found = rows[0], self._form.values(sheet, rows)
        found["customer_name"] = self._name(head) or found["customer_name"]
        shipped = next((one.shipped_at for one in found["shipments"]), None)
        found["shipments"] = _parcels(head, shipped) or found["shipments"]
        return Order(**found | self._states(sheet, head), unread=self._lacking(found["lines"]))

    def _lacking(self, lines: Sequence[OrderLine]) -> tuple[OrderFact, ...]:
        """What the file has no column for."""
        of_lines = ((Role.PRICE, OrderFact.PRICES), (Role.QUANTITY, OrderFact.LINES)) if lines else ()
        wanted = ((Role.TOTAL, OrderFact.TOTAL), *of_lines)
        known = {*self._roles, *((Role.QUANTITY,) if self._counted else ())}
        return tuple(fact for role, fact in wanted if role not in known)

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


def _parcels(head: Row, shipped: int | None) -> tuple[Shipment, ...]:
    """The parcels of an order; who carries them may be in a column of its own, or be the way of sending."""
    found = parcels_in(head.items(), shipped)
    if not found or found[0].carrier:
        return found
    cells = [(name, text.strip()) for name, text in head.items() if text.strip()]
    named = [text for name, text in cells if _is_of_carrier(name)]
    ways = [text for name, text in cells if _is_of_sending(name) and is_carrier(text)]
    carrier = find_carrier(next(iter([*named, *ways]), ""))
    return tuple(
        replace(one, carrier=carrier, url=one.url or tracking_page(carrier, one.number)) for one in found
    )


@lru_cache(maxsize=1000)  # a file has the same columns in each row
def _is_of_carrier(column: str) -> bool:
    return _CARRIER.search(plain_name(column)) is not None


@lru_cache(maxsize=1000)
def _is_of_sending(column: str) -> bool:
    return speaks_of(column, Role.SENDING)


def _count(item: str) -> tuple[str, str]:
    """How many pieces an item says (1 if it does not), and its title."""
    if before := _COUNTED.fullmatch(item):
        return before[1], before[2]
    if behind := _COUNTED_BEHIND.fullmatch(item):
        return behind[2] or behind[3], behind[1]
    return "1", item


def _says_pieces(cells: Iterable[str]) -> bool:
    """Whether most of these titles say how many pieces were ordered."""
    found = [_count(cell) != ("1", cell) for cell in cells if cell]
    return 2 * sum(found) > len(found)


def _find_states(sheet: OrderSheet, head: Row, about: str) -> States:
    word = "".join(head.values())
    if about != "payment":
        return find_states(word, _SENDINGS, sheet.store.status)
    paid_on = _DAY.fullmatch(word.strip())
    return States(Payment.PAID, None) if paid_on else find_states(word, _PAYMENTS, sheet.store.status)


def _find_states_by_cells(
    columns: Sequence[str], rows: Sequence[Row], known: Mapping[Role, str]
) -> dict[Role, str]:
    """The columns that hold words for states, whatever their heading is, for roles that have no column yet.

    "Yes" and "no" say something only below a heading of paying or sending.
    """
    found: dict[Role, str] = {}
    taken = {column for role, column in known.items() if role is not Role.REGION}  # delivery state
    for column in columns:
        role, table = Role.STATUS, _ORDER_STATES
        if speaks_of(column, Role.PAYMENT):
            role, table = Role.PAYMENT, _PAYMENTS
        elif speaks_of(column, Role.SENDING):
            role, table = Role.SENDING, _SENDINGS
        cells = {normal_word(text) for row in rows if (text := words(row, column))}
        if column in taken or role in {*known, *found} or not says_done(column):
            continue
        if role is Role.PAYMENT and not _DUE.search(plain_name(column)):  # the day on which it was paid
            cells = {"paid" if _DAY.fullmatch(text) else text for text in cells}
        if cells and not any(find_states(text, table, {}).word for text in cells):
            found[role] = column
    return found


def find_meant_form(columns: Iterable[str], rows: Sequence[NumberedRow]) -> MeantForm | None:
    """The form of a file of orders, None if its columns are not those of one."""
    names = list(columns)
    if not tells_of_orders(names):
        return None
    roles = find_roles(names, [row for _, row in rows])
    states = _find_states_by_cells(names, [row for _, row in rows[:_SEEN]], roles)
    roles = {role: column for role, column in roles.items() if column not in states.values()} | states
    if not any(needed <= roles.keys() for needed in _NEEDED):
        return None
    titles = (words(row, roles[Role.TITLE]) for _, row in rows[:_SEEN]) if Role.TITLE in roles else ()
    return MeantForm(roles, counted=Role.QUANTITY not in roles and _says_pieces(titles))
