"""Past tickets in which a customer asked much the same, and what was answered."""

import re
from collections.abc import Collection
from math import log, sqrt
from sqlite3 import Connection, Row

from deskterm.domain.suggest.features import matter_of
from deskterm.domain.views import SimilarTicket
from deskterm.storage import excerpts, lists
from deskterm.storage.schema.columns import folds_of, to_json
from deskterm.storage.search.functions import allow_functions
from deskterm.storage.search.word_index import split_pairs, without_folds
from deskterm.value_class import dataclass

_WORD = re.compile(r"[^\W\d_]{2,}")  # numbers name an order, not a matter
_MOST_WORDS = 24  # of the mail: the rarest tell the most
_MOST_READ = 400  # words of the mail that are looked up
_COMMON = 6  # a word that is in more than every so many-th mail says nothing
_FEW = 25  # mails a word may be in, however few mails there are
_LEAST_SHARED = 2  # words, and two more where the category is another one
_LEAST_LIKE = 0.12  # of 1, for a mail of the same words
_LEAST_LIKE_ELSEWHERE = 0.4  # the same where the category is another one, or none
_SAME_MATTER = 1.5  # how much more the same category counts
_MOST_LOOKED_AT = 80  # mails, or tickets
_SAMPLE = 400  # characters by which a language is told
_FILL = 5  # tickets, up to which others of the same category are added, the newest first
_NO_MATTER = ("", "question")  # categories of which nothing is in common

_ANSWER = """
    (SELECT a.id FROM message a
        WHERE a.ticket_id = m.ticket_id AND a.direction = 'out' AND a.machine = '' AND a.aside = 0
        AND a.at >= m.at ORDER BY a.at LIMIT 1)"""
_ASKED = f"""
SELECT m.slot, m.ticket_id, m.at, m.subject, m.text, m.folds, t.category, c.name, {_ANSWER} AS answer
FROM message m JOIN json_each(?) wanted ON m.slot = wanted.value
JOIN ticket t ON t.id = m.ticket_id LEFT JOIN customer c ON c.id = t.customer_id
WHERE m.ticket_id <> ? AND m.direction = 'in' AND m.machine = '' AND answer IS NOT NULL
"""

_SAME_CATEGORY = f"""
SELECT m.slot, m.ticket_id, m.at, m.subject, m.text, m.folds, {_ANSWER} AS answer
FROM (SELECT id, last_at FROM ticket WHERE category = ? AND id <> ? AND view = 'customers'
    AND joined_into IS NULL AND id NOT IN (SELECT value FROM json_each(?))
    ORDER BY last_at DESC LIMIT {_MOST_LOOKED_AT}) t
JOIN message m ON m.id = (SELECT id FROM message WHERE ticket_id = t.id AND direction = 'in' AND machine = ''
    ORDER BY at LIMIT 1)
WHERE answer IS NOT NULL AND language_of(m.text) = language_of(?) ORDER BY t.last_at DESC LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class SoughtMatter:
    """What is looked for: the newest question of a ticket, its customer's names, and its category."""

    ticket_id: int
    subject: str
    text: str
    names: str = ""
    category: str = ""


def find_similar(tx: Connection, matter: SoughtMatter, mails: int, most: int) -> list[SimilarTicket]:
    """Other tickets answered after a mail much like this one, the most similar first; at most that many.

    `mails` is how many there are: a word tells the more, the fewer of them have it. A ticket of the same
    category needs fewer words in common; where few are alike, the newest ones of it follow.
    """
    words = _words(matter.subject, matter.text, matter.names)
    weights = _telling(_weigh(tx, words, mails), words)
    found = tx.execute(_ASKED, (to_json(_candidates(tx, weights)), matter.ticket_id)).fetchall()
    found = [
        one for one in found if len(_split(_own_text(one))) >= _LEAST_SHARED
    ]  # an answered survey is none
    theirs = {one["slot"]: _words(one["subject"], _own_text(one), one["name"] or "") for one in found}
    weights_of = _weigh(tx, frozenset().union(*theirs.values()), mails)
    likeness = {
        one["slot"]: _likeness(
            weights, _telling(weights_of, theirs[one["slot"]]), same=one["category"] == matter.category != ""
        )
        for one in found
    }
    found = [one for one in found if likeness[one["slot"]]]
    found.sort(key=lambda one: (-likeness[one["slot"]], -one["at"]))
    by_ticket = {one["ticket_id"]: one for one in reversed(found)}  # its likest comes last
    best = [one for one in found if by_ticket[one["ticket_id"]] is one][:most]
    alike = {one["ticket_id"] for one in best}
    best += _of_category(tx, matter, alike, min(most, _FILL) - len(best))
    rows = {row.ticket_id: row for row in lists.rows(tx, {one["ticket_id"] for one in best})}
    return [
        SimilarTicket(
            rows[one["ticket_id"]],
            one["at"],
            _begin(one, list(words)),
            _answer(tx, one["answer"]),
            by_category=one["ticket_id"] not in alike,
        )
        for one in best
    ]


def count_mails(tx: Connection) -> int:
    """How many mails there are."""
    return int(tx.execute("SELECT count(*) FROM message").fetchone()[0])


def last_mail(tx: Connection) -> int:
    """The number of the mail that came in last, at no cost: whether there are many more than before."""
    return int(tx.execute("SELECT coalesce(max(id), 0) FROM message").fetchone()[0])


def _of_category(tx: Connection, matter: SoughtMatter, known: set[int], most: int) -> list[Row]:
    """The newest first mails of other tickets of the same category and language, that were answered."""
    if most <= 0 or matter.category in _NO_MATTER:
        return []
    allow_functions(tx)
    given = (matter.category, matter.ticket_id, to_json(list(known)), matter.text[:_SAMPLE], most)
    return tx.execute(_SAME_CATEGORY, given).fetchall()


def _weigh(tx: Connection, words: Collection[str], mails: int) -> dict[str, float]:
    """How much each word tells that some other mail has too, and not every other one."""
    most = max(_FEW, mails // _COMMON)
    sql = "SELECT term, doc FROM search_word WHERE term IN (SELECT value FROM json_each(?))"
    return {
        word: log(1 + mails / doc)
        for word, doc in tx.execute(sql, (to_json(list(words)),))
        if 1 < doc <= most
    }


def _telling(weights: dict[str, float], words: Collection[str]) -> dict[str, float]:
    """The weights of a mail's words, of those that tell the most."""
    known = sorted(((weights[word], word) for word in words if word in weights), reverse=True)
    return {word: weight for weight, word in known[:_MOST_WORDS]}


def _candidates(tx: Connection, weights: dict[str, float]) -> list[int]:
    """The messages by slot that have the most of what the words tell."""
    scores: dict[int, float] = {}
    for word, weight in weights.items():
        wanted = f'{{subject body}} : "{word}"'
        for (slot,) in tx.execute("SELECT rowid FROM search WHERE search MATCH ?", (wanted,)):
            scores[slot] = scores.get(slot, 0.0) + weight
    return sorted(scores, key=lambda slot: -scores[slot])[:_MOST_LOOKED_AT]


def _likeness(weights: dict[str, float], theirs: dict[str, float], *, same: bool) -> float:
    """How like a mail is, from 0, which is for one that shares words by chance; `same` category or not."""
    shared = weights.keys() & theirs.keys()
    if len(shared) < _LEAST_SHARED + 2 * (not same):
        return 0.0
    own, other = (sum(weight**2 for weight in one.values()) for one in (weights, theirs))
    like = sum(weights[word] ** 2 for word in shared) / sqrt(own * other)
    if like < (_LEAST_LIKE if same else _LEAST_LIKE_ELSEWHERE):
        return 0.0
    return like * (_SAME_MATTER if same else 1.0)


def _words(subject: str, text: str, names: str) -> frozenset[str]:
    """The words of a matter as the index has them: without greeting, closing and the customer's name."""
    found = _split(f"{subject}\n{matter_of(text)}")[:_MOST_READ]
    return frozenset(found) - frozenset(_split(names))


def _split(text: str) -> list[str]:
    return _WORD.findall(excerpts.fold_letters(split_pairs(text)))


def _own_text(one: Row) -> str:
    return without_folds(one["text"], folds_of(one["folds"]))


def _begin(one: Row, words: list[str]) -> str:
    return excerpts.around(_own_text(one), words, one["subject"])[0]


def _answer(tx: Connection, message_id: int) -> str:
    row = tx.execute("SELECT subject, text, folds FROM message WHERE id = ?", (message_id,)).fetchone()
    return _begin(row, [])
