"""Every failure deskterm knows, as one tree.

DesktermError                what happened, what is safe, what to do next
├── SetupError               the program cannot start as it is set up
│   ├── ConfigError          config.toml is missing, unreadable or wrong
│   └── SecretError          a password cannot be read from where it is kept
│       ├── WrongPassphrase  it does not open the secrets file
│       └── CannotAsk        its passphrase is not known, and there is nobody to ask
├── StorageError             the database refuses
│   ├── DatabaseBusy         another process holds it too long
│   ├── DiskFull             no room left to write
│   ├── DatabaseDamaged      its integrity check fails, or it is no database
│   ├── DatabaseTooNew       written by a later deskterm
│   └── ReadOnly             this process may only read (a second desk)
├── NotFound                 a ticket, order, macro or draft that is not there
├── WireError                a server outside
│   ├── Offline              no network, or the connection was lost
│   ├── LoginRefused         the server says the name or password is wrong
│   ├── NotEncrypted         no TLS
│   │   └── NotTrusted       a certificate that does not verify
│   ├── ServerRefused        the server answered no; its words are kept
│   │   └── NoSentFolder     nothing tells which folder holds what was sent
│   └── ServerNonsense       an answer outside the protocol
├── PlaybookError            a macro or SOP file that cannot be used
├── OrdersFileError          an orders file that cannot be read
├── MailGaps                 a mailbox lists mails and does not give them out
├── StoreGaps                a store of which some could not be read
├── SendStopped              a reply that must not go out as it is
└── NotNow                   an action that does not fit the present state
    └── DoneBefore           it was done to the order before, and may be meant a second time

An error's three parts are shown to the owner as they are, so they are whole
sentences in plain words, and none of them carries a secret or a mail's text.
"""


class DesktermError(Exception):
    """A failure the owner can be told about.

    `what` says what happened, `safe` what has not been lost, `todo` what to do
    next. The last two may be empty where there is nothing to say.
    """

    def __init__(self, what: str, *, safe: str = "", todo: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.safe = safe
        self.todo = todo

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


class SetupError(DesktermError):
    """The program cannot start as it is set up."""


class ConfigError(SetupError):
    """config.toml is missing, unreadable or wrong."""


class SecretError(SetupError):
    """A password cannot be read from where it is kept."""


class WrongPassphrase(SecretError):
    """The passphrase does not open the secrets file."""


class CannotAsk(SecretError):
    """A passphrase is needed, but this process cannot ask for it. The password itself may be fine."""


class StorageError(DesktermError):
    """The database refuses."""


class DatabaseBusy(StorageError):
    """Another process holds the database longer than we wait."""


class DiskFull(StorageError):
    """There is no room left to write."""


class DatabaseDamaged(StorageError):
    """The file is no database, or its integrity check fails."""


class DatabaseTooNew(StorageError):
    """The database was written by a later deskterm."""


class ReadOnly(StorageError):
    """This process may only read."""


class NotFound(DesktermError):
    """What was asked for is not there."""


class WireError(DesktermError):
    """A server outside failed us."""


class Offline(WireError):
    """No network, or the connection was lost."""


class LoginRefused(WireError):
    """The server says that the name or the password is wrong."""


class NotEncrypted(WireError):
    """No TLS, or a certificate that does not verify."""


class NotTrusted(NotEncrypted):
    """A certificate that does not verify. `seen` is its fingerprint (SHA-256) where that could be had."""

    def __init__(self, what: str, *, safe: str = "", todo: str = "", seen: str = "") -> None:
        super().__init__(what, safe=safe, todo=todo)
        self.seen = seen


class ServerRefused(WireError):
    """The server answered no. `code` is its reply code (SMTP) or 0."""

    def __init__(self, what: str, *, safe: str = "", todo: str = "", code: int = 0) -> None:
        super().__init__(what, safe=safe, todo=todo)
        self.code = code


class NoSentFolder(ServerRefused):
    """The account's folder for sent mail is unknown."""


class ServerNonsense(WireError):
    """The server's answer is outside the protocol."""


class PlaybookError(DesktermError):
    """A macro or SOP file that cannot be used."""


class OrdersFileError(DesktermError):
    """An orders file that cannot be read."""


class MailGaps(DesktermError):
    """A mailbox was read, except for mails that its server lists but does not deliver."""


class StoreGaps(DesktermError):
    """A store was read only in part: `taken` orders of it changed all the same."""

    taken = 0


class SendStopped(DesktermError):
    """A reply that must not go out as it is."""


class NotNow(DesktermError):
    """An action that does not fit the present state."""


class DoneBefore(NotNow):
    """The same was done to the order before. If it is meant again, that must be confirmed."""
