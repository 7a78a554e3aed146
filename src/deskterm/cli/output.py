"""What commands print: safe text, JSON of one shape, aligned columns."""

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
    """Print text, made safe for the terminal."""
    print(block(text))


def say_json(value: object) -> None:
    """Print one JSON document."""
    import json  # noqa: PLC0415 - not needed by the desk

    print(json.dumps(value, ensure_ascii=True, indent=2))


def write_file(path: Path, text: str) -> None:
    """Write a text to a file of the owner's choice. NotNow if that fails."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise NotNow(f"{path} cannot be written: {error.strerror}.", safe="Nothing was written.") from error


def end_output(error: OSError) -> int | None:
    """The exit status if the output can no longer be written; None if the error is another one.

    A closed reader (`| head`) is not reported. Python prints nothing at exit either.
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
    """A time for JSON: ISO 8601 in UTC, or None."""
    return None if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> list[str]:
    """Rows as lines with aligned columns, two cells apart; `right` are the right-aligned columns."""
    from rich.cells import cell_len  # noqa: PLC0415 - not needed for JSON

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
    """`1 ticket`, `2 tickets`: `one` is the singular."""
    return f"{number} {one}{'s' * (number != 1)}"
