"""HTML without its tags, for when it is not worth a tree."""

import re
from html import unescape

_MOST_CHARS = 1 << 20
_ANY_TAG = re.compile(
    r"<!--.*?(?:-->|$)|<(script|style|title)\b.*?(?:</\1\s*>|$)|<[^<>]*>?", re.IGNORECASE | re.DOTALL
)
_BREAKING = re.compile(r"<(?:br|p|div|tr|li|h[1-6]|blockquote|table)\b", re.IGNORECASE)


def bare_text(markup: str) -> str:
    """Give the words of HTML: tags out, line breaks where blocks begin."""
    return unescape(_ANY_TAG.sub("", _BREAKING.sub(r"\n\g<0>", markup[:_MOST_CHARS])))
