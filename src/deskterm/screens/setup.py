"""Setting up: one form, filled with the keyboard. Servers are found and tested before anything is written."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.commands import KeyReader, Where, keymap, shown_keys, written
from deskterm.config.providers import find
from deskterm.config.values import Mailbox, Settings
from deskterm.errors import DesktermError, LoginRefused, SecretError, WireError
from deskterm.screens import setup_form
from deskterm.screens.setup_form import (
    BY_COMMAND,
    FROM,
    IN_KEYRING,
    IN_MAILDIR,
    ON_SERVER,
    SEALED,
    Found,
    Typed,
)  # fmt: skip
from deskterm.widgets.bars import Footer
from deskterm.widgets.form import LINE_KEYS, Choice, Field
from deskterm.widgets.theme import THEMES, textual_theme, variables

_LIKE_IN, _LIKE_OUT = "imap.example.org:993 tls", "smtp.example.org:465 tls"
_KEPT = "Nothing is written yet; what you typed stays here."
_BEGIN = "Enter goes to the next line, Left and Right choose. On the last line Enter tests, then writes."
_SECRETS = (IN_KEYRING, BY_COMMAND, SEALED)


@dataclass(frozen=True, slots=True)
class SetupCalls:
    """What setup does outside; all of it may block, and fails with a DesktermError.

    `discover` finds the servers of an address. `test` tries them, with an empty password with
    the one that is kept, and gives one sentence about what it saw. `keep` stores the password
    (the last text is the passphrase of an encrypted file). `save` writes the settings and gives
    where. `has_keyring` says whether passwords can be kept there.
    """

    discover: Callable[[str], Found]
    test: Callable[[Mailbox, str, str], str]
    keep: Callable[[Mailbox, str, str], None]
    save: Callable[[Settings], str]
    has_keyring: Callable[[], bool]


class SetupScreen(Screen[bool]):
    """Dismissed with whether the settings were written."""

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = LINE_KEYS

    def __init__(self, start: Settings, calls: SetupCalls) -> None:
        super().__init__()
        self.start, self.calls = start, calls
        self._before = setup_form.typed(start)
        self._looked_for = self._before.address
        self._about = setup_form.words_about(find(self._before.address))
        self._shown = self._before
        self._reader = KeyReader(keymap(Where.SETUP))
        self._busy = self._leaving = False

    def compose(self) -> ComposeResult:
        """The form, what is said about it, the keys."""
        was = self._before
        yield Static(Content.assemble((" deskterm", "$act bold"), "  setup"), id="top", markup=False)
        with VerticalScroll(id="form", can_focus=False):
            yield from self._row("Shop", Field(was.name, placeholder="as customers know it", ident="name"))
            yield from self._row(
                "Your address", Field(was.address, placeholder="the one customers write to", ident="address")
            )
            yield from self._row(
                "Also yours", Field(was.others, placeholder="other addresses, if any", ident="others")
            )
            yield from self._row("Password from", Choice(_SECRETS, was.secret, ident="secret"))
            kept = "empty keeps the one there is" if was.address else "never written to the config file"
            yield from self._row("", Field(placeholder=kept, ident="password", secret=True))
            lock = "a passphrase that closes the file"
            yield from self._row("", Field(placeholder=lock, ident="passphrase", secret=True))
            yield from self._row("", Field(was.command, placeholder="as in: pass show mail", ident="command"))
            yield from self._row("Mail comes from", Choice((ON_SERVER, IN_MAILDIR), was.kind, ident="kind"))
            yield from self._row("", Field(was.incoming, placeholder=_LIKE_IN, ident="incoming"))
            yield from self._row("", Field(was.path, placeholder="the folder with cur and new", ident="path"))
            yield from self._row("Mail goes to", Field(was.outgoing, placeholder=_LIKE_OUT, ident="outgoing"))
            offered = FROM if was.work_from in FROM else (was.work_from, *FROM)
            yield from self._row("Old mail is work", Choice(offered, was.work_from, ident="work_from"))
            yield from self._row(
                "Orders file",
                Field(was.orders, placeholder="JSON or a CSV export; may stay empty", ident="orders"),
            )
        yield Static(id="said", markup=False)
        yield Footer()

    @staticmethod
    def _row(label: str, field: Field | Choice) -> ComposeResult:
        yield Horizontal(Static(label, classes="label", markup=False), field, id=f"row-{field.id}")

    def on_mount(self) -> None:
        """Say how it goes."""
        self.query_one(Footer).show(shown_keys(Where.SETUP, self._reader.keys))
        self._show_rows()
        self._say(_BEGIN)
        self.run_worker(self._look_for_keyring(), group="keyring")

    # what stands in the fields

    @property
    def typed(self) -> Typed:
        """The form as it stands."""
        return Typed(**{one.name: self._value(one.name) for one in fields(Typed)})

    def _value(self, name: str) -> str:
        field = self.query_one(f"#{name}", Widget)
        assert isinstance(field, Field | Choice)
        return field.value

    def on_choice_changed(self) -> None:
        """Another way to the password or to the mail has other lines."""
        self._show_rows()

    def _show_rows(self) -> None:
        secret, maildir = self._value("secret"), self._value("kind") == IN_MAILDIR
        for name, shown in (
            ("password", secret != BY_COMMAND),
            ("passphrase", secret == SEALED),
            ("command", secret == BY_COMMAND),
            ("incoming", not maildir),
            ("path", maildir),
        ):
            self.query_one(f"#row-{name}").display = shown

    # what is said

    def _say(self, words: str, shade: str = "$soft", more: str = "") -> None:
        """Say it above what is to be known of the mail host."""
        parts = [Content.styled(words, shade)]
        parts += [Content.styled(part, "$ink") for part in (more, self._about) if part]
        self.query_one("#said", Static).update(Content("\n").join(parts))

    def _say_failure(self, error: DesktermError, form: Typed) -> None:
        self._say(f"■ {error.what}", "$red bold", f"{_KEPT} {setup_form.todo(error, form)}".strip())

    # keys

    def action_line(self, by: int) -> None:
        """Go to the line below or above; behind the last one the key is Enter's alone."""
        self._show_rows()  # what was just chosen decides which line is next
        names = [one.name for one in fields(Typed) if self.query_one(f"#row-{one.name}").display]
        here = names.index(str(self.focused.id)) if self.focused else -1
        if by > 0 and here == len(names) - 1:
            raise SkipAction
        self.set_focus(self.query_one(f"#{names[(here + by) % len(names)]}"))

    async def on_key(self, event: events.Key) -> None:
        """Enter arrives from the last line alone, behind what was typed there; the rest is in the table."""
        command = self._reader.press(written(event.key, event.character))
        if event.key != "enter" and command is None:
            return
        event.stop()
        event.prevent_default()
        if command is None:
            self.do_setup_write()
        else:
            getattr(self, "do_" + command.id.replace("-", "_"))()

    def on_input_changed(self) -> None:
        """What is typed is not to be left at once."""
        self._leaving = False

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Once the address is there, its servers are looked for."""
        address = self._value("address").strip()
        if event.input.id == "address" and "@" in address and address != self._looked_for:
            self._looked_for = address
            self.run_worker(self._discover(address), exclusive=True, group="discover")

    def do_setup_quit(self) -> None:
        """Leave without writing; asks first when something was typed."""
        if self._leaving or self.typed == self._shown:
            self.dismiss(result=False)
        else:
            self._leaving = True
            self._say("▲ Esc again leaves: nothing is written, and what you typed is gone.", "$amber")

    def do_setup_write(self) -> None:
        """Test, then write."""
        self._begin(tested=True)

    def do_setup_untested(self) -> None:
        """Write without a test: for a day without network."""
        self._begin(tested=False)

    def _begin(self, *, tested: bool) -> None:
        if not self._busy:
            self._busy = True
            self.run_worker(self._write(tested=tested), group="write")

    # what takes time

    async def _look_for_keyring(self) -> None:
        """Offer the keyring only where there is one."""
        if await asyncio.to_thread(self.calls.has_keyring):
            return
        untouched = self.typed == self._shown
        self.query_one("#secret", Choice).offer((SEALED, BY_COMMAND))
        self._show_rows()
        if untouched:
            self._shown = self.typed
        self._say(
            _BEGIN,
            more="This machine has no keyring: the password goes into a file under a passphrase, "
            "or a command of yours prints it.",
        )

    async def _discover(self, address: str) -> None:
        self._about = setup_form.words_about(find(address))
        were = self._servers()
        self._say(f"Looking for the servers of {address} …", "$dim")
        try:
            found = await asyncio.to_thread(self.calls.discover, address)
        except DesktermError as error:
            self._say(f"▲ {error.what}", "$amber", error.todo or "Write both servers.")
            return
        self._about = setup_form.words_about(found.provider)
        if self._servers() == were:  # else they were typed meanwhile
            self._fill(found.mailbox)
        sure = setup_form.words_found(found, address)
        if sure:
            self._say(f"✓ {sure}", "$green")
        else:
            domain = address.rpartition("@")[2]
            self._say(
                f"▲ Nothing is known of {domain}, and nothing answers there: the servers are only guessed.",
                "$amber",
                "Check the address, or write both servers.",
            )

    def _servers(self) -> tuple[str, str]:
        return self._value("incoming"), self._value("outgoing")

    def _fill(self, found: Mailbox) -> None:
        self.query_one("#incoming", Field).value = setup_form.server(found.host, found.port, found.security)
        self.query_one("#outgoing", Field).value = setup_form.server(
            found.smtp_host, found.smtp_port, found.smtp_security
        )

    async def _write(self, *, tested: bool) -> None:
        form = self.typed
        try:
            settings = setup_form.read(form, self.start)
            words = await self._test(settings.mailboxes[0], form) if tested else "Not tested."
            if form.password and form.secret != BY_COMMAND:
                await asyncio.to_thread(
                    self.calls.keep, settings.mailboxes[0], form.password, form.passphrase
                )
            place = await asyncio.to_thread(self.calls.save, settings)
        except DesktermError as error:
            self._say_failure(error, form)
            self._go_to_cause(error, form)
            return
        finally:
            self._busy = False
        self._say(f"✓ {words} Written to {place}.", "$green")
        self.dismiss(result=True)

    async def _test(self, mailbox: Mailbox, form: Typed) -> str:
        hosts = (mailbox.host if mailbox.kind == "imap" else "", mailbox.smtp_host)
        self._say(f"Logging in at {' and '.join(dict.fromkeys(filter(None, hosts)))} …", "$dim")
        password = "" if form.secret == BY_COMMAND else form.password
        return await asyncio.to_thread(self.calls.test, mailbox, password, form.passphrase)

    def _go_to_cause(self, error: DesktermError, form: Typed) -> None:
        """Put the cursor where the mistake may be."""
        name = ""
        if isinstance(error, LoginRefused | SecretError):
            lines = {BY_COMMAND: "command", SEALED: "password" if form.passphrase else "passphrase"}
            name = lines.get(form.secret, "password")
        elif isinstance(error, WireError):
            going = form.outgoing.partition(":")[0]
            arriving = "path" if form.kind == IN_MAILDIR else "incoming"
            name = "outgoing" if going in error.what and form.incoming[: len(going)] != going else arriving
        if name:
            self.query_one(f"#{name}").focus()


class SetupApp(App[bool]):
    """Nothing but the form, before there is a desk. Ends with whether the settings were written."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, start: Settings, calls: SetupCalls) -> None:
        super().__init__()
        self._screen_given = SetupScreen(start, calls)
        for shades in THEMES.values():
            self.register_theme(textual_theme(shades))
        self.theme = start.theme if start.theme in THEMES else "dark"

    def get_css_variables(self) -> dict[str, str]:
        """Textual's variables and the shades'."""
        return {**super().get_css_variables(), **variables(THEMES.get(self.theme, THEMES["dark"]))}

    def on_mount(self) -> None:
        """Show the form; its answer is the app's."""
        self.push_screen(self._screen_given, self.exit)
