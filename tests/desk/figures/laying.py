"""Writes a case of the ledger into a database, as mail, key presses and stores would have left it."""

import json
import re
from dataclasses import replace

from desk.conftest import BEN, JANA, Fixed, ShopOfOne
from desk.figures.ledger_reader import Case, moment
from deskterm.config.paths import Home
from deskterm.desk import Desk
from deskterm.domain.events import By, What
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Address, MachineKind
from deskterm.domain.orders.order import Money, Refund
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.tickets import Priority, Status, View
from deskterm.storage import changes, customers, events, tickets
from deskterm.storage.figures import targets
from deskterm.storage.mail import summaries
from deskterm.storage.schema.migrate import open_database

PEOPLE = {
    "jana": JANA, "ben": BEN, "eve": Address("Eve", "eve@eve.example"),
    "jana.office": Address("Jana Mertens", "jana@office.example"),
}  # fmt: skip
MACROS = {
    "thanks": Macro("thanks", "Thank you", "Gladly.", category="thanks"),
    "order-status": Macro("order-status", "Status", "On its way.", category="shipping"),
    "other": Macro("other", "Other", "As it is.", category="question"),
}
STATUSES = {"solve": Status.SOLVED, "open": Status.OPEN, "wait": Status.WAITING, "hold": Status.HOLD}
_MOMENT = r"((?:\d{4}-)?\d\d-\d\d) (\d\d:\d\d)"


class Laying:
    """A shop whose tickets T1, T2 ... are those of a case."""

    def __init__(self, folder, settings) -> None:
        home = Home(folder)
        db = open_database(home.database)
        book = Fixed(Playbook(dict(MACROS)))
        self.shop = ShopOfOne(Desk(db, settings, home, book, Formats("de_DE", "Europe/Berlin")))
        self.ids: dict[int, int] = {}
        self.facts: dict[int, dict[str, str]] = {}
        self.orders: dict[str, int] = {}

    def lay(self, case: Case) -> None:
        """Write all steps of a case."""
        for fact in case.facts:
            if not fact.startswith("holidays "):
                self._fact(fact)
        for number, at, what in case.steps:
            getattr(self, f"_{what.split()[0].replace('+', '_').replace('-', '_')}")(
                number, at, what.split()[1:]
            )

    def number(self, ticket_id: int) -> int:
        """The case's number of a ticket."""
        return next(number for number, one in self.ids.items() if one == ticket_id)

    # facts: about a ticket, or of a store

    def _fact(self, text: str) -> None:
        if found := re.fullmatch(r"T(\d+): (.+)", text):
            self.facts[int(found[1])] = dict(re.findall(r"(\w+)=(\S+)", found[2]))
        elif found := re.fullmatch(rf"order (\S+) of ([\w.]+) {_MOMENT}(?: (\d+)(?: ([A-Z]{{3}}))?)?", text):
            who, at = PEOPLE[found[2]], moment(found[3], found[4])
            total = Money(int(found[5] or 4900), found[6] or "EUR")
            self.orders[found[1]] = self.shop.order(
                found[1], who, placed_at=at, total=total, shipments=(), synced_at=at
            )
        elif found := re.fullmatch(rf"refund on (\S+) {_MOMENT} (\d+) ([A-Z]{{3}})", text):
            money = Refund(moment(found[2], found[3]), Money(int(found[4]), found[5]))
            with self.shop.db.write() as tx:
                tx.execute(
                    "INSERT INTO refund(order_id, position, at, amount_minor, currency, reason)"
                    " SELECT ?1, count(*), ?2, ?3, ?4, '' FROM refund WHERE order_id = ?1",
                    (self.orders[found[1]], money.at, money.amount.minor, money.amount.currency),
                )
        elif found := re.fullmatch(rf"(returned|cancelled) (\S+) {_MOMENT}", text):
            wrote = {
                "returned": "INSERT INTO noted_return(opened_at, order_id) VALUES (?, ?)",
                "cancelled": "UPDATE shop_order SET cancelled_at = ? WHERE id = ?",
            }
            with self.shop.db.write() as tx:
                tx.execute(wrote[found[1]], (moment(found[3], found[4]), self.orders[found[2]]))
        elif found := re.fullmatch(r"same (\S+) (\S+)", text):
            self._join_people(*(PEOPLE[one] for one in found.groups()))
        elif found := re.fullmatch(rf"targets {_MOMENT} (.+)", text):
            with self.shop.db.write() as tx:
                targets.record(tx, found[3].split("; "), moment(found[1], found[2]))
        else:
            raise AssertionError(f"the ledger says {text!r}")

    def _join_people(self, one: Address, other: Address) -> None:
        """The second one's address is another of the first one's."""
        with self.shop.db.write() as tx:
            customer = customers.upsert(tx, one, 0)
            customers.move(tx, customer, **customers.belongings(tx, customers.upsert(tx, other, 0)))

    # steps

    def _ticket(self, number: int, at: int) -> int:
        if number not in self.ids:
            facts = self.facts.get(number, {})
            who = PEOPLE[facts.get("who", "jana")]
            with self.shop.db.write() as tx:
                customer = customers.upsert(tx, who, at)
                made = tickets.create(tx, customer_id=customer, subject=f"T{number}", at=at)
                if "order" in facts:
                    tickets.change(tx, made, order_id=self.orders[facts["order"]])
                if "category" in facts:
                    tickets.change(tx, made, category=facts["category"])
                if "channel" in facts:
                    tickets.change(tx, made, channel=facts["channel"])
            self.ids[number] = made
        return self.ids[number]

    def _who(self, number: int) -> Address:
        return PEOPLE[self.facts.get(number, {}).get("who", "jana")]

    def _in(self, number: int, at: int, how: list[str]) -> None:
        """A customer's mail; `robot` is one that a machine wrote."""
        ticket = self._ticket(number, at)
        machine = MachineKind.VACATION if "robot" in how else MachineKind.HUMAN
        self.shop.mail(ticket, self._who(number), at=at, machine=machine)
        if machine is MachineKind.HUMAN and "quiet" not in how:
            self._change(number, at, By.SYNC, status=Status.OPEN)

    def _out(self, number: int, at: int, how: list[str]) -> None:
        """A reply of ours; `robot` an automatic one, `aside` a mail to a supplier, `outside` from a phone."""
        ticket = self._ticket(number, at)
        macro = next((one.removeprefix("macro=") for one in how if one.startswith("macro=")), "")
        aside = "aside" in how
        machine = MachineKind.OTHER if "robot" in how else MachineKind.HUMAN
        to = (Address("Mill", "mill@mill.example"),) if aside else (self._who(number),)
        self.shop.answer(ticket, at=at, to=to, macro=macro, machine=machine, outside="outside" in how)
        if aside:  # as intake finds once it knows whom the mail went to
            with self.shop.db.write() as tx:
                summaries.mark_aside(tx, [ticket])
        if not {"robot", "aside", "only"} & set(how):
            self._change(number, at, By.OWNER, status=Status.WAITING)

    def _out_solve(self, number: int, at: int, how: list[str]) -> None:
        self._out(number, at, [*how, "only"])
        self._change(number, at, By.OWNER, status=Status.SOLVED)

    def _solve(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.OWNER, status=Status.SOLVED)

    def _open(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.OWNER, status=Status.OPEN)

    def _wait(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.OWNER, status=Status.WAITING)

    def _hold(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.OWNER, status=Status.HOLD)

    def _spam(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.OWNER, status=Status.SPAM)

    def _trash(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.OWNER, view=View.TRASH)

    def _others(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.SYNC, view=View.OTHERS)

    def _snooze(self, number: int, at: int, how: list[str]) -> None:
        """`snooze 11-19 09:00`; `asked` behind it where the customer wished it."""
        until = moment(*how[:2])
        self.shop.desk.tickets.snooze((self._ticket(number, at),), until, at, asked="asked" in how)

    def _wake(self, number: int, at: int, _how: list[str]) -> None:
        self._change(number, at, By.SYNC, snoozed_until=None)

    def _category(self, number: int, at: int, how: list[str]) -> None:
        self._change(number, at, By.OWNER, category=" ".join(how))

    def _priority(self, number: int, at: int, how: list[str], by: By = By.OWNER) -> None:
        self._change(number, at, by, priority=int(Priority[how[0].upper()]))

    def _rule_priority(self, number: int, at: int, how: list[str]) -> None:
        self._priority(number, at, how, By.RULE)

    def _take_back(self, number: int, at: int, _how: list[str]) -> None:
        """The owner drops the ticket's promise."""
        with self.shop.db.read() as tx:
            (row,) = tx.execute("SELECT id FROM promise WHERE ticket_id = ?", (self._ticket(number, at),))
        self.shop.desk.promising.drop(row[0], at)

    def _undo(self, _number: int, at: int, _how: list[str]) -> None:
        self.shop.desk.undo.undo(at)

    def _redo(self, _number: int, at: int, _how: list[str]) -> None:
        self.shop.desk.undo.redo(at)

    def _join(self, number: int, at: int, how: list[str]) -> None:
        with self.shop.db.write() as tx:
            other = self.ids[int(how[0].removeprefix("T"))]
            changes.join(tx, self.ids[number], other, at, By.OWNER)

    def _split(self, number: int, at: int, how: list[str]) -> None:
        """`split T2 11-17 10:00`: the mails from then on become a ticket of their own; `one` takes but that one."""
        since = moment(*how[1:3])
        with self.shop.db.read() as tx:
            rows = tx.execute(
                "SELECT id FROM message WHERE ticket_id = ? AND at >= ? ORDER BY at",
                (self.ids[number], since),
            )
            mails = [row[0] for row in rows]
        done = self.shop.desk.merging.split(self.ids[number], tuple(mails[:1] if "one" in how else mails), at)
        self.ids[int(how[0].removeprefix("T"))] = done.tickets[1]

    def _handled(self, number: int, at: int, how: list[str]) -> None:
        self._event(number, at, By.CLOCK, What.HANDLED, int(how[0]))

    def _stopped(self, number: int, at: int, _how: list[str]) -> None:
        self._event(number, at, By.OWNER, What.STOPPED, ["a value is missing"])

    def _queued(self, number: int, at: int, how: list[str]) -> None:
        """`queued MACRO edited|as-it-stands OFFERED [sure]`: a reply was written here."""
        macro = "" if how[0] == "-" else how[0]
        told = {
            "outbox": 1,
            "macro": macro,
            "edited": "edited" in how,
            "offered": how[2].split(",") if how[2:] else [],
            "sure": "sure" in how,
        }
        self._event(number, at, By.OWNER, What.QUEUED, told)

    def _brought_back(self, number: int, at: int, how: list[str]) -> None:
        """What undo writes of a queued reply."""
        with self.shop.db.write() as tx:
            action = tx.execute("SELECT max(action) FROM events WHERE what = 'queued'").fetchone()[0]
            told = {"outbox": 1, "macro": how[0]}
            ticket = self._ticket(number, at)
            events.add(tx, events.new_action(tx), ticket, at, By.OWNER, What.QUEUED, told, None, action)

    def _promise(self, number: int, at: int, how: list[str]) -> None:
        """`promise 11-20 17:00`: a letter of then names a date; `dropped` behind it takes it back."""
        ticket = self._ticket(number, at)
        with self.shop.db.write() as tx:
            tx.execute(
                "INSERT INTO promise(ticket_id, home_id, message_id, words, made_at, due_at, remind_at, sent_at, dropped)"
                " VALUES (?, ?, 'x', 'by then', ?, ?, ?, ?, ?)",
                (ticket, ticket, at, moment(*how[:2]), at, at, int("dropped" in how)),
            )

    def _asked(self, number: int, at: int, how: list[str]) -> None:
        """`asked`, and where it was answered the time and the score: `asked 11-20 17:00 5`."""
        self._ask(number, at, how, "survey")

    def _asked_nps(self, number: int, at: int, how: list[str]) -> None:
        self._ask(number, at, how, "survey-nps")

    def _asked_ces(self, number: int, at: int, how: list[str]) -> None:
        self._ask(number, at, how, "survey-ces")

    def _ask(self, number: int, at: int, how: list[str], macro: str) -> None:
        ticket = self._ticket(number, at)
        self.shop.answer(ticket, at=at, to=(self._who(number),), macro=macro)
        if how:
            self.shop.mail(ticket, self._who(number), text=how[2], at=moment(*how[:2]))

    def _step(self, number: int, at: int, how: list[str]) -> None:
        """`step SOP STEP`, and `off` behind it to take the tick away."""
        ticked = "off" not in how
        self._event(number, at, By.OWNER, What.STEP, {"sop": how[0], "step": how[1], "ticked": ticked})

    def _event(self, number: int, at: int, by: By, what: What, now: object) -> None:
        with self.shop.db.write() as tx:
            ticket = self._ticket(number, at)
            events.add(tx, events.new_action(tx), ticket, at, by, what, None, json.loads(json.dumps(now)))

    def _change(self, number: int, at: int, by: By, **columns: object) -> None:
        with self.shop.db.write() as tx:
            changes.change(tx, self._ticket(number, at), at, by, **columns)


def settings_for(base, **shop):
    """The shop's settings with other hours or holidays."""
    return replace(base, shop=replace(base.shop, **shop))
