"""The layouts of form mails: values beside their labels, below them, in paragraphs, on one line, in a table.

Each function reads the lines of a mail as one layout and returns pairs of label and value.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

ADDRESS = re.compile(r"\W{0,3}([\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})\W{0,3}(?:\(?mailto:\S+)?")
# A full-width colon is not followed by a space; after a plain one the space may be missing before a word.
INLINE = re.compile(
    r"[ \t*_#>|•-]{0,8}([^:：\n@]{1,60}?)[ \t*_]{0,4}(?:[:：][ \t*_]+|：|:(?=[^\W\d]\S))(\S.*)"
)
_MIXED = re.compile(
    r"[ \t*_#>|•-]{0,8}([^:：\n@]{1,60}?)[ \t*_]{0,4}"
    r"(?:[:：][ \t*_]*$()|(?:[:：][ \t*_]+|：|:(?=[^\W\d]\S))(\S.*))"
)
_ASKED = re.compile(r"[ \t*_#>|•-]{0,8}([^:：?？\n@]{1,60}?[?？])[ \t*_]+(\S.*)")
_ABOVE = re.compile(r"[ \t*_#>|•-]{0,8}([^:：\n@]{1,60}?)[ *_]{0,4}[:：?？][ \t*_]*")
_FOOT = re.compile(r"-{2,}\s*|_{5,}\s*")
_PARTED = re.compile(r"[ \t]*[;|•][ \t]+")  # fields on one line
_CELLS = re.compile(r"[ \t]*\|[ \t]*|\t+|[ \xa0]{2,}")
_MOST_WORDS = 9
_SHORT = 4
_FEWEST_FIELDS = 3  # of a line or of a row
_LONGEST_ROW = 4_000
Pairs = list[tuple[str, str]]


def _inline(lines: list[str]) -> Pairs:
    """`Label: value`, where a value goes on until the next label."""
    return _gather(lines, INLINE)


def _above(lines: list[str]) -> Pairs:
    """`Label:` on a line of its own, the value below it."""
    return _gather(lines, _ABOVE)


def _either_place(lines: list[str]) -> Pairs:
    """Some values beside their labels, some below them."""
    return _gather(lines, _MIXED)


def _behind_question(lines: list[str]) -> Pairs:
    """`What is your name? Ivy Lee`."""
    return _gather(lines, _ASKED)


def _in_turn(lines: list[str]) -> Pairs:
    """A label without a colon on one line, its value on the next; the last value takes the rest."""
    filled = [line for block in _blocks(lines) for line in block]
    at = next((place for place, line in enumerate(filled) if ADDRESS.fullmatch(line)), 0)
    if not at % 2 or not all(_is_bare_label(label) for label in filled[: at + 2 : 2]):
        return []
    found = list(zip(filled[:at:2], filled[1 : at + 1 : 2], strict=True))
    while at + 2 < len(filled):
        goes_on = (
            len(filled) > at + 4 and len(filled[at + 2].split()) <= _SHORT and _is_bare_label(filled[at + 3])
        )
        found.append((filled[at + 1], filled[at + 2] if goes_on else "\n".join(filled[at + 2 :])))
        at = at + 2 if goes_on else len(filled)
    return found


def _is_bare_label(line: str) -> bool:
    return len(line.split()) <= _MOST_WORDS and not line.endswith((".", "!", ",", "。"))


def _gather(lines: list[str], label: re.Pattern[str]) -> Pairs:
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if _FOOT.fullmatch(line.strip()):
            break
        head = label.fullmatch(line)
        if head and len(head[1].split()) <= _MOST_WORDS and (not found or _may_follow(line, head, found)):
            found.append((head[1], [value for value in head.groups()[1:] if value]))
        elif found:
            found[-1][1].append(line)
    return [(name, "\n".join(value).strip()) for name, value in found]


def _may_follow(line: str, head: re.Match[str], found: list[tuple[str, list[str]]]) -> bool:
    """Whether this can be a label. A question is one only after a short value, else the customer asks it."""
    asked = head.re is _ASKED or line.rstrip(" *_").endswith(("?", "？"))
    if not asked:
        return True
    before = " ".join(found[-1][1]).split() if found else []
    return 0 < len(before) <= _SHORT


def _paragraphs(lines: list[str]) -> Pairs:
    """A label without a colon, and its value below it or in the next paragraph."""
    blocks = ["\n".join(block) for block in _blocks(lines)]
    at = next((place for place, block in enumerate(blocks) if ADDRESS.fullmatch(block.strip())), None)
    if at is None:
        pairs = (block.partition("\n") for block in blocks)
        return [
            (label, value.strip()) for label, _, value in pairs if value and len(label.split()) <= _MOST_WORDS
        ]
    found = [(blocks[place], blocks[place + 1]) for place in range((at - 1) % 2, len(blocks) - 1, 2)]
    return [(label, value.strip()) for label, value in _with_rest(found, blocks) if "\n" not in label]


def _with_rest(pairs: Pairs, blocks: list[str]) -> Pairs:
    """The pairs, with what is too long for a label moved into the value before: it is the next paragraph."""
    kept: Pairs = []
    for label, value in pairs:
        if kept and len(label.split()) > _MOST_WORDS:
            kept[-1] = (kept[-1][0], f"{kept[-1][1]}\n\n{label}\n\n{value}")
        else:
            kept.append((label, value))
    if kept and len(blocks) % 2 and kept[-1][1] == blocks[-2]:
        kept[-1] = (kept[-1][0], f"{kept[-1][1]}\n\n{blocks[-1]}")
    return kept


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if _FOOT.fullmatch(line.strip()):
            break
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _on_one_line(lines: list[str]) -> Pairs:
    """`Name: Ivy Lee; E-mail: ivy@lee.example; Message: …`; the lines below belong to the last field."""
    for at, line in enumerate(lines):
        if "@" not in line or len(line) > _LONGEST_ROW:
            continue
        heads = [INLINE.fullmatch(part) for part in _PARTED.split(line)]
        labelled = [place for place, head in enumerate(heads) if head]
        if len(labelled) >= _FEWEST_FIELDS and labelled[0] == 0:
            parts = _PARTED.split(line)
            found = [
                (head[1], [head[2]]) if head else ("", [part])
                for head, part in zip(heads, parts, strict=True)
            ]
            pairs = list(_with_parts(found))
            return [*pairs[:-1], (pairs[-1][0], "\n".join((pairs[-1][1], *lines[at + 1 :])).strip())]
    return []


def _with_parts(found: Iterable[tuple[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """The fields. A part without a label joins the field before, whose value contains the separator."""
    label, value = "", list[str]()
    for name, part in found:
        if name and value:
            yield label, "; ".join(value)
            value = []
        label = name or label
        value += part
    yield label, "; ".join(value)


def _in_a_table(lines: list[str]) -> Pairs:
    """A row of labels with a row of values below it."""
    filled = [line for line in lines if line.strip()]
    for labels, values in pairwise(filled):
        if "@" in labels or "@" not in values or len(values) > _LONGEST_ROW:
            continue
        names, cells = (_CELLS.split(row.strip(" \t|")) for row in (labels, values))
        if len(names) == len(cells) >= _FEWEST_FIELDS and sum(map(bool, map(ADDRESS.fullmatch, cells))) == 1:
            return list(zip(names, cells, strict=True))
    return []


WAYS = (
    _inline, _above, _paragraphs, _either_place, _behind_question, _in_turn, _on_one_line, _in_a_table,
)  # fmt: skip
