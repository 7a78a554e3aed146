"""The tickets behind a row of the figures: one group for each part of it, and how it was counted."""

from deskterm.domain.figures.figure_formats import FigureWords, count_mark
from deskterm.domain.figures.values import Curve, Figure
from deskterm.domain.incidents.incident import IncidentIdea
from deskterm.value_class import dataclass
from deskterm.widgets.metrics.keys import AdviceKey, BarKey, CurveKey, DayKey, FigureKey, RemarkKey

_DAY_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


@dataclass(frozen=True, slots=True)
class TicketGroup:
    """A figure's title, its explanation, and its tickets.

    `name` and `value` tell it apart from the others of its row. `idea` is the incident that would answer all
    these tickets at once; None if none fits.
    """

    title: str
    explained: tuple[str, ...]
    tickets: tuple[int, ...]
    name: str = ""
    value: str = ""
    idea: IncidentIdea | None = None


def ticket_groups_of(key: object, words: FigureWords) -> list[TicketGroup]:
    """The groups behind a row: the parts of a table row, of a curve, or of a weekday."""
    found: list[TicketGroup] = []
    match key:
        case FigureKey(figure=figure):
            found = [TicketGroup(figure.title, tuple(words.explanation(figure)), figure.tickets)]
        case BarKey(table=table, label=label, row=row):
            found = [_group_of_cell(f"{table}: {label or 'without one'}", one, words) for one in row.figures]
        case AdviceKey(advice=advice):
            found = [TicketGroup(advice.text, (advice.evidence,), advice.tickets, idea=advice.idea)]
        case RemarkKey(remark=remark):
            found = [TicketGroup(remark.text, (), remark.tickets)]
        case CurveKey(curve=curve, step=step):
            found = _groups_of_curve(curve, step, words)
        case DayKey(weekday=weekday, hours=hours):
            found = _groups_of_day(f"New tickets on {_DAY_NAMES[weekday]}", hours)
    return found


def _group_of_cell(title: str, one: Figure, words: FigureWords) -> TicketGroup:
    value = " ".join(filter(None, (words.value(one), count_mark(one))))
    lines = (words.in_a_line(one), one.definition)
    return TicketGroup(f"{title}, {one.title}", lines, one.tickets, one.title, value)


def _groups_of_curve(curve: Curve, step: str, words: FigureWords) -> list[TicketGroup]:
    """The periods of a curve, the latest first."""
    one = curve.figure
    names = [step + name for name in curve.names]
    parts = list(zip(names, one.series, curve.tickets, strict=True))
    return [
        TicketGroup(f"{one.title}, {name}", (one.definition,), tickets, name, words.amount(one, value))
        for name, value, tickets in reversed(parts)
    ]


def _groups_of_day(title: str, hours: tuple[tuple[int, ...], ...]) -> list[TicketGroup]:
    """The whole day, then each hour with tickets."""
    whole = tuple(ticket for tickets in hours for ticket in tickets)
    return [
        TicketGroup(title, (), whole, "the whole day", str(len(whole))),
        *(
            TicketGroup(f"{title}, {hour}:00 to {hour + 1}:00", (), tickets, f"{hour}:00", str(len(tickets)))
            for hour, tickets in enumerate(hours)
            if tickets
        ),
    ]
