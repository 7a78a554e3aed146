"""The panel beside a ticket: customer, orders and SOP in one line-drawn scroll."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from deskterm.widgets.drawing.lines import DrawnLine, Scroll

if TYPE_CHECKING:
    from deskterm.commands.keymap import KeyOf
    from deskterm.domain.formats import Formats
    from deskterm.domain.people.timeline import TimelineEntry
    from deskterm.domain.playbook import Macro
    from deskterm.domain.sops.sop import Step
    from deskterm.domain.views import SimilarTicket, SopView, TicketView


class SidePanel(Scroll):
    """What is known besides the mail. Inside the SOP (`entered`) a cursor is on one of its steps."""

    GROUND = "side"
    ALLOW_SELECT = True

    def __init__(self, formats: "Formats", key: "KeyOf") -> None:
        super().__init__()
        self._formats, self._key = formats, key
        self._view: TicketView | None = None
        self._now = 0
        self._macros: Mapping[str, Macro] = {}
        self._past: tuple[Sequence[SimilarTicket], Sequence[TimelineEntry]] = ((), ())
        self.entered = self._entering = False
        self.cursor = 0
        self._step_lines: list[int] = []

    def show(self, view: "TicketView | None", now: int) -> None:
        """Show a ticket at `now` (UTC seconds); None shows nothing."""
        same = view is not None and self._view is not None and view.ticket.id == self._view.ticket.id
        if not same:
            self.entered, self.cursor, self._past = False, 0, ((), ())
        self._view, self._now = view, now
        self._macros = {macro.id: macro for macro in view.macros} if view else {}
        self.redraw(keep=same)

    def show_past(self, similar: "Sequence[SimilarTicket]", entries: "Sequence[TimelineEntry]") -> None:
        """Show similar tickets and the customer's timeline below the rest."""
        self._past = similar, entries
        self.redraw(keep=True)

    # the SOP

    @property
    def sop(self) -> "SopView | None":
        """The SOP on screen."""
        return self._view.sop if self._view else None

    @property
    def step(self) -> "Step | None":
        """The step under the cursor."""
        return self.sop.sop.steps[self.cursor] if self.sop and self.sop.sop.steps else None

    def enter(self) -> bool:
        """Go into the SOP, to its first open step; gives whether there is an SOP."""
        if self.sop is None or not self.sop.sop.steps:
            return False
        left = [at for at, step in enumerate(self.sop.sop.steps) if step in self.sop.left]
        self.entered, self.cursor = True, left[0] if left else 0
        self._entering = True
        self.redraw()
        self.call_after_refresh(self._begin_sop)
        return True

    def leave(self) -> None:
        """Leave the SOP."""
        self.entered = False
        self.redraw()

    def go(self, lines: int) -> None:
        """Move the cursor by steps inside the SOP, else scroll by lines."""
        if not self.entered or self.sop is None:
            super().go(lines)
            return
        self.cursor = max(0, min(self.cursor + lines, len(self.sop.sop.steps) - 1))
        self.redraw()
        self._scroll_to_cursor()

    def go_end(self, *, last: bool) -> None:
        """Go to the first or last step inside the SOP, else to the top or bottom."""
        if self.entered and self.sop:
            self.go(len(self.sop.sop.steps) if last else -len(self.sop.sop.steps))
        else:
            super().go_end(last=last)

    def on_resize(self) -> None:
        """The panel may only now be shown."""
        self._begin_sop()

    def _begin_sop(self) -> None:
        """Scroll as much of the SOP into view as fits, once the panel's height is known."""
        if self._entering and self.size.height > 0 and self._step_lines:
            self._entering = False
            self.scroll_to(y=self._step_lines[0] - 1, animate=False, force=True)
            self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        if self.cursor < len(self._step_lines):
            first = self._step_lines[self.cursor]
            top, height = self.scroll_offset.y, self.size.height
            if not top <= first < top + height - 2:
                self.scroll_to(y=max(0, first - height // 2), animate=False)

    # drawing

    def picture(self, width: int) -> list[DrawnLine]:
        """Customer, orders and SOP, with an empty line between."""
        view = self._view
        if view is None:
            return []
        from deskterm.widgets.customer_card import customer_lines  # noqa: PLC0415 - not in the first picture
        from deskterm.widgets.drawing.action_lines import action_lines  # noqa: PLC0415 - as above
        from deskterm.widgets.order_card import Now, order_lines, other_order_lines, other_orders  # noqa: PLC0415 - as above
        from deskterm.widgets.product_card import product_lines  # noqa: PLC0415 - as above

        now = Now(self._formats, self._now)
        lines = [
            DrawnLine(),
            *customer_lines(view.customer, width, self._formats.money_list, self._month, self._key),
            DrawnLine(),
        ]
        own = view.order.order if view.order else None
        store = own.store if own and len({order.store for order in view.orders}) > 1 else ""
        if own is not None and view.order:
            lines += [*order_lines(own, now, width, view.order.because, store), DrawnLine()]
        if view.products or view.waits:
            lines += [*product_lines(view.products, view.waits, self._formats, self._now, width), DrawnLine()]
        if view.actions:
            lines += [*action_lines(view.actions, width, self._key), DrawnLine()]
        for title, others in other_orders(view, own):
            lines += [*other_order_lines(others, now, width, title), DrawnLine()]
        if view.sop:
            lines += [*self._sop_lines(view.sop, width, len(lines)), DrawnLine()]
        if any(self._past):
            from deskterm.widgets.drawing.past_lines import past_lines  # noqa: PLC0415 - as above

            lines += past_lines(*self._past, self._key, self._formats, width)
        return lines

    def _month(self, at: int) -> str:
        """`March`; with the year, `March 2024`, if it is another year."""
        local, now = self._formats.local(at), self._formats.local(self._now)
        return f"{local:%B}" if local.year == now.year else f"{local:%B %Y}"

    def _sop_lines(self, view: "SopView", width: int, at: int) -> list[DrawnLine]:
        from deskterm.widgets.drawing.sop_lines import SopLines  # noqa: PLC0415 - as above

        cursor = self.cursor if self.entered else None
        duration, key = self._formats.duration, self._key("macro")
        drawn = SopLines(view, width, self._macros, duration, cursor, macro_key=key)
        self._step_lines = [at + place for place in drawn.places]
        return drawn.lines
