"""What is worked out and kept: figures' samples, and what was learned of answers."""

from sqlmodel import Field, SQLModel


class FigureSampleTable(SQLModel, table=True):
    """What happened to a ticket and what it measures, kept for the figures."""

    __tablename__ = "figure_sample"

    measure: str = Field(primary_key=True)
    at: int = Field(primary_key=True)
    ticket_id: int = Field(primary_key=True)
    place: int = Field(primary_key=True)
    value: float
    left_out: str = ""
    business: float | None = None
    until: int = 0
    label: str = ""


class FigureStaleTable(SQLModel, table=True):
    """A ticket whose samples are no longer right."""

    __tablename__ = "figure_stale"

    ticket_id: int | None = Field(default=None, primary_key=True)


class LessonTable(SQLModel, table=True):
    """Which question got which answer."""

    __tablename__ = "lesson"

    id: int | None = Field(default=None, primary_key=True)
    question: int = Field(foreign_key="message.id", ondelete="CASCADE", unique=True)
    label: str
    at: int
    guess: str = ""
    margin: float = 0
    outcome: str = ""


class LearnedTable(SQLModel, table=True):
    """The weights of a label, packed."""

    __tablename__ = "learned"

    label: str = Field(primary_key=True)
    weights: bytes


class OfferTable(SQLModel, table=True):
    """The answers offered for the newest mail of a ticket."""

    __tablename__ = "offer"

    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE", primary_key=True)
    question: int
    made_for: int
    macros: str
    title: str
    margin: float
    sure: int
    why: str
    sop: str = ""
