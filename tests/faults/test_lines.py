"""Rows 2, 3, 18, 20 and 24: connections that stall, servers that ask to wait, machines that slept."""

import asyncio
import socket
import threading
from dataclasses import replace
from threading import Event, Thread

import pytest

from counterparts.chaos import Chaos
from counterparts.dovecot import PASSWORD
from counterparts.scripted import Scripted
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings
from deskterm.domain.sources import Source, SourcePart
from deskterm.errors import LoginRefused, NotEncrypted, Offline
from deskterm.intake.values import Context
from deskterm.storage import sources
from deskterm.sync import child, watch
from deskterm.sync import source_reports as steps
from deskterm.sync.imap import login
from deskterm.sync.imap.connection import Connection
from deskterm.sync.line import failures
from deskterm.sync.line.failures import Busy
from deskterm.sync.one_pass import Pass, run_pass
from deskterm.sync.smtp import send
from deskterm.sync.smtp.outbox import deliver
from sync.passing import NOW, mail
from sync.smtp.test_outbox import Post

CAPABLE = (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1\r\n%T OK done\r\n")


@pytest.fixture
def scripted(authority, mailbox):
    """Starts a scripted server; gives it and the mailbox on it."""
    servers = []

    def start(*replies, **more):
        servers.append(Scripted(*replies, tls=authority.certificate("odd").server_context(), **more))
        return servers[-1], replace(mailbox, port=servers[-1].port, sent="Sent")

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def silent():
    """A port that accepts connections and never sends anything."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def patient(desk, now, **changed):
    """A pass nobody waits for."""
    settings = Settings(mailboxes=(replace(desk.mailbox, **changed),))
    what = Pass(settings, desk.home, Secrets(desk.home), Context(frozenset(), now), now, patient=True)
    return run_pass(what, desk.db, lambda progress: None, Event())


def waits(desk, part=SourcePart.READING):
    """(since when it fails, when it may be asked again)."""
    with desk.db.read() as tx:
        since, _, again = sources.is_failing(tx, Source("shop", part=part))
    return since, again


def test_a_mail_whose_bytes_the_server_keeps_back_is_no_empty_mail(scripted):
    _, mailbox = scripted(
        (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1\r\n%T OK done\r\n"),
        (rb"EXAMINE", b"* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n%T OK done\r\n"),
        (
            rb"FETCH",
            (
                b"* 1 FETCH (UID 5 BODY[] NIL)\r\n* 2 FETCH (UID 6 BODY[] {0}\r\n)\r\n"
                b"* 3 FETCH (UID 7 BODY[] {3}\r\nA\r\n)\r\n%T OK done\r\n"
            ),
        ),
    )
    with Connection(mailbox, "secret") as connection:
        connection.examine("INBOX")
        assert [one.uid for one in connection.mails([5, 6, 7, 8])] == [7]


def test_a_server_that_takes_places_for_uids_is_asked_in_another_way(scripted):
    """GNU mailutils answers UID SEARCH 1:3 with the UIDs up to 3."""
    _, mailbox = scripted(
        (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1\r\n%T OK done\r\n"),
        (rb"EXAMINE", b"* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n%T OK done\r\n"),
        (rb"UID SEARCH", b"* SEARCH 2\r\n%T OK done\r\n"),
        (rb"FETCH 1:3", b"* 1 FETCH (UID 2)\r\n* 2 FETCH (UID 70)\r\n* 3 FETCH (UID 900)\r\n%T OK done\r\n"),
    )
    with Connection(mailbox, "secret") as connection:
        connection.examine("INBOX")
        assert list(connection.uids(3)) == [[900, 70, 2]]


def test_a_refused_starttls_is_named(mailbox):
    server = Scripted(
        (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1 STARTTLS\r\n%T OK done\r\n"),
        (rb"STARTTLS", b"%T NO not today\r\n"),
    )
    try:
        with pytest.raises(NotEncrypted, match=r"refuses to encrypt the line \(STARTTLS\).*not today"):
            Connection(replace(mailbox, port=server.port, security="starttls"), "secret")
    finally:
        server.close()
    assert not any(b"LOGIN" in line for line in server.lines)


# 2: stalls


def test_a_server_silent_from_the_start_is_offline_not_an_endless_wait(mailbox, silent, monkeypatch):
    """By itself imapclient gives the TLS handshake no time limit of its own."""
    monkeypatch.setattr(login, "CONNECT", 0.2)
    with pytest.raises(Offline, match="does not answer"):
        Connection(replace(mailbox, port=silent), PASSWORD)


@pytest.mark.parametrize("after", [100, 3000, 4500, 6000])
def test_a_connection_that_goes_silent_is_reported_and_the_next_pass_has_it_all(
    desk, dovecot, monkeypatch, after
):
    dovecot.put([mail(number, body="y" * 400) for number in range(12)])
    chaos = Chaos(dovecot.tls_port, after, stall=True)
    try:
        with monkeypatch.context() as short:
            short.setattr(login, "CONNECT", 0.3)
            short.setattr(login, "TIMEOUT", 0.3)
            (error,) = desk.run(port=chaos.port).failed
    finally:
        chaos.close()
    assert isinstance(error, Offline)
    assert desk.source().failing_since == NOW
    assert desk.source().words == "localhost does not answer."
    desk.run(NOW + 60)
    assert desk.originals() == sorted(dovecot.mails())
    assert desk.source().failing_since is None


def test_a_silent_smtp_server_leaves_the_reply_queued_and_says_so(db, home, mailbox, silent, monkeypatch):
    monkeypatch.setattr(send, "TIMEOUT", 0.3)
    post = Post(db, home, mailbox)
    row = post.queue()
    (error,) = post.deliver(smtp_port=silent).failed
    assert isinstance(error, Offline)
    assert (post.row(row).state, post.row(row).attempts) == ("queued", 0)
    assert post.failing()[0].words == "localhost does not answer."


def test_the_waits_for_an_answer_are_under_a_minute():
    assert login.CONNECT <= login.TIMEOUT < 60
    assert send.TIMEOUT <= 60


# 3: cut while logging in

GREETED = (rb"EHLO", b"250-mail.example\r\n250 AUTH PLAIN LOGIN XOAUTH2\r\n")


@pytest.mark.parametrize("oauth", ["", "google"])
def test_an_smtp_connection_cut_during_login_is_lost_not_a_wrong_password(
    db, home, mailbox, authority, oauth
):
    tls = authority.certificate("cut").server_context()
    server = Scripted(GREETED, (rb"^AUTH", None), greeting=b"220 ready\r\n", tls=tls)
    there = replace(mailbox, smtp_port=server.port, smtp_security="tls", oauth=oauth)
    try:
        with pytest.raises(Offline, match="was lost"):
            asyncio.run(opened(there))
    finally:
        server.close()


async def opened(mailbox):
    async with send.session(mailbox, "token"):
        raise AssertionError


def test_an_imap_connection_cut_while_a_token_is_given_is_lost_not_a_refusal(scripted):
    _, mailbox = scripted(
        (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\r\n%T OK done\r\n"), (rb"AUTHENTICATE", None)
    )
    with pytest.raises(Offline, match="was lost"):
        Connection(replace(mailbox, oauth="google"), "token")


# 18: servers that ask to wait


def test_the_waits_are_spread_so_that_programs_do_not_come_back_together():
    waits = {steps._wait(failures.busy("mail.example", "later"), 3600) for _ in range(60)}
    assert len(waits) > 1
    assert min(waits) >= 3600
    assert max(waits) <= 4500


def test_a_server_that_asks_to_wait_is_asked_for_no_further_folder(desk, scripted):
    server, mailbox = scripted(CAPABLE, (rb"EXAMINE", b"%T NO [THROTTLED] later\r\n"))
    patient(desk, NOW, port=mailbox.port, sent="Sent", folders=("INBOX", "Support", "Trade"))
    assert sum(b"EXAMINE" in line for line in server.lines) == 1


@pytest.mark.parametrize(
    ("replies", "more"),
    [
        ([(rb"LOGIN", b"%T NO [THROTTLED] Too much\r\n")], {}),
        ([(rb"LOGIN", b"%T NO [UNAVAILABLE] later\r\n")], {}),
        ([(rb"LOGIN", b"* BYE Too many connections\r\n")], {}),
        ([(rb"EXAMINE", b"%T NO [THROTTLED] Account exceeded bandwidth limits\r\n")], {}),
        ([(rb"EXAMINE", b"%T NO Account exceeded command or bandwidth limits. [OVERQUOTA]\r\n")], {}),
        ([(rb"EXAMINE", b"%T BAD Request is throttled. Suggested Backoff Time: 92415 milliseconds\r\n")], {}),
        ([], {"greeting": b"* BYE [UNAVAILABLE] too many connections from your address\r\n"}),
    ],
)
def test_a_server_that_asks_to_wait_is_busy_and_left_alone_for_longer_each_time(
    desk, scripted, replies, more
):
    server, mailbox = scripted(CAPABLE, *replies, **more)
    there = {"port": mailbox.port, "sent": "Sent"}
    gaps = []
    now = NOW
    for _ in range(8):
        (error,) = patient(desk, now, **there).failed
        assert isinstance(error, Busy), error.what
        since, again = waits(desk)
        assert since == NOW
        gaps.append(again - now)
        asked = len(server.lines)
        assert patient(desk, again - 1, **there).failed == ()
        assert len(server.lines) == asked
        now = again
    assert 60 <= gaps[0] <= 75
    assert gaps[1:6] == sorted(gaps[1:6])
    assert all(3600 <= gap <= 4500 for gap in gaps[-1:])
    assert "asks to wait" in desk.sources()["shop"].words


def test_it_goes_on_by_itself_once_the_wait_is_over_and_at_once_when_the_owner_asks(desk, scripted, dovecot):
    dovecot.put([mail(1)])
    _, mailbox = scripted(CAPABLE, (rb"LOGIN", b"%T NO [THROTTLED] x\r\n"))
    patient(desk, NOW, port=mailbox.port)
    _, again = waits(desk)
    assert patient(desk, again).mails == 1
    assert desk.sources()["shop"].failing_since is None
    patient(desk, again, port=mailbox.port)
    dovecot.put([mail(2)])
    assert desk.run(again + 1).mails == 1


def test_a_clock_that_was_set_back_does_not_make_it_wait_for_years(desk, scripted, dovecot):
    _, mailbox = scripted(CAPABLE, (rb"LOGIN", b"%T NO [THROTTLED] x\r\n"))
    patient(desk, NOW + 10 * 365 * 86400, port=mailbox.port)
    dovecot.put([mail(1)])
    assert patient(desk, NOW).mails == 1


@pytest.mark.parametrize("greeting", [b"421 4.7.0 too many connections\r\n", b"454 4.7.0 throttled\r\n"])
def test_a_busy_smtp_server_is_left_alone_too(db, home, mailbox, authority, greeting):
    server = Scripted((rb".", b""), greeting=greeting, tls=authority.certificate("busy").server_context())
    post = Post(db, home, mailbox)
    row = post.queue()
    try:
        (error,) = post.deliver(smtp_port=server.port, smtp_security="tls").failed
    finally:
        server.close()
    assert isinstance(error, Busy)
    assert (post.row(row).state, post.row(row).attempts) == ("queued", 0)
    assert waits(post, SourcePart.SENDING)[1] >= NOW + 60
    settings = Settings(mailboxes=(replace(mailbox, smtp_port=server.port, smtp_security="tls"),))
    later = deliver(settings, home, db, Secrets(home), now=NOW + 59, stop=Event(), patient=True)
    assert later.failed == (), "nobody was asked"
    assert "4.7.0" in post.failing()[0].words
    assert post.deliver(now=NOW + 100).sent == 1


def test_a_wrong_password_is_not_tried_at_each_pass_and_starts_no_process(desk, dovecot, monkeypatch):
    dovecot.put([mail(1)])
    wrong = {"password_command": "echo wrong"}
    assert isinstance(patient(desk, NOW, **wrong).failed[0], LoginRefused)
    dovecot.forget_commands()
    assert patient(desk, NOW + 59, **wrong).failed == ()
    started = []
    monkeypatch.setattr(child, "run_pass_in_child", lambda *given: started.append(given))
    settings = Settings(mailboxes=(replace(desk.mailbox, **wrong),))
    what = Pass(settings, desk.home, Secrets(desk.home), Context(frozenset(), NOW), NOW + 2000, patient=True)
    result = child.run_beside(what, desk.db, lambda progress: None, Event())
    assert isinstance(result.failed[0], LoginRefused)
    assert started == []
    desk.home.config_file.write_text("")  # the owner has been at the settings
    assert patient(desk, NOW + 2001).mails == 1


def test_no_server_sees_more_than_two_connections_of_ours(desk, db, home, mailbox, dovecot):
    """A watch, a pass and a delivery that has something to look up in Sent, all at once."""
    dovecot.put([mail(number) for number in range(60)])
    chaos = Chaos(dovecot.tls_port)
    through = replace(mailbox, port=chaos.port)
    post, stop, told = Post(db, home, through), Event(), Event()
    post.queue()
    watching = Thread(target=watch.watch, args=(through, Secrets(home), told.set, stop))
    watching.start()
    try:
        threads = [threading.Thread(target=desk.run, kwargs={"port": chaos.port}) for _ in range(3)]
        threads += [threading.Thread(target=post.deliver) for _ in range(3)]
        for one in threads:
            one.start()
        for one in threads:
            one.join(60)
        assert 1 <= chaos.most <= 2
    finally:
        stop.set()
        watching.join(20)
        chaos.close()


def test_a_missing_sent_folder_is_reported_and_found_once_it_is_there(desk, scripted):
    _, bare = scripted(
        CAPABLE,
        (rb"LIST", b'* LIST () "/" INBOX\r\n%T OK done\r\n'),
        (rb"EXAMINE", b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x\r\n%T OK done\r\n"),
    )
    desk.run(port=bare.port)
    assert "No folder for sent mail" in desk.sources()["shop (Sent)"].words
    assert "`sent`" in desk.sources()["shop (Sent)"].todo
    assert desk.sources()["shop"].failing_since is None
    desk.run(NOW + 60)
    assert "shop (Sent)" not in desk.sources()


# 20: suspend and resume


def test_after_a_sleep_the_watch_comes_back_at_once_and_reports(home, mailbox, dovecot, monkeypatch):
    """The clock jumps as after a sleep. The old connection is not used any more."""
    ahead, told, stop = [0.0], Event(), Event()
    real = watch._clock
    monkeypatch.setattr(watch, "_clock", lambda: real() + ahead[0])
    thread = Thread(target=watch.watch, args=(mailbox, Secrets(home), told.set, stop))
    thread.start()
    try:
        while "IDLE" not in dovecot.commands():
            assert not stop.wait(0.05)
        dovecot.forget_commands()
        ahead[0] = 3600.0
        assert told.wait(20)
        while "IDLE" not in dovecot.commands():
            assert not stop.wait(0.05)
    finally:
        stop.set()
        thread.join(20)
    asked = dovecot.commands()
    assert asked.index("IDLE") > next(at for at, line in enumerate(asked) if line.startswith("EXAMINE"))


def test_a_network_that_is_back_is_used_within_half_a_minute():
    assert watch._LONGEST_WAIT * 1.25 <= 30


# 24: a hostile server


def test_ten_thousand_hostile_folder_names_are_a_list_and_make_no_file(desk, scripted):
    names = [b"../../etc/%d", b"\x1b]0;owned\x07%d", b"a\xe2\x80\xaeb%d", b"%d/" + b"x" * 300, b"&AAA-%d"]
    listed = b"".join(
        b'* LIST () "/" "' + names[n % 5].replace(b"%d", b"%d" % n) + b'"\r\n' for n in range(10_000)
    )
    _, mailbox = scripted(
        CAPABLE,
        (rb"LIST", listed + b'* LIST (\\Sent) "/" "../../Sent"\r\n%T OK done\r\n'),
        (rb"EXAMINE", b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x\r\n%T OK done\r\n"),
    )
    before = {path for path in desk.home.root.parent.rglob("*") if "desk.db" not in path.name}
    result = desk.run(port=mailbox.port, sent="")
    assert result.failed == ()
    assert desk.cursors()["../../Sent"].role == "sent"
    made = {path for path in desk.home.root.parent.rglob("*") if "desk.db" not in path.name} - before
    assert all(path.suffix == ".lock" or path.name == "locks" for path in made)
    assert not any("\x1b" in progress.words for progress in desk.seen)
