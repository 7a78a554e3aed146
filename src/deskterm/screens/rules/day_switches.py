"""The day switches: holiday mode, the notice, holding a macro, the 72-hour clock."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from deskterm.actions.work import Work
from deskterm.domain.moments import parse_moment
from deskterm.domain.rules.day import CLOCK_HOURS
from deskterm.domain.views import Done
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.widgets.picker import Option

_AWAY = "letters say until when you are away and promise nothing earlier"
_NOTICE = "one text for everybody, for example while the shop is down"
_HOLD = "none is sent; those waiting become drafts again"
_CLOCK = "after a leak of personal data: time left to tell the authority"


class DaySwitch(NamedTuple):
    """One switch: its id, its title, whether it is on, and its setting or what it does."""

    id: str
    title: str
    on: bool
    words: str


def day_switches(work: Work) -> tuple[DaySwitch, ...]:
    """All switches as they are now."""
    now = work.now()
    state, clock = work.desk.automation.day.state(now), work.desk.automation.clock_words(now)
    away = f"away until {state.away_until}" if state.away_until else ""
    notice, held = " ".join(state.notice.split()), ", ".join(state.held)
    return (
        DaySwitch("away", "holiday mode", bool(away), away or _AWAY),
        DaySwitch("notice", "notice in the acknowledgement", bool(notice), notice or _NOTICE),
        DaySwitch("hold", "hold a macro's letters", bool(held), held or _HOLD),
        DaySwitch("clock", f"{CLOCK_HOURS}-hour clock", bool(clock), clock or _CLOCK),
    )


async def switch_day(front: ScreenFront, which: str) -> Done | None:
    """Switch one, asking for what it needs; None if the owner leaves."""
    work, day = front.work, front.work.desk.automation.day
    now = work.now()
    state = day.state(now)
    if which == "clock":
        return await (work.write(day.stop_clock) if state.clock_from else work.write(day.start_clock, now))
    if which == "away" and state.away_until:
        return await work.write(day.come_back)
    if which == "away":
        until = await front.pick(
            "Away until which day?",
            (),
            lambda typed: _offer_days(work, typed),
            tries="2026-12-27, friday, in two weeks, end of month",
        )
        return await work.write(day.go_away, until, now) if until else None
    if which == "notice" and state.notice:
        return await work.write(day.set_notice, "", now)
    if which == "notice":
        text = await front.pick("What should everybody know?", (), _offer("notice"), tries="a sentence")
        return await work.write(day.set_notice, text, now) if text else None
    return await _hold(front)


async def _hold(front: ScreenFront) -> Done | None:
    work, day = front.work, front.work.desk.automation.day
    held, macros = day.state(work.now()).held, work.desk.playbook.current().macros.values()
    options = [
        Option(one, f"release {one}", detail="its letters may go out again; drafts stay drafts")
        for one in held
    ]
    options += [Option(one.id, one.title, detail=one.category) for one in macros if one.id not in held]
    chosen = await front.pick("Hold the letters of", options)
    if not chosen:
        return None
    if chosen in held:
        return await work.write(day.release, chosen)
    return await work.write(day.hold, chosen, work.now())


def _offer_days(work: Work, typed: str) -> Sequence[Option]:
    """The typed day, from today on; empty if the words are no day."""
    now = work.now()
    today = work.formats.local(now)
    moment = today if typed.strip().casefold() == "today" else parse_moment(typed, today)
    if moment is None:
        return []
    at = int(moment.timestamp())
    day = f"{work.formats.weekday(at)} {work.formats.date(at)}"
    return [Option(moment.date().isoformat(), f"away until {day}")]


def _offer(what: str) -> Callable[[str], Sequence[Option]]:
    def offer(text: str) -> Sequence[Option]:
        return [Option(text.strip(), f"{what}: {text.strip()}")] if text.strip() else []

    return offer
