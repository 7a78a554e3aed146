"""Rows of text that are being written: words with single spaces, margins between blocks, indents, bullets."""

from deskterm.mail.looks import Look

_TOP = 1000  # blank rows that count as standing above everything: no margin adds to them
_MOST_COLUMNS = 200  # that rows are moved in


class Sheet:
    """The rows of a whole mail, or those of a cell."""

    __slots__ = ("_bullets", "_columns", "_indents", "_is_open", "_margin", "_row", "rows")

    def __init__(self) -> None:
        self.rows: list[str] = []
        self._row: list[str] = []  # the pieces of the one being written
        self._is_open = True  # at the start of a row or behind a space: no further space is written
        self._margin = _TOP
        self._indents: list[int] = []
        self._columns = 0  # all indents together
        self._bullets: list[str] = []

    def text(self) -> str:
        """Give all rows."""
        self.flush()
        return "\n".join(self.rows)

    def write(self, text: str) -> None:
        """Add a text whose white space counts as one space, and as none where a space stands already."""
        words = " ".join(text.split())
        if not words:
            if not self._is_open:
                self._row.append(" ")
                self._is_open = True
            return
        if not self._row:
            self._row.append(self._lead())
        elif not self._is_open and text[0].isspace():
            self._row.append(" ")
        self._row.append(words)
        self._is_open = text[-1].isspace()
        if self._is_open:
            self._row.append(" ")

    def write_as_it_is(self, text: str) -> None:
        """Add a text with all its white space."""
        if not self._row:
            self._row.append(self._lead())
        self._row.append(text.replace("\n", "\n" + " " * min(self._columns, _MOST_COLUMNS)))
        self._is_open = False

    def flush(self) -> bool:
        """End the row being written; false where there is none."""
        if not self._row:
            return False
        if self._is_open and self._row[-1] == " ":
            self._row.pop()
        self.rows.append("".join(self._row))
        self._row = []
        self._is_open = True
        self._margin = 0
        return True

    def break_row(self) -> None:
        """End the row being written, or leave one blank."""
        if not self.flush():
            self.rows.append("")

    def open_block(self, look: Look, bullet: str, margin: int) -> None:
        """Begin a block below so many blank rows."""
        if not self.flush() and bullet:
            self._write_lone_bullet()
        self._indents.append(look.indent)
        self._columns += look.indent
        self._bullets.append(bullet)
        self.keep_apart(margin)

    def close_block(self, look: Look, bullet: str) -> None:
        """End the innermost block."""
        if not self.flush() and bullet:
            self._write_lone_bullet()
        self.leave_block()
        self.keep_apart(look.after)

    def leave_block(self) -> None:
        """Take back the indent of the innermost block."""
        if self._indents:
            self._columns -= self._indents.pop()
            self._bullets.pop()

    def keep_apart(self, margin: int) -> None:
        """Leave so many blank rows, those that are there included."""
        if margin > self._margin:
            self.rows.append("\n" * (margin - self._margin - 1))
            self._margin = margin

    def _lead(self) -> str:
        """Give what a row begins with: its indent, the bullet at its end."""
        bullet = self._next_bullet() if any(self._bullets) else ""
        return " " * (min(self._columns, _MOST_COLUMNS) - len(bullet)) + bullet

    def _next_bullet(self) -> str:
        """Take the innermost bullet that was not written yet; empty for none."""
        for at in range(len(self._bullets) - 1, -1, -1):
            if bullet := self._bullets[at]:
                self._bullets[at] = ""
                return bullet
        return ""

    def _write_lone_bullet(self) -> None:
        """Write the bullet of an item in which nothing stands."""
        if bullet := self._next_bullet():
            columns = min(self._columns, _MOST_COLUMNS) - self._indents[-1]
            self.rows.append(" " * (columns - len(bullet)) + bullet)
            self._margin = 0
