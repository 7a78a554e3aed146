"""What holds of every statement, whatever it does."""

import re
from pathlib import Path

import deskterm.storage


def test_no_statement_numbers_its_placeholders():
    """Python 3.12.0 to 3.12.3 warn of `?1` beside a sequence, which the others take."""
    files = Path(deskterm.storage.__file__).parent.glob("*.py")
    assert [file.name for file in files if re.search(r"\?\d", file.read_text("utf-8"))] == []
