"""text/plain; format=flowed (RFC 3676): joining softly broken lines."""

import re

_QUOTE = re.compile(r">*")


def unflow(text: str, *, delsp: bool) -> str:
    """The text with its flowed lines joined, per quote level. `delsp`: a line's last space is not text."""
    out: list[str] = []
    held: list[str] = []
    held_depth = 0
    for row in text.split("\n"):
        depth = _QUOTE.match(row).end()  # type: ignore[union-attr]  # it matches nothing, too
        body = row[depth:].removeprefix(" ")
        soft = body.endswith(" ") and body != "-- "
        if held and (depth != held_depth or body == "-- "):
            out.append(_whole(held, held_depth))
            held = []
        held.append(body[:-1] if soft and delsp else body)
        held_depth = depth
        if not soft:
            out.append(_whole(held, depth))
            held = []
    if held:
        out.append(_whole(held, held_depth))
    return "\n".join(out)


def _whole(rows: list[str], depth: int) -> str:
    text = "".join(rows)
    return f"{'>' * depth} {text}" if depth else text
