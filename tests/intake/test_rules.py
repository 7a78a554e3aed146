"""The owner's rules on arriving mail. Each file of `rule_cases` is a mail, a rule file, and what must happen."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskterm.domain.messages import MachineKind
from deskterm.domain.rules.read import read_rules
from deskterm.intake.orders_in import orders_arrived
from deskterm.storage import events, tickets
from intake.world import CONTEXT, DAY, JANA, NOON, OMAR, World, mail, order

CASES = sorted((Path(__file__).parent / "rule_cases").glob("*.txt"))
PEOPLE = {"jana": JANA, "omar": OMAR}
KINDS = {"": MachineKind.HUMAN, "notice": MachineKind.NOTICE}


def fields_of(text: str) -> dict[str, str]:
    return {name: value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}


def rules_of(text: str):
    read = read_rules(text, datetime.fromtimestamp(NOON, UTC))
    assert not read.problems
    return read.rules


def come(world: World, case: str, rules: str, *, first_sync: bool = False) -> int:
    head, _, body = case.partition("\n\n")
    said = fields_of(head)
    at = NOON - int(said.get("days", 0)) * DAY
    one = mail(
        "one",
        PEOPLE[said["from"]],
        subject=said["subject"],
        text=body,
        kind=KINDS[said.get("kind", "")],
        date=at,
    )
    context = replace(CONTEXT, rules=rules_of(rules), first_sync=first_sync)
    return world.come((one, at), context=context)[0]


def became(world: World, ticket_id: int) -> dict[str, str]:
    with world.db.read() as tx:
        ticket = tickets.get(tx, ticket_id)
        ran = [str(event.now) for event in events.of_ticket(tx, ticket_id) if event.what == "rule"]
    snoozed = 0 if ticket.snoozed_until is None else (ticket.snoozed_until - NOON) // DAY
    return {
        "tags": " ".join(ticket.tags),
        "category": ticket.category,
        "status": str(ticket.status),
        "snoozed": str(snoozed),
        "ran": " ".join(ran),
    }


@pytest.fixture
def world(tmp_path):
    made = World(tmp_path)
    with made.db.write() as tx:
        orders_arrived(tx, [order("1042", OMAR.address)], NOON)
    yield made
    made.db.close()


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_rule_does_what_its_file_says(world, file):
    case, rules, then = file.read_text("utf-8").replace("--- rules.toml", "---").split("---", 2)
    ticket = came_to(world, case, rules)
    wanted = fields_of(then.partition("\n")[2].strip())
    assert became(world, ticket).items() >= wanted.items()


def came_to(world: World, case: str, rules: str) -> int:
    return come(world, case.strip(), rules)


BROKEN = "from: jana\nsubject: Mug\n\nIt came broken."
RULE = '[[rule]]\nname = "one"\nwhen = "broken"\ntag = "a"\ncategory = "damaged"\non = true'


def test_the_first_sync_runs_no_rule(world):
    assert became(world, come(world, BROKEN, RULE, first_sync=True))["ran"] == ""


def test_what_the_owner_set_by_hand_stays(world):
    first = come(world, BROKEN, "")
    with world.db.write() as tx:
        from deskterm.domain.events import By
        from deskterm.storage import changes

        changes.change(tx, first, NOON, By.OWNER, category="wholesale")
    answer = mail("two", JANA, subject="Re: Mug", text="still broken", answers="one")
    (again,) = world.come((answer, NOON), context=replace(CONTEXT, rules=rules_of(RULE)))
    assert again == first
    assert became(world, first).items() >= {"category": "wholesale", "tags": "a"}.items()


def test_a_run_is_one_action_that_can_be_taken_back(world):
    from deskterm.storage import undo

    ticket = come(world, BROKEN, RULE)
    with world.db.write() as tx:
        ran = next(event for event in events.of_ticket(tx, ticket) if event.what == "rule")
        assert [str(event.what) for event in events.of_action(tx, ran.action)] == ["rule", "category", "tags"]
        undo.reverse(tx, ran.action, NOON)
    assert became(world, ticket).items() >= {"category": "", "tags": ""}.items()


def test_a_rule_is_no_key_press_of_the_owner(world):
    come(world, BROKEN, RULE)
    with world.db.read() as tx:
        assert events.last_undoable(tx) == 0


def test_the_same_mail_again_runs_nothing(world):
    ticket = come(world, BROKEN, RULE)
    assert come(world, BROKEN, RULE) == ticket
    assert became(world, ticket)["ran"] == "one"
