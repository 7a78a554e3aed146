"""A desk with an order of a live store and the way to it: what the tests of acting share."""

from dataclasses import dataclass, field

from deskterm.config.paths import Home
from deskterm.config.settings_file import Policy, Settings, Shop
from deskterm.config.store_kinds import Ability
from deskterm.desk.orders.store_actions import StoreActions
from deskterm.desk.shop import DeskContext
from deskterm.domain.formats import Formats
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.actions import StoreAction
from deskterm.intake.orders_in import orders_arrived
from deskterm.storage import orders
from deskterm.storage.acting import store_actions
from deskterm.sync.stores.carry_out import carry_out_all


@dataclass
class ActingDesk:
    """`clock` is what the owner's and the pass's clock show; `open` gives the store's adapter."""

    home: Home
    db: object
    store: object
    open: object
    clock: int
    policy: Policy = field(default_factory=Policy)
    actions: StoreActions = field(init=False)

    def __post_init__(self):
        settings = Settings(shop=Shop(), stores=(self.store,), policy=self.policy)
        shop = DeskContext(self.db, settings, self.home, None, Formats("en_US", "UTC"))
        self.actions = StoreActions(shop)

    def order(self, external_id):
        """Deskterm's row of the store's order."""
        with self.db.read() as tx:
            row = tx.execute("SELECT id FROM shop_order WHERE external_id = ?", (external_id,)).fetchone()
            return orders.get(tx, row[0])

    def bring(self):
        """The store's orders into the desk."""
        with self.open() as adapter, self.db.write() as tx:
            for page in adapter.pages(""):
                orders_arrived(tx, page.orders, self.clock)

    def confirm(self, external_id, ability, **wish):
        order = self.order(external_id)
        plan = self.actions.plan(order.id, StoreAction("", ability, "", **wish), self.clock)
        typed = str(as_decimal(plan.to_type)) if plan.to_type else ""
        return self.actions.confirm(plan, order.id, self.clock, typed=typed).action.key

    def refund(self, external_id, amount, **wish):
        return self.confirm(external_id, Ability.REFUND, amount=amount, **wish)

    def carry_out(self):
        """One pass to the store."""
        with self.db.read() as tx:
            waiting = store_actions.open_of_store(tx, self.store.name)
        with self.open() as adapter:
            carry_out_all(waiting, adapter, self.db, lambda: self.clock)

    def state(self, key):
        return self.record(key).state

    def record(self, key):
        with self.db.read() as tx:
            return store_actions.get(tx, key)
