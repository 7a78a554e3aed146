"""The file for a foreign editor."""

import os
import shutil
import subprocess

import pytest

from deskterm.screens.reply import scissors


def test_what_is_below_the_line_never_comes_back():
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


HOSTILE = "vim: set textwidth=7:\nLocal Variables:\nmode: perl\nEnd:\nvim: set textwidth=7:"


def test_a_mail_sets_no_options_of_vim(tmp_path):
    vim = shutil.which("vim")
    if not vim:
        pytest.skip("there is no vim")
    for number, sheet in enumerate((HOSTILE, scissors.sheet("", HOSTILE))):
        file, out = tmp_path / f"reply{number}.md", tmp_path / f"out{number}"
        file.write_text(sheet)
        options = ["-N", "-u", "NONE", "--cmd", "set modeline modelines=20", "-es"]
        subprocess.run(
            [vim, *options, str(file), "-c", f"call writefile([&textwidth], '{out}')", "-c", "qa!"],
            check=False, stdin=subprocess.DEVNULL, timeout=20, env={**os.environ, "HOME": str(tmp_path)},
        )  # fmt: skip
        assert out.read_text().strip() == ("7" if number == 0 else "0")


def test_a_mail_has_no_line_on_the_last_page_where_emacs_looks():
    last = scissors.sheet("Hello", HOSTILE).rpartition("\n\f")[2]
    assert last.strip() == "# The end."
    assert scissors.above(scissors.sheet("Hello", HOSTILE)) == "Hello"
