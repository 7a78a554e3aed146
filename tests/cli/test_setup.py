"""`deskterm setup` as it is run: in a terminal, against a real Dovecot and a listening SMTP server."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.scripted import Scripted
from counterparts.terminal import Terminal

SOURCE = Path(__file__).parents[2] / "src"
CLEAR = "\x05\x15"  # Ctrl+E, Ctrl+U: whatever was found is written over
RIGHT = "\x1b[C"
MAIL = b"From: Jana <jana@mertens.example>\r\nTo: shop@kiln.example\r\nSubject: Where is my order?\r\n\r\nHi!\r\n"


@pytest.fixture
def run(tmp_path, authority):
    """A function that gives the arguments and the environment of a command in a home of its own."""
    env = {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "PATH": str(_commands(tmp_path)),
        "HOME": str(tmp_path),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "SSL_CERT_FILE": str(authority.ca_file),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",  # a machine without one
    }
    env.pop("DESKTERM_PASSPHRASE", None)

    def command(*words, **more):
        home = ["--home", str(tmp_path / "home")]
        return {"argv": [sys.executable, "-m", "deskterm", *words, *home], "env": {**env, **more}}

    return command


def _commands(folder) -> Path:
    """The only commands on the PATH: a machine that could not run a timer."""
    made = folder / "bin"
    made.mkdir()
    (made / "echo").symlink_to("/bin/echo")
    return made


def answer(run, *words, **env):
    given = run(*words, **env)
    ran = subprocess.run(
        given["argv"], env=given["env"], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout + ran.stderr


def begin(terminal):
    """Type shop and address at once, and no other address."""
    terminal.until("This machine has no keyring")
    terminal.press(f"Kiln\r{USER}\r\r\r\r", USER)


def servers(dovecot, smtp_listener):
    """Type the lines from the source of mail to the last one at once."""
    return f"\r{CLEAR}localhost:{dovecot.tls_port} tls\r{CLEAR}localhost:{smtp_listener.port} starttls\r{RIGHT * 2}\r\r"


def test_a_password_command_is_tested_written_and_sync_works(run, tmp_path, dovecot, smtp_listener):
    dovecot.put([MAIL])
    with Terminal(**run("setup")) as terminal:
        begin(terminal)
        terminal.press(f"{RIGHT}\recho '{PASSWORD}'\r" + servers(dovecot, smtp_listener))
        terminal.press("\r", "Acknowledge each new mail")
        terminal.press("\r", "switches that on later")
        assert terminal.ended() == 0
    text = (tmp_path / "home" / "config.toml").read_text()
    (box,) = tomllib.loads(text)["mailbox"]
    assert (box["host"], box["port"], box["smtp_port"]) == ("localhost", dovecot.tls_port, smtp_listener.port)
    assert tomllib.loads(text)["work_from"] == "all"
    status, said = answer(run, "sync")
    assert (status, "1 new mail" in said) == (0, True), said
    assert "Where is my order?" in answer(run, "list")[1]
    assert smtp_listener.accepted == []


def test_a_password_in_an_encrypted_file_is_opened_by_its_passphrase(run, tmp_path, dovecot, smtp_listener):
    dovecot.put([MAIL])
    with Terminal(**run("setup")) as terminal:
        begin(terminal)
        terminal.press(f"\r{PASSWORD}\rsesame\rsesame\r" + servers(dovecot, smtp_listener))
        terminal.press("\r", "Acknowledge each new mail")
        terminal.press("\r", "switches that on later")
        assert terminal.ended() == 0
    assert PASSWORD.encode() not in (tmp_path / "home" / "secrets").read_bytes()
    status, said = answer(run, "sync", DESKTERM_PASSPHRASE="sesame")
    assert (status, "1 new mail" in said) == (0, True), said
    status, said = answer(run, "sync", "--quiet")  # as a timer runs it: nobody can be asked
    assert (status, "needs its passphrase" in said) == (1, True), said
    assert "needs its passphrase" not in answer(run, "status")[1], "the account was not tried"
    with Terminal(**run()) as terminal:
        terminal.until("Passphrase of deskterm's secrets file")
        terminal.press("sesame\r", "Where is my order?")
    with Terminal(**run()) as terminal:
        terminal.until("(empty: stay offline)")
        terminal.press("\r", "needs its passphrase")
    assert "needs its passphrase" in answer(run, "status")[1], "this desk was asked for it and has none"


def test_a_maildir_is_read_where_it_is_and_sending_is_tested(run, tmp_path, smtp_listener):
    for part in ("cur", "new", "tmp"):
        (tmp_path / "Mail" / part).mkdir(parents=True)
    (tmp_path / "Mail" / "new" / "1.mail").write_bytes(MAIL)
    with Terminal(**run("setup")) as terminal:
        begin(terminal)
        terminal.press(f"{RIGHT}\recho '{PASSWORD}'\r{RIGHT}\r{tmp_path}/Mail\r")
        terminal.press(f"{CLEAR}localhost:{smtp_listener.port} starttls\r{RIGHT * 2}\r\r")
        terminal.press("\r", "Acknowledge each new mail")
        terminal.press("\r", "switches that on later")
        assert terminal.ended() == 0
    status, said = answer(run, "sync")
    assert (status, "1 new mail" in said) == (0, True), said
    assert (tmp_path / "Mail" / "new" / "1.mail").exists()


def test_a_wrong_password_writes_nothing_and_the_form_stays(run, tmp_path, dovecot, smtp_listener):
    with Terminal(**run("setup")) as terminal:
        begin(terminal)
        terminal.press("\rwrong\rsesame\rsesame\r" + servers(dovecot, smtp_listener))
        terminal.press("\r", "Nothing has been written")
        assert terminal.lives
    assert not (tmp_path / "home" / "config.toml").exists()


@pytest.mark.parametrize(("key", "on"), [("y", True), ("", False)])
def test_where_a_timer_can_run_setup_offers_it(  # noqa: PLR0917 - what it runs against
    run, tmp_path, dovecot, smtp_listener, key, on
):
    _record_systemctl(tmp_path / "bin")
    with Terminal(**run("setup")) as terminal:
        begin(terminal)
        terminal.press(f"{RIGHT}\recho '{PASSWORD}'\r" + servers(dovecot, smtp_listener))
        terminal.press("\r", "Acknowledge each new mail")
        terminal.press(f"{key}\r", "even while deskterm is closed?")
        assert (tmp_path / "home" / "rules.toml").exists() is on
        terminal.press(f"{key}\r", "On: every 5 minutes" if on else "switches that on later")
        assert terminal.ended() == 0
    assert len(list((tmp_path / ".config/systemd/user").glob("*.timer"))) == on


def _record_systemctl(folder) -> None:
    """A systemctl that records its calls, and enables by a symlink as the real one does."""
    units = "$HOME/.config/systemd/user"
    script = folder / "systemctl"
    script.write_text(
        "#!/bin/sh\nPATH=/bin:/usr/bin\n"
        'echo "$*" >> "$HOME/asked"\n'
        f'case "$2" in enable) mkdir -p "{units}/timers.target.wants";'
        f' ln -s "{units}/$4" "{units}/timers.target.wants/$4";;'
        f' disable) rm "{units}/timers.target.wants/$4";; esac\n'
    )
    script.chmod(0o755)


CRASHING = """
import sys
from deskterm.cli import setup as setting_up, main
def fails(home, mailbox, password, *more):
    kept = password
    raise RuntimeError("a fault that holds " + kept)
setting_up._test = fails
sys.exit(main(sys.argv[1:]))
"""


def test_a_fault_while_a_password_is_in_the_form_shows_it_to_nobody(run, tmp_path):
    """As Textual ends a program, with every variable of every frame."""
    given = run("setup")
    argv = [sys.executable, "-c", CRASHING, *given["argv"][3:]]
    with Terminal(argv, env=given["env"]) as terminal:
        begin(terminal)
        terminal.press(
            f"\r{PASSWORD}\rsesame\rsesame\r\r{CLEAR}localhost:9 tls\r{CLEAR}localhost:9 tls\r\r\r"
        )
        terminal.press("\r", "met a fault of its own")
        assert terminal.ended() == 1
        said = terminal.output
    log = (tmp_path / "home" / "deskterm.log").read_bytes()
    assert b"RuntimeError" in log
    for secret in (PASSWORD.encode(), b"sesame"):
        assert secret not in said + log


POINTED = """
import sys
from dataclasses import replace
from deskterm.cli import main
from deskterm.sync.oauth.tokens import ISSUERS
url = sys.argv.pop(1)
ISSUERS["microsoft"] = replace(ISSUERS["microsoft"], token=url + "/token", device=url + "/device")
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def takes_tokens(authority):
    """An SMTP server that accepts any token."""
    server = Scripted(
        (rb"^EHLO", b"250-scripted\r\n250 AUTH XOAUTH2\r\n"), (rb"^AUTH XOAUTH2", b"235 welcome\r\n"),
        (rb"^QUIT", b"221 bye\r\n"), greeting=b"220 scripted\r\n",
        tls=authority.certificate("tokens smtp").server_context(),
    )  # fmt: skip
    yield server
    server.close()


def test_a_login_by_a_code_ends_in_a_desk_that_syncs(  # noqa: PLR0917 - fixtures
    run, tmp_path, token_dovecot, issuer, takes_tokens, monkeypatch
):
    """The form shows the code, waits, tries both servers with the token and writes, without another key."""
    monkeypatch.setattr(issuer, "interval", 0)
    token_dovecot.put([MAIL])
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(
        f'[[mailbox]]\nname = "shop"\naddress = "{USER}"\nhost = "localhost"\nport = {token_dovecot.tls_port}\n'
        f'smtp_host = "localhost"\nsmtp_port = {takes_tokens.port}\noauth = "microsoft"\nclient_id = "app-1"\n'
        'secret = "file"\n'
    )
    given = run("setup")
    argv = [sys.executable, "-c", POINTED, issuer.url, *given["argv"][3:]]
    with Terminal(argv, env=given["env"]) as terminal:
        terminal.until("This machine has no keyring")
        terminal.press("\r\r\r\r\r\r\rsesame\rsesame")
        terminal.press("\x13", "KILN-42")
        terminal.until("Acknowledge each new mail")
        terminal.press("\r", "switches that on later")
        assert terminal.ended() == 0
    text = (home / "config.toml").read_text() + (home / "secrets").read_text()
    assert not any(token in text for token in (*issuer.access, *issuer.refresh))
    status, said = answer(run, "sync", DESKTERM_PASSPHRASE="sesame")
    assert (status, "new mail" in said) == (0, True), said
    said = answer(run, "doctor", DESKTERM_PASSPHRASE="sesame")[1]
    assert "shop has been logged in by OAuth2 since 20" in said


def test_written_untested_an_oauth_login_is_named_as_the_next_step(run, tmp_path):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(
        f'[[mailbox]]\nname = "shop"\naddress = "{USER}"\nhost = "localhost"\nsmtp_host = "localhost"\n'
        'oauth = "microsoft"\nclient_id = "app-1"\nsecret = "file"\n'
    )
    with Terminal(**run("setup")) as terminal:
        terminal.until("This machine has no keyring")
        terminal.press("\x1bOS", "`deskterm login shop`")
        terminal.press("\r", "switches that on later")
        assert terminal.ended() == 0
