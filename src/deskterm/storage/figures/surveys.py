"""Surveys, derived from mails: a letter from a survey macro asks, the customer's next mail answers."""

import json
from collections.abc import Iterable, Iterator
from sqlite3 import Connection, Row
from typing import NamedTuple

from deskterm.domain.figures.records import SurveyAnswer
from deskterm.domain.figures.survey_answers import SURVEYS, SurveyWords, is_bad, is_best, read_answer
from deskterm.domain.tickets import UNHAPPY
from deskterm.storage.schema.columns import folds_of
from deskterm.storage.search.word_index import without_folds

_DAY = 86400
_AFTER, _LATEST = 1 * _DAY, 3 * _DAY  # since the solve
_APART = 30 * _DAY  # between two questions to one customer
_ASKS = ", ".join(f"'{macro}'" for macro in SURVEYS)
NO_SURVEY = "no survey"  # the tag of a ticket after which nobody is to be asked
NEVER_SURVEY = "never survey"  # the tag of any ticket of a customer who is never to be asked
_NEVER = ("complaint", "crisis")
# The solve of a ticket `t` where a macro's days ran out: no letter was queued with it.
_BY_THE_CLOCK = (
    "SELECT 1 FROM events e WHERE e.ticket_id = t.id AND e.what = 'status' AND e.by = 'macro'"
    " AND e.now = '\"solved\"' AND e.at = t.solved_at"
    " AND NOT EXISTS (SELECT 1 FROM events q WHERE q.action = e.action AND q.what = 'queued')"
)


class SurveyReply(NamedTuple):
    """A survey question and the customer's answer in their next mail."""

    ticket_id: int
    customer_id: int
    asked_at: int
    macro: str
    answered_at: int | None
    words: SurveyWords | None
    answer: int | None = None  # the message
    macros: tuple[str, ...] = ()  # those that our replies before were made from


def survey_replies(tx: Connection, ticket_id: int | None = None) -> Iterator[SurveyReply]:
    """Every question that was asked, or those on one ticket, the oldest first.

    A mail answers the last question before it, and no other.
    """
    own = "" if ticket_id is None else " AND q.ticket_id = ?"
    rows = tx.execute(
        "SELECT q.ticket_id, t.customer_id, q.at, q.macro, a.at AS answered, a.id AS answer,"
        " a.text, a.folds, (SELECT json_group_array(DISTINCT o.macro) FROM message o WHERE"
        " o.ticket_id = q.ticket_id AND o.direction = 'out' AND o.at < q.at AND o.macro != ''"
        f" AND o.macro NOT IN ({_ASKS})) AS macros FROM message q"
        " JOIN ticket t ON t.id = q.ticket_id LEFT JOIN message a ON a.id = (SELECT n.id FROM message n"
        " WHERE n.ticket_id = q.ticket_id AND n.direction = 'in' AND n.machine = '' AND n.at > q.at"
        " AND NOT EXISTS (SELECT 1 FROM message later WHERE later.ticket_id = q.ticket_id"
        f" AND later.direction = 'out' AND later.macro IN ({_ASKS})"
        " AND (later.at, later.id) > (q.at, q.id) AND later.at < n.at)"
        " ORDER BY n.at LIMIT 1)"
        f" WHERE q.macro != '' AND q.macro IN ({_ASKS}) AND q.direction = 'out'{own} ORDER BY q.at",
        () if ticket_id is None else (ticket_id,),
    )
    return (_survey_reply(row) for row in rows)


def _survey_reply(row: Row) -> SurveyReply:
    words = None
    if row["answered"] is not None:
        own = without_folds(row["text"], folds_of(row["folds"]))
        words = read_answer(SURVEYS[row["macro"]], own.strip())
    return SurveyReply(
        row["ticket_id"], row["customer_id"], row["at"], row["macro"], row["answered"], words, row["answer"],
        tuple(json.loads(row["macros"])),
    )  # fmt: skip


def answers(tx: Connection) -> list[SurveyAnswer]:
    """The same for the figures; who asked for no more of them gave no answer."""
    found = []
    for one in survey_replies(tx):
        score = one.words.score if one.words else None
        if one.words is None or score is None:
            found.append(SurveyAnswer(one.ticket_id, one.asked_at, SURVEYS[one.macro]))
        else:
            kind, comment = SURVEYS[one.macro], one.words.comment
            found.append(
                SurveyAnswer(one.ticket_id, one.asked_at, kind, one.answered_at, score, comment, one.macros)
            )
    return found


def due(tx: Connection, now: int) -> list[int]:
    """The tickets whose customers may be asked now, a day after the solve and three at most (UTC seconds).

    Never after a complaint, without a reply of ours, where the ticket says no or the clock alone solved it
    (nobody has said that all is well), nor a customer who said no or was asked in the last thirty days.
    """
    listed = list(survey_replies(tx))
    refused = {one.customer_id for one in listed if one.words is not None and one.words.stop}
    lately = {one.customer_id for one in listed if one.asked_at > now - _APART}
    rows = tx.execute(
        "SELECT t.id, t.customer_id, t.tags FROM ticket t WHERE t.status = 'solved' AND t.inferred = 0"
        " AND t.view = 'customers' AND t.joined_into IS NULL AND t.channel = 'mail'"
        f" AND t.category NOT IN ({', '.join(map(repr, _NEVER))}) AND t.solved_at BETWEEN ? AND ?"
        f" AND NOT EXISTS (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.macro IN ({_ASKS}))"
        " AND NOT EXISTS (SELECT 1 FROM ticket o JOIN json_each(o.tags) g WHERE o.customer_id = t.customer_id"
        f" AND g.value = '{NEVER_SURVEY}')"
        f" AND NOT EXISTS ({_BY_THE_CLOCK})"
        " AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.ticket_id = t.id)"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.ticket_id = t.id "
        " AND (o.created_at > t.solved_at OR o.state IN ('queued', 'sending', 'may have been sent')))"
        " AND EXISTS (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.machine = ''"
        " AND m.direction = 'out')"
        " AND EXISTS (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.machine = ''"
        " AND m.direction = 'in')"
        " ORDER BY t.solved_at",
        (now - _LATEST, now - _AFTER),
    )
    return [
        row["id"]
        for row in rows
        if row["customer_id"] not in refused | lately and NO_SURVEY not in json.loads(row["tags"])
    ]


def answered_well(tx: Connection) -> list[int]:
    """Open tickets whose newest mail is nothing but a score that needs nobody: neither bad nor the best."""
    found = []
    for one in survey_replies(tx):
        if (
            one.words is None
            or one.words.comment
            or is_bad(one.words)
            or is_best(SURVEYS[one.macro], one.words)
        ):
            continue
        row = tx.execute(
            "SELECT 1 FROM ticket t WHERE t.id = ? AND t.status = 'open' AND NOT EXISTS ("
            "SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.at > ?)",
            (one.ticket_id, one.answered_at or 0),
        ).fetchone()
        if row is not None:
            found.append(one.ticket_id)
    return found


def mark_bad(tx: Connection, ticket_ids: Iterable[int], message_ids: Iterable[int]) -> None:
    """Note on new mails of tickets that they answer a survey with a bad score: they stand on top then."""
    new = set(message_ids)
    bad = [
        one.answer
        for ticket in ticket_ids
        for one in survey_replies(tx, ticket)
        if one.answer in new and one.words is not None and is_bad(one.words)
    ]
    tx.executemany("UPDATE message SET due = ? WHERE id = ?", ((UNHAPPY, one) for one in bad))


def is_best_answer(tx: Connection, ticket_id: int, message_id: int) -> bool:
    """Whether a mail of a ticket gives a survey the best score there is."""
    answers = (one for one in survey_replies(tx, ticket_id) if one.answer == message_id)
    return any(one.words is not None and is_best(SURVEYS[one.macro], one.words) for one in answers)


def customers_words(tx: Connection, ticket_id: int) -> str:
    """Everything the customer wrote on a ticket."""
    rows = tx.execute(
        "SELECT text FROM message WHERE ticket_id = ? AND direction = 'in' AND machine = ''", (ticket_id,)
    )
    return "\n".join(row[0] for row in rows)
