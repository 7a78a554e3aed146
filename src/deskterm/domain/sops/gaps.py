"""Finding frequent categories for which the playbook has no macro or no SOP."""

from collections.abc import Mapping
from typing import NamedTuple

from deskterm.domain.playbook import Playbook

FEWEST, DAYS = 5, 90  # tickets of a category, in that many days
_NEEDS_NO_SOP = frozenset({"thanks"})


class PlaybookGap(NamedTuple):
    """A frequent category, its tickets, and whether the playbook lacks a `macro` or an `sop` for it."""

    category: str
    tickets: tuple[int, ...]
    macro: bool
    sop: bool

    @property
    def words(self) -> str:
        """`12 tickets about “customs” in 90 days, and no macro and no SOP for it`."""
        lacks = " and ".join(["no macro"] * self.macro + ["no SOP"] * self.sop)
        return f"{len(self.tickets)} tickets about “{self.category}” in {DAYS} days, and {lacks} for it"


def find_gaps(book: Playbook, tickets: Mapping[str, tuple[int, ...]]) -> tuple[PlaybookGap, ...]:
    """The gaps for the categories of the last 90 days' tickets, the most frequent first."""
    with_macro = {one.category for one in book.macros.values()}
    with_sop = {category for one in book.sops.values() for category in one.categories} | _NEEDS_NO_SOP
    found = [
        PlaybookGap(name, ids, name not in with_macro, name not in with_sop)
        for name, ids in tickets.items()
        if name and len(ids) >= FEWEST and not {name} <= with_macro & with_sop
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.tickets), one.category)))
