"""Recognising what payment services write to a seller: a buyer's case, to be answered by a day."""

import re

from deskterm.lazy_regex import lazy_regex

_LONGEST = 4_000  # characters of a mail that are looked at
_BUYER = (
    r"buyer|customer|card ?holder|käufer(?:in)?|kund(?:e|in)|karteninhaber(?:in)?|acheteu(?:r|se)|cliente?"
    r"|titulaire|comprador(?:a)?|titular|acquirente|compratore|koper|klant|kaarthouder|kupujący|klient|köpare"
    r"|kunden?|køber"
)
_TROUBLE = (
    r"problee?m\w*|problème|disput\w*|claim|complaint|charge-?back|not received|unstimmigkeit\w*|beschwerde"
    r"|reklam\w+|angefochten|réclamation|litige|contest\w+|reclamación|klacht|geschil|tvist|indsigelse"
)
_ANSWER = (
    r"respon[ds]\w*|reply|submit|evidence|antwort\w*|nachweis\w*|répon\w+|justificatif\w*|rispond\w*"
    r"|reageer|bewijs\w*|odpowied\w*|svara?"
)
_OF_A_BUYER = lazy_regex(
    rf"\b(?:{_BUYER})\b[^.!?\n]{{0,80}}\b(?:{_TROUBLE})"
    rf"|\b(?:disputed|angefochten)\b[^.!?\n]{{0,40}}\b(?:{_BUYER})\b"
    rf"|\b(?:{_TROUBLE})\b[^.!?\n]{{0,40}}\b(?:von|vom) (?:{_BUYER})\b|\bcharge-?back received\b"
    r"|\b(?:received|opened) a dispute\b|購入者.{0,30}(?:問題|紛争|異議)",
    re.IGNORECASE,
)
_BY_A_DATE = lazy_regex(
    rf"\b(?:{_ANSWER})\b[^.!?\n]{{0,60}}\d|\d[^.!?\n]{{0,40}}\b(?:{_ANSWER})\b|\d.{{0,20}}(?:返答|回答)",
    re.IGNORECASE,
)


def is_case_notice(text: str) -> bool:
    """Whether a text tells a seller of a buyer's case and asks for an answer by a day or within some days."""
    text = text[:_LONGEST]
    return _OF_A_BUYER.search(text) is not None and _BY_A_DATE.search(text) is not None
