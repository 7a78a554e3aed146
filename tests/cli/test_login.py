"""`deskterm login` and `deskterm fetch` as typed."""

import io
import json
import threading
import urllib.request
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from cli.conftest import Shell
from counterparts.dovecot import USER
from deskterm.config.paths import Home
from deskterm.config.secret import file as secrets_file
from deskterm.config.secret.secrets import PASSPHRASE, Secrets
from deskterm.config.settings_file import load
from deskterm.sync.oauth import login
from deskterm.sync.oauth.tokens import ISSUERS


@pytest.fixture
def typed(tmp_path, capsys, monkeypatch, token_dovecot, issuer):
    """A shell in a home whose mailbox logs in by token; tokens are in the sealed file."""
    monkeypatch.delenv("DESKTERM_HOME", raising=False)
    monkeypatch.setenv(PASSPHRASE, "open sesame")
    monkeypatch.setattr(secrets_file, "_COST", 2)  # it is slow on purpose
    for name, known in list(ISSUERS.items()):
        here = replace(known, token=f"{issuer.url}/token", device=f"{issuer.url}/device")
        monkeypatch.setitem(ISSUERS, name, here)
    home = Home(tmp_path / "home")
    home.config_file.write_text(
        f'[[mailbox]]\nname = "shop"\naddress = "{USER}"\nhost = "localhost"\nport = {token_dovecot.tls_port}\n'
        f'ca_file = "{token_dovecot.ca_file}"\noauth = "microsoft"\nclient_id = "app-1"\nsecret = "file"\n'
        '[[mailbox]]\nname = "plain"\naddress = "b@kiln.example"\nhost = "localhost"\n'
    )
    return Shell(home.config_folder, capsys)


def test_a_microsoft_account_is_logged_in_to_and_its_age_is_shown(typed, monkeypatch, issuer):
    assert typed("login") == "shop  microsoft  not logged in\n"
    monkeypatch.setattr(issuer, "interval", 0)
    out = typed("login", "shop")
    assert (typed.status, "is logged in" in out) == (0, True)
    assert "KILN-42" in typed.err
    assert "logged in since 20" in typed("login")
    assert typed.json("login")["mailboxes"][0]["since"].endswith("Z")


def test_a_google_account_is_logged_in_to_with_its_apps_secret(typed, monkeypatch, issuer):
    file = typed.home / "config.toml"
    file.write_text(file.read_text().replace('"microsoft"', '"google"'))
    monkeypatch.setattr("sys.stdin", io.StringIO("gsecret\n"))
    real = login._RedirectServer.__enter__

    def with_browser(back):
        def go():
            urllib.request.urlopen(f"{back.address}/?state={back._state}&code=c1", timeout=5).close()

        threading.Thread(target=go, daemon=True).start()
        return real(back)

    def leads_to(back, issuer):
        led.extend([back.address, issuer])
        return straight(back, issuer)

    led, straight = [], login._RedirectServer.short_address
    monkeypatch.setattr(login._RedirectServer, "short_address", leads_to)
    monkeypatch.setattr(login._RedirectServer, "__enter__", with_browser)
    monkeypatch.setattr(issuer, "_verified", lambda form: False)
    typed("login", "shop")
    assert typed.status == 0
    (address,) = (word for word in typed.err.split() if word.startswith("http://127.0.0.1:"))
    assert address.startswith(led[0])
    asked = parse_qs(urlsplit(led[1]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"][0].startswith("http://127.0.0.1:")
    assert "gsecret" not in typed.err
    home = Home(typed.home)
    assert Secrets(home).login(load(home).mailboxes[0]).client_secret == "gsecret"


def test_for_a_mailbox_with_a_password_or_an_unknown_one_it_says_what_to_do(typed):
    typed("login", "plain")
    assert (typed.status, "logs in by password" in typed.err) == (1, True)
    typed("login", "nobody")
    assert typed.status == 3


def test_a_login_of_unknown_age_shows_none(typed):
    home = Home(typed.home)
    from deskterm.config.secret.tokens import Tokens

    Secrets(home).keep_login(load(home).mailboxes[0], Tokens("refresh-0"))
    assert typed("login") == "shop  microsoft  logged in\n"
    assert json.loads(typed("login", "--json"))["mailboxes"][0]["since"] is None


def test_fetching_a_ticket_that_is_whole_finds_nothing(shell):
    ticket = shell.json("list")["tickets"][0]["ticket"]
    shell("fetch", ticket)
    assert (shell.status, "are here whole" in shell.err) == (3, True)
