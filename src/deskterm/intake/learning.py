"""Learning from the owner's answers which macro fits which question, from Sent mail and replies sent here.

Each pair of question and answer is stored as a lesson. Now and then the weights are computed from all lessons
and saved; newer lessons are learned on top of them in memory.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from deskterm.domain.desk_state import ProgressReporter
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.suggest.features import Features, features
from deskterm.domain.suggest.habits import find_habits
from deskterm.domain.suggest.learner import NONE, Learner, Lesson
from deskterm.domain.suggest.origin import Origins
from deskterm.domain.suggest.suggest import Request, lead, points_of
from deskterm.storage import desk_facts
from deskterm.storage.answers import lessons, offers, sent, weights
from deskterm.storage.answers.lessons import Taught
from deskterm.storage.answers.weights import Weights
from deskterm.storage.schema.database import Database, Tx

HABITS = "answers typed again"  # the key under which the first sync's finding waits until the owner sees it
ANSWERS = 6_000  # how many answers, the newest, are compared to find habits
MOST = 2_000  # lessons that the weights are computed from; older ones no longer show a habit
_FEW, _EVERY, _THEN = 150, 5, 75  # recompute after 5 new lessons while there are up to 150, then after 75
_REHEARSED = 300  # lessons from old mail on which guesses are tried before the owner sees one
_LEAST = 40  # lessons without which nothing is tried or counted


def teach(tx: Tx, ticket_ids: Iterable[int], playbook: Playbook) -> int:
    """Store lessons from the answers in tickets that have given none yet; returns how many there were."""
    pairs = lessons.untaught(tx, ticket_ids)
    if not pairs:
        return 0
    origins = Origins(playbook.macros.values())
    lessons.put(tx, [Taught(one.question, one.macro or origins.macro_of(one.text), one.at) for one in pairs])
    return len(pairs)


def is_due(tx: Tx) -> bool:
    """Whether enough lessons were added, or removed, since the weights were last computed."""
    known, there = weights.state(tx), lessons.count(tx)
    new = there - known.lessons
    return new < 0 or new >= (_EVERY if there <= _FEW else _THEN)


def is_long(tx: Tx) -> bool:
    """Whether computing the weights takes seconds, too long beside an open screen."""
    return lessons.count(tx) > 2 * _FEW


def fit(
    db: Database,
    playbook: Playbook,
    stop: Callable[[], bool] = lambda: False,
    reporter: ProgressReporter | None = None,
) -> bool:
    """Compute the weights from the lessons and save them; returns False if `stop` ended it early."""
    reporter = reporter or ProgressReporter()
    with db.read() as tx:
        listed = lessons.last(tx, MOST)
        up_to, count = lessons.newest(tx), lessons.count(tx)
        first = not weights.state(tx).up_to
    read = cache(features)  # most texts are read two or three times
    guesses = _replay_lessons(listed, playbook, reporter, read) if first and len(listed) >= _LEAST else []
    learner = Learner(read=read)
    reporter.begin("learning from your answers", len(listed))
    learner.fit([lesson for _, lesson in listed], reporter.each)
    if stop():
        return False
    counted = _count_habits(db, playbook, reporter) if first and len(listed) >= _LEAST else None
    with db.write(durable=False) as tx:
        if counted:
            desk_facts.set_fact(tx, HABITS, json.dumps(counted))
        lessons.put_guesses(tx, guesses)
        offers.drop_all(tx)
        weights.save(tx, Weights(learner.by_label(), learner.in_mails, learner.seen, up_to, count))
    return True


def _count_habits(db: Database, playbook: Playbook, reporter: ProgressReporter) -> tuple[int, int]:
    """How many answers were read, and how many the owner keeps typing although no macro has their text."""
    origins = Origins(playbook.macros.values())
    with db.read() as tx:
        texts = [one.text for one in sent.by_hand(tx, ANSWERS)]
    reporter.begin("comparing your answers", len(texts))
    by_hand = [text for text in reporter.each(texts) if not origins.macro_of(text)]
    return len(texts), len(find_habits(by_hand))


def load(tx: Tx, words: Mapping[str, Sequence[str]]) -> tuple[Learner, int]:
    """The learner with the saved weights, newer lessons and the macros' words; and the last lesson's id."""
    kept = weights.load(tx)
    learner = Learner(words, kept.seen, kept.in_mails)
    learner.take(kept.by_label)
    return learner, catch_up(tx, learner, kept.up_to)


def catch_up(tx: Tx, learner: Learner, up_to: int) -> int:
    """Learn the lessons after `up_to`; returns the id of the last one it knows then."""
    newest = lessons.newest(tx)
    if newest > up_to:
        for _, lesson in lessons.last(tx, _THEN, after=up_to):
            learner.learn(lesson)
    return max(newest, up_to)


def words_of(macros: Mapping[str, Macro]) -> dict[str, tuple[str, ...]]:
    """By macro, the words that its file gives for mails it answers."""
    return {macro.id: macro.sample_texts for macro in macros.values() if macro.sample_texts}


def _replay_lessons(
    listed: list[tuple[int, Lesson]],
    playbook: Playbook,
    reporter: ProgressReporter,
    read: Callable[[str], Features],
) -> list[tuple[int, str, float]]:
    """What earlier lessons would have suggested for the last ones: shows how far to trust suggestions.

    Each is the question's message, the macro suggested and its lead in points.
    """
    cut = max(len(listed) * 2 // 3, len(listed) - _REHEARSED)
    learner = Learner(words_of(playbook.macros), read=read)
    reporter.begin("trying out suggestions on your answers", len(listed))
    learner.fit([lesson for _, lesson in listed[:cut]], reporter.each)
    made: list[tuple[int, str, float]] = []
    for question, lesson in reporter.each(listed[cut:]):
        points = points_of(Request(lesson.text), playbook, learner)
        best = max(points, key=points.__getitem__, default=NONE)
        if best != NONE:
            made.append((question, best, lead(points, best)))
        learner.learn(lesson)
    return made
