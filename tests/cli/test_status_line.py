"""`deskterm status` called repeatedly prints the same line without assembling a desk."""

import errno
import os
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from deskterm.cli import composition, main, status_line
from deskterm.config.paths import Home
from deskterm.config.plain_places import plain_places
from deskterm.domain.sources import Failure, Source
from deskterm.storage import sources
from deskterm.storage.schema.quick_read import quick_read
from deskterm.storage.upkeep.in_use import exclusive_use


@pytest.fixture
def desks(monkeypatch):
    """The homes for which a desk was assembled."""
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
    with composition.assemble(Home(shell.home)) as app, app.db.write() as tx:
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


def test_the_quick_read_leaves_no_file_behind_and_sees_what_is_in_the_log(shell, desks):
    shell("status")
    files = sorted(one.name for one in shell.home.glob("desk.db*"))
    assert "demo complete" in shell("status")
    assert sorted(one.name for one in shell.home.glob("desk.db*")) == files == ["desk.db", "desk.db.lock"]
    with composition.assemble(Home(shell.home)) as app:
        with app.db.write() as tx:
            sources.mark_failed(tx, Source("demo"), Failure.LOGIN, at=1_700_000_000, words="Not now", todo="")
        assert "Not now" in shell("status")
    assert len(desks) == 1


def test_a_database_that_is_written_during_the_quick_read_is_read_again(shell):
    looks, path = [], shell.home / "desk.db"

    def look(tx):
        looks.append(tx.execute("SELECT count(*) FROM ticket").fetchone()[0])
        if len(looks) == 1:
            os.utime(path)
        return looks[-1]

    assert quick_read(str(path), look)
    assert len(looks) == 2


def test_what_the_quick_read_does_not_know_is_left_to_the_desk(shell):
    def look(tx):
        raise KeyError("Mars/Olympus")

    assert quick_read(str(shell.home / "desk.db"), look) is None


class Broken(TextIOWrapper):
    """A standard output on a full disk."""

    def write(self, text):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_an_output_that_cannot_be_written_is_reported_in_a_line(shell, tmp_path, monkeypatch):
    shell("status")
    for words in (["status"], ["--version"], ["list"], ["list", "--json"]):
        with (tmp_path / "out").open("wb") as file:
            monkeypatch.setattr("sys.stdout", Broken(file, "utf-8"))
            status = main([*words, "--home", str(shell.home)] if words[0] != "--version" else words)
        told = shell.capsys.readouterr().err
        assert (status, told) == (
            1,
            "The output cannot be written: No space left on device. What was done so far is kept.\n",
        )


def test_a_terminal_without_the_letters_gets_question_marks(shell, monkeypatch):
    plain = shell("status")
    for words in (["status"], ["list"]):
        monkeypatch.setattr("sys.stdout", out := TextIOWrapper(BytesIO(), "ascii"))
        assert main([*words, "--home", str(shell.home)]) == 0
        out.flush()
        text = out.buffer.getvalue().decode("ascii")
        assert "?" in text
        assert words != ["status"] or text == plain.replace("·", "?")


def test_an_interruption_of_the_quick_read_is_reported_in_words(shell, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("deskterm.storage.schema.quick_read.quick_read", interrupted)
    assert shell("status") == ""
    assert (shell.status, shell.err) == (130, "\nInterrupted. What was done so far is kept.\n")


def test_a_database_that_is_being_replaced_is_not_read(shell, desks):
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
def test_other_arguments_are_left_to_the_parser(words):
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
