"""Questions as weighted features, with high weights for what distinguishes one matter from another.

Rare features weigh more (tf-idf). A feature's weight is also multiplied by how similar the questions that
share it are in everything else: questions with `refund` are similar, those with `could you please` are not.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest
from math import log, sqrt
from zlib import crc32

from deskterm.domain.suggest.features import features

Weights = dict[int, float]

_KEPT_FIRST, _KEPT = 32, 16  # features kept of a question: at first, and in the end
_COMMON, _MANY = (
    0.25,
    200,
)  # drop features in more than this share of the questions, once there are so many questions
_LOOKED_AT = 24  # questions per feature that are compared
_ANSWERED = 0.5  # weight of the answer: it connects languages, which share no words
_FILED = 0.3  # weight of the category: too little to join two questions by itself


def weigh_questions(texts: Iterable[str], answers: Sequence[str], categories: Sequence[str]) -> list[Weights]:
    """The unit vector of each question: its words, and its answer and category if known."""
    rare = _by_rarity([features(text) for text in texts])
    alike = _likeness(rare)
    known = zip(rare, answers, categories, strict=True)
    return [_finish(one, alike, answer, category) for one, answer, category in known]


def of_length_one(weights: Mapping[int, float], most: int) -> Weights:
    """The `most` heaviest features, scaled to length 1."""
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
    """For each feature, the mean similarity of the questions with it, not counting the feature itself."""
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
    weights = of_length_one({key: value * alike.get(key, 0.0) ** 2 for key, value in rare.items()}, _KEPT)
    for known, weight in ((f"answer {answer}" * bool(answer), _ANSWERED), (category, _FILED)):
        if known:
            weights[-crc32(known.encode())] = weight  # features of texts are not negative
    return of_length_one({key: value for key, value in weights.items() if value > 0}, _KEPT + 2)
