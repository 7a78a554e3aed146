"""The sample store: its letters and orders, made from one seed and dated from `now`."""

from random import Random
from typing import NamedTuple

from deskterm.demo import orders
from deskterm.demo.causes import add_orders, causes
from deskterm.demo.history import history
from deskterm.demo.letters import Letter
from deskterm.demo.machine_mail import machines
from deskterm.demo.open_tickets import present
from deskterm.demo.people import people
from deskterm.demo.surveys import survey_letters
from deskterm.domain.orders.order import Order

_SEED = 1043


class Sample(NamedTuple):
    """Everything, oldest first."""

    letters: tuple[Letter, ...]
    orders: tuple[Order, ...]


def sample(now: int, seed: int = _SEED) -> Sample:
    """The same store for the same `now` (UTC seconds) and seed."""
    rng = Random(seed)  # noqa: S311 - a story, no secret
    known = people()
    ledger = add_orders(now, known, orders.draw(now, rng, known))
    letters = [*history(now, rng, known, ledger), *present(now, known, ledger), *causes(now, known, ledger)]
    letters += survey_letters(now, known, letters)
    letters += machines(now, ledger.orders, letters)
    return Sample(tuple(sorted(letters, key=lambda letter: letter.at)), tuple(ledger.orders))
