"""Converting WooCommerce's orders."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from deskterm.config.store import Store
from deskterm.domain.money import decimals
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderLine,
    OrderNote,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
)
from deskterm.domain.text import block, line
from deskterm.sync.stores.action_keys import without_key
from deskterm.sync.stores.reading import BrokenRow, currency
from deskterm.sync.stores.state_words import STATUSES
from deskterm.sync.stores.statuses import States, find_states
from deskterm.sync.stores.woocommerce.rows import (
    Amount,
    WooAddress,
    WooGiven,
    WooItem,
    WooMeta,
    WooNote,
    WooOrder,
    WooRefund,
)

DRAFTS = frozenset({"checkout-draft", "auto-draft", "draft"})  # carts not ordered yet
_TEST_MODES = {"_wcpay_mode": "test", "_ppcp_paypal_payment_mode": "sandbox"}
_REFUNDED_ITEM = "_refunded_item_id"
_LONGEST = 500
_MOST = 10**13  # minor units of one amount
_MOST_PIECES = 1_000_000


def to_order(
    row: WooOrder,
    store: Store,
    refunds: Mapping[int, WooRefund],
    shipments: tuple[Shipment, ...],
    sent: Mapping[int, int],
) -> Order:
    """One order. `refunds` are those that it names, by id; `sent` the pieces that are on their way, by line.

    Raises BrokenRow for an invalid time, amount or currency.
    """
    coin = currency(row.currency)
    total = to_money(row.total, coin, "total")
    given = tuple(_refund(one, refunds, row, coin) for one in row.refunds)
    states = find_states(row.status, STATUSES, store.status)
    bill, ship = row.billing, row.shipping if _is_given(row.shipping) else row.billing
    return Order(
        store=store.name,
        external_id=str(row.id),
        number=_text(row.number).lstrip("#"),
        email=_text(bill.email),
        customer_name=_name(bill) or _name(ship),
        placed_at=to_seconds(row.date_created_gmt, "time it was placed"),
        payment=_payment(row, states, total, sum(one.amount.minor for one in given)),
        fulfilment=states.fulfilment or Fulfilment.UNKNOWN,
        total=total,
        lines=tuple(_lines(row, coin, _count_refunded(row, refunds), sent)),
        shipments=shipments,
        refunds=given,
        ship_to=_postal(ship),
        phone=_text(bill.phone or ship.phone),
        discount_codes=tuple(_text(one.code) for one in row.coupon_lines),
        note=block(row.customer_note or "")[:5000],
        payment_word=states.word,
        fulfilment_word=states.word,
        admin_url=f"{store.address.rstrip('/')}/wp-admin/post.php?post={row.id}&action=edit",
        customer_id=str(row.customer_id) if row.customer_id else "",
        changed_at=to_seconds(row.date_modified_gmt, "time it was changed"),
        payment_method=_text(row.payment_method_title),
        shipping_method=", ".join(filter(None, (_text(one.method_title) for one in row.shipping_lines))),
        test=any(_TEST_MODES.get(one.key) == one.value for one in row.meta_data),
    )


def shipping_address(row: WooOrder) -> PostalAddress:
    """The shipping address: the billing address if there is no other."""
    return _postal(row.shipping if _is_given(row.shipping) else row.billing)


def to_note(row: WooNote) -> OrderNote:
    """Convert a note. Raises BrokenRow for an invalid time."""
    at = to_seconds(row.date_created_gmt, "time of a note")
    text = without_key(block(row.note)[:5000])
    return OrderNote(at, text, _text(row.author), row.customer_note, str(row.id))


def to_seconds(text: str | None, what: str) -> int:
    """A GMT time without a zone as UTC seconds. Raises BrokenRow if it is invalid."""
    try:
        found = datetime.fromisoformat((text or "").removesuffix("Z"))
        return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError) as error:
        raise BrokenRow(f'the {what} "{line(str(text)[:30])}" is no time') from error


def to_money(amount: Amount, coin: str, what: str) -> Money:
    """An amount in minor units, rounded half up as in WooCommerce. Raises BrokenRow if it is invalid."""
    try:
        found = int(
            Decimal(str(amount).strip() or "0").scaleb(decimals(coin)).to_integral_value(ROUND_HALF_UP)
        )
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise BrokenRow(f'the {what} "{line(str(amount)[:30])}" is no amount') from error
    if abs(found) > _MOST:
        raise BrokenRow(f'the {what} "{line(str(amount)[:30])}" is no price')
    return Money(found, coin)


def _payment(row: WooOrder, states: States, total: Money, back: int) -> Payment:
    """The payment state, by status and date of payment, less the refunds.

    What was paid stays paid when the order is cancelled: WooCommerce gives nothing back by that.
    """
    paid = states.payment or Payment.UNKNOWN
    if row.date_paid_gmt and paid in (Payment.UNKNOWN, Payment.PENDING, Payment.VOIDED):
        paid = Payment.PAID
    if not back or paid in (Payment.PENDING, Payment.VOIDED):
        return paid
    return Payment.REFUNDED if back >= total.minor else Payment.PARTLY_REFUNDED


def _refund(given: WooGiven, known: Mapping[int, WooRefund], row: WooOrder, coin: str) -> Refund:
    """A refund with its time, or with the order's last change until that is known."""
    found = known.get(given.id)
    at = to_seconds(found.date_created_gmt if found else row.date_modified_gmt, "time of a refund")
    amount = to_money(given.total, coin, "refund")
    return Refund(at, Money(abs(amount.minor), coin), _text(given.reason), str(given.id))


def _count_refunded(row: WooOrder, refunds: Mapping[int, WooRefund]) -> dict[int, int]:
    """The number of refunded pieces of each line, by the line's id."""
    counts: dict[int, int] = {}
    for given in row.refunds:
        for item in refunds[given.id].line_items if given.id in refunds else ():
            for meta in item.meta_data:
                if meta.key == _REFUNDED_ITEM and str(meta.value).isdecimal():
                    counts[int(meta.value)] = counts.get(int(meta.value), 0) + abs(item.quantity)
    return counts


def _lines(
    row: WooOrder, coin: str, refunded: Mapping[int, int], sent: Mapping[int, int]
) -> Iterable[OrderLine]:
    for item in row.line_items:
        if item.quantity > _MOST_PIECES:
            raise BrokenRow(f"the quantity {item.quantity} is none")
        if item.quantity > 0:
            variant = _variant(item.meta_data)
            yield OrderLine(
                sku=_text(item.sku),
                title=_text((item.parent_name if variant else "") or item.name),
                variant=variant,
                quantity=item.quantity,
                price=_piece_price(item, coin, with_tax=row.prices_include_tax),
                sent=min(sent.get(item.id, 0), item.quantity) if sent else None,
                external_id=str(item.id),
                refunded=min(refunded.get(item.id, 0), item.quantity),
            )


def _piece_price(item: WooItem, coin: str, *, with_tax: bool) -> Money:
    """The price of one piece as the shop shows it, before discounts; rounded, as a share of the line's."""
    whole = to_money(item.subtotal, coin, "price of a line").minor
    if with_tax:
        whole += to_money(item.subtotal_tax, coin, "tax of a line").minor
    return Money(int((Decimal(whole) / item.quantity).to_integral_value(ROUND_HALF_UP)), coin)


def _variant(meta: Iterable[WooMeta]) -> str:
    """`Size: L, Colour: blue`, without the keys with an underscore, which the shop does not show."""
    shown = [
        f"{_text(one.display_key or one.key)}: {_text(one.display_value or one.value)}"
        for one in meta
        if one.key and not one.key.startswith("_") and isinstance(one.display_value or one.value, str)
    ]
    return ", ".join(shown)[:_LONGEST]


def _is_given(address: WooAddress) -> bool:
    return bool(address.address_1 or address.city or address.postcode)


def _name(address: WooAddress) -> str:
    return " ".join(part for part in (_text(address.first_name), _text(address.last_name)) if part)


def _postal(one: WooAddress) -> PostalAddress:
    parts = (_text(one.company), _text(one.address_1), _text(one.address_2))
    return PostalAddress(
        name=_name(one),
        street=", ".join(part for part in parts if part),
        postcode=_text(one.postcode),
        city=_text(one.city),
        region=_text(one.state),
        country=_text(one.country),
    )


def _text(value: object) -> str:
    """A value from customers or plugins as a safe line."""
    import html  # noqa: PLC0415 - the wire's side only

    text = str(value or "")
    return line(html.unescape(text) if "&" in text else text).strip()[:_LONGEST]
