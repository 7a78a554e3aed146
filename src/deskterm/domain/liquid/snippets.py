"""`{% snippet "returns-address" %}`: text from a file of its own, used in macros and other snippets."""

import re
from collections.abc import Iterator, Mapping

from deskterm.errors import PlaybookError

_SNIPPET = re.compile(r"\{%-?\s*snippet\s+[\"']?([\w.-]{1,80})[\"']?\s*-?%\}")
_DEEPEST = 5


def snippets_in(body: str) -> tuple[str, ...]:
    """The names of the snippets that a text uses."""
    return tuple(dict.fromkeys(_SNIPPET.findall(body)))


def expand(body: str, snippets: Mapping[str, str]) -> str:
    """The text with its snippets put in. Raises PlaybookError for an unknown or recursive snippet."""
    return "".join(_parts(body, snippets, ()))


def without_snippets(body: str) -> str:
    """The text without snippets, for checking it before they are known."""
    return _SNIPPET.sub("", body)


def _parts(body: str, snippets: Mapping[str, str], around: tuple[str, ...]) -> Iterator[str]:
    at = 0
    for found in _SNIPPET.finditer(body):
        yield body[at : found.start()]
        at, name = found.end(), found[1]
        if name not in snippets:
            known = ", ".join(sorted(snippets)) or "none"
            raise PlaybookError(f"There is no snippet called {name}.", todo=f"There is {known}.")
        if name in around or len(around) >= _DEEPEST:
            raise PlaybookError(
                f"The snippet {name} contains itself.", todo="Take it out of one of its own texts."
            )
        yield from _parts(snippets[name], snippets, (*around, name))
    yield body[at:]
