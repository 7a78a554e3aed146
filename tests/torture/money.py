"""Money that may move only once: `python -m tests.torture.money [runs of each] [seed]`.

Each run confirms a refund, a cancellation, a replacement, store credit or a code for a fresh order in a shop on loopback and
carries it out while answers are cut before, in and after them, refused with a 500 behind which it may have happened, take effect
late, or the process is killed at any statement or request. The owner repeats what is said not to have
happened. After each step the shop's own record is compared with what the desk says: never two, never one
that the desk calls not done, never none that it calls done. Exits 1 if there is any.
"""

import os
import random
import shutil
import sys
import tempfile
import warnings
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
PLACES = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT)]
if __name__ == "__main__":
    sys.path[:0] = PLACES

from counterparts.shopify import ShopifyShop  # noqa: E402
from counterparts.shopify_rows import order_row  # noqa: E402
from counterparts.templates import fresh  # noqa: E402
from counterparts.vendure import VendureShop, vendure_row  # noqa: E402
from counterparts.woo_changes import WooActingShop  # noqa: E402
from counterparts.woo_shop import KEY, SECRET  # noqa: E402
from deskterm.config.paths import Home  # noqa: E402
from deskterm.config.settings_file import Store  # noqa: E402
from deskterm.config.store_kinds import Ability  # noqa: E402
from deskterm.domain.orders.actions import ActionState, PieceCount  # noqa: E402
from deskterm.domain.orders.order import Money  # noqa: E402
from deskterm.errors import DesktermError, NotNow  # noqa: E402
from deskterm.intake.orders_in import orders_arrived  # noqa: E402
from deskterm.storage.schema.migrate import open_database  # noqa: E402
from deskterm.sync.stores.adapter import StoreAccess  # noqa: E402
from deskterm.sync.stores.http import StoreLine  # noqa: E402
from deskterm.sync.stores.shopify.store import ShopifyStore  # noqa: E402
from deskterm.sync.stores.vendure.store import VendureStore  # noqa: E402
from deskterm.sync.stores.woocommerce.store import WooStore  # noqa: E402
from sync.stores.acting import ActingDesk  # noqa: E402
from torture import dying  # noqa: E402

FAULTS = ("cut before", "cut after", "cut within", "500", "500 after", "html", "html after", "late", "none")
MOST_STEPS = 12  # passes and repeats of one run
KILLED = 0.4  # of the runs, beside their fault
OF_A_DRAFT = (
    "createPromotion", "createDraftOrder", "applyCouponCode", "addItemToDraftOrder", "setCustomerForDraftOrder",
    "setDraftOrderShippingAddress", "setDraftOrderShippingMethod", 'ArrangingPayment"', "addManualPayment",
)  # fmt: skip
ALL = (Ability.REFUND, Ability.CANCEL, Ability.REPLACE, Ability.CREDIT, Ability.CODE)


@dataclass
class Shop:
    """A shop, how its store is opened, and the requests that change something in it."""

    name: str
    shop: object
    adapter: type
    key: str
    secret: str
    changes: dict
    made: int = 100
    numbers: dict = field(default_factory=dict)

    def new_order(self):
        """The id of a fresh order."""
        self.made += 1
        if self.name == "shopify":
            self.shop.add(order_row(self.made, self.shop.now))
            self.numbers[str(7000 + self.made)] = str(1000 + self.made)
            return str(7000 + self.made)
        if self.name == "vendure":
            self.shop.orders[str(self.made)] = vendure_row(self.made, self.shop.now)
            return str(self.made)
        return str(self.shop.add())

    def settings(self):
        return Store(name=self.name, kind=self.name, address=self.shop.url, key=self.key)

    def open(self):
        access = StoreAccess(self.settings(), ZoneInfo("UTC"), 1_764_000_000, lambda: self.secret)
        if self.adapter is ShopifyStore:
            return ShopifyStore(access, sleep=lambda _: None)
        return self.adapter(access)

    def count(self, ability, order):
        """How often the shop did it."""
        if ability is Ability.CODE:
            return sum(
                row[0] == "code" and code_for(order).lower() in str(row).lower() for row in self.shop.done
            )
        names = {
            Ability.REFUND: ("refund",),
            Ability.CREDIT: ("credit",),
            Ability.CANCEL: ("cancel", "cancelled"),
            Ability.REPLACE: ("replacement",),
        }[ability]
        named = {order, self.numbers.get(order)}  # a replacement names the order by its number
        return sum(what in names and which in named for what, which, *_ in self.shop.done)


def code_for(order):
    """The discount code of an order's run."""
    return f"SORRY-{order}-"


def shops():
    """Each with the requests of its actions, one of which the fault meets."""
    shopify, vendure, woo = ShopifyShop(orders=0), VendureShop(orders=0), WooActingShop(orders=0)
    refund, cancel, replace, credit, code = ALL
    in_shopify = {
        refund: ("refundCreate",), cancel: ("orderCancel",), replace: ("mutation Draft",),
        credit: ("refundCreate",), code: ("discountCodeBasicCreate",),
    }  # fmt: skip
    in_woo = {refund: ("POST",), cancel: ("PUT",), replace: ("POST",), code: ("POST",)}
    in_vendure = {
        refund: ("refundOrder",), cancel: ("cancelOrder",), replace: OF_A_DRAFT, code: ("createPromotion",),
    }  # fmt: skip
    return [
        Shop("shopify", shopify, ShopifyStore, "", shopify.fixed, in_shopify),
        Shop("woocommerce", woo, WooStore, KEY, SECRET, in_woo),
        Shop("vendure", vendure, VendureStore, "", vendure.key, in_vendure),
    ]


@dataclass
class MoneyTally:
    """What the runs of one kind came to."""

    ends: Counter = field(default_factory=Counter)
    hit: int = 0
    doubled: int = 0
    silent: int = 0
    words: list = field(default_factory=list)


class Run:
    """One action in one shop, with its faults."""

    def __init__(self, shop, ability, rng, folder):
        self.shop, self.ability, self.rng = shop, ability, rng
        self.home = Home(folder)
        self.db = open_database(fresh(self.home.database))
        self.desk = ActingDesk(self.home, self.db, shop.settings(), shop.open, 1_764_000_000)
        self.order = shop.new_order()
        self.doubled = self.silent = self.killed = 0
        self.story = []

    def run(self):
        """From confirmation to an end; gives the last state."""
        with self.shop.open() as adapter:
            order = adapter.one_order(self.order)
        with self.db.write() as tx:
            orders_arrived(tx, [order], self.desk.clock)
        with_amount = self.ability in (Ability.REFUND, Ability.CREDIT)
        amount = Money(500, order.total.currency) if with_amount else None
        if self.ability is Ability.CANCEL and self.shop.name == "shopify":
            amount = order.total  # the money goes back with it
        pieces = (PieceCount(order.lines[0].external_id, 1),) if self.ability is Ability.REPLACE else ()
        wish = {"text": code_for(self.order), "percent": 10} if self.ability is Ability.CODE else {}
        self.key = self.desk.confirm(self.order, self.ability, amount=amount, pieces=pieces, **wish)
        fault = self.rng.choice(FAULTS)
        self.set_fault(fault)
        self.story.append(fault)
        for step in range(MOST_STEPS):
            self.take(step)
            self.check()
            if self.desk.state(self.key) is ActionState.DONE:
                break
            self.owner()
        self.shop.shop.wire.faults.clear()
        self.db.close()
        return self.desk_state

    def set_fault(self, fault):
        if fault != "none":
            times = self.rng.choice((1, 1, 1, 2))
            self.shop.shop.fault(fault, self.rng.choice(self.shop.changes[self.ability]), times=times)
        if self.rng.random() < 0.2:
            self.shop.shop.fault("cut before", "", times=1)  # a look at the order fails as well

    def take(self, step):
        """One pass; in a process that dies, now and then."""
        if step < 3 and self.rng.random() < KILLED:
            return self.take_dying()
        with suppress(DesktermError):
            self.desk.carry_out()
        return None

    def take_dying(self):
        """The pass in a process of its own, killed at a statement or at a request, before it or behind it."""
        where, number = self.rng.choice(("statement", "request")), self.rng.randrange(1, 14)
        self.db.close()
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                die_at(where, number)
                self.open_again()
                self.desk.carry_out()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        self.killed += os.WIFSIGNALED(status)
        self.story.append(f"killed at {where} {number}" if os.WIFSIGNALED(status) else "not killed")
        self.open_again()

    def open_again(self):
        self.db = open_database(self.home.database)
        clock = self.desk.clock
        self.desk = ActingDesk(self.home, self.db, self.shop.settings(), self.shop.open, clock)

    def check(self):
        """What the shop did beside what the desk says."""
        count, state = self.shop.count(self.ability, self.order), self.desk.state(self.key)
        self.desk_state = state
        self.story.append(f"{state}: {count}")
        self.doubled = max(self.doubled, count > 1)
        wrong = (state is ActionState.DONE and count != 1) or (state is ActionState.REFUSED and count != 0)
        self.silent = max(self.silent, wrong or (state is ActionState.CONFIRMED and count != 0))

    def owner(self):
        """Time passes, late requests take effect within two minutes, and what did not happen is repeated."""
        self.desk.clock += self.rng.choice((1, 30, 60, 130))
        if self.desk.clock - 1_764_000_000 > 100 or self.rng.random() < 0.3:
            self.shop.shop.wire.finish_late()
        if self.desk.state(self.key) is ActionState.REFUSED and self.rng.random() < 0.7:
            with suppress(NotNow):
                self.desk.actions.repeat(self.key, self.desk.clock)


def die_at(where, number):
    if where == "statement":
        return dying.at_statement(number)
    send, count = StoreLine._send, dying.counting(number)

    def sending(*given, **named):
        count()
        answer = send(*given, **named)
        count()
        return answer

    StoreLine._send = sending
    return None


def torture(runs, seed, abilities=ALL):
    """That many runs of each action in each shop; gives the tallies by name."""
    tallies = {}
    folder = Path(
        tempfile.mkdtemp(prefix="money-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    )
    opened = shops()
    try:
        pairs = [(shop, ability) for shop in opened for ability in abilities if ability in shop.changes]
        for number, (shop, ability) in enumerate(pairs):
            tally = tallies[f"{ability} in {shop.name}"] = MoneyTally()
            for at in range(runs):
                one(tally, Run(shop, ability, random.Random(f"{seed} {number} {at}"), folder / "run"), at)
                shutil.rmtree(folder / "run")
    finally:
        for shop in opened:
            shop.shop.close()
        shutil.rmtree(folder, ignore_errors=True)
    return tallies


def one(tally, run, at):
    state = run.run()
    tally.ends[str(state)] += 1
    tally.hit += bool(run.killed) or run.story[0] != "none"
    tally.doubled += run.doubled
    tally.silent += run.silent
    if run.doubled or run.silent:
        tally.words.append(f"run {at}: {'; '.join(run.story)}")


def main(runs, seed):
    row = "{:<28} {:>6} {:>6} {:>6} {:>8} {:>8} {:>8} {:>8}".format
    lines = [row("action", "runs", "hit", "done", "unknown", "not done", "doubled", "silent")]
    tallies = torture(runs, seed)
    for name, one in tallies.items():
        ends = [one.ends[state] for state in ("done", "unknown", "refused")]
        lines.append(row(name, sum(one.ends.values()), one.hit, *ends, one.doubled, one.silent))
        lines += one.words[:5]
    sys.stdout.write("\n".join([*lines, f"seed {seed}"]) + "\n")
    return int(any(one.doubled or one.silent for one in tallies.values()))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    given = [int(one) for one in sys.argv[1:]] + [300, random.randrange(1_000_000)][len(sys.argv) - 1 :]
    sys.exit(main(given[0], given[1]))
