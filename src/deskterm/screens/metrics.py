"""The figures of a period, page by page, compared with an earlier period, and the tickets behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.desk.metrics import PeriodChoice
from deskterm.domain.desk_state import Progress
from deskterm.domain.figures.figure_formats import FigureWords, never_noted
from deskterm.domain.figures.periods import PeriodKind
from deskterm.domain.figures.sections import SECTIONS
from deskterm.domain.figures.values import Figure, FiguresReport, Section
from deskterm.errors import DatabaseBusy
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.figure_tickets import FigureTicketsScreen
from deskterm.screens.past_panel import COLUMNS, ROWS
from deskterm.screens.ticket_groups import TicketGroup, ticket_groups_of
from deskterm.widgets.drawing.progress import progress_words
from deskterm.widgets.metrics import first_page, pages
from deskterm.widgets.metrics.keys import BarKey
from deskterm.widgets.picker import Option
from deskterm.widgets.rows import Item, Rows
from deskterm.widgets.sheet import Sheet

_YEARS = 1990, 2200  # of a typed period; anything else is a typing mistake
_WIDE = 120  # cells from which the explanation stands beside the list and cuts no title of it
_KINDS = (PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR)
_PAGES = tuple(SECTIONS)
_NEWEST = "This is the current period."
_MOST_KEYS = 9  # parts of a row that a digit can open


class MetricsScreen(ListScreen[None]):
    """Figures of a period. They are counted on the writer thread, so the screen does not wait."""

    WHERE = Where.METRICS
    PLACE = "metrics"
    CSS_PATH = "metrics.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.choice = PeriodChoice()
        self.page_at = 0
        self.report: FiguresReport | None = None
        self.definitions = False
        self.against_year = False
        self._words = FigureWords(work.formats)
        self._asked = 0  # number of counts begun; the last one is shown

    def body(self) -> Iterable[Widget]:
        """The period, then its figures."""
        yield Static(id="week", markup=False)
        yield Horizontal(Rows(ident="rows"), Sheet(ident="explained"))

    def on_mount(self) -> None:
        """Show something while the first report is counted."""
        self.query_one("#week", Static).update(Content.styled("Counting …", "$dim"))

    def refresh_desk(self) -> None:
        """Count again."""
        self._begin_count(first=False)

    def _begin_count(self, *, first: bool) -> None:
        self._asked += 1
        self.run_worker(tell_failures(self, self._count(self._asked, first=first)), group="count")

    async def _count(self, asked: int, *, first: bool) -> None:
        """Count the period, unless the owner has asked for another since."""
        if asked != self._asked:
            return
        metrics, now = self.work.desk.metrics, self.work.now()
        await self._freshen(asked)
        look = partial(metrics.report, update=False)
        report = await self.work.read(look, self.choice, now, (_PAGES[self.page_at],))
        if asked == self._asked:
            self.report = report
            self._show(first=first)

    async def _freshen(self, asked: int) -> None:
        """Bring the samples up to date in small steps, so that other changes can come in between."""
        metrics, began, first = self.work.desk.metrics, self.work.clock(), 0
        try:
            while left := await self.work.write(metrics.update_some_samples, self.work.now()):
                if asked != self._asked or not self.stands:
                    return
                first = max(first, left)
                progress = Progress("Counting tickets", first - left, first, began)
                words = progress_words(progress, self.work.clock(), self.size.width)
                self.query_one("#week", Static).update(words)
        except DatabaseBusy:
            return  # the figures are still right, only slower

    @property
    def place(self) -> str:
        """Which page is shown."""
        section = self.section
        return f"metrics · {section.title} {self.page_at + 1}/{len(_PAGES)}" if section else self.PLACE

    @property
    def section(self) -> Section | None:
        """The page on screen."""
        return self.report.sections[0] if self.report else None

    def _show(self, *, first: bool = False) -> None:
        report = self.report
        if report is None or not self.stands:
            return
        against = report.compared_year if self.against_year else report.compared
        head = Content.assemble((report.title, "bold"), (f"   against {against}", "$dim"))
        self.query_one("#week", Static).update(head)
        self.show_facts()
        shown = against_year_before(report) if self.against_year else report
        self.rows.show(lambda width: self._items(shown, width), first=first)
        self.call_after_refresh(self._explain)

    def _items(self, report: FiguresReport, width: int) -> list[Item]:
        if self.page_at == 0:
            height = self.rows.size.height
            return first_page.items(report, self._words, width, height, definitions=self.definitions)
        return pages.page_items(report.sections[0], report, self._words, width, definitions=self.definitions)

    def fit(self, size: Size) -> None:
        """Show the explanation beside the figures on a wide terminal, below them on a tall one."""
        large = size.width >= COLUMNS and size.height >= ROWS
        self.update_classes({"wide": size.width >= _WIDE, "large": large}, animate=False)

    def on_resize(self) -> None:
        """Count the lines that fit, once the list has its new height."""
        self.call_after_refresh(self._show)

    def on_rows_moved(self) -> None:
        """Explain another figure."""
        self._explain()

    def _explain(self) -> None:
        """Explain beside the list how the figure under the cursor is counted."""
        parts = ticket_groups_of(self.rows.key, self._words)
        if not parts:
            return
        title, lines = parts[0].title, [*map(Content, parts[0].explained)]
        if isinstance(self.rows.key, BarKey):
            title, lines = title.rpartition(",")[0], [Content(part.explained[0]) for part in parts]
        opens = [part for part in parts if part.tickets]
        if len(opens) == 1:
            lines.append(self._open_hint(f"opens {len(opens[0].tickets)} of them"))
        elif opens:
            lines.append(self._open_hint("asks which of them to open"))
        between = "\n" if self.has_class("large") else "\n\n"  # there it stands at the foot
        texts = [Content.styled(title, "bold"), *lines]
        self.query_one("#explained", Sheet).show(Content(between).join(texts))

    def _open_hint(self, words: str) -> Content:
        return Content.assemble((f"{self.work.key('open-row')} ", "$act bold"), words)

    def do_open_row(self) -> None:
        """Open the tickets behind the figure or bar under the cursor; if it has several parts, ask which."""
        parts = ticket_groups_of(self.rows.key, self._words)
        opens = [part for part in parts if part.tickets] or parts[:1]
        if len(opens) > 1:
            options = [
                Option(str(place), one.name, str(place + 1) if place < _MOST_KEYS else "", one.value)
                for place, one in enumerate(opens)
            ]
            picker = Choose(self.work, "Open the tickets of", options)
            self.app.push_screen(picker, lambda place: self._open_one(opens, place))
        elif opens:
            self._open(opens[0])

    def _open_one(self, parts: Sequence[TicketGroup], place: str | None) -> None:
        if place is not None:
            self._open(parts[int(place)])

    def _open(self, group: TicketGroup) -> None:
        self.app.push_screen(FigureTicketsScreen(self.work, group))

    # its keys

    def _look_at(self, choice: PeriodChoice) -> None:
        self.choice = choice
        self.bars.clear(_NEWEST)  # it is not true of another period
        self.refresh_desk()

    def do_earlier(self) -> None:
        """Go one period back."""
        self._look_at(replace(self.choice, back=self.choice.back + 1, first=None, last=None))

    def do_newer(self) -> None:
        """Go one period forward, up to the current one."""
        if self.report is not None and self.report.end >= self.report.now:
            self.tell(_NEWEST, "amber")
            return
        self._look_at(replace(self.choice, back=self.choice.back - 1, first=None, last=None))

    def do_hours(self) -> None:
        """Switch between business hours and all hours."""
        self._look_at(replace(self.choice, business=not self.choice.business))

    def do_span(self) -> None:
        """Switch between weeks, months, quarters and years."""
        kind = _KINDS[(_KINDS.index(self.choice.kind) + 1) % len(_KINDS)]
        self._look_at(replace(self.choice, kind=kind, back=0, first=None, last=None))

    async def do_days(self) -> None:
        """Show any range of days."""
        today = self.work.formats.local(self.work.now()).date()
        picker = Choose(
            self.work, "From which day to which?", _last_days(today), free=_day_options,
            tries="2026-01-01 2026-03-31",
        )  # fmt: skip
        chosen = await self.app.push_screen_wait(picker)
        days = _read_days(chosen or "")
        if days:
            self._look_at(replace(self.choice, first=days[0], last=days[1]))

    def do_against_year(self) -> None:
        """Compare with the year before, or with the previous period."""
        self.against_year = not self.against_year
        self._show()

    def do_next_page(self) -> None:
        """Go to the next page."""
        self._turn(1)

    def do_page_before(self) -> None:
        """Go to the previous page."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        self.page_at = (self.page_at + by) % len(_PAGES)
        self._begin_count(first=True)

    def do_definition(self) -> None:
        """Show or hide the definitions."""
        self.definitions = not self.definitions
        self._show()


def against_year_before(report: FiguresReport) -> FiguresReport:
    """The same report, compared with the year before."""
    return replace(report, sections=tuple(map(_section_against_year, report.sections)))


def _figure_against_year(one: Figure) -> Figure:
    asks = one.asks if never_noted(one) else ""
    sides = one.sides[:1] + one.sides[2:] * 2
    return replace(one, before=one.year_ago, before_n=one.year_ago_n, sides=sides, asks=asks)


def _section_against_year(section: Section) -> Section:
    tables = tuple(
        replace(
            table,
            rows=tuple(
                replace(row, figures=tuple(map(_figure_against_year, row.figures))) for row in table.rows
            ),
        )
        for table in section.tables
    )
    return replace(section, figures=tuple(map(_figure_against_year, section.figures)), tables=tables)


def _read_days(text: str) -> tuple[date, date] | None:
    """Two dates in ISO form, earlier first; None if the text is not that."""
    words = text.replace(",", " ").replace("to", " ").split()
    try:
        first, last = sorted(date.fromisoformat(word) for word in words)
    except ValueError:
        return None
    return (first, last) if first.year >= _YEARS[0] and last.year <= _YEARS[1] else None


def _last_days(today: date) -> list[Option]:
    found = []
    for key, days in (("m", 30), ("q", 90), ("y", 365)):
        first = today - timedelta(days=days - 1)
        value = f"{first.isoformat()} {today.isoformat()}"
        found.append(Option(value, f"the last {days} days", key, detail=f"{first} to {today}"))
    return found


def _day_options(text: str) -> list[Option]:
    days = _read_days(text)
    if not days:
        return []
    return [Option(f"{days[0].isoformat()} {days[1].isoformat()}", f"{days[0]} to {days[1]}")]
