"""Words in a letter that are wrong on the day it is sent: `today`, or a day that has passed by then."""

import re
from collections.abc import Iterator
from datetime import date

from deskterm.domain.people.language import language_of
from deskterm.domain.suggest.days import named_days
from deskterm.lazy_regex import lazy_regex

_RELATIVE = lazy_regex(
    r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|afternoon|evening)"
    r"|(?:in|within) (?:an?|two) hours?"
    r"|heute|(?<!guten )(?<!am )(?<!jeden )morgen(?! (?:früh )?um \d)|übermorgen|gestern"
    r"|aujourd['’]hui|ce (?:matin|soir)|cet après-midi|demain"
    r"|hoy|(?<!la )(?<!una )mañana|ayer|esta (?:mañana|tarde|noche)"
    r"|oggi|domani|stamattina|stasera|ieri|vandaag|vanavond|gisteren"
    r"|i ?dag|i ?morgon|i ?kväll|i ?går|i morgen|i aften|hoje|amanhã|ontem|dzisiaj|dziś|jutro|wczoraj)\b"
    r"|\b(?:right now|just now|gerade eben|soeben|huomenna|tänään|eilen|zítra|dnes|včera|yarın|bugün|dün"
    r"|завтра|сегодня|вчера)\b"
    r"|今日|本日|明日|明後日|昨日|今天|明天|昨天|오늘|내일",
    re.IGNORECASE,
)
# Words that mean something else in another week.
_OF_THE_WEEK = lazy_regex(
    r"\b(?:(?:this|next|before the|over the|at the) week-?(?:end)?|(?:diese|nächste|kommende)[rn]? woche"
    r"|(?:dieses|am|vor dem|übers) wochenende|cette semaine|la semaine prochaine|ce week-?end"
    r"|(?:esta|la próxima) semana|la semana que viene|este fin de semana|antes del fin de semana"
    r"|(?:questa|la prossima) settimana|(?:deze|volgende) week|(?:dit|het) weekend|(?:den här|nästa) veckan?"
    r"|(?:denne|næste|neste) uke?g?e?|(?:nesta|na próxima) semana|w (?:tym|przyszłym) tygodniu)\b"
    r"|今週|来週|本周|下周|이번 ?주|다음 ?주",
    re.IGNORECASE,
)
_YESTERDAY_IN_FRENCH = lazy_regex(r"\bhier\b", re.IGNORECASE)
_BY = lazy_regex(
    r"\b(?:by|until|till|before|not later than|bis(?: zum)?|spätestens(?: am)?|vor dem|avant(?: le)?"
    r"|d['’]ici(?: le| au)?|au plus tard(?: le)?|antes del?|hasta el|a más tardar el|entro(?: il)?|prima del"
    r"|uiterlijk(?: op)?|voor|senast(?: den)?|senest(?: den)?|até|do)\s*$",
    re.IGNORECASE,
)
_NEAR = 24  # characters before a day in which such a word is looked for


def untimely_words(letter: str, written: date, goes: date) -> tuple[str, ...]:
    """The words of a letter written on one day that are wrong on the day it goes, each once.

    Days are those of the owner's calendar. Wrong are days that were in the future and have passed, words like
    `today` if the two days differ, and words like `this week` if their weeks differ.
    """
    found = dict.fromkeys(_past_days(letter, written, goes))
    if goes.isocalendar()[:2] != written.isocalendar()[:2]:
        found |= dict.fromkeys(one.group() for one in _OF_THE_WEEK.finditer(letter))
    if goes != written:
        found |= dict.fromkeys(one.group() for one in _RELATIVE.finditer(letter))
        if language_of(letter) == "fr":
            found |= dict.fromkeys(one.group() for one in _YESTERDAY_IN_FRENCH.finditer(letter))
    return tuple(found)


def _past_days(letter: str, written: date, goes: date) -> Iterator[str]:
    for named in named_days(letter, written):
        words = letter[named.start : named.end]
        if named.day is None or named.day >= goes or _RELATIVE.fullmatch(words):
            continue
        promised = _BY.search(letter[max(named.start - _NEAR, 0) : named.start])
        if named.day > written or (promised and named.day == written) or (promised and _has_year(words)):
            yield words


def _has_year(words: str) -> bool:
    """Whether a date has its year: only then is it certain that it has passed."""
    return re.search(r"20\d\d", words) is not None
