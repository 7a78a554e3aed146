"""An IMAP connection: encrypted or not at all, reading without a trace, and unharmed by nonsense."""

import base64
import socket
from dataclasses import replace
from threading import Event, Thread

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.scripted import Scripted
from deskterm.errors import LoginRefused, NotEncrypted, Offline, ServerNonsense, ServerRefused
from deskterm.storage.mail.folders import Cursor
from deskterm.sync.imap import fetch_order
from deskterm.sync.imap.connection import Connection
from deskterm.sync.imap.fetch_response import parse_copyuid, seconds, uid_set
from deskterm.sync.imap.special_folders import find_sent
from deskterm.sync.line import socket as wire

MAIL = (
    b"From: jana@mertens.example\r\nSubject: Where is it?\r\nMessage-ID: <1@mertens.example>\r\n\r\nHello\r\n"
)
CURSOR = Cursor(1, "shop", "INBOX", "inbox")
CAPABLE = (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1 IDLE\r\n%T OK done\r\n")
OPEN = (
    rb"EXAMINE",
    b"* 3 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 4] x\r\n%T OK [READ-ONLY] done\r\n",
)


@pytest.fixture
def scripted(authority, mailbox):
    """Starts scripted servers with a good certificate; gives (server, mailbox that points at it)."""
    certificate = authority.certificate("scripted")
    started = []

    def start(*replies, tls=True, certificate=certificate, **kinds):
        server = Scripted(*replies, tls=certificate.server_context() if tls else None, **kinds)
        started.append(server)
        return server, replace(mailbox, port=server.port, security="tls" if tls else "starttls")

    yield start
    for server in started:
        server.close()


def test_mails_come_whole_with_their_arrival_and_stay_unseen(dovecot, mailbox):
    dovecot.put([MAIL, b"no header at all"], at=1_700_000_000)
    with Connection(mailbox, PASSWORD) as connection:
        folder = connection.examine("INBOX")
        uids = [uid for stretch in connection.uids(folder.exists) for uid in stretch]
        mails = connection.mails(uids)
    assert [mail.raw for mail in mails] == dovecot.mails()[::-1]
    assert mails[-1].raw == MAIL
    assert mails[-1].at == 1_700_000_000
    assert mails[-1].size == len(MAIL)
    assert not any(b"\\Seen" in flags for flags in dovecot.flags().values())


def test_a_connection_that_dies_silently_is_noticed_within_half_a_minute(dovecot, mailbox):
    with Connection(mailbox, PASSWORD) as connection:
        sock = connection._raw.sock
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        first = getattr(socket, "TCP_KEEPIDLE", getattr(socket, "TCP_KEEPALIVE", 0))  # Linux, macOS
        idle, every, times = (
            sock.getsockopt(socket.IPPROTO_TCP, name)
            for name in (first, socket.TCP_KEEPINTVL, socket.TCP_KEEPCNT)
        )
        assert idle + every * times <= 30


def test_the_server_is_only_asked_to_read(dovecot, mailbox):
    dovecot.put([MAIL])
    dovecot.forget_commands()
    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
        connection.mails([1])
        connection.folders()
    asked = {
        line.split()[0] + (line.split()[1] if line.startswith("UID") else "") for line in dovecot.commands()
    }
    assert asked <= {"CAPABILITY", "EXAMINE", "UIDFETCH", "LIST", "LOGOUT"}


def test_starttls_works_too(dovecot, mailbox):
    with Connection(replace(mailbox, port=dovecot.port, security="starttls"), PASSWORD) as connection:
        assert connection.examine("INBOX").exists == 0


def test_a_large_mail_gives_its_beginning(dovecot, mailbox, monkeypatch):
    monkeypatch.setattr("deskterm.sync.imap.connection.BEGINNING", 100)
    dovecot.put([MAIL + b"x" * 5000])
    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
        (mail,) = connection.beginning(1)
    assert mail.raw == (MAIL + b"x" * 5000)[:100]
    assert mail.size > 5000


def test_a_wrong_password_is_reported_as_one(mailbox):
    with pytest.raises(LoginRefused, match="refuses the name or the password"):
        Connection(mailbox, "wrong")


def test_a_password_in_other_letters_and_with_quotes_reaches_the_server_as_it_is(scripted):
    server, mailbox = scripted(
        (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n%T OK done\r\n"),
        (rb"AUTHENTICATE", b"+ \r\n"),
        (rb"^[\w+/]+=*\r\n$", None),
    )
    with pytest.raises(Offline):
        Connection(mailbox, 'pä"ss')
    assert base64.b64decode(server.lines[-1]) == f'\0{USER}\0pä"ss'.encode()


def test_a_cut_during_login_is_a_lost_connection_never_a_wrong_password(scripted):
    _, mailbox = scripted(CAPABLE, (rb" LOGIN ", None))
    with pytest.raises(Offline, match="was lost"):
        Connection(mailbox, PASSWORD)


def test_a_server_with_too_many_connections_is_busy_not_refusing(scripted):
    _, mailbox = scripted(CAPABLE, (rb" LOGIN ", b"%T NO [LIMIT] Too many connections\r\n"))
    with pytest.raises(ServerRefused, match="asks to wait"):
        Connection(mailbox, PASSWORD)


def test_a_missing_starttls_stops_before_the_password(scripted):
    server, mailbox = scripted(CAPABLE, tls=False)
    with pytest.raises(NotEncrypted, match="offers no encryption"):
        Connection(mailbox, PASSWORD)
    assert not any(b"LOGIN" in line.upper() for line in server.lines)


def test_a_preauthenticated_greeting_is_refused(scripted):
    server, mailbox = scripted(CAPABLE, tls=False, greeting=b"* PREAUTH welcome\r\n")
    with pytest.raises(NotEncrypted, match="let us in"):
        Connection(mailbox, PASSWORD)
    assert not any(b"LOGIN" in line.upper() for line in server.lines)


@pytest.mark.parametrize(
    ("kind", "words"),
    [({"expired": True}, "has expired"), ({"host": "elsewhere.example"}, "made out to another name")],
)
def test_a_bad_certificate_is_reported_with_what_is_wrong_with_it(scripted, authority, kind, words):
    server, mailbox = scripted(CAPABLE, certificate=authority.certificate("bad", **kind))
    with pytest.raises(NotEncrypted, match=words):
        Connection(mailbox, PASSWORD)
    assert server.lines == []


def test_an_unknown_authority_is_reported(mailbox):
    with pytest.raises(NotEncrypted, match="authority this machine does not know"):
        Connection(replace(mailbox, ca_file=""), PASSWORD)


def test_a_server_that_is_not_there_is_reported(mailbox, unused_tcp_port):
    with pytest.raises(Offline, match="Nothing listens"):
        Connection(replace(mailbox, port=unused_tcp_port), PASSWORD)
    with pytest.raises(Offline, match=r"no server named|no network"):
        Connection(replace(mailbox, host="imap.nowhere.invalid"), PASSWORD)


def test_a_server_without_tls_on_a_tls_port_says_what_to_check(scripted):
    server, mailbox = scripted(CAPABLE, tls=False)
    with pytest.raises(NotEncrypted, match="cannot speak TLS"):
        Connection(replace(mailbox, security="tls", port=server.port), PASSWORD)


def test_a_server_that_stalls_is_offline(scripted, monkeypatch):
    monkeypatch.setattr("deskterm.sync.imap.login.TIMEOUT", 0.2)
    _, mailbox = scripted(CAPABLE, (rb"EXAMINE", b""))
    with pytest.raises(Offline, match="does not answer"), Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")


def test_a_server_that_trickles_is_offline(scripted, monkeypatch):
    monkeypatch.setattr(wire, "PATIENCE", -1.0)
    monkeypatch.setattr(wire, "SLOWEST", 10**12)
    _, mailbox = scripted(CAPABLE)
    with pytest.raises(Offline, match="too slowly"):
        Connection(mailbox, PASSWORD)


@pytest.mark.parametrize(
    "answer",
    [
        b"* 1 FETCH (UID 1 BODY[] {4294967295}\r\nxx",
        b"* 1 FETCH (UID 99999999999999999999 BODY[] {2}\r\nxx)\r\n* 7 FETCH (BODY[] {1}\r\nx)\r\n%T OK done\r\n",
        b"* 1 FETCH ((((((((((" + b"(" * 20000 + b"\r\n%T OK done\r\n",
        b"%T BAD what?\r\n",
        b"%T NO [UNAVAILABLE] later\r\n",
        b"* BYE going down\r\n",
        b"utter nonsense\r\n",
        None,
    ],
)
def test_no_answer_to_a_fetch_does_more_than_cause_an_error(scripted, monkeypatch, answer):
    monkeypatch.setattr("deskterm.sync.imap.login.TIMEOUT", 0.5)
    monkeypatch.setattr(wire, "MOST", 100_000)
    _, mailbox = scripted(CAPABLE, OPEN, (rb"UID FETCH", answer))
    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
        assert outcome(connection) in ("nothing", "told")


def outcome(connection):
    """Fetches a mail: "nothing" came, or an error "told" which server failed; anything else is the test's end."""
    try:
        return "nothing" if connection.mails([1]) == [] else "a mail"
    except (Offline, ServerNonsense, ServerRefused) as error:
        return "told" if "localhost" in error.what else error.what


@pytest.mark.parametrize(
    "answer",
    [
        b"* 3 EXISTS\r\n* OK [UIDNEXT 18446744073709551616] x\r\n%T OK done\r\n",
        b"* x EXISTS\r\n%T OK done\r\n",
        b"%T OK done\r\n",
        b"%T NO no such folder\r\n",
    ],
)
def test_a_nonsensical_folder_is_an_error_that_names_the_server(scripted, answer):
    _, mailbox = scripted(CAPABLE, (rb"EXAMINE", answer))
    with (
        pytest.raises((ServerNonsense, ServerRefused), match="localhost"),
        Connection(mailbox, PASSWORD) as one,
    ):
        one.examine("INBOX")


def test_news_of_flags_between_mails_is_not_taken_for_a_mail(scripted):
    mixed = (
        b"* 1 FETCH (UID 1 RFC822.SIZE 2 BODY[] {2}\r\nhi)\r\n* 1 FETCH (UID 1 FLAGS (\\Seen))\r\n"
        b'* 2 FETCH (BODY[] {3}\r\nyou UID 2 INTERNALDATE " 1-Jan-2025 00:00:00 +0000")\r\n%T OK done\r\n'
    )
    _, mailbox = scripted(CAPABLE, OPEN, (rb"UID FETCH", mixed))
    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
        assert [(one.uid, one.raw, one.at) for one in connection.mails([1, 2])] == [
            (1, b"hi", None),
            (2, b"you", 1735689600),
        ]


def test_a_mail_the_server_cannot_give_out_does_not_stop_the_others(scripted):
    replies = [
        (rb"UID SEARCH UID 1:3 LARGER", b"* SEARCH\r\n"),
        (rb"UID FETCH 1 .*BODY.PEEK\[\]", b"* 1 FETCH (UID 1 BODY[] {2}\r\nhi)\r\n"),
        (rb"UID FETCH 3 .*BODY.PEEK\[\]", b"* 3 FETCH (UID 3 BODY[] {2}\r\nho)\r\n"),
        (rb"UID FETCH 2 .*HEADER", b"* 2 FETCH (UID 2 BODY[HEADER] {14}\r\nSubject: x\r\n\r\n)\r\n"),
    ]
    done = [(pattern, answer + b"%T OK done\r\n") for pattern, answer in replies]
    _, mailbox = scripted(CAPABLE, OPEN, *done, (rb"UID FETCH", b"%T NO cannot be converted\r\n"),
                          (rb"UID SEARCH", b"* SEARCH 1 2 3\r\n%T OK done\r\n"))  # fmt: skip
    with Connection(mailbox, PASSWORD) as connection:
        folder = connection.examine("INBOX")
        read = list(fetch_order.batches(connection, folder, CURSOR))
    found = [one for batch in read for one in batch.mails]
    assert [(one.uid, one.stands_in) for one in found] == [(3, False), (2, True), (1, False)]
    assert found[1].raw.startswith(b"Subject: x")
    assert b"asked again" in found[1].raw
    assert {uid for batch in read for uid in batch.lacking} == {2}


def test_a_busy_server_is_no_broken_mail(scripted):
    _, mailbox = scripted(
        CAPABLE, OPEN, (rb"UID SEARCH", b"* SEARCH 1\r\n%T OK done\r\n"),
        (rb"UID FETCH", b"%T NO [UNAVAILABLE] later\r\n"),
    )  # fmt: skip
    with Connection(mailbox, PASSWORD) as connection:
        folder = connection.examine("INBOX")
        with pytest.raises(ServerRefused, match="asks to wait"):
            list(fetch_order.batches(connection, folder, CURSOR))


def test_a_flood_is_cut_off(scripted, monkeypatch):
    monkeypatch.setattr(wire, "MOST", 100_000)
    _, mailbox = scripted(CAPABLE, OPEN, (rb"UID FETCH", b"* 1 FETCH (UID 9)\r\n" * 20_000))
    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
        with pytest.raises(ServerNonsense, match="without end"):
            connection.mails([1])


def test_idle_wakes_for_new_mail_and_only_for_that(dovecot, mailbox):
    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
        assert not connection.idle(1, lambda: False)
        stop = Event()
        Thread(target=lambda: dovecot.put([MAIL])).start()
        assert connection.idle(20, stop.is_set)
        assert connection.examine("INBOX").exists == 1


def test_idle_ends_when_asked_to(mailbox):
    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
        assert not connection.idle(600, lambda: True)


def test_our_own_mail_is_found_by_its_id_and_filed_as_read(dovecot, mailbox):
    with Connection(mailbox, PASSWORD) as connection:
        connection.append("Gesendet", MAIL)
        connection.examine("Gesendet")
        assert connection.find_id("<1@mertens.example>")
        assert not connection.find_id("<2@mertens.example>")
        with pytest.raises(ValueError):
            connection.find_id('<x"\r\nA LOGOUT@x>')
    assert b"\\Seen" in dovecot.flags("Gesendet")[1]


def test_uid_sets_are_short():
    assert uid_set([5, 3, 4, 9]) == "3:5,9"


def test_arrival_times_are_read_in_their_zone():
    assert seconds(b"17-Jul-1996 02:44:25 -0700") == 837596665
    assert seconds(b" 1-Jan-1970 00:00:00 +0000") == 0
    assert seconds(b"17-Foo-1996 02:44:25 -0700") is None
    assert seconds(b"yesterday") is None
    assert seconds(b"17-Anf-1996 02:44:25 -0700") is None
    assert seconds(b"17-Jul-0000 02:44:25 -0700") is None


def test_the_new_place_of_moved_mails_is_read_and_nonsense_about_it_ignored():
    assert parse_copyuid([b"7 304,319:320 3956:3958"]) == (7, {304: 3956, 319: 3957, 320: 3958})
    for said in (
        b"7 1:4294967295 1:4294967295",
        b"7 1,2 5",
        b"7 1",
        b"x",
        b"7 ,:, 1",
        b"7 " + b"1:900," * 9000 + b"1 1",
    ):
        assert parse_copyuid([said]) == (0, {})
    assert parse_copyuid([]) == (0, {})


def test_hostile_folder_names_are_only_names(scripted):
    names = b'* LIST () "/" "../../etc/x"\r\n* LIST () "/" "a\x1b]0;p\x07"\r\n* LIST (\\Sent) "/" {3}\r\na/b\r\n%T OK done\r\n'
    _, mailbox = scripted(CAPABLE, (rb" LIST ", names))
    with Connection(mailbox, PASSWORD) as connection:
        assert find_sent(connection.folders()) == "a/b"


def test_an_endlessly_nested_list_is_nonsense(scripted):
    _, mailbox = scripted(CAPABLE, (rb" LIST ", b"* LIST " + b"(" * 20_000 + b"\r\n%T OK done\r\n"))
    with Connection(mailbox, PASSWORD) as connection, pytest.raises(ServerNonsense):
        connection.folders()


def test_a_full_mailbox_says_to_make_room(scripted):
    quota = (rb"APPEND", b"%T NO [OVERQUOTA] Quota exceeded\r\n")
    _, mailbox = scripted(CAPABLE, quota)
    with Connection(mailbox, PASSWORD) as connection, pytest.raises(ServerRefused, match="is full"):
        connection.append("Sent", b"x")


def test_a_folder_that_is_refused_is_named_with_the_servers_words(scripted):
    _, mailbox = scripted(CAPABLE, (rb"EXAMINE", b"%T NO [NONEXISTENT] no such mailbox, sorry\r\n"))
    with pytest.raises(ServerRefused) as caught, Connection(mailbox, PASSWORD) as connection:
        connection.examine("Büro")
    assert caught.value.what.startswith("Büro: ")
    assert "no such mailbox, sorry" in caught.value.what


def test_a_server_that_ends_the_connection_keeps_its_words(scripted):
    _, mailbox = scripted(CAPABLE, (rb"EXAMINE", b"* BYE shutting down for an hour\r\n%T NO no\r\n"))
    told = "ended the connection: shutting down for an hour"
    with pytest.raises(Offline, match=told), Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")


def test_starttls_on_a_tls_port_points_to_the_setting(authority, mailbox, monkeypatch):
    """Such a port says nothing before TLS is begun."""
    monkeypatch.setattr("deskterm.sync.imap.login.CONNECT", 0.3)
    server = Scripted(tls=authority.certificate("tls only").server_context())
    try:
        with pytest.raises(Offline) as caught:
            Connection(replace(mailbox, port=server.port, security="starttls"), PASSWORD)
        assert 'set `security = "tls"`' in caught.value.todo
    finally:
        server.close()


@pytest.mark.parametrize("empty", [b"NIL", b"{0}\r\n", b'""'])
@pytest.mark.parametrize("larger", [b"", b" 2"], ids=["small", "large"])
def test_a_mail_that_comes_empty_or_not_at_all_counts_as_missing(scripted, empty, larger):
    """Of three mails the second is empty and the third is left out."""
    whole = b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%b)\r\n" % (len(MAIL), MAIL)
    none = b"* 2 FETCH (UID 2 RFC822.SIZE 90000000 BODY[] " + empty + b")\r\n"
    server, mailbox = scripted(
        CAPABLE,
        OPEN,
        (rb"SEARCH.*LARGER", b"* SEARCH%b\r\n%%T OK done\r\n" % larger),
        (rb"SEARCH", b"* SEARCH 1 2 3\r\n%T OK done\r\n"),
        (rb"FETCH \S+ \(UID RFC822.SIZE\)", b"* 2 FETCH (UID 2 RFC822.SIZE 90000000)\r\n%T OK done\r\n"),
        (rb"FETCH", whole + none + b"%T OK done\r\n"),
    )
    with Connection(mailbox, PASSWORD) as connection:
        read = list(fetch_order.batches(connection, connection.examine("INBOX"), CURSOR))
    assert [one.raw for batch in read for one in batch.mails] == [MAIL]
    assert {uid for batch in read for uid in batch.lacking} == {2, 3}
    assert server.lines
