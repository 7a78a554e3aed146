"""Words that several commands print."""

import pytest

from deskterm.cli.output import count_of


@pytest.mark.parametrize(("number", "said"), [(0, "0 tickets"), (1, "1 ticket"), (2, "2 tickets")])
def test_a_single_thing_is_in_the_singular(number, said):
    assert count_of(number, "ticket") == said
