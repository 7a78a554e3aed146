"""Questions that are one: first each beside the group it is most alike, then groups that are alike together.

Pure Python over weighted features. A group is known by its centre, of which only the weightiest features
are kept; an index from feature to centre spares comparing with all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

from deskterm.domain.knowledge.weights import Weights, of_length_one, weigh_questions

_JOINS = 0.45  # likeness from which a question joins a group
_MERGES = 0.11  # and two groups are one
_WIDTH, _WIDE = 30, 60  # features of a centre: while groups form, and when they are merged
_ANEW = frozenset((2, 3, 5, 8, 13, 21, 34, 55, 89, 144))  # sizes at which a centre is worked out again
_FEWEST = 3


def find_clusters(texts: Iterable[str], answers: Sequence[str], categories: Sequence[str]) -> list[list[int]]:
    """Groups of at least three questions that are about one matter, as places in `texts`, the largest first.

    Within a group the most typical question stands first. `answers` name what answered them, empty for
    nothing known: questions in two languages with one answer come together by it. The texts are gone
    through once; that is most of the work.
    """
    weighed = weigh_questions(texts, answers, categories)
    groups = [one for one in _merge(_gather(weighed)) if len(one) >= _FEWEST]
    typical = [_by_likeness(weighed, one) for one in groups]
    return sorted(typical, key=lambda group: (-len(group), group[0]))


def _gather(weighed: Sequence[Weights]) -> list[tuple[list[int], dict[int, float]]]:
    """Each question to the group whose centre it is most alike, or to one of its own; with their sums."""
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
    """Groups that are still apart, each with the sum of its questions and its centre."""

    def __init__(self) -> None:
        self.members: dict[int, list[int]] = {}
        self._sums: dict[int, dict[int, float]] = {}
        self._centres: dict[int, Weights] = {}
        self._having: dict[int, Weights] = defaultdict(dict)  # feature -> group -> weight in its centre
        self.alike: list[tuple[float, int, int]] = []  # a heap, the most alike first
        self._next = 0

    def add(self, members: list[int], total: dict[int, float]) -> None:
        """Put a group beside the others, and note which it is alike. `total` is the sum of its questions."""
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
        """Make two groups one."""
        small, large = sorted((self._sums.pop(one), self._sums.pop(other)), key=len)
        for key, value in small.items():
            large[key] = large.get(key, 0.0) + value
        for group in (one, other):
            for key in self._centres.pop(group):
                del self._having[key][group]
        self.add(self.members.pop(one) + self.members.pop(other), large)


def _merge(groups: Sequence[tuple[list[int], dict[int, float]]]) -> list[list[int]]:
    """Join the two groups that are most alike, again and again, as long as any are."""
    merging = _Merging()
    for members, total in groups:
        merging.add(members, total)
    while merging.alike:
        _, one, other = heappop(merging.alike)
        if one in merging.members and other in merging.members:
            merging.join(one, other)
    return list(merging.members.values())


def _by_likeness(weighed: Sequence[Weights], group: Sequence[int]) -> list[int]:
    """The members, the one nearest the centre first."""
    total: dict[int, float] = defaultdict(float)
    for place in group:
        for key, value in weighed[place].items():
            total[key] += value
    near = {place: sum(value * total[key] for key, value in weighed[place].items()) for place in group}
    return sorted(group, key=lambda place: (-near[place], place))
