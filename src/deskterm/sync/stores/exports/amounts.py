"""Reading amounts as spreadsheets and shops write them: `1.234,50 €`, `$1,030.50`, `CHF 1'200.-`."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from deskterm.domain.money import CURRENCIES, decimals
from deskterm.domain.orders.order import Money
from deskterm.domain.text import line
from deskterm.sync.stores.reading import BrokenRow

_PLAIN = re.compile(r"([0-9]{1,12})(?:[.,]([0-9]{2}))?")
_BODY = re.compile(r"([^0-9.,-]*)(-?)([^0-9.,-]*)([0-9][0-9.,]*?|[.,][0-9]+)[.,]?(-?)([^0-9.,-]*)")
_GROUP_SIGNS = re.compile(r"(?<=[0-9])[\s'’٬_](?=[0-9]{3}(?![0-9]))")
_GROUPED = re.compile(
    r"[0-9]{1,3}([.,])[0-9]{3}(?:\1[0-9]{3})*|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"
)  # and lakhs
_SYMBOLS = {
    "US$": "USD",
    "CA$": "CAD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "R$": "BRL",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "₩": "KRW",
    "₺": "TRY",
    "zł": "PLN",
    "Kč": "CZK",
    "₪": "ILS",
    "円": "JPY",
}
_SHARED = {  # signs of several currencies
    "kr": frozenset("SEK NOK DKK ISK".split()),
    "$": frozenset("USD CAD AUD NZD SGD HKD MXN ARS CLP COP BRL TWD".split()),
    "¥": frozenset(("JPY", "CNY")),
}
_WORDS = frozenset(
    {"", "kr", "kr.", "kč", "zł", "ft", "lei", "лв", "лв.", "rs", "rs.", "руб.", "fr.", "dhs", "円"}
)
_SIGN = re.compile(r"(?:[A-Z]{1,3} ?)?[$€£¥₹₩₺₪₫₴₽฿₱₦]|[A-Z]{3}")
_DASHES = str.maketrans({"−": "-", "–": "-", "‒": "-"})
_LONGEST = 40  # characters of a cell that can be an amount
_FREE = frozenset(
    {"free", "gratis", "kostenlos", "umsonst", "gratuit", "offert", "gratuito", "grátis", "za darmo",
     "zdarma", "無料", "免费", "무료"}
)  # fmt: skip
_CODE = re.compile(r"(?<![^\W\d_])[A-Z]{3}(?![^\W\d_])")
_ENGLISH = frozenset("ALL BAM COP CUP GEL LAK MOP PEN SOS TOP TRY".split())  # words, unless in capitals
_THOUSAND = 3  # digits
_SIGN_LENGTH = 3


def read_amount(
    text: str, currency: str, what: str, habit: Callable[[], str], *, rounded: bool = False
) -> Money:
    """An amount in minor units. Raises BrokenRow if it is not an amount or is ambiguous.

    `habit` gives the decimal mark of the column ("." or ","), "" where nothing
    tells; it is asked only for a cell like `1,234`. More digits than the currency
    has are an error, unless `rounded` says that the figure is a share of a line.
    """
    if (plain := _PLAIN.fullmatch(text)) and (decimals(currency) == 2 or not plain[2]):  # noqa: PLR2004 - cents
        return Money(int(plain[1]) * 10 ** decimals(currency) + int(plain[2] or 0), currency)
    if text.strip().casefold() in _FREE:
        return Money(0, currency)
    sign, body = _split_amount(text, currency, what)
    mark = decimal_mark(body, currency)
    if mark is None and not (mark := habit()):
        raise BrokenRow(f'the {what} "{line(text[:30])}" can be read two ways')
    minor = _to_decimal(body, mark, text, what).scaleb(decimals(currency))
    if minor != minor.to_integral_value() and not rounded:
        raise BrokenRow(f'the {what} "{line(text[:30])}" has more digits than {currency} has')
    return Money(sign * int(minor.to_integral_value(ROUND_HALF_UP)), currency)


def decimal_mark(body: str, currency: str = "") -> str | None:
    """The decimal mark in digits with separators; None if it is ambiguous."""
    dots, commas = body.count("."), body.count(",")
    if dots and commas:
        return max(".,", key=body.rfind)
    if dots + commas == 0:
        return "."
    sign = "." if dots else ","
    other = "," if dots else "."
    if dots + commas > 1:
        return other  # a decimal mark stands once
    before, _, after = body.partition(sign)
    if len(after) != _THOUSAND or len(before) > _THOUSAND or before.startswith("0") or not before:
        return sign
    return other if currency and decimals(currency) == 0 else None


def common_mark(cells: Iterable[str]) -> str:
    """The decimal mark of a column, by a vote of its unambiguous cells."""
    marks = set()
    for cell in cells:
        found = _BODY.fullmatch(_plain_signs(cell)) if cell and len(cell) <= _LONGEST else None
        if found and ("." in found[4] or "," in found[4]):
            marks.add(decimal_mark(found[4]))
    marks.discard(None)
    return marks.pop() or "" if len(marks) == 1 else ""


@lru_cache(maxsize=256)
def currency_code(text: str) -> str:
    """The ISO 4217 code that a cell names as a code, by a sign or as "Euro"; "" for anything else."""
    bare = text.strip().upper()
    if re.fullmatch(r"[A-Z]{3}", bare):
        return bare
    return "EUR" if bare in ("EURO", "EUROS") else named_currency(text) if len(bare) <= _SIGN_LENGTH else ""


def named_currency(text: str) -> str:
    """The currency of the sign in an amount; "" without a sign or if several currencies use it."""
    return next((code for symbol, code in _SYMBOLS.items() if symbol in text), "")


def amount_currency(text: str) -> str:
    """The currency that stands with an amount, by its sign or code (`89,00 EUR`); "" for none."""
    code = next((one for one in _CODE.findall(text) if one in CURRENCIES), "")
    return code or named_currency(text)


def heading_currency(heading: str) -> str:
    """The currency in the heading of a column: `Betrag (EUR)`, `Total €`, `Price in USD`; "" for none.

    A code stands first, last or in brackets; in small letters it is none that is also an English word.
    """
    if sign := named_currency(heading):
        return sign
    parts = re.findall(r"[^\W_]+", heading)
    bracketed = re.findall(r"[(\[]\s*([^\W_]+)\s*[)\]]", heading)
    for part in (*bracketed, *parts[-1:], *parts[:1]):
        code = "EUR" if part.casefold() in ("euro", "euros") else part.upper()
        if code in CURRENCIES and (part.isupper() or code not in _ENGLISH) and len(parts) > 1:
            return code
    return ""


def _plain_signs(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if text.startswith("(") and text.endswith(")"):  # negative amounts in accounting notation
        text = f"-{text[1:-1]}"
    return _GROUP_SIGNS.sub("", text)


def _split_amount(text: str, currency: str, what: str) -> tuple[int, str]:
    """The sign of an amount (1 or -1) and its digits with their separators."""
    found = _BODY.fullmatch(_plain_signs(text)) if len(text) <= _LONGEST else None
    if (
        not found
        or len([part for part in (found[2], found[5]) if part and not text.rstrip().endswith(",-")]) > 1
    ):
        raise BrokenRow(f'the {what} "{line(text[:30])}" is no amount')
    around = f"{found[1]}{found[3]} {found[6]}".strip()
    _check_currency(around, currency, text, what)
    swiss = found[5] and text.rstrip()[-2:-1] in ".,"  # 12,- means 12,00
    return (-1 if found[2] or (found[5] and not swiss) else 1), found[4]


def _check_currency(around: str, currency: str, text: str, what: str) -> None:
    codes = re.findall(r"(?<![^\W_])[A-Z]{3}(?![^\W_])", around)
    named = codes[0] if codes else named_currency(around)
    if (named and named != currency) or not _may_be_in(around, currency):
        raise BrokenRow(f'the {what} "{line(text[:30])}" is not in {currency}')
    if around.casefold() not in _WORDS and not _SIGN.fullmatch(around):
        raise BrokenRow(f'the {what} "{line(text[:30])}" is no amount')


def _may_be_in(around: str, currency: str) -> bool:
    """Whether what stands around an amount allows a currency: `kr` is no sign of euros."""
    sign = around.casefold().strip(" .")
    return sign not in _SHARED or currency in _SHARED[sign]


def _to_decimal(body: str, mark: str, text: str, what: str) -> Decimal:
    whole, found, part = body.rpartition(mark) if mark in body else (body, "", "")
    if ("." in whole or "," in whole) and not _GROUPED.fullmatch(whole):
        raise BrokenRow(f'the {what} "{line(text[:30])}" is no amount')
    if "." in part or "," in part or mark in whole:
        raise BrokenRow(f'the {what} "{line(text[:30])}" is no amount')
    return Decimal(f"{whole.replace('.', '').replace(',', '') or 0}{'.' if found else ''}{part}")
