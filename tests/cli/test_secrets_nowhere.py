"""A password and a passphrase are nowhere: not in a file, a log, a command line or another program's environment."""

import os
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.terminal import Terminal
from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import load

SOURCE = Path(__file__).parents[2] / "src"
PASSPHRASE = "open barley 77"
MAIL = b"From: Jana <jana@mertens.example>\r\nTo: shop@kiln.example\r\nSubject: Where is my order?\r\n\r\nHi!\r\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def home(tmp_path, dovecot, smtp_listener):
    """A desk with its password in the sealed file, the wire log on."""
    dovecot.put([MAIL])
    home = Home(tmp_path / "home")
    home.config_file.write_text(
        f'wire_log = true\n[[mailbox]]\nname = "shop"\naddress = "{USER}"\nhost = "localhost"\n'
        f'port = {dovecot.tls_port}\nca_file = "{dovecot.ca_file}"\nsecret = "file"\n'
        f'smtp_host = "localhost"\nsmtp_port = {smtp_listener.port}\nsmtp_security = "starttls"\n'
    )
    Secrets(home, lambda _: PASSPHRASE).keep(load(home).mailboxes[0], PASSWORD)
    return home


def descendants(pid, own):
    """The command lines and environments of all processes below a process.

    One that has only just been forked is still its parent, environment and all (`own` is its command line).
    """
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text().split():
                line, environment = (
                    Path(f"/proc/{child}/{name}").read_bytes() for name in ("cmdline", "environ")
                )
                if line != own:
                    yield child, line + environment
                yield from descendants(child, own)


@contextmanager
def watched(pid, own):
    """The command lines and environments of all it starts (PID -> bytes), sampled while it runs."""
    seen, over = {}, threading.Event()

    def look():
        while not over.wait(0.002):
            for child, said in descendants(pid, own):
                seen[child] = seen.get(child, b"") + said

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield seen
    finally:
        over.set()
        thread.join()


@pytest.mark.parametrize("given", [False, True], ids=["typed", "in the environment"])
def test_a_desk_that_syncs_and_starts_an_editor_shows_no_secret_to_anybody(home, tmp_path, given):
    told = tmp_path / "told"
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\ncat /proc/$$/environ /proc/$$/cmdline > {told}\n")
    editor.chmod(0o700)
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "EDITOR": str(editor)}
    env = {name: value for name, value in env.items() if name not in ("DESKTERM_PASSPHRASE", "VISUAL")}
    if given:
        env["DESKTERM_PASSPHRASE"] = PASSPHRASE
    argv = [sys.executable, "-m", "deskterm", "--home", str(home.root)]
    own = b"".join(word.encode() + b"\0" for word in argv)
    with Terminal(argv, env=env) as terminal, watched(terminal.pid, own) as seen:
        if not given:
            terminal.until("Passphrase of deskterm's secrets file")
            terminal.press("mistyped\r", "That does not open the file. Passphrase")
            terminal.press(f"{PASSPHRASE}\r")
        terminal.until("Where is my order?")
        terminal.press("r", "Saved automatically")
        terminal.press("\x07")
        terminal.reads_until(told.exists)
        assert Path(f"/proc/{terminal.pid}/cmdline").read_bytes() == own
        output = terminal.output
    assert any(b"multiprocessing" in said for said in seen.values()), "a sync ran beside the screen"
    said = [told.read_bytes(), own, output, *seen.values()]
    files = [path.read_bytes() for path in home.root.rglob("*") if path.is_file()]
    assert any(b"localhost" in content and b"LOGIN" in content.upper() for content in files), "the log is on"
    for secret in (PASSWORD.encode(), PASSPHRASE.encode()):
        assert not any(secret in content for content in (*said, *files))


def test_after_three_wrong_passphrases_the_desk_opens_and_says_what_can_be_done(home):
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"}
    env.pop("DESKTERM_PASSPHRASE", None)
    argv = [sys.executable, "-m", "deskterm", "--home", str(home.root)]
    with Terminal(argv, env=env) as terminal:
        terminal.until("(empty: stay offline)")
        terminal.press("one\r", "does not open the file")
        terminal.press("two\r")
        terminal.reads_until(lambda: terminal.output.count(b"does not open the file") == 2)
        terminal.press("three\r", "The passphrase does not open the secrets file")
        terminal.press("!", "quit and start deskterm again")


def test_a_sync_in_a_terminal_asks_on_a_line_of_its_own_and_again_for_what_was_mistyped(home):
    """The progress line before it is cleared."""
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"}
    env.pop("DESKTERM_PASSPHRASE", None)
    with Terminal([sys.executable, "-m", "deskterm", "sync", "--home", str(home.root)], env=env) as terminal:
        terminal.until("Passphrase of deskterm's secrets file")
        terminal.press("mistyped\r", "That does not open the file")
        terminal.press(f"{PASSPHRASE}\r", "1 new mail")
        assert terminal.ended() == 0
    before = terminal.output.partition(b"Passphrase")[0]
    assert before.endswith(b"\r\x1b[K"), before
