"""A real database for storage's tests, and the shortest way to put a ticket into it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from counterparts.templates import fresh
from deskterm.storage.schema.database import Database
from deskterm.storage.schema.migrate import open_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(fresh(tmp_path / "desk.db"))
    yield opened
    opened.close()
