"""Writing an action's key into a text that a store keeps, to find the action again."""

import re

from deskterm.domain.text import line

_LONGEST = 200
_KEY = re.compile(r"\s*\[deskterm [^\]]*\]\Z")


def with_key(text: str, key: str) -> str:
    """`late parcel [deskterm 3f2a…]`: the owner's words followed by the key."""
    return f"{line(text)[:_LONGEST]} [deskterm {key}]".strip()


def has_key(text: str | None, key: str) -> bool:
    """Whether a text has that key."""
    return f"[deskterm {key}]" in (text or "")


def without_key(text: str) -> str:
    """The owner's words in such a text."""
    return _KEY.sub("", text)
