"""What the columns of an orders file are for: by the meaning of headings in ten languages, and by cells.

A heading is judged by its parts: a word for an order, a word for a number. Cells decide in the end: a column
of addresses holds addresses whatever its heading is, and a column without dates holds no date.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from deskterm.sync.stores.exports.amounts import currency_code

_MANY = 10_000  # columns
_SEEN = 200  # rows that are looked at
_MOST, _SOME = 0.8, 0.4  # of the cells that say something; odd ones may stand among them
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,24}")
_DAY = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b.*|\d{4}[年년].*|\d{1,2}\.?\s\w{3,12}\.?,?\s\d{4}.*|\w{3,12}\.?\s\d{1,2},\s\d{4}.*"
)
_AMOUNT = re.compile(r"[^\w\d-]{0,3}(?:[A-Z]{1,3}\$?\s?)?-?\d[\d.,'\s\xa0]*(?:\s?\D{0,4})")
_CAMEL = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-Z])")
_BREAKS = re.compile(r"[\s_\-.:/|()（）\[\]#]+")

# Words that several meanings are made of; a name in capitals stands for the words of that line.
_WORDS = {
    "ORDER": r"order|ordre|bestel|bestil|beställ|auftrag|commande|pedido|encomenda|ordin[ei]\b|zam[óo]wien"
    "|注文|オーダー|tilaus|objedn",
    "NUMBER": r"number|nummer|numer|num[eé]ro|número|n[úu]m\b|\bn[oº°]?\b|nr\b|\bid\b|番号|\br[eé]f|referen"
    r"|code\b",
    "DATE": r"date|datum|fecha|\bdata\b|dato\b|日|\btid|zeit|time|\bday\b|\btag\b|\bam\b|\bwhen\b|placed",
    "ITEM": "item|artikel|art[ií]c|articol|prod[ou]|vare|商品|品",
    "BACK": "refund|erstatt|rembours|reembols|rimbors|terugbeta|zwrot|zwróc|återbet|refusion|tilbagebet|返金",
    "SHIPPING": "ship|versand|versende|liefer|livrai|exp[eé]d|envoi|envi[oó]|envío|entrega|sped|consegn"
    "|verzend"
    "|lever|wysył|dostaw|frete|frakt|fragt|forsend|配送|発送|送料|届け",
    "BILLING": "bill|rechnung|factur|fattur|payer|płatn|cobran|faktur|invoice|請求",
    "PAYMENT": "pay|paid|zahl|bezahl|paie|pagad|pagam|pago|betal|płatno|opłac|支払",
    "CUSTOMER": "customer|kund|client|cliente|klant|klient|buyer|käufer|acheteur|comprador|compratore|köpare"
    "|køber|顧客|購入者|お客",
    "STATUS": r"status|zustand|ngsstand|tragsstand|^stand\b|\bstage\b|\bfase\b|situa|toestand|tilstand"
    r"|[ée]tat\b|estado|stato\b|statut|ステータス|状態|状況|\bstan\b",
    "NAMED": r"name|\bnom\b|nombre|\bnome\b|naam|nazwa|namn|navn|bezeichnung|titel|title|名",
}
# Each role with what a heading of it says: words of each group (`&` begins another), no word behind `!`;
# a word behind `+` makes it likelier. A role may have several such meanings.
_TABLE = r"""
number
    ORDER
    & NUMBER
    ! ITEM|CUSTOMER|SHIPPING|PAYMENT|date|日
number
    ^(?:ORDER)\w{0,4}$
    ! s$|ungen$|en$|date|日
number
    ^(?:NUMBER)\w{0,9}$
    ! ITEM|CUSTOMER
    + r[eé]f|number|nummer|numer
placed
    DATE
    ! SHIPPING|PAYMENT|BACK|complet|abgeschl|termin|modif|updat|änder|cancel|storn|annul|due|fällig
    ! birth|geburt|export|print|last|letzt|dernier|últim|ultim
    + ORDER
placed
    購入日|注文日|eingegangen|créée|creat|erstellt|angelegt
    ! SHIPPING|PAYMENT|BACK
total
    total|gesamt|summe|summa|\bsuma\b|somma|\bsum\b|betrag|bedrag|brutto|amount|montant|importe|kwota|wartość
    \bvalor|belopp|beløb|合計|総額|金額|\bttc\b
    ! tax|steuer|mwst|\btva\b|\biva\b|\bvat\b|btw|moms|税|SHIPPING|discount|rabat|remise|descuento|sconto
    ! korting|desconto|割引|sub.?total|zwischen|sous|net\b|netto|\bht\b|BACK|ITEM|line|fee|gebühr|spent|単価
    ! saldo|balance
    + ORDER|grand|brutto|\bttc\b|gesamt
currency
    currency|währung|devise|moneda|valuta|munt|walut|moeda|通貨
status
    STATUS
    ! PAYMENT|SHIPPING
    + ORDER
payment
    STATUS
    & PAYMENT
sending
    STATUS
    & SHIPPING
email
    mail|correo|courriel|e.?post|メール
    + BILLING|CUSTOMER
first name
    first.?name|vorname|pr[ée]nom|voornaam|imi[ęe]|förnamn|fornavn|^名(?![前称])|given
    + SHIPPING
first name
    ^(?:nombre|nome)\b
    ! ITEM|apellid|cognom|complet
last name
    last.?name|surname|nachname|familienname|apellid|cognome|achternaam|sobrenome|apelido|nazwisko
    efternamn|efternavn|^姓
    + SHIPPING
last name
    ^nom\b
    ! ITEM|complet|pr[ée]nom
name
    CUSTOMER|full.?name|NAMED|氏名
    ! ITEM|mail|NUMBER|group|STATUS|first|last|vor|nach|user|nouveau|new\b|note
    + CUSTOMER|SHIPPING
phone
    phone|telef|tel\b|t[ée]l[ée]?ph|mobil|電話
street
    street|stra(?:ß|ss)e|address|adresse|direcci|indirizzo|\badres|endere|ulica|gatu|住所|\brue\b
    calle\b|\bvia\b
    ! mail|\bip\b
    + SHIPPING
postcode
    post.?(?:code|al|nummer|nr|leit)|zip|\bplz\b|\bcap\b|\bcp\b|\bcep\b|kod poczt|郵便|pocztow
    + SHIPPING
city
    city|town|\bort\b|stadt|ville|ciudad|poblaci|citt[àa]|plaats|miasto|cidade|\bby\b|市区|suburb
    + SHIPPING
region
    state\b|region|provin|bundesland|都道府県|county
    ! STATUS
    + SHIPPING
country
    country|\bland\b|pays|país|paese|nazione|kraj|^国
    + SHIPPING
note
    note|notiz|remarque|nota\b|opmerk|uwag|anteckn|bemærk|comment|kommentar|備考|anmerk
    ! NUMBER
title
    ITEM
    ! NUMBER|pr[ei]|cost|cena|qua|menge|anzahl|価|数|sku|DATE
    + NAMED
sku
    \bsku\b|\bugs\b|\bcod\b
sku
    ITEM
    & NUMBER
    ! ORDER|NAMED
quantity
    qty|quantit|quantid|cantidad|qt[àaée]|qtd|menge|anzahl|stück|aantal|ilo[śs][ćc]|antal|数量|個数|pieces
    ! total|gesamt
price
    price|preis|pri[xs]\b|precio|prezzo|prijs|cena|pre[çc]o|\bpris|価格|単価|cost
    ! SHIPPING
    + ITEM
shipped
    DATE
    & SHIPPING
refunded
    BACK
    ! DATE
code
    coupon|gutschein|rabattcode|code promo|cup[óo]n|discount code|codice sconto|cupom|クーポン
"""


class ColumnRole(StrEnum):
    """What a column is for."""

    NUMBER = "number"
    PLACED = "placed"
    TOTAL = "total"
    CURRENCY = "currency"
    STATUS = "status"
    PAYMENT = "payment"
    SENDING = "sending"
    EMAIL = "email"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    NAME = "name"
    PHONE = "phone"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    NOTE = "note"
    TITLE = "title"
    SKU = "sku"
    QUANTITY = "quantity"
    PRICE = "price"
    SHIPPED = "shipped"
    REFUNDED = "refunded"
    CODE = "code"


class _HeadingMeaning(NamedTuple):
    """What a heading says: a word of each group of `all_of` is in it, none of `none_of`; see `_TABLE`."""

    all_of: list[re.Pattern[str]]
    none_of: re.Pattern[str]
    more: re.Pattern[str]


@cache
def _meanings() -> list[tuple[ColumnRole, _HeadingMeaning]]:
    """The meanings of `_TABLE`, in its order."""
    blocks = re.split(r"\n(?=\S)", _TABLE.strip("\n"))
    return [(ColumnRole(block.split("\n")[0]), _read_meaning(block.split("\n")[1:])) for block in blocks]


def _read_meaning(lines: Sequence[str]) -> _HeadingMeaning:
    groups: dict[str, list[str]] = {"": [], "&": [], "!": [], "+": []}
    for line in lines:
        sign, _, words = line[4:].partition(" ") if line[4:5] in "&!+" else ("", "", line[4:])
        groups[sign].append(words)
    first, second, none, more = (_pattern(groups[sign]) for sign in groups)
    return _HeadingMeaning([first, second] if groups["&"] else [first], none, more)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """These words as one expression; one that fits nothing for none."""
    text = re.sub(r"\b[A-Z]{4,}\b", lambda found: _WORDS[found[0]], "|".join(words) or "(?!)")
    return re.compile(text)


def _are(pattern: re.Pattern[str], least: float) -> Callable[[Sequence[str]], bool]:
    return lambda cells: _share(cells, lambda cell: pattern.fullmatch(cell) is not None) >= least


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether cells may be order numbers: short, in one piece, and no days or addresses."""
    fit = _share(cells, lambda cell: len(cell) <= _LONGEST and " " not in cell and "@" not in cell)
    return fit >= _MOST and not _share(cells, lambda cell: _DAY.fullmatch(cell) is not None)


_LONGEST = 40
_HOLDS: Mapping[ColumnRole, Callable[[Sequence[str]], bool]] = {
    ColumnRole.NUMBER: _are_numbers,
    ColumnRole.PLACED: _are(_DAY, _SOME),
    ColumnRole.SHIPPED: _are(_DAY, _SOME),
    ColumnRole.TOTAL: _are(_AMOUNT, _SOME),
    ColumnRole.PRICE: _are(_AMOUNT, _SOME),
    ColumnRole.REFUNDED: _are(_AMOUNT, _SOME),
    ColumnRole.EMAIL: _are(_ADDRESS, _MOST),
    ColumnRole.CURRENCY: lambda cells: _share(cells, lambda cell: bool(currency_code(cell))) >= _MOST,
}


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, cells)) / len(cells) if cells else 1.0  # empty cells speak against nothing


def find_roles(columns: Iterable[str], rows: Sequence[Mapping[str, str]]) -> dict[ColumnRole, str]:
    """The column for each role that a file has one for. A column has one role."""
    points: list[tuple[int, int, ColumnRole, str]] = []
    cells: dict[str, list[str]] = {}
    for place, column in enumerate(columns):
        cells[column] = [text for row in rows[:_SEEN] if (text := (row.get(column) or "").strip())]
        heading = _plain(column)
        for rank, (role, meaning) in enumerate(_meanings()):
            if weight := _weigh(heading, meaning):
                holds = _HOLDS.get(role)
                if holds is None or holds(cells[column]):
                    points.append((-weight, rank * _MANY + place, role, column))
    found = _choose(points)
    if ColumnRole.EMAIL not in found:  # told by its cells alone
        held = (
            one
            for one in cells
            if cells[one] and one not in found.values() and _are(_ADDRESS, _MOST)(cells[one])
        )
        if column := next(held, ""):
            found[ColumnRole.EMAIL] = column
    return found


def tells_of_orders(columns: Iterable[str]) -> bool:
    """Whether a heading speaks of an order, of goods or of sending them: a list of payments does not."""
    of_orders = re.compile("|".join(_WORDS[name] for name in ("ORDER", "ITEM", "SHIPPING")))
    return any(of_orders.search(_plain(column)) for column in columns)


def speaks_of(column: str, role: ColumnRole) -> bool:
    """Whether a heading has a word for paying or for sending (`role`)."""
    group = "PAYMENT" if role is ColumnRole.PAYMENT else "SHIPPING"
    return re.search(_WORDS[group], _plain(column)) is not None


def _choose(points: list[tuple[int, int, ColumnRole, str]]) -> dict[ColumnRole, str]:
    found: dict[ColumnRole, str] = {}
    taken: set[str] = set()
    for _, _, role, column in sorted(points):
        if role not in found and column not in taken:
            found[role] = column
            taken.add(column)
    return found


def _plain(column: str) -> str:
    return _BREAKS.sub(" ", _CAMEL.sub(" ", column).casefold()).strip()


def _weigh(heading: str, meaning: _HeadingMeaning) -> int:
    """How well a heading fits a meaning: 0 not at all."""
    if meaning.none_of.search(heading) or not all(one.search(heading) for one in meaning.all_of):
        return 0
    return 2 * len(meaning.all_of) + bool(meaning.more.search(heading))
