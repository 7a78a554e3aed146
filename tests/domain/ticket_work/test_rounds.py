"""The sum of a round through the inbox."""

from deskterm.domain.ticket_work.rounds import Round

NOW = 1_790_000_000


def test_a_receipt_counts_tickets_those_in_two_keys_and_promises():
    one = Round()
    for ticket, keys in ((1, 2), (2, 5), (3, 1)):
        for _ in range(keys):
            one.note_key(NOW)
        one.count_handled([ticket])
    assert one.receipt("14 min", 3) == "3 in 14 min, 2 of them in two keys, 3 promises for today"


def test_without_anything_done_there_is_no_receipt():
    one = Round()
    one.note_key(NOW)
    assert one.receipt("1 min", 2) == ""


def test_after_a_pause_another_round_begins():
    one = Round()
    one.note_key(NOW)
    one.count_handled([1])
    one.note_key(NOW + 1300)
    assert (one.begun_at, one.handled) == (NOW + 1300, {})


def test_many_at_once_are_dealt_with_by_the_same_keys():
    one = Round()
    for _ in range(3):
        one.note_key(NOW)
    one.count_handled([1, 2])
    assert one.receipt("1 min", 0) == "2 in 1 min"
