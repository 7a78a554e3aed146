"""What the owner can do, in the owner's words: one use case, one method, one transaction.

Every method is synchronous and takes `now` (UTC seconds) where time matters.
Those that change something return a `Done`: its words for the owner, and the
action that `undo` can take back. Failures are exceptions of `errors`.
"""

from deskterm.config.paths import Home
from deskterm.config.values import Settings
from deskterm.desk.inbox import Inbox
from deskterm.desk.metrics import Metrics
from deskterm.desk.outbox import Outbox
from deskterm.desk.place import Place
from deskterm.desk.replies import Replies
from deskterm.desk.search import Search
from deskterm.desk.shop import HasPlaybook, Shopfront
from deskterm.desk.tickets import Tickets
from deskterm.desk.undo import Undo
from deskterm.domain.formats import Formats
from deskterm.domain.replies import OutboxState
from deskterm.domain.views import Truth
from deskterm.storage import outbox, sources
from deskterm.storage.database import Database


class Desk:
    """The use cases over one database.

    `playbook.current()` is asked for the macros and SOPs at each use, so that
    edits of the files are noticed.
    """

    def __init__(
        self,
        db: Database,
        settings: Settings,
        home: Home,
        playbook: HasPlaybook,
        formats: Formats,
    ) -> None:
        shop = Shopfront(db=db, settings=settings, home=home, playbook=playbook, formats=formats)
        self.shop = shop
        self.inbox = Inbox(shop)
        self.tickets = Tickets(shop)
        self.undo = Undo(shop)
        self.replies = Replies(shop)
        self.outbox = Outbox(shop)
        self.search = Search(shop)
        self.metrics = Metrics(shop)
        self.place = Place(shop)
        self.playbook = playbook

    @property
    def read_only(self) -> bool:
        """Whether another desk holds the writing: this one shows, and changes nothing."""
        return self.shop.db.read_only

    def truth(self, _now: int) -> Truth:
        """How far mail and orders are complete, what is on its way and what fails."""
        with self.shop.db.read() as tx:
            tally = outbox.tally(tx)
            return Truth(
                mail=sources.states(tx, "mail"),
                orders=sources.states(tx, "orders"),
                queued=tally[OutboxState.QUEUED],
                sending=tally[OutboxState.SENDING],
                refused=tally[OutboxState.REFUSED],
                uncertain=tally[OutboxState.UNCERTAIN],
                next_send_at=outbox.next_send_at(tx),
            )
