"""A bad answer to a survey goes to the top of the inbox; a good one, or a number in a mail, does not."""

import pytest

from deskterm.domain.tickets import UNHAPPY, Listing
from deskterm.storage import lists
from intake.world import DAY, JANA, NOON, OMAR, SHOP, World, mail


@pytest.fixture
def surveyed(world: World) -> int:
    """A ticket whose customer was asked how we did, and three that are due or wait for longer."""
    (ticket,) = world.come((mail("a"), NOON - 9 * DAY))
    world.come((mail("s", SHOP, (JANA,), text="How did I do?", parents=("a",)), NOON - 5 * DAY))
    with world.db.write() as tx:
        tx.execute("UPDATE message SET macro = 'survey' WHERE direction = 'out'")
    world.come((mail("b", OMAR, text="My order has not come."), NOON - 3 * DAY))
    world.come((mail("c", OMAR, subject="Unacceptable", text="This is unacceptable!"), NOON - 2 * DAY))
    return ticket


def inbox(world: World) -> list[tuple[int, str]]:
    with world.db.read() as tx:
        return [(row.ticket_id, row.due) for row in lists.page(tx, Listing.INBOX, 0, 9)]


@pytest.mark.parametrize("words", ["2", "1/5: it took three weeks", "2 - nobody answered me"])
def test_a_one_or_a_two_comes_first_and_says_why(world, surveyed, words):
    world.come((mail("r", text=words, answers="s"), NOON - 60))
    assert inbox(world)[0] == (surveyed, UNHAPPY)
    world.come((mail("o", SHOP, (JANA,), text="I am sorry.", parents=("r",)), NOON - 30))
    assert not any(due == UNHAPPY for _, due in inbox(world))


@pytest.mark.parametrize("words", ["4", "3, it was fine", "2 pieces are missing", "Thank you!", "STOP"])
def test_any_other_answer_does_not(world, surveyed, words):
    world.come((mail("r", text=words, answers="s"), NOON - 60))
    assert not any(due == UNHAPPY for _, due in inbox(world))
