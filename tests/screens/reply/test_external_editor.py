"""Writing in the owner's own editor."""

import sys

import pytest

from deskterm.errors import NotNow
from deskterm.screens.reply import external_editor


def script(tmp_path, code):
    file = tmp_path / "editor.py"
    file.write_text(f"import pathlib, sys\nfile = pathlib.Path(sys.argv[1])\n{code}\n")
    return [sys.executable, str(file)]


def test_the_text_comes_back_and_what_was_below_the_line_does_not(tmp_path):
    editor = script(tmp_path, "file.write_text(file.read_text().replace('old', 'new'))")
    assert external_editor.write_in(editor, "old words", "old mail") == "new words"


def test_the_editor_sees_the_mail_below_the_line(tmp_path):
    editor = script(tmp_path, "text = file.read_text(); file.write_text(text.split('>8')[1])")
    assert "Where is it?" in external_editor.write_in(editor, "reply", "Where is it?")


def test_only_the_owner_can_read_the_file(tmp_path):
    editor = script(tmp_path, "file.write_text(oct(file.parent.stat().st_mode & 0o777))")
    assert external_editor.write_in(editor, "reply", "") == "0o700"


def test_an_editor_that_fails_changes_nothing(tmp_path):
    with pytest.raises(NotNow, match="not used"):
        external_editor.write_in(script(tmp_path, "sys.exit(1)"), "reply", "")


def test_an_editor_that_is_missing_is_named():
    with pytest.raises(NotNow, match="no-such-editor"):
        external_editor.write_in(["no-such-editor"], "reply", "")


def test_the_editor_is_that_of_the_environment_and_otherwise_vi(monkeypatch):
    monkeypatch.setenv("EDITOR", "nano -w")
    monkeypatch.delenv("VISUAL", raising=False)
    assert external_editor.editor() == ["nano", "-w"]
    monkeypatch.setenv("VISUAL", "code --wait")
    assert external_editor.editor() == ["code", "--wait"]
    monkeypatch.delenv("EDITOR")
    monkeypatch.delenv("VISUAL")
    assert external_editor.editor() == ["vi"]


def test_what_is_no_command_is_reported(monkeypatch):
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "nano 'x")
    with pytest.raises(NotNow, match="cannot be read as a command: nano 'x"):
        external_editor.editor()
