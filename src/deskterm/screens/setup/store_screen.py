"""Setting up live stores: address and key of each, its rights tried one by one, one store after the other."""

import asyncio
import re
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from deskterm.commands.keymap import KeyReader, key_name, keymap, shown_keys
from deskterm.commands.record import Where
from deskterm.config.all_settings import Settings
from deskterm.config.store import Store
from deskterm.errors import DesktermError, LoginRefused, SecretError, WireError
from deskterm.screens.setup import store_lines
from deskterm.screens.setup.form import BY_COMMAND, SEALED, LineRefused
from deskterm.screens.setup.store_calls import StoreCalls
from deskterm.screens.setup.store_form import StoreForm
from deskterm.screens.setup.store_lines import NEW, TypedStore
from deskterm.widgets.bars import Footer
from deskterm.widgets.form import LINE_KEYS, Choice, Field

if TYPE_CHECKING:
    from deskterm.sync.stores.adapter import RightCheck
    from deskterm.sync.stores.trying import StoreTrial

_BELOW = 7  # lines: what is said, the top and the keys
_BEGIN = "Your shop: on the last line Enter tries each right, then writes. Esc ends without one."
_KEPT = "Nothing of it is written yet; what you typed stays here."
_ANOTHER = "Fill in another shop, or Esc ends."


class StoreScreen(Screen[bool]):
    """Dismissed with whether a store was written. `first` is what stands in the lines at the beginning."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = LINE_KEYS

    def __init__(self, settings: Settings, calls: StoreCalls, first: TypedStore) -> None:
        super().__init__()
        self.settings, self.calls, self._first = settings, calls, first
        self._reader = KeyReader(keymap(Where.SETUP))
        self._shown = first
        self._accepted: TypedStore | None = None  # what was tried, lacks something, and may be written so
        self._rights: list[RightCheck] = []
        self._busy = self._leaving = self._written = False

    def compose(self) -> ComposeResult:
        """The form, what is said about it, the keys."""
        yield Static(
            Content.assemble((" deskterm", "$act bold"), "  setup  your shop"), id="top", markup=False
        )
        yield StoreForm(self.settings, self._first, new_file=not self.calls.has_file())
        yield Static(id="said", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """The first line reads the keys."""
        self.query_one(Footer).show(shown_keys(Where.SETUP, self._reader.keys))
        self._say(_BEGIN)
        self._go_to(self.form.names[0])
        self.run_worker(self._look_for_keyring(), group="keyring")

    @property
    def form(self) -> StoreForm:
        """The lines."""
        return self.query_one(StoreForm)

    def on_resize(self) -> None:
        """What is said stays in sight; the form scrolls."""
        self.form.styles.max_height = max(self.size.height - _BELOW, 3)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another store is put into the lines; another kind has other names for its key."""
        if event.choice.id == "shop":
            self._show(event.value)
        else:
            self.form.show_lines()

    def on_input_changed(self) -> None:
        """What is typed is not to be left at once."""
        self._leaving = False

    def _show(self, shop: str) -> None:
        self.form.show_shop(self.settings, shop)
        self._shown = self.form.typed_store

    def _say(self, *lines: str, shade: str = "$soft") -> None:
        first, *more = lines
        parts = [Content.styled(first, shade), *(Content.styled(one, "$ink") for one in more if one)]
        self.query_one("#said", Static).update(Content("\n").join(parts))

    # keys

    def action_line(self, by: int) -> None:
        """Go to the line below or above; behind the last one the key is Enter's alone."""
        name = self.form.next_to(self.focused.id if self.focused else None, by)
        if name is None:
            raise SkipAction
        self.set_focus(self.form.line(name))

    async def on_key(self, event: events.Key) -> None:
        """Enter arrives from the last line alone, behind what was typed there; the rest is in the table."""
        command = self._reader.press(key_name(event.key, event.character))
        if event.key != "enter" and command is None:
            return
        event.stop()
        event.prevent_default()
        if command is None:
            self.do_setup_write()
        else:
            getattr(self, "do_" + command.id.replace("-", "_"))()

    def do_setup_quit(self) -> None:
        """End. Asks if something was typed that is not written."""
        if self._leaving or self.form.typed_store == self._shown:
            self.dismiss(self._written)
        else:
            self._leaving = True
            self._say(
                "▲ Esc again ends: this shop is not written, and what you typed is gone.", shade="$amber"
            )

    def do_setup_write(self) -> None:
        """Try each right, then write."""
        self._begin(tested=self.form.typed_store != self._accepted)

    def do_setup_untested(self) -> None:
        """Write without asking the shop."""
        self._begin(tested=False)

    def _begin(self, *, tested: bool) -> None:
        if not self._busy:
            self._busy = True
            self.run_worker(self._write(tested=tested), group="write")

    # what takes time

    async def _look_for_keyring(self) -> None:
        if not await asyncio.to_thread(self.calls.has_keyring):
            untouched = self.form.typed_store == self._shown
            self.form.lack_keyring()
            if untouched:
                self._shown = self.form.typed_store

    async def _write(self, *, tested: bool) -> None:
        form = self.form.typed_store
        try:
            store = store_lines.read_store(form, self.settings)
            if form.place == SEALED:
                await asyncio.to_thread(self._open_file, form)
            if tested and not await self._try(store, form):
                return
            if form.secret and form.place != BY_COMMAND:
                await asyncio.to_thread(self.calls.keep, store, form.secret, form.passphrase)
            settings = store_lines.with_store(self.settings, store)
            place = await asyncio.to_thread(self.calls.save, settings)
        except DesktermError as error:
            self._refuse(error, form)
            return
        finally:
            self._busy = False
        known = tested or form == self._accepted
        self.settings, self._written, self._accepted = settings, True, None
        self._show(NEW)
        self._go_to("kind")
        granted = sum(one.granted for one in self._rights)
        rights = f"{granted} of {len(self._rights)} rights" if known else "untested"
        self._say(f"✓ {store.name} is written to {place} ({rights}).", _ANOTHER, shade="$green")

    def _open_file(self, form: TypedStore) -> None:
        if not self.calls.has_file() and form.again != form.passphrase:
            raise LineRefused("again", "The two passphrases are not the same.", todo="Type it again here.")
        try:
            self.calls.ready(form.passphrase)
        except SecretError as error:
            raise LineRefused("passphrase", error.what, todo=error.todo) from error

    async def _try(self, store: Store, form: TypedStore) -> bool:
        """Try each right and say what is missing; whether the store is to be written now."""
        self._rights = []
        self._say(f"Asking {store.address} …", shade="$dim")
        typed = "" if form.place == BY_COMMAND else form.secret
        trial = await asyncio.to_thread(
            self.calls.try_store, store, self.settings, typed, form.passphrase, self._hear
        )
        if trial.error:
            raise trial.error
        lacking = [one for one in trial.rights if not one.granted]
        if lacking:
            self._accepted = form if trial.works else None
            self._say_lacking(trial, lacking)
        return not lacking

    def _hear(self, right: "RightCheck") -> None:
        """A right was tried, on another thread: it is shown at once."""
        self.app.call_from_thread(self._show_right, right)

    def _show_right(self, right: "RightCheck") -> None:
        self._rights.append(right)
        tried = "   ".join(f"{'✓' if one.granted else '▲'} {one.name}" for one in self._rights)
        self._say("Trying each right …", tried)

    def _say_lacking(self, trial: "StoreTrial", lacking: "list[RightCheck]") -> None:
        missing = [f"▲ {one.name}: {one.words.rstrip('.')}. {one.todo}".rstrip() for one in lacking]
        if trial.works:
            granted = len(trial.rights) - len(lacking)
            first = f"▲ {granted} rights are there, and orders can be read; not there:"
            self._say(first, *missing, "Enter on the last line, or Ctrl+S, writes it so.", shade="$amber")
        else:
            self._say("■ No orders can be read with this key.", *missing, _KEPT, shade="$red bold")
            self._go_to("key")

    def _refuse(self, error: DesktermError, form: TypedStore) -> None:
        """Say what is wrong, and put the cursor where it may be mended."""
        self._say(f"■ {error.what}", _what_to_do(error), _KEPT, shade="$red bold")
        if name := _line_at_fault(error, form):
            self._go_to(name)

    def _go_to(self, name: str) -> None:
        line = self.form.line(name)
        self.set_focus(line)
        if isinstance(line, Field) and line.password:
            line.select_all()


def _what_to_do(error: DesktermError) -> str:
    """What to do about a failure here, where the settings are not written yet."""
    sentences = re.split(r"(?<=\.)\s+", error.todo)
    rest = " ".join(one for one in sentences if "deskterm setup" not in one)
    rest = rest.replace("`address` in config.toml", "the address").replace("`address`", "the address")
    match error:
        case LoginRefused():
            return f"Type key and secret again here. {rest}".strip()
        case WireError():
            return f"{rest or 'Check the address.'} F4 writes without a test."
    return rest


def _line_at_fault(error: DesktermError, form: TypedStore) -> str:
    """The line that a failure is about; empty where none is, as when the disk is full."""
    match error:
        case LineRefused():
            return error.line
        case LoginRefused():
            return "command" if form.place == BY_COMMAND else "secret"
        case SecretError():
            return {BY_COMMAND: "command", SEALED: "passphrase"}.get(form.place, "place")
        case WireError():
            return "address"
    return ""
