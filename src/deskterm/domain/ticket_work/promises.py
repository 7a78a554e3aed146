"""Finding promises in our letters: sentences that say what we will do by a date.

In doubt it is none: not what the customer should do, what is past or possible, nor questions.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from deskterm.domain.people.language import language_of
from deskterm.domain.ticket_work.dates import DateInText, dates_in
from deskterm.lazy_regex import lazy_regex
from deskterm.value_class import dataclass

_MORNING, _BEFORE = time(8), timedelta(hours=2)
_LONGEST = 20_000  # characters of a letter that are looked at


@dataclass(frozen=True, slots=True)
class PromisedDate:
    """A date that a letter promises: its words ("by Friday"), and the moment (UTC seconds)."""

    words: str
    due_at: int
    remind_at: int  # when its ticket returns to the inbox
    number: str = ""  # the number to call


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise made on a ticket. Times are UTC seconds; `number` is the number to call, if it is a call."""

    id: int
    ticket_id: int
    words: str
    made_at: int
    due_at: int
    number: str = ""


class _Language(NamedTuple):
    says: re.Pattern[str]
    not_ours: re.Pattern[str]


def promised_dates(letter: str, now: datetime) -> tuple[PromisedDate, ...]:
    """The dates a letter sent at `now` (owner's time zone) promises, each once, earliest first."""
    words = letter[:_LONGEST]
    language = language_of(words)
    rules = [_LANGUAGES[language]] if language in _LANGUAGES else list(_LANGUAGES.values())
    found: dict[datetime, PromisedDate] = {}
    for sentence in _sentences(words):
        date = next((one for rule in rules if (one := _promise_in(sentence, rule, now)) is not None), None)
        if date is not None:
            found.setdefault(date.at, _as_promise(sentence, date, now))
    return tuple(sorted(found.values(), key=lambda one: one.due_at))


def _as_promise(sentence: str, date: DateInText, now: datetime) -> PromisedDate:
    due = int(date.at.timestamp())
    if date.timed or date.at.date() == now.date():
        remind = max(now, date.at - _BEFORE)
    else:
        remind = datetime.combine(date.at.date(), _MORNING, date.at.tzinfo)
    before = _LEAD.search(sentence[: date.start])
    start = before.start(1) if before else date.start
    return PromisedDate(" ".join(sentence[start : date.end].split()), due, int(remind.timestamp()))


_LEAD = lazy_regex(
    r"\b((?:by|before|on|no later than|at|bis(?: spätestens)?(?: zum| um)?|spätestens(?: am)?|am|zum|vor"
    r"|avant|pour|le|au plus tard|d['’]ici|antes del?|el|para|a más tardar)"
    r"(?: (?:the|dem|den|le|el|this|next|nächsten|kommenden))?)\s+$",
    re.IGNORECASE,
)


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a letter without its questions. The dot of `25. November` does not end one."""
    held = ""
    for part in _END.split(text):
        held = f"{held} {part.strip()}".strip()
        if not _GOES_ON.search(held):
            if held and not held.endswith("?"):
                yield held
            held = ""
    if held:
        yield held


_END = lazy_regex(r"(?<=[.!?;])\s+|\n\s*\n|\n(?=[-*•])")
_GOES_ON = lazy_regex(r"\b(?:\d{1,2}|a\.?m|p\.?m|approx|ca|Nr|No|Dr|Mr|Mrs|Ms)\.$")


def _promise_in(sentence: str, rule: _Language, now: datetime) -> DateInText | None:
    """The date a sentence promises: the first one after its verb, else the first one."""
    dates = dates_in(sentence, now)
    for clause in _CLAUSE.finditer(sentence):
        says = rule.says.search(sentence, clause.start(), clause.end())
        named = [one for one in dates if clause.start() <= one.start < clause.end()]
        if says is None or not named:
            continue
        date = next((one for one in named if one.start >= says.start()), named[0])
        if _OPEN.search(sentence, says.end(), max(says.end(), date.start)):
            continue
        if not rule.not_ours.search(_part_between(sentence, clause, says, date)):
            return date
    return None


# Words that leave the outcome open: "I will tell you whether it is there by the 24th".
_OPEN = lazy_regex(r"\b(?:whether|if|ob|wenn|falls|si)\b", re.IGNORECASE)


def _part_between(sentence: str, clause: re.Match[str], says: re.Match[str], date: DateInText) -> str:
    """The words between verb and date, extended to the commas around them."""
    first, last = min(says.start(), date.start), max(says.end(), date.end)
    start = max(sentence.rfind(mark, clause.start(), first) for mark in ",:(") + 1
    ends = [at for mark in ",:)" if (at := sentence.find(mark, last, clause.end())) >= 0]
    return sentence[max(start, clause.start()) : min(ends, default=clause.end())]


# A sentence, or its halves: in one of them the customer may be the subject.
_CLAUSE = lazy_regex(r"(?:(?!,\s+(?:and|but|und|aber|et|mais|y|pero)\s).)+", re.DOTALL)


def _language(says: str, not_ours: str) -> _Language:
    return _Language(lazy_regex(says, re.IGNORECASE), lazy_regex(not_ours, re.IGNORECASE))


_LANGUAGES = {
    "en": _language(
        r"\b(?:will|shall|going to|promise|expect)\b|['’]ll\b"
        r"|\bshould (?:arrive|reach|be|leave|have|get|ship)\b"
        r"|\byou (?:get|hear|have)\b.{0,60}\b(?:from (?:me|us)|by)\b"
        r"|\b(?:i|we) (?:am|are) (?:sending|shipping|writing|calling)\b"
        r"|\b(?:ships|leaves|goes out|arrives)\b",
        r"\b(?:please|(?:if|unless|once|when|until|as soon as|provided) you|let (?:me|us) know|should you"
        r"|you (?:can|may|must|could|might|have to|need to|have until)"
        r"|you(?:['’]ll| will| would) (?:have to|need to|be able to|want to)"
        r"|(?:will|shall|can|could|do|does|is|are|should|would) not"
        r"|(?:wo|ca|could|do|does|is|are|should|would)n['’]t|cannot|never|not (?:before|until|earlier|sooner)"
        r"|may|might|closed|holidays?|offer|valid)\b",
    ),
    "de": _language(
        r"\b(?:werde[nt]?|wird|wirst|soll(?:te|ten)?|verspreche|melden?|schreiben?|schicken?|senden?"
        r"|versenden?|verschicken?|liefern?|erstatten?|überweisen?|rufen?|trifft|kommt|geht|verlässt|ist|sind"
        r"|(?:bekommen|erhalten|hören|haben) sie|sie (?:bekommen|erhalten|hören|haben)"
        r"|(?:bekommst|erhältst|hörst|hast) du|du (?:bekommst|erhältst|hörst|hast))\b",
        r"\b(?:bitte|(?:wenn|falls|sobald|ob|bis|sofern) (?:sie|du)|können sie|sie können|kannst du|du kannst"
        r"|sie müssen|müssen sie|sie sollten|nicht(?! später)|kein\w*|war|waren|wurde|wurden|worden|gestern"
        r"|(?:ist|sind|hat|habe|haben)\b.*\b(?:\w*ge\w{3,}(?:t|en)|verschickt|versandt|versendet|überwiesen"
        r"|erstattet)|geschlossen|urlaub|angebot|gültig|vielleicht|(?:sie|du) .{0,20}zeit)\b",
    ),
    "fr": _language(
        r"\b(?:je|j['’]|nous|on)\b.{0,40}?\b\w+(?:rai|rons|ra)\b"
        r"|\bje (?:vous|te) (?:écris|réponds|tiens|envoie|rappelle|rembourse)\b"
        r"|\b(?:vais|allons|va|promets|promettons)\b"
        r"|\b(?:sera|seront|arrivera|arriveront|partira|partiront|recevrez|recevras|aurez|auras|serez"
        r"|parviendra|devrait|devraient)\b",
        r"s['’]il (?:vous|te) pla|\b(?:veuillez|merci de|si (?:vous|tu)|pouvez|peux|devez|dois|devrez|ne"
        r"|dès que vous|sauf si|fermé\w*|congés?|offre|valable|peut-être)\b|\bn['’](?!importe)",
    ),
    "es": _language(
        r"\b(?:\w+(?:aré|eré|iré|dré|aremos|eremos|iremos|dremos)|tendrá[sn]?|recibirá[sn]?|llegarán?|saldrán?"
        r"|estarán?|serán?|habrá|sabrás?|va a|van a|voy a|vamos a|prometo|prometemos|deberían?"
        r"|(?:te|le|os|les) (?:escrib|env[ií]|llam|mand|respond|devuelv|devolv)\w*)\b",
        r"\b(?:por favor|si (?:usted|tú|lo|la|no|quieres?|puedes?|deseas?)|pued[eo][sn]?|podrías?|deben?"
        r"|debes|tienes? (?:que|hasta)|no|cuando (?:usted|lo|la)|cerrad\w+|vacaciones|oferta"
        r"|válid\w+|quizás?)\b",
    ),
}
