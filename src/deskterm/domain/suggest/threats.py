"""Disputes recognised by grammar in ten languages: who is to act, a bank or an office, and what they do.

A bank, a court or a lawyer alone means nothing: people work there or pay through it. It is a dispute if the
writer takes the matter there, or has the money taken back.
"""

import re

from deskterm.lazy_regex import lazy_regex

_SENTENCE = re.compile(r"[^.!?\n。！？]+")
# Who takes money back for a customer.
_BANK = (  # to which the money should go is another matter: "back to my card"
    r"(?<!\bto my )(?<!\bonto my )(?<!\bon my )(?<!\bauf die )(?<!\bauf meine )(?<!\bsur ma )(?<!\bsulla )"
    r"(?<!\bop mijn )(?<!\bno )(?<!\bw )(?<!\btill mitt )(?<!\btil min )\b(?:\w{0,12}bank(?:en|a|u|ą|owi)?"
    r"|banque|banco|banca|card (?:issuer|company|provider)|credit card|visa|mastercard"
    r"|amex|paypal|klarna|kreditkarte\w*|carte bancaire|tarjeta|carta di credito"
    r"|creditcard|kortet)\b|カード会社"
    r"|銀行"
)
# What it does then.
_TAKE_BACK = (
    r"\brevers(?:e|ed|ing|al)\b|\bcharge ?back|\bclaw\w* back|\b(?:get|take|claim|pull|fetch|got"
    r"|took)\w* (?:\w+ ){0,3}"
    r"(?:money|payment|it) back|\bhandle the refund|\bdisput(?:e|ed|ing)\b|\bpull\w* (?:the|my) payment"
    r"|\b(?:hol|zurück)\w* .{0,40}zurück|\bzurück(?:ge)?(?:hol|buch|ruf|forder)\w*|\brückbuch\w*"
    r"|\bwidersp(?:roch|rech|ruch)\w*"
    r"|\bopposition\b|\bannul\w+ (?:le|du|un) (?:débit|paiement|prélèvement)|\brejet\w* (?:le|du) (?:débit"
    r"|prélèvement)"
    r"|\bcontest\w+\b|\breclam\w+ (?:el|un|la) (?:cobro|cargo|pago)|\bdevol(?:uci[óo]n|ver) (?:el"
    r"|del) (?:cargo|recibo|cobro)"
    r"|\bstorn\w+|\banul\w+ (?:el|la) (?:cargo|pago|cobro|compra)|\bterug(?:ge)?(?:boek|hal|draai)\w*"
    r"|\blaten terugboeken|\bstorner\w*"
    r"|\bestorn\w+|\breklamacj\w+ w banku|\bbestrid\w*|\btrække pengene|\btrekke pengene"
    r"|\b(?:dra\w*|kräv\w*) tillbaka|\bcofn\w+|\btilbageføre\w*|\bindsigelse\w*|取り消し|取消"
    r"|返金を?(?:申請|請求)"
    r"|支払い(?:停止|異議)"
)
# Whom one goes to against a shop.
_OFFICE = (
    r"\b(?:courts?|tribunal\w*|small claims|judge|police|legal (?:department|counsel|team)|debt collect\w+"
    r"|authorit(?:y|ies)"
    r"|consumer (?:\w+ )?(?:cent(?:er|re)|office|agency|association|advice|champion)|ombudsman\w*|regulator"
    r"|(?:land|amts)?gericht\w*|polizei|staatsanwalt\w*|rechtsbeistand\w*|inkasso\w*"
    r"|verbraucher(?!preis)\w*|schiedsstelle"
    r"|justice|gendarmerie|médiateur|répression des fraudes|conciliateur|huissier|juzgado\w*|policía"
    r"|consumo|omic|facua"
    r"|giudice|carabinieri|polizia|legale|giudice di pace|rechter|rechtbank|politie|rechtsbijstand\w*"
    r"|deurwaarder|incasso\w*"
    r"|polícia|deco|procon|sąd\w*|policj\w+|uokik|rzecznik\w*|prawnik\w*|tingsrätt\w*|domstol\w*|polisen"
    r"|arn|kronofogd\w*"
    r"|konsument(?!pris)\w*|politi(?:et)?|retten|forbruger\w*|forbruker\w*|lawyers?|solicitors?|attorneys?"
    r"|anwalt|anwältin"
    r"|rechtsanwalt\w*|avocate?|abogad[oa]|avvocat[oa]|advocaat|advogad[oa]|adwokat\w*|advokat(?:en)?)\b"
    r"|警察|裁判所?|消費生活センター|国民生活センター|消費者センター|弁護士"
)
# That the writer goes there, or hands the matter over, now or as a threat. The first stand before the office.
_GOES_TO = (
    r"\b(?:hear(?:ing)? from|hand(?:ed)? (?:\w+ ){0,4}(?:over )?to|br(?:ing|ought) (?:\w+ ){0,3}(?:before"
    r"|to)|involve\w*"
    r"|t(?:ake|ook) (?:\w+ ){0,3}to|report(?:ed)? (?:\w+ ){0,3}to|contact(?:ed)?|go(?:ing)? to"
    r"|turn(?:ed)? to|instruct\w*"
    r"|seek(?:ing)?|stap\w* naar|ga naar|går til|meld\w* (?:\w+ ){0,2}til|vänder mig|acud\w+|recurr\w+"
    r"|recorr\w+|rivolg\w+)\b"
)
_ACTS = (
    r"\b(?:file|filed|lodge|lodged) (?:\w+ ){0,3}(?:complaint|claim|report)\b|\bwriting to you\b"
    r"|\bübergeb\w*|\beinschalt\w*|\bschalte\b|\bgewandt\b|\bwende\w*\b|\banzeige\b|\bvor gericht\b"
    r"|\bmeldet sich\b"
    r"|\beingereicht\b|\bbeauftrag\w*|\bsais(?:i|ir|irai|is|irons)\b|\bsignal\w+\b|\bport\w+ (?:plainte"
    r"|l'affaire)"
    r"|\bassign\w+\b|\bcontact\w+\b|\badress\w+ à|\b(?:poner|puesto|pondré|presentado|interponer)\b"
    r"|\bdenunci\w+|\bdenunc\w+"
    r"|\bllevar\w*\b|\bdemand\w+\b|\bsporg\w+\b|\bfarò causa|\bschakel\w*\b|\baangifte\b|\bgemeld\b"
    r"|\bapresent\w+\b|\bqueixa\b"
    r"|\bprocess\w+ (?:na|no|a|em)\b|\bzgłos\w+|\bzgłasz\w+|\bodda\w+|\bprzekaz\w+|\bskieruj\w+|\bpozw\w+"
    r"|\banmäl\w+"
    r"|\banmeld\w+|\bklag\w+|\bbestrid\w+|相談|被害届|訴え|通報|依頼|申し立て|通じて"
)
_LAST_WORD = (
    r"\b(?:final|last) (?:notice|warning|demand)\b(?!\s*[:?])|\bletzte (?:frist|mahnung|aufforderung)\b"
    r"|\bletztmalig\b"
    r"|\bderni(?:er|ère) (?:avis|relance|mise en demeure)\b|\búltimo (?:aviso|requerimiento)\b"
    r"|\bultimo (?:avviso|sollecito)\b"
    r"|\blaatste (?:aanmaning|waarschuwing|sommatie)\b|\búltimo aviso\b|\bostateczne wezwanie\b"
    r"|\bsista (?:varning|påminnelse)\b"
    r"|法的(?:措置|手段)|最後通告|\bgerichtliche schritte\b|\bpoursuites\b|\blegal (?:action|proceedings)\b"
    r"|\b(?:pon\w+|present\w+) una denuncia|\bpolisanm\w+"
)
# Which says where, or how one pays, and no dispute.
_PLACE = re.compile(
    r"\b(?:deliver|liefer\w*|livr\w+|entreg\w+|consegn\w+|bezorg\w*|dostarcz\w*|lever\w*|works?|working"
    r"|arbeite?\w*|travaill\w+"
    r"|trabaj\w+|lavor\w+|werk(?:en|t)?|opposite|gegenüber|en face|straße|street|address|adresse|transfer"
    r"|überweisung"
    r"|virement|transferencia|bonifico|overboeking|przelew|överföring|closed|geschlossen|fermée?"
    r"|cerrad[oa]|chius[oa])\b|振込",
    re.IGNORECASE,
)
_BANK_ACTS = lazy_regex(_BANK, re.IGNORECASE), lazy_regex(_TAKE_BACK, re.IGNORECASE)
_OFFICE_ACTS = lazy_regex(_OFFICE, re.IGNORECASE), lazy_regex(_ACTS, re.IGNORECASE)
_GOES_TO_OFFICE = lazy_regex(rf"(?:{_GOES_TO})[^.!?\n]{{0,60}}?(?:{_OFFICE})", re.IGNORECASE)
_WARNS = lazy_regex(_LAST_WORD, re.IGNORECASE)


def threatens(text: str) -> bool:
    """Whether a sentence takes the matter to a bank, a court, a lawyer or an office, or warns of it."""
    return any(_is_threat(found.group()) for found in _SENTENCE.finditer(text))


def _is_threat(sentence: str) -> bool:
    both = any(all(one.search(sentence) for one in pair) for pair in (_BANK_ACTS, _OFFICE_ACTS))
    threat = both or _GOES_TO_OFFICE.search(sentence) or _WARNS.search(sentence)
    return bool(threat) and not _PLACE.search(sentence)
