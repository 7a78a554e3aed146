"""Surveys: who is asked, who never is, and what becomes of an answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from counterparts.templates import fresh
from desk.conftest import BEN, DAY, JANA, NOW, Fixed, ShopOfOne, settings
from deskterm.config.paths import Home
from deskterm.desk import Desk
from deskterm.desk.answers.offers import offer_for
from deskterm.desk.figures.figure_settings import survey_is_unsigned
from deskterm.desk.playbook import PlaybookFiles
from deskterm.desk.reply.ticket_context import load_context
from deskterm.domain.events import By
from deskterm.domain.formats import Formats
from deskterm.domain.messages import MachineKind
from deskterm.domain.tickets import Status
from deskterm.storage import changes
from deskterm.storage.schema.migrate import open_database
from deskterm.storage.ticket_work import waking

SHIPPED = PlaybookFiles(Path(__file__).parents[2]).current()
LATER = NOW + DAY + 3600


def shop_with(folder, survey):
    home = Home(folder)
    db = open_database(fresh(home.database))
    chosen = replace(settings(), survey=survey)
    return ShopOfOne(Desk(db, chosen, home, Fixed(SHIPPED), Formats("en_GB", "Europe/Berlin")))


@pytest.fixture
def shop(tmp_path):
    made = shop_with(tmp_path, "csat")
    yield made
    made.db.close()


def helped(shop, who=JANA, text="Where is my order?", **mail):
    """A ticket that was answered and solved."""
    ticket = shop.ticket(who, text=text, at=NOW - 7200, **mail)
    shop.answer(ticket, at=NOW - 3600, to=(who,))
    shop.desk.tickets.solve((ticket,), NOW)
    return ticket


def asked(shop):
    """The tickets whose question is in the outbox."""
    with shop.db.read() as tx:
        return [row[0] for row in tx.execute("SELECT ticket_id FROM outbox ORDER BY id")]


def answered(shop, ticket, words, who=JANA):
    """The question went out, and the customer answered."""
    shop.answer(ticket, at=LATER, to=(who,), macro="survey")
    shop.mail(ticket, who, text=words, at=LATER + 3600)
    shop.desk.tickets.set_status((ticket,), Status.OPEN, LATER + 3600)


def test_a_customer_is_asked_once_a_day_after_the_solve(shop):
    ticket = helped(shop)
    assert shop.desk.surveys.ask(NOW + 3600) == 0
    assert shop.desk.surveys.ask(LATER) == 1
    assert asked(shop) == [ticket]
    assert shop.row(ticket)["status"] == Status.SOLVED
    assert shop.desk.surveys.ask(LATER + 60) == 0
    with shop.db.read() as tx:
        raw = bytes(tx.execute("SELECT raw FROM outbox").fetchone()[0])
    assert b"Auto-Submitted:" in raw
    assert b"STOP" in raw


def test_nobody_is_asked_until_it_is_switched_on(tmp_path):
    off = shop_with(tmp_path, "")
    helped(off)
    assert off.desk.surveys.ask(LATER) == 0
    assert asked(off) == []
    off.db.close()


def test_undo_takes_back_what_the_owner_did_and_not_the_question(shop):
    ticket = helped(shop)
    shop.desk.surveys.ask(LATER)
    assert "olved" in shop.desk.undo.undo(LATER + 5).words
    assert shop.row(ticket)["status"] != Status.SOLVED


@pytest.mark.parametrize(
    "why", ["no reply", "spam", "complaint", "tag", "robot", "dispute", "old", "language", "clock", "never"]
)
def test_some_are_never_asked(shop, why):
    text = {
        "dispute": "I opened a dispute with PayPal.",
        "language": "Gdzie jest moja paczka? Czekam już tydzień.",
    }
    ticket = shop.ticket(at=NOW - 7200, text=text.get(why, "Where is my order?"))
    if why == "robot":
        shop.answer(ticket, at=NOW - 3600, machine=MachineKind.OTHER)
    elif why != "no reply":
        shop.answer(ticket, at=NOW - 3600)
    if why in ("complaint", "tag"):
        category, tags = ("complaint", ()) if why == "complaint" else ("shipping", ("no survey",))
        shop.desk.tickets.categorise((ticket,), category, tags, NOW)
    if why == "never":
        shop.desk.tickets.categorise((shop.ticket(at=NOW - 9 * DAY),), "", ("never survey",), NOW)
    if why == "clock":
        with shop.db.write() as tx:
            changes.change(tx, ticket, NOW - 60, By.MACRO, status=Status.WAITING, solve_at=NOW)
            waking.solve_due(tx, NOW)
        assert shop.row(ticket)["status"] == Status.SOLVED
    else:
        (shop.desk.tickets.spam if why == "spam" else shop.desk.tickets.solve)((ticket,), NOW)
    assert shop.desk.surveys.ask(LATER + (5 * DAY if why == "old" else 0)) == 0
    assert asked(shop) == []
    with shop.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM draft").fetchone()[0] == 0


def test_a_customer_who_says_stop_is_not_asked_again(shop):
    first = helped(shop)
    answered(shop, first, "STOP")
    again, other = helped(shop), helped(shop, BEN)
    for one in (again, other):
        shop.desk.tickets.set_status((one,), Status.OPEN, LATER + 40 * DAY)
        shop.desk.tickets.solve((one,), LATER + 40 * DAY)
    assert shop.desk.surveys.ask(LATER + 42 * DAY) == 1
    assert asked(shop) == [other]


def test_answers_become_figures_and_are_counted_once(shop):
    tickets = [helped(shop, who) for who in (JANA, BEN)]
    answered(shop, tickets[0], "5")
    shop.mail(tickets[0], text="5", at=LATER + 7200)
    answered(shop, tickets[1], "2 - nobody told me anything", BEN)
    report = shop.desk.metrics.week(LATER + DAY)
    found = {one.id: one for one in report.figures}
    assert (found["csat"].n, found["csat"].value) == (2, 0.5)
    assert found["csat mean"].value == 3.5
    assert found["first reply"].n == 2
    assert found["one-touch"].n + dict(found["one-touch"].left_out).get("open again", 0) == 2


def test_a_good_score_needs_no_answer_and_a_bad_one_stays_open(shop):
    good, bad, words = helped(shop), helped(shop, BEN), helped(shop, JANA)
    answered(shop, good, "4")
    answered(shop, bad, "1", BEN)
    answered(shop, words, "5, but where is my invoice?")
    shop.desk.surveys.ask(LATER + 7200)
    assert [shop.row(one)["status"] for one in (good, bad, words)] == [
        Status.SOLVED,
        Status.OPEN,
        Status.OPEN,
    ]


def test_a_five_is_thanked_or_asked_for_a_review_and_waits_for_it(shop):
    ticket = helped(shop)
    answered(shop, ticket, "5")
    shop.desk.surveys.ask(LATER + 7200)
    assert shop.row(ticket)["status"] == Status.OPEN
    with shop.db.write() as tx:
        offered = offer_for(tx, shop.desk.shop, load_context(tx, ticket), None).macros
    assert offered == ("review-code", "review-request", "thank-you")
    shop.answer(ticket, at=LATER + 9000, macro="review-code")
    with shop.db.write() as tx:
        again = offer_for(tx, shop.desk.shop, load_context(tx, ticket), None).macros
    assert "review-code" not in again


@pytest.mark.parametrize("words", ["4", "3", "1", "5 pieces were missing", "5, but where is my invoice?"])
def test_no_other_score_is_asked_for_a_review(shop, words):
    ticket = helped(shop)
    answered(shop, ticket, words)
    with shop.db.write() as tx:
        assert "review-code" not in offer_for(tx, shop.desk.shop, load_context(tx, ticket), None).macros


def test_what_they_wrote_is_on_the_customers_page(shop):
    ticket = helped(shop)
    answered(shop, ticket, "2 - nobody told me anything")
    from deskterm.desk.metrics import PeriodChoice

    (page,) = shop.desk.metrics.report(PeriodChoice(), LATER + DAY, ("customers",)).sections
    assert [(one.text, one.tickets) for one in page.remarks] == [("2: nobody told me anything", (ticket,))]


def test_a_survey_that_nobody_signs_is_never_sent_and_its_figures_say_why(tmp_path):
    chosen = settings()
    unsigned = replace(chosen, survey="csat", shop=replace(chosen.shop, signature=""))
    home = Home(tmp_path)
    db = open_database(fresh(home.database))
    shop = ShopOfOne(Desk(db, unsigned, home, Fixed(SHIPPED), Formats("en_GB", "Europe/Berlin")))
    ticket = helped(shop)
    assert shop.desk.surveys.ask(LATER) == 0
    found = {one.id: one for one in shop.desk.metrics.week(LATER).figures}
    assert "signature" in found["csat"].asks
    assert "signature" not in found["nps"].asks
    answered(shop, ticket, "4")  # asked by hand
    found = {one.id: one for one in shop.desk.metrics.week(LATER + DAY).figures}
    assert "signature" in found["csat"].note
    own = replace(
        SHIPPED, macros={"survey": replace(SHIPPED.macros["survey"], body="How did I do?\n\nBye,\nAnna")}
    )
    assert not survey_is_unsigned(unsigned, own)
    assert not survey_is_unsigned(replace(chosen, survey="csat"), SHIPPED)
    db.close()
