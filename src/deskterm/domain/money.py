"""How many minor units a currency has, and amounts as decimals (ISO 4217)."""

from decimal import Decimal

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
