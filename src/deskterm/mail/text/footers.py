"""Recognising footers: signature marks, "Sent from my phone", legal disclaimers."""

import re

from deskterm.mail.phrases import Phrases, any_in

_LONGEST_FOOTER = 120  # characters of a mobile footer's line
_BRAND = (
    "iphon|ipad|ipod|ios\\b|android|samsung|galaxy|huawei|xiaomi|redmi|oppo|pixel|nokia|sony|motorola"
    "|blackberry|windows|outlook|yahoo|gmail|gmx|web\\.de|proton|aol|icloud|hotmail|thunderbird|airmail"
    "|unibox|edison|spark|canary|shortwave|superhuman|\\w*mail\\b|mailbox|orange|t-mobile|verizon|vodafone|айфон"
)
_GENERIC = (
    "device|gerät|appareil|dispositivo|laptop|computer|mobil|handy|smartphone|phone|telefon|teléfono"
    "|téléphone|telemóvel|celular|cellulare|móvil|telefoon|puhelim|tablet|телефон|смартфон|手机|手機"
    "|スマートフォン|휴대|스마트폰"
)
_MY = (
    "my|an?|mon|ma|une?|mi|mis|meu|minha|mio|mia|il mio|la mia|mijn|een|moj\\w*|min|mitt|mit|en|et|minun"
    "|mého|mojho|mein\\w*|моего|моей|мого"
)
_SENT_WITH = tuple(
    (
        "sent from|sent via|sent with|sent using|get outlook|gesendet von|gesendet mit|gesendet über"
        "|gesendet aus|outlook für|holen sie sich outlook|envoyé de|envoyé depuis|envoyé à partir"
        "|envoyé avec|télécharger outlook|obtenir outlook|enviado desde|enviado do|enviado da|enviado de"
        "|enviado a partir|enviado con|enviado pelo|enviado através|obtener outlook|obter o outlook"
        "|inviato da|inviato dal|inviato con|scarica outlook|ottieni outlook|verzonden vanaf"
        "|verzonden vanuit|verzonden met|verstuurd vanaf|outlook voor|wysłane z|wysłano z|pobierz outlook"
        "|skickat från|skickades från|skaffa outlook|sendt fra|hent outlook|få outlook|lähetetty"
        "|hanki outlook|odesláno z|odoslané z|stáhnout outlook|отправлено с|отправлено из|отправлено через"
        "|надіслано з|скачать outlook|trimis de pe|στάλθηκε από|发自|发送自|從我的|从我的|傳送自"
        "|获取 outlook"
    ).split("|")
)
_PREFIX_CHARS = 2  # enough to rule out most lines quickly
_SENT_STARTS = frozenset(words[:_PREFIX_CHARS] for words in _SENT_WITH)
_PREFIX = "|".join(re.escape(words) for words in sorted(_SENT_WITH, key=len, reverse=True))
# The device follows: at most two words before a brand, "my" before a generic word.
_SENT_FROM = re.compile(
    rf"(?:{_PREFIX})\W{{0,3}}(?:我的)?(?:(?:[^\s,.;]+\s){{0,2}}?(?:{_BRAND})|(?:{_MY})\s(?:[^\s,.;]+\s){{0,2}}?(?:{_GENERIC})"
    rf"|(?:{_GENERIC})\w*$)"
)
# Languages that put the verb last: "Von meinem iPhone gesendet", "iPhoneから送信".
_SENT_LAST = tuple(
    "gesendet|versendet|gönderildi|から送信|에서 보냄|에서 보냈습니다|傳送|küldve|を入手".split("|")
)
_DEVICE_FIRST = re.compile(
    r"(?:diese (?:nachricht|e-?mail|mail) wurde )?(?:(?:von|mit) mein\w* |나의 |내 |從我的 )?[\w.-]{0,12}?"
    rf"(?:{_BRAND}|{_GENERIC})"
)
_LONGEST_DEVICE_FIRST = 90
_LINK = re.compile(r"[<(\[]?https?://[^\s<>]{1,400}[>)\]]?|\[\d+\]")

_MESSAGE = tuple(
    (
        "mail|message|nachricht|mensaje|messaggio|bericht|mensagem|wiadomo|meddeland|meddelelse|melding"
        "|viesti|zpráv|ileti|mesaj|сообщени|письм|メール|메일|邮件|郵件|courriel|correo"
    ).split("|")
)
_SECRET = tuple(
    (
        "confiden|vertraulich|riservat|vertrouwelijk|poufn|konfiden|fortrolig|luottamuksell|důvěrn|gizli"
        "|конфиденц|機密|기밀|机密|保密|privileged"
    ).split("|")
)
_MEANT_FOR = tuple(
    (
        "intended|addressee|recipient|unauthoris|unauthoriz|in error|empfänger|adressat|bestimmt|irrtüm"
        "|destinat|erreur|por error|per errore|ontvanger|geadresseerde|adresat|odbiorc|mottagare|modtager"
        "|mottaker|vastaanottaj|příjemc|alıcı|получател|адресат|受信者|宛先|수신자|收件人|receptor"
    ).split("|")
)
_BOILERPLATE = Phrases(
    r"^\W*(?:confidentiality (?:notice|note)|legal disclaimer|e-?mail disclaimer|haftungsausschluss:"
    r"|avis de confidentialité|aviso de confidencialidad|aviso legal:|virus-free\W|virenfrei\W|sans virus\W"
    r"|libre de virus\W)|(?:consider the environment|think of the environment|think before you print"
    r"|before printing this|vor dem ausdrucken|bevor sie diese (?:e-?mail|mail) (?:aus)?drucken"
    r"|avant d.imprimer ce|antes de imprimir este|prima di stampare questa)|(?:checked|scanned|geprüft"
    r"|überprüft|vérifié|analizzato|analizado) .{0,60}(?:virus|viren|antivirus|avast)|(?:virus|viren"
    r"|antivirus|avast).{0,40}(?:checked|scanned|geprüft|überprüft|vérifié)",
    near=("confid", "disclaim", "haftung", "aviso", "vir", "avast", "print", "druck", "imprim", "stampa"),
)
_SHORTEST_DISCLAIMER = 80
_LONGEST_DISCLAIMER = 6000
_DECORATION = " \t\u00a0*_-–—()[].。!>|~"
_TRACKER = "\u1427"  # a single character that tracking add-ons leave in Gmail

_RULE_CHARS = "-_=*~#+—–"
_DRAWN = _RULE_CHARS + " \t\u00a0"
DRAWN = frozenset(_DRAWN)
_SHORTEST_RULE = 3
_STRICT = frozenset({"--", "—", "– –", "- -", "__", "—-"})
_CONTACT = re.compile(
    r"https?://|www\.|@[\w-]+\.\w|\+\d[\d ()/-]{6,}|(?:tel|phone|mobil\w*|fax|fon|tél"
    r"|gsm)\b[.:]?\s{0,3}\+?[\d(]",
    re.IGNORECASE,
)


def is_footer(line: str) -> bool:
    """Whether a phone or a mail app added this line: "Sent from my iPhone"."""
    if len(line) > _LONGEST_FOOTER + 200 or not line.strip():
        return False
    bare = line.strip(_DECORATION).casefold()
    if bare == _TRACKER:
        return True
    sent = bare[:_PREFIX_CHARS] in _SENT_STARTS and bare.startswith(_SENT_WITH)
    if "http" in bare or "[" in bare:
        bare = _LINK.sub("", bare).strip(_DECORATION)
    if not sent and not bare.endswith(_SENT_LAST):
        return False
    if len(bare) > _LONGEST_FOOTER or "?" in bare:
        return False
    if sent and _SENT_FROM.match(bare):
        return True
    return len(bare) < _LONGEST_DEVICE_FIRST and bare.endswith(_SENT_LAST) and bool(_DEVICE_FIRST.match(bare))


def is_disclaimer(paragraph: str) -> bool:
    """Whether a paragraph is boilerplate about confidentiality, printing or viruses."""
    if len(paragraph) > _LONGEST_DISCLAIMER:
        return False
    if _BOILERPLATE.appear_in(paragraph):
        return True
    low = paragraph.casefold()
    return (
        len(low) >= _SHORTEST_DISCLAIMER
        and any_in(low, _SECRET)
        and any_in(low, _MESSAGE)
        and any_in(low, _MEANT_FOR)
    )


def is_signature_mark(line: str) -> bool:
    """Whether a line is the "-- " of RFC 3676 (4.3), or the dash that some programs write instead."""
    return len(line) < _SHORTEST_RULE + 8 and line.strip() in _STRICT


def may_be_drawn(line: str) -> bool:
    """Quick check: only a line without words that is not empty can be a signature mark or a rule."""
    return line[:1] in DRAWN and not line.strip(_DRAWN)


def is_rule(line: str) -> bool:
    """Whether a line is drawn with one character."""
    bare = line.strip()
    return len(bare) >= _SHORTEST_RULE and bare[0] in _RULE_CHARS and not bare.strip(bare[0])


def looks_like_contact(lines: list[str]) -> bool:
    """Whether short lines have contact data, as signatures do."""
    return any(_CONTACT.search(line) for line in lines if len(line) < _LONGEST_FOOTER)
