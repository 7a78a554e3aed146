"""Learning from the owner's answers which macro a mail needs.

Each label (a macro, or `NONE` for replies written by hand) has weights. They begin as the centroid of its
mails; each mail that does not lead by a margin moves them a step (passive-aggressive, PA-I: Crammer et al.,
JMLR 7, 2006). In addition each macro has a prototype made from the `words:` in its file: without it, what is
learned in one language would depend on the language and not on the matter.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from math import log, sqrt

from deskterm.domain.suggest.features import Features, features
from deskterm.value_class import dataclass

NONE = ""  # the label of a reply written without a macro

Vector = dict[int, float]

_MARGIN = 0.3
_STEP = 1.0  # the longest step (C)
_ROUNDS = 3
_LEARNED = 1.0  # weight of what was learned, relative to the words of the files
_COMMON = 0.25  # a feature in more than this share of the mails says nothing
_MANY = 200  # mails from which on that is applied


@dataclass(slots=True)
class Lesson:
    """A mail and the label of its answer."""

    text: str
    label: str


Watch = Callable[[Iterable[Lesson]], Iterable[Lesson]]


@dataclass(slots=True)
class Learner:
    """Scores labels for a text. `words` are, by label, the sample texts in each macro's file.

    `read` gives a text's features; who reads the same texts several times may remember them.
    """

    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seen: int = 0  # mails
    in_mails: dict[int, int] = field(default_factory=dict)  # in how many of them each feature occurs
    weights: dict[int, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    labels: set[str] = field(default_factory=set)
    read: Callable[[str], Features] = features
    _by_words: dict[int, dict[str, float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.read_words(self.words)

    def read_words(self, words: Mapping[str, Sequence[str]]) -> None:
        """Use these words of the macros' files from now on."""
        self.words = words
        counted = {label: _features_of(texts) for label, texts in words.items() if texts}
        in_files: dict[int, int] = defaultdict(int)
        for one in counted.values():
            for feature in one:
                in_files[feature] += 1
        self._by_words = defaultdict(dict)
        rarity = {files: log((len(counted) + 1) / (files + 0.5)) for files in set(in_files.values())}
        for label, one in counted.items():
            rare = {key: (1 + log(count)) * rarity[in_files[key]] for key, count in one.items()}
            length = sqrt(sum(value * value for value in rare.values())) or 1.0
            for key, value in rare.items():
                self._by_words[key][label] = value / length

    def fit(self, lessons: Sequence[Lesson], watch: Watch = iter) -> None:
        """Learn from scratch from lessons, oldest first. `watch` may report progress while they are read."""
        counted = [self.read(one.text) for one in watch(lessons)]
        self.seen, self.in_mails = 0, {}
        self.weights, self.labels = defaultdict(dict), {one.label for one in lessons}
        for one in counted:
            self._count(one)
        vectors = [self._vector(one) for one in counted]
        labels = [one.label for one in lessons]
        self._put_centroids(vectors, labels)
        for _ in range(_ROUNDS if len(self.labels) > 1 else 0):  # of one label alone no step moves anything
            for vector, label in zip(vectors, labels, strict=True):
                self._step(vector, label)

    def learn(self, lesson: Lesson) -> None:
        """Learn one more lesson."""
        found = self.read(lesson.text)
        self._count(found)
        vector = self._vector(found)
        if lesson.label not in self.labels:
            self.labels.add(lesson.label)
            for key, value in vector.items():
                self.weights[key][lesson.label] = value
        self._step(vector, lesson.label)

    def by_label(self) -> dict[str, dict[int, float]]:
        """The learned weights: label -> feature -> weight."""
        found: dict[str, dict[int, float]] = {label: {} for label in self.labels}
        for key, of_key in self.weights.items():
            for label, weight in of_key.items():
                found[label][key] = weight
        return found

    def take(self, by_label: Mapping[str, Mapping[int, float]]) -> None:
        """Restore weights that `by_label` returned."""
        self.labels = set(by_label)
        for label, of_label in by_label.items():
            for key, weight in of_label.items():
                self.weights[key][label] = weight

    def scores(self, text: str) -> dict[str, float]:
        """A score for each label, including `NONE`."""
        found = self.read(text)
        total: dict[str, float] = defaultdict(float)
        for key, value in self._vector(found).items():
            for label, weight in self.weights.get(key, {}).items():
                total[label] += value * weight * _LEARNED
        for label, value in self._by_file(found).items():
            total[label] += value
        return total

    def _by_file(self, found: Features) -> dict[str, float]:
        total: dict[str, float] = defaultdict(float)
        length = (
            sqrt(sum((1 + log(count)) ** 2 for key, count in found.items() if key in self._by_words)) or 1.0
        )
        for key, count in found.items():
            for label, weight in self._by_words.get(key, {}).items():
                total[label] += weight * (1 + log(count)) / length
        return total

    def _count(self, found: Features) -> None:
        self.seen += 1
        in_mails = self.in_mails
        for key in found:
            in_mails[key] = in_mails.get(key, 0) + 1

    def _vector(self, found: Features) -> Vector:
        """The tf-idf vector with logarithmic counts, of length 1; features in too many mails are left out."""
        total, in_mails = self.seen, self.in_mails
        most = total * _COMMON if total >= _MANY else total + 1
        rarity: dict[int, float] = {}  # by the number of mails: few numbers, many features
        vector: Vector = {}
        for key, count in found.items():
            known = in_mails.get(key, 0)
            if known <= most:
                if known not in rarity:
                    rarity[known] = log((total + 1) / (known + 0.5))
                vector[key] = rarity[known] if count == 1 else (1 + log(count)) * rarity[known]
        length = sqrt(sum(value * value for value in vector.values())) or 1.0
        return {key: value / length for key, value in vector.items()}

    def _put_centroids(self, vectors: Sequence[Vector], labels: Sequence[str]) -> None:
        sums: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for vector, label in zip(vectors, labels, strict=True):
            of_label = sums[label]
            for key, value in vector.items():
                of_label[key] += value
        for label, of_label in sums.items():
            length = sqrt(sum(value * value for value in of_label.values())) or 1.0
            for key, value in of_label.items():
                self.weights[key][label] = value / length

    def _step(self, vector: Vector, label: str) -> None:
        """Move the weights if the label does not lead the next one by the margin."""
        weights = self.weights
        points: dict[str, float] = defaultdict(float)
        for key, value in vector.items():
            for other, weight in weights.get(key, {}).items():
                points[other] += value * weight
        right = points.pop(label, 0.0)
        rival = max(points, key=points.__getitem__, default=None)
        loss = _MARGIN - right + (points[rival] if rival is not None else 0.0)
        if loss <= 0 or rival is None:
            return
        step = min(_STEP, loss / 2)  # a vector of length 1, for two labels
        for key, value in vector.items():
            of_key = weights[key]
            of_key[label] = of_key.get(label, 0.0) + step * value
            of_key[rival] = of_key.get(rival, 0.0) - step * value


def _features_of(texts: Sequence[str]) -> Features:
    """The features of several texts together, without `*` and `^`."""
    found: Counter[int] = Counter()
    for text in texts:
        found.update(features(text.replace("*", "").replace("^", "")))
    return found
