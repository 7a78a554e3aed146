"""The words of the index nearest to one that is not in it: `okafr` finds Okafor."""

from sqlite3 import Connection

from deskterm.storage.excerpts import fold_letters

_SHORTEST = 4  # letters: every shorter word is near to many
_TWO_SLIPS = 8  # letters from which two slips are forgiven


def correct(tx: Connection, word: str) -> str:
    """The word of the index that was most likely meant; empty when it is there, too short, or near none."""
    wanted = fold_letters(word).replace("ß", "ss")
    if len(wanted) < _SHORTEST or not wanted.isalpha():
        return ""
    slips = 1 + (len(wanted) >= _TWO_SLIPS)
    nearby = tx.execute(
        "SELECT term, doc FROM search_word WHERE term >= ? AND term < ? AND length(term) BETWEEN ? AND ?",
        (wanted[0], chr(ord(wanted[0]) + 1), len(wanted) - slips, len(wanted) + slips),
    )
    ranked = [
        (distance, -documents, term)
        for term, documents in nearby
        if (distance := _count_slips(wanted, term.replace("ß", "ss"), slips)) <= slips
    ]
    best = min(ranked, default=(0, 0, ""))
    return best[2] if best[0] else ""


def _count_slips(one: str, other: str, most: int) -> int:
    """How many letters were left out, added, changed or swapped; more than `most` is not counted out.

    Optimal string alignment distance, a row at a time.
    """
    before: list[int] = []
    row: list[int] = [*range(len(other) + 1)]
    for at, letter in enumerate(one, 1):
        last, before, row = before, row, [at]
        for place, against in enumerate(other, 1):
            best = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != against))
            if last and place > 1 and letter == other[place - 2] and one[at - 2] == against:
                best = min(best, last[place - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
