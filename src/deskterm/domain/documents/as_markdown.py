"""Writing a document as Markdown. Characters that Markdown would interpret are escaped; lists stay lists."""

import re

from deskterm.domain.documents.document import Block, BlockKind, Document

_SIGNS = re.compile(r"([\\`*_\[\]<>|])")
_LEADING = re.compile(r"^(\s*)(#|\+|=|~)", re.MULTILINE)
_LINK = re.compile(r"https://[^\s<>\"\\]+[^\s<>\"\\.,;:!?)]")


def as_markdown(document: Document) -> str:
    """The whole document."""
    parts = [f"# {_escape(document.title)}", _escape(document.lead)]
    parts += map(_block, document.blocks)
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block) -> str:
    match block.kind:
        case BlockKind.HEADING:
            return f"{'#' * block.level} {_escape(block.text)}"
        case BlockKind.LETTER:
            return "\n".join(
                f"> {_escape(line)}".rstrip() + "  " * bool(line) for line in block.text.split("\n")
            )
        case BlockKind.STEPS:
            return "\n".join(f"- [ ] {_escape(line)}" for line in block.text.split("\n"))
        case BlockKind.FACTS:
            pairs = (line.partition("\t") for line in block.text.split("\n"))
            return "\n".join(f"- **{_escape(name)}**: {_escape(what)}" for name, _, what in pairs)
        case _:
            return _escape(block.text.strip())


def _escape(text: str) -> str:
    """The text with special characters escaped, except in web addresses."""
    parts, at = [], 0
    for link in _LINK.finditer(text):
        parts += [_signs(text[at : link.start()]), f"<{link[0]}>"]
        at = link.end()
    return "".join([*parts, _signs(text[at:])])


def _signs(text: str) -> str:
    return _LEADING.sub(r"\1\\\2", _SIGNS.sub(r"\\\1", text))
