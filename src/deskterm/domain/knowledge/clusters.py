"""Clustering questions: each joins the most similar group, then similar groups are merged.

Pure Python over weighted features. Of a group's centre only the heaviest features are kept; an index
from feature to centre avoids comparing a question with every group.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

from deskterm.domain.knowledge.weights import Weights, of_length_one, weigh_questions

_JOINS = 0.45  # similarity at which a question joins a group
_MERGES = 0.11  # and at which two groups are merged
_WIDTH, _WIDE = 30, 60  # features kept of a centre, while grouping and while merging
_ANEW = frozenset((2, 3, 5, 8, 13, 21, 34, 55, 89, 144))  # sizes at which a centre is recomputed
FEWEST = 3  # questions of a group


def find_clusters(texts: Iterable[str], answers: Sequence[str], categories: Sequence[str]) -> list[list[int]]:
    """Groups of at least three questions about the same matter, as indices into `texts`, largest first.

    Within a group the most typical question comes first. `answers` name what answered them, empty for
    nothing known: questions in two languages with one answer come together by it. The texts are gone
    through once; that is most of the work.
    """
    weighed = weigh_questions(texts, answers, categories)
    groups = [one for one in _merge(_gather(weighed)) if len(one) >= FEWEST]
    typical = [_by_likeness(weighed, one) for one in groups]
    return sorted(typical, key=lambda group: (-len(group), group[0]))


def _gather(weighed: Sequence[Weights]) -> list[tuple[list[int], dict[int, float]]]:
    """Add each question to the most similar group, or to a new one; returns groups and their vector sums."""
    groups: list[list[int]] = []
    sums: list[dict[int, float]] = []
    index: dict[int, Weights] = defaultdict(dict)  # feature -> group -> weight in its centre
    for place, one in enumerate(weighed):
        best, likeness = _nearest(one, index)
        if likeness < _JOINS:
            if one:
                for key, value in one.items():
                    index[key][len(groups)] = value
                groups.append([place])
                sums.append(dict(one))
            continue
        groups[best].append(place)
        for key, value in one.items():
            sums[best][key] = sums[best].get(key, 0.0) + value
        if len(groups[best]) in _ANEW:
            for key in sums[best]:
                index[key].pop(best, None)
            for key, value in of_length_one(sums[best], _WIDTH).items():
                index[key][best] = value
    return list(zip(groups, sums, strict=True))


def _nearest(one: Weights, index: Mapping[int, Weights]) -> tuple[int, float]:
    likeness: dict[int, float] = defaultdict(float)
    for key, value in one.items():
        for group, weight in index.get(key, {}).items():
            likeness[group] += value * weight
    best = max(likeness, key=likeness.__getitem__, default=-1)
    return best, likeness.get(best, 0.0)


class _Merging:
    """The groups not merged yet, each with the vector sum of its questions and its centre."""

    def __init__(self) -> None:
        self.members: dict[int, list[int]] = {}
        self._sums: dict[int, dict[int, float]] = {}
        self._centres: dict[int, Weights] = {}
        self._having: dict[int, Weights] = defaultdict(dict)  # feature -> group -> weight in its centre
        self.alike: list[tuple[float, int, int]] = []  # a heap, most similar first
        self._next = 0

    def add(self, members: list[int], total: dict[int, float]) -> None:
        """Add a group and its similarities to the others. `total` is the vector sum of its questions."""
        group, centre = self._next, of_length_one(total, _WIDE)
        self._next += 1
        likeness: dict[int, float] = defaultdict(float)
        for key, value in centre.items():
            having = self._having[key]
            for other, weight in having.items():
                likeness[other] += value * weight
            having[group] = value
        self.members[group], self._sums[group], self._centres[group] = members, total, centre
        for other, how in likeness.items():
            if how >= _MERGES:
                heappush(self.alike, (-how, group, other))

    def join(self, one: int, other: int) -> None:
        """Merge two groups."""
        small, large = sorted((self._sums.pop(one), self._sums.pop(other)), key=len)
        for key, value in small.items():
            large[key] = large.get(key, 0.0) + value
        for group in (one, other):
            for key in self._centres.pop(group):
                del self._having[key][group]
        self.add(self.members.pop(one) + self.members.pop(other), large)


def _merge(groups: Sequence[tuple[list[int], dict[int, float]]]) -> list[list[int]]:
    """Merge the two most similar groups until none are similar enough."""
    merging = _Merging()
    for members, total in groups:
        merging.add(members, total)
    while merging.alike:
        _, one, other = heappop(merging.alike)
        if one in merging.members and other in merging.members:
            merging.join(one, other)
    return list(merging.members.values())


def _by_likeness(weighed: Sequence[Weights], group: Sequence[int]) -> list[int]:
    """The members, nearest to the centre first."""
    total: dict[int, float] = defaultdict(float)
    for place in group:
        for key, value in weighed[place].items():
            total[key] += value
    near = {place: sum(value * total[key] for key, value in weighed[place].items()) for place in group}
    return sorted(group, key=lambda place: (-near[place], place))
