"""`deskterm status` asked for again and again: the same line, without putting a desk together."""

from pathlib import Path

import pytest

from deskterm.cli import composition, status_line
from deskterm.config.paths import Home
from deskterm.config.plain_places import plain_places
from deskterm.domain.sources import Failure, Source
from deskterm.storage import sources
from deskterm.storage.upkeep.in_use import exclusive_use


@pytest.fixture
def desks(monkeypatch):
    """The homes for which a desk was put together."""
    put_together, real = [], composition.assemble

    def assemble(home, **more):
        put_together.append(home.root)
        return real(home, **more)

    monkeypatch.setattr("deskterm.cli.status.assemble", assemble)
    return put_together


def test_the_line_is_the_same_without_a_desk_and_follows_every_change(shell, desks):
    first = shell("status")
    assert len(desks) == 1
    assert (shell("status"), shell.status) == (first, 0)
    with composition.assemble(Home(shell.home)) as fit, fit.db.write() as tx:
        sources.mark_failed(
            tx, Source("demo"), Failure.LOGIN, at=1_700_000_000, words="No such user", todo=""
        )
    words = shell("status")
    assert "demo fails since 14 Nov 2023: No such user" in words
    assert shell.status == 1
    assert len(desks) == 1
    assert shell.json("status")["sources"][0]["words"] == "No such user"
    desks.clear()
    config = shell.home / "config.toml"
    config.write_text(config.read_text().replace('locale = "en_GB"', 'locale = "en_US"'))
    assert "demo fails since Nov 14, 2023" in shell("status")
    assert "demo fails since Nov 14, 2023" in shell("status")
    assert len(desks) == 1, "settings that changed are read again, once"
    config.write_text("zone = [")
    assert shell("status") == ""
    assert (shell.status, "cannot be read as TOML" in shell.err) == (1, True)


def test_a_database_that_is_being_replaced_is_not_looked_into(shell, desks):
    shell("status")
    with exclusive_use(shell.home / "desk.db"):
        assert shell("status") == ""
    assert "is being restored or mended" in shell.err
    assert len(desks) == 2


@pytest.mark.parametrize(
    "words",
    [["status", "--json"], ["--home", "status"], ["status", "--home"], ["list"], ["--home", "x", "list"],
     ["--home", "--json", "status"], ["status", "x", "--home"], ["status", "status", "x"]],
)  # fmt: skip
def test_other_words_are_left_to_the_parser(words):
    assert status_line.print_at_once(words) is None


@pytest.mark.parametrize("named", ["", "XDG", "DESKTERM_HOME", "--home"])
def test_the_files_are_those_of_the_home(named, tmp_path, monkeypatch):
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "DESKTERM_HOME"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    if named == "XDG":
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "c"))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    elif named == "DESKTERM_HOME":
        monkeypatch.setenv("DESKTERM_HOME", "~/desk")
    root = "~/other" if named == "--home" else ""
    home = Home(Path(root) if root else None)
    assert plain_places(root) == (str(home.config_file), str(home.database))
