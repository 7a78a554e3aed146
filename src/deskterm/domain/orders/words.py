"""Words near order numbers, in the languages that customers write."""

import re

from deskterm.lazy_regex import lazy_regex

# Words for an order. Any word that begins like this counts ("orders", "Bestellnummer", "zamówienia").
ORDER_STEMS = tuple(
    "order ordre orden ordine ordini bestell bestel bestil beställ auftrag rechnung commande pedido"
    " compra purchase achat acquisto encomenda comand zamówi zamowi objedn tilau sipariş siparis rendel"
    " narudž naroč заказ замовл поръчк παραγγελ הזמנ طلب الطلب đơn".split()
)
# These also count inside a longer word: "Onlinebestellung", "주문번호는".
INNER_STEMS = ("bestell", "auftrag", "beställ", "注文", "订单", "訂單", "訂単", "주문", "オーダー")
# How it is shortened, alone or before a word for "number": "Best.-Nr.", "zam.", "BestNr".
ORDER_SHORT = frozenset("ord best bst auftr cde cmd ped ordin bestel best enc zam zamów obj tilnro".split())
NUMBER_ENDS = ("number", "nummer", "numer", "num", "nr", "no")
NUMBER_WORDS = frozenset(
    "number numbers nummern nummers numéros números numeri numery numre"
    " no nr num nummer numer numero número numéro numara numarası numaram numaranız id n nº n° №"
    " # ref reference référence referenz referencia riferimento referentie confirmation bestätigung code"
    " kod kode code číslo č номер αριθμός αρ רקם מספר رقم hàng szám száma számom broj številka".split()
)
# Words that may be between such a word and the number: "is", "with the", "lautet", "est le".
LINKS = frozenset(
    "is was are the a my this that with of in for under ist lautet war mit der die das den dem unter zu"
    " zur est était le la les l d du de sous avec es era el con la bajo è il lo con sotto met het een is"
    " van onder é foi o com sob jest to z pod är med den er med det on to je byl byla s bir olan это под"
    " с numbered هو هي følgende following folgende suivant siguiente seguente right please bitte"
    " mea mein meine meiner meines mi mio mia mon ma mijn min mitt minha meu mojego moje moja můj".split()
)
# Words before a quantity: "an order for 123 people", "un pedido de 123 tazas".
OF_THINGS = frozenset("of for de di da von über van voor på af na på".split())
# Verb forms of "to order", and words that make a verb of an "order" that follows them.
ORDERING = lazy_regex(
    r"order(?:ed|ing)|command(?:er|é|és|ée|ons|ez|ais)|bestell(?:e|en|t|te|ten)|bestel(?:len|d|de|den)|ordin(?:are|ato|o|iamo)"
    r"|beställ(?:a|de|t)|bestil(?:le|te|t)|zamów(?:ić|iłem|iłam)|objednat|заказать|замовити"
)
WANTING = frozenset("to i we you they can could please would will must should let us want wanna d".split())
# A number after one of these words is another kind of number, whatever else the sentence says.
OTHER_NUMBERS = tuple(
    "customer kunden client cliente klant klient kund phone telephone telefon téléphone teléfono"
    " telefono tel fon mobile handy fax móvil portable item article artikel artículo articolo artigo sku"
    " ean isbn tracking sendung paket parcel suivi seguimiento spedizione track zip plz postcode postal"
    " cp cap house haus hausnr street straße strasse rue calle via weg room zimmer account konto compte"
    " cuenta conto iban member mitglied vat ust ticket case invoice facture factura fattura size größe"
    " taille talla".split()
)
CURRENCIES = frozenset(
    "€ $ £ ¥ ₺ zł kr eur euro euros usd gbp chf sek nok dkk pln czk huf jpy yen dollar dollars pounds"
    " franken cent cents fr 円 元 원".split()
)
UNITS = frozenset("mm cm m km ml cl l g kg % stück pcs x days tage uhr °c °".split())
_GLUED = lazy_regex(r"(?<![^\W_])([^\W\d_]{2,24})(?:_|(?=[0-9]))(?=[A-Z]{0,4}-?[0-9]{3})")
_SPACED = lazy_regex(
    r"(?<![^\W_])([^\W\d_]{3,24}|#)((?:[ \u00a0](?:n[r°o]?\.?o?|num\w{2,4}))?[:.]?[ \u00a0]?#?)"
    r"(?:([0-9]{1,3})[ \u00a0]([0-9]{3})|([A-Z]{1,4}) ([0-9]{3,12}))(?![ \u00a0]?[0-9A-Za-z])"
)
_ALSO_WORDS = frozenset(("best", "enc"))  # "Best, Anna", "Enc."


def is_order_word(word: str) -> bool:
    """Whether a word, in lower case, is one for an order: "bestelling", "Onlinebestellung"."""
    return word.startswith(ORDER_STEMS) or any(stem in word for stem in INNER_STEMS)


def is_shortened(word: str, *, numbered: bool) -> bool:
    """Whether it is a short word for an order: "Zam.", and where a word for "number" follows, "Best.-Nr."."""
    bare = next((word.removesuffix(end) for end in NUMBER_ENDS if word.endswith(end)), "")
    return bare in ORDER_SHORT or (word in ORDER_SHORT and (numbered or word not in _ALSO_WORDS))


def set_apart(text: str) -> str:
    """The text with numbers apart from the words they are glued to, and in one piece themselves.

    "Ordernr1044" is "Ordernr 1044", "order 1 044" is "order 1044", "order KP 2044" is "order KP-2044".
    """
    text = _GLUED.sub(lambda found: f"{found[1]} " if _leads(found[1]) else found[0], text)
    return _SPACED.sub(_in_one_piece, text)


def _in_one_piece(found: re.Match[str]) -> str:
    if found[1] != "#" and not _leads(found[1]):
        return found[0]
    return (
        f"{found[1]}{found[2]}{found[3]}{found[4]}"
        if found[3]
        else f"{found[1]}{found[2]}{found[5]}-{found[6]}"
    )


def _leads(word: str) -> bool:
    return is_order_word(word.lower()) or is_shortened(word.lower(), numbered=False)
