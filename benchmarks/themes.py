"""`python -m benchmarks.themes FILE.csv`: how well questions are grouped, beside two naive methods.

The file has columns `utterance` and `intent`. A third of it (by a hash of the words) was used for writing the
rules; the other two thirds are judged, and 10,000 questions made of all are timed in CPU seconds.
If the folder of a desk is given instead (`deskterm demo --no-open` makes one), its questions are judged by their
categories.
"""

import csv
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zlib import crc32

from deskterm.cli.composition import assemble
from deskterm.config.paths import Home
from deskterm.domain.knowledge.clusters import find_clusters
from deskterm.domain.suggest.suggest import question_text
from deskterm.storage.answers.questions import asked_since

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST, _MANY, _YEAR = 3, 10_000, 365 * 86400


def judge_groups(groups: Iterable[Sequence[int]], labels: Sequence[str]) -> str:
    """Purity, coverage, how many groups, and how many of the labels are half or more in one of them."""
    kept = [Counter(labels[place] for place in group) for group in groups if len(group) >= _FEWEST]
    covered = sum(sum(one.values()) for one in kept)
    right = sum(one.most_common(1)[0][1] for one in kept)
    total = Counter(labels)
    whole = sum(any(2 * one[label] >= count for one in kept) for label, count in total.items())
    return (
        f"purity {right / max(1, covered):.3f}  coverage {covered / len(labels):.3f}"
        f"  groups {len(kept)}  whole {whole} of {len(total)}"
    )


def group_by(texts: Sequence[str], key: Callable[[list[str], Counter[str]], str]) -> list[list[int]]:
    """A naive method: questions with the same characteristic word form a group."""
    words = [_WORD.findall(text.casefold()) for text in texts]
    met = Counter(word for one in words for word in set(one))
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(words):
        found[key(one, met)].append(place)
    return list(found.values())


def rarest(words: list[str], met: Counter[str]) -> str:
    """The rarest word that three questions share."""
    return min((word for word in words if met[word] >= _FEWEST), key=lambda word: met[word], default="")


def longest(words: list[str], _met: Counter[str]) -> str:
    """The longest word."""
    return max(words, key=len, default="")


def judge_desk(home: Path) -> None:
    """Print the figures of a desk's own questions, by their categories, which the ways do not see."""
    now = int(time.time())
    with assemble(Home(home), read_only=True) as app, app.db.read() as tx:
        asked = [one for one in asked_since(tx, now - _YEAR, _MANY) if one.category not in ("", "thanks")]
    texts = [question_text(one.subject, one.text) for one in asked]
    labels, none = [one.category for one in asked], [""] * len(asked)
    print(f"{len(asked)} questions of {home}")
    print("  this          ", judge_groups(find_clusters(texts, [one.macro for one in asked], none), labels))
    print("  words alone   ", judge_groups(find_clusters(texts, none, none), labels))
    print("  rarest shared ", judge_groups(group_by(texts, rarest), labels))


def main(path: Path) -> None:
    """Print all figures."""
    if path.is_dir():
        judge_desk(path)
        return
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["utterance"], row["intent"]) for row in csv.DictReader(file)]
    texts, labels = zip(*(row for row in rows if crc32(row[0].encode()) % 3), strict=True)
    none = [""] * len(texts)
    print(f"{len(texts)} questions kept aside")
    print("  this          ", judge_groups(find_clusters(texts, none, none), labels))
    print("  rarest shared ", judge_groups(group_by(texts, rarest), labels))
    print("  longest word  ", judge_groups(group_by(texts, longest), labels))
    many = [text for text, _ in (*rows, *((f"{text} please today", label) for text, label in rows))][:_MANY]
    began = time.process_time()
    find_clusters(many, [""] * len(many), [""] * len(many))
    print(f"{len(many)} questions: {time.process_time() - began:.1f} s of CPU")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
