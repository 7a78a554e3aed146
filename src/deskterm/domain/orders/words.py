"""The words beside an order number, in the languages customers write."""

from deskterm.late_pattern import late_pattern

# What an order is called. A word counts when it begins so ("orders", "Bestellnummer", "zamówienia").
ORDER_STEMS = tuple(
    "order ordre orden ordine ordini bestell bestel bestil beställ auftrag rechnung commande pedido"
    " compra purchase achat acquisto encomenda comand zamówi zamowi objedn tilau sipariş siparis rendel"
    " narudž naroč заказ замовл поръчк παραγγελ הזמנ طلب الطلب đơn".split()
)
# These also count inside a longer word: "Onlinebestellung", "주문번호는".
INNER_STEMS = ("bestell", "auftrag", "beställ", "注文", "订单", "訂單", "訂単", "주문", "オーダー")
NUMBER_WORDS = frozenset(
    "number no nr num nummer numer numero número numéro numara numarası numaram numaranız id n nº n° №"
    " # ref reference référence referenz referencia riferimento referentie confirmation bestätigung code"
    " kod kode code číslo č номер αριθμός αρ רקם מספר رقم hàng szám száma számom broj številka".split()
)
# What may stand between the word and the number: "is", "with the", "lautet", "est le".
LINKS = frozenset(
    "is was are the a my this that with of in for under ist lautet war mit der die das den dem unter zu"
    " zur est était le la les l d du de sous avec es era el con la bajo è il lo con sotto met het een is"
    " van onder é foi o com sob jest to z pod är med den er med det on to je byl byla s bir olan это под"
    " с numbered هو هي følgende following folgende suivant siguiente seguente right please bitte"
    " mea mein meine meiner meines mi mio mia mon ma mijn min mitt minha meu mojego moje moja můj".split()
)
# Before how many things are ordered: "an order for 123 people", "un pedido de 123 tazas".
OF_THINGS = frozenset("of for de di da von über van voor på af na på".split())
# Forms of "to order" that no order is called by, and what makes a verb of "order" before it.
ORDERING = late_pattern(
    r"order(?:ed|ing)|command(?:er|é|és|ée|ons|ez|ais)|bestell(?:e|en|t|te|ten)|bestel(?:len|d|de|den)|ordin(?:are|ato|o|iamo)"
    r"|beställ(?:a|de|t)|bestil(?:le|te|t)|zamów(?:ić|iłem|iłam)|objednat|заказать|замовити"
)
WANTING = frozenset("to i we you they can could please would will must should let us want wanna d".split())
# A number after one of these is another kind of number, whatever else the sentence speaks of.
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
