"""Recognising disputes, where a routine answer does harm, by the customer's words in ten languages."""

import re

from deskterm.domain.suggest.case_notices import is_case_notice
from deskterm.domain.suggest.threats import threatens
from deskterm.lazy_regex import lazy_regex

_LONGEST = 8_000  # characters of a mail that are looked at

_DISPUTE = lazy_regex(
    r"\bcharge-?\s?backs?\b|\bdisput(?:e|ed|ing) (?:\w+ ){0,3}(?:payment|charge|transaction|purchase)"
    r"|\b(?:payment|transaction|credit card|paypal|klarna|bank) (?:\w+ ){0,2}dispute\b|\bopen(?:ed"
    r"|ing)? a (?:\w+ )?dispute"
    r"|\b(?:open|opened|opening|filed?|filing|started?) (?:a|an|the) (?:\w+ ){0,3}(?:case|claim"
    r"|complaint) (?:against (?:you|(?:the|this) (?:seller|shop|store|merchant))"
    r"|with the (?:\w+ )?(?:police|court|authorit\w+))"
    r"|\ba-to-z\b|\bbuyer protection\b|\bresolution cent(?:er|re)\b"
    r"|\b(?:my|our|a|the) (?:\w+ )?(?:lawyer|solicitor|attorney|barrister)s?\b(?! friend)|\blegal (?:action"
    r"|proceedings|steps|counsel)\b"
    r"|\bsmall claims\b|\btake you to court\b|\b(?:going to|will|shall) sue\b|\bletter before action\b"
    r"|\bcease and desist\b"
    r"|\btrading standards\b|\bconsumer (?:protection|rights|affairs|ombudsman|court)\b"
    r"|\bbetter business bureau\b|\bombudsman\b"
    r"|\breport(?:ed|ing)? (?:\w+ ){0,3}to the police\b"
    r"|\brückbuch\w*|\brückbelast\w*|\blastschrift (?:\w+ ){0,2}zurück\w*|\bkäuferschutz\w*"
    r"|\bzahlung (?:\w+ ){0,2}(?:angefochten|anfechten)"
    r"|\b(?:rechts)?anw[aä]lt\w*|\bkanzlei\b(?=[^.!?\n]{0,80}\b(?:vertr|beauftrag|eingeschaltet|melde|wird))"
    r"|\b(?:beauftrag\w+|vertr\w+)[^.!?\n]{0,80}\bkanzlei\b"
    r"|\brechtsschutz\w*|\brechtsbijstand\w*|\bprotection juridique"
    r"|\bmandant\w*|\bunsere? mandantschaft|\brechtliche schritte"
    r"|\brechtsweg\w*"
    r"|\bklage (?:erheben|einreichen)|\b(?:erheben|erhebe) (?:wir |ich )?klage|\bmahnbescheid|\babmahnung"
    r"|\bstrafanzeige|\banzeige erstatt\w*"
    r"|\bverbraucher(?:zentrale|schutz\w*|schlichtung\w*)|\bschlichtungsstelle"
    r"|\brétrofacturation|\bopposition (?:au|sur le|à la) (?:paiement|prélèvement)|\blitige\b"
    r"|\bmon avocat|\bnotre avocat|\bnotre client(?:e)?\b"
    r"|\bmise en demeure|\bporter plainte|\baction en justice|\bprotection des consommateurs|\bDGCCRF\b"
    r"|\b60 millions de consommateurs"
    r"|\bcontracargo|\bdisputa (?:del?|con el) (?:pago|banco)|\bmi abogad[oa]|\bnuestr[oa] abogad[oa]"
    r"|\bacciones legales|\bdemandar(?:l[oe]s?)?\b"
    r"|\bprotección al consumidor|\bdefensa del consumidor|\boficina del consumidor|\bhoja de reclamaciones"
    r"|\bcontestazione (?:del )?pagamento|\bil mio avvocato|\bazioni? legal[ei]"
    r"|\bassociazione (?:dei )?consumatori|\bdiffida\b"
    r"|\bmijn advocaat|\bjuridische stappen|\bconsumentenbond|\bgeschillencommissie|\bterugboeking"
    r"|\badvogad[oa]s?\b|\babr(?:i|ir|irei) uma disputa|\bdenunci\w+ (?:\w+ ){0,3}(?:consumo|consumidor)"
    r"|\bação judicial|\bdefesa do consumidor|\blivro de reclamações"
    r"|\bestorno do cartão"
    r"|\bmój prawnik|\badwokat\w*|\bkroki prawne|\brzecznik\w* konsument\w*|\bobciążenie zwrotne"
    r"|\bmin advokat|\brättsliga åtgärder|\bkonsumentverket|\ballmänna reklamationsnämnden"
    r"|\bforbrukerrådet|\bforbrugerklage\w*"
    r"|弁護士|消費者センター|消費生活センター|チャージバック|律师|消费者协会",
    re.IGNORECASE,
)
# A case is a dispute where it is one with who took or lent the money, and an opening of it: a carrier opens
# cases too, and a phone case that PayPal paid for is none. `_CASE` may be a thing, `_QUARREL` is none.
_PAYS = (
    r"(?:pay ?pal|klarna|stripe|mollie|adyen|sumup|clearpay|afterpay|visa|mastercard|amex|american express"
    r"|amazon(?: pay)?|ebay|etsy|(?:credit )?card (?:company|issuer|provider)|kreditkarten\w+|\w*bank|banque"
    r"|banco|banca)\b"
)
_OPENS = (
    r"\b(?:open(?:ed|ing)?|fil(?:e|ed|ing)|rais(?:e|ed|ing)|start(?:ed|ing)?|lodg(?:e|ed|ing)|ouvert|ouvrir"
    r"|abierto|abrir|abrí|abri|aperto|aprire|aberto|otworzył\w*)\b"
)
_OPENED_LAST = r"(?:eröffnet?|eröffnen|gemeldet|geöffnet|geopend)\b"  # as German and Dutch say it
_CASE = r"(?:case|claim|complaint|fall|caso|reclamo|dossier|zaak|sprawę)\b"
_QUARREL = r"\b(?:dispute|konflikt\w*|disputa|litige|contestazione|controversia|geschil|spór)\b"
_ONE = r"\b(?:an?|the|my|another|einen|den|une?|un[ao]|uma?|een|de)"
_WITH = r"(?:with|at|on|through|via|by|bei|über|bij|chez|auprès de|en|con|su|presso|no|na|w|przez)"
# With these a case is no dispute: carriers, insurers, whoever else is to blame for a parcel, and what a mail
# brings along. Banks and payment services are too many to be named.
_NO_PAYER = (
    r"(?!(?:(?:the|my|your|our|an?|deutsche|la|canada|australia|swiss|local|home|us|uk) ){0,3}"
    r"(?:dhl|ups|dpd|gls|fed ?ex|hermes|evri|yodel|usps|tnt|royal mail|parcelforce|\w*post(?!bank|finance)\w*"
    r"|colissimo|correos|seur|mondial relay|amazon logistics|purolator|aramex"
    r"|carriers?|couriers?|drivers?|(?:delivery|shipping|parcel) \w+|customs|insur\w+|neighbou?rs?|landlord"
    r"|airline|them|him|her|order|number|photos?|pictures?|proof|receipt|code|evidence)\b)"
)
_SENTENCE = r"[^.!?\n]{0,200}"
_CASE_OPENED = lazy_regex(
    rf"(?:^|[.!?\n])(?={_SENTENCE}\b{_PAYS})(?={_SENTENCE}(?:{_OPENS}|\b{_OPENED_LAST})){_SENTENCE}{_QUARREL}"
    # opened a case with PayPal; opened a PayPal case
    rf"|{_OPENS} (?:\w+ ){{0,3}}?(?:{_ONE} |(?=sprawę))(?:new |formal |second )?{_CASE}"
    rf" {_WITH} (?:\w+ ){{0,2}}?{_PAYS}"
    # opened a claim with Chase; a case may be a thing, opened with scissors: it takes a name or a card
    rf"|{_OPENS} {_ONE} (?:\w+ )?(?:claim|complaint) (?:(?:with|at) (?!your?\b)|against ){_NO_PAYER}\w"
    rf"|{_OPENS} (?:an?|another) (?:(?:new|formal|second|dispute|payment) )?case (?:with|at|against)"
    rf" {_NO_PAYER}"
    r"(?:(?-i:[A-Z])|(?:the |my )?(?:credit |debit )?card\b)"
    rf"|{_OPENS} (?:{_ONE} )(?:\w+ )?{_PAYS}(?:['’]s)? {_CASE}"
    # a case was opened with PayPal; PayPal has opened a case; the PayPal case was opened
    rf"|\b{_CASE} (?:(?:has|have|had|was|is|been) ){{0,2}}(?:{_OPENS}|{_OPENED_LAST}) {_WITH}"
    rf" (?:\w+ ){{0,2}}?{_PAYS}"
    rf"|\b{_PAYS} (?:has|have|had|a|ha|tem) (?:\w+ )?{_OPENS} (?:{_ONE} )?{_CASE}"
    rf"|\b{_PAYS} {_CASE} (?:(?:has|have|had|was|is|been) ){{1,2}}{_OPENS}"
    # einen Fall bei PayPal eröffnet; bei PayPal einen Fall eröffnet; PayPal hat einen Fall eröffnet
    rf"|{_ONE} {_CASE} {_WITH} (?:\w+ ){{0,2}}?{_PAYS}(?: \w+){{0,3}}? {_OPENED_LAST}"
    rf"|\b{_WITH} (?:\w+ ){{0,2}}?{_PAYS} (?:\w+ ){{0,4}}?{_ONE} {_CASE} (?:\w+ ){{0,2}}?{_OPENED_LAST}"
    rf"|\b{_PAYS}(?: (?:hat|heeft) (?:\w+ ){{0,3}}?{_ONE}|-| ?) ?{_CASE} (?:\w+ ){{0,2}}?{_OPENED_LAST}"
    # who paid has the money back by itself
    rf"|\b{_PAYS}{_SENTENCE}\b(?:reverse|revers(?:ed|ing)|stop(?:ped)?|block(?:ed)?) (?:the|my|this|that)"
    r" (?:\w+ )?(?:payment|charge)\b",
    re.IGNORECASE,
)
# "My husband is a lawyer" threatens nobody.
_PROFESSION = lazy_regex(
    r"\b(?:am|is|are|was|as|bin|ist|war|als|suis|est|soy|es|sono|ben)"
    r"\s+(?:(?:an?|eine?|une?|una|een) )?(?:\w+ )?"
    r"(?:lawyer|solicitor|attorney|barrister|(?:rechts)?anw[aä]lt(?:in)?|avocate?|abogad[oa]|avvocat[oa]|advocaat)\b"
    r"(?!['’]s)",
    re.IGNORECASE,
)


# Nor does a present for one.
_FOR_ONE = re.compile(
    r"\b(?:for|für|pour|para|per|voor|för|til|till|dla)\s+(?:\w+\s+){1,2}"
    r"(?:lawyer|solicitor|attorney|anw[aä]lt(?:in)?|avocate?|abogad[oa]|avvocat[oa]|advocaat|advogad[oa]|advokat)\b",
    re.IGNORECASE,
)


def is_dispute(text: str) -> bool:
    """Whether a text speaks of a payment dispute, a lawyer, a court, or a consumer office."""
    text = _FOR_ONE.sub("", _PROFESSION.sub("", text[:_LONGEST]))
    of_words = any(found.search(text) for found in (_DISPUTE, _CASE_OPENED))
    return of_words or threatens(text) or is_case_notice(text)
