"""Finding servers: a real resolver against a name server of the test's own."""

import socket
import threading
from dataclasses import replace

import dns.message
import dns.resolver
import dns.rrset
import pytest

from counterparts.dovecot import PASSWORD
from counterparts.smtp_listener import SmtpListener
from deskterm.errors import LoginRefused, NotTrusted, ServerRefused
from deskterm.sync import discover

RECORDS = {
    ("_imaps._tcp.kiln.example.", "SRV"): ["10 1 993 backup.host.example.", "0 1 1993 imap.host.example."],
    ("_submission._tcp.kiln.example.", "SRV"): ["0 1 587 smtp.host.example."],
    ("_submissions._tcp.kiln.example.", "SRV"): ["0 0 0 ."],
    ("silent.invalid.", "MX"): ["10 mx.silent.invalid."],
    ("clay.example.", "MX"): ["10 aspmx.l.google.com."],
}


@pytest.fixture
def resolver():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=_serve, args=(server,), daemon=True)
        thread.start()
        asked = dns.resolver.Resolver(configure=False)
        asked.nameservers = ["127.0.0.1"]
        asked.port = server.getsockname()[1]
        yield asked
        server.sendto(b"", server.getsockname())
        thread.join(5)


def _serve(server):
    while True:
        packet, whom = server.recvfrom(4096)
        if not packet:
            return
        question = dns.message.from_wire(packet)
        name, kind = question.question[0].name, dns.rdatatype.to_text(question.question[0].rdtype)
        answer = dns.message.make_response(question)
        records = RECORDS.get((name.to_text(), kind))
        if records:
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *records))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        server.sendto(answer.to_wire(), whom)


def test_a_known_domain_needs_no_question():
    found = discover.guess("ada@gmail.com", resolver=None)
    assert (found.how, found.provider.name, found.mailbox.host) == ("provider", "Gmail", "imap.gmail.com")
    assert found.mailbox.files_sent_itself


def test_an_own_domain_at_a_provider_is_recognised_by_its_mx(resolver):
    found = discover.guess("ada@clay.example", resolver=resolver)
    assert (found.how, found.provider.name) == ("provider", "Gmail")
    assert found.mailbox.name == "clay"


def test_what_the_domain_publishes_is_taken_best_first(resolver):
    mailbox = discover.guess("ada@kiln.example", "shop", resolver=resolver).mailbox
    assert (mailbox.name, mailbox.host, mailbox.port, mailbox.security) == (
        "shop",
        "imap.host.example",
        1993,
        "tls",
    )
    assert (mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security) == (
        "smtp.host.example",
        587,
        "starttls",
    )


def test_without_any_record_the_usual_names_are_tried(resolver):
    """Of the one domain the name server knows nothing, of the other that it takes its own mail."""
    found = discover.guess("ada@nowhere.invalid", resolver=resolver)
    assert (found.how, found.mailbox.host, found.mailbox.smtp_host) == (
        "no domain",
        "imap.nowhere.invalid",
        "smtp.nowhere.invalid",
    )
    assert discover.guess("ada@silent.invalid", resolver=resolver).how == "guessed"


def test_of_the_usual_names_those_that_answer_are_taken(
    resolver, dovecot, smtp_listener, unused_tcp_port, monkeypatch
):
    """Nothing listens at the first name of each; the second is a server of STARTTLS."""
    silent = ("{}", unused_tcp_port, "tls")
    monkeypatch.setattr(discover, "_READING", (silent, ("{}", dovecot.port, "starttls")))
    monkeypatch.setattr(discover, "_SENDING", (silent, ("{}", smtp_listener.port, "starttls")))
    found = discover.guess("ada@localhost", resolver=resolver)
    box = found.mailbox
    assert found.how == "usual names"
    assert (box.host, box.port, box.security) == ("localhost", dovecot.port, "starttls")
    assert (box.smtp_port, box.smtp_security) == (smtp_listener.port, "starttls")


def test_a_name_server_that_does_not_answer_ends_in_the_usual_names(monkeypatch):
    monkeypatch.setattr(discover, "_DNS", 0.05)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        asked = dns.resolver.Resolver(configure=False)
        asked.nameservers, asked.port = ["127.0.0.1"], silent.getsockname()[1]
        found = discover.guess("ada@nowhere.invalid", resolver=asked)
    assert (found.how, found.mailbox.port, found.mailbox.smtp_port) == ("guessed", 993, 465)


def test_a_login_is_tried_both_ways_and_sent_is_found(mailbox, smtp_listener):
    whole = replace(mailbox, smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls")
    assert discover.try_reading(whole, PASSWORD) == "Gesendet"
    discover.try_sending(whole, PASSWORD)
    assert (smtp_listener.sessions, smtp_listener.accepted) == (1, [])
    with pytest.raises(LoginRefused):
        discover.try_sending(replace(whole, smtp_user="somebody"), PASSWORD)
    with pytest.raises(LoginRefused):
        discover.try_reading(whole, "wrong")


def test_of_a_maildir_its_folder_is_seen(mailbox, tmp_path):
    (tmp_path / "cur").mkdir()
    kept = replace(mailbox, kind="maildir", path=str(tmp_path))
    assert discover.try_reading(kept, "") == ".Sent"
    with pytest.raises(ServerRefused, match="no Maildir"):
        discover.try_reading(replace(kept, path=str(tmp_path / "elsewhere")), "")


def test_an_unknown_certificate_is_shown_by_its_fingerprint_and_trusted_once_pinned(mailbox, smtp_listener):
    """Both by TLS from the start and by STARTTLS; before it is pinned, not a word is said to the server."""
    strange = replace(
        mailbox, ca_file="", smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls"
    )
    for attempt in (discover.try_reading, discover.try_sending):
        with pytest.raises(NotTrusted, match="authority this machine does not know"):
            attempt(strange, PASSWORD)
    reading, sending = (discover.presented_fingerprint(strange, sending=which) for which in (False, True))
    assert len(reading) == len(sending) == 95
    assert reading != sending
    pinned = replace(strange, pin=reading, smtp_pin=sending.lower().replace(":", ""))
    assert discover.try_reading(pinned, PASSWORD) == "Gesendet"
    discover.try_sending(pinned, PASSWORD)
    with pytest.raises(NotTrusted, match="another certificate") as caught:
        discover.try_reading(replace(pinned, pin=sending), PASSWORD)
    assert caught.value.seen == reading
    with pytest.raises(NotTrusted, match="another certificate"):
        discover.try_sending(replace(pinned, smtp_pin=reading), PASSWORD)


def test_a_pinned_certificate_may_have_another_name_and_be_too_old(mailbox, authority):
    listener = SmtpListener(authority.certificate("own", host="box.invalid", expired=True), tls=True).start()
    try:
        box = replace(
            mailbox, ca_file="", smtp_host="localhost", smtp_port=listener.port, smtp_security="tls"
        )
        with pytest.raises(NotTrusted):
            discover.try_sending(box, PASSWORD)
        discover.try_sending(
            replace(box, smtp_pin=discover.presented_fingerprint(box, sending=True)), PASSWORD
        )
    finally:
        listener.stop()
