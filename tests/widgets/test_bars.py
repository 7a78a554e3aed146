"""The bars: counts, the state of the desk, the keys."""

from dataclasses import replace

import pytest

import deskterm.actions  # noqa: F401 - registers its commands
from deskterm.commands.keymap import KeyReader, default_key, keymap, shown_keys
from deskterm.commands.record import Where
from deskterm.domain.desk_state import DeskState, Progress, SourceState
from deskterm.domain.formats import Formats
from deskterm.domain.outbox_needs import NeedKind, OutboxNeed
from deskterm.domain.sources import Source, SourceKind, SourcePart
from deskterm.domain.tickets import Counts
from deskterm.widgets.bars import Footer, StatusLine, TopLine

AT = 1763718180  # 10:43 in Berlin
TIME = Formats("en_GB", "Europe/Berlin").time
MAIL, ORDERS = SourceState(Source("main"), AT - 60), SourceState(Source("shop", SourceKind.ORDERS), AT - 300)
QUIET = DeskState((MAIL,), (ORDERS,), 0, 0, 0, 0)


def words(bar, width=120):
    (line,) = bar.lines(width)
    return "".join(bit.text for bit in line.bits)


def shades(bar):
    (line,) = bar.lines(120)
    return {bit.text.strip(): bit.shade for bit in line.bits if bit.text.strip()}


def status(state, now=AT, progress=None, eta=""):
    bar = StatusLine(TIME, default_key)
    bar.show(state, now, progress, eta)
    return bar


def test_the_status_line_says_how_far_mail_and_orders_are_complete():
    assert words(status(QUIET)).strip() == "● mail complete to 10:42   orders 10:38   outbox empty"


def test_several_mailboxes_are_complete_as_far_as_the_last_of_them():
    state = DeskState((MAIL, SourceState(Source("second"), AT - 3600)), (), 0, 0, 0, 0)
    assert "mail complete to 09:43" in words(status(state))


def test_what_was_never_synced_is_not_called_complete():
    assert "mail not complete yet" in words(
        status(DeskState((SourceState(Source("main"), 0),), (), 0, 0, 0, 0))
    )


def test_a_failing_source_is_red_and_says_why_even_without_colour():
    state = DeskState((SourceState(Source("main"), AT - 60, AT - 30, "no network"),), (), 0, 0, 0, 0)
    assert "▲" in words(status(state))
    assert "main: no network" in words(status(state))
    assert shades(status(state))["main: no network"] == "red"


def test_a_reply_that_can_still_be_taken_back_counts_down():
    assert "sends in 12 s z takes it back   outbox 1" in words(status(DeskState((), (), 1, 0, 0, 0, AT + 12)))
    assert "sends in" not in words(status(DeskState((), (), 1, 0, 0, 0, AT)))


def test_refused_and_uncertain_replies_are_never_silent():
    said = words(
        status(
            DeskState(
                (), (), 0, 0, 2, 1, needs=(OutboxNeed(NeedKind.REFUSED, 2), OutboxNeed(NeedKind.UNCERTAIN, 1))
            )
        )
    )
    assert "2 refused" in said
    assert "1 may have been sent" in said
    assert "empty" not in said


def test_a_pass_shows_a_bar_a_count_and_the_time_left():
    said = words(status(QUIET, AT, Progress("fetching mail", 500, 1000), ", 12 s left"))
    assert said.rstrip().endswith("fetching mail ━━━━━━━━━━────────── 500 of 1,000, 12 s left")


def test_what_a_key_did_is_shown_first_for_a_while():
    bar = status(QUIET)
    bar._said = ("Solved T1043", "accent")
    assert words(bar).startswith(" Solved T1043")


def test_an_answer_too_long_for_its_line_goes_on_below_and_then_the_keys_are_back():
    long = "#1042 is from a file: act in your shop and note it (n). `deskterm stores add` connects the shop."
    bar, foot = status(QUIET, AT, Progress("fetching", 1, 10)), Footer()
    bar.refresh = foot.refresh = lambda *_: None
    foot._shown = (("e", "solve"), ("?", "keys"))
    bar.say(long, "amber")
    foot.say(long, "amber")
    assert f"{words(bar, 80).strip()} {words(foot, 80).strip()}" == long
    assert "solve" in words(foot, 120)
    foot.say("")
    assert "solve" in words(foot, 80)


@pytest.mark.parametrize("width", [1, 5, 20, 40, 80, 200])
def test_no_bar_is_wider_than_the_screen(width):
    top, foot = TopLine("Oak & Wool"), Footer()
    top._counts, top._time = Counts(9, 12, 2, 5, 1, 1), "Fri 21 Nov 10:43"
    foot._shown = (("e", "solve"), ("?", "keys"))
    bars = (status(QUIET, AT, Progress("fetching", 1, 10)), top)
    assert all(len(words(bar, width)) <= max(width, 60) for bar in bars)


def test_the_top_line_leaves_out_whole_counts_where_there_is_no_room():
    top = TopLine("Oak & Wool")
    top._counts, top._time = Counts(9, 12, 2, 5), "Fri 21 Nov 10:43"
    assert "snoozed 5" in words(top, 100)
    assert words(top, 63).rstrip().endswith("open 9  waiting 12  Fri 21 Nov 10:43")


def test_the_footer_always_shows_the_way_to_all_keys():
    foot, keys = Footer(), keymap(Where.LIST)
    foot._shown = tuple(
        (keys[0], command.label) for command, keys in shown_keys(Where.LIST, keys) if command.label
    )
    assert "? keys" in words(foot, 40)
    assert "solve" not in words(foot, 40)
    assert "solve" in words(foot, 120)


def test_a_waiting_chord_is_shown_with_what_may_follow():
    foot, reader = Footer(), KeyReader(keymap(Where.LIST))
    reader.press("g")
    foot._prefix, foot._shown = "g", tuple((key, command.id) for key, command in reader.chords())
    assert words(foot, 400).startswith(" g … ")


def test_if_much_fails_on_a_narrow_screen_the_first_is_named_and_how_to_see_the_rest():
    gone = "There is no network, or the server cannot be reached: it has not answered for 30 seconds."
    state = DeskState(
        (SourceState(Source("main"), AT - 60, AT - 30, gone), SourceState(Source("second"), 0, AT - 30, gone)),
        (SourceState(Source("shop", SourceKind.ORDERS), AT - 300, AT - 30, "The file orders.json is not there."),), 2, 0, 1, 0,
        needs=(OutboxNeed(NeedKind.REFUSED, 1),),
    )  # fmt: skip
    bar = status(state)
    assert words(bar, 80).startswith(" ▲ main: There is no network")
    assert (
        words(bar, 80).rstrip().endswith("+2  ! all   outbox 2   1 refused")
    )  # what has no room is left out whole
    assert len(words(bar, 80)) == 80
    assert "second: There is no network" in words(bar, 400)


def test_keys_after_a_chord_that_do_not_fit_begin_in_the_line_above():
    foot, bar = Footer(), status(QUIET)
    reader = KeyReader(keymap(Where.LIST))
    reader.press("g")
    foot.show_chord("g", reader.chords())
    pairs = [f"{key} {command.label or command.id.removeprefix('go-')}" for key, command in reader.chords()]
    for width in (120, 80, 61):  # what has no room in two lines is left out whole
        bar.show_chord(*foot.above(width))
        above, below = words(bar, width), words(foot, width)
        assert above.startswith(" g … ")
        assert len(above) <= width >= len(below)
        told = above.removeprefix(" g …").split("  ") + below.removesuffix("…").split("  ")
        told = [one.strip() for one in told if one.strip()]
        assert set(told) <= set(pairs)
        assert below.endswith("…") or set(told) == set(pairs)
    bar.show_chord("", ())
    assert "mail complete" in words(bar)


def test_what_is_planned_is_counted_apart_so_that_nobody_thinks_it_hangs():
    said = words(status(DeskState((), (), 0, 0, 0, 0, None, later=1, next_planned_at=AT + 9000)))
    assert "outbox 1, sent later" in said
    both = words(status(DeskState((), (), 1, 0, 0, 0, AT + 12, later=2, next_planned_at=AT + 40)))
    assert "sends in 12 s" in both
    assert "outbox 3, 2 of them later" in both


def test_a_failing_duty_does_not_change_how_far_orders_are_complete():
    """A missing file of parcels is reported as a failure; the orders are as complete as they were."""
    parcels = SourceState(
        Source("loom", SourceKind.ORDERS, SourcePart.TRACKING),
        0,
        AT - 60,
        "The shipments file cannot be read.",
    )
    bar = words(status(replace(QUIET, orders=(*QUIET.orders, parcels))))
    assert "orders 10:38" in bar
    assert "shipments" in bar
