"""How many minor units a currency has, and amounts as decimals (ISO 4217)."""

from decimal import Decimal, InvalidOperation

from deskterm.domain.orders.order import Money

_NONE = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split())
_THREE = frozenset("BHD IQD JOD KWD LYD OMR TND".split())


def decimals(currency: str) -> int:
    """The digits after the decimal point: 2 for EUR, 0 for JPY, 3 for KWD."""
    if currency in _NONE:
        return 0
    return 3 if currency in _THREE else 2


def as_decimal(money: Money) -> Decimal:
    """The amount in major units, exactly: 4990 EUR cents are Decimal("49.90")."""
    return Decimal(money.minor).scaleb(-decimals(money.currency))


def parse_amount(typed: str, currency: str) -> Money | None:
    """The amount a person typed: `12.50`, `12,50`, `€12.50`, `12.50 EUR`; None for what is none.

    More decimals than the currency has are no amount.
    """
    text = typed.strip().upper().replace(currency, "").strip(" €$£¥")
    try:
        amount = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    minor = amount.scaleb(decimals(currency)) if amount.is_finite() else Decimal("0.5")
    return Money(int(minor), currency) if minor == minor.to_integral_value() else None
