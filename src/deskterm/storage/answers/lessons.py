"""Lessons: which question got which answer, and whether the suggestion was right."""

from collections.abc import Iterable, Sequence
from sqlite3 import Connection
from typing import Any, NamedTuple

from deskterm.domain.messages import Direction
from deskterm.domain.suggest.learner import Lesson
from deskterm.domain.suggest.suggest import question_text
from deskterm.domain.suggest.trust import OfferOutcome, PastGuess
from deskterm.storage.schema.columns import folds_of, to_json
from deskterm.storage.search.word_index import without_folds

_LAST_GUESSES = 600


class Taught(NamedTuple):
    """The answer to a question (a message id), and the suggestion made before, if any."""

    question: int
    label: str
    at: int
    guess: str = ""
    margin: float = 0.0
    outcome: OfferOutcome = OfferOutcome.NONE_OFFERED


class Pair(NamedTuple):
    """A customer's mail and our answer to it, both as message ids."""

    question: int
    answer: int
    at: int
    macro: str
    text: str  # the answer's own words


def put(tx: Connection, lessons: Iterable[Taught]) -> None:
    """Store lessons, replacing earlier ones about the same question."""
    listed = list(lessons)
    tx.execute(
        "DELETE FROM lesson WHERE question IN (SELECT value FROM json_each(?))",
        (to_json([one.question for one in listed]),),
    )
    tx.executemany(
        "INSERT INTO lesson(question, label, at, guess, margin, outcome) VALUES (?, ?, ?, ?, ?, ?)", listed
    )


def of_question(tx: Connection, question: int | None) -> Taught | None:
    """The lesson from the last answer to a question."""
    row = tx.execute(
        "SELECT question, label, at, guess, margin, outcome FROM lesson WHERE question = ?", (question,)
    ).fetchone()
    return taught_from(tuple(row)) if row else None


def taught_from(values: Sequence[Any]) -> Taught:
    """A lesson from its columns, in their order."""
    question, label, at, guess, margin, outcome = values
    return Taught(question, label, at, guess, margin, OfferOutcome(outcome))


def remove(tx: Connection, question: int) -> None:
    """Delete the lesson about a question, because the answer was taken back."""
    tx.execute("DELETE FROM lesson WHERE question = ?", (question,))


def relabel(tx: Connection, questions: Iterable[int], label: str) -> None:
    """Relabel lessons with a macro whose text was written by hand before there was a file."""
    given = to_json(list(questions))
    rows = tx.execute(
        "SELECT question, at FROM lesson WHERE question IN (SELECT value FROM json_each(?)) ORDER BY id",
        (given,),
    ).fetchall()
    put(tx, [Taught(row[0], label, row[1]) for row in rows])


def count(tx: Connection) -> int:
    """How many there are."""
    return int(tx.execute("SELECT count(*) FROM lesson").fetchone()[0])


def newest(tx: Connection) -> int:
    """The id of the last one, 0 when there is none."""
    return int(tx.execute("SELECT coalesce(max(id), 0) FROM lesson").fetchone()[0])


def last(tx: Connection, most: int, after: int = 0) -> list[tuple[int, Lesson]]:
    """The last lessons after id `after`, with the ids of their questions, oldest first, at most `most`."""
    rows = tx.execute(
        "SELECT m.id, m.subject, m.text, m.folds, l.label FROM (SELECT * FROM lesson WHERE id > ?"
        " ORDER BY id DESC LIMIT ?) l JOIN message m ON m.id = l.question ORDER BY l.id",
        (after, most),
    )
    return [
        (row[0], Lesson(question_text(row[1], without_folds(row[2], folds_of(row[3]))), row[4]))
        for row in rows
    ]


def guesses(tx: Connection) -> list[PastGuess]:
    """The last suggestions and whether they were right, oldest first."""
    rows = tx.execute(
        "SELECT margin, guess = label FROM lesson WHERE guess != '' ORDER BY id DESC LIMIT ?",
        (_LAST_GUESSES,),
    ).fetchall()
    return [PastGuess(row[0], bool(row[1])) for row in reversed(rows)]


def put_guesses(tx: Connection, made: Iterable[tuple[int, str, float]]) -> None:
    """Keep (question, guess, margin) of lessons that were taught without one; no owner saw these guesses."""
    tx.executemany("UPDATE lesson SET guess = ?2, margin = ?3 WHERE question = ?1 AND guess = ''", list(made))


def outcomes(tx: Connection, since: int, until: int) -> list[OfferOutcome]:
    """What became of the suggestions in a period (UTC seconds)."""
    rows = tx.execute("SELECT outcome FROM lesson WHERE outcome != '' AND at >= ? AND at < ?", (since, until))
    return [OfferOutcome(row[0]) for row in rows]


def untaught(tx: Connection, ticket_ids: Iterable[int]) -> list[Pair]:
    """Mails of tickets with our next answer to them, as far as they have taught nothing yet.

    Several mails without an answer between them: the last one is the question.
    """
    rows = tx.execute(
        "SELECT m.ticket_id, m.id, m.at, m.direction, m.macro, m.text, m.folds, l.id"
        " FROM json_each(?) AS given JOIN message m ON m.ticket_id = given.value"
        " LEFT JOIN lesson l ON l.question = m.id"
        " WHERE m.machine = '' AND m.aside = 0 AND m.direction != 'note'"
        " ORDER BY m.ticket_id, m.at, m.same_key",
        (to_json(list(ticket_ids)),),
    )
    found: list[Pair] = []
    asked: tuple[int, int, bool] | None = None
    for ticket, message, at, direction, macro, text, folds, lesson in rows:
        if direction == Direction.IN:
            asked = (ticket, message, lesson is not None)
        elif asked is not None and asked[0] == ticket:
            if not asked[2]:
                found.append(Pair(asked[1], message, at, macro, without_folds(text, folds_of(folds))))
            asked = None
    return found
