"""Order numbers as customers write them: `#1042`, `order 1042`, `Bestellung Nr. 1042`, `注文番号 1042`."""

import re

_ORDER_WORDS = frozenset(
    "order orders ordernumber ordernummer ordrenummer bestellung bestellnummer auftrag auftragsnummer"
    " rechnung commande pedido orden ordine bestelling bestelnummer encomenda zamówienie zamówienia"
    " objednávka objednávky beställning ordre bestilling tilaus sipariş заказ заказа".split()
)
_UNSPACED = ("注文", "注文番号", "订单", "订单号", "訂單", "訂單號", "주문", "주문번호")
_NUMBER_WORDS = frozenset("number no nr num número numero numéro nummer id n".split())
_WORDS = _NUMBER_WORDS | _ORDER_WORDS
# Digits are rare in a mail: they are found first, then what stands before them is looked at.
_DIGITS = re.compile(r"[0-9][0-9]{2,11}(?:-[A-Za-z0-9]{1,6})?(?![\w@])")
_PREFIX = re.compile(r"(?<![^\W\d_])[A-Za-z]{1,4}-?\Z")
_TOKEN = re.compile(r"[^\W\d_]+|[#№]|[^\s:：.,()°º-]")
_LOOK_BACK = 40
_MOST_TEXT = 100_000
_MOST = 20


def numbers(text: str) -> tuple[str, ...]:
    """The order numbers a text names, each once, without their mark, in capitals. Linear time.

    They are candidates: whether such an order exists is for the store's orders to say.
    """
    found: dict[str, None] = {}
    for digits in _DIGITS.finditer(text, 0, _MOST_TEXT):
        before = text[max(0, digits.start() - _LOOK_BACK) : digits.start()]
        if before[-1:].isdigit():  # the end of a longer number
            continue
        prefix = _prefix(before)
        if _ends_in_order_word(before.removesuffix(prefix)):
            found[(prefix + digits[0]).upper()] = None
            if len(found) == _MOST:
                break
    return tuple(found)


def _prefix(before: str) -> str:
    """Letters that belong to the number itself, as in `R-1042`."""
    if not before or not (before[-1].isalpha() or before[-1] == "-"):
        return ""
    prefix = _PREFIX.search(before)
    return prefix[0] if prefix and prefix[0].lower() not in _WORDS else ""


def _ends_in_order_word(before: str) -> bool:
    """Whether the text ends in `#`, or in a word for an order and perhaps one for number."""
    tokens = _TOKEN.findall(before)
    if tokens and tokens[-1] in "#№" and _free(before[: before.rindex(tokens[-1])]):
        return True
    while tokens and (tokens[-1] in "#№" or tokens[-1].lower() in _NUMBER_WORDS):
        tokens.pop()
    return bool(tokens) and (tokens[-1].lower() in _ORDER_WORDS or tokens[-1].endswith(_UNSPACED))


def _free(before: str) -> bool:
    """Whether a mark after this text stands by itself: `x/#1042` and `&#1042;` are no order numbers."""
    return not before or before[-1].isspace() or before[-1] in "([{:,.;-–—"
