"""Passwords: where they come from, and that a failure never shows one."""

import pickle
import stat
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import keyring
import keyring.backend
import pytest
from keyring.backends import fail

from deskterm.config.paths import Home
from deskterm.config.secret import file as secrets_file
from deskterm.config.secret import passphrase
from deskterm.config.secret.secrets import Secrets
from deskterm.config.secret.tokens import Tokens
from deskterm.config.settings_file import Mailbox
from deskterm.errors import CannotAsk, SecretError, WrongPassphrase


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def by_command(command):
    return Mailbox(name="shop", secret="command", password_command=command)


def test_a_commands_first_line_is_the_password(home):
    command = f"{sys.executable} -c \"print('pass word '); print('login: me')\""
    assert Secrets(home).password(by_command(command)) == "pass word "


def test_a_command_runs_once_until_it_is_to_be_forgotten(home, tmp_path):
    count = (
        f"{sys.executable} -c \"open('{tmp_path}/n', 'a').write('x'); print(open('{tmp_path}/n').read())\""
    )
    secrets = Secrets(home)
    assert secrets.password(by_command(count)) == secrets.password(by_command(count)) == "x"
    secrets.forget(by_command(count))
    assert secrets.password(by_command(count)) == "xx"


def test_a_command_gets_no_shell(home, tmp_path):
    with pytest.raises(SecretError):
        Secrets(home).password(by_command(f"false; touch {tmp_path}/made"))
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("command", ["/no/such/program", "false", "true", "echo 'open"])
def test_a_failing_command_is_reported_in_words(home, command):
    with pytest.raises(SecretError) as caught:
        Secrets(home).password(by_command(command))
    assert '"shop"' in caught.value.what
    assert caught.value.todo


def test_the_secrets_file_opens_with_its_passphrase_only(home, monkeypatch):
    monkeypatch.setenv("DESKTERM_PASSPHRASE", "open sesame")
    mailbox = Mailbox(name="shop", secret="file")
    Secrets(home).keep(mailbox, "s3cret")
    Secrets(home).keep(Mailbox(name="other", secret="file"), "s3cond")
    assert Secrets(home).password(mailbox) == "s3cret"
    assert b"s3c" not in home.secrets_file.read_bytes()
    assert stat.S_IMODE(home.secrets_file.stat().st_mode) == 0o600
    with pytest.raises(WrongPassphrase, match="does not open") as caught:
        secrets_file.read_passwords(home.secrets_file, "open barley")
    assert f"delete {home.secrets_file}" in caught.value.todo
    assert "quit and start deskterm again" in caught.value.todo


def test_the_passphrase_is_asked_for_once(home, monkeypatch):
    monkeypatch.delenv("DESKTERM_PASSPHRASE", raising=False)
    asked = []
    secrets = Secrets(home, lambda question: asked.append(question) or "sesame")
    secrets.keep(Mailbox(name="a", secret="file"), "one")
    secrets.keep(Mailbox(name="b", secret="file"), "two")
    assert len(asked) == 1
    child = pickle.loads(pickle.dumps(secrets))
    child.forget(Mailbox(name="b"))
    assert child.password(Mailbox(name="b", secret="file")) == "two"


def test_if_nobody_can_be_asked_the_variable_is_named(home, monkeypatch):
    monkeypatch.delenv("DESKTERM_PASSPHRASE", raising=False)
    with pytest.raises(CannotAsk, match="DESKTERM_PASSPHRASE"):
        Secrets(home).password(Mailbox(name="a", secret="file"))


@pytest.mark.parametrize("apart", [False, True], ids=["here", "in a child process"])
def test_no_passphrase_from_an_owner_who_was_asked_has_its_own_message(home, monkeypatch, apart):
    monkeypatch.delenv("DESKTERM_PASSPHRASE", raising=False)
    monkeypatch.setattr(passphrase, "_held", [])
    passphrase.hold("")
    secrets = Secrets(home)
    if apart:
        secrets = pickle.loads(pickle.dumps(secrets))
        passphrase._held.clear()
    with pytest.raises(SecretError, match="start deskterm again") as caught:
        secrets.password(Mailbox(name="a", secret="file"))
    assert not isinstance(caught.value, CannotAsk)


def test_a_broken_secrets_file_is_reported(home, monkeypatch):
    monkeypatch.setenv("DESKTERM_PASSPHRASE", "x")
    home.secrets_file.write_text("{}")
    with pytest.raises(SecretError, match="unreadable"):
        Secrets(home).password(Mailbox(name="a", secret="file"))


class InMemory(keyring.backend.KeyringBackend):
    """A keyring that lasts as long as a test."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept = {}

    def get_password(self, service, username):
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password


@pytest.fixture
def ring():
    before = keyring.get_keyring()
    mine = InMemory()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


def test_the_keyring_stores_and_returns_a_password(home, ring):
    mailbox = Mailbox(name="shop", address="ada@kiln.example")
    with pytest.raises(SecretError, match="no password"):
        Secrets(home).password(mailbox)
    Secrets(home).keep(mailbox, "s3cret")
    assert ring.kept == {("deskterm", "shop ada@kiln.example"): "s3cret"}
    assert Secrets(home).password(mailbox) == "s3cret"


def test_two_desks_with_mailboxes_of_the_same_name_do_not_share_a_password(home, ring):
    one, two = (Mailbox(name="main", address=f"{who}@kiln.example") for who in ("ada", "eve"))
    Secrets(home).keep(one, "hers")
    with pytest.raises(SecretError, match="no password"):
        Secrets(home).password(two)
    other = replace(one, smtp_user="relay", smtp_secret="keyring")
    assert other.sending != one
    Secrets(home).keep(other.sending, "the relay's")
    assert (Secrets(home).password(other), Secrets(home).password(other.sending)) == ("hers", "the relay's")
    assert one.sending is one


def test_a_machine_without_a_keyring_names_the_other_two_ways(home):
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    try:
        with pytest.raises(SecretError) as caught:
            Secrets(home).password(Mailbox(name="shop"))
    finally:
        keyring.set_keyring(before)
    assert "command" in caught.value.todo
    assert "file" in caught.value.todo


def test_a_locked_keyring_that_nobody_unlocks_ends_in_a_message(home, ring, monkeypatch):
    """As with a timer while nobody is logged in: the keyring waits for somebody to unlock it."""
    never = threading.Event()
    monkeypatch.setattr(ring, "get_password", lambda *_: never.wait() and None)
    monkeypatch.setattr("deskterm.config.secret.secrets._PATIENCE", 0.05)
    with pytest.raises(SecretError, match="locked"):
        Secrets(home).password(Mailbox(name="shop"))
    never.set()


def test_two_mailboxes_kept_in_the_file_at_the_same_moment_are_both_in_it(home, monkeypatch):
    """Two tokens expire in the same minute; each mailbox's is renewed by its own process."""
    monkeypatch.setenv("DESKTERM_PASSPHRASE", "a passphrase")
    both = [Mailbox(name=name, secret="file") for name in ("shop", "info")]
    for one in both:
        Secrets(home).keep(one, "old")
    together = threading.Barrier(2)

    def keep(one):
        together.wait()
        Secrets(home).keep(one, "new")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(keep, both))
    assert [Secrets(home).password(one) for one in both] == ["new", "new"]


def test_a_refused_token_whose_place_is_gone_is_reported_when_it_is_fetched_again(home, monkeypatch):
    """A secret is forgotten while a refusal is being reported: a second error there would end a watch."""
    monkeypatch.setenv("DESKTERM_PASSPHRASE", "a passphrase")
    shop, secrets = Mailbox(name="shop", secret="file", oauth="google"), Secrets(home)
    secrets.keep_login(shop, Tokens("refresh", "access", until=4_000_000_000))
    assert secrets.password(shop) == "access"
    home.secrets_file.unlink()
    secrets.forget(shop)
    with pytest.raises(SecretError, match="missing or unreadable"):
        secrets.password(shop)
