"""Lines that scroll: what is painted, and that nothing jumps."""

from textual.geometry import Region

from deskterm.widgets.drawing.lines import Bit, DrawnLine, Scroll, changed_rows, strip
from deskterm.widgets.look.styles import look
from widgets.hosting import Host, drawn


class Words(Scroll):
    """As many lines as it is told, and how often it was asked for them."""

    def __init__(self, *words):
        super().__init__()
        self.words, self.asked = words, 0

    def picture(self, width):
        self.asked += 1
        return [DrawnLine.of(f"{word} {width}") for word in self.words]


def test_rows_that_differ_are_painted_those_that_touch_together():
    before = [DrawnLine.of(word) for word in "abcdef"]
    after = [DrawnLine.of(word) for word in "aBCdeF"]
    assert changed_rows(before, after, 20) == [Region(0, 1, 20, 2), Region(0, 5, 20, 1)]
    assert not changed_rows(before, before, 20)
    edged = [one._replace(mark="▌") for one in before]
    assert changed_rows(before, edged, 20) == [Region(0, 0, 1, len(before))]  # the cell of the edge alone


def test_space_keeps_its_own_ground_behind_a_bit_without_text():
    bits = (Bit("a"), Bit("", ground="chosen"), Bit("  ", ground="chosen"))
    _, space = strip(DrawnLine(bits), 3, look("dark"), "ground")
    assert space.style.bgcolor == look("dark").style("text", "chosen").bgcolor


async def test_a_text_that_needs_a_scrollbar_wraps_where_a_short_one_does():
    app = Host(Words("one"))
    async with app.run_test(size=(40, 10)) as pilot:
        short = drawn(app)[0]
        app.widget.words = ("one", *["more"] * 30)
        app.widget.redraw()
        await pilot.pause()
        assert drawn(app)[0].startswith(short)
        assert app.widget.max_scroll_y == 21
        app.widget.go_end(last=True)
        app.widget.words = ("one",)
        app.widget.redraw()
        await pilot.pause()
        assert app.widget.scroll_offset.y == 0
        assert drawn(app)[0] == short


async def test_drawn_again_the_same_it_paints_nothing():
    app = Host(Words("one", "two", "three"))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        app.widget._repaint_regions.clear()
        app.widget.redraw()
        assert not app.widget._repaint_regions
        app.widget.words = ("one", "two", "four")
        app.widget.redraw()
        assert {region.y for region in app.widget._repaint_regions} == {2}


async def test_after_a_change_of_width_no_line_is_painted_at_the_old_one():
    """A wide letter on that edge would be cut in two, and two spaces be left of it."""
    app = Host(Words("one", "two"))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.resize_terminal(60, 10)
        await pilot.pause()
        app.widget.words = ("one", "three")
        app.widget.redraw()
        assert {region.width for region in app.widget._repaint_regions} == {60}
