"""Setting up live stores: address and key of each, its rights tried one by one, one store after the other."""

import asyncio
import re
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Where
from deskterm.config.all_settings import Settings
from deskterm.config.store import Store
from deskterm.errors import DesktermError, LoginRefused, SecretError, WireError
from deskterm.screens.setup import store_lines
from deskterm.screens.setup.form import BY_COMMAND, SEALED, LineRefused
from deskterm.screens.setup.form_screen import FormScreen
from deskterm.screens.setup.store_calls import StoreCalls
from deskterm.screens.setup.store_form import StoreForm
from deskterm.screens.setup.store_lines import NEW, TypedStore
from deskterm.widgets.bars import Footer
from deskterm.widgets.form import Choice

if TYPE_CHECKING:
    from deskterm.sync.stores.adapter import RightCheck
    from deskterm.sync.stores.try_store import StoreTrial

_BELOW = 7  # lines of the messages, the top and the keys
_BEGIN = "Your shop: on the last line Enter tries each right, then writes. Esc ends without one."
_KEPT = "Nothing has been written; what you typed stays here."
_ANOTHER = "Fill in another shop, or Esc ends."


class StoreScreen(FormScreen):
    """Gives whether a store was written. `first` is what the lines contain at the beginning."""

    CSS_PATH = "screen.tcss"

    def __init__(self, settings: Settings, calls: StoreCalls, first: TypedStore) -> None:
        super().__init__()
        self.settings, self.calls, self._first = settings, calls, first
        self._shown = first
        self._accepted: TypedStore | None = None  # what was tried, lacks something, and may be written so
        self._rights: list[RightCheck] = []
        self._written = False

    def compose(self) -> ComposeResult:
        """The form, the messages, the keys."""
        yield Static(
            Content.assemble((" deskterm", "$act bold"), "  setup  your shop"), id="top", markup=False
        )
        yield StoreForm(self.settings, self._first, new_file=not self.calls.has_file())
        yield Static(id="said", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Say how the form works, and go to its first line."""
        self.query_one(Footer).show(shown_keys(Where.SETUP, self.reader.keys))
        self._say(_BEGIN)
        self.go_to(self.form.names[0])
        self.run_worker(self._look_for_keyring(), group="keyring")

    @property
    def form(self) -> StoreForm:
        """The lines."""
        return self.query_one(StoreForm)

    def on_resize(self) -> None:
        """Keep keys and messages visible: the form scrolls."""
        self.form.styles.max_height = max(self.size.height - _BELOW, 3)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Fill the lines with another store, or name the key as another kind of store does."""
        if event.choice.id == "shop":
            self._show(event.value)
        else:
            self.form.show_lines()

    def _show(self, shop: str) -> None:
        self.form.show_shop(self.settings, shop)
        self._shown = self.form.typed_store

    def _say(self, *lines: str, shade: str = "$soft") -> None:
        first, *more = lines
        parts = [Content.styled(first, shade), *(Content.styled(one, "$ink") for one in more if one)]
        self.query_one("#said", Static).update(Content("\n").join(parts))

    # keys

    def do_setup_quit(self) -> None:
        """Leave. Asks if something was typed and not written."""
        if self.leaving or self.form.typed_store == self._shown:
            self.dismiss(self._written)
        else:
            self.leaving = True
            self._say(
                "▲ Esc again leaves: this shop is not written and what you typed is lost.", shade="$amber"
            )

    def do_setup_write(self) -> None:
        """Try each right, then write."""
        self.begin(tested=self.form.typed_store != self._accepted)

    # what takes time

    async def _look_for_keyring(self) -> None:
        if not await asyncio.to_thread(self.calls.has_keyring):
            untouched = self.form.typed_store == self._shown
            self.form.lack_keyring()
            if untouched:
                self._shown = self.form.typed_store

    async def write(self, *, tested: bool) -> None:
        """Try each right, then write."""
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
            self.busy = False
        known = tested or form == self._accepted
        self.settings, self._written, self._accepted = settings, True, None
        self._show(NEW)
        self.go_to("kind")
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
        """Try each right and say which are missing; gives whether the store is to be written now."""
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
        """Show a right at once that was tried on another thread."""
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
            self.go_to("key")

    def _refuse(self, error: DesktermError, form: TypedStore) -> None:
        """Show what is wrong, and put the cursor where it can be corrected."""
        self._say(f"■ {error.what}", _what_to_do(error), _KEPT, shade="$red bold")
        if name := _line_at_fault(error, form):
            self.go_to(name)


def _what_to_do(error: DesktermError) -> str:
    """What to do about a failure here, where nothing is written yet."""
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
    """The line that a failure is about; empty if it is about none, as when the disk is full."""
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
