"""What rules write, and what the owner found when looking at answered tickets again."""

from sqlmodel import Field, SQLModel


class RuleLetterTable(SQLModel, table=True):
    """A letter that a rule wants written, and what became of it."""

    __tablename__ = "rule_letter"

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE")
    message_id: int = Field(foreign_key="message.id", ondelete="CASCADE")
    rule: str
    kind: str
    macro: str
    action: int
    asked_at: int
    ended_at: int | None = None
    ending: str = ""


class SelfReviewTable(SQLModel, table=True):
    """One answer about one ticket of a week's self-review."""

    __tablename__ = "self_review"

    week: str = Field(primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE", primary_key=True)
    question: str = Field(primary_key=True)
    kept: int
    at: int
