"""What the app does about answers while nobody waits for it: thinking ahead, telling what was found."""

from deskterm.actions.work import Work
from deskterm.app.background import LOG
from deskterm.errors import DesktermError


async def think_ahead(work: Work) -> None:
    """Think about answers for the tickets that have none offered yet, some at a time."""
    left = 1
    try:
        while left:
            left = await work.write(work.desk.offers.prepare)
    except DesktermError as error:
        LOG.info("no answers were thought about: %s", type(error).__name__)


async def write_by_itself(work: Work, now: int) -> None:
    """Write what rules asked for, and ask customers how it was; each only where it was switched on."""
    if work.desk.by_itself.has_rules:
        await work.write(work.desk.by_itself.letters.carry_out, now)
    if work.settings.survey:
        await work.write(work.desk.surveys.ask, now)


def note_clock(work: Work) -> None:
    """Have the status line count down the 72-hour clock, where one runs."""
    work.facts.alarms.pop("clock", None)
    if words := work.desk.by_itself.clock_words(work.now()):
        work.facts.alarms["clock"] = f"{words}."


async def habits_news(work: Work) -> str:
    """How many answers the owner keeps typing, once after the first sync; empty else."""
    try:
        return await work.write(work.desk.habits.news)
    except DesktermError as error:
        LOG.info("the answers were not told: %s", type(error).__name__)
        return ""
