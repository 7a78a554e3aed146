"""The kind of day: what letters say about it, what a hold does to review and outbox; mood and order."""

from dataclasses import replace

import pytest

from desk.conftest import BEN, DAY, JANA, NOW, STATUS, Fixed
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.replies import Level
from deskterm.domain.rules.day import DayState, from_text, to_text
from deskterm.domain.tickets import Listing
from deskterm.errors import NotFound, NotNow
from deskterm.storage import tickets
from deskterm.storage.mail import summaries
from deskterm.storage.rules import first_answers

HOUR = 3600
CAME = Macro(
    "came", "It came",
    "Hello,\n\n{% if day.notice %}{{ day.notice }} {% endif %}{% if day.back %}back on {{ day.back | date }}"
    "{% else %}by {{ day.answer_by | date }} {{ day.answer_time }}{% endif %}{% if customer.mood == 'angry' %} Sorry!{% endif %}",
)  # fmt: skip


@pytest.fixture
def day(shop):
    context = shop.desk.shop
    object.__setattr__(context, "playbook", Fixed(Playbook({CAME.id: CAME, STATUS.id: STATUS})))
    return shop.desk.automation.day


def letter(shop, text="Hello?", who=JANA):
    ticket = shop.ticket(who, text=text)
    return shop.desk.replies.take(ticket, "came", None, NOW).body


def answered(shop, hours, many=3):
    """First answers of this week that took that many hours each."""
    for place in range(many):
        asked = NOW - DAY - 4 * HOUR + place  # Thursday at nine
        ticket = shop.ticket(BEN, at=asked)
        shop.answer(ticket, at=asked + hours * HOUR, to=(BEN,))


def test_without_past_answers_the_next_working_day_is_named(shop, day):
    assert "by 23 Nov" in letter(shop)  # now is a Friday


@pytest.mark.parametrize(
    ("hours", "by"), [(1, "by 20 Nov 2026 14:00"), (3, "by 20 Nov 2026 16:00"), (6, "by 23 Nov 2026 11:00")]
)
def test_the_hour_is_this_weeks_own(shop, day, hours, by):
    answered(shop, hours)
    assert by in letter(shop)


def test_a_letter_written_while_away_says_when_the_owner_is_back_and_promises_no_hour(shop, day):
    answered(shop, 1)
    day.go_away("2026-12-04", NOW)
    assert "back on 7 Dec" in letter(shop)
    assert day.come_back().words == "Back again"
    assert "by 20 Nov 2026 14:00" in letter(shop)


@pytest.mark.parametrize(("until", "words"), [("soon", "is not a date"), ("2026-11-19", "is past")])
def test_a_day_that_does_not_exist_or_is_past_is_refused(shop, day, until, words):
    with pytest.raises(NotNow, match=words):
        day.go_away(until, NOW)


def test_the_notice_and_the_apology_are_in_a_letter_only_where_they_belong(shop, day):
    day.set_notice("The shop was down.", NOW)
    body = letter(shop, "This is unacceptable.")
    assert "The shop was down." in body
    assert "Sorry!" in body
    day.set_notice("", NOW)
    calm = letter(shop, "When does it ship?", BEN)
    assert ("The shop was down." in calm, "Sorry!" in calm) == (False, False)


def test_a_notice_is_only_in_letters_in_its_language(shop):
    german = Macro(
        "came", "Da", "Guten Tag,\n\n{{ day.notice }} Ihre Mail ist da, und ich antworte Ihnen bald."
    )
    context = shop.desk.shop
    object.__setattr__(context, "playbook", Fixed(Playbook({german.id: german})))
    day = shop.desk.automation.day
    day.set_notice("The shop is down until noon, please try again then.", NOW)
    assert "The shop" not in letter(shop)
    day.set_notice("Der Shop ist bis Mittag nicht erreichbar.", NOW)
    assert "Der Shop ist bis Mittag" in letter(shop, who=BEN)


@pytest.mark.parametrize(
    ("on", "held", "words"),
    [("true", False, "is in each acknowledgement"), ("false", False, "no active rule"), ("true", True, "no active rule")],
)  # fmt: skip
def test_the_owner_is_told_whether_anybody_reads_the_notice(shop, day, on, held, words):
    rule = f'[[rule]]\nname = "a"\nwhen = "is:first"\nacknowledge = "came"\non = {on}\n'
    shop.desk.shop.home.rules_file.write_text(rule, "utf-8")
    if held:
        day.hold("came", NOW)
    assert words in day.set_notice("The shop is down.", NOW).words


def test_a_holiday_that_is_over_is_not_shown_as_one(shop, day):
    day.go_away("2026-11-22", NOW)
    shown = [day.state(NOW + days * DAY).away_until for days in (0, 2, 3)]
    assert shown == ["2026-11-22", "2026-11-22", ""]


def test_a_held_macro_is_red_and_what_waits_is_a_draft_again(shop, day):
    ticket = shop.ticket()
    shop.desk.replies.take(ticket, "came", None, NOW)
    review = shop.desk.replies.review(ticket, NOW)
    shop.desk.replies.send(ticket, review, NOW, Level.AMBER)
    assert day.hold("came", NOW).words == "Letters of came are held; 1 in the outbox is a draft again"
    with shop.db.read() as tx:
        assert [row[0] for row in tx.execute("SELECT state FROM outbox")] == [OutboxState.DISCARDED]
    held = shop.desk.replies.review(ticket, NOW + 60)
    assert (held.level, held.concerns[0].words[:12]) == (Level.RED, "You hold the")
    assert day.release("came").words.endswith("those made drafts stay drafts")
    with pytest.raises(NotNow, match="Letters of came are not held"):
        day.release("came")
    assert shop.desk.replies.review(ticket, NOW + 60).level < Level.RED
    with pytest.raises(NotFound):
        day.hold("nothing", NOW)


def test_the_clock_counts_down_and_says_when_it_is_over(shop, day):
    assert day.clock_words(NOW) == ""
    day.start_clock(NOW)
    assert day.clock_words(NOW + 11 * HOUR).startswith("72-hour clock: 61 h left, until 23")
    assert "over since" in day.clock_words(NOW + 73 * HOUR)
    day.start_clock(NOW + HOUR)  # it runs already
    assert "61 h left" in day.clock_words(NOW + 11 * HOUR)
    day.stop_clock()
    assert day.clock_words(NOW) == ""


def test_the_usual_hour_is_looked_up_only_for_a_text_that_names_it(shop, day, monkeypatch):
    looked = []
    monkeypatch.setattr(first_answers, "first_answers", lambda *_: looked.append(1) or [])
    shop.order()
    shop.desk.replies.take(shop.ticket(), STATUS.id, None, NOW)
    assert not looked
    letter(shop)
    assert looked


def test_the_state_is_kept_as_it_is():
    state = DayState("2026-12-04", "Down.", ("a", "b"), 7)
    assert from_text(to_text(state)) == state
    assert from_text("") == DayState()


def test_an_angry_customer_is_placed_as_if_they_had_waited_four_hours_longer(shop):
    first, later, latest = (
        shop.ticket(replace(JANA, address=f"{at}@x.example"), at=NOW - at * HOUR) for at in (9, 7, 4)
    )
    for ticket in (later, latest):
        with shop.db.write() as tx:
            summaries.put_mood(tx, ticket, "angry")
            tickets.refresh(tx, [ticket])
    assert [row.ticket_id for row in shop.desk.inbox.page(Listing.INBOX, 0, 9)] == [later, first, latest]
    assert [str(row.mood) for row in shop.desk.inbox.rows((later, first))] == ["angry", ""]
