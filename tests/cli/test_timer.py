"""`deskterm timer`: its files, its calls to the system, and honest words if the system cannot be reached."""

import os
import sys

import pytest

from cli.test_setup import _record_systemctl


@pytest.fixture
def own(tmp_path, monkeypatch):
    """A user's folder, and a PATH with nothing on it yet."""
    folder = tmp_path / "own"
    (folder / "bin").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("PATH", str(folder / "bin"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return folder


def asked(own) -> list[str]:
    return (own / "asked").read_text().splitlines()


def test_on_writes_the_files_and_enables_them_in_systemd(shell, own):
    _record_systemctl(own / "bin")
    assert shell("timer").startswith("Off")
    assert shell.status == 3
    said = shell("timer", "on", "--every", "10")
    assert shell.status == 0
    assert said.startswith("On: every 10 minutes")
    units = sorted((own / ".config/systemd/user").glob("deskterm-sync-*"))
    assert [path.suffix for path in units] == [".service", ".timer"]
    assert str(shell.home) in units[0].read_text()
    assert "OnCalendar=*:0/10" in units[1].read_text()
    assert asked(own) == ["--user daemon-reload", f"--user enable --now {units[1].name}"]
    assert shell("timer", "status").startswith("On: this machine runs")
    assert shell.status == 0


def test_off_takes_it_out_of_systemd_and_removes_the_files(shell, own):
    _record_systemctl(own / "bin")
    shell("timer", "on")
    assert shell("timer", "off").startswith("Off.")
    assert (shell.status, list((own / ".config/systemd/user").glob("*sync*"))) == (0, [])
    assert [line.split()[1] for line in asked(own)][-2:] == ["disable", "daemon-reload"]
    assert shell("timer", "off") == "It is off.\n"
    assert shell("timer").startswith("Off")


def test_where_systemd_cannot_be_reached_it_says_what_to_run(shell, own):
    """As over ssh without a user session, and in a container."""
    script = own / "bin" / "systemctl"
    script.write_text("#!/bin/sh\necho 'Failed to connect to bus: No medium found' >&2\nexit 1\n")
    script.chmod(0o755)
    said = shell("timer", "on")
    assert shell.status == 1
    assert "Failed to connect to bus" in said
    assert "systemctl --user enable --now deskterm-sync-" in said
    assert "*/5 * * * *" in said
    assert not shell.json("timer")["on"]


def test_without_systemd_there_is_a_line_for_cron_and_no_file(shell, own):
    said = shell("timer", "on")
    assert shell.status == 1
    assert "*/5 * * * *" in said
    assert not (own / ".config").exists()


def test_on_a_mac_it_goes_to_launchd(shell, own, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    script = own / "bin" / "launchctl"
    script.write_text('#!/bin/sh\necho "$*" >> "$HOME/asked"\n')
    script.chmod(0o755)
    shell("timer", "on")
    (agent,) = (own / "Library/LaunchAgents").glob("*.plist")
    domain = f"gui/{os.getuid()}"
    assert asked(own) == [f"bootout {domain}/{agent.stem}", f"bootstrap {domain} {agent}"]
    assert shell.json("timer")["on"]
    shell("timer", "off")
    assert not agent.exists()


def test_a_timer_that_runs_another_deskterm_is_reported(shell, own):
    _record_systemctl(own / "bin")
    shell("timer", "on")
    (unit,) = (own / ".config/systemd/user").glob("*.service")
    unit.write_text(unit.read_text().replace(sys.executable, "/gone/python"))
    assert "another deskterm" in shell("timer")


@pytest.mark.parametrize(("kind", "told"), [("keyring", "unlocked"), ("file", "passphrase")])
def test_what_it_cannot_do_is_reported(shell, own, kind, told):
    _record_systemctl(own / "bin")
    config = shell.home / "config.toml"
    other = '[[mailbox]]\nname = "second"\naddress = "a@kiln.example"\nhost = "imap.kiln.example"\n'
    config.write_text(f'{config.read_text()}\n{other}smtp_host = "smtp.kiln.example"\nsecret = "{kind}"\n')
    assert told in shell("timer", "on")


SEALED = """
[[mailbox]]
name = "second"
address = "a@kiln.example"
host = "imap.kiln.example"
smtp_host = "smtp.kiln.example"
secret = "file"
"""


def test_that_it_cannot_ask_for_a_password_is_said_first_with_the_remedies(shell, own):
    _record_systemctl(own / "bin")
    config = shell.home / "config.toml"
    config.write_text(config.read_text() + SEALED)
    first, then, *_ = shell("timer", "on").splitlines()
    assert all(words in first for words in ('"second"', "keyring", "password_command"))
    assert (shell.status, then.startswith("On:")) == (0, True)
    assert '"second"' in shell("timer")


def test_if_it_could_open_no_mailbox_nothing_is_switched_on(shell, own):
    _record_systemctl(own / "bin")
    (shell.home / "config.toml").write_text(SEALED)
    said = shell("timer", "on")
    assert (shell.status, "keyring" in said, "Not switched on" in said) == (1, True, True)
    assert not (own / ".config").exists()
    assert not (own / "asked").exists()


def test_setup_does_not_offer_what_could_not_open_a_mailbox_and_says_why(shell, own, capsys):
    from deskterm.cli.timer import offer
    from deskterm.config.paths import Home

    _record_systemctl(own / "bin")
    config = shell.home / "config.toml"
    config.write_text(config.read_text() + SEALED)
    offer(Home(shell.home))
    out, err = capsys.readouterr()
    assert ("cannot ask for a passphrase" in out, len(out.splitlines()), err) == (True, 1, "")


def test_a_home_that_is_not_set_up_has_nothing_to_fetch(tmp_path, own, capsys):
    from deskterm.cli import main

    assert main(["timer", "on", "--home", str(tmp_path / "new")]) == 1
    assert "deskterm setup" in capsys.readouterr().err


def test_a_timer_that_is_on_is_not_offered_again(shell, own, capsys):
    from deskterm.cli.timer import offer
    from deskterm.config.paths import Home

    _record_systemctl(own / "bin")
    offer(Home(shell.home))
    assert "timer on" in capsys.readouterr().out, "without a terminal nobody can be asked"
    shell("timer", "on")
    offer(Home(shell.home))
    assert capsys.readouterr().out == ""
