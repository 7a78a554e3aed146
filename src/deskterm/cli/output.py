"""What commands print: safe text, JSON with one shape, columns that line up."""

import os
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from errno import EDQUOT, EFBIG, EIO, ENOSPC, EPIPE
from pathlib import Path

from deskterm.cli.statuses import FAILED, OK
from deskterm.domain.drawn_text import drawable
from deskterm.domain.text import block, line
from deskterm.errors import NotNow

_NOT_WRITTEN = frozenset({EPIPE, ENOSPC, EDQUOT, EFBIG, EIO})


def say(text: str = "") -> None:
    """Print lines of text, made safe for the terminal."""
    print(block(text))


def say_json(value: object) -> None:
    """Print one JSON document."""
    import json  # noqa: PLC0415 - the desk does without

    print(json.dumps(value, ensure_ascii=True, indent=2))


def write_file(path: Path, text: str) -> None:
    """Write a text into a file of the owner's choice. NotNow where it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NotNow(f"{path} cannot be written: {error.strerror}.", safe="Nothing was written.") from error


def end_output(error: OSError) -> int | None:
    """The exit status where the output can be written no further; None where the error is another one.

    Nothing is said of a reader that has gone (`| head`). Python says nothing at exit either.
    """
    if error.errno not in _NOT_WRITTEN or error.filename is not None:
        return None
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if error.errno == EPIPE:
        return OK
    print(
        f"The output cannot be written: {error.strerror}. What was done so far is kept.",
        file=sys.stderr,
    )
    return FAILED


def moment(at: int | None) -> str | None:
    """A time for JSON: ISO 8601 in UTC."""
    return None if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Rows as lines with aligned columns, two cells apart; `right` names the columns set right."""
    from rich.cells import cell_len  # noqa: PLC0415 - JSON does without

    cleaned = [[drawable(line(cell)) for cell in row] for row in rows]
    widths = [max(map(cell_len, column), default=0) for column in zip(*cleaned, strict=True)]
    return [
        "  ".join(
            " " * (width - cell_len(cell)) + cell if at in right else cell + " " * (width - cell_len(cell))
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cleaned
    ]


def count_of(number: int, one: str) -> str:
    """`1 ticket`, `2 tickets`: `one` is the word for a single one."""
    return f"{number} {one}{'s' * (number != 1)}"
