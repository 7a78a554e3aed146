"""The schema as SQLModel classes, for the owner's own scripts; deskterm itself never imports them.

Migrations alone create the tables, and a test compares the two.
"""

from deskterm.storage.schema.tables import (
    incidents,
    learning,
    mail,
    orders,
    people,
    products,
    replies,
    rules,
    tickets,
)

__all__ = ["incidents", "learning", "mail", "orders", "people", "products", "replies", "rules", "tickets"]
