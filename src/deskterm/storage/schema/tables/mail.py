"""Messages, their originals, and where they stand on a server."""

from sqlmodel import Field, SQLModel


class MessageTable(SQLModel, table=True):
    """A mail in or out, or a note."""

    __tablename__ = "message"

    id: int | None = Field(default=None, primary_key=True)
    slot: int
    ticket_id: int = Field(foreign_key="ticket.id")
    home_id: int = Field(foreign_key="ticket.id")
    customer_id: int | None = Field(default=None, foreign_key="customer.id")
    direction: str
    machine: str = ""
    machine_words: str = ""
    message_id: str = ""
    fingerprint: bytes
    same_key: int = 0
    sender_name: str = ""
    sender_address: str = ""
    recipients: str = ""
    subject: str = ""
    subject_key: int = 0
    answers: int = 0
    at: int
    sent_at: int | None = None
    channel: str = "mail"
    text: str
    folds: str = ""
    links: str = ""
    cues: str = ""
    numbers: str = ""
    order_id: int | None = Field(default=None, foreign_key="shop_order.id")
    due: str = ""
    macro: str = ""
    outside: int = 0
    size: int = 0
    answer_to: str = ""
    aside: int = 0
    stranger: int = 0
    list_id: str = ""
    copy_of: int | None = None


class OriginalTable(SQLModel, table=True):
    """A mail as it came, packed."""

    __tablename__ = "original"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    raw: bytes


class AttachmentTable(SQLModel, table=True):
    """A part of a mail that is not its text."""

    __tablename__ = "attachment"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    part: int = Field(primary_key=True)
    name: str
    type: str
    size: int
    inline: int = 0


class ThreadTable(SQLModel, table=True):
    """A Message-ID that a message has or answers, hashed."""

    __tablename__ = "thread"

    mid_key: int = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id", primary_key=True)
    own: int = Field(primary_key=True)


class MailboxTable(SQLModel, table=True):
    """A folder and how far it has been read."""

    __tablename__ = "mailbox"

    id: int | None = Field(default=None, primary_key=True)
    account: str
    name: str
    role: str
    uidvalidity: int = 0
    highest_uid: int = 0
    lowest_uid: int = 0
    modseq: int = 0
    complete_to: int = 0


class PlaceTable(SQLModel, table=True):
    """Where a message is on a server."""

    __tablename__ = "place"

    mailbox_id: int = Field(foreign_key="mailbox.id", primary_key=True)
    uid: int = Field(primary_key=True)
    name: str = Field(default="", primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="message.id")
    gone: int = 0


class ForgottenTable(SQLModel, table=True):
    """A mail of a forgotten customer."""

    __tablename__ = "forgotten"

    same_key: int | None = Field(default=None, primary_key=True)
