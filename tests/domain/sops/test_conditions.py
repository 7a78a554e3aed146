"""What a step may ask of the order and the ticket beside it, and how that is judged."""

from dataclasses import replace

import pytest

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.order import Fulfilment, Money, Order, Payment
from deskterm.domain.sops.conditions import StepFacts, judge_condition, parse_conditions
from deskterm.domain.sops.outcomes import SopRun, sum_up_runs
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.sops.step_states import done_by_themselves, not_for_this
from deskterm.errors import PlaybookError

ORDER = Order(
    "s", "1", "1042", "j@x.example", "Jana", 0, Payment.PAID, Fulfilment.SHIPPED, Money(4900, "EUR")
)
VALUES = {
    "order.total": ORDER.total, "order.status": "shipped", "order.parcels": 2, "tracking.days": 8,
    "tracking.delivered_days": None, "policy.return_days": 30,
}  # fmt: skip
FACTS = StepFacts(ORDER, VALUES, frozenset({"has:attachment", "-tag:vip"}))


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("shipped", True), ("not shipped", False), ("paid", True), ("not paid", False), ("not refunded", True),
        ("cancelled", False), ("not cancelled", True),
        ("tracking.days > 7", True), ("tracking.days>8", False), ("tracking.days <= 8", True),
        ("order.total >= 49", True), ("order.total > 49.00", False), ("order.parcels != 1", True),
        ('order.status == "shipped"', True), ("order.status != 'shipped'", False),
        ("tracking.days < policy.return_days", True), ("tracking.delivered_days > policy.return_days", None),
        ("has:attachment", True), ("has:note", False), ("-has:note", True), ("-tag:vip", False),
    ],
)  # fmt: skip
def test_a_condition_is_judged_by_the_order_the_facts_and_the_mails(words, holds):
    (condition,) = parse_conditions(words)
    assert judge_condition(condition, FACTS) is holds


def test_nothing_is_judged_about_an_unknown_order():
    needs = parse_conditions("shipped, not cancelled, tracking.days > 7")
    assert [judge_condition(one, StepFacts()) for one in needs] == [None, None, None]


@pytest.mark.parametrize(
    "words",
    [
        "", "shippd", "parcel lost", "before:7d", "has:attachments-that", "is:nonsense", "tag:a tag:b",
        "order.date > 7", "customer.name == 'x'", "ticket.number == 'T1'", "tracking.days > 'x'",
        "order.status > 'a'", "order.status == 3", "order.status == tracking.days", "order.nothing > 1",
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused_with_what_to_write(words):
    with pytest.raises(PlaybookError, match=r"Write|Known|Compare"):
        parse_conditions(words)


def step(key, **more) -> Step:
    conditions = {name: parse_conditions(more.pop(name)) for name in ("when", "only") if name in more}
    return Step(key, key, **conditions, **more)


SOP = Sop(
    "return", "Return",
    (
        step("refund", when="refunded", action=Ability.REFUND),
        step("letter", macro="refund-made", only="paid"),
        step("label", only="not shipped"),
        step("ship", action=Ability.FULFIL),
        step("look"),
    ),
)  # fmt: skip


def test_steps_are_done_by_what_holds_by_their_macro_and_by_their_action():
    known = replace(FACTS, sent=frozenset({"refund-made"}), done=frozenset({"fulfilment", "refund"}))
    assert done_by_themselves(SOP, known) == {"letter": "sent", "ship": "done in the store"}
    back = replace(known, order=replace(ORDER, payment=Payment.REFUNDED))
    assert done_by_themselves(SOP, back)["refund"] == "refunded"


def test_a_step_for_other_cases_is_not_needed_and_in_doubt_it_is():
    assert not_for_this(SOP, FACTS) == {"label": "only if not shipped"}
    assert not_for_this(SOP, StepFacts()) == {}


def test_a_step_that_compares_two_facts_needs_both():
    late = parse_conditions("tracking.delivered_days > policy.return_days")
    sop = Sop("return", "Return", (Step("late", "Too late to return", only=late),))
    days, limit = {"tracking.delivered_days": 40}, {"policy.return_days": 30}
    assert not_for_this(sop, StepFacts(values=days | limit)) == {}
    for values in ({}, days, limit):
        assert list(not_for_this(sop, StepFacts(values=values))) == ["late"]


def test_the_record_of_an_sop_is_shown_from_twenty_runs_on():
    runs = [
        SopRun(
            n,
            frozenset({"look"}),
            60 * n if n > 5 else 0,
            None if n > 18 else n % 3 == 0,
            ("a", "refund-made"),
        )
        for n in range(1, 20)
    ]
    assert sum_up_runs(SOP, runs) is None
    record = sum_up_runs(SOP, [*runs, SopRun(20, frozenset(), sent=("a",))])
    assert (record.runs, record.seconds, record.solved, record.reopened) == (20, 12.5 * 60, 18, 6)
    assert record.skipped == (
        "ship",
    )  # `refund` checks itself, `label` is for some cases, the letter was sent
    assert record.ends == (("refund-made", 19), ("a", 1))
    assert record.words(lambda s: f"{s // 60} min", str.upper) == (
        "20 times, median 12 min, 18 solved, 6 of them reopened; most ended with “REFUND-MADE” (19) and “A” (1)"
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("not shipped", "it is not shipped"),
        ("no tracking", "it has no tracking number"),
        ("tracking.days > 7", "“how many days ago it left” is more than 7"),
        ("-has:attachment", "no file is attached"),
        ("language:de", "a mail fits the search language:de"),
    ],
)
def test_a_condition_is_put_in_words_for_people_who_know_no_placeholders(written, words):
    assert [one.sentence for one in parse_conditions(written)] == [words]
