"""The file for a foreign editor."""

from deskterm.screens.reply import scissors


def test_what_stands_below_the_line_never_comes_back():
    sheet = scissors.sheet("Hello Jana,\n\nsoon.", "Jana wrote:\nWhere is it?")
    assert "Where is it?" in sheet
    assert scissors.above(sheet) == "Hello Jana,\n\nsoon."


def test_a_reply_in_which_the_line_was_deleted_is_kept_whole():
    assert scissors.above("only words\n") == "only words"


def test_control_characters_from_the_editor_are_made_visible():
    assert scissors.above("a\x1b[31mb") == "a␛[31mb"


def test_windows_line_ends_do_not_hide_the_line():
    written = scissors.sheet("Hello", "mail").replace("\n", "\r\n")
    assert scissors.above(written) == "Hello"
