"""A document as a value, from which Markdown and a page are made."""

from enum import Enum, auto

from deskterm.value_class import dataclass


class BlockKind(Enum):
    """The kinds of blocks in a document."""

    HEADING = auto()  # `level` 2 or 3
    TEXT = auto()  # paragraphs, with lines that start with - as a list
    LETTER = auto()  # a text that goes out, shown as it is
    STEPS = auto()  # one a line, each to be ticked
    FACTS = auto()  # one a line: a name, a tab, what it is


@dataclass(frozen=True, slots=True)
class Block:
    """One block. Its text is plain: nothing in it is markup. Steps and facts are one a line.

    `language` as in `de`; empty for that of the document.
    """

    kind: BlockKind
    text: str
    level: int = 2
    language: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its title, a line below it, and its blocks; `language` is like `en`."""

    title: str
    lead: str
    blocks: tuple[Block, ...]
    language: str = "en"


def heading(text: str, level: int = 2) -> Block:
    """A heading."""
    return Block(BlockKind.HEADING, text, level)


def text_block(text: str, language: str = "") -> Block:
    """Paragraphs and lists."""
    return Block(BlockKind.TEXT, text, language=language)
