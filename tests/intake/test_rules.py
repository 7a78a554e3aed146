"""The owner's rules on arriving mail. Each file of `rule_cases` is a mail, a rule file, and what must happen.

The mail is a real one, read as intake reads it; what a rule wants written is carried out by a real desk.
"""

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desk.conftest import Fixed
from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.paths import Home
from deskterm.desk import Desk
from deskterm.domain.events import By
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment, OrderLine, Shipment
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.order_needs import Need
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.tickets import Priority
from deskterm.errors import ConfigError
from deskterm.intake.arrive import arrive_all
from deskterm.intake.classify import classify
from deskterm.intake.orders_in import orders_arrived
from deskterm.intake.planned_replies import hold_back
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.intake.still_true import why_untrue
from deskterm.mail.read import read_mail
from deskterm.storage import changes, events, tickets, undo
from deskterm.storage.desk_facts import QUIET_SINCE, set_fact
from deskterm.storage.figures.logs import logs
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.replies import outbox
from intake.world import CONTEXT, DAY, JANA, NOON, OMAR, SHOP, World, order

CASES = sorted((Path(__file__).parent / "rule_cases").glob("*.txt"))
PEOPLE = {
    "jana": JANA, "omar": OMAR, "us": SHOP, "robot": Address("Track", "notifications@track.example"),
    "us-with-a-tag": Address("", SHOP.address.replace("@", "+shop@")),
}  # fmt: skip
PLAYBOOK = Playbook(
    macros={
        "late": Macro("late", "Late", "", category="shipping", words=("where is", "parcel")),
        "order-status": Macro(
            "order-status", "Where it stands", "Hello {{ customer.first_name }},\n\nyour order #{{ order.number }} is on its way.",
            category="shipping", needs=(Need.SHIPPED,),
        ),
        "thanks": Macro("thanks", "Thanks", "Hello,\n\nthank you for your mail."),
        "claims": Macro("claims", "Done", "Hello,\n\nI have changed it.", claims=("it was changed",)),
        "acknowledgement": Macro("acknowledgement", "It came", "Hello,\n\nyour mail has come, and I answer by {{ day.answer_by | date }}."),
    },
    sops={"lost": Sop("lost", "Lost", (Step("a", "Look"),))},
)  # fmt: skip
SETTINGS = Settings(
    shop=Shop("Ridge & Pine", (), "Kind regards\nAnna", "UTC", "en_GB", hours="Mon-Fri 09:00-17:00"),
    mailboxes=(Mailbox("main", address=SHOP.address),),
)


def fields_of(text: str) -> dict[str, str]:
    return {name: value.strip() for name, _, value in (line.partition(":") for line in text.splitlines())}


class RuleWorld(World):
    """A world with a desk, whose rules are those of its file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.home = Home(path)
        self.desk = Desk(self.db, SETTINGS, self.home, Fixed(PLAYBOOK), Formats("en_GB", "UTC"))
        self.mails = 0
        self.now = NOON

    def rules(self, text: str):
        self.home.rules_file.write_text(text, "utf-8")
        read = self.desk.automation.rules.read(self.now)
        assert not read.problems
        return read.rules

    def send(
        self, said: dict[str, str], body: str, *, first_sync: bool = False, rules: str = "", at: int = NOON
    ) -> int:
        """A mail comes; gives its ticket."""
        self.mails += 1
        made = EmailMessage()
        who = PEOPLE[said["from"]]
        heads = {"Subject": said["subject"], "From": who.display, "To": said.get("to", SHOP.address)}
        heads["Message-ID"] = said.get("id", f"<one{self.mails}@test>")
        heads["Date"] = format_datetime(datetime.fromtimestamp(at, UTC))
        for name, value in (
            heads | {name: value for name, value in said.items() if name[:1].isupper()}
        ).items():
            made[name] = value
        made.set_content(body)
        raw = made.as_bytes()
        context = replace(
            CONTEXT, playbook=PLAYBOOK, rules=self.rules(rules), first_sync=first_sync, now=self.now
        )
        place = MailPlace(self.boxes["inbox"], self.mails, role="inbox")
        with self.db.write() as tx:
            mails = [classify(read_mail(raw, context.own), raw, place, at, context)]
            (came,) = arrive_all(tx, mails, context)
        return came.ticket_id

    def bought(self, text: str) -> None:
        """An order as a case tells it: `1042 jana shipped 9d scan 2d delivered 1d`."""
        number, who, state, *more = text.split()
        days = dict(zip(more[1::2], more[2::2], strict=True))
        age = int(more[0].rstrip("d"))
        times = {name: self.now - int(value.rstrip("d")) * DAY for name, value in days.items()}
        shipped = times.get("left") or (self.now - age * DAY if state in ("shipped", "delivered") else None)
        parcel = Shipment("DHL", "00340", "", shipped, times.get("delivered"), times.get("scan"))
        one = order(number, PEOPLE[who].address, fulfilment=Fulfilment(state))
        one = replace(
            one, placed_at=self.now - age * DAY, shipments=(parcel,) if shipped else (),
            lines=(OrderLine("M", "Mug", "", 1, one.total),), synced_at=self.now,
        )  # fmt: skip
        with self.db.write() as tx:
            orders_arrived(tx, [one], self.now)

    def ask(self, sql: str) -> list[tuple]:
        with self.db.read() as tx:
            return [tuple(row) for row in tx.execute(sql)]

    def became(self, ticket_id: int) -> dict[str, str]:
        """What a case may check."""
        with self.db.read() as tx:
            ticket = tickets.get(tx, ticket_id)
            ran = [str(one.now) for one in events.for_ticket(tx, ticket_id) if one.what == "rule"]
            endings = [row[0] for row in tx.execute("SELECT ending FROM rule_letter ORDER BY id")]
            sent = [
                row[0] for row in tx.execute("SELECT json_extract(draft, '$.macro') FROM outbox ORDER BY id")
            ]
            drafts = [row[0] for row in tx.execute("SELECT macro FROM draft")]
        snoozed = 0 if ticket.snoozed_until is None else (ticket.snoozed_until - NOON) // DAY
        return {
            "tags": " ".join(ticket.tags),
            "category": ticket.category,
            "status": str(ticket.status),
            "snoozed": str(snoozed),
            "priority": Priority(ticket.priority).name.lower(),
            "sop": ticket.sop,
            "mood": str(ticket.mood),
            "ran": " ".join(ran),
            "ending": ", ".join(endings),
            "sent": " ".join(sent),
            "draft": " ".join(drafts),
        }


@pytest.fixture
def world(tmp_path):
    made = RuleWorld(tmp_path)
    yield made
    made.db.close()


def came_to(world: RuleWorld, case: str, rules: str, **more) -> int:
    """The mails of a case come one after the other; gives the ticket of the last one."""
    ticket = 0
    for mail in case.strip().split("\n---- and\n"):
        head, _, body = mail.strip().partition("\n\n")
        said = fields_of(head)
        for text in filter(None, said.pop("order", "").split(",")):
            world.bought(text)
        if "restored" in said:
            with world.db.write() as tx:
                set_fact(tx, QUIET_SINCE, str(NOON + 1))
        at = NOON - int(said.get("days", 0)) * DAY - int(said.get("hours", 0)) * 3600
        ticket = world.send(said, body, rules=rules, at=at, **more)
        world.desk.automation.letters.carry_out(NOON + int(said.get("handled", 0)) * 3600)
    return ticket


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_rule_does_what_its_file_says(world, file):
    case, rules, then = file.read_text("utf-8").replace("--- rules.toml", "--- ").split("\n--- ", 2)
    ticket = came_to(world, case, rules)
    wanted = fields_of(then.partition("\n")[2].strip())
    assert world.became(ticket).items() >= wanted.items()


BROKEN = "from: jana\nsubject: Mug\n\nIt came broken."
RULE = '[[rule]]\nname = "one"\nwhen = "broken"\ntag = "a"\ncategory = "damaged"\non = true'
DRAFTS = RULE + '\ndraft = "thanks"'
SENDS = "sending = true\n" + RULE + '\nsend = "thanks"'


def test_the_first_sync_runs_no_rule(world):
    assert (
        world.became(came_to(world, BROKEN, SENDS, first_sync=True)).items()
        >= {"ran": "", "sent": ""}.items()
    )


def test_what_the_owner_set_by_hand_stays(world):
    first = came_to(world, BROKEN, "")
    with world.db.write() as tx:
        changes.change(tx, first, NOON, By.OWNER, category="wholesale")
    answer = "from: jana\nsubject: Re: Mug\nIn-Reply-To: <one1@test>\n\nstill broken"
    assert came_to(world, answer, RULE) == first
    assert world.became(first).items() >= {"category": "wholesale", "tags": "a"}.items()


def ran(world, ticket):
    with world.db.read() as tx:
        return next(one.action for one in events.for_ticket(tx, ticket) if one.what == "rule")


def test_a_run_is_one_action_that_can_be_taken_back(world):
    ticket = came_to(world, BROKEN, RULE)
    action = ran(world, ticket)
    with world.db.write() as tx:
        assert [str(one.what) for one in events.for_action(tx, action)] == ["rule", "category", "tags"]
        undo.reverse(tx, action, NOON)
    assert world.became(ticket).items() >= {"category": "", "tags": ""}.items()


@pytest.mark.parametrize("rules", [DRAFTS, SENDS])
def test_a_run_is_taken_back_with_its_letter(world, rules):
    ticket = came_to(world, BROKEN, rules)
    world.desk.history.take_back(ran(world, ticket), NOON + 5)
    became = world.became(ticket)
    assert (became["tags"], became["status"]) == ("", "open")
    with world.db.read() as tx:
        states = [row[0] for row in tx.execute("SELECT state FROM outbox")]
    assert states in ([], ["discarded"])
    assert became["draft"] == ("thanks" if states else "")  # a letter from the outbox is a draft again


def test_a_draft_that_the_owner_has_changed_stays_theirs(world):
    ticket = came_to(world, BROKEN, DRAFTS)
    draft = world.desk.replies.begin(ticket, NOON)
    world.desk.replies.save(replace(draft, body=f"My own words.\n{draft.body}"), NOON)
    world.desk.history.take_back(ran(world, ticket), NOON + 5)
    assert world.became(ticket)["draft"] == "thanks"


def test_a_run_that_was_taken_back_before_its_letter_was_written_writes_none(world):
    ticket = world.send({"from": "jana", "subject": "Mug"}, "broken", rules=SENDS)
    world.desk.history.take_back(ran(world, ticket), NOON)
    world.desk.automation.letters.carry_out(NOON)
    assert world.became(ticket).items() >= {"ending": "taken back", "sent": "", "draft": ""}.items()


def test_undo_passes_over_what_a_rule_did(world):
    came_to(world, BROKEN, SENDS)
    with world.db.read() as tx:
        assert events.last_undoable(tx) == 0


def test_the_same_mail_again_runs_no_rule(world):
    ticket = came_to(world, BROKEN.replace("\n\n", "\nid: <same@test>\n\n"), SENDS)
    assert came_to(world, BROKEN.replace("\n\n", "\nid: <same@test>\n\n"), SENDS) == ticket
    assert world.became(ticket).items() >= {"ran": "one", "sent": "thanks"}.items()


def test_nothing_goes_out_while_the_clock_is_behind_and_after_it_leapt_ahead(world):
    world.desk.automation.letters.carry_out(NOON + 3 * 3600)
    assert world.became(came_to(world, BROKEN, SENDS))["ending"] == "clock"
    world.desk.automation.letters.carry_out(NOON + 6 * DAY)
    with world.db.read() as tx:
        assert int(tx.execute("SELECT value FROM note WHERE key = ?", (QUIET_SINCE,)).fetchone()[0]) > NOON


def handled(world, who, at) -> str:
    """What becomes of a mail that comes then and is handled in the minute after."""
    world.send({"from": who, "subject": "Mug"}, "It came broken.", rules=ACKNOWLEDGES, at=at)
    world.desk.automation.letters.carry_out(at + 60)
    return world.ask("SELECT ending FROM rule_letter ORDER BY id DESC LIMIT 1")[0][0]


@pytest.mark.parametrize("restored", [False, True])
def test_a_clock_that_was_far_ahead_and_is_right_again_stops_letters_for_a_day_and_no_longer(world, restored):
    ahead = NOON + 400 * DAY
    if restored:
        with world.db.write() as tx:
            set_fact(tx, QUIET_SINCE, str(ahead))
    else:
        world.desk.automation.letters.carry_out(NOON - 60)
        world.desk.automation.letters.carry_out(ahead)
        assert handled(world, "jana", ahead) == "sent"
    assert handled(world, "omar", NOON) == "clock"
    for hour in range(1, 24):
        world.desk.automation.letters.carry_out(NOON + hour * 3600)
    assert handled(world, "omar", NOON + 23 * 3600 + 1800) == "clock"
    world.desk.automation.letters.carry_out(NOON + DAY + 120)
    assert handled(world, "omar", NOON + DAY + 600) == "sent"
    if not restored:
        assert handled(world, "jana", NOON + DAY + 900) == "address cap"
        assert handled(world, "jana", NOON + 2 * DAY + 1800) == "sent"


def test_a_clock_that_is_behind_is_right_only_after_a_day_that_it_ran_through(world):
    world.desk.automation.letters.carry_out(NOON + 400 * DAY)
    world.desk.automation.letters.carry_out(NOON)
    world.desk.automation.letters.carry_out(NOON + 90 * DAY)  # it leapt again
    assert handled(world, "jana", NOON + 90 * DAY + 3600) == "clock"


def test_what_a_rule_sends_says_so_and_does_not_count_as_a_persons_answer(world):
    ticket = came_to(world, BROKEN, SENDS)
    with world.db.write() as tx:
        raw, row = tx.execute("SELECT raw, id FROM outbox").fetchone()
        outbox.mark(tx, row, OutboxState.SENT, "250", NOON + 20)
        record_sent_reply(tx, row, NOON + 20)
        after = tickets.get(tx, ticket)
        assert logs(tx, [ticket]).marks == []  # nor a reply of the figures'
    assert b"Auto-Submitted: auto-replied\r\n" in bytes(raw)
    assert (str(after.status), after.unanswered_since) == ("waiting", NOON)


@pytest.mark.parametrize(
    ("does", "copied"),
    [('send = "thanks"', 0), ('acknowledge = "acknowledgement"', 0), ('draft = "thanks"', 1)],
)
def test_a_letter_that_goes_by_itself_goes_to_its_writer_alone(world, does, copied):
    case = BROKEN.replace("\n\n", "\nCc: kin@elsewhere.example\n\n")
    came_to(world, case, "sending = true\n" + RULE + f"\n{does}")
    (text,) = [row[0] for row in world.ask("SELECT draft FROM outbox UNION SELECT body FROM draft")]
    sent = [row[0] for row in world.ask("SELECT address FROM recipient")]
    assert sent == ([] if copied else [JANA.address])
    assert ("kin@elsewhere.example" in str(world.ask("SELECT * FROM draft"))) == bool(copied)
    assert "kin@elsewhere.example" not in text


ACKNOWLEDGES = RULE + '\nacknowledge = "acknowledgement"'


def stop_letter(world) -> None:
    with world.db.write() as tx:
        (row,) = outbox.rows(tx, OutboxState.QUEUED)
        hold_back(tx, row, "it could not go", NOON + 60)


@pytest.mark.parametrize("rules", [ACKNOWLEDGES, SENDS])
def test_a_letter_that_could_not_go_by_itself_leaves_the_owners_own_draft_alone(world, rules):
    ticket = came_to(world, BROKEN, rules)
    own = replace(world.desk.replies.begin(ticket, NOON), body="My own words.")
    world.desk.replies.save(own, NOON)
    stop_letter(world)
    assert world.desk.replies.begin(ticket, NOON).body == "My own words."
    view = world.desk.tickets.view(ticket, NOON + 60)
    assert (view.ticket.status, view.ticket.cues) == ("open", ())


def test_an_acknowledgement_that_could_not_go_is_no_draft_and_a_letter_is_one(world):
    ticket = came_to(world, BROKEN, ACKNOWLEDGES)
    stop_letter(world)
    assert world.became(ticket)["draft"] == ""
    came_to(world, BROKEN.replace("jana", "omar"), SENDS)
    stop_letter(world)
    assert world.ask("SELECT macro FROM draft") == [("thanks",)]


CAPPED = (
    ("brought back", "sent"),
    ("held back", "sent"),
    ("refused", "sent"),
    ("discarded after it was handed over", "address cap"),
    ("sent", "address cap"),
    ("still waiting", "address cap"),
)


@pytest.mark.parametrize(("became", "then"), CAPPED)
def test_only_a_letter_that_went_out_or_will_go_counts_for_the_caps(world, became, then):
    ticket = came_to(world, BROKEN, "most_per_day = 1\n" + ACKNOWLEDGES)
    ((row,),) = world.ask("SELECT id FROM outbox")
    if became == "brought back":
        world.desk.outbox.bring_back(row, NOON + 5)
    elif became == "held back":
        stop_letter(world)
    elif became != "still waiting":
        with world.db.write() as tx:
            outbox.claim(tx, row, "me", NOON + 20)
            outbox.hand(tx, row)
            state = {"refused": OutboxState.REFUSED, "sent": OutboxState.SENT}.get(
                became, OutboxState.DISCARDED
            )
            outbox.mark(tx, row, state, "550", NOON + 21)
    came_to(world, BROKEN.replace("Mug", "Plate"), "most_per_day = 1\n" + ACKNOWLEDGES)
    ending = world.ask("SELECT ending FROM rule_letter ORDER BY id DESC LIMIT 1")
    assert ending == [(then,)]
    assert world.became(ticket)["sent"].split()[0] == "acknowledgement"


def test_taking_an_acknowledgement_back_keeps_the_owners_own_draft(world):
    ticket = came_to(world, BROKEN, ACKNOWLEDGES)
    world.desk.replies.save(replace(world.desk.replies.begin(ticket, NOON), body="My own words."), NOON)
    ((row,),) = world.ask("SELECT id FROM outbox")
    assert "your own draft stays" in world.desk.outbox.bring_back(row, NOON + 5).words
    assert world.desk.replies.begin(ticket, NOON).body == "My own words."


def untrue(world, at) -> str:
    with world.db.read() as tx:
        return why_untrue(tx, outbox.rows(tx)[0], at, ZoneInfo("UTC"))


ABOUT_ORDER = "from: jana\nsubject: Mug\norder: 1042 jana shipped 3d\n\nIt came broken, order 1042."


def test_a_letter_that_waits_to_go_by_itself_is_judged_again_by_its_order(world):
    came_to(world, ABOUT_ORDER, SENDS.replace("thanks", "order-status"))
    assert untrue(world, NOON + 60) == ""
    world.bought("1042 jana delivered 3d delivered 0d")
    assert "is “" in untrue(world, NOON + 60)


def test_an_acknowledgement_says_nothing_of_an_order_that_could_change(world):
    came_to(world, ABOUT_ORDER, ACKNOWLEDGES)
    world.bought("1042 jana delivered 3d delivered 0d")
    assert untrue(world, NOON + 60) == ""


def test_a_letter_that_waits_to_go_by_itself_is_judged_again_by_the_day_it_names(world):
    came_to(world, BROKEN, SENDS)
    with world.db.write() as tx:
        tx.execute("UPDATE outbox SET draft = json_set(draft, '$.body', 'You hear from me today.')")
    assert (untrue(world, NOON + 60), untrue(world, NOON + DAY)) == ("", "“today” is no longer so")


def test_an_acknowledgement_may_have_any_name(world):
    case = "from: jana\nsubject: Mug\n\nIt came broken. I need another one by Friday."
    renamed = Playbook(
        {**PLAYBOOK.macros, "got-it": replace(PLAYBOOK.macros["acknowledgement"], id="got-it")}
    )
    object.__setattr__(world.desk.shop, "playbook", Fixed(renamed))
    ticket = came_to(world, case, RULE + '\nacknowledge = "got-it"')
    assert world.became(ticket).items() >= {"sent": "got-it", "ending": "sent"}.items()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ('name = "Gr\u00f6\u00dfe"'.encode("latin-1"), "is not UTF-8: line 1"),
        (b"sending = ", "It is not TOML"),
        (b"n = " + b"9" * 5000, "It is not TOML"),
    ],
)
def test_an_unreadable_file_of_rules_is_reported_in_words_and_left_as_it_is(world, raw, words):
    world.home.rules_file.write_bytes(raw)
    rules = world.desk.automation.rules
    ((_, told),) = rules.read(NOON).problems
    assert words in told
    with pytest.raises(ConfigError, match=words):
        rules.let_send(on=True)
    assert world.home.rules_file.read_bytes() == raw


THEN = {
    "is:open": 1, "is:solved": 0, "is:snoozed": 0, "is:trash": 0, "is:spam": 0, "is:unanswered": 1,
    "tag:done": 0, "-tag:done": 1, "tag:vip": 1, "-has:tag": 0, "category:wholesale": 0,
}  # fmt: skip


def test_a_rule_is_tried_on_tickets_as_they_were_when_the_mail_came(world):
    first = came_to(world, "from: jana\nsubject: Mug\nid: <a@test>\nhours: 3\n\nhello", "")
    with world.db.write() as tx:
        changes.change(tx, first, NOON - 7200, By.OWNER, status="solved", tags=("vip",))
    again = "from: jana\nsubject: Re: Mug\nIn-Reply-To: <a@test>\nhours: 1\n\nIt is broken."
    assert came_to(world, again, "") == first
    with world.db.write() as tx:
        changes.change(tx, first, NOON, By.OWNER, snoozed_until=NOON + DAY)
        changes.change(tx, first, NOON, By.OWNER, status="solved", tags=("done",), category="wholesale")
        changes.change(tx, first, NOON, By.OWNER, view="trash")
    world.rules(
        "".join(f'[[rule]]\nname = "{one}"\nwhen = "broken {one}"\npriority = "high"\n' for one in THEN)
    )
    tried = {one: world.desk.automation.dry_run.try_out(one, NOON + 60).mails for one in THEN}
    assert tried == THEN


def test_a_rules_priority_counts_from_the_arrival_of_the_mail_it_is_for(world):
    """It was fetched three hours later; its target is that of a high priority all the same."""
    rule = '[[rule]]\nname = "first"\nwhen = "broken"\npriority = "high"\non = true\n'
    first = came_to(world, "from: jana\nsubject: Mug\nid: <a@test>\nhours: 3\n\nIt is broken.", rule)
    (event,) = world.ask(f"SELECT at, by, now FROM events WHERE ticket_id = {first} AND what = 'priority'")
    assert event == (NOON - 3 * 3600, "rule", "1")


MANY = (
    "from: jana\nsubject: Mug\nid: <a@test>\norder: 1042 jana shipped 12d scan 8d\n\nIt came broken. Where is the rest?",
    "from: jana\nsubject: Re: Mug\nid: <b@test>\nIn-Reply-To: <a@test>\n\nAny news? It is broken.",
    "from: omar\nsubject: Plate\nid: <c@test>\nhours: 12\n\nMy plate is broken. This is unacceptable.",
    "from: omar\nsubject: List\nid: <d@test>\nList-Post: <mailto:x@lists.example>\nAuto-Submitted: no\n\nbroken",
    "from: omar\nsubject: Tasse\nid: <e@test>\n\nDie Tasse ist leider zerbrochen, was kann ich jetzt bitte tun?",
)
RULE_FILE = "sending = true\nmost_per_day = 9\n" + "".join(
    f'\n[[rule]]\nname = "{name}"\nwhen = "{when}"\n{does}\non = {{on}}\n'
    for name, when, does in (
        ("silent", "parcel:silent is:first", 'tag = "s"\nlast = true'),
        ("night", "during:closed -mood:pleased", 'tag = "n"'),
        ("answers", "broken", 'send = "thanks"'),
        ("german", "language:de", 'draft = "claims"'),
    )
)


def test_a_dry_run_is_what_then_happens_on_the_same_mail(tmp_path):
    """Tried with the rules off, and then run in another desk with the rules on."""
    both = []
    for place, on in enumerate(("false", "true")):
        folder = tmp_path / str(place)
        folder.mkdir()
        world, rules = RuleWorld(folder), RULE_FILE.replace("{on}", on)
        for one in MANY:
            came_to(world, one, rules)
        world.rules(RULE_FILE.replace("{on}", "true"))
        ids = dict(world.ask("SELECT id, message_id FROM message"))
        if place:
            runs = world.ask(
                "SELECT rule, message_id FROM rule_letter WHERE ending IN ('sent', 'amber', 'drafted')"
            )
            told = world.ask("SELECT DISTINCT now, ticket_id FROM events WHERE what = 'rule'")
            both.append((sorted((rule, ids[message]) for rule, message in runs), sorted(told)))
        else:
            names = [one.name for one in world.desk.automation.rules.read(NOON).rules]
            tried = [world.desk.automation.dry_run.try_out(name, NOON + 60) for name in names]
            letters = sorted((one.rule, ids[message]) for one in tried for message in one.answered)
            ran_on = {(f'"{one.rule}"', ticket.row.ticket_id) for one in tried for ticket in one.tickets}
            both.append((letters, sorted(ran_on)))
        world.db.close()
    assert both[0] == both[1]
    assert [rule for rule, _ in both[0][0]] == ["answers", "answers", "german"]
