"""Loading GraphQL queries from `.graphql` files: one query each, with shared fragments."""

import re
from functools import cache
from importlib.resources import files

from msgspec import Struct

_SPREAD = re.compile(r"\.\.\.\s*([A-Za-z_]\w*)(?<!\bon)\b")
_FRAGMENT = re.compile(r"^fragment (\w+) on ", re.MULTILINE)


class Answered(Struct, rename="camel", kw_only=True):
    """Base of the rows of GraphQL answers: field names are in camel case."""


@cache
def load_query(store: str, name: str) -> str:
    """The text of `queries/STORE/NAME.graphql` with the fragments it uses, ready to send."""
    text = _read(store, f"{name}.graphql")
    fragments = _fragments(store)
    wanted: dict[str, None] = {}
    left = _SPREAD.findall(text)
    while left:
        part = left.pop(0)
        if part not in wanted and part in fragments:
            wanted[part] = None
            left += _SPREAD.findall(fragments[part])
    return "\n".join([text, *(fragments[part] for part in wanted)])


@cache
def _fragments(store: str) -> dict[str, str]:
    folder = files(__package__) / "queries" / store
    texts = (_read(store, one.name) for one in folder.iterdir() if one.name.endswith(".graphql"))
    return {found[1]: text for text in texts if (found := _FRAGMENT.search(text))}


def _read(store: str, file: str) -> str:
    """A query's text without comments and blank lines."""
    text = (files(__package__) / "queries" / store / file).read_text("utf-8")
    kept = [row for row in text.splitlines() if row.strip() and not row.lstrip().startswith("#")]
    return "\n".join(kept)
