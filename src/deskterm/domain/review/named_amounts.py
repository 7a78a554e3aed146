"""The amounts of money in a letter, and whether they agree with what was refunded."""

import re
from collections.abc import Collection, Iterable, Iterator

from deskterm.domain.money import decimals
from deskterm.domain.orders.order import Money, Order
from deskterm.value_class import dataclass

# The currency of a sign or a word beside a number; "" if several currencies share it.
_SAYS = {
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "pound": "GBP", "pounds": "GBP", "zł": "PLN",
    "kč": "CZK", "ft": "HUF", "franken": "CHF", "lei": "RON", "円": "JPY", "₩": "KRW", "₹": "INR",
    "$": "", "dollar": "", "dollars": "", "kr": "", "kronor": "", "kroner": "", "¥": "", "fr.": "",
    "francs": "",
}  # fmt: skip
_CODES = (
    "AED AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF ILS INR ISK JOD JPY KRW KWD MXN MYR NOK"
    " NZD OMR PEN PHP PLN RON SAR SEK SGD THB TND TRY TWD USD VND ZAR"
).split()
_MARK = "|".join(re.escape(one) for one in sorted((*_SAYS, *_CODES), key=len, reverse=True))
_NUMBER = r"\d+(?:[.,'’\u00a0\u202f ]\d{3})*(?:[.,](?:\d{1,3}|[-–—\u2212]{1,2}))?"
_CENTS = re.compile(r"[.,](?:\d\d|[-–—\u2212]{1,2})$")
_AMOUNT = re.compile(
    rf"(?<![\w.,])(?P<close>{_NUMBER})(?P<tight>{_MARK})(?!\w)"
    rf"|(?<![\w.,])(?:(?P<before>{_MARK})\s?)?(?P<number>{_NUMBER})(?!\w|[.,]\d)"
    rf"(?:\s?(?P<after>{_MARK})(?!\w))?",
    re.IGNORECASE,
)
# Words for "all of it", without a figure.
_IN_FULL = re.compile(
    r"\b(?:(?:full|whole|entire|total|complete) (?:amount|price|sum|payment|value|cost|refund)|in full"
    r"|fully refunded|refunded fully|completely|everything you paid|all (?:of )?(?:your|the) money"
    r"|vollständig\w*|komplett\w*|(?:voll|ganz|gesamt)e[nrms]? (?:\w*betrag|\w*preis|summe)\w*"
    r"|gesamt(?:betrag|summe|preis)\w*|alles (?:\w+ )?(?:erstattet|zurück\w*)|totalité|intégral\w*"
    r"|montant (?:total|complet)|remboursement (?:total|complet)|complet[oa]|totalidade?|total(?:mente|ità)"
    r"|(?:importe|reembolso|valor|rimborso) totale?|íntegr\w+|integral\w*|intero|interamente|volledige?"
    r"|(?:hele|totale) bedrag|hela beloppet|hele beløpet|pełn\w+ kwot\w+|cał\w+ kwot\w+|w całości)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedAmount:
    """An amount in a text, in minor units. `currency` is "" if the text does not say it for certain."""

    minor: int
    currency: str


def amounts_in(text: str, currency: str) -> Iterator[NamedAmount]:
    """The amounts in a text: numbers with a currency sign or code, or with all decimals of `currency`."""
    places = decimals(currency)
    for found in _AMOUNT.finditer(text):
        number = found["number"] or found["close"]
        mark = found["before"] or found["after"] or found["tight"]
        if mark or (places and _CENTS.search(number)):
            sign = mark.casefold() if mark else ""
            yield NamedAmount(_minor(number, places), _SAYS.get(sign, sign.upper()))


def matches_refunds(letter: str, given: Collection[Money], order: Order) -> bool:
    """Whether a letter about a refund is right about what was refunded (`given`); in doubt it is not.

    One of its amounts must be a refund, and all others figures of its order. It may also name no amount;
    but if it then says that everything was refunded, one refund must be the order's total.
    """
    currency = order.total.currency
    named = list(amounts_in(letter, currency))
    back = {one.minor for one in given if one.currency == currency}
    if not named:
        return order.total.minor in back or not _IN_FULL.search(letter)
    known = back | set(_figures_of(order))
    fits = all(one.currency in ("", currency) and one.minor in known for one in named)
    return fits and any(one.minor in back for one in named)


def _figures_of(order: Order) -> Iterable[int]:
    yield order.total.minor
    for one in order.lines:
        yield from (one.price.minor, one.price.minor * one.quantity)
    yield order.total.minor - sum(one.price.minor * one.quantity for one in order.lines)


def _minor(number: str, places: int) -> int:
    """`1,204.50`, `1.204,50`, `1204.5` and `1204,-` in minor units."""
    whole, rest = number, ""
    cut = re.search(r"[.,](\d+)$", number)
    if cut and (len(cut[1]) <= places):
        whole, rest = number[: cut.start()], cut[1]
    return int(re.sub(r"\D", "", whole) + rest.ljust(places, "0"))
