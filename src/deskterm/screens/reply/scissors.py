"""The file a foreign editor is given: the reply above a scissors line, what it answers below."""

from deskterm.domain import text

LINE = "# ------------------------ >8 ------------------------"
_NOTE = "# Everything below this line is for reading only and is thrown away."


def sheet(reply: str, below: str) -> str:
    """Give the text of the file: `reply`, the scissors line, then `below` (mail, facts, SOP)."""
    return f"{reply.rstrip()}\n\n{LINE}\n{_NOTE}\n\n{below.strip()}\n"


def above(written: str) -> str:
    """Give the reply out of the file as the editor left it, cleaned: nothing below the line goes out."""
    kept: list[str] = []
    for line in text.block(written).split("\n"):
        if line.strip() == LINE:
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")
