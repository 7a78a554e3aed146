"""What the bars of a screen are made of: keys with their labels, and answers to a key."""

from collections.abc import Sequence

from deskterm.widgets.drawing.cells import cell_len, fit, wrap
from deskterm.widgets.drawing.lines import Bit, cells

SAID_LINES = 2  # lines for the answer to a key: the status line's and the footer's


def said_bits(words: str, shade: str, width: int, line: int) -> list[Bit]:
    """The part of an answer that stands in its first (0) or second line (1); empty without one."""
    rows = wrap(words, width - 2)
    rest = " ".join(rows[1:])
    part = fit(rest, min(cell_len(rest), width - 2)) if line else rows[0]
    return [Bit(" " + part, shade, bold=shade != "accent")] if part else []


def whole_bits(bits: Sequence[Bit], width: int) -> list[Bit]:
    """As many of them, from the first, as have room uncut: a time that is cut says nothing."""
    kept: list[Bit] = []
    for bit in bits:
        if cells(kept) + cell_len(bit.text.rstrip()) > width:
            break
        kept.append(bit)
    return kept


def whole_pairs(pairs: Sequence[tuple[str, str]], width: int) -> list[Bit]:
    """As many keys as fit, none of them cut; an ellipsis for the rest."""
    bits: list[Bit] = []
    room = width - 2
    for pair in pairs:
        room -= pair_cells(pair)
        if room < 0:
            return [*bits, Bit(" …", "dim")]
        bits += pair_bits(pair)
    return bits


def chord_head(prefix: str) -> list[Bit]:
    """The keys of a chord that were pressed already."""
    return [Bit(f" {prefix} …", "accent", bold=True)]


def pair_bits(pair: tuple[str, str]) -> list[Bit]:
    """A key and what it does."""
    return [Bit(f" {pair[0]}", "accent", bold=True), Bit(f" {pair[1]} ", "soft")]


def pair_cells(pair: tuple[str, str]) -> int:
    """How many cells the two take."""
    return cell_len(pair[0]) + cell_len(pair[1]) + 3
