"""One cause, many customers: found by a filter, each told once, followed until their order is sent."""

from dataclasses import replace

import pytest

from desk.conftest import DAY, JANA, NOW, Fixed, ShopOfOne
from deskterm.desk import Desk
from deskterm.domain.incidents.incident import IncidentKind, IncidentNews
from deskterm.domain.incidents.order_filter import parse_filter
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment, Money, OrderLine, Payment, PostalAddress, Shipment
from deskterm.domain.playbook import Effects, Macro, Playbook
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Status
from deskterm.errors import NotNow
from deskterm.storage.upkeep import forget

DATE = Macro(
    "crisis-new-date", "Later", 'Hello {{ customer.first_name }},\n\n#{{ order.number }} leaves on {% ask "The new date" %}.',
    category="crisis", effects=Effects(status=Status.WAITING), tags=("incident",),
)  # fmt: skip
LEFT = Macro(
    "crisis-shipped",
    "Left",
    "Hello {{ customer.first_name }},\n\n#{{ order.number }} has left.",
    subject="On its way",
)
BEN, EVA = Address("Ben Stone", "ben@stone.example"), Address("Eva Lund", "eva@lund.example")
OPEN = {"fulfilment": Fulfilment.UNFULFILLED, "shipments": ()}
NEWS, SHIPPED = IncidentNews


@pytest.fixture
def desk(shop: ShopOfOne) -> Desk:
    context = shop.desk.shop
    book = Playbook({DATE.id: DATE, LEFT.id: LEFT}, {})
    return Desk(context.db, context.settings, context.home, Fixed(book), context.formats)


@pytest.fixture
def late(shop, desk):
    """A delay of three open orders of two customers, one of whom has an open ticket; another has left already."""
    for number, who in (("1", JANA), ("2", BEN), ("3", BEN)):
        shop.order(number, who, **OPEN, placed_at=NOW - 9 * DAY + int(number))
    shop.order("4", EVA)
    shop.ticket(BEN, subject="When does it come?", text="When does my order come?")
    return desk.incidents.begin("Late mugs", IncidentKind.DELAY, "is:unfulfilled", DATE.id, NOW).id


def states(desk, incident):
    return [(row.order.number, str(row.state)) for row in desk.incidents.rows(incident)]


def tell(desk, incident, now=NOW, says=NEWS, day="3 December"):
    desk.incidents.answer(incident, {"The new date": day})
    letters = desk.incidents.letters(incident, says, now)
    return letters, desk.bulk.send(letters, now)


def test_each_customer_gets_one_letter_with_the_date_that_was_asked_once(shop, desk, late):
    assert desk.incidents.questions(late) == ("The new date",)
    assert states(desk, late) == [("1", "to tell"), ("2", "to tell"), ("3", "left out")]
    letters, done = tell(desk, late)
    assert [one.name for one in letters] == ["Ben Stone", "Jana Mertens"], "the one with warnings first"
    assert letters[0].level is Level.AMBER
    words = " ".join(one.words for one in letters[0].concerns)
    assert "is open: this letter answers it there" in words
    assert "One letter for #2, #3" in words
    assert all("leaves on 3 December" in one.draft.body for one in letters)
    assert len(done.tickets) == 2
    assert states(desk, late) == [("1", "told"), ("2", "told"), ("3", "left out")]
    assert desk.incidents.questions(late) == ()
    with pytest.raises(NotNow, match="There is nobody to tell"):
        desk.incidents.letters(late, NEWS, NOW)
    for ticket in done.tickets:
        assert "late-mugs" in shop.row(ticket)["tags"], "each answer bears the incident's mark"


def test_nothing_is_seen_of_it_before_it_goes_and_all_is_taken_back_as_one(shop, desk, late):
    before = desk.inbox.counts()
    desk.incidents.answer(late, {"The new date": "3 December"})
    desk.incidents.letters(late, NEWS, NOW)
    assert desk.inbox.counts() == before
    _, done = tell(desk, late)
    desk.undo.undo(NOW + 2)
    assert {state for _, state in states(desk, late)} == {"to tell", "left out"}
    assert desk.inbox.counts() == before, "a ticket without any letter waits for nobody"
    with shop.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM outbox WHERE state = 'queued'").fetchone()[0] == 0
    assert done.tickets


def test_letters_leave_as_many_a_minute_as_the_provider_takes(shop, desk, late):
    tell(desk, late)
    with shop.db.read() as tx:
        times = [row[0] for row in tx.execute("SELECT send_at FROM outbox ORDER BY id")]
    assert times[1] - times[0] == 60 // desk.shop.settings.letters_per_minute


def test_the_date_slips_they_answer_cancel_and_are_told_when_it_has_left(shop, desk, late):
    _, done = tell(desk, late)
    rows = {row.order.number: row for row in desk.incidents.rows(late)}
    shop.mail(rows["1"].ticket_id, JANA, text="Too late for me, cancel it.", at=NOW + DAY)
    assert states(desk, late)[0] == ("1", "answered")
    assert desk.incidents.next_round(late) == 2
    assert desk.incidents.questions(late) == ("The new date",), "asked again, once"
    assert states(desk, late) == [("1", "to tell"), ("2", "to tell"), ("3", "left out")]
    shop.order("1", JANA, **OPEN, placed_at=NOW - 9 * DAY + 1, cancelled_at=NOW + DAY)
    letters, _ = tell(desk, late, NOW + 2 * DAY, day="9 December")
    assert [one.name for one in letters] == ["Ben Stone"]
    assert states(desk, late) == [("1", "cancelled"), ("2", "told"), ("3", "left out")]
    sent = (Shipment("DHL", "00777", "", NOW + 3 * DAY),)
    shop.order("2", BEN, fulfilment=Fulfilment.SHIPPED, shipments=sent, placed_at=NOW - 9 * DAY + 2)
    (letter,) = desk.incidents.letters(late, SHIPPED, NOW + 4 * DAY)
    assert "#2 has left" in letter.draft.body
    desk.bulk.send([letter], NOW + 4 * DAY)
    assert [row.ship_told for row in desk.incidents.rows(late)][1]
    assert done.tickets


def test_letters_of_two_incidents_with_one_macro_are_each_counted_for_their_own(shop, desk, late):
    storm = desk.incidents.begin("Storm", IncidentKind.DELAY, "is:unfulfilled", DATE.id, NOW + 1).id
    _, done = tell(desk, late)
    assert states(desk, late)[0] == ("1", "told")
    assert states(desk, storm)[0] == ("1", "to tell"), "the newer one has told nobody"
    for row in desk.outbox.rows():
        desk.outbox.bring_back(row.id, NOW + 2)
    for ticket in done.tickets:
        desk.replies.send(ticket, desk.replies.review(ticket, NOW + 3), NOW + 3, Level.AMBER)
    assert states(desk, late)[0] == ("1", "told"), "a letter that was brought back knows what it was for"
    assert states(desk, storm)[0] == ("1", "to tell")
    tell(desk, storm, NOW + 4)
    assert desk.incidents.rows(storm)[0].told_at == NOW + 4


def test_an_order_that_gets_no_letter_is_not_taken_for_its_customers_late_one(shop, desk, late):
    left = (Shipment("DHL", "00777", "", NOW),)
    shop.order("2", BEN, fulfilment=Fulfilment.SHIPPED, shipments=left, placed_at=NOW - 9 * DAY + 2)
    assert states(desk, late)[1:] == [("2", "shipped"), ("3", "to tell")]
    shop.order("2", BEN, **OPEN, payment=Payment.REFUNDED, placed_at=NOW - 9 * DAY + 2)
    assert states(desk, late)[1:] == [("2", "left out"), ("3", "to tell")]


def test_a_customer_who_was_told_is_not_told_again_as_that_order_leaves_before_the_next_round(
    shop, desk, late
):
    tell(desk, late)
    left = (Shipment("DHL", "00777", "", NOW),)
    shop.order("2", BEN, fulfilment=Fulfilment.SHIPPED, shipments=left, placed_at=NOW - 9 * DAY + 2)
    assert states(desk, late)[1:] == [("2", "shipped"), ("3", "left out")]
    shop.order("0", JANA, **OPEN, placed_at=NOW - 20 * DAY)
    desk.incidents.look_again(late)
    assert states(desk, late)[:2] == [("0", "left out"), ("1", "told")], (
        "nor for an older one that is found later"
    )
    desk.incidents.next_round(late)
    assert states(desk, late)[2:] == [("2", "shipped"), ("3", "to tell")]


def test_a_customers_mail_is_warned_of_each_time_and_only_while_it_waits(shop, desk, late):
    def warned(now):
        letters = desk.incidents.letters(late, NEWS, now)
        return {
            one.name for one in letters if any("Read what they wrote" in two.words for two in one.concerns)
        }

    desk.incidents.answer(late, {"The new date": "3 December"})
    assert warned(NOW) == warned(NOW) == {"Ben Stone"}
    tell(desk, late)
    (first, *_) = desk.incidents.rows(late)
    desk.incidents.next_round(late)
    desk.incidents.answer(late, {"The new date": "9 December"})
    assert "Jana Mertens" not in warned(NOW + DAY)
    shop.mail(first.ticket_id, JANA, text="I have moved, see below.", at=NOW + DAY)
    assert "Jana Mertens" in warned(NOW + 2 * DAY)


def test_days_in_its_filter_are_counted_from_its_beginning(shop, desk, late):
    storm = desk.incidents.begin("Storm", IncidentKind.DELAY, "is:unfulfilled after:10d", DATE.id, NOW).id
    shop.order("5", EVA, **OPEN, placed_at=NOW - 8 * DAY)
    shop.order("6", EVA, **OPEN, placed_at=NOW - 12 * DAY)
    assert desk.incidents.look_again(storm) == 1
    assert [number for number, _ in states(desk, storm)] == ["1", "2", "3", "5"]


def test_its_macro_is_the_first_offer_on_a_new_ticket_of_it_until_it_is_over(shop, desk, late):
    ticket = shop.ticket(JANA, text="Where is my order 1?")
    assert desk.tickets.view(ticket, NOW).suggested[0].id == DATE.id
    desk.incidents.end(late, NOW)
    assert DATE.id not in [one.id for one in desk.tickets.view(ticket, NOW).suggested[:1]]


def test_orders_that_match_later_are_added_and_a_filter_that_matches_none_is_refused(shop, desk, late):
    shop.order("5", EVA, **OPEN)
    assert desk.incidents.look_again(late) == 1
    assert states(desk, late)[-1] == ("5", "to tell")
    with pytest.raises(NotNow, match="No order matches"):
        desk.incidents.begin("x", IncidentKind.RECALL, "sku:NONE", DATE.id, NOW)
    with pytest.raises(NotNow, match="is no condition on orders"):
        desk.incidents.begin("x", IncidentKind.RECALL, "colour:red", DATE.id, NOW)


def test_a_security_notice_has_a_clock_of_72_hours(shop, desk):
    shop.order("1", JANA)
    made = desk.incidents.begin("Leak", IncidentKind.SECURITY, "after:1y", DATE.id, NOW)
    assert made.due_at == NOW + 72 * 3600


def test_a_customer_who_is_forgotten_leaves_no_letter_of_it(shop, desk, late):
    tell(desk, late)
    with shop.db.write() as tx:
        tx.execute("UPDATE outbox SET state = 'sent'")
        forget.erase(tx, forget.find(tx, JANA.address))
    assert len(desk.incidents.rows(late)) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sku:wt", True), ("sku:w*", True), ("sku:MUG", False), ("sku:mug,wt", True), ("-sku:wt", False),
        ("product:throw", True), ('"wool throw"', True), ("product:mug", False),
        ("country:de", True), ("-country:de,at", False), ("carrier:dhl", True), ("tag:batch-7", True),
        ("tag:batch-8", False), ("order:1042", True), ("order:1000..1100", True), ("order:1043..1100", False),
        ("store:loom", True), ("is:shipped", True), ("is:unfulfilled", False), ("is:undelivered", True),
        ("after:7d", True), ("after:2d", False), ("before:2d", True), ("before:7d", False),
        ("sku:wt country:de is:paid after:7d", True), ("sku:wt country:us", False), ("", False),
    ],
)  # fmt: skip
def test_what_a_filter_over_orders_means(shop, desk, query, found):
    shop.order(ship_to=PostalAddress(country="DE"), tags=("Batch-7",))
    (order,) = desk.incidents.candidates(NOW)
    assert parse_filter(query, desk.shop.formats.local(NOW)).matches(order) is found
    assert not parse_filter(query, desk.shop.formats.local(NOW)).matches(replace(order, test=True))


@pytest.mark.parametrize("wrong", ["colour:red", "is:lost", "after:someday", "sku:"])
def test_a_filter_that_is_not_understood_means_nothing_and_says_why(desk, wrong):
    found = desk.incidents.filter(wrong, NOW)
    assert len(found.problems) == 1


RECALL = Macro(
    "crisis-recall", "Recall", "Hello {{ customer.first_name }},\n\nstop using {{ order.affected_items }}.", tags=("incident",)
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sku:BOARD", "stop using 2 × Board."),
        ("product:throw,board sku:BO*", "stop using 2 × Board."),
        ("sku:BOARD,THROW", "stop using 1 × Throw (grey) and 2 × Board."),
        ("is:unfulfilled", "stop using 1 × Throw (grey) and 2 × Board."),
        ("-sku:BOWL is:unfulfilled", "stop using 1 × Throw (grey) and 2 × Board."),
    ],
)
def test_a_letter_names_the_goods_that_its_incident_is_about(shop, query, words):
    context, price = shop.desk.shop, Money(1000, "EUR")
    desk = Desk(
        context.db, context.settings, context.home, Fixed(Playbook({RECALL.id: RECALL}, {})), context.formats
    )
    shop.order(
        "1",
        JANA,
        **OPEN,
        lines=(OrderLine("THROW", "Throw", "grey", 1, price), OrderLine("BOARD", "Board", "", 2, price)),
    )
    made = desk.incidents.begin("Boards", IncidentKind.RECALL, query, RECALL.id, NOW)
    (letter,) = desk.incidents.letters(made.id, NEWS, NOW)
    assert words in letter.draft.body
    assert letter.level is Level.GREEN


def test_a_letter_names_the_goods_of_the_customers_other_orders_with_their_numbers(shop):
    context, price = shop.desk.shop, Money(1000, "EUR")
    desk = Desk(
        context.db, context.settings, context.home, Fixed(Playbook({RECALL.id: RECALL}, {})), context.formats
    )
    board, bowl = OrderLine("BOARD", "Board", "", 1, price), OrderLine("BOWL", "Bowl", "blue", 1, price)
    for number, lines, more in (
        ("1", (board, bowl), {}),
        ("2", (replace(board, variant="oak"),), {}),
        ("3", (board,), {"cancelled_at": NOW}),
        ("4", (bowl,), {}),
    ):
        shop.order(number, JANA, **OPEN, lines=lines, placed_at=NOW - 9 * DAY + int(number), **more)
    made = desk.incidents.begin("Boards", IncidentKind.RECALL, "sku:BOARD", RECALL.id, NOW)
    (letter,) = desk.incidents.letters(made.id, NEWS, NOW)
    assert "stop using 1 × Board and 1 × Board (oak, #2)." in letter.draft.body
    assert [str(one.words) for one in letter.concerns] == [
        "One letter for #1, #2: see that it is right for each."
    ]
