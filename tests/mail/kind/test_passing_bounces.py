"""Bounces for temporary trouble, and those that hardly look like one."""

import pytest

from deskterm.domain.messages import MachineKind
from deskterm.mail.read import read_mail

ORIGINAL = (
    "Message-ID: <ours@loom.example>\r\nFrom: shop@loom.example\r\nTo: jana@mertens.example\r\n\r\nhi\r\n"
)
OWN = frozenset({"shop@loom.example"})


def report(status: str, words: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: shop@loom.example\r\nSubject: Undelivered Mail\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n"
        f"<jana@mertens.example>: {words}\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Final-Recipient: rfc822; jana@mertens.example\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {words}\r\n"
        f"--x\r\nContent-Type: message/rfc822\r\n\r\n{ORIGINAL}--x--\r\n"
    ).encode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("4.3.2", "452 4.3.2 Too many connections"),
        ("4.1.1", "450 4.1.1 User unknown for now"),
        ("4.4.4", "451 4.4.4 Domain not found at this time"),
        ("4.7.1", "421 4.7.1 Try again later"),
    ],
)
def test_temporary_trouble_is_never_final(status, words):
    verdict = read_mail(report(status, words), OWN).verdict
    assert verdict.kind is MachineKind.BOUNCE
    assert not verdict.hard
    assert not any(final in verdict.words for final in ("not exist", "takes no mail at all", "moved"))


def test_an_address_that_does_not_exist_is_final():
    assert read_mail(report("5.1.1", "550 5.1.1 User unknown"), OWN).verdict.hard


def unusual(subject: str, words: str, path: str = "<>") -> bytes:
    return (
        f"Return-Path: {path}\r\nFrom: no-reply@isp.example\r\nTo: shop@loom.example\r\nSubject: {subject}\r\n"
        f"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n{words}\r\n"
        f"--x\r\nContent-Type: message/rfc822\r\n\r\n{ORIGINAL}--x--\r\n"
    ).encode()


@pytest.mark.parametrize("subject", ["Mail", "Information", "", "Your message"])
def test_our_own_mail_sent_back_by_nobody_is_a_bounce_whatever_its_subject(subject):
    verdict = read_mail(
        unusual(subject, "It could not be delivered to <jana@mertens.example>: mailbox full."), OWN
    ).verdict
    assert (verdict.kind, verdict.recipient) == (MachineKind.BOUNCE, "jana@mertens.example")
    assert "full" in verdict.words
    assert "<ours@loom.example>" in verdict.about


def test_our_mail_forwarded_by_a_person_is_no_bounce():
    mail = read_mail(unusual("Your message", "You wrote me this, what is it?", "<jana@mertens.example>"), OWN)
    assert mail.verdict.kind is not MachineKind.BOUNCE


@pytest.mark.parametrize(
    ("status", "words", "told"),
    [
        ("5.1.10", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", "does not exist"),
        ("5.1.10", "550 5.1.10 unknown mailbox", "does not exist"),
        ("5.1.10", "556 5.1.10 Recipient address has null MX", "takes no mail at all"),
        ("5.2.0", "550 5.2.0 mailbox unavailable, try again later", "did not take the mail"),
        ("5.0.0", "550 mailbox unavailable", "does not exist"),
    ],
)
def test_the_owner_is_told_what_the_server_said_and_no_more(status, words, told):
    assert told in read_mail(report(status, words), OWN).verdict.words
