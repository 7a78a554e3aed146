"""A reply from its first word to the outbox, over a real database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from desk.conftest import ADDRESS, BEN, DAY, JANA, NOW, OURS, STATUS, ShopOfOne
from deskterm.desk import Desk
from deskterm.desk.reply.sending import When
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Address
from deskterm.domain.orders.order import Fulfilment
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Level, OwnWords
from deskterm.domain.tickets import Listing, Status
from deskterm.errors import NotFound, NotNow, SendStopped
from deskterm.mail.parse import parse
from deskterm.storage.mail import aliases
from deskterm.storage.replies import outbox


def taken(shop: ShopOfOne, macro="order-status", **ticket) -> int:
    """A ticket whose draft holds a macro filled from #1042."""
    made = shop.ticket(**ticket)
    shop.order()
    shop.desk.replies.take(made, macro, None, NOW)
    return made


def words(review) -> str:
    return " ".join(concern.words for concern in review.concerns)


# beginning


def test_a_reply_goes_to_all_from_the_address_they_wrote_to(shop):
    kin = Address("Kai", "kai@mertens.example")
    ticket = shop.ticket(to=(Address("", "shop@loom.example"),), cc=(kin, OURS))
    draft = shop.desk.replies.begin(ticket, NOW)
    assert (draft.to, draft.cc, draft.sender) == ((JANA,), (kin,), "shop@loom.example")
    assert draft.subject == "Re: Where is my parcel?"
    assert draft.body.endswith("Warm wishes\nAnna, Loom & Clay\n")


def test_an_address_that_delivers_to_us_is_never_copied(shop):
    hello, kin = Address("", "info@loom.example"), Address("Kai", "kai@mertens.example")
    ticket = shop.ticket(to=(hello,), cc=(kin, OURS))
    assert shop.desk.replies.begin(ticket, NOW).cc == (hello, kin)
    with shop.db.write() as tx:
        aliases.learn(tx, [(hello.key, NOW)])
    assert shop.desk.replies.begin(ticket, NOW).cc == (kin,)


def test_beginning_writes_nothing(shop):
    ticket = shop.ticket()
    assert shop.desk.replies.begin(ticket, NOW).id == 0
    assert shop.desk.tickets.view(ticket, NOW).draft is None


def test_a_mail_from_a_contact_form_is_answered_to_the_customer(shop):
    ticket = shop.ticket(JANA)
    form = Address("Loom & Clay (Shopify)", "mailer@forms.example")
    with shop.db.write() as tx:
        tx.execute("UPDATE ticket SET channel = 'contact form' WHERE id = ?", (ticket,))
        tx.execute("UPDATE message SET sender_name = ?, sender_address = ?", (form.name, form.address))
    assert shop.desk.replies.begin(ticket, NOW).to == (JANA,)


def test_a_draft_is_kept_as_typed_and_an_empty_one_is_dropped(shop):
    ticket = shop.ticket()
    begun = shop.desk.replies.begin(ticket, NOW)
    kept = shop.desk.replies.save(replace(begun, body="Hello\n" + begun.body), NOW)
    assert shop.desk.replies.begin(ticket, NOW).body == kept.body
    shop.desk.replies.save(begun, NOW)
    assert shop.desk.tickets.view(ticket, NOW).draft is None


# macros and orders


def test_a_macro_is_filled_from_the_right_order(shop):
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)
    assert "Hello Jana,\n\norder #1042 left with DHL, number 00340.\n\nWarm wishes" in review.body
    assert [(value.name, review.body[value.start : value.end]) for value in review.values] == [
        ("customer.first_name", "Jana"),
        ("order.number", "1042"),
        ("tracking.carrier", "DHL"),
        ("tracking.number", "00340"),
    ]
    assert (review.values[1].source, review.values[1].synced_at) == ("order #1042", NOW)
    assert review.level is Level.GREEN
    assert review.order_place == "order 1 of 1, because it is the customer's only order"


def test_the_named_order_comes_first_and_is_certain(shop):
    shop.order("1041")
    shop.order("1042", placed_at=NOW - 30 * DAY)
    ticket = shop.ticket(text="Where is order 1042?")
    options = shop.desk.replies.orders_for(ticket)
    assert [(option.order.number, option.certain) for option in options] == [("1042", True), ("1041", False)]


def test_several_orders_that_fit_leave_the_choice(shop):
    shop.order("1041")
    shop.order("1042", placed_at=NOW - 30 * DAY)
    options = shop.desk.replies.orders_for(shop.ticket())
    assert [option.certain for option in options] == [False, False]


def test_a_number_that_two_stores_have_asks(shop):
    shop.order("1042")
    shop.order("1042", store="clay", external_id="y")
    options = shop.desk.replies.orders_for(shop.ticket(text="order 1042"))
    assert [option.certain for option in options] == [False, False]


def test_choosing_another_order_fills_the_same_words_again(shop):
    ticket = taken(shop)
    other = shop.order("1050", placed_at=NOW - 60 * DAY)
    draft = shop.desk.replies.choose_order(ticket, other, NOW)
    assert "order #1050 left" in draft.body
    assert "1042" not in draft.body


def test_taking_another_macro_replaces_an_untouched_one_and_keeps_own_words(shop):
    ticket = taken(shop)
    draft = shop.desk.replies.take(ticket, "trace", None, NOW)
    assert "left with" not in draft.body
    shop.desk.replies.save(replace(draft, body="My own words.\n\nWarm wishes\nAnna, Loom & Clay"), NOW)
    body = shop.desk.replies.take(ticket, "order-status", None, NOW).body
    assert body.startswith("My own words.\n\nHello Jana,")
    assert body.count("Warm wishes") == 1


GREETED = "Hello Jana,\n\nmy own words.\n\nWarm wishes\nAnna, Loom & Clay"


def test_a_macro_below_own_words_that_greet_greets_no_second_time(shop):
    ticket = shop.ticket()
    shop.order()
    shop.desk.replies.save(replace(shop.desk.replies.begin(ticket, NOW), body=GREETED), NOW)
    assert shop.desk.replies.own_words(ticket, NOW) == "Hello Jana,\n\nmy own words."
    body = shop.desk.replies.take(ticket, STATUS.id, None, NOW).body
    assert body.count("Hello Jana,") == 1
    assert body.startswith("Hello Jana,\n\nmy own words.\n\norder #1042 left")
    assert shop.desk.replies.own_words(ticket, NOW) == "Hello Jana,\n\nmy own words."
    body = shop.desk.replies.take(ticket, ADDRESS.id, None, NOW).body
    assert "left" not in body
    assert body.startswith("Hello Jana,\n\nmy own words.\n\nI have changed the address.")


def test_a_macro_may_take_the_place_of_own_words(shop):
    ticket = shop.ticket()
    shop.order()
    shop.desk.replies.save(replace(shop.desk.replies.begin(ticket, NOW), body=GREETED), NOW)
    body = shop.desk.replies.take(ticket, STATUS.id, None, NOW, own_words=OwnWords.REPLACE).body
    assert "my own words" not in body
    assert shop.desk.replies.own_words(ticket, NOW) == ""


def test_a_reply_is_judged_for_the_time_it_is_planned_for(shop):
    ticket = shop.ticket()
    body = "Hello Jana,\n\nI send it today.\n\nWarm wishes\nAnna, Loom & Clay"
    shop.desk.replies.save(replace(shop.desk.replies.begin(ticket, NOW), body=body), NOW)
    now, later = shop.desk.replies.review(ticket, NOW), shop.desk.replies.review(ticket, NOW, NOW + 3 * DAY)
    assert now.level is Level.GREEN
    assert [one.level for one in later.concerns] == [Level.AMBER]
    assert "“today” is not true any more then" in later.concerns[0].words
    with pytest.raises(SendStopped, match="today"):
        shop.desk.replies.send(ticket, now, NOW, Level.GREEN, When(NOW + 3 * DAY))


def test_a_greeted_name_that_did_not_sign_the_mail_is_pointed_out(shop):
    ticket = shop.ticket(text="Where is my order?\n\nThanks\nPaul")
    shop.order()
    shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    words = [one.words for one in shop.desk.replies.review(ticket, NOW).concerns]
    assert words == ["The letter greets Jana; Paul wrote the mail."]


def test_what_a_mail_asks_besides_is_held_against_a_bare_macro_and_noted_below_own_words(shop):
    ticket = shop.ticket(text="Where is my order? Also, do you ship to Norway?")
    shop.order()
    draft = shop.desk.replies.take(ticket, STATUS.id, None, NOW)
    bare = shop.desk.replies.review(ticket, NOW)
    assert [one.words for one in bare.concerns] == [
        "They also ask: “Also, do you ship to Norway?” The letter does not take it up."
    ]
    own = draft.body.replace("\n\nWarm", "\n\nYes, we ship to Norway.\n\nWarm")
    shop.desk.replies.save(replace(draft, body=own), NOW)
    written = shop.desk.replies.review(ticket, NOW)
    assert written.level is Level.GREEN
    assert "They also ask: “Also, do you ship to Norway?”" in written.notes


def test_a_macro_put_at_the_cursor_is_only_text(shop):
    ticket = shop.ticket()
    draft = shop.desk.replies.begin(ticket, NOW)
    assert shop.desk.replies.insert(draft, "trace", NOW) == "I have opened a trace."
    assert shop.desk.tickets.view(ticket, NOW).draft is None


def test_a_macro_without_an_order_asks_for_none(shop):
    shop.order("1041")
    shop.order("1042", placed_at=NOW - 30 * DAY)
    ticket = shop.ticket()
    assert shop.desk.replies.orders_for(ticket, "trace") == ()
    assert len(shop.desk.replies.orders_for(ticket, "order-status")) == 2
    assert shop.desk.replies.take(ticket, "trace", None, NOW).order_id is None


def test_an_unknown_macro_is_named(shop):
    with pytest.raises(NotFound, match="no-such"):
        shop.desk.replies.take(shop.ticket(), "no-such", None, NOW)


# the review


def test_a_missing_value_stops_the_send_with_all_of_them_named(shop):
    ticket = shop.ticket()
    shop.desk.replies.take(ticket, "order-status", None, NOW)
    review = shop.desk.replies.review(ticket, NOW)
    assert review.level is Level.RED
    assert [hole.name for hole in review.missing] == ["order.number", "tracking.carrier", "tracking.number"]
    assert next(review.body[hole.start : hole.end] for hole in review.missing) == "[order.number?]"
    assert "order.number, tracking.carrier and tracking.number" in words(review)
    with pytest.raises(SendStopped, match=r"order\.number"):
        shop.desk.replies.send(ticket, review, NOW, Level.AMBER)


def test_an_edit_keeps_the_values_marked_and_fills_a_hole_that_it_overwrites(shop):
    ticket = shop.ticket()
    draft = shop.desk.replies.take(ticket, "order-status", None, NOW)
    body = draft.body.replace("Hello Jana,", "Dear Jana,").replace("[order.number?]", "1042")
    shop.desk.replies.save(replace(draft, body=body), NOW)
    review = shop.desk.replies.review(ticket, NOW)
    assert [hole.name for hole in review.missing] == ["tracking.carrier", "tracking.number"]
    assert [review.body[value.start : value.end] for value in review.values] == ["Jana"]


def test_another_customers_order_is_red(shop):
    shop.ticket(BEN)
    shop.order("2000", BEN)
    ticket = shop.ticket(text="What about order 2000?")
    draft = shop.desk.replies.begin(ticket, NOW)
    shop.desk.replies.save(replace(draft, body="Order #2000 is on its way."), NOW)
    review = shop.desk.replies.review(ticket, NOW)
    assert review.level is Level.RED
    assert "Ben Ode" in words(review)


def test_the_order_of_a_namesake_is_red_until_the_owner_says_that_both_are_one(shop):
    shop.ticket(BEN)
    shop.order("2000", BEN)
    ticket = shop.ticket(Address("Ode Ben", "ben@office.example"), text="I write from work: order 2000?")
    draft = shop.desk.replies.begin(ticket, NOW)
    shop.desk.replies.save(replace(draft, body="Order #2000 is on its way."), NOW)
    review = shop.desk.replies.review(ticket, NOW)
    assert review.level is Level.RED
    assert "W on the ticket" in words(review)
    shop.desk.writers.is_buyer(ticket, BEN.address, NOW)
    assert shop.desk.replies.review(ticket, NOW).level is not Level.RED


def test_an_order_filled_from_another_customer_is_red_even_unnamed(shop):
    shop.ticket(BEN)
    theirs = shop.order("2000", BEN)
    ticket = shop.ticket()
    shop.desk.replies.take(ticket, "address-changed", theirs, NOW)
    assert "Ben Ode" in words(shop.desk.replies.review(ticket, NOW))


def test_claims_have_to_be_ticked(shop):
    ticket = taken(shop, "address-changed")
    review = shop.desk.replies.review(ticket, NOW)
    assert review.level is Level.AMBER
    assert review.follows == "then: solved; tagged address, done"
    shop.desk.replies.tick(ticket, review.claims[0].words, NOW)
    assert shop.desk.replies.review(ticket, NOW).level is Level.GREEN
    shop.desk.replies.tick(ticket, review.claims[0].words, NOW)
    assert shop.desk.replies.review(ticket, NOW).level is Level.AMBER


def coming(shop: ShopOfOne, **order) -> int:
    """A draft of the macro for orders that are shipped and not delivered, its claim ticked."""
    ticket = shop.ticket(text="Where is order 1038?")
    shop.order("1038", **order)
    shop.desk.replies.take(ticket, "still-coming", None, NOW)
    shop.desk.replies.tick(ticket, "the carrier's page was looked at", NOW)
    return ticket


def test_a_macro_for_other_orders_is_amber_and_says_what_this_one_is(shop):
    ticket = coming(shop, fulfilment=Fulfilment.DELIVERED)
    review = shop.desk.replies.review(ticket, NOW)
    assert review.level is Level.AMBER
    assert words(review) == "Order #1038 is delivered; this macro is for orders that are not."
    with pytest.raises(SendStopped, match="is delivered"):
        shop.desk.replies.send(ticket, review, NOW, Level.GREEN)
    assert "goes out" in shop.desk.replies.send(ticket, review, NOW, Level.AMBER).words


def test_a_macro_for_other_orders_stays_amber_when_its_text_is_edited(shop):
    ticket = coming(shop, fulfilment=Fulfilment.DELIVERED)
    draft = shop.desk.replies.begin(ticket, NOW)
    shop.desk.replies.save(replace(draft, body="In words of my own: it is coming."), NOW)
    assert "Order #1038 is delivered" in words(shop.desk.replies.review(ticket, NOW))


def test_the_order_chosen_on_the_review_is_the_one_a_macro_must_be_for(shop):
    ticket = coming(shop)
    delivered = shop.order("1039", fulfilment=Fulfilment.DELIVERED)
    unsent = shop.order("1040", fulfilment=Fulfilment.UNFULFILLED, shipments=())
    assert shop.desk.replies.review(ticket, NOW).level is Level.GREEN
    shop.desk.replies.choose_order(ticket, delivered, NOW)
    assert "Order #1039 is delivered" in words(shop.desk.replies.review(ticket, NOW))
    shop.desk.replies.choose_order(ticket, unsent, NOW)
    assert words(shop.desk.replies.review(ticket, NOW)) == (
        "Order #1040 is not shipped; this macro is for orders that are."
    )


def test_a_change_in_the_store_stops_a_macro_that_is_no_longer_true(shop):
    ticket = coming(shop)
    green = shop.desk.replies.review(ticket, NOW)
    shop.order("1038", fulfilment=Fulfilment.DELIVERED)
    with pytest.raises(SendStopped, match="Order #1038 is delivered"):
        shop.desk.replies.send(ticket, green, NOW, Level.GREEN)


def test_another_macro_is_held_to_its_own_needs(shop):
    ticket = coming(shop, fulfilment=Fulfilment.DELIVERED)
    shop.desk.replies.take(ticket, "order-status", None, NOW)
    assert shop.desk.replies.review(ticket, NOW).level is Level.GREEN


def test_a_macro_with_needs_for_an_order_is_about_one_even_if_it_names_none(shop):
    macros = shop.desk.shop.playbook.playbook.macros
    macros["still-coming"] = replace(macros["still-coming"], body="It is on its way.")
    assert "Order #1038 is delivered" in words(
        shop.desk.replies.review(coming(shop, fulfilment=Fulfilment.DELIVERED), NOW)
    )


def test_what_follows_is_shown_and_can_be_changed(shop):
    ticket = taken(shop)
    assert (
        shop.desk.replies.review(ticket, NOW).follows
        == "then: waiting; solved after 7 days without an answer"
    )
    assert shop.desk.replies.then(ticket, NOW).after is Status.SOLVED
    assert shop.desk.replies.review(ticket, NOW).follows == "then: solved"


def test_the_customers_other_tickets_and_the_last_time_are_noted(shop):
    ticket = taken(shop)
    other = shop.ticket(subject="Mug broken")
    shop.answer(other, at=NOW - 9 * DAY, macro="order-status")
    review = shop.desk.replies.review(ticket, NOW)
    assert [(one.ticket_id, one.subject) for one in review.others] == [(other, "Mug broken")]
    assert "9 days ago" in " ".join(review.notes)


def test_a_second_answer_is_amber(shop):
    ticket = taken(shop)
    shop.answer(ticket, at=NOW - 60, outside=True)
    assert "written elsewhere" in words(shop.desk.replies.review(ticket, NOW))


def test_a_customers_new_mail_has_to_be_read_first(shop):
    ticket = taken(shop)
    shop.mail(ticket, at=NOW + 5)
    review = shop.desk.replies.review(ticket, NOW + 10)
    assert "wrote again" in words(review)
    assert review.customer_words == "And?"


def test_an_attachment_is_attached_and_taken_off(shop, tmp_path):
    file = tmp_path / "label.pdf"
    file.write_bytes(b"%PDF")
    ticket = taken(shop)
    assert shop.desk.replies.attach(ticket, str(file), NOW).attachments == (str(file),)
    file.unlink()
    assert "label.pdf" in words(shop.desk.replies.review(ticket, NOW))
    file.write_bytes(b"%PDF")
    assert shop.desk.replies.attach(ticket, str(file), NOW).attachments == ()
    with pytest.raises(NotFound):
        shop.desk.replies.attach(ticket, str(tmp_path / "none"), NOW)


# whom it reaches


def to(shop, **mail):
    return [one.address for one in shop.desk.replies.begin(shop.ticket(**mail), NOW).to]


def test_a_reply_goes_where_the_mail_asks_for_it(shop):
    desk = Address("Reed desk", "ticket+4711@reed.example")
    assert to(shop, reply_to=(desk,)) == [desk.address]


def test_a_reply_to_of_our_own_address_is_ignored(shop):
    assert to(shop, reply_to=(OURS,)) == [JANA.address]


def test_an_answer_to_an_address_that_nobody_reads_is_red(shop):
    ticket = shop.ticket(Address("Parcels", "noreply@parcels.example"))
    shop.desk.replies.take(ticket, "trace", None, NOW)
    assert shop.desk.replies.review(ticket, NOW).level is Level.RED


def test_an_answer_to_another_than_the_customer_is_amber_and_names_it(shop):
    ticket = shop.ticket(reply_to=(Address("", "jana@elsewhere.example"),))
    shop.desk.replies.take(ticket, "trace", None, NOW)
    review = shop.desk.replies.review(ticket, NOW)
    assert review.level is Level.AMBER
    assert "jana@elsewhere.example" in words(review)


# sending


def sent(shop, ticket, confirmed=Level.GREEN, now=NOW):
    return shop.desk.replies.send(ticket, shop.desk.replies.review(ticket, now), now, confirmed)


def test_a_sent_reply_waits_in_the_outbox_with_its_bytes(shop):
    ticket = taken(shop)
    done = sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    assert (row.state, row.send_at, row.account) == (OutboxState.QUEUED, NOW + 15, "main")
    assert [one.address for one in row.recipients] == [JANA.address]
    assert done.words == f"Reply to T{ticket} goes out in 15 s"
    with shop.db.read() as tx:
        mail = parse(outbox.raw(tx, row.id))
    assert mail.message_id == row.message_id
    assert mail.in_reply_to == ("<m1@mertens.example>",)
    assert mail.subject == "Re: Where is my parcel?"
    assert "order #1042 left with DHL" in mail.plain
    assert mail.sender.address == OURS.address


def test_the_ticket_takes_what_the_macro_says(shop):
    ticket = taken(shop)
    sent(shop, ticket)
    view = shop.desk.tickets.view(ticket, NOW)
    assert (view.ticket.status, view.ticket.category, view.draft) == (Status.WAITING, "shipping", None)
    assert [row.state for row in view.outbox] == [OutboxState.QUEUED]
    assert shop.desk.inbox.wake(NOW + 7 * DAY) == 1
    assert shop.desk.tickets.view(ticket, NOW).ticket.status is Status.SOLVED


def test_a_category_chosen_by_hand_stays(shop):
    ticket = taken(shop)
    shop.desk.tickets.categorise((ticket,), "complaint", None, NOW)
    sent(shop, ticket)
    assert shop.desk.tickets.view(ticket, NOW).ticket.category == "complaint"


def test_a_macro_may_snooze_and_wake_on_top(shop):
    ticket = taken(shop, "trace")
    sent(shop, ticket)
    assert shop.desk.inbox.count(Listing.SNOOZED) == 1
    assert shop.desk.inbox.wake(NOW + 3 * DAY) == 1
    assert shop.desk.inbox.count(Listing.WAITING) == 1


def test_amber_needs_its_own_key(shop):
    ticket = taken(shop, "address-changed")
    with pytest.raises(SendStopped, match="Not confirmed"):
        sent(shop, ticket)
    assert shop.desk.outbox.rows() == ()
    sent(shop, ticket, Level.AMBER)
    assert len(shop.desk.outbox.rows()) == 1


def test_nothing_red_goes_out_whatever_is_confirmed(shop):
    ticket = shop.ticket()
    shop.desk.replies.take(ticket, "order-status", None, NOW)
    with pytest.raises(SendStopped):
        sent(shop, ticket, Level.RED)
    assert shop.desk.outbox.rows() == ()


def test_a_stopped_send_is_counted_and_the_draft_kept(shop):
    ticket = taken(shop, "address-changed")
    with pytest.raises(SendStopped):
        sent(shop, ticket)
    figures = {figure.id: figure for figure in shop.desk.metrics.week(NOW + 1).figures}
    assert (figures["stopped"].value, figures["stopped"].tickets) == (1, (ticket,))
    assert shop.desk.tickets.view(ticket, NOW).draft is not None


def test_a_new_mail_meanwhile_stops_the_send(shop):
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)
    shop.mail(ticket, at=NOW - 2 * DAY)  # it counts earlier than the first, and came after the review
    with pytest.raises(SendStopped, match="new mail"):
        shop.desk.replies.send(ticket, review, NOW, Level.AMBER)


def test_a_draft_changed_since_the_review_is_not_sent(shop):
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)
    shop.desk.replies.save(replace(review.draft, body="Something else"), NOW)
    with pytest.raises(SendStopped, match="no longer"):
        shop.desk.replies.send(ticket, review, NOW, Level.AMBER)


def test_it_is_judged_again_inside_the_transaction(shop):
    """The order changed hands between the review and the key."""
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)
    shop.ticket(BEN)
    shop.order("1042", BEN, fulfilment=Fulfilment.DELIVERED)
    with pytest.raises(SendStopped, match="Ben Ode"):
        shop.desk.replies.send(ticket, review, NOW, Level.AMBER)


def test_one_reply_is_queued_once_however_many_press_the_key(shop):
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)

    def press(_) -> str:
        try:
            return shop.desk.replies.send(ticket, review, NOW, Level.GREEN).words
        except SendStopped:
            return "stopped"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press, range(24)))
    assert answers.count("stopped") == 23
    assert len(shop.desk.outbox.rows()) == 1


def test_the_last_macro_is_remembered_and_outlives_a_restart(shop):
    assert shop.desk.replies.last_macro() == ""
    sent(shop, taken(shop))
    again = Desk(
        shop.db, shop.desk.shop.settings, shop.desk.shop.home, shop.desk.playbook, Formats("de_DE", "UTC")
    )
    assert again.replies.last_macro() == "order-status"


def test_a_mail_of_our_own_makes_a_ticket(shop):
    draft = shop.desk.replies.compose(BEN, "Your pre-order", NOW)
    shop.desk.replies.save(replace(draft, body="It is here.\n\nBest, Lena"), NOW)
    sent(shop, draft.ticket_id)
    (row,) = shop.desk.outbox.rows()
    assert [one.address for one in row.recipients] == [BEN.address]
    with pytest.raises(NotNow):
        shop.desk.replies.compose(Address("", "nobody"), "x", NOW)


# the outbox


def test_a_queued_reply_is_brought_back_with_the_ticket_as_before(shop):
    ticket = taken(shop)
    before, text = shop.row(ticket), shop.desk.replies.begin(ticket, NOW).body
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.desk.outbox.bring_back(row.id, NOW + 3)
    assert shop.row(ticket) == before
    assert shop.desk.replies.begin(ticket, NOW).body == text
    assert shop.desk.outbox.rows()[0].state is OutboxState.DISCARDED


def test_what_was_begun_since_is_kept_below_a_reply_brought_back(shop):
    ticket = taken(shop)
    sent(shop, ticket)
    begun = shop.desk.replies.begin(ticket, NOW)
    shop.desk.replies.save(replace(begun, body="One more thing."), NOW)
    shop.desk.outbox.bring_back(shop.desk.outbox.rows()[0].id, NOW)
    body = shop.desk.replies.begin(ticket, NOW).body
    assert body.startswith("Hello Jana")
    assert body.endswith("One more thing.")


@pytest.mark.parametrize("state", ["sending", "sent"])
def test_what_has_gone_out_is_not_brought_back(shop, state):
    ticket = taken(shop)
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.sent(row.id, state=state)
    with pytest.raises(NotNow):
        shop.desk.outbox.bring_back(row.id, NOW)
    with pytest.raises(NotNow):
        shop.desk.outbox.retry(row.id, NOW)


def test_what_was_given_up_can_come_back_once(shop):
    ticket = taken(shop)
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.desk.outbox.discard(row.id, NOW)
    shop.desk.outbox.bring_back(row.id, NOW)
    assert shop.desk.replies.begin(ticket, NOW).body.startswith("Hello Jana")
    with pytest.raises(NotNow):
        shop.desk.outbox.bring_back(row.id, NOW)


def test_only_recipients_who_were_refused_are_written_to_again(shop):
    kin = Address("Kai", "kai@mertens.example")
    ticket = taken(shop, cc=(kin,))
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    with shop.db.write() as tx:
        outbox.note_answer(tx, row.id, JANA.address, "accepted", "250")
        outbox.note_answer(tx, row.id, kin.address, "refused", "550 no such user")
    shop.sent(row.id, state="refused")
    shop.desk.outbox.bring_back(row.id, NOW)
    draft = shop.desk.replies.begin(ticket, NOW)
    assert (draft.to, draft.cc) == ((), (kin,))


def test_an_uncertain_reply_waits_for_the_owners_word(shop):
    ticket = taken(shop)
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.sent(row.id, state="may have been sent")
    assert shop.desk.state(NOW).uncertain == 1
    shop.desk.outbox.say_sent(row.id, NOW)
    assert shop.desk.outbox.rows()[0].state is OutboxState.SENT
    last = shop.desk.tickets.view(ticket, NOW).messages[-1]
    assert (last.direction, last.macro, last.outside) == ("out", "order-status", False)
    assert "order #1042 left" in last.text
    assert shop.desk.tickets.view(ticket, NOW).ticket.unanswered_since is None


def test_a_refused_reply_is_tried_again_or_given_up(shop):
    ticket = taken(shop)
    sent(shop, ticket)
    (row,) = shop.desk.outbox.rows()
    shop.sent(row.id, state="refused")
    shop.desk.outbox.retry(row.id, NOW)
    assert shop.desk.state(NOW).queued == 1
    shop.desk.outbox.discard(row.id, NOW)
    assert shop.desk.outbox.rows()[0].state is OutboxState.DISCARDED


def test_a_claim_that_the_macro_does_not_make_cannot_be_ticked(shop):
    ticket = taken(shop, "address-changed")
    with pytest.raises(NotFound, match="was changed in the store"):
        shop.desk.replies.tick(ticket, "something else", NOW)


@pytest.mark.parametrize("subject", ["{{ order.number }} {% if %}", "[order.number?] where is it"])
def test_what_looks_like_a_placeholder_in_the_customers_subject_does_not_stop_the_answer(shop, subject):
    ticket = shop.ticket(subject=subject)
    replies = shop.desk.replies
    replies.save(replace(replies.begin(ticket, NOW), body="Hello"), NOW)
    assert replies.review(ticket, NOW).level is not Level.RED
    replies.save(replace(replies.begin(ticket, NOW), subject="{{ order.number }}"), NOW)
    assert replies.review(ticket, NOW).level is Level.RED


# later


def test_a_reply_is_sent_later_when_asked(shop):
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)
    done = shop.desk.replies.send(ticket, review, NOW, Level.AMBER, When(at=NOW + 86400))
    assert "tomorrow" in done.words
    (row,) = shop.desk.outbox.rows()
    assert (row.send_at, row.unless_answered) == (NOW + 86400, False)
    shop.desk.outbox.bring_back(row.id, NOW + 80000)
    assert shop.desk.outbox.rows()[0].state is OutboxState.DISCARDED


def test_a_time_that_is_past_still_leaves_the_undo_seconds(shop):
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)
    shop.desk.replies.send(ticket, review, NOW, Level.AMBER, When(at=NOW - 5, unless_answered=True))
    (row,) = shop.desk.outbox.rows()
    assert row.send_at > NOW
    assert row.unless_answered
