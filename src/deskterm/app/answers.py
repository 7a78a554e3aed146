"""Background work on answers: prepare suggestions, send automatic letters, report habits."""

from deskterm.actions.work import Work
from deskterm.app.background import LOG
from deskterm.errors import DesktermError


async def prepare_suggestions(work: Work) -> None:
    """Work out suggestions for tickets that have none yet, a few at a time."""
    left = 1
    try:
        while left:
            left = await work.write(work.desk.offers.prepare)
    except DesktermError as error:
        LOG.info("no suggestions were prepared: %s", type(error).__name__)


async def write_automatic_letters(work: Work, now: int) -> None:
    """Write the letters that rules want and ask the surveys that are due, if these are switched on."""
    if work.desk.automation.has_rules:
        await work.write(work.desk.automation.letters.carry_out, now)
    if work.settings.survey:
        await work.write(work.desk.surveys.ask, now)


def show_clock(work: Work) -> None:
    """Let the status line count down the 72-hour clock, if it runs."""
    work.facts.alarms.pop("clock", None)
    if words := work.desk.automation.clock_words(work.now()):
        work.facts.alarms["clock"] = f"{words}."


async def habits_news(work: Work) -> str:
    """How many answers the owner keeps typing, once after the first sync; empty otherwise."""
    try:
        return await work.write(work.desk.habits.news)
    except DesktermError as error:
        LOG.info("habits were not reported: %s", type(error).__name__)
        return ""
