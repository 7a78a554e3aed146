"""A rule tried on past mail says what would have happened then: the same days, lived in two desks.

In one the rules are off and are tried at the end; in the other they are on from the first mail.
"""

from dataclasses import replace
from random import Random

import pytest

from deskterm.domain.events import By
from deskterm.domain.orders.order import Fulfilment, Shipment
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.ticket_work.promises import PromisedDate
from deskterm.intake.orders_in import orders_arrived
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.storage import changes, tickets
from deskterm.storage.mail import messages
from deskterm.storage.replies import outbox
from deskterm.storage.ticket_work import promises
from intake.test_rules import RuleWorld
from intake.world import DAY, JANA, NOON, order

RULES = "sending = true\nmost_per_day = 4\n" + "".join(
    f'\n[[rule]]\nname = "{name}"\nwhen = "{when}"\n{does}\non = {{on}}\n'
    for name, when, does in (
        ("seen", "broken -tag:seen", 'tag = "seen"\ncategory = "damaged"'),
        ("again", "tag:seen broken", 'tag = "again"'),
        ("noted", "has:note", 'tag = "noted"'),
        ("unshipped", "goods:unshipped", 'tag = "unshipped"'),
        ("shipped", "goods:shipped", 'tag = "shipped"'),
        ("arrived", "goods:delivered,cancelled", 'tag = "arrived"'),
        ("ordered", "has:order -has:tracking", 'tag = "ordered"'),
        ("lately", "after:2d -before:yesterday", 'tag = "lately"'),
        ("due", "is:due", 'priority = "high"'),
        ("promised", "promise:any", 'tag = "promised"'),
        ("drafting", "is:draft", 'tag = "drafting"'),
        ("damaged", "category:damaged -is:first", 'sop = "lost"'),
        ("night", "during:closed", 'tag = "night"'),
        ("draft", "plate", 'draft = "thanks"'),
        ("send", "broken", 'send = "thanks"'),
        ("came", "is:first", 'acknowledge = "acknowledgement"'),
    )
)
TEXTS = (
    "It came broken.",
    "My plate is broken.",
    "The plate is fine.",
    "This is unacceptable, order 1042.",
    "Hello again.",
)


PEOPLE_WHO_WRITE = ("jana", "omar")
STATES = (Fulfilment.UNFULFILLED, Fulfilment.SHIPPED, Fulfilment.DELIVERED)
DOES = ("solved", "note", "tag", "category", "answer", "promise", "order", "merge", "nothing")


class Past(RuleWorld):
    """Days of a shop: mails, orders and what the owner does, the same for the same number."""

    def live(self, number: int, rules: str) -> None:
        dice = Random(number)
        self.stages: list[int] = []
        last: dict[str, int] = {}
        for step in range(28):
            self.now = NOON - 7 * DAY + step * 6 * 3600 + dice.randrange(3600)
            who, text, follows = dice.choice(PEOPLE_WHO_WRITE), dice.choice(TEXTS), dice.random() < 0.6
            said = {"from": who, "subject": "Mug", "id": f"<m{step}@test>"}
            if follows and who in last:
                said["In-Reply-To"] = f"<m{last[who]}@test>"
            last[who] = step
            ticket = self.send(said, text, rules=rules, at=self.now)
            self.desk.automation.letters.carry_out(self.now + 1)
            self.deliver()
            self.now += 3600
            match dice.choice(DOES):
                case "order":
                    self.goes_on()
                case does:
                    self.do(does, ticket)

    def deliver(self) -> None:
        """What waits in the outbox goes out."""
        with self.db.write() as tx:
            for row in outbox.rows(tx, OutboxState.QUEUED):
                outbox.mark(tx, row.id, OutboxState.SENT, "250", self.now + 20)
                record_sent_reply(tx, row.id, self.now + 20)

    def goes_on(self) -> None:
        """Jana's order comes in, is shipped, and is delivered."""
        self.stages.append(self.now)
        _, left, came, *_ = (*self.stages, None, None, None)
        one = order("1042", JANA.address, fulfilment=STATES[min(len(self.stages), 3) - 1])
        parcels = (Shipment("DHL", "00340", "", left, came),) if left else ()
        placed = NOON - 9 * DAY
        with self.db.write() as tx:
            orders_arrived(
                tx, [replace(one, placed_at=placed, shipments=parcels, synced_at=self.now)], self.now
            )

    def do(self, what: str, ticket: int) -> None:
        """What the owner does by hand an hour later."""
        if what == "answer":
            told = {"from": "us", "to": JANA.address, "subject": "Re: Mug", "id": f"<r{self.now}@test>"}
            with self.db.read() as tx:
                mail = messages.for_ticket(tx, ticket)[-1]
            self.send(told | {"In-Reply-To": mail.message_id}, "I look at it.", at=self.now)
            return
        with self.db.write() as tx:
            if what == "note":
                changes.note(tx, ticket, "Look at it.", self.now)
            elif what == "tag":
                tags = (*tickets.get(tx, ticket).tags, f"by hand {self.now}")
                changes.change(tx, ticket, self.now, By.OWNER, tags=tags)
            elif what == "category":
                changes.change(tx, ticket, self.now, By.OWNER, category="wholesale")
            elif what == "solved":
                changes.change(tx, ticket, self.now, By.OWNER, status="solved")
            elif what == "merge":
                same = tickets.open_of_customer(tx, tickets.get(tx, ticket).customer_id)
                for other in [one for one in same if one != tickets.root(tx, ticket)][:1]:
                    changes.join(tx, tickets.root(tx, ticket), other, self.now, By.OWNER)
            elif what == "promise":
                promises.add(
                    tx, ticket, [PromisedDate("by Friday", self.now + DAY, self.now + DAY)], self.now
                )


def letters_of(world) -> dict[tuple[str, str], str]:
    """What became of each letter, by its rule and its mail; a letter that was not green counts as sent."""
    found = world.ask(
        "SELECT l.rule, m.message_id, l.ending FROM rule_letter l JOIN message m ON m.id = l.message_id"
    )
    return {(rule, mail): "sent" if ending == "amber" else ending for rule, mail, ending in found}


@pytest.mark.parametrize(("number", "run"), [(0, "all"), (1, "all"), (22, "first")])
def test_a_trial_says_what_happens_to_the_same_mails(tmp_path, number, run):
    file = f'run = "{run}"\n{RULES}'
    worlds = []
    for on in ("false", "true"):
        (tmp_path / on).mkdir()
        worlds.append(Past(tmp_path / on))
        worlds[-1].live(number, file.replace("{on}", on))
    tried, real = worlds
    tried.rules(file.replace("{on}", "true"))
    names = [one.name for one in tried.desk.automation.rules.read(NOON).rules]
    trials = {name: tried.desk.automation.dry_run.try_out(name, NOON + 60) for name in names}
    mails = {row: (name, at) for row, name, at in tried.ask("SELECT id, message_id, at FROM message")}
    ran = {(mails[one][1], name) for name, trial in trials.items() for one in trial.messages}
    happened = real.ask("SELECT at, json_extract(now, '$') FROM events WHERE what = 'rule'")
    assert sorted(ran) == sorted(happened)
    said = {(name, mails[one][0]) for name, trial in trials.items() for one in trial.answered}
    letters = letters_of(real)
    assert said == {one for one, ending in letters.items() if ending in ("sent", "drafted")}
    for world in worlds:
        world.db.close()
