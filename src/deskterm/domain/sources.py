"""Where mail and orders come from, and what keeps such a source from working: as values."""

from enum import StrEnum

from deskterm.errors import (
    ConfigError,
    DesktermError,
    LoginRefused,
    MailGaps,
    NoSentFolder,
    NotEncrypted,
    Offline,
    OrdersFileError,
    SecretError,
    ServerNonsense,
    ServerRefused,
    StoreGaps,
)
from deskterm.value_class import dataclass


class SourceKind(StrEnum):
    """What a source brings."""

    MAIL = "mail"
    ORDERS = "orders"


class SourcePart(StrEnum):
    """Which of an account's duties a source stands for. A store has READING, TRACKING and PRODUCTS."""

    READING = "reading"
    SENDING = "sending"
    COPIES = "copies"  # of what was sent, in the folder Sent
    FILING = "filing"  # of solved tickets' mails
    TRACKING = "tracking"  # a store's second file, of parcels
    PRODUCTS = "products"  # of a store
    LACKING = "lacking"  # mails that the server lists and does not give out
    NUMBERING = "numbering"  # of one folder's mails by their server


_PART_WORDS = {
    SourcePart.SENDING: "sending",
    SourcePart.COPIES: "Sent",
    SourcePart.FILING: "filing solved mail",
    SourcePart.TRACKING: "shipments",
    SourcePart.PRODUCTS: "products",
    SourcePart.LACKING: "mails not here",
}


@dataclass(frozen=True, slots=True)
class Source:
    """One duty of one account or store, compared as a whole. `folder` is given for NUMBERING alone."""

    account: str
    kind: SourceKind = SourceKind.MAIL
    part: SourcePart = SourcePart.READING
    folder: str = ""

    @property
    def words(self) -> str:
        """What the owner knows it by: `shop`, `shop (sending)`. Never taken apart again."""
        part = self.folder or _PART_WORDS.get(self.part, "")
        return f"{self.account} ({part})" if part else self.account


class Failure(StrEnum):
    """What keeps a source from working. Failures of one kind have one remedy."""

    NONE = ""
    OFFLINE = "offline"
    LOGIN = "login"
    SECRET = "secret"
    UNENCRYPTED = "unencrypted"
    NO_SENT_FOLDER = "no sent folder"
    REFUSED = "refused"
    NONSENSE = "nonsense"
    SETTINGS = "settings"
    ORDERS_FILE = "orders file"
    GAPS = "gaps"
    OTHER = "other"


_KINDS: tuple[tuple[type[DesktermError], Failure], ...] = (
    (Offline, Failure.OFFLINE),
    (LoginRefused, Failure.LOGIN),
    (SecretError, Failure.SECRET),
    (NotEncrypted, Failure.UNENCRYPTED),
    (NoSentFolder, Failure.NO_SENT_FOLDER),
    (ServerRefused, Failure.REFUSED),
    (ServerNonsense, Failure.NONSENSE),
    (ConfigError, Failure.SETTINGS),
    (OrdersFileError, Failure.ORDERS_FILE),
    (StoreGaps, Failure.GAPS),
    (MailGaps, Failure.GAPS),
)


def failure_of(error: DesktermError) -> Failure:
    """The kind of a failure, by its class."""
    return next((kind for cls, kind in _KINDS if isinstance(error, cls)), Failure.OTHER)
