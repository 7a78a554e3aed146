"""What stands below the SOP if there is room: similar past tickets, and the customer's timeline."""

from collections.abc import Sequence

from deskterm.commands.keymap import KeyOf
from deskterm.domain.formats import Formats
from deskterm.domain.people.timeline import TimelineEntry
from deskterm.domain.views import SimilarTicket
from deskterm.widgets.drawing.cells import fit, fit_right
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line, spread

_DAY, _KIND = 7, 9


def past_lines(
    similar: Sequence[SimilarTicket],
    entries: Sequence[TimelineEntry],
    key: KeyOf,
    formats: Formats,
    width: int,
) -> list[DrawnLine]:
    """Draw both, each with the key that shows all of it; an empty part is left out."""
    lines = []
    if similar:
        lines += [_head("Like this one", key("similar"), width)]
        for one in similar:
            lines += [_day_line(formats.day(one.at), one.row.subject or one.asked, "text", width)]
            lines += [_day_line("You", one.answered, "dim", width)]
        lines += [DrawnLine()]
    if entries:
        lines += [_head("This customer", key("timeline"), width)]
        lines += [_entry_line(one, formats, width) for one in entries]
    return lines


def _head(words: str, key: str, width: int) -> DrawnLine:
    return spread([Bit(words, bold=True)], [Bit(key, "accent")], width)


def _day_line(day: str, words: str, shade: str, width: int) -> DrawnLine:
    return line(Bit(fit_right(day, _DAY) + "  ", "dim"), Bit(fit(words, max(0, width - _DAY - 2)), shade))


def _entry_line(entry: TimelineEntry, formats: Formats, width: int) -> DrawnLine:
    room = max(0, width - _DAY - _KIND - 2)
    return line(
        Bit(fit_right(formats.day(entry.at), _DAY) + "  ", "dim"),
        Bit(fit(entry.kind, _KIND), "soft"),
        Bit(fit(entry.words, room)),
    )
