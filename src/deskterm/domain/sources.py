"""The sources of mail and orders, and the kinds of failure they can have."""

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
    """Which duty of an account or store a source is. A store has READING, TRACKING and PRODUCTS."""

    READING = "reading"
    SENDING = "sending"
    COPIES = "copies"  # filing copies of what was sent in Sent
    FILING = "filing"  # moving the mails of solved tickets
    TRACKING = "tracking"  # reading a store's second file, about parcels
    PRODUCTS = "products"  # reading a store's products
    LACKING = "lacking"  # mails that the server lists but does not deliver
    NUMBERING = "numbering"  # the server's numbering of the mails in one folder


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
    """One duty of one account or store. `folder` is only set for NUMBERING."""

    account: str
    kind: SourceKind = SourceKind.MAIL
    part: SourcePart = SourcePart.READING
    folder: str = ""

    @property
    def words(self) -> str:
        """Its name for the owner: `shop`, `shop (sending)`. Never parse it: compare sources instead."""
        part = self.folder or _PART_WORDS.get(self.part, "")
        return f"{self.account} ({part})" if part else self.account


class Failure(StrEnum):
    """Why a source does not work. Failures of one kind have one remedy."""

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
    """The kind of failure that an exception means."""
    return next((kind for cls, kind in _KINDS if isinstance(error, cls)), Failure.OTHER)
