"""Incidents: one cause that touches many orders."""

from sqlmodel import Field, SQLModel


class IncidentTable(SQLModel, table=True):
    """One incident."""

    __tablename__ = "incident"

    id: int | None = Field(default=None, primary_key=True)
    title: str
    kind: str
    query: str
    macro: str
    round: int = 1
    given: str = "[]"
    began_at: int
    ended_at: int | None = None
    due_at: int | None = None


class IncidentOrderTable(SQLModel, table=True):
    """An order that an incident touches."""

    __tablename__ = "incident_order"

    incident_id: int = Field(foreign_key="incident.id", primary_key=True)
    order_id: int = Field(foreign_key="shop_order.id", primary_key=True)
    ticket_id: int | None = Field(default=None, foreign_key="ticket.id")


class IncidentLetterTable(SQLModel, table=True):
    """A letter that tells a customer of an incident."""

    __tablename__ = "incident_letter"

    outbox_id: int | None = Field(default=None, foreign_key="outbox.id", primary_key=True)
    incident_id: int = Field(foreign_key="incident.id")
    ticket_id: int = Field(foreign_key="ticket.id")
    round: int
    says: str
