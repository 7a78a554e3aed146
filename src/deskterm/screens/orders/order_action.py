"""An action on an order: what is asked for it, and below what will happen, before it is confirmed."""

from collections.abc import Iterable
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.actions.work import Work
from deskterm.domain.orders.actions import Ability, ActionRecord
from deskterm.domain.orders.order import Order, PostalAddress
from deskterm.domain.orders.plans import ActionPlan
from deskterm.domain.orders.store_kinds import ShopMail
from deskterm.errors import DesktermError
from deskterm.screens.base.modal import DeskModal
from deskterm.screens.orders.wishes import TITLES, fields_of, wish_of
from deskterm.widgets.form import LINE_KEYS, Choice, Field

_SILENT, _TELL = "no", "yes"


class OrderActionScreen(DeskModal[ActionRecord | None]):
    """Dismissed with the action as it was written down, None when it was left. Nothing is sent from here."""

    CSS_PATH = "order_action.tcss"
    READER = "Field"
    KEYS = (("Enter", "do it"), ("↑ ↓", "move"), ("Esc", "back"))
    BINDINGS: ClassVar[list[BindingType]] = LINE_KEYS

    def __init__(
        self, work: Work, order: Order, ability: Ability, ticket_id: int, address: PostalAddress | None = None
    ) -> None:
        super().__init__(work)
        self.order, self.ability, self.ticket_id = order, ability, ticket_id
        self._fields = fields_of(ability, order, address)
        self._asks_mail = work.desk.store_actions.mails(order, ability) is ShopMail.AS_ASKED
        self._again = False

    def body(self) -> Iterable[Widget]:
        """The fields, and what will happen."""
        rows = [
            _row(one.name, Field(one.value, placeholder=one.hint, ident=f"field{number}"))
            for number, one in enumerate(self._fields)
        ]
        if self._asks_mail:
            rows.append(_row("shop mails", Choice((_SILENT, _TELL), ident="tell")))
        title = f"{TITLES[self.ability]} order {self.order.mark}"
        yield Vertical(
            Static(title, classes="title", markup=False),
            *rows,
            Static(id="plan", markup=False),
            classes="panel",
        )

    def on_mount(self) -> None:
        """The first field reads the keys."""
        self._lines[0].focus()
        self._show_plan()

    @property
    def _lines(self) -> list[Widget]:
        return [*self.query("Field, Choice").results(Widget)]

    @property
    def plan(self) -> ActionPlan:
        """What will happen, by what stands in the fields now."""
        values = {one.name: self.query_one(f"#field{at}", Field).value for at, one in enumerate(self._fields)}
        tells = self._asks_mail and self.query_one(Choice).value == _TELL
        wish = wish_of(self.ability, self.order, values, tell_customer=tells)
        return self.work.desk.store_actions.plan(self.order.id, wish)

    def _show_plan(self) -> None:
        plan = self.plan
        lines = [Content.styled(f"▲ {plan.obstacle_words}", "$amber")] if plan.obstacle else []
        lines += [Content.styled(f"• {effect}", "$soft") for effect in plan.effects]
        self.query_one("#plan", Static).update(Content("\n").join(lines))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what it would do now."""
        event.stop()
        self._again = False
        self._show_plan()

    def on_choice_changed(self) -> None:
        """As above."""
        self._show_plan()

    def action_line(self, by: int) -> None:
        """Go to another line; from the last one on the key is Enter's alone."""
        lines = self._lines
        at = lines.index(self.focused) + by if self.focused in lines else 0
        if at >= len(lines):
            raise SkipAction
        self.set_focus(lines[max(0, at)])

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Confirm it."""
        event.stop()
        if not self.commands.busy:
            self.commands.start(self._confirm())

    async def on_key(self, event: object) -> None:
        """Enter on the last line confirms, also where that is a choice."""
        if (
            getattr(event, "key", "") == "enter"
            and isinstance(self.focused, Choice)
            and not self.commands.busy
        ):
            self.commands.start(self._confirm())

    async def _confirm(self) -> None:
        """Write it down. What was done before asks for a second press."""
        plan, actions = self.plan, self.work.desk.store_actions
        typed = next((one.value for one in self.query(Field).results(Field)), "")
        again, self._again = self._again, True
        ticket, now = self.ticket_id, self.work.now()
        record = await self.work.write(
            actions.confirm, plan, self.order.id, now, ticket_id=ticket, typed=typed, again=again
        )
        self.dismiss(record)

    def tell_failure(self, error: DesktermError) -> None:
        """Say what stands in the way, above what would happen."""
        words = " ".join(part for part in (error.what, error.safe, error.todo) if part)
        self.query_one("#plan", Static).update(Content.styled(f"▲ {words}", "$amber"))


def _row(name: str, line: Widget) -> Horizontal:
    return Horizontal(Static(name, classes="label", markup=False), line, classes="row")
