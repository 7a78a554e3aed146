"""The week on one page: each figure with the week before, and what stands behind it."""

from collections.abc import Iterable

from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.figures.values import FiguresReport
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.figure_tickets import Behind, FigureTicketsScreen
from deskterm.widgets.rows import Rows
from deskterm.widgets.sheet import Sheet
from deskterm.widgets.week import BarKey, FigureKey, explanation, items

_WIDE = 110  # cells from which the figure under the cursor is explained beside the list


class MetricsScreen(ListScreen[None]):
    """Figures of a week. They are counted on the writer thread: the screen does not wait."""

    WHERE = Where.METRICS
    PLACE = "metrics"
    CSS_PATH = "metrics.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.back = 0
        self.business = False
        self.report: FiguresReport | None = None
        self.definitions = False

    def body(self) -> Iterable[Widget]:
        """Which week, then its figures."""
        yield Static(id="week", markup=False)
        yield Horizontal(Rows(ident="rows"), Sheet(ident="explained"))

    def on_mount(self) -> None:
        """Something stands there while the first report is counted."""
        self.query_one("#week", Static).update(Content.styled("Counting …", "$dim"))

    def refresh_desk(self) -> None:
        """Count anew."""
        self.run_worker(self._count(), exclusive=True, group="count")

    async def _count(self) -> None:
        metrics, now = self.work.desk.metrics, self.work.now()
        self.report = await self.work.write(metrics.week, now, self.back, business=self.business)
        self._show()

    def _show(self) -> None:
        report = self.report
        if report is None:
            return
        hours = "business hours" if report.business_hours else "all hours"
        week = Content.assemble((report.title, "bold"), (f"   {hours}", "$act"))
        against = Content.styled(f"against {report.compared}", "$dim")
        self.query_one("#week", Static).update(Content("\n").join([week, against]))
        rows = self.rows
        rows.show(lambda width: items(report, width, rows.size.height, definitions=self.definitions))
        self.call_after_refresh(self._explain)

    def fit(self, size: Size) -> None:
        """A wide terminal has room for an explanation beside the figures."""
        self.set_class(size.width >= _WIDE, "wide")

    def on_resize(self) -> None:
        """Count the lines there are, once the list has its new height."""
        self.call_after_refresh(self._show)

    def on_rows_moved(self) -> None:
        """Another figure is under the cursor."""
        self._explain()

    def _explain(self) -> None:
        """Say beside the list how the figure under the cursor is counted."""
        behind = self._open_tickets(self.rows.key)
        if behind is not None:
            lines = [Content.styled(behind.title, "bold"), *map(Content, behind.explained)]
            lines.append(Content.assemble(("Enter ", "$act bold"), f"opens {len(behind.tickets)} of them"))
            self.query_one("#explained", Sheet).show(Content("\n\n").join(lines))

    def do_open_row(self) -> None:
        """Open what is behind the figure or the bar under the cursor."""
        behind = self._open_tickets(self.rows.key)
        if behind is not None:
            self.app.push_screen(FigureTicketsScreen(self.work, behind))

    def _open_tickets(self, key: object) -> Behind | None:
        match key:
            case FigureKey(figure=figure):
                return Behind(figure.title, tuple(explanation(figure)), figure.tickets)
            case BarKey(label=label, bar=bar) if self.report is not None:
                title = f"{label or 'no category'}: {bar.value} new, {bar.before} before"
                return Behind(title, (self.report.volume_definition,), bar.tickets)
        return None

    def do_earlier(self) -> None:
        """Go a week back."""
        self.back += 1
        self.refresh_desk()

    def do_newer(self) -> None:
        """Go a week on; the running week is the last."""
        if self.back:
            self.back -= 1
            self.refresh_desk()

    def do_hours(self) -> None:
        """Count business hours, or all hours."""
        self.business = not self.business
        self.refresh_desk()

    def do_definition(self) -> None:
        """Show or hide how the figures are counted."""
        self.definitions = not self.definitions
        self._show()
