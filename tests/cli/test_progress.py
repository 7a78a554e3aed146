"""A command's progress on the terminal."""

import sys

import pytest

from deskterm.cli.progress import progress_on_terminal
from deskterm.domain.desk_state import Progress


def test_an_error_is_printed_on_a_line_of_its_own(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    def fails():
        with progress_on_terminal(quiet=False) as report:
            report(Progress("reading", 1, 2))
            raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        fails()
    assert capsys.readouterr().err.endswith("\r\x1b[K")
