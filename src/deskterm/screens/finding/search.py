"""The search over all mail, which runs while one types."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.tickets import View
from deskterm.domain.views import Hit, SearchResult
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Open, ShowFound
from deskterm.screens.base.screen_bars import Shown
from deskterm.screens.base.ticket_items import ticket_item
from deskterm.screens.finding.mail_preview import MailPreview
from deskterm.widgets.drawing.cells import cell_len, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread
from deskterm.widgets.form import Field
from deskterm.widgets.rows import Item, Rows

_EXAMPLES = 'words, "a phrase", from:jana, order:1042 …'
_PAUSE = 0.06  # seconds without a key before the search runs
_MOST = 200
_INDENT = 11
EXAMPLES = (
    "Finds mail with all these words; the last may be unfinished. Right completes it.",
    "",
    '"broken mug"          the words in this order',
    "from:jana             who wrote        to:  subject:",
    "order:1042            an order         sku:  product:  tracking:",
    "is:open,waiting       a status, or unanswered, due, draft, snoozed, spam",
    "tag:vip               a tag            category:  channel:  language:de",
    "after:7d before:monday  a time         2026-11-30, yesterday, 2w, 3m",
    "promise:today         or late, any, friday: what you promised",
    "has:attachment        or order, tracking, note, draft, link, tag",
    "-tag:vip              not this",
)


class SearchScreen(ListScreen[None]):
    """A field with the hits below. Enter opens a hit, `n` the next one, `/` returns to the field."""

    WHERE = Where.SEARCH
    PLACE = "search"
    CSS_PATH = "search.tcss"
    READER = "Field"

    def __init__(self, work: Work, typed: str = "") -> None:
        super().__init__(work)
        self._typed = typed
        self.found = SearchResult()
        self.hits: Sequence[tuple[Hit, ...]] = ()  # the hits of each ticket, newest first
        self._timer: Timer | None = None
        self._begun = 0  # number of searches begun; the last one is shown
        self._opened = False
        self._beside = MailPreview(self, work)

    def body(self) -> Iterable[Widget]:
        """The field with the count beside it, the hits below."""
        yield Horizontal(
            Static("/", id="slash", markup=False),
            Field(self._typed, placeholder=_EXAMPLES, ident="query", complete=self._complete),
            Static(id="count", markup=False),
            id="head",
        )
        with Horizontal(id="found"):
            yield Rows(ident="rows")
            yield self._beside.make_pane()

    def fit(self, size: Size) -> None:
        """Show the mail beside the hits on a wide screen."""
        self._beside.fit(size)

    def on_rows_moved(self) -> None:
        """Show the mail of another hit."""
        self._show_mail()

    def _show_mail(self) -> None:
        key = self.rows.key
        self._beside.show(key if isinstance(key, int) else None)

    def on_mount(self) -> None:
        """Give the keys to the field."""
        self.query_one(Field).focus()

    def _complete(self, typed: str) -> str:
        return self.work.desk.search.complete(typed)

    @property
    def query_text(self) -> str:
        """The typed query."""
        return self.query_one(Field).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search once the typing pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(_PAUSE, lambda: self._begin_search(first=True))

    def refresh_desk(self) -> None:
        """Search again: there may be new mail."""
        self._begin_search(first=False)

    def _begin_search(self, *, first: bool) -> None:
        self.run_worker(tell_failures(self, self._search(first=first)), group="search")

    async def _search(self, *, first: bool) -> None:
        """Search in the background and show the hits, unless another search has begun since."""
        self._begun += 1
        begun, query = self._begun, self.query_text
        found = await self.work.read(self.work.desk.search.find, query, self.work.now(), 0, _MOST)
        if begun != self._begun or not self.stands:
            return
        self.found = found
        self.hits = by_ticket(found.hits)
        self.query_one("#count", Static).update(
            Content.styled(_describe_hits(found.total, self.hits) * bool(query), "$dim")
        )
        self.rows.show(self._items, first=first)
        self.call_after_refresh(self._show_mail)
        self.show_keys()

    def _items(self, width: int) -> list[Item]:
        notes = [
            Item(tuple(DrawnLine.of(f" {part}", "amber") for part in wrap(words, width - 1)))
            for words in describe_query(self.found)
        ]
        if not self.query_text:
            texts = (part for words in EXAMPLES for part in wrap(words, width - 1))
            return [Item(tuple(DrawnLine.of(f" {part}", "dim") for part in texts))]
        if not self.hits and not self.found.problems:
            return [*notes, Item((DrawnLine.of(" No mail has all of these.", "dim"),))]
        return notes + [
            ticket_item(
                hits[0].row,
                self.work,
                width,
                key=hits[0].row.ticket_id,
                at=hits[0].at,
                below=(_below(hits, width), DrawnLine()),
            )
            for hits in self.hits
        ]

    # keys

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """In the field, show only keys that are not letters."""
        found = super().footer_commands(shown)
        if not isinstance(self.focused, Field):
            return found
        named = [(one, [key for key in keys if len(key) > 1 and " " not in key]) for one, keys in found]
        return [
            (replace(one, label="to the hits") if one.id == "back" and self.hits else one, keys)
            for one, keys in named
            if keys
        ]

    def on_descendant_focus(self) -> None:
        """Show the field's keys."""
        self.show_keys()

    def on_descendant_blur(self) -> None:
        """Show the hits' keys."""
        self.show_keys()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the hit under the cursor."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self.commands.start(self._search_and_open())

    async def _search_and_open(self) -> None:
        await self._search(first=True)
        self.do_open_row()

    def do_open_row(self) -> None:
        """Open the ticket of the hit."""
        among = tuple(hits[0].row.ticket_id for hits in self.hits)
        if self.rows.key in among:
            self.set_focus(None)
            self._opened = True
            self.post_message(Open(among[among.index(self.rows.key)], among))

    def do_next_hit(self) -> None:
        """Open the next hit; the first one if none has been opened yet."""
        if self._opened:
            self.rows.go(1)
        self.do_open_row()

    def do_select(self) -> None:
        """Select the ticket of the hit, in the list of all hits."""
        if isinstance(self.rows.key, int):
            self._list_found(self.rows.key)

    def do_select_all(self) -> None:
        """Select all tickets found, in the list of all hits."""
        if self.hits:
            self._list_found(None)

    def _list_found(self, ticket_id: int | None) -> None:
        self.post_message(ShowFound(self.query_text, ticket_id))

    def do_search(self) -> None:
        """Return to the field."""
        self.query_one(Field).focus()

    def do_back(self) -> None:
        """Leave the field for the hits, then leave the screen."""
        if self.focused is not None and self.hits:
            self.set_focus(None)
        else:
            self.dismiss(None)


def describe_query(found: SearchResult) -> list[str]:
    """What is wrong with a query, and what was searched instead of a misspelt word."""
    instead = [f"Nothing has “{was}”: these have “{better}”." for was, better in found.instead]
    return [*(one.words for one in found.problems), *instead]


def by_ticket(found: Sequence[Hit]) -> list[tuple[Hit, ...]]:
    """The hits grouped by ticket, newest first; customers' tickets come before others."""
    tickets: dict[int, list[Hit]] = {}
    for hit in found:
        tickets.setdefault(hit.row.ticket_id, []).append(hit)
    ordered = sorted(tickets.values(), key=lambda hits: hits[0].row.view is not View.CUSTOMERS)
    return [tuple(hits) for hits in ordered]


def _describe_hits(count: int, hits: Sequence[tuple[Hit, ...]]) -> str:
    """How many mails were found, and in how many tickets."""
    if count <= 1:
        return "1 hit" if count else "no hit"
    shown = sum(map(len, hits))
    if shown < count:
        return f"{count:,} hits, the newest {shown}"
    return f"{count} hits" + (f" in {len(hits)} ticket{'s'[: len(hits) != 1]}" if len(hits) < count else "")


def _below(hits: tuple[Hit, ...], width: int) -> DrawnLine:
    """The words around the newest match, and the number of matching mails in the ticket."""
    more = f"  {len(hits)} mails" if len(hits) > 1 else ""
    return spread(_excerpt(hits[0], width - len(more)), [Bit(more, "dim")], width)


def _excerpt(hit: Hit, width: int) -> list[Bit]:
    """The words around the match, the match highlighted."""
    room = width - _INDENT
    text = hit.excerpt.replace("\n", " ")
    begin = _begin(text, hit.marks[0], room) if hit.marks else 0
    bits = [Bit(" " * _INDENT), Bit("…" if begin else "", "soft")]
    at = begin
    for start, end in hit.marks:
        bits += [Bit(text[at:start], "soft"), Bit(text[start:end], "accent", bold=True)]
        at = end
    bits.append(Bit(text[at:], "soft"))
    return bits


def _begin(text: str, mark: tuple[int, int], room: int) -> int:
    """Where an excerpt begins: at a word before the match, if the match would otherwise not be visible."""
    if cell_len(text[: mark[1]]) <= room - 1:
        return 0
    word = text.rfind(" ", 0, max(0, mark[0] - room // 3)) + 1
    return word if mark[0] - word < room // 2 else mark[0]
