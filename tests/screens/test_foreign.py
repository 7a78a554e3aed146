"""Writing in the owner's own editor."""

import sys

import pytest

from deskterm.errors import NotNow
from deskterm.screens import foreign


def script(tmp_path, code):
    file = tmp_path / "editor.py"
    file.write_text(f"import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n{code}\n")
    return [sys.executable, str(file)]


def test_the_text_comes_back_and_what_was_below_the_line_does_not(tmp_path):
    editor = script(tmp_path, "file.write_text(file.read_text().replace('old', 'new'))")
    assert foreign.write_in(editor, "old words", "old mail") == "new words"


def test_the_editor_sees_the_mail_below_the_line(tmp_path):
    editor = script(tmp_path, "text = file.read_text(); file.write_text(text.split('>8')[1])")
    assert "Where is it?" in foreign.write_in(editor, "reply", "Where is it?")


def test_only_the_owner_can_read_the_file(tmp_path):
    editor = script(tmp_path, "file.write_text(oct(file.parent.stat().st_mode & 0o777))")
    assert foreign.write_in(editor, "reply", "") == "0o700"


def test_an_editor_that_fails_changes_nothing(tmp_path):
    with pytest.raises(NotNow, match="not taken"):
        foreign.write_in(script(tmp_path, "sys.exit(1)"), "reply", "")


def test_an_editor_that_is_not_there_is_named():
    with pytest.raises(NotNow, match="no-such-editor"):
        foreign.write_in(["no-such-editor"], "reply", "")


def test_the_editor_is_the_owners(monkeypatch):
    monkeypatch.setenv("EDITOR", "nano -w")
    monkeypatch.delenv("VISUAL", raising=False)
    assert foreign.editor() == ["nano", "-w"]
    monkeypatch.setenv("VISUAL", "code --wait")
    assert foreign.editor() == ["code", "--wait"]
    monkeypatch.delenv("EDITOR")
    monkeypatch.delenv("VISUAL")
    assert foreign.editor() == ["vi"]
