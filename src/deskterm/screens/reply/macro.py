"""The macro picker: best first, each with its letter, and the filled text beside."""

from collections.abc import Iterable
from dataclasses import replace

from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Macro
from deskterm.domain.review.order_needs import unmet
from deskterm.domain.review.replies import Draft
from deskterm.errors import DesktermError
from deskterm.screens.base.choose import PICKER_KEYS
from deskterm.screens.base.messages import Go
from deskterm.screens.base.modal import DeskModal
from deskterm.screens.reply.take_macro import take
from deskterm.widgets.letter import with_holes
from deskterm.widgets.picker import Option, Picker
from deskterm.widgets.sheet import Sheet

_SETTLED = 0.05  # seconds the cursor must rest before the text is filled
_WIDE = 110  # cells from which the category is shown too
_ROWS = 100  # more than fit any terminal; the style sheet limits them


class MacroScreen(DeskModal[str | None]):
    """Picks a macro for a ticket. With `then_review` it is filled and reviewed; otherwise gives its id.

    With several tickets in `among`, each gets a letter; all are shown in one list.
    """

    CSS_PATH = "macro.tcss"
    READER = "Picker"
    KEYS = PICKER_KEYS

    def __init__(
        self, work: Work, ticket_id: int, *, then_review: bool = True, among: tuple[int, ...] = ()
    ) -> None:
        super().__init__(work)
        self.ticket_id, self.among = ticket_id, among
        self.then_review = then_review
        self.draft: Draft | None = None
        self._timer: Timer | None = None
        view = work.desk.tickets.view(ticket_id, work.now())
        self.macros, self.order = view.macros, view.order.order if view.order else None
        broken = work.desk.playbook.current().broken
        self.broken = {name: why for name, why in broken if name.startswith("macros/")}

    def body(self) -> Iterable[Widget]:
        """The macros on the left, the text on the right."""
        wide = self.app.size.width >= _WIDE
        options = [_option(macro, self.order, wide=wide) for macro in self.macros]
        options += [Option(name, f"{name}: {why}", off=True) for name, why in self.broken.items()]
        title = f"Macro for {len(self.among)} tickets" if len(self.among) > 1 else "Macro"
        picker = Picker(title, options, rows=_ROWS)
        yield Horizontal(picker, Sheet(ident="preview"), id="pair")

    def on_mount(self) -> None:
        """Give the keys to the picker and show the first macro filled."""
        self.query_one(Picker).focus()
        self.draft = self._about_best_order()
        self._soon(self.macros[0].id if self.macros else "")

    def _about_best_order(self) -> Draft:
        """The draft the texts are filled into, about the best order until one is chosen."""
        replies = self.work.desk.replies
        draft = replies.begin(self.ticket_id, self.work.now())
        best = next(iter(replies.orders_for(self.ticket_id)), None)
        return replace(draft, order_id=best.order.id) if best and draft.order_id is None else draft

    def on_picker_moved(self, message: Picker.Moved) -> None:
        """Fill the macro under the cursor once it rests."""
        self._soon(message.value)

    def _soon(self, macro_id: str) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(
            _SETTLED, lambda: self.run_worker(self._preview(macro_id), exclusive=True, group="preview")
        )

    async def _preview(self, macro_id: str) -> None:
        sheet = self.query_one(Sheet)
        if macro_id in self.broken:
            sheet.show(Content.styled(f"{macro_id}: {self.broken[macro_id]}", "$red"))
            return
        if not macro_id or self.draft is None:
            sheet.show(Content(""))
            return
        try:
            filled = await self.work.write(
                self.work.desk.replies.insert, self.draft, macro_id, self.work.now()
            )
        except DesktermError as error:
            sheet.show(Content.styled(str(error), "$red"))
            return
        sheet.show(with_holes(filled))
        sheet.go_end(last=False)

    def on_picker_picked(self, message: Picker.Picked) -> None:
        """Use the macro, or give it back."""
        if self.commands.busy:
            return
        if self.then_review:
            self.commands.start(self._take(message.value))
        else:
            self.dismiss(message.value)

    async def _take(self, macro_id: str) -> None:
        if len(self.among) > 1:
            self.post_message(Go("bulk", instead=True, ids=self.among, macro_id=macro_id))
            return
        await take(self, self.ticket_id, macro_id, instead=True)

    def on_picker_left(self) -> None:
        """Leave without a macro."""
        self.dismiss(None)


def _option(macro: Macro, order: Order | None, *, wide: bool) -> Option:
    """A macro as an option, with what it needs that the order lacks, else its category."""
    words = " ".join((macro.folder, macro.category, *macro.tags, *macro.words))
    missing = ", ".join(unmet(macro.needs, order))
    detail = f"needs {missing}" if missing else (macro.folder or macro.category) if wide else ""
    return Option(macro.id, macro.title, key=macro.key, detail=detail, words=words)
