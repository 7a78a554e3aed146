"""Tickets, what happened to them, and what the desk keeps."""

from sqlmodel import Field, SQLModel


class TicketTable(SQLModel, table=True):
    """A customer matter, with its place in the inbox."""

    __tablename__ = "ticket"

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    subject: str
    status: str
    view: str
    category: str = ""
    category_by: str = ""
    channel: str = "mail"
    created_at: int
    last_at: int
    unanswered_since: int | None = None
    due: str = ""
    snoozed_until: int | None = None
    woken_at: int | None = None
    solve_at: int | None = None
    solved_at: int | None = None
    inferred: int = 0
    order_id: int | None = Field(default=None, foreign_key="shop_order.id")
    order_by: str = ""
    tags: str = "[]"
    cues: str = "[]"
    messages: int = 0
    joined_into: int | None = Field(default=None, foreign_key="ticket.id")
    history: int = 0
    rank: int = 2
    since: int = 0
    lead_rank: int = 2
    lead_since: int = 0
    siblings: int = 1
    beside: int | None = Field(default=None, foreign_key="ticket.id")
    nudge: str = ""
    promised_at: int | None = None
    remind_at: int | None = None
    priority: int = 0
    wakes_on: str = ""
    sop: str = ""
    mood: str = ""


class ApartTable(SQLModel, table=True):
    """Two tickets that no mail joins again."""

    __tablename__ = "apart"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    other_id: int = Field(foreign_key="ticket.id", primary_key=True)


class LookedAtTable(SQLModel, table=True):
    """A ticket that is not a customer's and was looked at, with the time of its newest mail then."""

    __tablename__ = "looked_at"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    last_at: int


class PromiseTable(SQLModel, table=True):
    """A date that was given to a customer."""

    __tablename__ = "promise"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    home_id: int = Field(foreign_key="ticket.id")
    message_id: str = ""
    words: str
    made_at: int
    due_at: int
    remind_at: int
    sent_at: int | None = None
    reminded: int = 0
    dropped: int = 0
    number: str = ""


class EventTable(SQLModel, table=True):
    """One change of a ticket."""

    __tablename__ = "events"

    id: int | None = Field(default=None, primary_key=True)
    action: int
    ticket_id: int = Field(foreign_key="ticket.id")
    at: int
    by: str
    what: str
    was: str
    now: str
    undoes: int = 0


class SopTickTable(SQLModel, table=True):
    """A ticked step of an SOP."""

    __tablename__ = "sop_tick"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    sop: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    at: int


class NoteTable(SQLModel, table=True):
    """A small fact of this desk."""

    __tablename__ = "note"

    key: str = Field(primary_key=True)
    value: str
