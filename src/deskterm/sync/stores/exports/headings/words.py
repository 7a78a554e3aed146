"""The words of headings in ten languages, and what a column is for by them."""

# Words that several meanings are made of; a name in capitals stands for the words of that line.
WORDS = {
    "ORDER": r"order|ordre|bestel|bestil|beställ|auftrag|commande|pedido|encomenda|ordin[ei]\b|zam[óo]wien"
    "|注文|オーダー|tilaus|objedn",
    "NUMBER": r"number|nummer|numer|num[eé]ro|número|n[úu]m\b|\bn[oº°]?\b|nr\b|\bid\b|番号|\br[eé]f\b"
    r"|r[eé]f[eé]ren|code\b|\bkód\b",
    "DATE": r"date|datum|fecha|\bdata\b|dato\b|日|\btid|zeit|time|\bday\b|\btag\b|\bam\b|\bwhen\b"
    r"|\bwann\b|placed",
    "ITEM": "item|artikel|art[ií]c|articol|prod[ou]|vare|商品|品|polo[žz]k",
    "BACK": "refund|erstatt|rembours|reembols|rimbors|terugbeta|zwrot|zwróc|återbet|refusion|tilbagebet|返金",
    "SHIPPING": "ship|deliver|dispatch|versand|versende|verschick|liefer|livrai|exp[eé]d|envoi|envi[oó]|envío"
    "|entrega|sped|consegn|verzend|lever|wysył|dostaw|frete|frakt|fragt|forsend|配送|発送|送料|届け"
    "|verzonden|verstuur|gesendet|enviad|inviat|skicka|wysłan|zásil|doruč|doprav",
    "BILLING": "bill|rechnung|factur|fattur|payer|płatn|cobran|faktur|invoice|請求",
    "PAYMENT": "pay|paid|zahl|bezahl|paie|pagad|pagam|pago|beta+l|płatno|opłac|支払",
    "CUSTOMER": "customer|kund|client|cliente|klant|klient|buyer|käufer|acheteur|comprador|compratore|köpare"
    "|køber|顧客|購入者|お客",
    "STATUS": r"status|zustand|ngsstand|tragsstand|^stand\b|\bstage\b|\bfase\b|situa|toestand|tilstand"
    r"|[ée]tat\b|estado|stato\b|statut|ステータス|状態|状況|\bstan\b|\bstav\b",
    "OURS": r"seller|vendor|supplier|merchant|\bagent|\bsales\b|\bstaff|warehouse|sender\b|channel|\bstore\b"
    r"|\bshop\b|lieferant|verkäufer|händler|lager|kanal|fournisseur|vendeur|proveedor|vendedor|fornitore"
    "|venditore|leverancier|verkoper|sprzedaw|dostawc|säljare|sælger",
    # What is still to happen, did not or goes back: "yes" and a day below it are not those of a thing done.
    "NOT_DONE": r"\bnot\b|\bun(?:paid|ship|sent|deliver|fulfil|dispatch)"
    r"|\bto (?:be|pay|ship|send|deliver|dispatch)\b|\blater\b|\bby\b|until|latest|expected|estimated|\best\b"
    r"|\beta\b|planned|promised|desired|wanted|requested|remind|pending|awaiting|fail|problem|error|cancel"
    r"|nicht|unbezahlt|ausstehend|zahlbar|\bbis\b|\bzu (?:zahl|lief|vers)|voraus|erwart|geplant|wunsch"
    r"|spätest|mahn|fehl|storn|\bnon\b|\bpas\b|^à\b|reste|impay|prévu|estim|avant|attente|annul|pendiente"
    r"|pendente|\bsin\b|previst|\bda (?:pag|sped|cons)|attesa|\bpor\b|\bnão\b|\bniet|\bnog\b"
    r"|\bte (?:bet|verz|lev)|onbetaa|verwacht|\bnie|planowan|przewid|\bobetal|\boskick|\bej\b|\binte\b|ikke"
    r"|\bubetal|förvänt|beräkn|forvent|未|予定|希望|return|retour|rück|devol|\breso\b|zwrot|返品",
    # What else is said of paying and sending: costs, choices, counts.
    "BESIDE": r"fee|cost|charge|price|free|insur|express|gift|kosten|gebühr|preis|gratis|versicher|frais"
    r"|gratuit|gastos|kosz|gebyr|avgift|qty|quant|menge|anzahl|aantal|antal|ilość|address|adres|indirizzo"
    r"|direcc|\bto\b",
    "NAMED": r"name|\bnom\b|nombre|\bnome\b|naam|nazwa|namn|navn|jméno|bezeichnung|titel|title|名",
}
# Each role with what a heading of it says: words of each group (`&` begins another), no word behind `!`;
# a word behind `+` makes it likelier. A role may have several such meanings.
TABLE = r"""
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
    ! since|seit|depuis|regist|birth|geburt|export|print|last|letzt|dernier|últim|ultim
    + ORDER
placed
    購入日|注文日|eingegangen|créée|creat|erstellt|angelegt
    ! SHIPPING|PAYMENT|BACK
total
    totaa?l|gesamt|summe|summa|\bsuma\b|somma|\bsum\b|betrag|bedrag|brutto|amount|montant|importe|kwota
    wartość|\bvalor|\border value|belopp|beløb|合計|総額|金額|\bttc\b|celkem
    ! tax|steuer|mwst|\btva\b|\biva\b|\bvat\b|btw|moms|税|SHIPPING|discount|rabat|remise|descuento|sconto
    ! korting|desconto|割引|sub.?total|zwischen|sous|net\b|netto|\bht\b|BACK|ITEM|line|fee|gebühr|spent|単価
    ! saldo|balance|deposit|anzahlung|acompte|gift|voucher|NUMBER|quant|qty|menge|anzahl|antal|aantal
    ! \bvk\b|verkauf|waren|goods|merchandise|marchandise|mercanc|\bmerce|goederen|towar|unit
    ! items|pieces|stück|weight|gewicht|poids|peso|points|punkte|lifetime\b|\bdue\b|outstanding|offen|reste
    ! openstaand|pendiente|aperto
    + ORDER|grand|brutto|\bttc\b|gesamt|^totaa?l$|amount total|total amount
currency
    currency|währung|devise|moneda|valuta|munt|walut|moeda|通貨|měna
status
    STATUS
    ! PAYMENT|SHIPPING|BACK|return|retour|rück|devol|\breso\b
    + ORDER
payment
    STATUS
    & PAYMENT
sending
    STATUS
    & SHIPPING
email
    mail|correo|courriel|e.?post|メール
    ! OURS
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
    ! ITEM|mail|NUMBER|group|STATUS|first|last|vor|nach|user|nouveau|new\b|note|OURS|method|since|seit
    ! depuis|total|lifetime|accept|consent|type\b
    + CUSTOMER|SHIPPING
phone
    phone|telef|tel\b|t[ée]l[ée]?ph|mobil|電話
street
    street|stra(?:ß|ss)e|address|adresse|direcci|indirizzo|\badres|endere|ulica|gatu|住所|\brue\b
    calle\b|\bvia\b
    ! mail|\bip\b|OURS|same|to billing
    + SHIPPING
postcode
    post.?(?:code|al|nummer|nr|leit)|zip|\bplz\b|\bcap\b|\bcp\b|\bcep\b|kod poczt|郵便|pocztow
    + SHIPPING
city
    city|town|\bort\b|stadt|ville|ciudad|poblaci|citt[àa]|plaats|miasto|cidade|\bby\b|市区|suburb
    ! OURS
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
    ! NUMBER|pr[ei]|cost|cena|qua|menge|anzahl|価|数|sku|DATE|total|gesamt
    + NAMED
sku
    \bsku\b|\bugs\b|\bcod\b
sku
    ITEM
    & NUMBER
    ! ORDER|NAMED
quantity
    qty|quantit|quantid|cantidad|qt[àaée]|qtd|menge|anzahl|stück|aantal|ilo[śs][ćc]|antal|数量|個数|pieces|množství
    ! total|gesamt
price
    price|preis|pri[xs]\b|precio|prezzo|prijs|cena|pre[çc]o|\bpris|価格|単価|cost|\bvk\b
    ! SHIPPING
    + ITEM
shipped
    DATE
    & SHIPPING
    ! NOT_DONE
refunded
    BACK
    ! DATE|STATUS|reason|grund\b|pending
code
    coupon|gutschein|rabattcode|code promo|cup[óo]n|discount code|codice sconto|cupom|クーポン
"""
