"""Questions as weighted features: what tells one matter from another, and not what any mail may hold.

Rare features weigh more (tf-idf). Besides, a feature weighs as much as the questions that share it are alike
in everything else: `refund` stands in questions that are alike, `could you please` in any.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt
from zlib import crc32

from deskterm.domain.suggest.features import features

Weights = dict[int, float]

_KEPT_FIRST, _KEPT = 32, 16  # features of a question: to weigh by, and in the end
_COMMON, _MANY = (
    0.25,
    200,
)  # a feature of more of the questions than this says nothing, once there are so many
_LOOKED_AT = 24  # questions that share a feature
_ANSWERED = 0.5  # what the answer says beside the words: two languages have no word in common
_FILED = 0.3  # and the category: less than makes two questions one


def weigh_questions(texts: Iterable[str], answers: Sequence[str], categories: Sequence[str]) -> list[Weights]:
    """The features of each question, of length 1: its words, what answered it and its category, if known."""
    rare = _by_rarity([features(text) for text in texts])
    alike = _likeness(rare)
    known = zip(rare, answers, categories, strict=True)
    return [_finish(one, alike, answer, category) for one, answer, category in known]


def of_length_one(weights: Mapping[int, float], most: int) -> Weights:
    """The weightiest features, at most so many, scaled to length 1."""
    kept = (
        weights.items() if len(weights) <= most else nlargest(most, weights.items(), key=lambda one: one[1])
    )
    length = sqrt(sum(value * value for _, value in kept)) or 1.0
    return {key: value / length for key, value in kept}


def _by_rarity(counted: Sequence[Mapping[int, int]]) -> list[Weights]:
    met: Counter[int] = Counter()
    for one in counted:
        met.update(one.keys())
    total = len(counted)
    most = total * _COMMON if total >= _MANY else total + 1
    rarity = {key: log((total + 1) / (count + 0.5)) for key, count in met.items() if 1 < count <= most}
    return [
        of_length_one(
            {key: (1 + log(count)) * rarity[key] for key, count in one.items() if key in rarity}, _KEPT_FIRST
        )
        for one in counted
    ]


def _likeness(weighed: Sequence[Weights]) -> Weights:
    """By feature: the mean likeness of the questions that share it, in all but that feature."""
    sharing: dict[int, list[int]] = defaultdict(list)
    for place, one in enumerate(weighed):
        for key in one:
            sharing[key].append(place)
    return {key: _mean_likeness(key, places, weighed) for key, places in sharing.items() if len(places) > 1}


def _mean_likeness(key: int, places: Sequence[int], weighed: Sequence[Weights]) -> float:
    looked_at = places[:: max(1, len(places) // _LOOKED_AT)][:_LOOKED_AT]
    total: dict[int, float] = defaultdict(float)
    for place in looked_at:
        for other, value in weighed[place].items():
            total[other] += value
    total[key] = 0.0
    own = sum(1 - weighed[place][key] ** 2 for place in looked_at)
    pairs = len(looked_at) * (len(looked_at) - 1)
    return max(0.0, (sum(value * value for value in total.values()) - own) / pairs)


def _finish(rare: Weights, alike: Weights, answer: str, category: str) -> Weights:
    told = of_length_one({key: value * alike.get(key, 0.0) ** 2 for key, value in rare.items()}, _KEPT)
    for known, weight in ((f"answer {answer}" * bool(answer), _ANSWERED), (category, _FILED)):
        if known:
            told[-crc32(known.encode())] = weight  # no feature of a text is below 0
    return of_length_one({key: value for key, value in told.items() if value > 0}, _KEPT + 2)
