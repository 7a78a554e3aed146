"""What reports of undelivered mail say: which recipient, why, and whether it is final."""

import json

import pytest

from deskterm.domain.messages import MachineKind
from deskterm.mail.kind.bounce_reasons import codes_in, reason_of
from deskterm.mail.read import read_mail

OWN = frozenset({"help@kiln.example"})
DAEMON = "Mail Delivery System <mailer-daemon@mx.kiln.example>"


def report(body: str, subject: str = "Mail delivery failed", sender: str = DAEMON, more: str = ""):
    head = f"Return-Path: <>\nFrom: {sender}\nTo: help@kiln.example\nSubject: {subject}\nMessage-ID: <x@y>\n{more}"
    return read_mail(f"{head}\n{body}".encode(), OWN).verdict


WARNING = """A message that you sent has not yet been delivered to one or more of its recipients.

  ana@long.example
    Delay reason: host mx.long.example: 451 4.7.1 Greylisted

Delivery attempts will continue for some time. Eventually the software will give up,
and when that happens, the message will be returned to you.
"""
STILL = """Your message could not be delivered for more than 4 hour(s).
It will be retried until it is 5 day(s) old.

<ana@long.example>: connect to mx: Connection timed out
"""
LAST = """Your message to ana@long.example was delayed several times. After the last attempt it was deleted.
451 4.4.1 no answer from host
"""
ABANDONED = """The delivery to ana@long.example is delayed. No further attempts will be made.
"""


@pytest.mark.parametrize(("body", "kind"), [
    (WARNING, MachineKind.DELAY), (STILL, MachineKind.DELAY), (LAST, MachineKind.BOUNCE), (ABANDONED, MachineKind.BOUNCE),
])  # fmt: skip
def test_a_mail_still_being_tried_is_a_delay_and_one_given_up_a_bounce(body, kind):
    assert report(body, "Warning: your message was delayed").kind is kind


TWO = {
    "exim": "  ana@long.example\n    host mx: 552 5.2.2 mailbox over quota\n  ben@hill.example\n    no such user here\n",
    "exim, turned": "  ben@hill.example\n    no such user here\n  ana@long.example\n    host mx: 552 5.2.2 mailbox over quota\n",
    "qmail": "I'm afraid I wasn't able to deliver your message.\n\n<ana@long.example>:\nover quota (#5.2.2)\n\n"
             "<ben@hill.example>:\nno mailbox here by that name. (#5.1.1)\n",
}  # fmt: skip


@pytest.mark.parametrize("body", TWO.values(), ids=TWO)
def test_of_two_recipients_each_has_its_own_reason(body):
    found = report(body, more="X-Failed-Recipients: ana@long.example\n")
    assert (found.recipient, found.status, found.hard) == ("ana@long.example", "5.2.2", False)
    assert found.words == (
        "The mailbox ana@long.example is full: the mail did not arrive."
        " The address ben@hill.example does not exist: the mail did not arrive."
    )


def test_the_fields_of_one_recipient_say_nothing_about_another():
    body = (
        "--b\nContent-Type: text/plain\n\n<ana@long.example>: user unknown\n\n<ben@hill.example>: quota exceeded\n"
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; ben@hill.example\nAction: failed\nStatus: 5.0.0\n\n"
        "Final-Recipient: rfc822; ana@long.example\nAction: failed\nStatus: 5.0.0\n\n--b--\n"
    )
    found = report(body, more='Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n')
    assert found.words.startswith("The mailbox ben@hill.example is full")
    assert "The address ana@long.example does not exist" in found.words
    assert not found.hard


def test_the_status_of_the_servers_own_reply_goes_before_that_of_the_report():
    body = (
        "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; ana@long.example\nAction: failed\nStatus: 5.4.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 no such recipient\n\n--b--\n"
    )
    found = report(body, more='Content-Type: multipart/report; report-type=delivery-status; boundary="b"\n')
    assert (found.status, found.hard) == ("5.1.1", True)


REASONS = """
no user|550 #5.1.0 Address rejected.
no user|550 cannot find user
no user|550 5.1.1 Addressee is unknown here
no user|550 there is no one at this address
suspended|550 Mailbox currently suspended - Please contact the owner
full|552 Requested mail action aborted: exceeded storage allocation
full|552 mailbox size limit exceeded
full|Die Mailbox ist voll
too big|552 The message you sent is larger than the allowed size
blocked|554 5.7.1 You are not allowed to connect
blocked|550 connections from your host are not accepted: poor reputation
policy|550 Administrative prohibition
relay|553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)
sender|550 5.7.26 This mail is unauthenticated
too fast|421 4.7.0 Too many connections from your IP
too fast|450 4.7.1 Greylisting in action, please come back later
passing|450 4.1.1 Recipient address rejected: unverified address
network|connect to mx: Connection refused
network|delivery temporarily suspended: connect to mx: Connection refused
content|550 5.6.0 Message contains invalid header
syntax|555 5.5.4 Unsupported option: SIZE
moved|551 User not local; please try <new@x.example>
filtered|550 This mailbox only accepts mail from known senders
blocked|554 mail.host.example Service not available: no SMTP service, IP address is black listed
no user|Benutzer ana nicht im Domino-Verzeichnis aufgeführt
no user|adresse inconnue chez notre fournisseur
no user|la casella del destinatario risulta inesistente
no user|Usuário desconhecido
no user|Gebruiker bestaat niet
no user|Modtageren findes ikke
no user|Mottakeren ble ikke funnet
no user|adresát neznámý: uživatel neexistuje
no user|Kullanıcı bulunamadı
no user|宛先のアドレスが間違っている可能性があります
no user|收件人邮箱不存在
full|il buzón: La cuenta ha superado la cuota
full|la casella di posta è piena
full|A caixa postal do destinatário está cheia
full|de mailbox is vol
full|Skrzynka odbiorcy jest przepełniona
full|Modtagerens indbakke er fyldt op
full|받는 사람의 메일함 용량이 초과되었습니다
too big|Die Nachricht ist zu groß
suspended|Le compte du destinataire a été désactivé
""".strip().split("\n")


def test_a_servers_words_are_understood():
    rows = [row.split("|") for row in REASONS]
    named = [[reason_of(words, next(iter(codes_in(words)), "")).name, words] for _, words in rows]
    assert named == rows


GATEWAY = """Your message to ana@long.example was blocked by our filter.
The mail with the following subject has NOT BEEN DELIVERED: Your mug
"""


def test_a_gateways_refusal_is_no_delay_and_an_address_in_quotes_is_given_without_them():
    assert report(GATEWAY, "Message blocked by our bulk mail filter").kind is MachineKind.BOUNCE
    found = report("Failed to deliver to 'ana@long.example'\n550 5.1.1 unknown user", "Undeliverable mail")
    assert found.recipient == "ana@long.example"


def notice(**said: object) -> str:
    mail = {"messageId": "0100", "commonHeaders": {"messageId": "<ours@kiln.example>"}}
    return json.dumps({"notificationType": "x", **said, "mail": mail})


COMPLAINT = {
    "complainedRecipients": [{"emailAddress": "ana@long.example"}],
    "complaintFeedbackType": "abuse",
}
BOUNCED = {"bounceType": "Permanent", "bouncedRecipients": [
    {"emailAddress": "ana@long.example", "status": "5.1.1", "action": "failed", "diagnosticCode": "smtp; 550 5.1.1 user unknown"}
]}  # fmt: skip


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_complaint_that_amazon_mails_as_json_is_one_about_our_mail(wrapped):
    body = notice(complaint=COMPLAINT)
    body = json.dumps({"Type": "Notification", "Message": body}) if wrapped else body
    found = report(
        f"{body}\n\n--\nIf you wish to stop", "AWS Notification Message", "AWS <no-reply@sns.example>"
    )
    assert (found.kind, found.recipient, found.about) == (
        MachineKind.COMPLAINT, "ana@long.example", ("<ours@kiln.example>",)
    )  # fmt: skip


def test_a_bounce_that_amazon_mails_as_json_is_one_and_other_json_is_ignored():
    found = report(notice(bounce=BOUNCED), "AWS Notification Message", "AWS <no-reply@sns.example>")
    assert (found.kind, found.status, found.hard) == (MachineKind.BOUNCE, "5.1.1", True)
    deep = report('{"bounceType":' + "[" * 50_000, "Hello", "Ana <ana@long.example>", "X: y\n")
    assert deep.kind is not MachineKind.COMPLAINT


@pytest.mark.parametrize(
    ("sort", "words", "hard"), [("Permanent", "", True), ("Transient", "", False), ("Permanent", "smtp; 552 5.2.2 mailbox full", False)]
)  # fmt: skip
def test_what_amazon_calls_permanent_is_final_unless_the_server_said_otherwise(sort, words, hard):
    who = {"emailAddress": "ana@long.example", **({"diagnosticCode": words} if words else {})}
    said = {"bounceType": sort, "bounceSubType": "General", "bouncedRecipients": [who]}
    assert report(notice(bounce=said), "AWS Notification", "AWS <no-reply@sns.example>").hard is hard


def test_a_person_who_writes_about_a_bounce_is_a_person():
    raw = (
        b"From: Ana <ana@long.example>\nTo: help@kiln.example\nSubject: Undelivered Mail Returned to Sender\n\n"
        b"Hello, your mail came back: my mailbox is full. Please write to ana@new.example"
    )
    assert read_mail(raw, OWN).verdict.kind is MachineKind.HUMAN


def test_a_reply_code_after_an_address_shows_a_bounce_in_any_words():
    told = report(
        "<ana@long.example>: 550 Compte clos", subject="Mail System Error - Returned Mail", sender="<>"
    )
    assert (told.kind, told.recipient) == (MachineKind.BOUNCE, "ana@long.example")


@pytest.mark.parametrize(
    "said",
    ["550 Nie ma takiego adresu", "the domain name (long.example) does not appear to be registered."],
)
def test_an_address_or_domain_that_does_not_exist_is_final(said):
    assert report(f"Your message could not be delivered.\n\nana@long.example\n{said}").hard


def test_a_message_id_is_no_recipient():
    body = "Your message was not delivered.\nMessage-ID: <o1.tok@kiln.example>\nTo: ana@long.example\nThe message timed out"
    assert report(body).recipient == "ana@long.example"
