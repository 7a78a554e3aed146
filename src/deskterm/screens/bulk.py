"""One macro to many tickets: all letters in one list, warnings first; the number is typed before they go."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.incidents.incident import IncidentNews
from deskterm.domain.review.replies import Level, Review
from deskterm.domain.ticket_work.bulk import BulkLetter, left_to_open, letters_to_send
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Sent
from deskterm.widgets import letter as drawn
from deskterm.widgets.drawing.cells import fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread
from deskterm.widgets.rows import Item, Rows
from deskterm.widgets.sheet import Sheet

READ_FOR = 0.4  # seconds a letter must be on screen to count as opened
_MARKS = {Level.GREEN: ("●", "green"), Level.AMBER: ("▲", "amber"), Level.RED: ("■", "red")}
_LABEL = 9  # cells of the names in the head of a letter
_DIGITS = 6


class BulkScreen(ListScreen[None]):
    """The letters of one macro to many tickets. Posts `Sent` once they are queued."""

    WHERE = Where.BULK
    PLACE = "many replies"
    CSS_PATH: ClassVar[str] = "bulk.tcss"

    def __init__(
        self,
        work: Work,
        ids: tuple[int, ...],
        macro_id: str,
        incident: tuple[int, IncidentNews] | None = None,
    ) -> None:
        super().__init__(work)
        self.incident = incident  # the incident these letters are for, and what they say
        self.ids, self.macro = ids, work.desk.playbook.current().macros[macro_id]
        self.letters: tuple[BulkLetter, ...] = ()
        self.opened, self.left_out = set[int](), set[int]()
        self.claims: tuple[str, ...] = ()
        self.typed = ""
        self._resting: Timer | None = None

    def body(self) -> Iterable[Widget]:
        """The letters on the left, the one under the cursor on the right, what to do next below."""
        yield Static(id="title", markup=False)
        yield Horizontal(Rows(ident="rows", ground="side"), Sheet(ident="letter"), id="pair")
        yield Static(id="verdict", markup=False)

    def begin(self) -> None:
        """Fill all letters; two hundred take half a second."""
        self.commands.start(self._fill())

    async def _fill(self) -> None:
        write, now = self.work.write, self.work.now()
        if self.incident is None:
            fill = self.work.desk.bulk.fill
            self.letters = await write(fill, self.ids, self.macro.id, now, self.claims)
        else:
            self.letters = await write(self.work.desk.incidents.letters, *self.incident, now, self.claims)
            self.ids = tuple(one.ticket_id for one in self.letters)
        self.rows.show(self._items, first=not self.opened)
        self._show_letter()

    def refresh_desk(self) -> None:
        """Keep the letters as they were filled; what has changed since is checked when they are sent."""

    # what is shown

    @property
    def going(self) -> tuple[BulkLetter, ...]:
        """The letters that would be sent now."""
        return letters_to_send(self.letters, opened=self.opened, left_out=self.left_out)

    @property
    def chosen(self) -> BulkLetter | None:
        """The letter under the cursor."""
        return next((one for one in self.letters if one.ticket_id == self.rows.key), None)

    def _items(self, width: int) -> list[Item]:
        return [self._item(one, width) for one in self.letters]

    def _item(self, one: BulkLetter, width: int) -> Item:
        mark, shade = _MARKS[one.level]
        out = one.ticket_id in self.left_out
        about = f" {one.order or f'T{one.ticket_id}'} "
        read = Bit("✓ " if one.ticket_id in self.opened else "  ", "green")
        name = Bit(fit(one.name, max(1, width - len(about) - 6)), "dim" if out else "text", bold=not out)
        head = [Bit(f"  {'–' if out else mark} ", "dim" if out else shade, bold=True), read, name]
        lines = [spread(head, [Bit(about, "accent")], width)]
        if one.concerns and not out:
            concern = wrap(one.concerns[0].words, width - 7)
            lines += [DrawnLine.of(f"      {text}", shade) for text in concern]
        return Item(tuple(lines), one.ticket_id)

    def _show_letter(self) -> None:
        """Show the letter under the cursor; it counts as opened after a moment on screen."""
        one = self.chosen
        if self._resting is not None:
            self._resting.stop()
        self._say()
        if one is None:
            return
        review = self.work.desk.bulk.review(one, self.work.now())
        sheet = self.query_one("#letter", Sheet)
        names = _head(review, sheet.size.width - _LABEL - 5)
        said_in_list = 0 if one.ticket_id in self.left_out else 1  # of what is the matter with it
        warned = Content("\n").join(
            Content.styled(f"{_MARKS[concern.level][0]} {concern.words}", f"${_MARKS[concern.level][1]}")
            for concern in one.concerns[said_in_list:]
        )
        follows = Content.styled(f"{review.order_place}\n{review.follows}".strip(), "$dim")
        parts = [names, drawn.body(review), warned, follows]
        sheet.show(Content("\n\n").join(part for part in parts if part))
        sheet.go_end(last=False)
        self._resting = self.set_timer(READ_FOR, lambda: self._count_opened(one))

    def _count_opened(self, one: BulkLetter) -> None:
        self._resting = None
        if one.ticket_id not in self.opened:
            self.opened.add(one.ticket_id)
            self.rows.redraw()
            self._say()

    def _say(self) -> None:
        """Say above how many get the macro, and below what is still to do."""
        claims = "".join(f"   {'✓' if one in self.claims else '○'} {one}" for one in self.macro.claims)
        title = Content.assemble((self.macro.title, "bold"), f" to {len(self.letters)} tickets")
        self.query_one("#title", Static).update(Content.assemble(title, (claims, "$amber")))
        words, shade = self._verdict()
        typed = Content.assemble(f"  {self.typed}", ("▏", "$act")) if self.typed else Content("")
        verdict = Content.assemble(Content.styled(words, f"{shade} bold"), typed)
        self.query_one("#verdict", Static).update(verdict)

    def _verdict(self) -> tuple[str, str]:
        going, left = len(self.going), left_to_open(self.letters, self.opened)
        stay = len(self.letters) - going
        rest = f" {stay} {'stays' if stay == 1 else 'stay'}." if stay else ""
        if not letters_to_send(self.letters, opened=self.ids, left_out=self.left_out):
            return "■ None of these can be sent.", "$red"
        if left:
            return f"▲ Open {left} more: {self.work.key(self._way_to_unread())} shows the next one.", "$amber"
        if not going:
            return "▲ Letters with a warning go only after you have opened them.", "$amber"
        return f"● Type {going} and Enter sends {'it' if going == 1 else 'them'}.{rest}", "$green"

    def _way_to_unread(self) -> str:
        """The command that moves to a letter which was not opened: down, or up if there is none below."""
        ids = [one.ticket_id for one in self.letters]
        below = ids[ids.index(self.rows.key) + 1 :] if self.rows.key in ids else ids
        return "down" if self.opened.issuperset(ids) or not self.opened.issuperset(below) else "up"

    # keys

    def on_resize(self) -> None:
        """Fit the head of the letter into its new width."""
        self.call_after_refresh(self._show_letter)

    def on_rows_moved(self) -> None:
        """Show another letter."""
        self._show_letter()

    async def on_key(self, event: events.Key) -> None:
        """Digits are the number of letters; every other key is a command."""
        character = event.character or ""
        if self.commands.busy or not (character.isdecimal() or event.key == "backspace"):
            return
        self.typed = self.typed[:-1] if event.key == "backspace" else (self.typed + character)[:_DIGITS]
        self._say()
        event.stop()
        event.prevent_default()

    def do_leave_out(self) -> None:
        """Leave the letter out, or put it back in; go to the next one."""
        one = self.chosen
        if one is not None:
            self.left_out ^= {one.ticket_id}
            self.rows.redraw()
            self._say()

    async def do_confirm_claims(self) -> None:
        """Confirm what all letters say has been done, or unconfirm it."""
        if not self.macro.claims:
            self.tell("These letters do not say that anything was done.", "amber")
            return
        self.claims = () if self.claims else self.macro.claims
        await self._fill()

    def do_page_down(self) -> None:
        """Scroll the letter down."""
        self.query_one("#letter", Sheet).go_page(1)

    def do_page_up(self) -> None:
        """Scroll the letter up."""
        self.query_one("#letter", Sheet).go_page(-1)

    async def do_send_many(self) -> None:
        """Send the letters, once enough were opened and their number was typed."""
        going, left = self.going, left_to_open(self.letters, self.opened)
        if not going or left or self.typed != str(len(going)):
            wrong = f"You typed {self.typed}. " if self.typed and going and not left else ""
            self.typed = ""
            self._say()
            self.tell(f"{wrong}{self._verdict()[0][2:]}", "amber")
            return
        done = await self.work.write(self.work.desk.bulk.send, going, self.work.now())
        self.post_message(Sent(done))


def _head(review: Review, room: int) -> Content:
    """Sender, recipients and subject; what takes several lines stands below itself."""
    below = "\n" + " " * _LABEL
    return Content("\n").join(
        Content.assemble((f"{name:<{_LABEL}}", "$dim"), below.join(wrap(value, max(1, room))))
        for name, value in drawn.head(review)
    )
