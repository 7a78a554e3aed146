"""The lines of the form for a mailbox: their labels, hints and choices, and which are shown."""

from textual.widgets import Input, Static

from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.setting import setting
from deskterm.config.store import Store
from deskterm.screens.setup import form as setup_form
from deskterm.screens.setup.form import (  # fmt: skip
    BY_AUTHORITY,
    BY_COMMAND,
    BY_PASSWORD,
    BY_TOKEN,
    FROM,
    FROM_FILE,
    FROM_SHOP,
    IN_KEYRING,
    IN_MAILDIR,
    ON_SERVER,
    OTHER_LOGIN,
    PINNED,
    SAME_LOGIN,
    SEALED,
    VERIFIED,
    TypedLines,
)
from deskterm.screens.setup.line_form import LineForm
from deskterm.widgets.form import Choice, Field

_OF_SETTINGS = {
    "name": setting(Shop, "name"),
    "address": setting(Mailbox, "address"),
    "others": setting(Shop, "addresses"),
    "signature": setting(Shop, "signature"),
    "locale": setting(Shop, "locale"),
    "user": setting(Mailbox, "user"),
    "secret": setting(Mailbox, "secret"),
    "command": setting(Mailbox, "password_command"),
    "client_id": setting(Mailbox, "client_id"),
    "path": setting(Mailbox, "path"),
    "ca_file": setting(Mailbox, "ca_file"),
    "smtp_user": setting(Mailbox, "smtp_user"),
    "smtp_command": setting(Mailbox, "smtp_password_command"),
    "work_from": setting(Settings, "work_from"),
    "orders": setting(Store, "path"),
    "currency": setting(Store, "currency"),
}  # lines for one setting each; the others combine several
_LABELS = {
    **{name: one.label for name, one in _OF_SETTINGS.items()},
    "login": "Log in by",
    "kind": "Mail comes from",
    "outgoing": "Mail goes to",
    "trust": "Certificate",
    "sender": "Sends by",
    "source": "Orders come from",
}
_HINTS = {
    **{name: one.hint for name, one in _OF_SETTINGS.items() if one.hint},
    "passphrase": "a passphrase that encrypts the file",
    "again": "the passphrase once more",
    "client_secret": "its client secret; kept beside the tokens",
    "incoming": "imap.example.org:993 tls",
    "outgoing": "smtp.example.org:465 tls",
    "smtp_password": "the password to send with; empty: the same",
}
_CHOICES = {
    "login": (BY_PASSWORD, BY_TOKEN),
    "secret": (IN_KEYRING, BY_COMMAND, SEALED),
    "kind": (ON_SERVER, IN_MAILDIR),
    "trust": (VERIFIED, PINNED, BY_AUTHORITY),
    "sender": (SAME_LOGIN, OTHER_LOGIN),
    "work_from": FROM,
    "source": (FROM_FILE, FROM_SHOP),
}
_SECRET = frozenset({"password", "passphrase", "again", "client_secret", "smtp_password"})


class Form(LineForm):
    """All lines of the form, by their names in `TypedLines`. `new_file`: no passphrase was ever given."""

    LINES = TypedLines
    LABELS = _LABELS

    def __init__(self, start: Settings, *, new_file: bool) -> None:
        super().__init__()
        self._start, self._was = start, setup_form.lines_of(start)
        self._new_file = new_file
        self._keyring = True
        self._guessed = {"locale": self._was.locale}  # first contents that typing replaces
        box = start.mailboxes[0] if start.mailboxes else Mailbox()
        reasons = {"user": box.user, "trust": box.ca_file or box.pin or box.smtp_pin,
                   "sender": self._was.sender == OTHER_LOGIN}  # fmt: skip
        self.opened = frozenset(name for name, reason in reasons.items() if reason)

    def make_field(self, name: str) -> Field | Choice:
        """The field or choice of a line."""
        value = getattr(self._was, name)
        if name in _CHOICES:
            words = _CHOICES[name]
            return Choice(words if value in words else (value, *words), value, ident=name)
        hint = _HINTS.get(name, "")
        field = Field(value, placeholder=hint, ident=name, secret=name in _SECRET)
        field.select_on_focus = name in self._guessed
        return field

    @property
    def typed_lines(self) -> TypedLines:
        """The form as it is now."""
        return TypedLines(**self.values)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the visible lines, from top to bottom."""
        form = self.typed_lines
        return setup_form.in_sight(form, self.issuer, self.opened, new_file=self._new_file)

    @property
    def issuer(self) -> str:
        """Who issues OAuth2 tokens for the mail host; empty for nobody."""
        return setup_form.issuer_of(self.typed_lines, self._start)

    def show_lines(self) -> None:
        """Show the lines that are asked for now."""
        tokens = bool(self.issuer) and self.typed_lines.by_token
        self.query_one("#label-secret", Static).update("Kept in" if tokens else _LABELS["secret"])
        offered = _CHOICES["secret"] if self._keyring else (SEALED, BY_COMMAND)
        self._offer("secret", tuple(one for one in offered if not tokens or one != BY_COMMAND))
        self.query_one("#password", Field).placeholder = self._password_hint
        super().show_lines()

    @property
    def _password_hint(self) -> str:
        sends = " to send with" if self.typed_lines.kind == IN_MAILDIR else ""
        kept = "empty keeps the stored one" if self._was.address else "never written to the config file"
        return f"the password{sends}; {kept}"

    def _offer(self, name: str, words: tuple[str, ...]) -> None:
        choice = self.query_one(f"#{name}", Choice)
        if choice.words != words:
            choice.offer(words)

    def lack_keyring(self) -> None:
        """Offer what works without a keyring; the file first."""
        self._keyring = False
        self.show_lines()

    def open(self, name: str) -> None:
        """Ask for a line from now on."""
        self.opened |= {name}
        self.show_lines()

    def fill(self, found: Mailbox) -> None:
        """Fill in the servers; typing in one of these lines replaces it."""
        outgoing = setup_form.server(found.smtp_host, found.smtp_port, found.smtp_security)
        incoming = setup_form.server(found.host, found.port, found.security)
        guessed = {"incoming": incoming, "outgoing": outgoing}
        self._guessed |= guessed
        for name, guess in guessed.items():
            field = self.query_one(f"#{name}", Field)
            field.value, field.select_on_focus = guess, True
            if field.has_focus:
                field.select_all()
        self.show_lines()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Note that the owner typed here: further letters are added."""
        event.input.select_on_focus = event.value == self._guessed.get(event.input.id or "")
