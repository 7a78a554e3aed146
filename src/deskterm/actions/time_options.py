"""Picker options for a future time: what is offered, and what the owner types."""

from collections.abc import Iterable
from datetime import datetime

from deskterm.actions.work import Work
from deskterm.domain.moments import parse_moment
from deskterm.widgets.picker import Option

Choice = tuple[str, str, datetime]  # a key, words, and the moment


def options(work: Work, choices: Iterable[Choice]) -> list[Option]:
    """An option for each choice; its value is the time in UTC seconds."""
    return [_option(work, *choice) for choice in choices]


def parse_typed_time(work: Work, words: str) -> list[Option]:
    """The typed time as an option; empty if the words are no future time."""
    at = parse_moment(words, work.formats.local(work.now()))
    return [] if at is None else [_option(work, "", words, at)]


def _option(work: Work, key: str, words: str, moment: datetime) -> Option:
    at = int(moment.timestamp())
    return Option(str(at), words, key, work.formats.ahead(at, work.now()))
