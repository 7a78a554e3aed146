"""Finding customers' data in a text that is to be published."""

import re
from collections.abc import Collection, Iterator

from deskterm.value_class import dataclass

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TICKET = re.compile(r"\bT\d{2,}\b")
_ORDER = re.compile(r"#\s?[A-Z]{0,4}-?\d{3,}\b")
_LONG_NUMBER = re.compile(
    r"(?<![\w.,/-])\+?(?:\d[\s/()-]{0,2}){8,}\d(?![\w])|\b(?=[A-Z0-9]*\d{6})[A-Z0-9]{10,}\b"
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:^|[.!?:\n\"“(•-])\s*$")
_MOST_WORDS = 4  # of a name


@dataclass(frozen=True, slots=True)
class KnownPersons:
    """Customers' names and streets, casefolded; `own` are words, addresses and names that are the shop's."""

    names: frozenset[str]
    streets: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()


def find_private(text: str, known: KnownPersons, allowed: Collection[str] = ()) -> str:
    """A description of the first customer's data in a text, or ""."""
    let = known.own | {one.casefold() for one in allowed}
    for what in _find(text, known, let):
        return what
    return ""


def _find(text: str, known: KnownPersons, let: Collection[str]) -> Iterator[str]:
    kinds = (
        (_MAIL, "the address"),
        (_TICKET, "the ticket"),
        (_ORDER, "the order"),
        (_LONG_NUMBER, "the number"),
    )
    for pattern, name in kinds:
        for found in pattern.findall(text):
            if found.strip().casefold() not in let:
                yield f"{name} {found.strip()}"
    yield from (f"the name {name}" for name in _names(text, known.names, let))
    folded = " ".join(text.casefold().split())
    yield from (f"the street {street}" for street in known.streets if street in folded)


def _names(text: str, names: Collection[str], let: Collection[str]) -> Iterator[str]:
    """Full names anywhere; a single word only if capitalised like a name and not first in a sentence."""
    words = list(_WORD.finditer(text))
    for place, word in enumerate(words):
        for count in range(2, _MOST_WORDS + 1):
            name = " ".join(one[0] for one in words[place : place + count]).casefold()
            if name in names and name not in let:
                yield name.title()
        single = word[0].casefold().removesuffix("'s").removesuffix("’s")
        begins = _SENTENCE_END.search(text[: word.start()])
        if word[0][0].isupper() and not begins and single in names and single not in let:
            yield word[0]
