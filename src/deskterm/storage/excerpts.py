"""The words around a match, with the match marked."""

import unicodedata

_BEFORE = 40
_LONG = 160


def around(text: str, words: list[str], subject: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """One line of `text` around the first of `words` in it, and the ranges of all words in that line.

    Without a match in the text (it is in the subject or an address) the text's beginning.
    """
    flat = " ".join(text.split()) or subject
    plain = fold_letters(flat)
    wanted = [fold_letters(word) for word in words]
    places = [at for at in (plain.find(word) for word in wanted) if at >= 0]
    start = _word_start(flat, max(0, min(places, default=0) - _BEFORE))
    shown = flat[start : start + _LONG]
    return shown, tuple(_ranges(plain[start : start + _LONG], wanted))


def fold_letters(text: str) -> str:
    """`text` without case and accents, character by character so that places stay the same."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFD", char)[0].lower()[:1] or char for char in text)


def _word_start(text: str, at: int) -> int:
    space = text.find(" ", at, at + _BEFORE // 2)
    return space + 1 if at and space >= 0 else at


def _ranges(plain: str, words: list[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for word in words:
        at = plain.find(word) if word else -1
        while at >= 0:
            found.append((at, at + len(word)))
            at = plain.find(word, at + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
