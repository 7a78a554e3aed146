"""The day switches for letters: until when the owner is away, the notice, and by when they answer."""

from collections.abc import Mapping
from datetime import datetime, time
from statistics import median

from deskterm.desk.rules.stored_day import read_day
from deskterm.desk.shop import DeskContext
from deskterm.domain.liquid import facts
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Fact
from deskterm.domain.rules.day import DayState
from deskterm.storage.rules import first_answers
from deskterm.storage.schema.database import Tx

_DAY = 86400
_LATELY, _BEFORE = 7 * _DAY, 28 * _DAY
_LEAST = 3  # answers a week needs for a usual pace


def day_facts(shop: DeskContext, now: int, language: str = "") -> Mapping[str, Fact]:
    """The `day.*` facts at a time (UTC seconds), for a letter in that language ("": not certain).

    A notice that is certainly in another language is left out.
    """
    with shop.db.read() as tx:
        state = read_day(tx)
        usual = usual_seconds(tx, shop, now)
    here = _owner_back_at(shop, state, now)
    answer = _usual_answer(shop, here, usual)
    away = state.is_away(shop.formats.local(now).date())
    spoken = language_of(state.notice)
    notice = state.notice if not spoken or language in ("", spoken) else ""
    return facts.day_facts(here if away else None, notice, answer, shop.formats.time(answer))


def owner_back_at(shop: DeskContext, now: int) -> int:
    """From when the owner is here (UTC seconds): now, or once they are back."""
    with shop.db.read() as tx:
        return _owner_back_at(shop, read_day(tx), now)


def usual_seconds(tx: Tx, shop: DeskContext, now: int) -> int | None:
    """Business seconds within which half of the first answers came, this week or in four; None if too few."""
    for since in (now - _LATELY, now - _BEFORE):
        asked = first_answers.first_answers(tx, since, now)
        if len(asked) >= _LEAST:
            return int(median(shop.hours.business_seconds(*pair) for pair in asked))
    return None


def _owner_back_at(shop: DeskContext, state: DayState, now: int) -> int:
    """From when the owner is here (UTC seconds): now, or the working day on which they return."""
    back = state.back_on
    if back is None or not state.is_away(shop.formats.local(now).date()):
        return now
    away = datetime.combine(back, time(0), shop.formats.zone).timestamp() - 1
    noon = shop.hours.working_day_after(int(away), 1)  # the next working day
    return int(datetime.combine(shop.formats.local(noon).date(), time(0), shop.formats.zone).timestamp())


def _usual_answer(shop: DeskContext, here: int, usual: int | None) -> int:
    """By which full hour an answer usually comes; without a usual pace, noon of the next working day."""
    if usual is None:
        return shop.hours.working_day_after(here, 1)
    return shop.hours.full_hour_after(here, max(usual, 1))
