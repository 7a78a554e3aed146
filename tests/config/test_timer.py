"""The files of a timer: what systemd and launchd make of them, whatever stands in a path."""

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.config import timer
from deskterm.config.paths import Home

ODD = 'a $HOME of 100% "odd" \\names\''


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A user's folder with nothing in it."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "DESKTERM_HOME"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def written(job) -> list[Path]:
    for path, content in timer.files(job).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return list(timer.files(job))


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd says whether its files are right")
@pytest.mark.parametrize("every", [1, 5, 30])
def test_systemd_accepts_the_files(own, every):
    job = timer.timer(Home(own / "shop"), every)
    env = {**os.environ, "XDG_RUNTIME_DIR": "/run"}  # short, as sockets of others are named below it
    command = ["systemd-analyze", "--user", "verify", *map(str, written(job))]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd says whether its files are right")
def test_systemd_is_not_misled_by_a_path(own):
    """A `$` or a `%` would name another program (quotes in a program's name it refuses), or break the line."""
    program = own / "a $HOME of 100%" / "deskterm"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    job = timer.Timer("odd", (str(program), "--home", str(own / ODD)), 5, (("PATH", ODD),))
    env = {**os.environ, "XDG_RUNTIME_DIR": "/run"}  # short, as sockets of others are named below it
    command = ["systemd-analyze", "--user", "verify", *map(str, written(job))]
    assert subprocess.run(command, env=env, capture_output=True, check=False).returncode == 0
    program.unlink()
    assert subprocess.run(command, env=env, capture_output=True, check=False).returncode != 0


def test_it_names_program_and_home_by_their_whole_paths(own, monkeypatch):
    monkeypatch.chdir(own)
    job = timer.timer(Home(Path("shop")))
    assert job.command == (
        sys.executable,
        "-P",
        "-m",
        "deskterm",
        "--home",
        str(own / "shop"),
        "sync",
        "--quiet",
        "--by-timer",
    )
    program = own / "deskterm"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "argv", ["./deskterm", "timer", "on"])
    assert timer.timer(Home()).command == (str(program), "sync", "--quiet", "--by-timer")


def test_each_home_has_a_timer_of_its_own(own):
    names = {timer.timer(Home(folder)).name for folder in (None, own / "one", own / "two")}
    assert len(names) == 3
    assert "deskterm-sync" in names


def test_folders_that_were_moved_are_named_and_no_secret_is(own, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/desk")
    monkeypatch.setenv("DESKTERM_PASSPHRASE", "hunter2")
    text = b"".join(timer.files(timer.timer(Home())).values())
    assert b'Environment="XDG_DATA_HOME=/srv/desk"' in text
    assert b"hunter2" not in text


def test_launchd_reads_the_file(own, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    job = timer.timer(Home(own / ODD), 10)
    (path,) = written(job)
    assert path.parent == own / "Library" / "LaunchAgents"
    found = plistlib.loads(path.read_bytes())
    assert (found["Label"], found["StartInterval"]) == (path.stem, 600)
    assert found["ProgramArguments"] == list(job.command)
    assert timer.is_on(Home(own / ODD))
    assert timer.runs_same_command(job)
    assert not timer.runs_same_command(timer.Timer(job.name, ("/elsewhere/deskterm",), 10, ()))


def test_cron_reads_the_line(own):
    line = timer.timer(Home(own / "100% wool")).cron_line
    assert line.startswith("*/5 * * * * ")
    words = shlex.split(line.removeprefix("*/5 * * * * ").replace(r"\%", "%"))
    assert words[-4:] == [str(own / "100% wool"), "sync", "--quiet", "--by-timer"]
