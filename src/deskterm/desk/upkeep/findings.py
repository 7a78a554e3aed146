"""What a check found: for `deskterm doctor`."""

from collections.abc import Iterator
from enum import StrEnum

from deskterm.value_class import dataclass


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


Findings = Iterator[Finding]


def good(what: str) -> Finding:
    """All is well with it."""
    return Finding(Grade.GOOD, what)


def warning(what: str, safe: str = "", todo: str = "") -> Finding:
    """It wants a look."""
    return Finding(Grade.WARNING, what, safe, todo)


def bad(what: str, safe: str = "", todo: str = "") -> Finding:
    """It does not work."""
    return Finding(Grade.BAD, what, safe, todo)
