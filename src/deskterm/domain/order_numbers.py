"""Order numbers as customers write them: `#1042`, `order 1042`, `Bestellung Nr. 1042`, `注文番号 1042`."""

import re

_WORDS = (
    "order|ordernummer|orders|bestellung|bestellnummer|bestell-nr|auftrag|auftragsnummer|rechnung"
    "|commande|pedido|orden|ordine|bestelling|bestelnummer|encomenda|zam[oó]wienie|zam[oó]wienia"
    "|objedn[aá]vka|objedn[aá]vky|beställning|ordre|bestilling|tilaus|sipariş|заказ|заказа|ご注文|注文|订单|訂單|주문"
)
_BETWEEN = (
    r"(?:[\s:.,()_-]|\b(?:number|no|nr|num|n[úu]mero|num[ée]ro|nummer|id)\b|n[°ºo]|番号|号|號|번호|№|#){0,6}"
)
_NUMBER = r"([A-Z]{0,4}-?\d{3,12}(?:-[A-Z0-9]{1,6})?)"
_NAMED = re.compile(rf"(?:(?:\b(?:{_WORDS})|№){_BETWEEN}|(?<![\w&#/])#\s?){_NUMBER}(?![\w@])", re.IGNORECASE)
_MOST_TEXT = 100_000
_MOST = 20


def numbers(text: str) -> tuple[str, ...]:
    """The order numbers a text names, each once, without their mark, in capitals. Linear time.

    They are candidates: whether such an order exists is for the store's orders to say.
    """
    if not any(char.isdigit() for char in text[:_MOST_TEXT]):
        return ()
    found = dict.fromkeys(match[1].upper() for match in _NAMED.finditer(text[:_MOST_TEXT]))
    return tuple(found)[:_MOST]
