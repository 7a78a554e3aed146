"""The data classes of the figures of a period; each figure has its definition and its tickets."""

from deskterm.domain.incidents.incident import IncidentIdea
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure for a period, for the period before, and for the same period a year before.

    `value` and `before` are None where there is nothing to compute. `unit` is one of those of
    `measure.Unit`. `p90` only from 20 samples on.
    `sides` are those for and those against of a balance: now, before, and the year before.
    `tickets` are the ones behind it, `left_out` says who was not counted and
    how many, `series` the last periods, oldest first, for the sparkline.
    `asks` says why there is nothing, where nothing of its kind was ever noted.
    """

    id: str
    title: str
    definition: str
    unit: str
    value: float | None
    before: float | None
    n: int
    tickets: tuple[int, ...]
    p90: float | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    series: tuple[float | None, ...] = ()
    better: int = -1  # -1: less is better, 1: more is better, 0: neither
    before_n: int = 0  # number of samples for `before`
    year_ago: float | None = None
    year_ago_n: int = 0
    family: str = ""
    asks: str = ""
    currency: str = ""
    sides: tuple[tuple[int, int], ...] = ()
    note: str = ""  # a note from the owner's rules
    total: bool = False  # a sum or a maximum: valid from few samples, too


@dataclass(frozen=True, slots=True)
class SplitRow:
    """A row of a table: its label ("" for tickets without one) and its figures."""

    label: str
    figures: tuple[Figure, ...]

    @property
    def tickets(self) -> tuple[int, ...]:
        """The tickets of all its figures, each once."""
        return tuple(dict.fromkeys(ticket for one in self.figures for ticket in one.tickets))


@dataclass(frozen=True, slots=True)
class Table:
    """Figures split by category, channel or product, largest first; `nothing` is the text if there are none.

    `note` says what its columns are counted from, where that is not one and the same.
    """

    title: str
    rows: tuple[SplitRow, ...]
    nothing: str = "Nothing in this period."
    unlabelled: str = "none"  # the name of the row without a label
    note: str = ""


@dataclass(frozen=True, slots=True)
class HourGrid:
    """Tickets by weekday and hour of arrival: `tickets[weekday][hour]`, Monday first."""

    title: str
    tickets: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A figure over a series of periods, with their names and the tickets of each."""

    figure: Figure
    names: tuple[str, ...]
    tickets: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A text with the tickets it is about: a comment, what is due."""

    text: str
    tickets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One page of the report."""

    id: str
    title: str
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    curves: tuple[Curve, ...] = ()
    grid: HourGrid | None = None
    remarks: tuple[Remark, ...] = ()
    remarks_title: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """A piece of advice for the owner: a sentence, its evidence, and what can be done.

    `key` stays the same from week to week while the matter does, `weight` says how large it is.
    `idea` is the incident that would answer all of them at once, None where none fits; `caused` says that
    a cause was found.
    """

    key: str
    text: str
    evidence: str
    tickets: tuple[int, ...]
    weight: float
    idea: IncidentIdea | None = None
    caused: bool = True


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """The report of a period. Times are UTC seconds; `compared` names the period it is compared with."""

    start: int
    end: int
    title: str  # "Week 47, Mon 16 to Fri 20 Nov, so far"
    compared: str  # "as much of week 46"
    business_hours: bool
    sections: tuple[Section, ...]
    advice: tuple[Advice, ...] = ()
    compared_year: str = ""
    steps: str = "weeks"
    now: int = 0
    kind: str = "week"
    advised: bool = True  # whether advice is given for so long a period
    mail_begins: int = 0  # when the desk's first ticket came, 0 if there is none

    @property
    def heading(self) -> str:
        """The heading of the period's column: `this week` while it lasts, `that week` afterwards."""
        if self.kind == "days":
            return "these"
        return f"{'this' if self.end >= self.now else 'that'} {self.kind}"

    @property
    def hours(self) -> str:
        """Which hours are counted."""
        return "business hours" if self.business_hours else "all hours"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all sections, each once."""
        return tuple({one.id: one for section in self.sections for one in section.figures}.values())
