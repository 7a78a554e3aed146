"""The shop that most screens look at."""

import pytest

from screens.looking import sample


@pytest.fixture
def shop(tmp_path):
    """The sample of five tickets."""
    made = sample(tmp_path)
    yield made
    made.db.close()
