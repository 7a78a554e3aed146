"""The figures of a period as values. Each prints its definition and opens its tickets."""

from dataclasses import field

from deskterm.domain.incidents.incident import IncidentIdea
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a period beside the period before, and the same of the year before.

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
    before_n: int = 0  # how many samples stand behind `before`
    year_ago: float | None = None
    year_ago_n: int = 0
    family: str = ""
    asks: str = ""
    currency: str = ""
    sides: tuple[tuple[int, int], ...] = ()
    note: str = ""  # what the owner's own rules say of it
    total: bool = False  # a sum or a largest one: few are as good as many


@dataclass(frozen=True, slots=True)
class SplitRow:
    """One line of a table: what it is about, and its figures; `label` is "" for what has none."""

    label: str
    figures: tuple[Figure, ...]

    @property
    def tickets(self) -> tuple[int, ...]:
        """All tickets behind its figures, each once; those behind one of them are that figure's."""
        return tuple(dict.fromkeys(ticket for one in self.figures for ticket in one.tickets))


@dataclass(frozen=True, slots=True)
class Table:
    """Figures split by a category, a channel, a product, the largest first; `nothing` is said of none.

    `note` says what its columns are counted from, where that is not one and the same.
    """

    title: str
    rows: tuple[SplitRow, ...]
    nothing: str = "Nothing in this period."
    unlabelled: str = "none"  # what the row without a label is called
    note: str = ""


@dataclass(frozen=True, slots=True)
class HourGrid:
    """What came at which hour of which weekday: `tickets[weekday][hour]`, Monday first."""

    title: str
    tickets: tuple[tuple[tuple[int, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Curve:
    """A figure over the periods of a series; `names` are theirs, `tickets` stand behind each."""

    figure: Figure
    names: tuple[str, ...]
    tickets: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said in words, with the tickets it is about: a comment, what is due."""

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
    """One sentence for the owner: what it rests on, and what can be done about it.

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
    """A period's figures. Times are UTC seconds; `compared` says in words with what."""

    start: int
    end: int
    title: str  # "Week 47, Mon 16 to Fri 20 Nov, so far"
    compared: str  # "the same stretch of week 46"
    business_hours: bool
    sections: tuple[Section, ...]
    advice: tuple[Advice, ...] = ()
    compared_year: str = ""
    steps: str = "weeks"
    now: int = 0
    kind: str = "week"
    notes: tuple[str, ...] = field(default=())

    @property
    def heading(self) -> str:
        """What heads the period's own column: `this week` while it runs, `that week` once it is over."""
        if self.kind == "days":
            return "these"
        return f"{'this' if self.end >= self.now else 'that'} {self.kind}"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures of all sections, each once."""
        return tuple({one.id: one for section in self.sections for one in section.figures}.values())
