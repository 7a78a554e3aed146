"""An action on an order: its fields, and below what will happen, before it is confirmed."""

from collections.abc import Iterable
from dataclasses import replace
from time import monotonic
from typing import ClassVar

from textual.actions import SkipAction
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.actions.work import Work
from deskterm.config.store_kinds import Ability, ShopMail
from deskterm.domain.orders.actions import ActionRecord, StoreAction
from deskterm.domain.orders.order import Order, PostalAddress
from deskterm.domain.orders.plans import ActionPlan
from deskterm.errors import DesktermError, DoneBefore
from deskterm.screens.base.modal import DeskModal
from deskterm.screens.orders.action_forms import AMOUNTS, TITLES, action_of, choices_of, fields_of
from deskterm.screens.reply.arming import SendGuard
from deskterm.widgets.form import LINE_KEYS, Choice, Field

_SILENT, _TELL = "no", "yes"


class OrderActionScreen(DeskModal[ActionRecord | None]):
    """Gives the recorded action, or None if the owner leaves. Nothing is sent from here."""

    CSS_PATH = "order_action.tcss"
    READER = "Field"
    KEYS = (("Enter", "do it"), ("↑ ↓", "move"), ("Esc", "back"))
    BINDINGS: ClassVar[list[BindingType]] = LINE_KEYS

    def __init__(
        self, work: Work, order: Order, ability: Ability, ticket_id: int, address: PostalAddress | None = None
    ) -> None:
        super().__init__(work)
        self.order, self.ability, self.ticket_id = order, ability, ticket_id
        actions, policy = work.desk.store_actions, work.desk.store_actions.limits_set
        self._fields = fields_of(ability, order, address, actions.codes(order), limited=policy)
        self._choices = choices_of(ability, order, actions.kind(order))
        self._asks_mail = work.desk.store_actions.mails(order, ability) is ShopMail.AS_ASKED
        self.guard = SendGuard()
        self._shown: ActionPlan | None = None
        self._refusal = ""  # why it was not recorded; shown until something is typed
        self._done_before: StoreAction | None = None  # was done before, so it must be confirmed again

    def body(self) -> Iterable[Widget]:
        """The fields, and what will happen."""
        rows = [
            _row(one.name, Field(one.value, placeholder=one.hint, ident=f"field{number}"))
            for number, one in enumerate(self._fields)
        ]
        rows += [
            _row(one.name, Choice(one.options, ident=f"choice{number}"))
            for number, one in enumerate(self._choices)
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
        """Give the keys to the first field."""
        if self._lines:
            self._lines[0].focus()
        self._show_plan()

    @property
    def _lines(self) -> list[Widget]:
        return [*self.query("Field, Choice").results(Widget)]

    @property
    def plan(self) -> ActionPlan:
        """What will happen with the current contents of the fields."""
        values = {one.name: self.query_one(f"#field{at}", Field).value for at, one in enumerate(self._fields)}
        for at, one in enumerate(self._choices):
            values[one.name] = self.query_one(f"#choice{at}", Choice).value
        tells = self._asks_mail and self.query_one("#tell", Choice).value == _TELL
        action = action_of(self.ability, self.order, values, tell_customer=tells)
        plan, ticket = self.work.desk.store_actions.plan, self.ticket_id
        return plan(self.order.id, action, self.work.now(), ticket_id=ticket)

    def _show_plan(self) -> None:
        """Show what will happen; Enter counts only after that has been on screen for a moment."""
        plan = self._shown = self.plan
        self.guard.stop_waiting()
        self.call_after_refresh(lambda: self.guard.start_waiting(monotonic()))
        against = self._refusal or plan.obstacle_words
        warnings = (against, *plan.doubts) if against else plan.doubts
        lines = [Content.styled(f"▲ {words}", "$amber") for words in warnings]
        lines += [Content.styled(f"• {effect}", "$soft") for effect in plan.effects]
        self.query_one("#plan", Static).update(Content("\n").join(lines))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what it would do now."""
        event.stop()
        if event.value:
            self._refusal = ""
        self._show_plan()

    def on_choice_changed(self) -> None:
        """Show what it would do now."""
        self._show_plan()

    def action_line(self, by: int) -> None:
        """Go to the next or previous line; on the last line the key is Enter's."""
        lines = self._lines
        at = lines.index(self.focused) + by if self.focused in lines else 0
        if at >= len(lines):
            raise SkipAction
        self.set_focus(lines[max(0, at)])
        self.guard.start_waiting(monotonic())  # a held key runs through the lines and confirms nothing

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Confirm the action."""
        event.stop()
        self._press_enter()

    @property
    def _amount_field(self) -> Field | None:
        """The field with the amount, else the first."""
        names = [one.name for one in self._fields]
        wanted = AMOUNTS.get(self.ability, "")
        at = names.index(wanted) if wanted in names else 0
        return self.query_one(f"#field{at}", Field) if names else None

    async def on_key(self, event: object) -> None:
        """Confirm with Enter on the last line (also if it is a choice), or with Ctrl+S anywhere."""
        key = getattr(event, "key", "")
        if key == "ctrl+s" or (key == "enter" and not isinstance(self.focused, Field)):
            self._press_enter()

    def _press_enter(self) -> None:
        """Confirm what the owner has seen; a held, early or pasted key does not."""
        if self.commands.busy:
            return
        seen, self._shown = self._shown, self.plan
        if seen is None or _without_key(seen) != _without_key(self._shown):
            self._show_plan()  # the order has changed since
        elif self.guard.note_key(monotonic()):
            self.commands.start(self._confirm(self._shown))

    async def _confirm(self, plan: ActionPlan) -> None:
        """Record the action. An action that was done before must be typed again."""
        typed = self._amount_field.value if self._amount_field else ""
        bare = _without_key(plan).action
        confirm, ticket, now = self.work.desk.store_actions.confirm, self.ticket_id, self.work.now()
        again = bare == self._done_before
        try:
            record = await self.work.write(
                confirm, plan, self.order.id, now, ticket_id=ticket, typed=typed, again=again
            )
        except DoneBefore:
            self._done_before = bare
            if (field := self._amount_field) is not None:
                field.focus()
                field.value = ""
            raise
        self.dismiss(record)

    def tell_failure(self, error: DesktermError) -> None:
        """Show what prevents the action, above what would happen."""
        self._refusal = str(error)
        self._show_plan()


def _without_key(plan: ActionPlan) -> ActionPlan:
    """The plan without its key, for comparing: each plan has its own key."""
    return replace(plan, action=replace(plan.action, key=""))


def _row(name: str, line: Widget) -> Horizontal:
    return Horizontal(Static(name, classes="label", markup=False), line, classes="row")
