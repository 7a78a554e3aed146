"""Recognising notices of stores, marketplaces and payment services about orders and money."""

import re

from deskterm.domain.orders.numbers import numbers
from deskterm.mail.phrases import first_match, phrases

_ORDER_WORD = (
    r"(?:order|bestellung|auftrag|commande|pedido|ordine|bestelling|encomenda|zamówieni\w*|beställning|ordre"
    r"|tilaus|注文)"
)
_NUMBER = r"(?P<number>\d{3}-\d{7}-\d{7}|\d[\d-]{1,16}\d|[A-Z]{1,4}-?\d{2,12}|\d{1,12})"
# Each kind of notice, followed by patterns of its subjects.
_WORDS = r"""
dispute
    chargeback|dispute|case (?:was )?opened|inquiry opened|rückbuchung|käuferschutz
    fall (?:wurde )?eröffnet|rückbelastung|litige|contestation|rétrofacturation|impayé|disputa
    contracargo|controversia|contestazione|geschil|terugboeking
payout
    payout|your transfer|deposit is on|money (?:is )?on (?:its|the) way
    you(?:'ve| have) (?:got|received) (?:a payment|money)|payment received|auszahlung|zahlung erhalten
    geld erhalten|versement|virement|paiement reçu|pago recibido|transferencia|has recibido|accredito
    pagamento ricevuto|uitbetaling|betaling ontvangen|repasse|wypłata|utbetalning|udbetaling
order
    new (?:customer )?order
    ORDER (?:#|no|nr|n°|nº)?[. ]{0,2}NUMBER.{0,60}(?:placed|confirmed|received|cancel|failed|paid|refund)
    (?:cancelled|canceled|failed|refunded) order|order (?:has been )?(?:cancelled|canceled|failed)
    you (?:made a sale|sold)|item sold|new sale|neue (?:kunden)?bestellung
    (?:stornierte|fehlgeschlagene) bestellung
    bestellung .{0,40}(?:storniert|eingegangen|aufgegeben|fehlgeschlagen)|sie haben .{0,40}verkauft
    nouvelle commande|commande .{0,40}(?:annulée|échouée|passée)|vous avez (?:réalisé une vente|vendu)
    nuevo pedido|pedido .{0,40}(?:cancelado|fallido|realizado)|has (?:vendido|realizado una venta)
    nuovo ordine|ordine .{0,40}(?:annullato|fallito)|nieuwe bestelling
    bestelling .{0,40}(?:geannuleerd|mislukt|geplaatst)|novo pedido|nova encomenda|nowe zamówienie
    ny (?:beställning|ordre|bestilling)|sold, (?:ship|dispatch) now|verkauft, jetzt versenden
shop
    low stock|out of stock|no stock|backorder|geringer lagerbestand|nicht (?:mehr )?vorrätig
    stock faible|rupture de stock|pocas existencias|sin existencias|new review|neue bewertung
    nouvel avis|nueva reseña|login (?:code|attempt)|verification code|invoice is available
"""
_SUBJECTS = phrases(_WORDS.replace("ORDER", _ORDER_WORD).replace("NUMBER", _NUMBER))
_ORDER = re.compile(
    rf"{_ORDER_WORD}\b.{{0,12}}?{_NUMBER}|#\s?(?P<bare>[A-Z]{{0,4}}-?\d{{1,12}})", re.IGNORECASE
)
_ANSWER = re.compile(
    r"\s*(?:re|aw|antw|sv|vs|fwd?|wg|tr|rv|odp|ynt|res|r)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE
)
_SUBJECT = 300
_AMOUNT = re.compile(
    r"(?:[$€£¥₹]|\b[A-Z]{3}|kr\.?|zł|Kč)[ \xa0]?\d{1,6}(?:[.,' ]\d{3})*(?:[.,]\d{2})?\b"
    r"|\b\d{1,6}(?:[.,' ]\d{3})*(?:[.,]\d{2})?[ \xa0]?(?:[$€£¥₹円]|[A-Z]{3}\b|kr\b|zł|Kč)"
)
_FEWEST_AMOUNTS = 2
_TEXT = 8_000


def notice_kind(subject: str) -> str:
    """What a subject announces: dispute, payout, order or shop; "" for anything else and for answers."""
    subject = subject[:_SUBJECT]
    if _ANSWER.match(subject):
        return ""
    return first_match(_SUBJECTS, subject)


def lists_order(subject: str, text: str) -> bool:
    """Whether a mail describes an order, in any language: a number in the subject, several amounts of money.

    Customers name their order too, but do not list what each item costs.
    """
    if _ANSWER.match(subject[:_SUBJECT]) or not numbers(subject[:_SUBJECT]):
        return False
    return sum(_AMOUNT.search(line) is not None for line in text[:_TEXT].split("\n")) >= _FEWEST_AMOUNTS


def order_in(text: str) -> str:
    """The first number a text calls an order (`#1042`, `order 1042`), without the #; else ""."""
    found = _ORDER.search(text[:_SUBJECT])
    return (found["number"] or found["bare"] or "") if found else ""
