"""Who writes, and what the owner said of senders."""

from sqlmodel import Field, SQLModel


class CustomerTable(SQLModel, table=True):
    """Who writes to us."""

    __tablename__ = "customer"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    first_seen_at: int
    prefers: str = ""


class AddressTable(SQLModel, table=True):
    """An address of a customer; `key` is how it is compared."""

    __tablename__ = "address"

    key: str = Field(primary_key=True)
    address: str
    customer_id: int = Field(foreign_key="customer.id")
    mailbox_key: str = ""


class AliasTable(SQLModel, table=True):
    """An address at which mail arrives here and that the settings do not name."""

    __tablename__ = "alias"

    key: str = Field(primary_key=True)
    mails: int
    first_at: int
    last_at: int


class SenderRuleTable(SQLModel, table=True):
    """What the owner said of a sender: always a customer, or never."""

    __tablename__ = "sender_rule"

    key: str = Field(primary_key=True)
    verdict: str
    at: int


class ContactTable(SQLModel, table=True):
    """A supplier or a carrier that was written to."""

    __tablename__ = "contact"

    key: str = Field(primary_key=True)
    name: str
    address: str
    used_at: int
