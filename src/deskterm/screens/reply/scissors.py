"""The file for the owner's editor: the reply above a scissors line, what it answers below."""

from deskterm.domain import text

LINE = "# ------------------------ >8 ------------------------"
_NOTE = "# Everything below this line is for reading only and is removed."
# Editors take options from a file's first and last lines (Vim: "vim: set …") and from its last page (Emacs:
# "Local Variables:", not before a form feed), so a customer's mail is kept away from both.
_FENCE_LINES = 24
_FENCE = "#\n" * _FENCE_LINES
_END = f"{_FENCE}\f\n# The end.\n"


def sheet(reply: str, below: str) -> str:
    """The text of the file: `reply`, the scissors line, then `below` (mail, facts, SOP).

    `below` is fenced off from both ends of the file, so that it cannot set options of the editor.
    """
    return f"{reply.rstrip()}\n\n{LINE}\n{_NOTE}\n{_FENCE}\n{below.strip()}\n\n{_END}"


def above(written: str) -> str:
    """The reply out of the edited file, cleaned; nothing below the line is sent."""
    kept: list[str] = []
    for line in text.block(written).split("\n"):
        if line.strip() == LINE:
            break
        kept.append(line.rstrip())
    return "\n".join(kept).strip("\n")
