"""One reply to several tickets of a customer: what becomes of each, and how all of it is taken back."""

from dataclasses import replace

import pytest

from desk.conftest import ADDRESS, BEN, DAY, NOW, STATUS
from deskterm.desk.reply.sending import When
from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Status
from deskterm.errors import NotNow, SendStopped
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.storage import lists, tickets
from deskterm.storage.answers import questions
from deskterm.storage.mail import messages


@pytest.fixture
def three(shop):
    """Three open tickets of Jana's; the reply is written on the newest. Ben has one too."""
    shop.order()
    shop.ticket(BEN, at=NOW - 5 * DAY)
    first = shop.ticket(subject="In which colour?", text="Is it grey?", at=NOW - 3 * DAY)
    second = shop.ticket(subject="The invoice", text="May I have the invoice?", at=NOW - 2 * DAY)
    return first, second, shop.ticket(at=NOW - DAY)


def take(shop, ticket, *others, macro=STATUS.id):
    shop.desk.replies.take(ticket, macro, None, NOW)
    if others:
        shop.desk.replies.answer_also(ticket, others, NOW)
    return shop.desk.replies.review(ticket, NOW)


def send(shop, ticket, *others, when=None, macro=STATUS.id):
    review = take(shop, ticket, *others, macro=macro)
    return shop.desk.replies.send(ticket, review, NOW, Level.AMBER, when or When())


def goes_out(shop, at=NOW + 20):
    """What delivery does when the server has taken the mail."""
    row = shop.desk.outbox.rows()[0]
    shop.sent(row.id, at)
    with shop.db.write() as tx:
        return record_sent_reply(tx, row.id, at)


def statuses(shop, *ids):
    return [shop.row(one)["status"] for one in ids]


def test_the_review_names_the_other_open_tickets_and_what_will_be_answered(shop, three):
    first, second, written = three
    review = take(shop, written)
    assert [(one.ticket_id, one.answered) for one in review.others] == [(second, False), (first, False)]
    review = take(shop, written, first)
    assert review.also == (first,)
    assert f"also answers T{first}" in review.follows
    assert review.others[1].words == "Is it grey?"


def test_asked_again_it_no_longer_answers_them(shop, three):
    first, second, written = three
    take(shop, written, first)
    assert shop.desk.replies.answer_also(written, (first, second), NOW).also == (first, second)
    assert shop.desk.replies.answer_also(written, (first, second), NOW).also == ()


def test_a_ticket_of_somebody_else_or_a_solved_one_cannot_be_answered_too(shop, three):
    first, _, written = three
    shop.desk.tickets.solve((first,), NOW)
    take(shop, written)
    for other in (first, three[0] - 1, written):
        with pytest.raises(NotNow, match=f"T{other} is no other open ticket"):
            shop.desk.replies.answer_also(written, (other,), NOW)


def test_a_mail_to_somebody_else_answers_none_of_them(shop, three):
    first, _, written = three
    take(shop, written, first)
    draft = shop.desk.replies.begin(written, NOW)
    shop.desk.replies.save(replace(draft, to=(Address("", "service@carrier.example"),)), NOW)
    assert shop.desk.replies.review(written, NOW).others == ()


@pytest.mark.parametrize(("macro", "status"), [(STATUS.id, Status.WAITING), (ADDRESS.id, Status.SOLVED)])
def test_each_gets_the_status_of_the_answer_and_keeps_its_own_category(shop, three, macro, status):
    first, second, written = three
    done = send(shop, written, first, second, macro=macro)
    assert done.words.startswith("Reply to 3 tickets goes out")
    assert statuses(shop, first, second, written) == [status] * 3
    assert shop.row(first)["category"] == ""
    assert [words.words for words in shop.desk.history.lines(first) if words.action][-1:] == [
        f"answered T{first} with the reply to T{written}"
    ]


def test_one_mail_goes_out_and_is_shown_on_each_ticket(shop, three):
    first, second, written = three
    send(shop, written, first)
    (row,) = shop.desk.outbox.rows()
    assert (row.ticket_id, row.also) == (written, (first,))
    goes_out(shop)
    goes_out(shop, NOW + 30)  # told twice: a recipient was put off and tried again
    for ticket in (first, written):
        said = [one for one in shop.desk.tickets.view(ticket, NOW).messages if one.direction == "out"]
        assert [one.own_words.count("left with DHL") for one in said] == [1]
        assert shop.row(ticket)["unanswered_since"] is None
    assert said[0].sent_on is None
    assert shop.row(second)["unanswered_since"] == NOW - 2 * DAY


def test_an_answer_to_it_names_the_mail_of_the_ticket_it_was_written_on(shop, three):
    first, _, written = three
    send(shop, written, first)
    sent = goes_out(shop)
    with shop.db.read() as tx:
        found = messages.find_by_message_id(tx, messages.get(tx, sent).message_id)
        assert messages.get(tx, found).ticket_id == written
        (copy,) = [one for one in messages.for_ticket(tx, first) if one.sent_on == written]
        assert messages.original(tx, copy.id) == messages.original(tx, sent)


def test_files_are_shown_on_each_ticket(shop, three, tmp_path):
    first, _, written = three
    (tmp_path / "invoice.txt").write_text("49 EUR")
    take(shop, written, first)
    shop.desk.replies.attach(written, str(tmp_path / "invoice.txt"), NOW)
    shop.desk.replies.send(written, shop.desk.replies.review(written, NOW), NOW, Level.AMBER)
    goes_out(shop)
    with shop.db.read() as tx:
        (copy,) = [one for one in messages.for_ticket(tx, first) if one.sent_on]
    (part,) = copy.attachments
    assert shop.desk.tickets.save_attachment(copy.id, part.part).read_text() == "49 EUR"


@pytest.mark.parametrize("when", [None, When(NOW + DAY, unless_answered=True)], ids=["now", "planned"])
def test_taken_back_all_of_them_are_as_they_were(shop, three, when):
    before = [shop.row(one) for one in three]
    first, second, written = three
    send(shop, written, first, second, when=when)
    assert [shop.row(one) for one in three] != before
    shop.desk.undo.undo(NOW)
    assert [shop.row(one) for one in three] == before
    assert shop.desk.replies.review(written, NOW).also == (second, first)


def test_the_outbox_brings_back_all_of_them_too(shop, three):
    before = [shop.row(one) for one in three]
    send(shop, three[2], three[0])
    shop.desk.outbox.bring_back(shop.desk.outbox.rows()[0].id, NOW)
    assert [shop.row(one) for one in three] == before


def test_the_history_of_a_ticket_that_was_answered_too_takes_back_the_letter(shop, three):
    first, _, written = three
    send(shop, written, first)
    (line,) = [one for one in shop.desk.history.lines(first) if "with the reply" in one.words]
    shop.desk.history.take_back(line.action, NOW)
    assert statuses(shop, first, written) == [Status.OPEN, Status.OPEN]
    assert shop.desk.replies.begin(written, NOW).also == (first,)


def test_a_mail_on_one_of_them_since_the_review_stops_it(shop, three):
    first, _, written = three
    review = take(shop, written, first)
    shop.mail(first, text="And in green?", at=NOW)
    with pytest.raises(SendStopped, match="A new mail has come"):
        shop.desk.replies.send(written, review, NOW, Level.AMBER)
    assert shop.desk.outbox.rows() == ()


def test_a_refused_reply_leaves_all_of_them_unanswered_and_says_so(shop, three):
    first, _, written = three
    send(shop, written, first)
    shop.sent(shop.desk.outbox.rows()[0].id, state="refused")
    rows = {row.ticket_id: row for row in shop.desk.inbox.rows((first, written))}
    assert [rows[one].outbox for one in (first, written)] == ["refused", "refused"]
    assert shop.row(first)["unanswered_since"] == NOW - 3 * DAY


def test_another_reply_on_its_way_to_one_of_them_warns(shop, three):
    first, second, written = three
    take(shop, written, first)
    send(shop, second, first)
    review = shop.desk.replies.review(written, NOW)
    assert any(one.words.startswith(f"T{first}: Another reply") for one in review.concerns)
    assert review.level is Level.AMBER


def test_planned_it_changes_them_once_it_has_gone(shop, three):
    first, _, written = three
    send(shop, written, first, when=When(NOW + DAY))
    assert statuses(shop, first, written) == [Status.OPEN, Status.OPEN]
    assert shop.row(first)["snoozed_until"] == NOW + DAY
    goes_out(shop, NOW + DAY)
    assert statuses(shop, first, written) == [Status.WAITING, Status.WAITING]
    assert shop.row(first)["snoozed_until"] is None


def test_merged_afterwards_the_mail_counts_and_shows_once(shop, three):
    first, _, written = three
    send(shop, written, first)
    goes_out(shop)
    shop.desk.merging.merge((written, first), NOW + 60)
    said = [one for one in shop.desk.tickets.view(written, NOW).messages if one.direction == "out"]
    assert len(said) == 1
    shop.desk.undo.undo(NOW + 70)
    said = [one for one in shop.desk.tickets.view(first, NOW).messages if one.direction == "out"]
    assert [one.sent_on for one in said] == [written]


def test_its_first_reply_time_stops_for_each_when_the_mail_went(shop, three):
    first, _, written = three
    send(shop, written, first)
    goes_out(shop)
    (figure,) = [one for one in shop.desk.metrics.week(NOW + 60).figures if one.id == "first reply"]
    assert figure.n == 2
    assert figure.value == (3 * DAY + DAY) / 2 + 20


def test_a_search_finds_the_mail_once_and_the_other_ticket_by_itself(shop, three):
    first, _, written = three
    send(shop, written, first)
    goes_out(shop)
    whole = shop.desk.search.find('has:order "left with"', NOW + 60)
    words = shop.desk.search.find('"left with"', NOW + 60)
    for found in (whole, words):
        assert [hit.row.ticket_id for hit in found.hits] == [written]
        assert found.total == 1
    with shop.db.write() as tx:
        tickets.change(tx, first, tags=("grey",))
    other = shop.desk.search.find('tag:grey "left with"', NOW + 60)
    assert [hit.row.ticket_id for hit in other.hits] == [first]


def test_its_macro_is_counted_once_on_the_ticket_it_was_written_on(shop, three):
    first, second, written = three
    send(shop, written, first, second)
    goes_out(shop)
    figures = {one.id: one for one in shop.desk.metrics.week(NOW + 60).figures}
    assert figures["first reply"].n == 3
    assert figures["macro uses"].value == 1


@pytest.mark.parametrize("merged", [0, 2], ids=["answered too", "its own"])
def test_planned_a_ticket_merged_into_somebody_elses_keeps_that_one_open(shop, three, merged):
    first, _, written = three
    ben = first - 1
    send(shop, written, first, when=When(NOW + DAY))
    shop.desk.merging.merge((ben, three[merged]), NOW + 5)
    goes_out(shop, NOW + DAY)
    assert statuses(shop, ben) == [Status.OPEN]
    assert shop.row(ben)["unanswered_since"] is not None
    assert statuses(shop, three[2 - merged]) == [Status.WAITING]


def write_by_hand(shop, ticket, *others):
    draft = shop.desk.replies.begin(ticket, NOW)
    shop.desk.replies.save(replace(draft, body="Yes, it is grey, and the invoice is on its way."), NOW)
    shop.desk.replies.answer_also(ticket, others, NOW)
    shop.desk.replies.send(ticket, shop.desk.replies.review(ticket, NOW), NOW, Level.AMBER)


def test_a_letter_typed_once_for_three_tickets_is_no_answer_typed_three_times(shop, three):
    first, second, written = three
    write_by_hand(shop, written, first, second)
    sent = goes_out(shop)
    assert shop.desk.habits.find().read == 1
    with shop.db.read() as tx:
        asked = questions.asked_since(tx, 0, 10)
    assert [one.answered for one in asked] == [sent, sent, sent, None]


def test_a_ticket_merged_since_still_shows_the_planned_reply_that_answers_it_too(shop, three):
    first, second, written = three
    send(shop, written, first, when=When(at=NOW + DAY))
    shop.desk.merging.merge((second, first), NOW)
    into = second if shop.row(first)["joined_into"] else first
    with shop.db.read() as tx:
        (row,) = lists.rows(tx, [into])
    assert row.planned_at == NOW + DAY
