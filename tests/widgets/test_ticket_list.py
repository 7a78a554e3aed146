"""The list: pages, the cursor, and what stays where it is."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from deskterm.domain.tickets import CategoryBy, Mood, Priority, Row, Status
from deskterm.widgets.drawing.lines import Bit
from deskterm.widgets.drawing.ticket_row import RowColumns, RowWords, one_line, two_lines
from deskterm.widgets.row_pages import PAGE, RowSource
from deskterm.widgets.ticket_list import TicketList
from widgets.hosting import Host, drawn

NAMES = ("Jana Mertens", "山本 さくら", "A very long name that does not fit", "Jürgen Müßig")


def row(number):
    return Row(
        number, NAMES[number % 4], f"Subject {number} ギフト包装", Status.OPEN, 1, 1, "", f"#{1000 + number}", "shipping",
        CategoryBy.GUESS, siblings=3 if number % 7 == 0 else 1,
    )  # fmt: skip


class Many:
    """Tickets by their numbers, and what was asked of them."""

    def __init__(self, ids):
        self.ids, self.asked = list(ids), []

    def source(self):
        return RowSource(self.page, lambda: len(self.ids), self.position)

    def page(self, first, count):
        self.asked.append((first, count))
        return [row(number) for number in self.ids[first : first + count]]

    def position(self, ticket_id):
        return self.ids.index(ticket_id) if ticket_id in self.ids else None


def host():
    return Host(TicketList(lambda _: RowWords("9h", 2)))


async def test_a_hundred_thousand_tickets_are_shown_by_asking_for_one_page():
    many, app = Many(range(100_000)), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        assert {first for first, _ in many.asked} == {0}
        app.widget.go_end(last=True)
        await pilot.pause()
        assert {first for first, _ in many.asked} == {0, 100_000 - PAGE}
        assert "Subject 99999" in "".join(drawn(app))


async def test_no_more_pages_are_kept_than_needed():
    many, app = Many(range(10_000)), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        for _ in range(60):
            app.widget.go(150)
        await pilot.pause()
        assert len(app.widget._pages._pages) <= 8


@pytest.mark.parametrize("size", [(60, 30), (34, 30), (120, 30), (20, 5), (60, 20), (9, 9)])
async def test_every_line_is_as_wide_as_the_list_whatever_is_in_it(size):
    many, app = Many(range(50)), host()
    async with app.run_test(size=size) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        assert all(cell_len(strip.text) == size[0] for strip in app.screen._compositor.render_strips())


async def test_columns_are_aligned_even_after_wide_characters():
    many, app = Many(range(4)), host()
    async with app.run_test(size=(70, 30)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        heads = [line for line in drawn(app) if "Subject" in line]
        assert len({cell_len(line[: line.index("Subject")]) for line in heads}) == 1
        assert all(line.lstrip("▌ ").startswith("9h") for line in heads)


async def test_the_most_urgent_ticket_is_in_sight_while_the_cursor_is_next_to_it():
    many, app = Many(range(100, 200)), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        many.ids.insert(0, 50)
        app.widget.reload()
        await pilot.pause()
        assert app.widget.cursor == 1
        assert app.widget.top == 0


async def test_the_ticket_under_the_cursor_stays_on_its_line_when_others_come_in_above():
    many, app = Many(range(100, 200)), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        app.widget.go(40)
        await pilot.pause()
        before = next(at for at, line in enumerate(drawn(app)) if "Subject 140" in line)
        many.ids = [1, 2, 3, *many.ids]
        app.widget.reload()
        await pilot.pause()
        assert app.widget.ticket_id == 140
        assert next(at for at, line in enumerate(drawn(app)) if "Subject 140" in line) == before


async def test_if_the_ticket_is_gone_the_cursor_is_on_the_next():
    many, app = Many(range(100, 110)), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        app.widget.go(3)
        many.ids.remove(103)
        app.widget.reload()
        await pilot.pause()
        assert app.widget.ticket_id == 104


async def test_the_last_ticket_gone_leaves_the_one_before_and_then_a_sentence():
    many, app = Many([7, 8]), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source(), empty=lambda: "Nothing here.")
        app.widget.go_end(last=True)
        many.ids = [7]
        app.widget.reload()
        assert app.widget.ticket_id == 7
        many.ids = []
        app.widget.reload()
        await pilot.pause()
        assert app.widget.ticket_id is None
        assert "Nothing here." in "".join(drawn(app))


async def test_another_density_keeps_the_cursor_on_its_line():
    many, app = Many(range(100)), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        app.widget.go(50)
        await pilot.pause()
        app.widget.set_density(one_line=True)
        await pilot.pause()
        assert app.widget.per_row == 1
        assert any("▌" in line and "Subject 50" in line for line in drawn(app))


async def test_a_click_moves_the_cursor():
    many, app = Many(range(100)), host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        await pilot.click(TicketList, offset=(5, 6))
        assert app.widget.cursor == 3


async def test_a_guessed_category_says_so_and_siblings_are_counted():
    many, app = Many([7]), host()
    async with app.run_test(size=(80, 30)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        picture = "\n".join(drawn(app))
        assert "~shipping" in picture
        assert "×3" in picture
        assert "#1007" in picture


def line_words(line):
    return "".join(bit.text for bit in line.bits)


@pytest.mark.parametrize("width", [33, 38, 46, 53, 65, 90])
def test_neither_a_category_nor_a_reason_is_ever_cut_short(width):
    """A word that has no room is left out: the ticket itself says it."""
    made = replace(row(1), due="change before shipping", category="complaint", name="Jana Mertens")
    head, under = two_lines(made, RowWords("9h", 2), width, mark=Bit(" "), marks=False)
    said = line_words(head) + line_words(under)
    for whole in ("~complaint", "#1001"):
        begun = whole[: len(whole) // 2]
        assert whole in said or begun not in said
    assert "before" in said  # the reason comes first, cut where it must be
    assert "due" in said
    assert cell_len(line_words(head)) <= width
    assert cell_len(line_words(under)) <= width


LOUD = replace(
    row(4),
    due="change before shipping",
    priority=Priority.HIGH,
    mood=Mood.ANGRY,
    name="Amélie Fournier",
    siblings=1,
)


@pytest.mark.parametrize("width", [45, 49, 59, 72, 90, 79])
def test_only_the_reason_is_amber_in_a_row(width):
    """A ticket that is due, angry, of high priority and late to answer."""
    words = RowWords("4h", 1, target="answer in 45m", target_shade="amber")
    drawn = [
        *two_lines(LOUD, words, width, mark=Bit(" "), marks=False),
        one_line(LOUD, words, width, mark=Bit(" "), marks=False),
    ]
    for lines in (drawn[:2], drawn[2:]):
        loud = [bit.text.strip() for line in lines for bit in line.bits if bit.shade == "amber"]
        assert loud in (["change before shipping"], ["before shipping"], ["!"])
    calm = replace(LOUD, due="", priority=Priority.NORMAL, mood=Mood.NONE)
    head, _ = two_lines(calm, RowWords("4h", 1), width, mark=Bit(" "), marks=False)
    assert [bit.text.strip() for bit in head.bits[:2] if bit.shade == "amber"] == ["4h"]


@pytest.mark.parametrize("width", [45, 49, 59])
def test_a_narrow_list_shows_the_whole_name_and_the_whole_reason(width):
    for reason in ("change before shipping", "your mail came back", "payment dispute", "a date was named"):
        made = replace(LOUD, due=reason)
        head, under = two_lines(made, RowWords("4h", 1), width, mark=Bit(" "), marks=False)
        assert "Amélie Fournier" in line_words(head)
        assert "…" not in line_words(head)
        assert line_words(head).endswith("#1004") or width - cell_len(f"Amélie Fournier{reason}") < 20
        assert made.subject in line_words(under)


ANSWERED = replace(
    row(4), subject="Where is it?", answer="Late parcel, trace opened", answers=3, category="shipping"
)


@pytest.mark.parametrize("width", [45, 56, 90])
def test_the_answers_of_a_list_are_aligned_and_long_subjects_give_way_to_them(width):
    long = replace(ANSWERED, subject="Wrong size of the slippers, can I swap them for a 41?")
    none = replace(ANSWERED, answer="", answers=0, sop="Dispute, lawyer or consumer office")
    lines = [
        line_words(two_lines(made, RowWords("4h", 0), width, mark=Bit(" "), marks=False)[1])
        for made in (ANSWERED, long, none)
    ]
    first, second, third = lines
    assert "1 Late" in first
    assert "+2" in first or cell_len(first.rstrip()) + len(" +2") > width - 1  # not where it cuts the title
    assert first.index("1 Late") == third.index("s Disp")
    assert second.index("1 Late") == first.index("1 Late") or width >= 60
    assert all(cell_len(one) <= width for one in lines)


def test_one_line_a_ticket_has_the_answer_where_the_subject_is_short_and_never_cuts_a_subject():
    def drawn_as(made):
        return line_words(
            one_line(made, RowWords("4h", 0), 79, RowColumns(10, 5), mark=Bit(" "), marks=False)
        )

    assert "1 Late par" in drawn_as(replace(ANSWERED, name="Ben Ode"))
    long = "Wrong size, can I swap for a 41?"
    assert long in drawn_as(replace(ANSWERED, subject=long))


@pytest.mark.parametrize("other", [{"draft": True}, {"outbox": "queued"}, {"status": Status.WAITING}])
def test_a_ticket_that_is_being_answered_names_no_answer(other):
    lines = two_lines(replace(ANSWERED, **other), RowWords("4h", 0), 56, mark=Bit(" "), marks=False)
    assert "Late parcel" not in "".join(map(line_words, lines))


def test_columns_are_as_wide_as_the_names_and_orders_of_the_list():
    short = [replace(row(number), name="Mia", order="#7", siblings=1) for number in range(3)]
    assert RowColumns.of(short) == RowColumns(10, 5)
    assert RowColumns.of([*short, replace(row(4), name="Amélie Fournier", order="#100234567")]) == RowColumns(
        15, 7
    )
    assert RowColumns.of([replace(row(4), name="x" * 40)]).name == 18
    line = one_line(
        replace(short[0], subject="s" * 41),
        RowWords("4h", 0),
        79,
        RowColumns.of(short),
        mark=Bit(" "),
        marks=False,
    )
    assert "s" * 41 in line_words(line)


def test_bold_is_what_is_due_or_new_and_no_overdue_age():
    def bold(made, words):
        line = one_line(made, words, 79, mark=Bit(" "), marks=False)
        return {bit.text.strip() for bit in line.bits if bit.bold}

    assert not bold(row(1), RowWords("9h", 2))
    assert bold(row(1), RowWords("9m", 0, fresh=True))
    assert "9h" not in bold(replace(row(1), due="complaint"), RowWords("9h", 2))


async def test_on_a_large_screen_the_list_is_as_wide_as_its_longest_subject():
    long = "Is the grey throw back in stock soon, and in which size?"
    many, app = Many([1, 2]), host()
    many.page = lambda first, count: [replace(row(1), subject=long), row(2)]
    async with app.run_test(size=(200, 60)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        assert long in "".join(drawn(app))
        assert app.widget.size.width < 90
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert app.widget.size.width == 120


def test_the_end_of_a_snooze_is_shown_in_the_narrowest_list():
    head, _ = two_lines(row(1), RowWords("9h", 0, "tomorrow 09:00"), 33, mark=Bit(" "), marks=False)
    assert "until" in line_words(head)


async def test_a_list_that_reads_the_same_again_paints_nothing():
    many, app = Many(range(50)), host()
    async with app.run_test(size=(70, 30)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        app.widget._repaint_regions.clear()
        app.widget.reload()
        assert not app.widget._repaint_regions
        many.ids[3] = 1003
        app.widget.reload()
        assert {region.y for region in app.widget._repaint_regions} == {6}


async def test_a_list_read_again_later_paints_the_ages_that_have_changed():
    many, age = Many(range(5)), ["9h"]
    app = Host(TicketList(lambda one: RowWords(age[0] if one.ticket_id == 2 else "1h", 0)))
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(many.source())
        await pilot.pause()
        age[0] = "10h"
        app.widget.reload()
        await pilot.pause()
        assert "10h" in "".join(drawn(app))


async def test_each_empty_list_has_its_own_words():
    app = host()
    async with app.run_test(size=(60, 30)) as pilot:
        app.widget.show(Many([]).source(), empty=lambda: "Waiting for no customer.")
        await pilot.pause()
        app.widget.show(Many([]).source(), empty=lambda: "Nothing is snoozed.")
        await pilot.pause()
        assert "Nothing is snoozed." in "".join(drawn(app))


async def test_words_for_an_empty_list_wrap():
    app = host()
    async with app.run_test(size=(30, 10)) as pilot:
        app.widget.show(
            Many([]).source(), empty=lambda: "Nothing to do. New mail appears by itself; R looks now."
        )
        await pilot.pause()
        assert "R looks now." in " ".join("\n".join(drawn(app)).split())
