"""Names that fit what is typed of a path."""

from deskterm.screens.path import fitting


def test_folders_end_in_a_slash_and_hidden_names_are_shown_when_asked_for(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "price list.pdf").touch()
    (tmp_path / ".secret").touch()
    assert fitting(f"{tmp_path}/") == [f"{tmp_path}/photos/", f"{tmp_path}/price list.pdf"]
    assert fitting(f"{tmp_path}/pr") == [f"{tmp_path}/price list.pdf"]
    assert fitting(f"{tmp_path}/.s") == [f"{tmp_path}/.secret"]


def test_a_folder_that_is_not_there_has_no_names(tmp_path):
    assert fitting(f"{tmp_path}/nowhere/x") == []


def test_a_tilde_is_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "label.pdf").touch()
    assert fitting("~/l") == ["~/label.pdf"]
