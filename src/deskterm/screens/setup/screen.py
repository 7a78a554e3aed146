"""The setup screen: one form. Servers are found and tested before anything is written."""

import asyncio

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Where
from deskterm.config.all_settings import Settings
from deskterm.config.providers import Provider, find
from deskterm.errors import DesktermError, LoginRefused, NotTrusted
from deskterm.screens.setup import form as setup_form
from deskterm.screens.setup import words as setup_words
from deskterm.screens.setup.calls import SetupCalls, SetupTrial
from deskterm.screens.setup.failing_field import line_of
from deskterm.screens.setup.fields import Form
from deskterm.screens.setup.form import BY_PASSWORD, BY_TOKEN, PINNED, VERIFIED, TypedLines
from deskterm.screens.setup.form_screen import FormScreen
from deskterm.widgets.bars import Footer
from deskterm.widgets.form import Choice

_BELOW = 7  # lines of the messages, the top and the keys
_AIR = 5  # empty lines in the form
_KEPT = "Nothing has been written; what you typed stays here."
_BEGIN = "Enter goes to the next line; Left and Right choose. On the last line, Enter tests and then writes."

_ARROWS = Content.styled("▲ Left and Right choose here.", "$amber")


class SetupScreen(FormScreen):
    """Gives whether the settings were written."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#name"

    def __init__(self, start: Settings, calls: SetupCalls) -> None:
        super().__init__()
        self.start, self.calls = start, calls
        self._shown = setup_form.lines_of(start)
        self._looked_for = self._shown.address
        self._provider = find(self._shown.address)
        self._trial = SetupTrial(start, calls, self._say_from_thread)
        self._said: tuple[Content, ...] = ()
        self.written = start
        self.written_form: TypedLines | None = None

    def compose(self) -> ComposeResult:
        """The form, the messages, the keys."""
        yield Static(Content.assemble((" deskterm", "$act bold"), "  setup"), id="top", markup=False)
        yield Form(self.start, new_file=not self.calls.has_file())
        yield Static(id="said", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Say how the form works."""
        self.query_one(Footer).show(shown_keys(Where.SETUP, self.reader.keys))
        self._say(_BEGIN)
        self.run_worker(self._look_for_keyring(), group="keyring")

    @property
    def form(self) -> Form:
        """The lines."""
        return self.query_one(Form)

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Show the lines and words for another way to log in or to get mail."""
        self.form.show_lines()
        if event.choice.id == "kind":
            self._say(_BEGIN)  # what was said of the servers was about the other way
        self._said = tuple(words for words in self._said if words != _ARROWS)
        self._tell()

    def on_choice_typed(self) -> None:
        """A letter was typed on a choice: keep its line visible and say how to choose."""
        if _ARROWS not in self._said:
            self._said = (_ARROWS, *self._said)
        self._tell()

    def on_resize(self) -> None:
        """Keep keys and messages visible: the form gives up its empty lines, then scrolls."""
        room = max(self.size.height - _BELOW, 3)
        self.form.styles.max_height = room
        self.form.set_class(len(self.form.names) + _AIR > room, "tight")

    # what is said

    def _say(self, words: str, shade: str = "$soft", more: str = "") -> None:
        """Show a message above what to know about the mail host."""
        self._said = (Content.styled(words, shade), *([Content.styled(more, "$ink")] if more else []))
        self._tell()

    def _tell(self) -> None:
        about = setup_words.about(self._provider, self.form.issuer, by_token=self.form.typed_lines.by_token)
        parts = (*self._said, *([Content.styled(about, "$ink")] if about and not self._trial.waits else []))
        self.query_one("#said", Static).update(Content("\n").join(parts))
        self.on_resize()

    def _say_from_thread(self, words: str, what: str) -> None:
        self.app.call_from_thread(self._say, f"{words}\n\n    {what}\n", "$act", "Esc cancels.")

    def _say_failure(self, error: DesktermError, form: TypedLines) -> None:
        todo = setup_words.todo(error, form, sending=self._trial.sending)
        self._say(f"■ {error.what}", "$red bold", f"{_KEPT} {todo}".strip())

    # keys

    def on_input_blurred(self, event: Input.Blurred) -> None:
        """Look for the servers once the address is there."""
        address = self.form.typed_lines.address.strip()
        if event.input.id == "address" and "@" in address and address != self._looked_for:
            self._looked_for = address
            self.run_worker(self._discover(address), exclusive=True, group="discover")

    def do_setup_quit(self) -> None:
        """Cancel a login, else leave without writing. Asks if something was typed."""
        if self._trial.waits:
            self._trial.give_up()
        elif self.leaving or self.form.typed_lines == self._shown:
            self.dismiss(result=False)
        else:
            self.leaving = True
            self._say("▲ Esc again leaves: nothing is written and what you typed is lost.", "$amber")

    # what takes time

    async def _look_for_keyring(self) -> None:
        """Offer the keyring only if there is one."""
        if await asyncio.to_thread(self.calls.has_keyring):
            return
        untouched = self.form.typed_lines == self._shown
        self.form.lack_keyring()
        if untouched:
            self._shown = self.form.typed_lines
        self._say(
            _BEGIN,
            more="This machine has no keyring: the password goes into a file under a passphrase, "
            "or a command of yours prints it.",
        )

    async def _discover(self, address: str) -> None:
        self._now_with(find(address))
        before = self.form.typed_lines
        self._say(f"Looking for the servers of {address} …", "$dim")
        try:
            found = await asyncio.to_thread(self.calls.discover, address)
        except DesktermError as error:
            if self.app.is_running:
                self._say(f"▲ {error.what}", "$amber", error.todo or "Type both servers.")
            return
        if not self.app.is_running:  # the owner has left: the lines are gone
            return
        now = self.form.typed_lines
        untouched = (now.incoming, now.outgoing) == (before.incoming, before.outgoing)
        if untouched:  # otherwise the owner has typed meanwhile
            self.form.fill(found.mailbox)
        self._now_with(found.provider)
        sure = setup_words.describe_servers(found, address)
        if sure:
            self._say(f"✓ {sure}", "$green")
        else:
            words, todo = setup_words.describe_guess(found, address)
            self._say(f"▲ {words}", "$amber", todo)

    def _now_with(self, provider: Provider | None) -> None:
        """Note the mail host: passwords first, unless it takes none."""
        if provider != self._provider:
            tokens_only = provider and provider.oauth and not provider.app_passwords
            self.form.line("login").value = BY_TOKEN if tokens_only else BY_PASSWORD
        self._provider = provider
        self.form.show_lines()

    async def write(self, *, tested: bool) -> None:
        """Test, then write."""
        form = self.form.typed_lines
        try:
            await asyncio.to_thread(self._trial.check, form, tested=tested)
            settings = self._trial.read_settings(form)
            words = await self._test_servers(settings, form) if tested else "Not tested."
            settings = self._trial.read_settings(form)  # also with the second server's trusted certificate
            await asyncio.to_thread(self._trial.keep, settings.mailboxes[0], form)
            place = await asyncio.to_thread(self.calls.save, settings)
        except DesktermError as error:
            self._refuse(error, form)
            return
        finally:
            self.busy = False
        self._say(f"✓ {words} Written to {place}.", "$green")
        self.written, self.written_form = settings, form
        self.dismiss(result=True)

    async def _test_servers(self, settings: Settings, form: TypedLines) -> str:
        box = settings.mailboxes[0]
        hosts = (box.host if box.kind == "imap" else "", box.smtp_host)
        self._say(f"Logging in at {' and '.join(dict.fromkeys(filter(None, hosts)))} …", "$dim")
        return await asyncio.to_thread(self._trial.run, settings, form)

    def _refuse(self, error: DesktermError, form: TypedLines) -> None:
        """Show what is wrong, and put the cursor where it can be corrected."""
        if isinstance(error, NotTrusted):  # trusted if chosen now, and only this one
            self.form.line("trust").value = VERIFIED if form.trust == PINNED else form.trust
        tokens = form.by_token and bool(self.form.issuer)
        name = line_of(error, form, tokens=tokens, sending=self._trial.sending)
        if isinstance(error, LoginRefused) and name in ("password", "command"):
            self.form.open("user")  # it may differ from the address
        if name:
            self.go_to(name)
        if isinstance(error, NotTrusted) and error.seen:
            first = self._trial.trusts_incoming
            asked = setup_words.describe_certificate(
                error.what, error.seen, sending=self._trial.sending, first_trusted=first
            )
            self._say(asked, "$red bold", _KEPT)
        else:
            self._say_failure(error, form)

    def go_to(self, name: str) -> None:
        """Go to that line and ask for it from now on. Hidden text is typed again."""
        if name in ("user", "trust", "sender"):
            self.form.open(name)
        super().go_to(name)
