"""Words that several commands print."""

import pytest

from deskterm.cli.output import count_of


@pytest.mark.parametrize(("number", "said"), [(0, "0 tickets"), (1, "1 ticket"), (2, "2 tickets")])
def test_one_is_told_as_one(number, said):
    assert count_of(number, "ticket") == said
