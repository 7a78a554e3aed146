"""Which macro an answer was made from, found by its text, even if it was sent from elsewhere."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from deskterm.domain.playbook import Macro

_LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]+")
_MADE = 0.6  # share of a macro's word pairs that an answer made from it must have
_KEPT = 0.5  # share of them that an edited answer must keep to count as the macro's
_LEAST = 6  # word pairs; shorter macros cannot be recognised
_GAP = "\0"

Pairs = frozenset[tuple[str, str]]


def pairs_of(text: str) -> Pairs:
    """The pairs of neighbouring words of a text, never across a placeholder."""
    parts = _LIQUID.sub(_GAP, text.casefold()).split(_GAP)
    return frozenset(pair for part in parts for pair in pairwise(_WORD.findall(part)))


class Origins:
    """Finds the macro that an answer was made from, whatever its language."""

    def __init__(self, macros: Iterable[Macro]) -> None:
        self._sizes: dict[tuple[str, int], int] = {}
        self._holding: Mapping[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for macro in macros:
            bodies = (macro.body, *(body for _, body in macro.translations))
            for place, body in enumerate(bodies):
                pairs = pairs_of(body)
                if len(pairs) >= _LEAST:
                    self._sizes[macro.id, place] = len(pairs)
                    for pair in pairs:
                        self._holding[pair].append((macro.id, place))

    def macro_of(self, answer: str) -> str:
        """The id of the macro whose text the answer has most of; "" if it has too little of any."""
        met: Counter[tuple[str, int]] = Counter()
        for pair in pairs_of(answer):
            met.update(self._holding.get(pair, ()))
        shares = {one: count / self._sizes[one] for one, count in met.items()}
        best = max(shares, key=lambda one: (shares[one], one), default=None)
        return best[0] if best is not None and shares[best] >= _MADE else ""


def keeps_macro(answer: str, made: str) -> bool:
    """Whether an edited answer still is mostly the text that the macro made."""
    pairs = pairs_of(made)
    return len(pairs & pairs_of(answer)) >= _KEPT * len(pairs)
