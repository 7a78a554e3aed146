"""SOPs beside real tickets: steps that check themselves, branches, records, what is wrong with them."""

import pytest

from desk.conftest import DAY, NOW, STATUS, Fixed, ShopOfOne
from deskterm.desk import Desk
from deskterm.desk.answers.playbook_check import check_playbook
from deskterm.desk.metrics import PeriodChoice
from deskterm.desk.sops.sop_file import read_sop
from deskterm.domain.orders.order import Fulfilment, Payment
from deskterm.domain.playbook import Playbook
from deskterm.domain.tickets import Status
from deskterm.errors import PlaybookError
from deskterm.storage import orders, sops

FILE = """\
---
title: Late
categories: [shipping]
---
- [ ] Look {if: tracking} {link: tracking.url}
- [ ] Refund it {when: refunded} {action: refund} {claim: it was refunded}
- [ ] Hold it back {if: not shipped}
- [ ] Keep the photo {if: has:attachment}
- [ ] Tell them
  {macro: order-status}
"""


def desk_with(shop: ShopOfOne, text: str = FILE) -> Desk:
    context = shop.desk.shop
    book = Playbook({STATUS.id: STATUS}, {"late": read_sop("late", text)})
    return Desk(context.db, context.settings, context.home, Fixed(book), context.formats)


def stands(desk: Desk, ticket: int) -> list[tuple[str, str]]:
    """Each step by its words: what it is, and why."""
    sop = desk.tickets.view(ticket, NOW).sop
    return [
        (step.text, "done " + sop.by_themselves.get(step.key, "") if step.key in sop.done else sop.not_needed.get(step.key, ""))
        for step in sop.sop.steps
    ]  # fmt: skip


def ask_about(shop, number="1042", **order) -> int:
    made = shop.order(number, **order)
    ticket = shop.ticket()
    with shop.db.write() as tx:
        tx.execute("UPDATE ticket SET category = 'shipping', order_id = ? WHERE id = ?", (made, ticket))
        assert orders.get(tx, made)
    return ticket


def test_steps_check_themselves_by_the_order_and_by_what_went_out(shop):
    desk, ticket = desk_with(shop), ask_about(shop, payment=Payment.REFUNDED)
    shop.answer(ticket, at=NOW - 60, macro="order-status")
    assert stands(desk, ticket) == [
        ("Look", ""), ("Refund it", "done refunded"), ("Hold it back", "only if not shipped"),
        ("Keep the photo", "only if has:attachment"), ("Tell them", "done sent"),
    ]  # fmt: skip
    view = desk.tickets.view(ticket, NOW).sop
    assert [one.text for one in view.left] == ["Look"]
    assert not view.begun


def test_another_state_of_the_order_is_another_branch(shop):
    desk, ticket = desk_with(shop), ask_about(shop, fulfilment=Fulfilment.UNFULFILLED, shipments=())
    assert stands(desk, ticket)[:3] == [("Look", "only if tracking"), ("Refund it", ""), ("Hold it back", "")]


def test_the_record_is_shown_on_the_sop_and_among_the_figures(shop, monkeypatch):
    desk, read, runs = desk_with(shop), [], sops.runs
    monkeypatch.setattr(sops, "runs", lambda *given: read.append(1) or runs(*given))
    key = desk.playbook.current().sops["late"].steps[0].key
    tickets = [shop.ticket(at=NOW - DAY + n) for n in range(20)]
    for ticket in tickets:
        desk.tickets.categorise((ticket,), "shipping", None, NOW)
        desk.tickets.tick(ticket, "late", key, NOW)
        shop.answer(ticket, at=NOW + 30, macro="order-status")
        desk.tickets.set_status((ticket,), Status.SOLVED, NOW + 60)
    desk.metrics.update_samples(NOW + 90)
    record = desk.tickets.view(tickets[0], NOW).sop.record
    assert (record.runs, record.solved, record.reopened) == (20, 20, 0)
    assert record.ends == (("order-status", 20),)
    read.clear()  # what follows: read anew after a tick and an hour, not for each ticket
    for ticket in tickets[:5]:
        assert desk.tickets.view(ticket, NOW + 90).sop.record == record
    assert not read
    desk.tickets.tick(tickets[0], "late", desk.playbook.current().sops["late"].steps[4].key, NOW + 90)
    assert desk.tickets.view(tickets[0], NOW + 91).sop.record.runs == 20
    desk.tickets.view(tickets[0], NOW + 2 * 3600)
    assert len(read) == 2
    (page,) = desk.metrics.report(PeriodChoice(), NOW + 90, ("playbook",)).sections
    assert page.remarks[0].text == (
        "Late: 20 times, 20 solved, 0 of them reopened; most ended with “Where the order stands” (20)"
    )
    assert set(page.remarks[0].tickets) == set(tickets)


def test_a_frequent_category_without_a_macro_or_sop_is_named(shop):
    desk = desk_with(shop)
    for n in range(5):
        ticket = shop.ticket(at=NOW - DAY + n)
        desk.tickets.categorise((ticket,), "customs", None, NOW)
    said = [one.what for one in check_playbook(desk.shop, NOW)]
    assert "5 tickets about “customs” in 90 days, and no macro and no SOP for it." in said
    for ticket in (shop.ticket() for _ in range(4)):
        desk.tickets.categorise((ticket,), "wholesale", None, NOW)
    assert not any("wholesale" in one.what for one in check_playbook(desk.shop, NOW))


@pytest.mark.parametrize(
    ("step", "told"),
    [
        ("Print it {file: files/label.pdf}", "there is no file files/label.pdf."),
        ("Look {link: http://parcels.example/x}", "the link http://parcels.example/x has no https."),
        ("Refund {actoin: refund}", "{actoin: refund} is read as text."),
        ("Go {macro: order-status} {action: cancel}", "the key runs only its macro."),
        ("Go {if: shipped, not shipped}", "“shipped” and “not shipped” never hold together."),
    ],
)
def test_what_is_doubtful_about_a_step_is_reported(shop, step, told):
    desk = desk_with(shop, f"---\ntitle: Late\ncategories: [shipping]\n---\n- [ ] {step}\n")
    assert any(told in one.what for one in check_playbook(desk.shop, NOW))


def test_nothing_is_wrong_with_the_starter_file(shop):
    assert not any("late.md" in one.what for one in check_playbook(desk_with(shop).shop, NOW))


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("Go {action: fly}", "Unknown action fly. Use one of refund, cancel"),
        ("Go {link: somewhere}", "The link somewhere is not an address. Write https://"),
        ("Go {if: shippd}", "The condition shippd is not known. Write one of shipped"),
        ("Go {macro: a} {macro: b}", "The step “Go” has more than one macro. Make it two steps."),
    ],
)
def test_a_step_that_cannot_be_read_refuses_its_file(step, reason):
    with pytest.raises(PlaybookError) as refused:
        read_sop("x", f"---\ntitle: X\n---\n- [ ] {step}\n")
    assert str(refused.value).startswith(reason)


def test_what_a_review_ticks_with_its_claims_begins_no_sop(shop):
    desk, ticket = desk_with(shop), ask_about(shop)
    look, refund, *_ = desk.playbook.current().sops["late"].steps
    desk.tickets.tick(ticket, "late", refund.key, NOW)
    assert not desk.tickets.view(ticket, NOW).sop.begun
    desk.tickets.tick(ticket, "late", look.key, NOW)
    assert desk.tickets.view(ticket, NOW).sop.begun
