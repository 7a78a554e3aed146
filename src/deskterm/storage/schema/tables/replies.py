"""Drafts, and replies on their way."""

from sqlmodel import Field, SQLModel


class DraftTable(SQLModel, table=True):
    """A reply being written."""

    __tablename__ = "draft"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    body: str
    subject: str = ""
    recipients: str = "{}"
    sender: str = ""
    macro: str = ""
    order_id: int | None = Field(default=None, foreign_key="shop_order.id")
    claims: str = "[]"
    after_status: str = ""
    quote: int = 0
    attachments: str = "[]"
    answers: int | None = None
    created_at: int
    updated_at: int
    given: str = "{}"
    drafted: int = 0
    incident: str = ""
    wait_id: int | None = None
    also: str = "[]"


class OutboxTable(SQLModel, table=True):
    """A reply on its way."""

    __tablename__ = "outbox"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    state: str
    account: str
    sender: str
    message_id: str
    raw: bytes
    draft: str
    action: int
    send_at: int
    attempts: int = 0
    answered: str = ""
    sent_at: int | None = None
    sent_copy: str = "wanted"
    claimed_by: str = ""
    handed: int = 0
    unless_answered: int = 0
    created_at: int
    updated_at: int
    planned_at: int | None = None
    follows: str = ""
    ending: str = ""
    automatic: str = ""


class AlsoAnsweredTable(SQLModel, table=True):
    """A further ticket that an outbox row answers."""

    __tablename__ = "also_answered"

    outbox_id: int = Field(foreign_key="outbox.id", primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    read_to: int
    follows: str = ""


class RecipientTable(SQLModel, table=True):
    """One recipient of an outbox row."""

    __tablename__ = "recipient"

    outbox_id: int = Field(foreign_key="outbox.id", primary_key=True)
    address: str = Field(primary_key=True)
    outcome: str = ""
    words: str = ""


class OutboxHistoryTable(SQLModel, table=True):
    """One step of an outbox row."""

    __tablename__ = "outbox_history"

    id: int | None = Field(default=None, primary_key=True)
    outbox_id: int = Field(foreign_key="outbox.id")
    at: int
    state: str
    words: str
