"""What was learned from the owner's answers, kept in memory and in step with the database."""

from threading import Lock
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from deskterm.domain.orders.order import Order
    from deskterm.domain.playbook import Playbook
    from deskterm.domain.suggest.learner import Learner
    from deskterm.storage.answers.offers import KeptOffer
    from deskterm.storage.schema.database import Tx

_MOST = 500  # offers kept in memory


class LearnedAnswers:
    """The learner of one desk. Nothing is loaded until it is first used."""

    def __init__(self) -> None:
        self.made: dict[int, KeptOffer] = {}
        self._learner: Learner | None = None
        self._fitted = self._up_to = -1
        self._sure_from = float("inf")
        self._read: Playbook | None = None
        self._stamped: Playbook | None = None
        self._stamp = 0
        self._lock = Lock()  # a screen and the writer may use it at once

    def current(self, tx: "Tx", playbook: "Playbook") -> tuple["Learner", float]:
        """The learner with everything taught so far, and the margin from which a guess is marked certain."""
        from deskterm.domain.suggest.trust import sure_margin  # noqa: PLC0415 - not needed at the start
        from deskterm.intake import learning  # noqa: PLC0415
        from deskterm.storage.answers import lessons, weights  # noqa: PLC0415

        with self._lock:
            fitted, known = weights.state(tx).up_to, self._up_to
            if self._learner is None or fitted != self._fitted:
                self._learner, self._up_to = learning.load(tx, learning.words_of(playbook.macros))
                self._fitted, self._read = fitted, playbook
            else:
                self._up_to = learning.catch_up(tx, self._learner, self._up_to)
            if playbook is not self._read:
                self._learner.read_words(learning.words_of(playbook.macros))
                self._read = playbook
            if known != self._up_to:
                self._sure_from = sure_margin(lessons.guesses(tx))
            return self._learner, self._sure_from

    def stamp(self, playbook: "Playbook", order: "Order | None") -> int:
        """A number that changes with the macros and with the order's state."""
        if playbook is not self._stamped:
            macros = playbook.macros.values()
            texts = [(one.id, one.category, one.sample_texts, one.needs, one.translations) for one in macros]
            self._stamped, self._stamp = playbook, crc32(repr(texts).encode())
        state = order and (order.id, order.fulfilment, order.payment, order.shipments)
        return crc32(repr(state).encode(), self._stamp)

    def keep(self, ticket_id: int, kept: "KeptOffer") -> None:
        """Offer the same again while nothing changes."""
        if len(self.made) >= _MOST:
            self.made.clear()
        self.made[ticket_id] = kept
