"""Completing a query while it is typed."""

import re
from collections.abc import Callable, Iterable

from deskterm.domain.query.terms import CLOSED, FIELDS, OFFERED, QueryField

_LAST = re.compile(r"(?:^|\s)(-?)([A-Za-z]*)(:?)([^\s\"]*)$")
_LEAST = 2  # letters before a field's name is offered


def complete(typed: str, values_of: Callable[[QueryField], Iterable[str]]) -> str:
    """The query with its last term completed, or unchanged if nothing fits.

    `values_of` returns the values of a field that are in use; it is called once a value has been begun.
    """
    found = _LAST.search(typed)
    if found is None or typed.endswith(" "):
        return typed
    name, colon, value = found[2].casefold(), found[3], found[4].rpartition(",")[2].casefold()
    if not colon:
        names = [field.value for field in QueryField if field and field.value.startswith(name)]
        return f"{typed}{names[0][len(name) :]}:" if len(name) >= _LEAST and len(names) == 1 else typed
    field = FIELDS.get(name)
    known = (CLOSED.get(field) or OFFERED.get(field) or values_of(field)) if field and value else ()
    fits = next((one for one in known if one.startswith(value)), "")
    return typed + fits[len(value) :]
