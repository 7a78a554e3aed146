"""A small world in a fresh folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.db.close()
