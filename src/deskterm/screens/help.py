"""The keys of the screen one came from, told from the one list of commands."""

from collections.abc import Iterable, Sequence

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from deskterm.commands import Command, Where, shown_keys
from deskterm.screens.base import DeskScreen
from deskterm.screens.work import Work
from deskterm.widgets.sheet import Sheet

_TWO_COLUMNS = 110  # cells from which the groups stand side by side
_KEYS = 16
_MOVES = frozenset(
    {"down", "up", "page-down", "page-up", "top", "bottom", "next-ticket", "previous-ticket", "next-hit"}
)
_MANY = 5  # places from which a key counts as one that works everywhere

Shown = tuple[Command, list[str]]
Group = tuple[str, list[Shown]]


def groups(about: Where, commands: Sequence[Shown]) -> list[Group]:
    """Give the commands of a place in groups, empty ones left out: here, moving, going, everywhere."""
    named: dict[str, list[Shown]] = {f"In {about}": [], "Moving": [], "Going": [], "Everywhere": []}
    for shown in commands:
        named[_group(shown[0], about)].append(shown)
    return [(title, found) for title, found in named.items() if found]


def _group(command: Command, about: Where) -> str:
    if command.id in _MOVES:
        return "Moving"
    if command.id.startswith("go-"):
        return "Going"
    return "Everywhere" if len(command.where) >= _MANY else f"In {about}"


def written(found: Sequence[Group]) -> Content:
    """Give groups as text: a title, then key and sentence, one command a line."""
    return Content("\n\n").join(_written(title, commands) for title, commands in found)


def _written(title: str, commands: Sequence[Shown]) -> Content:
    lines = [Content.styled(title, "bold")]
    for command, keys in commands:
        shown = "   ".join(keys)
        lines.append(Content.assemble((f"{shown:<{_KEYS}}  ", "$act bold"), (command.help, "$soft")))
    return Content("\n").join(lines)


class HelpScreen(DeskScreen[None]):
    """The keys of `about`."""

    WHERE = Where.HELP
    PLACE = "keys"
    CSS_PATH = "help.tcss"

    def __init__(self, work: Work, about: Where) -> None:
        super().__init__(work)
        self.about = about

    def body(self) -> Iterable[Widget]:
        """One column, or two where there is room."""
        yield Sheet(ident="one")
        yield Horizontal(Static(id="left", markup=False), Static(id="right", markup=False), id="two")

    def on_mount(self) -> None:
        """Write the keys as the owner has them."""
        found = groups(self.about, shown_keys(self.about, self.work.keys(self.about)))
        here = [group for group in found if group[0].startswith("In ")]
        rest = [group for group in found if group not in here]
        self.query_one("#one", Sheet).show(written(found))
        self.query_one("#left", Static).update(written(here or rest[:1]))
        self.query_one("#right", Static).update(written(rest if here else rest[1:]))

    def on_resize(self) -> None:
        """Side by side where there is room and all of it is in sight."""
        rows = max(str(self.query_one(f"#{side}", Static).content).count("\n") for side in ("left", "right"))
        self.set_class(self.size.width >= _TWO_COLUMNS and rows < self.size.height - 6, "wide")

    @property
    def sheet(self) -> Sheet:
        """The scroll of one column."""
        return self.query_one("#one", Sheet)

    def do_down(self) -> None:
        """Scroll down."""
        self.sheet.go(1)

    def do_up(self) -> None:
        """Scroll up."""
        self.sheet.go(-1)

    def do_page_down(self) -> None:
        """Scroll a page down."""
        self.sheet.go_page(1)

    def do_page_up(self) -> None:
        """Scroll a page up."""
        self.sheet.go_page(-1)

    def do_top(self) -> None:
        """Go to the beginning."""
        self.sheet.go_end(last=False)

    def do_bottom(self) -> None:
        """Go to the end."""
        self.sheet.go_end(last=True)

    def do_help(self) -> None:
        """The key that showed this hides it."""
        self.dismiss(None)
