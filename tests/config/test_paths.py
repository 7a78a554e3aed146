"""Where things live."""

import stat
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.errors import ConfigError


def test_one_folder_holds_everything(tmp_path):
    home = Home(tmp_path / "desk")
    for path in (home.config_file, home.database, home.log_file, home.macros, home.sops, home.locks):
        assert path.is_relative_to(tmp_path / "desk")


def test_the_variable_names_the_folder_and_the_argument_wins(tmp_path, monkeypatch):
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path / "one"))
    assert Home().root == tmp_path / "one"
    assert Home(tmp_path / "two").root == tmp_path / "two"


def test_folders_are_for_the_owner_alone(tmp_path):
    home = Home(tmp_path / "deep" / "desk")
    assert stat.S_IMODE(home.locks.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "deep" / "desk").stat().st_mode) == 0o700


def test_without_a_folder_the_platforms_own_are_used(tmp_path, monkeypatch):
    monkeypatch.delenv("DESKTERM_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    home = Home()
    assert home.config_file.name == "config.toml"
    assert "deskterm" in home.database.parts
    assert home.database.parent.is_dir()


def test_a_folder_that_cannot_be_made_says_so(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="cannot be made"):
        _ = Home(tmp_path / "file" / "desk").database


def test_a_tilde_is_the_owners_folder():
    assert Home(Path("~/desk")).root == Path.home() / "desk"
