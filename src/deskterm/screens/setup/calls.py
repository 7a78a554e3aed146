"""What setup does outside the form, and the trial of what was typed: incoming, outgoing, orders."""

from collections.abc import Callable
from dataclasses import replace
from threading import Event

from deskterm.config.all_settings import Mailbox, Settings
from deskterm.config.store import Store
from deskterm.errors import LoginRefused, NotTrusted, OrdersFileError, SecretError
from deskterm.screens.setup import form as setup_form
from deskterm.screens.setup import parse, words
from deskterm.screens.setup.form import BY_COMMAND, PINNED, SEALED, Found, LineRefused, Pins, TypedLines
from deskterm.screens.setup.store_calls import StoreCalls
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class SetupCalls:
    """What setup does outside; everything may block, and fails with a DesktermError.

    `discover` finds the servers of an address. `test` logs in to the incoming server, or with `sending` to
    the outgoing one (an empty password means the stored one), and says in a sentence what it saw. `presented`
    gives the fingerprint of a server's certificate. `log_in` has the owner log in by OAuth2 and stores the
    tokens: it calls its third argument with words and what to open or type, and ends in NotNow once the event
    is set. `orders` reads an orders file and says whether all its amounts have a currency. `ready` opens the
    encrypted password file with a passphrase, or checks that a new one was given. `keep` stores a password
    (the last text is the passphrase of the encrypted file). `save` writes the settings and gives where.
    `has_keyring`: passwords can go there;
    `has_file`: an encrypted file exists. `shop` holds the calls of the form for a live store, which follows
    if orders come from one.
    """

    discover: Callable[[str], Found]
    test: Callable[[Mailbox, str, str, bool], str]
    presented: Callable[[Mailbox, bool], str]
    log_in: Callable[[Mailbox, TypedLines, Callable[[str, str], None], Event], None]
    orders: Callable[[Store, Settings], bool]
    ready: Callable[[str], None]
    keep: Callable[[Mailbox, str, str], None]
    save: Callable[[Settings], str]
    has_keyring: Callable[[], bool]
    has_file: Callable[[], bool]
    shop: StoreCalls


class SetupTrial:
    """Tries what was typed, and remembers between trials what the owner trusts and is logged in to.

    `sending`: the outgoing server was tried last; `waits`: a login is being waited for.
    """

    def __init__(self, start: Settings, calls: SetupCalls, show: Callable[[str, str], None]) -> None:
        self._start, self._calls, self._show = start, calls, show
        box = start.mailboxes[0] if start.mailboxes else Mailbox()
        self._pins, self._seen = Pins(box.pin, box.smtp_pin), ""
        self._entered = _account(box)
        self._stop = Event()
        self.sending = self.waits = False

    def read_settings(self, form: TypedLines) -> Settings:
        """The settings as they would be. LineRefused names what is missing."""
        if form.trust == PINNED and self._seen:
            self._trust(self._seen)
        return parse.parse_lines(form, self._start, self._pins)

    def check(self, form: TypedLines, *, tested: bool) -> None:
        """Check everything that can be checked on this machine, before a server is asked. Runs in a thread.

        Raises LineRefused for the first wrong line of the form. Untested, no file is opened.
        """
        refused: list[LineRefused] = []
        files = (self._passphrase, self._orders) if tested else ()
        for judge in (self.read_settings, self._twice, *files):
            try:
                judge(form)
            except LineRefused as error:
                refused.append(error)
        if refused:
            raise min(refused, key=lambda error: setup_form.LINES.index(error.line))

    def run(self, settings: Settings, form: TypedLines) -> str:
        """Try everything, in a thread; gives one sentence for each. Raises what prevents it."""
        box, answers = settings.mailboxes[0], []
        self.sending = False
        if box.oauth and _account(box) != self._entered:
            self._log_in(box, form)
        try:
            answers.append(self._try(box, form))
        except (LoginRefused, SecretError):
            if not box.oauth:
                raise
            self._log_in(box, form)
            answers.append(self._try(box, form))
        if box.delivery == "smtp":
            self.sending = True
            answers.append(self._try(box, form))
        return " ".join(filter(None, answers))

    def keep(self, box: Mailbox, form: TypedLines) -> None:
        """Store the typed passwords. Tokens are stored already."""
        if form.secret == BY_COMMAND or box.oauth:
            return
        if form.password:
            self._calls.keep(box, form.password, form.passphrase)
        if form.smtp_password and box.sending is not box:
            self._calls.keep(box.sending, form.smtp_password, form.passphrase)

    @property
    def trusts_incoming(self) -> bool:
        """Whether the owner trusts the incoming server's certificate by its fingerprint."""
        return bool(self._pins.incoming)

    def give_up(self) -> None:
        """Stop waiting for the login."""
        self._stop.set()

    def _twice(self, form: TypedLines) -> None:
        if form.secret == SEALED and form.again != form.passphrase and not self._calls.has_file():
            raise LineRefused("again", "The two passphrases differ.", todo="Type it again here.")

    def _passphrase(self, form: TypedLines) -> None:
        if form.secret != SEALED:
            return
        try:
            self._calls.ready(form.passphrase)
        except SecretError as error:
            todo = words.todo(error, form, sending=False)
            raise LineRefused("passphrase", error.what, todo=todo) from error

    def _orders(self, form: TypedLines) -> None:
        if not form.orders.strip():
            return
        try:
            complete = self._calls.orders(parse.read_orders_file(form, self._start), self._start)
        except OrdersFileError as error:
            todo = words.todo(error, form, sending=False)
            raise LineRefused("orders", error.what, todo=todo) from error
        if not complete:
            raise LineRefused("currency", "The orders file names no currency.", todo="Type it, as in EUR.")

    def _try(self, box: Mailbox, form: TypedLines) -> str:
        typed = form.smtp_password if self.sending and box.sending is not box else form.password
        password = "" if form.secret == BY_COMMAND or box.oauth else typed
        try:
            return self._calls.test(box, password, form.passphrase, self.sending)
        except NotTrusted as error:
            seen = error.seen or self._calls.presented(box, self.sending)
            known = {box.pin, box.smtp_pin} - {""}
            if form.trust == PINNED and seen in known:  # both servers have the same certificate
                self._trust(seen)
                return self._try(replace(box, pin=self._pins.incoming, smtp_pin=self._pins.outgoing), form)
            self._seen = seen
            raise NotTrusted(error.what, safe=error.safe, todo=error.todo, seen=seen) from error

    def _trust(self, seen: str) -> None:
        side = "outgoing" if self.sending else "incoming"
        self._pins, self._seen = replace(self._pins, **{side: seen}), ""

    def _log_in(self, box: Mailbox, form: TypedLines) -> None:
        self._stop.clear()
        self.waits = True
        try:
            self._calls.log_in(box, form, self._show, self._stop)
        finally:
            self.waits = False
        self._entered = _account(box)


def _account(box: Mailbox) -> tuple[str, ...]:
    """The account whose tokens are stored."""
    return (box.oauth, box.client_id, box.address, box.secret)
