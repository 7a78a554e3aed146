"""The editor of a reply."""

from textual import events
from textual.app import App

from deskterm.widgets.editor import Editor
from deskterm.widgets.look.styles import variables
from deskterm.widgets.look.themes import DARK


class OneEditor(App):
    """Nothing but the editor."""

    def __init__(self, body=""):
        super().__init__()
        self.body = body

    def get_css_variables(self):
        return super().get_css_variables() | variables(DARK)

    def compose(self):
        yield Editor(self.body)


async def test_a_paste_that_would_control_the_terminal_is_made_visible():
    app = OneEditor()
    async with app.run_test() as pilot:
        editor = app.query_one(Editor)
        editor.focus()
        app.post_message(events.Paste("a\x1b]0;owned\x07b\u202e"))
        await pilot.pause()
        assert editor.text == "a␛]0;owned␇b"


async def test_a_draft_is_cleaned_before_it_is_shown():
    app = OneEditor("one\r\ntwo\x1b[2J")
    async with app.run_test():
        assert app.query_one(Editor).text == "one\ntwo␛[2J"


async def test_values_that_are_missing_are_marked_and_counted():
    app = OneEditor("With [tracking.number?] from [order.mark?] [not this] [nor]?")
    async with app.run_test():
        editor = app.query_one(Editor)
        assert editor.holes == ("tracking.number", "order.mark")
        marked = [editor.get_line(0).plain[span.start : span.end] for span in editor.get_line(0).spans]
        assert marked == ["[tracking.number?]", "[order.mark?]"]


async def test_words_are_inserted_at_the_cursor():
    app = OneEditor("Hello \nBye")
    async with app.run_test():
        editor = app.query_one(Editor)
        editor.move_cursor((0, 6))
        editor.insert_words("Jana,\n\nthanks.")
        assert editor.text == "Hello Jana,\n\nthanks.\nBye"
        assert editor.cursor_location == (2, 7)


async def test_a_text_from_elsewhere_can_be_taken_back():
    app = OneEditor("mine")
    async with app.run_test():
        editor = app.query_one(Editor)
        editor.rewrite("theirs")
        assert editor.text == "theirs"
        editor.undo()
        assert editor.text == "mine"
