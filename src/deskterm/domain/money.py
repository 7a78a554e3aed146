"""How many minor units a currency has, and amounts as decimals (ISO 4217)."""

from decimal import Decimal

from deskterm.domain.orders.order import Money

# The codes in use.
CURRENCIES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ
    GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR
    LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
    PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB
    TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG
    """.split()
)
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
    """The amount a person typed: `12.50`, `12,50`, `€12.50`, `12.50 EUR`; None if it is not an amount.

    With more decimals than the currency has it is refused: `1,000` may mean a thousand.
    """
    text = typed.strip().upper().replace(currency, "").strip(" €$£¥").replace(",", ".")
    whole, point, rest = text.partition(".")
    if not (whole.isdecimal() and (rest.isdecimal() or not point)) or len(rest) > decimals(currency):
        return None
    return Money(int(Decimal(f"{whole}.{rest or 0}").scaleb(decimals(currency))), currency)
