"""The index of words over all messages: subject, people, order numbers and unquoted text.

The FTS5 table is contentless: the words stand in `message` already. Chinese,
Japanese, Korean and Thai have no spaces between words, so their runs are indexed
as overlapping pairs, the last character alone as well.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from itertools import islice
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.domain.messages import Address, Fold
from deskterm.lazy_regex import lazy_regex

_MOST_TEXT = 200_000  # characters of one message that are indexed
_AT_ONCE = 500  # messages
_RUN = lazy_regex(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3041-\u318f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
# Pieces of the index are merged eight at a time (FTS5 does it by four): a first sync writes hundreds of them.
_SHARP_S = lazy_regex("(ss|ß)", re.IGNORECASE)
_MOST_WAYS = 4  # ways of writing one term
_MERGED = "INSERT INTO search(search, rank) VALUES ('automerge', 8)"


Text = tuple[str, str, str, str]  # subject, people, order numbers and body, as they are indexed
Columns = tuple[int, str, str, str, str]  # the slot before them


class Words(NamedTuple):
    """What is indexed of a message; it is also enough to remove it from the index."""

    slot: int
    subject: str
    people: str
    text: str
    folds: tuple[Fold, ...] = ()
    numbers: str = ""


def people(addresses: Iterable[Address]) -> str:
    """Names and addresses as one text, each once."""
    return " ".join(dict.fromkeys(part for one in addresses for part in (one.name, one.address) if part))


def index(tx: Connection, words: Words) -> None:
    """Make a message findable."""
    index_all(tx, [_columns(words)])


def index_all(tx: Connection, many: Iterable[Columns]) -> None:
    """Make messages findable."""
    tx.executemany(
        "INSERT INTO search(rowid, subject, people, orders, body) VALUES (?, ?, ?, ?, ?)",
        sorted(many),  # in falling order each would be flushed by itself
    )


def remove(tx: Connection, words: Words) -> None:
    """Take a message out of the index. `words` must be what it was indexed with."""
    tx.execute(
        "INSERT INTO search(search, rowid, subject, people, orders, body) VALUES ('delete', ?, ?, ?, ?, ?)",
        _columns(words),
    )


def rebuild(tx: Connection, many: Iterable[Words]) -> None:
    """Rebuild the index from the words of all messages, whatever state it is in."""
    made = tx.execute("SELECT sql FROM sqlite_master WHERE name = 'search'").fetchone()[0]
    tx.execute("DROP TABLE search")
    tx.execute(made)
    tx.execute(_MERGED)
    waiting = iter(many)
    while some := list(islice(waiting, _AT_ONCE)):
        index_all(tx, map(_columns, some))


def naming(tx: Connection, number: str, count: int) -> list[int]:
    """The newest messages that name an order number, at most `count`; they may name a longer one."""
    if not any(char.isalnum() for char in number):
        return []
    wanted = f"orders : {phrase(number)}"
    rows = tx.execute(
        "SELECT m.id FROM search JOIN message m ON m.slot = search.rowid WHERE search MATCH ?"
        " ORDER BY search.rowid DESC LIMIT ?",
        (wanted, count),
    )
    return [row[0] for row in rows]


def named_numbers(tx: Connection, numbers: Collection[str]) -> set[str]:
    """Those of many order numbers that some message may name, found by halving."""
    wanted = [number for number in numbers if any(char.isalnum() for char in number)]
    if not wanted:
        return set()
    phrases = " OR ".join(phrase(number) for number in wanted)
    sql = "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1"
    if tx.execute(sql, (f"orders : ({phrases})",)).fetchone() is None:
        return set()
    if len(wanted) == 1:
        return set(wanted)
    half = len(wanted) // 2
    return named_numbers(tx, wanted[:half]) | named_numbers(tx, wanted[half:])


def phrase(term: str, *, open_ended: bool = False) -> str:
    """A term in FTS5's words, with ss for ß and the other way round: the index tells them apart.

    One character of a run without spaces is the beginning of its pairs.
    """
    words = split_pairs(term.replace('"', " "), ends=False).strip()
    alone = _RUN.fullmatch(words) is not None and len(words) == 1
    end = "*" if open_ended or alone else ""
    return "(" + " OR ".join(f'"{one}"{end}' for one in _spell_sharp_s(words)) + ")"


def _spell_sharp_s(words: str) -> list[str]:
    """The words with each ss as it may be written, the most usual way first."""
    spelt = [""]
    for at, part in enumerate(_SHARP_S.split(words)):
        ways = [part] if at % 2 == 0 or len(spelt) > _MOST_WAYS else [part, "ß" if part.isascii() else "ss"]
        spelt = [before + way for way in ways for before in spelt]
    return spelt


def split_pairs(text: str, *, ends: bool = True) -> str:
    """`text` with runs without spaces cut into overlapping pairs; `ends`: the last character alone, too."""
    if text.isascii():
        return text
    return _RUN.sub(lambda run: " " + _pairs(run[0], ends=ends) + " ", unicodedata.normalize("NFKC", text))


def _pairs(run: str, *, ends: bool) -> str:
    pairs = [run[at : at + 2] for at in range(len(run) - 1)]
    return " ".join([*pairs, run[-1]] if ends or not pairs else pairs)


def text_of(subject: str, named: str, numbers: str, written: str) -> Text:
    """What is indexed of a message: its subject, `people`, order numbers and unfolded text."""
    return split_pairs(subject), split_pairs(named), numbers, split_pairs(written[:_MOST_TEXT])


def _columns(words: Words) -> Columns:
    written = without_folds(words.text, words.folds)
    return (words.slot, *text_of(words.subject, words.people, words.numbers, written))


def without_folds(text: str, folds: tuple[Fold, ...]) -> str:
    """A text without what is folded: the sender's own new words."""
    kept, at = [], 0
    for fold in folds:
        kept.append(text[at : fold.start])
        at = fold.end
    kept.append(text[at:])
    return "\n".join(kept)
