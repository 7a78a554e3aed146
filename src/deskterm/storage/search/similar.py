"""Past tickets in which a customer asked much the same, and what was answered."""

import re
from collections import Counter
from math import log
from sqlite3 import Connection, Row

from deskterm.domain.views import SimilarTicket
from deskterm.storage import excerpts, lists
from deskterm.storage.schema.columns import folds_of, to_json
from deskterm.storage.search.word_index import split_pairs, without_folds

_WORD = re.compile(r"[^\W\d_]{2,}")  # numbers name an order, not a matter
_MOST_WORDS = 12  # of the mail: the rarest tell the most
_MOST_READ = 400  # words of the mail that are looked up
_COMMON = 25  # a word that is in more than every so many-th mail says little
_FEW = 25  # mails a word may be in, however few mails there are
_LEAST_SHARED = 3  # words; two are shared by chance
_LEAST_PART = 0.3  # of all that the mail's words tell
_MOST_LOOKED_AT = 60  # mails

_ASKED = """
SELECT m.slot, m.ticket_id, m.at, m.subject, m.text, m.folds,
    (SELECT a.id FROM message a
        WHERE a.ticket_id = m.ticket_id AND a.direction = 'out' AND a.machine = '' AND a.aside = 0
        AND a.at >= m.at ORDER BY a.at LIMIT 1) AS answer
FROM message m JOIN json_each(?) wanted ON m.slot = wanted.value
WHERE m.ticket_id <> ? AND m.direction = 'in' AND m.machine = '' AND answer IS NOT NULL
"""


def find_similar(tx: Connection, asked: str, ticket_id: int, most: int) -> list[SimilarTicket]:
    """Other tickets that were answered after a mail much like `asked`, the likest first; at most so many."""
    scores = _score(tx, asked)
    likest = sorted(scores, key=lambda slot: -scores[slot])[:_MOST_LOOKED_AT]
    found = tx.execute(_ASKED, (to_json(likest), ticket_id)).fetchall()
    found.sort(key=lambda one: (-scores[one["slot"]], -one["at"]))
    by_ticket = {one["ticket_id"]: one for one in reversed(found)}  # its likest comes last
    best = [one for one in found if by_ticket[one["ticket_id"]] is one][:most]
    rows = {row.ticket_id: row for row in lists.rows(tx, {one["ticket_id"] for one in best})}
    return [
        SimilarTicket(
            rows[one["ticket_id"]], one["at"], _begin(one, _words(asked)), _answer(tx, one["answer"])
        )
        for one in best
    ]


def _score(tx: Connection, asked: str) -> dict[int, float]:
    """The messages by slot that share enough of the telling words, each with how much they tell together."""
    mails = tx.execute("SELECT coalesce(max(slot), 0) FROM message").fetchone()[0]
    shared: Counter[int] = Counter()
    scores: dict[int, float] = {}
    whole = 0.0
    for word, documents in _telling_words(tx, asked, max(_FEW, mails // _COMMON)):
        weight = log(1 + mails / documents)
        whole += weight
        wanted = f'{{subject body}} : "{word}"'
        for (slot,) in tx.execute("SELECT rowid FROM search WHERE search MATCH ?", (wanted,)):
            shared[slot] += 1
            scores[slot] = scores.get(slot, 0.0) + weight
    least = whole * _LEAST_PART
    return {slot: told for slot, told in scores.items() if told >= least and shared[slot] >= _LEAST_SHARED}


def _telling_words(tx: Connection, asked: str, most: int) -> list[tuple[str, int]]:
    """The rarest words of a mail that other mails have too, each with the number of mails."""
    counted = [
        (word, tx.execute("SELECT doc FROM search_word WHERE term = ?", (word,)).fetchone())
        for word in _words(asked)
    ]
    known = [(word, found[0]) for word, found in counted if found is not None and 1 < found[0] <= most]
    return sorted(known, key=lambda one: one[1])[:_MOST_WORDS]


def _words(text: str) -> list[str]:
    """The words of a text as the index has them, each once."""
    return list(dict.fromkeys(_WORD.findall(excerpts.fold_letters(split_pairs(text)))))[:_MOST_READ]


def _begin(one: Row, words: list[str]) -> str:
    return excerpts.around(without_folds(one["text"], folds_of(one["folds"])), words, one["subject"])[0]


def _answer(tx: Connection, message_id: int) -> str:
    row = tx.execute("SELECT subject, text, folds FROM message WHERE id = ?", (message_id,)).fetchone()
    return _begin(row, [])
