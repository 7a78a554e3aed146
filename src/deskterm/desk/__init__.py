"""What the owner can do: one use case, one method, one transaction.

Every method is synchronous and takes `now` (UTC seconds) where time matters. Those that change something
return a `Done`, which `undo` can take back. Failures are exceptions of `errors`. All parts but the lists are
imported when first used: together they would cost the start 60 ms.
"""

# ruff: noqa: PLC0415

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deskterm.config.all_settings import Settings
    from deskterm.config.paths import Home
    from deskterm.desk.answers.drafting import Drafting
    from deskterm.desk.answers.habits import Habits
    from deskterm.desk.answers.offers import Offers
    from deskterm.desk.guide import Guide
    from deskterm.desk.incidents.incidents import Incidents
    from deskterm.desk.knowledge.faq import Faq
    from deskterm.desk.knowledge.questions import Questions
    from deskterm.desk.metrics import Metrics
    from deskterm.desk.orders.radar import Radar
    from deskterm.desk.orders.store_actions import StoreActions
    from deskterm.desk.outbox import Outbox
    from deskterm.desk.products.products import Products
    from deskterm.desk.reply.replies import Replies
    from deskterm.desk.rules.automation import Automation
    from deskterm.desk.search import Search
    from deskterm.desk.senders import Senders
    from deskterm.desk.shop import HasPlaybook
    from deskterm.desk.surveys import Surveys
    from deskterm.desk.ticket_work.bulk import Bulk
    from deskterm.desk.ticket_work.calls import Calls
    from deskterm.desk.ticket_work.forwarding import Forwarding
    from deskterm.desk.ticket_work.history import History
    from deskterm.desk.ticket_work.merging import Merging
    from deskterm.desk.ticket_work.promising import Promising
    from deskterm.desk.ticket_work.writers import Writers
    from deskterm.desk.tickets import Tickets
    from deskterm.desk.timeline import Timeline
    from deskterm.desk.undo import Undo
    from deskterm.desk.views import Views
    from deskterm.domain.desk_state import DeskState
    from deskterm.domain.formats import Formats
    from deskterm.errors import ReadOnly
    from deskterm.storage.schema.database import Database


class Desk:
    """The use cases over one database.

    `playbook.current()` is called at each use, so that edits of the files are noticed.
    """

    def __init__(
        self, db: "Database", settings: "Settings", home: "Home", playbook: "HasPlaybook", formats: "Formats"
    ) -> None:
        from deskterm.desk.inbox import Inbox
        from deskterm.desk.last_place import LastPlace
        from deskterm.desk.shop import DeskContext

        shop = DeskContext(db=db, settings=settings, home=home, playbook=playbook, formats=formats)
        self.shop = shop
        self.inbox = Inbox(shop)
        self.place = LastPlace(shop)
        self.playbook = playbook

    @cached_property
    def tickets(self) -> "Tickets":
        """Read and change tickets."""
        from deskterm.desk.tickets import Tickets

        return Tickets(self.shop)

    @cached_property
    def merging(self) -> "Merging":
        """Merge and split tickets."""
        from deskterm.desk.ticket_work.merging import Merging

        return Merging(self.shop)

    @cached_property
    def forwarding(self) -> "Forwarding":
        """Side threads with suppliers and carriers."""
        from deskterm.desk.ticket_work.forwarding import Forwarding

        return Forwarding(self.shop)

    @cached_property
    def writers(self) -> "Writers":
        """Who answered from an unknown address."""
        from deskterm.desk.ticket_work.writers import Writers

        return Writers(self.shop)

    @cached_property
    def promising(self) -> "Promising":
        """Promises to customers."""
        from deskterm.desk.ticket_work.promising import Promising

        return Promising(self.shop)

    @cached_property
    def products(self) -> "Products":
        """Products: who is waiting for one, what is coming back."""
        from deskterm.desk.products.products import Products

        return Products(self.shop)

    @cached_property
    def calls(self) -> "Calls":
        """Calls and messages outside mail."""
        from deskterm.desk.ticket_work.calls import Calls

        return Calls(self.shop)

    @cached_property
    def history(self) -> "History":
        """What happened to a ticket."""
        from deskterm.desk.ticket_work.history import History

        return History(self.shop)

    @cached_property
    def bulk(self) -> "Bulk":
        """One macro to many tickets."""
        from deskterm.desk.ticket_work.bulk import Bulk

        return Bulk(self.shop)

    @cached_property
    def senders(self) -> "Senders":
        """Who is always a customer, and who never is."""
        from deskterm.desk.senders import Senders

        return Senders(self.shop)

    @cached_property
    def store_actions(self) -> "StoreActions":
        """Actions on orders in their stores."""
        from deskterm.desk.orders.store_actions import StoreActions

        return StoreActions(self.shop)

    @cached_property
    def undo(self) -> "Undo":
        """Undo and redo."""
        from deskterm.desk.undo import Undo

        return Undo(self.shop)

    @cached_property
    def replies(self) -> "Replies":
        """Replies, from the first word to the outbox."""
        from deskterm.desk.reply.replies import Replies

        return Replies(self.shop)

    @cached_property
    def offers(self) -> "Offers":
        """Suggested answers, worked out in advance."""
        from deskterm.desk.answers.offers import Offers

        return Offers(self.shop)

    @cached_property
    def habits(self) -> "Habits":
        """Answers the owner keeps typing."""
        from deskterm.desk.answers.habits import Habits

        return Habits(self.shop)

    @cached_property
    def drafting(self) -> "Drafting":
        """Drafts by the owner's own command."""
        from deskterm.desk.answers.drafting import Drafting

        return Drafting(self.shop)

    @cached_property
    def outbox(self) -> "Outbox":
        """The outbox."""
        from deskterm.desk.outbox import Outbox

        return Outbox(self.shop)

    @cached_property
    def search(self) -> "Search":
        """The search over all mail."""
        from deskterm.desk.search import Search

        return Search(self.shop)

    @cached_property
    def timeline(self) -> "Timeline":
        """Everything about one customer."""
        from deskterm.desk.timeline import Timeline

        return Timeline(self.shop)

    @cached_property
    def radar(self) -> "Radar":
        """Orders likely to become tickets."""
        from deskterm.desk.orders.radar import Radar

        return Radar(self.shop)

    @cached_property
    def automation(self) -> "Automation":
        """What runs by itself: rules, their letters, the day switches."""
        from deskterm.desk.rules.automation import Automation

        return Automation(self.shop)

    @cached_property
    def incidents(self) -> "Incidents":
        """Incidents: one cause, many customers."""
        from deskterm.desk.incidents.incidents import Incidents

        return Incidents(self.shop, self.bulk)

    @cached_property
    def guide(self) -> "Guide":
        """The tour and the hints."""
        from deskterm.desk.guide import Guide

        return Guide(self.shop)

    @cached_property
    def views(self) -> "Views":
        """Kept queries."""
        from deskterm.desk.views import Views

        return Views(self.shop)

    @cached_property
    def metrics(self) -> "Metrics":
        """The figures."""
        from deskterm.desk.metrics import Metrics

        return Metrics(self.shop)

    @cached_property
    def surveys(self) -> "Surveys":
        """The survey."""
        from deskterm.desk.surveys import Surveys

        return Surveys(self.shop)

    @property
    def read_only(self) -> bool:
        """Whether this desk changes nothing: another one is open, or the file cannot be written."""
        return self.shop.db.read_only

    @property
    def why_read_only(self) -> "ReadOnly":
        """The reason in words; what a use case that writes would raise."""
        return self.shop.db.refusal()

    def keep_theme(self, theme: str) -> None:
        """Start with that theme from now on; a read-only desk keeps nothing. Raises ConfigError, DiskFull."""
        from deskterm.config.settings_file import save_theme

        if not self.read_only:
            save_theme(self.shop.home, theme)

    def timer_on(self) -> bool:
        """Whether planned replies are sent while no desk is open, as far as this machine can tell."""
        from deskterm.config.timer import is_on

        return is_on(self.shop.home)

    def state(self, now: int) -> "DeskState":
        """How complete mail and orders are, what is on its way and what fails."""
        from deskterm.desk.status import state

        return state(self.shop, now)

    @cached_property
    def questions(self) -> "Questions":
        """The recurring questions."""
        from deskterm.desk.knowledge.questions import Questions

        return Questions(self.shop)

    @cached_property
    def faq(self) -> "Faq":
        """The FAQ."""
        from deskterm.desk.knowledge.faq import Faq

        return Faq(self.shop)
