"""Findings of `deskterm doctor`."""

from collections.abc import Iterator
from enum import StrEnum

from deskterm.value_class import dataclass


class Grade(StrEnum):
    """The grade of a finding."""

    GOOD = "ok"
    WARNING = "warning"
    BAD = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing checked. `safe` and `todo` are empty if all is well."""

    grade: Grade
    what: str
    safe: str = ""
    todo: str = ""


Findings = Iterator[Finding]


def good(what: str) -> Finding:
    """A finding that all is well."""
    return Finding(Grade.GOOD, what)


def warning(what: str, safe: str = "", todo: str = "") -> Finding:
    """A finding that needs a look."""
    return Finding(Grade.WARNING, what, safe, todo)


def bad(what: str, safe: str = "", todo: str = "") -> Finding:
    """A finding that something does not work."""
    return Finding(Grade.BAD, what, safe, todo)
