"""Why a ticket moves to the top of the inbox: a complaint, a change before shipping, a date, a bounce."""

import re
from collections.abc import Iterable

from deskterm.domain.orders.order import Fulfilment, Order
from deskterm.domain.suggest.sentences import says_how_long_valid, split_sentences
from deskterm.lazy_regex import lazy_regex

COMPLAINT = "complaint"
CHANGE = "change before shipping"
DISPUTE = "payment dispute"
BY_DATE = "a date was named"
CAME_BACK = "your mail came back"

_LONGEST = 4_000  # characters that are searched: people say what matters at the beginning
_COMPLAINT = lazy_regex(
    r"\b(?:complain(?:t|ing)?|unacceptable|outrage\w*|disgust\w*|lawyer|solicitor|scam|rip-?off|fraud\w*"
    r"|worst|trading standards|consumer (?:protection|rights)|beschwer\w*|unverschämt\w*|frechheit|anwalt"
    r"|verbraucherzentrale|betrug|betrüger\w*|inakzeptabel|réclamation|inadmissible|inacceptable|avocat|arnaque"
    r"|reclamaci[oó]n|inaceptable|abogado|estafa|reclamo|inaccettabile|avvocato|truffa|klacht|onacceptabel"
    r"|advocaat|oplichting|reklamacj\w*|oszust\w*)",
    re.IGNORECASE,
)
_CHANGE = lazy_regex(
    r"\b(?:cancel(?:l?ation)?|chang\w+ (?:of |my |the |to )*(?:delivery |shipping )?address"
    r"|(?:wrong|new|different|other) (?:delivery |shipping )?address|before (?:it|you) ships?"
    r"|stornier\w*|storno|widerruf\w*|andere (?:liefer)?adresse|falsche (?:liefer)?adresse"
    r"|(?:liefer)?adresse (?:\w+ ){0,3}änder\w*|annuler|annulation|changer (?:d'|l')adresse|mauvaise adresse"
    r"|cancelar|anular|cambiar la direcci[oó]n|annullare|cambiare (?:l')?indirizzo|annuleren|adres wijzigen"
    r"|ander adres)\b|キャンセル|住所変更|取消|地址",
    re.IGNORECASE,
)
_MONTHS = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*\.?"
_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|morgen"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|demain"
)
_DATE = (
    rf"(?:the )?(?:{_DAYS}|\d{{1,2}}(?:st|nd|rd|th)?\.? ?(?:of )?{_MONTHS}|{_MONTHS} \d{{1,2}}"
    r"|\d{1,2}[./]\d{1,2}\.?)"
)
_BY = lazy_regex(
    rf"\b(?:by|before|until|no later than|latest|need(?:ed)? (?:it|them|this) (?:for|on)"
    rf"|bis(?: spätestens)?(?: zum)?|spätestens(?: am)?|vor(?: dem)?|avant(?: le)?|d'ici) {_DATE}",
    re.IGNORECASE,
)

_SIGNALS = ((CHANGE, _CHANGE), (COMPLAINT, _COMPLAINT))


def due_signals(subject: str, written: str) -> tuple[str, ...]:
    """The reasons for urgency that a customer's words give, the most important first."""
    text = f"{subject}\n{written[:_LONGEST]}"
    found = [why for why, words in _SIGNALS if words.search(text)]
    return (*found, BY_DATE) if _names_date(text) else tuple(found)


def due_reason(signals: Iterable[str], order: Order | None) -> str:
    """Why a mail belongs on top, "" if it does not. A change is urgent only while `order` has not shipped."""
    unshipped = order is not None and order.fulfilment in (Fulfilment.UNFULFILLED, Fulfilment.UNKNOWN)
    return next((why for why in signals if why != CHANGE or unshipped), "")


def _names_date(text: str) -> bool:
    """Whether a date is named by which something is to be done, not until which something is valid."""
    return _BY.search(text) is not None and any(
        _BY.search(sentence) and not says_how_long_valid(sentence) for _, sentence in split_sentences(text)
    )
