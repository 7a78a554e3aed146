"""How a message is drawn: folds, collapsed ones, links and attachments."""

from dataclasses import replace

import pytest

from deskterm.commands.keymap import default_key
from deskterm.domain.messages import (
    STAYS,
    Address,
    Attachment,
    Cue,
    Direction,
    Fold,
    FoldKind,
    MachineKind,
    Message,
)
from deskterm.widgets.drawing.message import Showing, message_lines, rejoin, rejoin_lines, shown_size

JANA = Address("Jana", "jana@mertens.example")
MAIL = Message(1, 7, Direction.IN, MachineKind.HUMAN, JANA, (), (), "Hello", 0, "Hi,\n\nwhere is it?\n")


def drawn(message, width=40, *, earlier=False, quotes=False, whole=False):
    showing = Showing(quotes, whole, lambda _: "today 01:31", default_key)
    return [
        "".join(bit.text for bit in line.bits).rstrip()
        for line in message_lines(message, showing, width, earlier=earlier)
    ]


def folded(*parts):
    """A mail of (text, kind or None) parts."""
    text, folds = "", []
    for part, kind in parts:
        if kind:
            folds.append(Fold(len(text), len(text) + len(part), kind))
        text += part
    return replace(MAIL, text=text, folds=tuple(folds))


def test_a_header_names_the_sender_and_ends_with_the_time():
    assert drawn(MAIL)[0] == "Jana  jana@mertens.example   today 01:31"


def test_the_text_follows_after_an_empty_line():
    assert drawn(MAIL)[1:] == ["", "Hi,", "", "where is it?"]


def test_a_mail_whose_rest_is_on_the_server_names_the_key_that_fetches_it():
    mail = replace(MAIL, text=f"Hi\n\n[This mail has 31 MB. {STAYS}")
    assert any("fetch the rest" in line and line.endswith("F") for line in drawn(mail))
    assert not any("fetch the rest" in line for line in drawn(MAIL))


def test_folds_with_nothing_between_them_are_one_line():
    mail = folded(
        ("No.\n\n", None),
        ("> one\n> two\n", FoldKind.QUOTE),
        ("\n", None),
        ("-- \nJana\n", FoldKind.SIGNATURE),
    )
    assert drawn(mail)[2:] == ["No.", "⋯ 2 quoted lines · signature   Q"]


def test_words_below_a_quote_are_kept_between_the_folds():
    mail = folded(
        ("> where?\n", FoldKind.QUOTE), ("\nHere.\n", None), ("> when?\n", FoldKind.QUOTE), ("Soon.", None)
    )
    assert drawn(mail)[2:] == ["⋯ 1 quoted line   Q", "", "Here.", "⋯ 1 quoted line   Q", "", "Soon."]


def test_one_key_shows_what_was_folded():
    mail = folded(("No.\n", None), ("> one\n", FoldKind.QUOTE))
    assert drawn(mail, quotes=True)[2:] == ["No.", "", "> one"]


def test_nothing_of_a_text_is_lost_when_all_is_shown():
    mail = folded(
        ("a\n", None), ("> b\n", FoldKind.QUOTE), ("c\n", None), ("-- \nd\n", FoldKind.SIGNATURE), ("e", None)
    )
    shown = "\n".join(drawn(mail, quotes=True))
    assert [word for word in "a > b c -- d e".split() if word not in shown.split()] == []


def test_an_earlier_long_message_is_collapsed_and_says_how_much_more_there_is():
    mail = replace(MAIL, text="\n".join(f"line {number}" for number in range(11)))
    assert drawn(mail, earlier=True)[1:] == ["line 0", "line 1", "⋯ 9 more lines   Enter"]
    assert drawn(mail, earlier=True, whole=True)[-1] == "line 10"


def test_a_short_earlier_message_stays_whole():
    assert drawn(MAIL, earlier=True)[1:] == ["Hi,", "where is it?"]


def test_a_note_says_internal_and_has_a_ground_of_its_own():
    note = replace(MAIL, direction=Direction.NOTE)
    lines = list(message_lines(note, Showing(False, False, str, default_key), 40, earlier=False))
    assert lines[0].bits[0].text == "INTERNAL"
    assert all(line.ground == "note" for line in lines)


def test_your_own_reply_names_its_macro():
    assert drawn(replace(MAIL, direction=Direction.OUT, macro="shipped"))[0].startswith("You  macro shipped")
    assert "sent elsewhere" in drawn(replace(MAIL, direction=Direction.OUT, outside=True))[0]


def test_a_machines_mail_says_what_it_reports_and_a_cue_warns():
    mail = replace(
        MAIL, machine=MachineKind.BOUNCE, machine_words="The mailbox is full.", cues=(Cue.REPLY_ELSEWHERE,)
    )
    assert drawn(mail)[1:3] == ["The mailbox is full.", "! answers go to another domain"]


def test_attachments_and_links_are_below():
    mail = replace(
        MAIL,
        attachments=(Attachment(2, "mug.jpg", "image/jpeg", 245_000),),
        links=tuple(f"https://x.example/{n}" for n in range(5)),
    )
    assert drawn(mail)[5:] == [
        "",
        "▤ mug.jpg  image/jpeg  239 KB   v",
        "[1] https://x.example/0",
        "[2] https://x.example/1",
        "[3] https://x.example/2",
        "⋯ 2 more links   l",
    ]


@pytest.mark.parametrize(("size", "words"), [(812, "812 B"), (24_000, "23 KB"), (3_250_586, "3.1 MB")])
def test_sizes_are_shown_in_three_figures(size, words):
    assert shown_size(size) == words


BROKEN = [
    "I ordered two throws two weeks ago and nothing has arrived so far. Can",
    "you check where they are? It is order 1042 and I need them for the",
    "party on Saturday.",
    "Thanks, Jana",
]


def test_lines_that_a_mail_program_broke_are_joined():
    assert rejoin_lines(BROKEN)[1:] == ["Thanks, Jana"]
    text = "\n".join(BROKEN)
    assert rejoin(text).splitlines() == rejoin_lines(BROKEN)
    assert [place for place, sign in enumerate(text) if rejoin(text)[place] != sign] == [70, 137]


def test_lists_quotes_tables_and_short_lines_keep_their_lines():
    kept = [
        "- one thing that is long enough to have been broken by a mail program",
        "- two",
        "1. three",
        "> four",
        "  five",
    ]
    assert rejoin_lines(kept) == kept
    assert rejoin_lines(["Hafenstr. 3", "20457 Hamburg"]) == ["Hafenstr. 3", "20457 Hamburg"]


def test_a_report_is_not_repeated_if_it_is_shown_above_all_mail():
    report = replace(MAIL, machine=MachineKind.BOUNCE, machine_words="The address does not exist.")
    told = Showing(
        quotes=False,
        whole=False,
        moment=str,
        key=default_key,
        notices=frozenset({"The address does not exist."}),
    )
    words = [
        "".join(bit.text for bit in line.bits) for line in message_lines(report, told, 60, earlier=False)
    ]
    assert not any("does not exist" in line for line in words)
    assert "The address does not exist." in drawn(report)


def test_the_name_of_a_file_is_read_whole_before_its_type():
    files = (Attachment(2, "delivery-status.txt", "message/delivery-status", 229),)
    assert "▤ delivery-status.txt  229 B   v" in drawn(replace(MAIL, attachments=files), 41)
    assert "▤ delivery-status.txt  message/delivery-status  229 B   v" in drawn(
        replace(MAIL, attachments=files), 78
    )
    assert "▤ delivery-s…  229 B   v" in drawn(replace(MAIL, attachments=files), 24)
