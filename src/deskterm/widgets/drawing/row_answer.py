"""The answer that a ticket's row offers: the key and what it takes."""

from deskterm.commands.keymap import default_key
from deskterm.domain.tickets import Row, Status
from deskterm.widgets.drawing.cells import cell_len, fit
from deskterm.widgets.drawing.lines import Bit

Keys = tuple[str, str]  # of the first answer and of the SOP
DEFAULT_KEYS = (default_key("first-answer"), default_key("sop"))
_LEAST = 12  # cells of an answer that is cut: less of a title says nothing


def answer_bits(row: Row, keys: Keys, room: int) -> list[Bit]:
    """The answer in that many cells, cut where it must be; nothing where that would say nothing.

    How many more there are gives way to the title of the first.
    """
    text, more = _answer_words(row, keys)
    whole = cell_len(text)
    if not text or (whole > room and room < _LEAST):
        return []
    title = fit(text, min(whole, room)).rstrip()
    return [Bit(title + (more if cell_len(title + more) <= room else ""), "dim")]


def _answer_words(row: Row, keys: Keys) -> tuple[str, str]:
    """The key that answers and what it takes, the first macro, else the SOP; and how many more there are."""
    if row.draft or row.outbox or row.status is not Status.OPEN:
        return "", ""
    if not row.answer:
        return (f"{keys[1]} {row.sop}" if row.sop else ""), ""
    return f"{keys[0]} {row.answer}", (f" +{row.answers - 1}" if row.answers > 1 else "")
