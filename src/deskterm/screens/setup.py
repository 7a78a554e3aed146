"""Setting up: one form, filled with the keyboard. Servers are found and tested before anything is written."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, fields

from textual import events
from textual.app import App, ComposeResult
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
from deskterm.screens.setup_form import BY_COMMAND, FROM, IN_KEYRING, SEALED, Typed
from deskterm.widgets.bars import Footer
from deskterm.widgets.form import Choice, Field
from deskterm.widgets.theme import THEMES, textual_theme, variables

_LIKE_IN, _LIKE_OUT = "imap.example.org:993 tls", "smtp.example.org:465 tls"
_KEPT = "Nothing is written yet; what you typed stays here."


@dataclass(frozen=True, slots=True)
class SetupCalls:
    """What setup does outside; all of it may block, and fails with a DesktermError.

    `discover` finds the servers of an address (NotFound where it cannot). `test` logs in at both
    servers, with an empty password with the one that is kept, and gives one sentence about what
    it saw. `keep` stores the password. `save` writes the settings and gives where.
    """

    discover: Callable[[str], Mailbox]
    test: Callable[[Mailbox, str], str]
    keep: Callable[[Mailbox, str], None]
    save: Callable[[Settings], str]


def _secrets(was: str) -> tuple[str, ...]:
    """Where the password may be; a sealed file only where it is one already."""
    return (IN_KEYRING, BY_COMMAND, SEALED) if was == SEALED else (IN_KEYRING, BY_COMMAND)


class SetupScreen(Screen[bool]):
    """Dismissed with whether the settings were written."""

    CSS_PATH = "setup.tcss"
    AUTO_FOCUS = "#name"

    def __init__(self, start: Settings, calls: SetupCalls) -> None:
        super().__init__()
        self.start, self.calls = start, calls
        self._before = setup_form.typed(start)
        self._looked_for = self._before.address
        self._reader = KeyReader(keymap(Where.SETUP))
        self._busy = False

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
            yield from self._row("Password", Choice(_secrets(was.secret), was.secret, ident="secret"))
            kept = "empty keeps the one there is" if was.address else "never written to the config file"
            yield from self._row("", Field(placeholder=kept, ident="password", secret=True))
            yield from self._row("", Field(was.command, placeholder="as in: pass show mail", ident="command"))
            yield from self._row(
                "Mail comes from", Field(was.incoming, placeholder=_LIKE_IN, ident="incoming")
            )
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
        self._show_secret()
        self._say(
            "Enter goes to the next line. At the end the servers are tested before anything is written."
        )

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
        """A password, or a command that prints it."""
        self._show_secret()

    def _show_secret(self) -> None:
        by_command = self._value("secret") == BY_COMMAND
        self.query_one("#row-password").display = not by_command
        self.query_one("#row-command").display = by_command

    # what is said

    def _say(self, words: str, shade: str = "$soft", more: str = "") -> None:
        parts = [Content.styled(words, shade)]
        if more:
            parts.append(Content.styled(more, "$ink"))
        self.query_one("#said", Static).update(Content("\n").join(parts))

    def _say_failure(self, error: DesktermError) -> None:
        rest = " ".join(part for part in (error.safe or _KEPT, error.todo) if part)
        self._say(f"■ {error.what}", "$red bold", rest)

    # keys

    async def on_key(self, event: events.Key) -> None:
        """Enter goes on, the rest stands in the table of commands."""
        if event.key in ("down", "up", "enter"):
            self._go(-1 if event.key == "up" else 1)
        else:
            command = self._reader.press(written(event.key, event.character))
            if command is None:
                return
            getattr(self, "do_" + command.id.replace("-", "_"))()
        event.stop()
        event.prevent_default()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field goes to the next; in the last one it tests and writes."""
        event.stop()
        if event.input.id == "orders":
            self.do_setup_write()
        else:
            self._go(1)

    def _go(self, by: int) -> None:
        self.focus_next() if by > 0 else self.focus_previous()

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Once the address is there, its servers are looked for."""
        address = self._value("address").strip()
        if event.input.id == "address" and "@" in address and address != self._looked_for:
            self._looked_for = address
            self.run_worker(self._discover(address), exclusive=True, group="discover")

    def do_setup_quit(self) -> None:
        """Leave without writing."""
        self.dismiss(result=False)

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

    async def _discover(self, address: str) -> None:
        provider = find(address)
        about = setup_form.words_about(provider)
        self._say(f"Looking for the servers of {address} …", "$dim", about)
        try:
            found = await asyncio.to_thread(self.calls.discover, address)
        except DesktermError as error:
            self._say(f"▲ {error.what}", "$amber", error.todo or "Write both servers below.")
            return
        self._fill(found)
        self._say(f"✓ Found the servers of {address}.", "$green", about)

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
                await asyncio.to_thread(self.calls.keep, settings.mailboxes[0], form.password)
            place = await asyncio.to_thread(self.calls.save, settings)
        except DesktermError as error:
            self._say_failure(error)
            self._go_to_cause(error, form)
            return
        finally:
            self._busy = False
        self._say(f"✓ {words} Written to {place}.", "$green")
        self.dismiss(result=True)

    async def _test(self, mailbox: Mailbox, form: Typed) -> str:
        self._say(f"Logging in at {mailbox.host} and {mailbox.smtp_host} …", "$dim")
        return await asyncio.to_thread(
            self.calls.test, mailbox, "" if form.secret == BY_COMMAND else form.password
        )

    def _go_to_cause(self, error: DesktermError, form: Typed) -> None:
        """Put the cursor where the mistake may be."""
        if isinstance(error, LoginRefused | SecretError):
            self.query_one("#command" if form.secret == BY_COMMAND else "#password", Field).focus()
        elif isinstance(error, WireError):
            self.query_one("#incoming", Field).focus()


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
