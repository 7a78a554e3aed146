"""Finding answers that the owner keeps typing: grouping sent mails that are nearly the same text.

Texts are compared by their pairs of neighbouring words. Candidates are found by their smallest hashes
(Broder, "On the resemblance and containment of documents", 1997). The core of a group is what two fifths of
its texts share; each text then goes to the group whose core it contains most of.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from heapq import nsmallest
from itertools import pairwise
from zlib import crc32

Shingles = frozenset[int]

_WORD = re.compile(r"[^\W\d_]+|\d+")
_DIGITS = re.compile(r"\d+")
_QUOTED = re.compile(r"^>.*$", re.MULTILINE)
_LONGEST = 3_000  # characters of an answer
_HASHES = 8  # smallest hashes kept per text
_KNOWN = 12  # texts kept per hash
_ALIKE = 0.5  # Jaccard similarity: a text with two answers in it has no more in common with either
_CORE = 0.40  # share of a group's texts that must have a pair for it to be in the core
_HELD = 0.60  # share of a core that a text must contain
_MANY, _LEAST, _LEAST_OF_FEW = 1_000, 5, 3
_SHORTEST_CORE = 8  # word pairs; less is just a greeting and thanks


def find_habits(texts: Sequence[str]) -> list[list[int]]:
    """Groups of texts that are the same answer, as indexes into `texts`, the largest group first."""
    shingled = [shingles(text) for text in texts]
    groups = _join(shingled)
    cores = _merge([core_of(group, shingled) for group in groups if len(group) >= _LEAST_OF_FEW])
    for _ in range(2):
        groups = _assign(shingled, cores)
        cores = _merge([core_of(group, shingled) for group in groups if len(group) >= _LEAST_OF_FEW])
    least = _LEAST if len(texts) >= _MANY else _LEAST_OF_FEW
    kept = [group for group in _assign(shingled, cores) if len(group) >= least]
    return sorted(kept, key=lambda group: (-len(group), group))


def shingles(text: str) -> Shingles:
    """The pairs of neighbouring words of a text, hashed; all numbers count as the same."""
    unquoted = _QUOTED.sub("", text)[:_LONGEST]
    words = _WORD.findall(_DIGITS.sub("0", unquoted.casefold()))
    return frozenset(crc32(f"{one} {two}".encode()) for one, two in pairwise(words))


def core_of(group: Iterable[int], shingled: Sequence[Shingles]) -> Shingles:
    """The pairs that at least two fifths of a group share."""
    listed = list(group)
    met = Counter(one for place in listed for one in shingled[place])
    return frozenset(one for one, count in met.items() if count >= max(2, _CORE * len(listed)))


def _join(shingled: Sequence[Shingles]) -> list[list[int]]:
    """Groups of texts that are alike, directly or through others.

    Similar texts almost surely share one of their smallest hashes. For each hash some texts are kept that
    have it and are not alike; a new text is compared only with these.
    """
    met = Counter(one for found in shingled for one in found)
    parent = list(range(len(shingled)))
    known: dict[int, list[int]] = defaultdict(list)
    for place, found in enumerate(shingled):
        smallest = nsmallest(_HASHES, (one for one in found if met[one] >= _LEAST_OF_FEW))
        for one in smallest:
            if not _join_known(place, known[one], shingled, parent) and len(known[one]) < _KNOWN:
                known[one].append(place)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(shingled)):
        groups[_root(parent, place)].append(place)
    return list(groups.values())


def _join_known(place: int, known: Iterable[int], shingled: Sequence[Shingles], parent: list[int]) -> bool:
    """Whether a text is like one of those; if so, it joins that text's group."""
    for other in known:
        own, theirs = _root(parent, place), _root(parent, other)
        if own == theirs:
            return True
        if _likeness(shingled[place], shingled[other]) >= _ALIKE:
            parent[own] = theirs
            return True
    return False


def _root(parent: list[int], place: int) -> int:
    while parent[place] != place:
        parent[place] = parent[parent[place]]
        place = parent[place]
    return place


def _likeness(one: Shingles, two: Shingles) -> float:
    shared = len(one & two)
    return shared / (len(one) + len(two) - shared or 1)


def _merge(cores: Sequence[Shingles]) -> list[Shingles]:
    """The cores without those that are mostly contained in a larger one."""
    kept: list[Shingles] = []
    for core in sorted(cores, key=len, reverse=True):
        if len(core) < _SHORTEST_CORE:
            continue
        if not any(len(core & other) >= _HELD * len(core) for other in kept):
            kept.append(core)
    return kept


def _assign(shingled: Sequence[Shingles], cores: Sequence[Shingles]) -> list[list[int]]:
    """Assign each text to the core it contains most of, if that is enough."""
    holding: dict[int, list[int]] = defaultdict(list)
    for place, core in enumerate(cores):
        for one in core:
            holding[one].append(place)
    groups: list[list[int]] = [[] for _ in cores]
    for place, found in enumerate(shingled):
        met = Counter(core for one in found for core in holding.get(one, ()))
        shares = {core: count / len(cores[core]) for core, count in met.items()}
        best = max(shares, key=lambda core: (shares[core], len(cores[core])), default=None)
        if best is not None and shares[best] >= _HELD:
            groups[best].append(place)
    return groups
