"""OAuth2: tokens are renewed before they end, kept before they are used, and asked for once when they are void."""

import http.client
import pickle
import threading
import time
import urllib.error
import urllib.request
from dataclasses import replace
from threading import Event
from urllib.parse import parse_qs, urlsplit

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.issuer import Issuer
from counterparts.scripted import Scripted
from deskterm.config.secret import file as secrets_file
from deskterm.config.secret.secrets import PASSPHRASE, Secrets
from deskterm.config.secret.tokens import Tokens
from deskterm.config.settings_file import Mailbox, Settings
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.domain.sources import SourceKind
from deskterm.errors import LoginRefused, NotNow, Offline, SecretError, ServerNonsense, ServerRefused
from deskterm.intake.values import Context
from deskterm.storage import customers, sources, tickets
from deskterm.storage.replies import outbox
from deskterm.sync.imap.connection import Connection
from deskterm.sync.line.failures import Busy
from deskterm.sync.oauth import login as oauth_login
from deskterm.sync.oauth import tokens
from deskterm.sync.oauth.tokens import ISSUERS, renew
from deskterm.sync.one_pass import Pass, run_pass
from deskterm.sync.smtp.outbox import deliver
from sync.passing import JANA, NOW, mail

BOX = Mailbox(
    name="shop", address=USER, oauth="microsoft", client_id="app-1", secret="file", host="localhost"
)


@pytest.fixture
def fake(monkeypatch):
    """An issuer of the test's own, in Google's and Microsoft's place."""
    made = Issuer(USER)
    monkeypatch.setitem(ISSUERS, "microsoft", point(ISSUERS["microsoft"], made))
    monkeypatch.setitem(ISSUERS, "google", point(ISSUERS["google"], made))
    yield made
    made.close()


def point(issuer, made):
    return replace(issuer, token=f"{made.url}/token", device=f"{made.url}/device")


@pytest.fixture
def secrets(home, monkeypatch):
    monkeypatch.setenv(PASSPHRASE, "open sesame")
    monkeypatch.setattr(secrets_file, "_COST", 2)  # it is slow on purpose
    return Secrets(home, renew=renew)


def fresh(secrets):
    """What another process sees."""
    return Secrets(secrets.home, renew=renew)


# renewing


def test_a_valid_token_is_used_as_it_is(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0", "access-0", int(time.time()) + 3600))
    assert secrets.password(BOX) == "access-0"
    assert fake.asked == []


def test_a_token_is_renewed_before_it_ends(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0", "access-0", int(time.time()) + 60, client_secret="s"))
    assert secrets.password(BOX) == "access-1"
    assert fake.asked == [
        {
            "grant_type": "refresh_token",
            "refresh_token": "refresh-0",
            "client_id": "app-1",
            "client_secret": "s",
        }
    ]
    assert secrets.password(BOX) == "access-1"
    assert len(fake.asked) == 1


def test_a_rotated_refresh_token_is_kept_before_the_new_token_is_used(secrets, fake):
    """Whoever dies right after the first use of the new token has the new refresh token on disk."""
    secrets.keep_login(BOX, Tokens("refresh-0"))
    secrets.password(BOX)
    kept = fresh(secrets).login(BOX)
    assert (kept.refresh, kept.access) == ("refresh-1", "access-1")


def test_a_new_token_that_cannot_be_kept_is_not_used(secrets, fake, monkeypatch):
    secrets.keep_login(BOX, Tokens("refresh-0"))

    def full(*_):
        raise SecretError("No room.")

    monkeypatch.setattr("deskterm.config.secret.file.write", full)
    with pytest.raises(SecretError):
        secrets.password(BOX)


def test_an_issuer_that_keeps_the_refresh_token_is_asked_with_it_again(secrets, fake):
    fake.rotates = False
    secrets.keep_login(BOX, Tokens("refresh-0", since=NOW))
    secrets.password(BOX)
    assert fresh(secrets).login(BOX).refresh == "refresh-0"
    assert fresh(secrets).login(BOX).since == NOW


def test_two_processes_at_once_spend_a_refresh_token_once(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0"))
    got, many = [], [fresh(secrets) for _ in range(4)]
    threads = [threading.Thread(target=lambda one=one: got.append(one.password(BOX))) for one in many]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert got == ["access-1"] * 4
    assert len(fake.asked) == 1


def test_a_refused_token_is_renewed_the_next_time_however_long_it_was_valid(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0", "access-0", int(time.time()) + 3600))
    secrets.password(BOX)
    secrets.forget(BOX)
    assert fresh(secrets).password(BOX) == "access-1"


def test_a_token_another_process_renewed_meanwhile_is_not_thrown_away(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0", "access-0", int(time.time()) + 3600))
    secrets.password(BOX)
    other = fresh(secrets)
    other.keep_login(BOX, Tokens("refresh-7", "access-7", int(time.time()) + 3600))
    secrets.forget(BOX)
    assert secrets.password(BOX) == "access-7"
    assert fake.asked == []


def test_a_child_process_can_renew_a_token(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0"))
    assert pickle.loads(pickle.dumps(secrets)).password(BOX) == "access-1"


# failing


def test_a_revoked_login_asks_for_a_new_one_in_words(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0"))
    fake.revoke()
    with pytest.raises(LoginRefused, match="no longer takes our login") as told:
        secrets.password(BOX)
    assert told.value.todo == "Run `deskterm login shop`."
    assert "refresh-0" not in str(told.value)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((400, {"error": "invalid_client"}), LoginRefused),
        ((503, {"error": "temporarily_unavailable"}), Busy),
        ((429, b"slow down"), Busy),
        ((500, b"<html>"), Busy),
        ((200, b"<html>"), ServerNonsense),
        ((200, []), ServerNonsense),
        ((200, {}), ServerNonsense),
        ((200, {"access_token": "x", "expires_in": {}}), ServerNonsense),
    ],
)
def test_every_answer_of_the_issuer_says_what_to_do(secrets, fake, answer, kind):
    secrets.keep_login(BOX, Tokens("refresh-0"))
    fake.swap["refresh_token"] = [answer]
    with pytest.raises(kind):
        secrets.password(BOX)
    assert fresh(secrets).login(BOX).refresh == "refresh-0"
    assert secrets.password(BOX) == "access-1", "it passes, and the login is still good"


def test_without_a_network_it_is_offline_not_refused(secrets, fake, monkeypatch, unused_tcp_port):
    secrets.keep_login(BOX, Tokens("refresh-0"))
    gone = replace(ISSUERS["microsoft"], token=f"http://127.0.0.1:{unused_tcp_port}/token")
    monkeypatch.setitem(ISSUERS, "microsoft", gone)
    with pytest.raises(Offline):
        secrets.password(BOX)


def test_a_mailbox_that_never_logged_in_says_how(secrets):
    secrets.keep(BOX, "a password of before")
    with pytest.raises(SecretError) as told:
        secrets.password(BOX)
    assert "deskterm login shop" in told.value.todo


def test_tokens_are_in_no_report():
    assert "hidden" not in repr(Tokens("hidden", "hidden", 1, 2, "hidden"))


# logging in


def test_microsoft_is_logged_in_to_with_a_code(fake):
    fake.swap["device_code"] = [(400, {"error": "authorization_pending"}), (400, {"error": "slow_down"})]
    shown, paused = [], []
    login = oauth_login.by_code(BOX, lambda *said: shown.append(said), paused.append)
    assert shown == [("KILN-42", "https://login.example/device")]
    assert paused == [5, 5, 10]
    assert (login.refresh, login.access) == ("refresh-1", "access-1")
    assert abs(login.since - time.time()) < 60
    assert "offline_access" in fake.asked[0]["scope"]


def test_a_code_that_is_declined_or_never_typed_ends_in_words(fake):
    fake.swap["device_code"] = [(400, {"error": "access_denied"})]
    with pytest.raises(NotNow, match="not allowed"):
        oauth_login.by_code(BOX, lambda *_: None, lambda _: None)
    fake.expires = 10
    fake.swap["device_code"] = [(400, {"error": "authorization_pending"})] * 2
    with pytest.raises(NotNow, match="not typed in time"):
        oauth_login.by_code(BOX, lambda *_: None, lambda _: None)


def browser(fake, then):
    """A browser that goes where it is sent; `then` makes the way back of what it was asked."""

    def show(address):
        assert len(address) < 40, "short enough to be typed"

        def go():
            line = http.client.HTTPConnection(urlsplit(address).netloc, timeout=5)
            line.request("GET", urlsplit(address).path)
            short_address = line.getresponse().headers["Location"]
            line.close()
            asked = {name: values[0] for name, values in parse_qs(urlsplit(short_address).query).items()}
            fake.challenge = asked["code_challenge"]
            for way in then(asked):
                try:
                    urllib.request.urlopen(f"{asked['redirect_uri']}/?{way}", timeout=5).close()
                except urllib.error.HTTPError as error:
                    error.close()

        threading.Thread(target=go, daemon=True).start()

    return show


def test_google_is_logged_in_to_in_the_browser_that_comes_back(fake):
    box = replace(BOX, oauth="google")
    login = oauth_login.in_browser(
        box, "gsecret", browser(fake, lambda asked: [f"state={asked['state']}&code=c1"])
    )
    assert (login.refresh, login.client_secret) == ("refresh-1", "gsecret")
    (form,) = fake.asked
    assert (form["grant_type"], form["code"], form["client_secret"]) == (
        "authorization_code",
        "c1",
        "gsecret",
    )


def test_a_redirect_without_our_state_is_ignored(fake):
    box = replace(BOX, oauth="google")
    ways = lambda asked: ["code=evil", "state=guessed&code=evil", f"state={asked['state']}&code=c1"]  # noqa: E731
    oauth_login.in_browser(box, "gsecret", browser(fake, ways))
    assert [form["code"] for form in fake.asked] == ["c1"]


def test_a_refusal_in_the_browser_is_reported(fake):
    box = replace(BOX, oauth="google")
    with pytest.raises(LoginRefused, match="access_denied"):
        oauth_login.in_browser(
            box, "g", browser(fake, lambda asked: [f"state={asked['state']}&error=access_denied"])
        )


def test_a_login_can_be_given_up_while_it_is_waited_for(fake):
    fake.swap["device_code"] = [(400, {"error": "authorization_pending"})]
    with pytest.raises(NotNow, match="given up"):
        oauth_login.by_code(BOX, lambda *_: None, lambda _: True)
    with pytest.raises(NotNow, match="given up"):
        oauth_login.in_browser(replace(BOX, oauth="google"), "g", lambda _: None, lambda: True)


def test_a_login_that_nobody_answers_ends_by_itself(fake, monkeypatch):
    monkeypatch.setattr(oauth_login, "PATIENCE", 0.0)
    with pytest.raises(NotNow, match="Nobody logged in"):
        oauth_login.in_browser(replace(BOX, oauth="google"), "g", lambda _: None)


# the mail servers


@pytest.fixture
def box(token_dovecot, issuer, monkeypatch, smtp_listener):
    """A mailbox on a Dovecot that takes tokens alone, with an issuer that still has refresh-0."""
    issuer.refresh, issuer.asked = {"refresh-0"}, []
    monkeypatch.setitem(ISSUERS, "microsoft", point(ISSUERS["microsoft"], issuer))
    return replace(
        BOX, port=token_dovecot.tls_port, ca_file=str(token_dovecot.ca_file),
        smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls",
    )  # fmt: skip


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
def test_dovecot_takes_the_token_by_either_mechanism(secrets, box, token_dovecot, monkeypatch, way):
    monkeypatch.setattr("deskterm.sync.oauth.sasl.WAYS", (way,))
    secrets.keep_login(box, Tokens("refresh-0"))
    with Connection(box, secrets.password(box)) as connection:
        assert connection.examine("INBOX").exists == 0


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
def test_a_void_token_that_dovecot_refuses_is_reported_as_such(box, monkeypatch, way):
    monkeypatch.setattr("deskterm.sync.oauth.sasl.WAYS", (way,))
    with pytest.raises(LoginRefused, match="refuses our token") as told:
        Connection(box, "access-of-yesterday")
    assert "deskterm login shop" in told.value.todo
    assert "yesterday" not in str(told.value)


def test_a_server_without_tokens_says_to_use_a_password(dovecot):
    box = replace(BOX, port=dovecot.tls_port, ca_file=str(dovecot.ca_file))
    with pytest.raises(ServerRefused, match="takes no OAuth2"):
        Connection(box, "x")


def run(secrets, db, box, now=NOW):
    what = Pass(
        Settings(mailboxes=(box,)), secrets.home, secrets, Context(own=frozenset({USER}), now=now), now
    )
    return run_pass(what, db, lambda _: None, Event())


def test_a_pass_reads_by_token_and_a_revoked_one_turns_the_source_red_until_the_next_login(
    db, secrets, box, token_dovecot, issuer
):
    token_dovecot.put([mail(1)])
    secrets.keep_login(box, Tokens("refresh-0"))
    assert run(secrets, db, box).mails == 1
    issuer.access.clear()
    assert run(fresh(secrets), db, box).failed == (), "a token void before its time is renewed in passing"
    issuer.revoke()
    issuer.asked.clear()
    (error,) = run(fresh(secrets), db, box, NOW + 60).failed
    assert error.todo == "Run `deskterm login shop`."
    assert len(issuer.asked) == 1
    with db.read() as tx:
        assert sources.states(tx, SourceKind.MAIL)[0].failing_since == NOW + 60
    issuer.refresh = {"refresh-9"}
    secrets.keep_login(box, Tokens("refresh-9"))
    assert run(fresh(secrets), db, box, NOW + 180).failed == ()


# sending


def test_the_outbox_waits_for_the_next_login_and_then_goes_out_once(  # noqa: PLR0917 - fixtures
    db, secrets, box, issuer, smtp_listener, monkeypatch
):
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", JANA), NOW)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
        draft = Draft(ticket, "On its way.", "Re: Where?", USER, (Address("", JANA),))
        row = outbox.enqueue(
            tx, draft, account="shop", sender=USER, message_id="<1@kiln.example>", raw=b"Subject: x\r\n\r\nx\r\n",
            recipients=(JANA,), action=1, send_at=NOW, at=NOW,
        )  # fmt: skip
    secrets.keep_login(box, Tokens("refresh-0"))
    issuer.revoke()
    settings = Settings(mailboxes=(box,))
    for at in (NOW, NOW + 60):
        done = deliver(settings, secrets.home, db, fresh(secrets), now=at, stop=Event())
        assert [one.todo for one in done.failed] == ["Run `deskterm login shop`."]
    with db.read() as tx:
        waiting = outbox.get(tx, row)
        assert (waiting.state, waiting.attempts) == (OutboxState.QUEUED, 0)
    assert smtp_listener.sessions == 0
    issuer.refresh = {"refresh-9"}
    secrets.keep_login(box, Tokens("refresh-9"))
    said = []

    async def by_token(client, mailbox, token):
        said.append(token)
        await client.login(USER, PASSWORD)

    monkeypatch.setattr("deskterm.sync.smtp.send.log_in", by_token)  # the listener knows passwords alone
    assert deliver(settings, secrets.home, db, fresh(secrets), now=NOW + 120, stop=Event()).sent == 1
    assert said[0] in issuer.access
    assert len(smtp_listener.accepted) == 1


@pytest.fixture
def smtp(authority):
    """A scripted SMTP server; gives a function that starts it with replies."""
    started = []

    def start(*replies, offers=b"XOAUTH2"):
        hello = (rb"^EHLO", b"250-scripted\r\n250 AUTH PLAIN " + offers + b"\r\n")
        server = Scripted(
            hello, *replies, (rb"^QUIT", b"221 bye\r\n"), greeting=b"220 scripted\r\n",
            tls=authority.certificate("scripted smtp").server_context(),
        )  # fmt: skip
        started.append(server)
        return server, replace(
            BOX, smtp_host="localhost", smtp_port=server.port, ca_file=str(authority.ca_file)
        )

    yield start
    for server in started:
        server.close()


async def test_smtp_gets_the_token_as_xoauth2(smtp):
    from deskterm.sync.smtp import send as module

    server, box = smtp((rb"^AUTH XOAUTH2 dXNlcj1", b"235 2.7.0 Accepted\r\n"))
    async with module.session(box, "token-1"):
        pass
    assert any(line.startswith(b"AUTH XOAUTH2") for line in server.lines)


async def test_smtp_gets_the_token_as_oauthbearer_where_that_is_offered(smtp):
    from deskterm.sync.smtp import send as module

    server, box = smtp((rb"^AUTH OAUTHBEARER bixh", b"235 2.7.0 Accepted\r\n"), offers=b"OAUTHBEARER")
    async with module.session(box, "token-1"):
        pass
    assert any(line.startswith(b"AUTH OAUTHBEARER") for line in server.lines)


async def test_smtp_refusing_a_token_says_so_after_its_reasons(smtp):
    from deskterm.sync.smtp import send as module

    reasons = (rb"^AUTH", b"334 eyJzdGF0dXMiOiI0MDEifQ==\r\n")
    _, box = smtp(reasons, (rb"^\r\n$", b"535 5.7.3 Authentication unsuccessful\r\n"))
    with pytest.raises(LoginRefused, match=r"refuses our token: 535 5\.7\.3"):
        async with module.session(box, "token-1"):
            pass


async def test_smtp_without_tokens_says_to_use_a_password(smtp):
    from deskterm.sync.smtp import send as module

    server, box = smtp(offers=b"LOGIN")
    with pytest.raises(ServerRefused, match="takes no OAuth2"):
        async with module.session(box, "token-1"):
            pass
    assert not any(b"AUTH" in line for line in server.lines)


def test_no_secret_of_a_login_is_in_the_words_of_any_failure(secrets, fake):
    secrets.keep_login(BOX, Tokens("refresh-0", client_secret=PASSWORD))
    fake.swap["refresh_token"] = [(400, {"error": "invalid_client", "error_description": "no such app"})]
    with pytest.raises(LoginRefused) as told:
        secrets.password(BOX)
    assert PASSWORD not in str(told.value)
    assert tokens.ISSUERS["microsoft"].token not in str(told.value)
