"""HTML as text without a parse tree: only its tags are removed."""

import re
from html import unescape

from deskterm.domain.text import block
from deskterm.mail.text.html_blocks import BLOCKS

_MOST_CHARS = 1 << 20
_ANY_TAG = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|title)\b.*?(?:</\1\s*>|$)|<[^<>]*>?", re.IGNORECASE | re.DOTALL
)
_MARKUP = re.compile(r"</?(?:p|br|div|span|a|ul|li|b|strong|em)\b[^>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_BREAKING = re.compile(rf"<(?:{'|'.join(sorted(BLOCKS))}|br|tr)\b", re.IGNORECASE)


def bare_text(markup: str) -> str:
    """The words of HTML: tags removed, a line break where a block begins."""
    return unescape(_ANY_TAG.sub("", _BREAKING.sub(r"\n\g<0>", markup[:_MOST_CHARS])))


def plain_text(text: str) -> str:
    """A text that may be HTML, as plain text with its paragraphs."""
    if not _MARKUP.search(text):
        return block(text).strip()
    broken = _BREAKS.sub(lambda found: "\n" if found[0].lower().startswith("<br") else "\n\n", text)
    parts = (" ".join(bare_text(part).split()) for part in broken.split("\n"))
    return block(re.sub(r"\n{3,}", "\n\n", "\n".join(parts))).strip()
