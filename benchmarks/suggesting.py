"""How often the right macro is offered: `python -m benchmarks.suggesting [FILE.csv]`.

Without a file the macros that ship answer mails of several sentences in four languages that their words were
not fitted to (tests/domain/suggest/questions.txt), with nothing learned. With one, a fifth of its rows
(columns `text` and `label`) is kept aside and the rest is learned from, five mails a label and all of them.
"""

import csv
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from benchmarks.adapters import Suggestions
from benchmarks.measuring import ROOT
from deskterm.config.starter import starter
from deskterm.desk.playbook import PlaybookFiles, start
from deskterm.domain.people.language import language_of
from deskterm.domain.suggest.suggest import Request, category, offer_answers

QUESTIONS = ROOT / "tests/domain/suggest/questions.txt"
_MENU, _SEEDS, _FIFTH = 3, 3, 5
Offered = Callable[[str], Iterable[str]]


def first_day() -> None:
    """Mails in four languages, answered with the macros that come with deskterm."""
    with TemporaryDirectory(prefix="suggesting-") as folder:
        start(Path(folder), starter())
        book = PlaybookFiles(Path(folder)).current()
    hits: dict[str, list[int]] = defaultdict(list)
    for entry in QUESTIONS.read_text("utf-8").split("@")[1:]:
        head, _, words = entry.partition("\n")
        language, _, wanted = head.split()
        asked = Request(words.strip(), "", category(words, "", book), language=language_of(words))
        offered = offer_answers(asked, book).macros[:_MENU]
        for name in (language, "all"):
            hits[name].append(offered.index(wanted) if wanted in offered else _MENU)
    for name, places in sorted(hits.items()):
        _print(name, places)


def from_file(path: Path) -> None:
    """Learn from a file's rows, and try that on those kept aside."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["label"]) for row in csv.DictReader(file)]
    of_label: dict[str, list[str]] = defaultdict(list)
    aside: list[tuple[str, str]] = []
    for text, label in rows:
        if crc32(text.encode()) % _FIFTH == 0:
            aside.append((text, label))
        else:
            of_label[label].append(text)
    for shots in (5, 0):
        places = []
        for seed in range(_SEEDS if shots else 1):
            dice, model = random.Random(seed), Suggestions()
            lessons = [
                (text, label)
                for label, texts in sorted(of_label.items())
                for text in dice.sample(texts, min(shots or len(texts), len(texts)))
            ]
            dice.shuffle(lessons)
            for text, label in lessons:
                model.learn(text, label)
            for text, label in aside:
                offered = model.suggest(text, _MENU)
                places.append(offered.index(label) if label in offered else _MENU)
        _print(f"{shots or 'all'} a label", places)


def _print(name: str, places: list[int]) -> None:
    first = sum(place == 0 for place in places) / len(places)
    menu = sum(place < _MENU for place in places) / len(places)
    print(f"{name:<12}{len(places):>6}  first {first:.3f}  among three {menu:.3f}")


if __name__ == "__main__":
    from_file(Path(sys.argv[1])) if sys.argv[1:] else first_day()
