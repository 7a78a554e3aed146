"""What commands print: safe text, JSON with one shape, columns that line up."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from deskterm.domain.drawn_text import drawable
from deskterm.domain.text import block, line
from deskterm.errors import NotNow


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
