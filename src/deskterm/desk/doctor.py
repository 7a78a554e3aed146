"""What is wrong with this desk, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.config.paths import Home


class Grade(StrEnum):
    """How a check came out."""

    GOOD = "ok"
    WARNING = "warning"
    BAD = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `safe` and `todo` are empty where all is well."""

    grade: Grade
    what: str
    safe: str = ""
    todo: str = ""


def examine(home: "Home", now: int) -> tuple[Finding, ...]:
    """Look at all that can be looked at without the network. Raises nothing; works without a database."""
    raise NotImplementedError
