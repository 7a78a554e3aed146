"""What a customer's mail names itself: a discount code, the size they want instead."""

import re

from deskterm.lazy_regex import lazy_regex

_CODE = lazy_regex(
    r"\b(?i:code|rabattcode|gutschein(?:code)?|coupon|voucher|código|codigo|cupón)\b[^.!?\n]{0,40}?"
    r"(?<![\w#-])([A-Z][A-Z0-9-]{3,19})(?![\w-])"
)
_SIZE = r"(\d{2}(?:[.,]5)?|X{0,3}[SL]|M)"
_WANTED = lazy_regex(
    r"\b(?:for (?:a |an |the )?(?:size )?|need (?:a |an |the )?(?:size )?|(?:rather have|would like)"
    r" (?:a |the )?(?:size )?"
    r"|gegen (?:eine |die )?(?:größe )?|(?:lieber|stattdessen)(?: in)? (?:größe )?"
    r"|brauche (?:größe |eine )?|contre (?:une |la |le |du )?(?:taille )?|plutôt (?:en )?(?:taille )?"
    rf"|por (?:una |la |el )?(?:talla )?|necesito (?:una |la |el )?(?:talla )?){_SIZE}(?![\w%€$£])"
    r"(?!\s?(?:%|€|\$|£|euros?|eur|days?|tagen?|jours?|días|cm|mm|kg))",
    re.IGNORECASE,
)


def named_code(words: str) -> str:
    """The discount code that a mail names; "" if there is none, or more than one."""
    return _only(_CODE.findall(words))


def wanted_size(words: str) -> str:
    """The size that a mail asks for instead of another; "" if that is not certain."""
    return _only([one.upper() for one in _WANTED.findall(words)])


def _only(found: list[str]) -> str:
    return found[0] if len(set(found)) == 1 else ""
