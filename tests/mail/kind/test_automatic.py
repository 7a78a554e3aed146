"""Machine mail: what is recognised, and what it says to the owner."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.messages import MachineKind
from deskterm.mail.kind.automatic import judge
from deskterm.mail.parse import parse


def verdict(head: str, body: str = "Hello"):
    raw = f"{head.strip()}\n\n{body}".encode()
    parsed = parse(raw)
    return judge(parsed, raw, parsed.plain)


def kind(head: str, body: str = "Hello") -> MachineKind:
    return verdict(head, body).kind


REPORT_HEAD = """\
From: Mail Delivery System <MAILER-DAEMON@mx.host.example>
To: hello@mugs.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"
"""


def report(status: str, words: str, *, action: str = "failed") -> str:
    """A report as in RFC 3464, with the returned mail's header."""
    return f"""\
--b1
Content-Type: text/plain

I am sorry: your mail could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.host.example

Final-Recipient: rfc822; jan@mertens.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--b1
Content-Type: text/rfc822-headers

From: Mug Shop <hello@mugs.example>
To: jan@mertens.example
Subject: Re: your mug
Message-ID: <reply.7f3a@mugs.example>

--b1--
"""


def test_a_report_says_what_happened_to_which_mail():
    said = verdict(REPORT_HEAD, report("5.1.1", "550 5.1.1 <jan@mertens.example>: User unknown"))
    assert said.kind is MachineKind.BOUNCE
    assert said.status == "5.1.1"
    assert said.hard
    assert said.recipient == "jan@mertens.example"
    assert said.about == ("<reply.7f3a@mugs.example>",)
    assert said.words == "The address jan@mertens.example does not exist: the mail did not arrive."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_endings_change_nothing(end):
    raw = (REPORT_HEAD + "\n" + report("5.2.2", "552 5.2.2 Mailbox full")).replace("\n", end).encode()
    said = judge(parse(raw), raw, "")
    assert (said.kind, said.status, said.hard) == (MachineKind.BOUNCE, "5.2.2", False)
    assert said.about == ("<reply.7f3a@mugs.example>",)


REASONS = {
    "550 5.1.1 User unknown": ("5.1.1", True, "does not exist"),
    "550 No such domain here": ("5.0.0", True, "domain"),
    "551 5.1.6 The recipient has moved": ("5.1.6", True, "moved"),
    "556 5.1.10 The domain does not accept mail": ("5.1.10", True, "takes no mail"),
    "552 5.2.2 Over quota": ("5.2.2", False, "is full"),
    "550 5.2.1 This account is disabled": ("5.2.1", False, "disabled"),
    "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using rbl.example": (
        "5.7.1",
        False,
        "blocks",
    ),
    "550 5.7.26 does not pass DMARC": ("5.7.26", False, "verify our address"),
    "554 5.7.1 Message looks like spam": ("5.7.1", False, "spam"),
    "552 5.3.4 Message too big": ("5.3.4", False, "too big"),
    "554 5.4.6 Too many hops": ("5.4.6", False, "reached"),
    "421 4.4.2 Connection timed out": ("4.4.2", False, "in time"),
    "550 5.7.1 Relaying denied": ("5.7.1", False, "take mail for"),
    "550 5.7.25 No PTR record": ("5.7.25", False, "PTR"),
    "554 5.7.1 refused by local policy": ("5.7.1", False, "policy"),
}


@pytest.mark.parametrize("words", REASONS)
def test_servers_words_become_a_reason(words):
    status, hard, sentence = REASONS[words]
    said = verdict(REPORT_HEAD, report("5.0.0", words))
    assert (said.status, said.hard) == (status, hard)
    assert sentence in said.words


def test_a_mailbox_called_spam_is_not_taken_for_spam():
    said = verdict(REPORT_HEAD, report("5.0.0", "550 <spam@mertens.example>: User unknown"))
    assert "does not exist" in said.words


def test_a_bounce_that_names_nobody_still_makes_a_sentence():
    head = "From: MAILER-DAEMON@host.example\nSubject: Undelivered mail"
    assert verdict(head, "550 User unknown").words == "The address does not exist: the mail did not arrive."
    assert verdict(head, "551 User has moved").words.startswith("The recipient has moved")


def test_a_delay_is_no_failure():
    said = verdict(REPORT_HEAD, report("4.4.7", "421 try later", action="delayed"))
    assert said.kind is MachineKind.DELAY
    assert not said.hard
    assert "not arrived yet" in said.words


def test_a_report_of_success_is_neither_a_bounce_nor_a_delay():
    said = verdict(REPORT_HEAD, report("2.0.0", "250 ok", action="delivered"))
    assert said.kind is MachineKind.OTHER


OLD_FORMS = {
    "qmail": (
        "From: MAILER-DAEMON@host.example\nReturn-Path: <>\nSubject: failure notice",
        (
            "Hi. This is the qmail-send program at host.example.\nI'm afraid I wasn't able to deliver your message to the following"
            " addresses.\n\n<jan@mertens.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of"
            " the message.\n\nReturn-Path: <hello@mugs.example>\nMessage-ID: <reply.7f3a@mugs.example>\nTo: jan@mertens.example\n\nHello"
        ),
    ),
    "exim": (
        (
            "From: Mail Delivery System <Mailer-Daemon@host.example>\nX-Failed-Recipients: jan@mertens.example\n"
            "Subject: Mail delivery failed: returning message to sender"
        ),
        (
            "A message that you sent could not be delivered to one or more of its\nrecipients.\n\n  jan@mertens.example\n"
            "    host mx.example [192.0.2.1]: 550 5.1.1 unknown user\n\n------ This is a copy of the message, including all the"
            " headers. ------\n\nReturn-path: <hello@mugs.example>\nMessage-Id: <reply.7f3a@mugs.example>\n\nHello"
        ),
    ),
    "Exchange": (
        "From: System Administrator <postmaster@host.example>\nSubject: Undeliverable: Your mug",
        (
            "Your message\n\n  To:      jan@mertens.example\n  Subject: Your mug\n\ndid not reach the following recipient(s):\n\n"
            "jan@mertens.example on Thu, 3 Mar 2022 17:21:00 +0100\n    The recipient name is not recognized\n\n"
            "Message-ID: <reply.7f3a@mugs.example>\n"
        ),
    ),
    "a text with fields": (
        "From: Postmaster <postmaster@host.example>\nSubject: Returned mail",
        (
            "Your mail did not arrive.\n\nFinal-Recipient: rfc822; jan@mertens.example\nAction: failed\nStatus: 5.1.1\n\n"
            "Original message follows\n\nMessage-ID: <reply.7f3a@mugs.example>\n"
        ),
    ),
    "Japanese": (
        "From: MAILER-DAEMON@host.example\nSubject: メール送信エラー",
        "次のメールアドレスが見つかりませんでした。\n<jan@mertens.example>: 550 5.1.1\n\nReceived: from x\nMessage-ID: <reply.7f3a@mugs.example>\n",
    ),
    "German": (
        "From: MAILER-DAEMON@host.example\nSubject: Unzustellbare Nachricht",
        (
            "Ihre Nachricht an <jan@mertens.example> konnte nicht zugestellt werden: Empfänger unbekannt (5.1.1).\n\n"
            "Return-Path: <hello@mugs.example>\nMessage-ID: <reply.7f3a@mugs.example>\n"
        ),
    ),
}


@pytest.mark.parametrize("name", OLD_FORMS)
def test_old_formats_are_bounces_too(name):
    said = verdict(*OLD_FORMS[name])
    assert said.kind is MachineKind.BOUNCE
    assert said.recipient == "jan@mertens.example"
    assert said.hard
    assert said.about == ("<reply.7f3a@mugs.example>",)


PEOPLE = {
    "a plain mail": ("From: Jana <jana@mertens.example>\nSubject: My order", "Where is it?"),
    "Auto-Submitted: no": (
        "From: Jana <jana@mertens.example>\nSubject: My order\nAuto-Submitted: no\nPrecedence: bulk",
        "Hi",
    ),
    "about a bounce": (
        "From: Jana <jana@mertens.example>\nSubject: Fwd: Undelivered Mail Returned to Sender",
        "I got this when I wrote to you:\n\n550 5.1.1 User unknown\nMessage-ID: <x@y.example>\nTo: you@mugs.example",
    ),
    "a failed delivery of a parcel": (
        "From: Jana <jana@mertens.example>\nSubject: Delivery failed again",
        "The courier could not be reached, and my parcel was not delivered.",
    ),
    "away, but a person": (
        "From: Jana <jana@mertens.example>\nSubject: Out of office chair",
        "I am on vacation until Monday, please ship after.",
    ),
    "Exchange's mark for meetings left out": (
        "From: Jana <jana@mertens.example>\nSubject: Re: mug\nX-Auto-Response-Suppress: DR, RN, NRN",
        "Hi",
    ),
    "confirm that you are a person": (
        "From: Jana <jana@mertens.example>\nSubject: Please confirm you are a real person",
        "Your chat seems to be a robot.",
    ),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_persons_mail_is_no_machines(name):
    assert kind(*PEOPLE[name]) is MachineKind.HUMAN


@pytest.mark.parametrize(
    "subject",
    [
        "Automatic reply: Your mug", "Out of Office", "Out of office: mug", "Abwesenheitsnotiz", "Automatische Antwort: Tasse",
        "Réponse automatique : tasse", "Respuesta automática: taza", "Risposta automatica: tazza", "Automatisch antwoord: mok",
        "Resposta automática: caneca", "Automatyczna odpowiedź: kubek", "Autosvar: mugg", "Automatisk svar: krus",
        "Automaattinen vastaus: muki", "Automatická odpověď: hrnek", "Otomatik yanıt: kupa", "Автоматический ответ: кружка",
        "自動応答: マグカップ", "자동 회신: 머그컵", "自动回复: 杯子",
    ],
)  # fmt: skip
def test_a_vacation_note_is_recognised_by_its_subject(subject):
    head = f"From: Jana <jana@mertens.example>\nSubject: {subject}\nIn-Reply-To: <reply.7f3a@mugs.example>"
    said = verdict(head)
    assert said.kind is MachineKind.VACATION
    assert said.about == ("<reply.7f3a@mugs.example>",)


def appointment(method, words, more=""):
    """A mail's head and body: words, and a calendar's part beside them."""
    parts = (
        f"--c\nContent-Type: text/plain\n\n{words}\n",
        f"--c\nContent-Type: text/calendar; method={method}\n\nBEGIN:VCALENDAR\n--c--\n",
    )
    head = f"{more}From: jana@mertens.example\nSubject: Call\nContent-Type: multipart/alternative; boundary=c"
    return head, "".join(parts)


AUTOMATIC = {
    "a read receipt": (
        'From: jana@mertens.example\nSubject: Read: mug\nContent-Type: multipart/report; report-type=disposition-notification; boundary="c"',
        (
            "--c\nContent-Type: text/plain\n\nIt was read\n--c\nContent-Type: message/disposition-notification\n\n"
            "Final-Recipient: rfc822;jana@mertens.example\nDisposition: manual-action/MDN-sent-manually; displayed\n--c--\n"
        ),
        MachineKind.OTHER,
    ),
    "a vacation note by its header": (
        "From: jana@mertens.example\nSubject: Re: mug\nAuto-Submitted: auto-replied (vacation)",
        "I am out of the office.",
        MachineKind.VACATION,
    ),
    "another automatic answer": (
        "From: help@supplier.example\nSubject: [Ticket 7] We got it\nAuto-Submitted: auto-replied",
        "Thanks",
        MachineKind.OTHER,
    ),
    "a challenge": (
        "From: jan@mertens.example\nSubject: Please verify\nAuto-Submitted: auto-replied",
        "To deliver your message, please click here: confirm that you are not a spammer.",
        MachineKind.CHALLENGE,
    ),
    "a newsletter": (
        "From: news@supplier.example\nSubject: Spring\nList-Unsubscribe: <https://x.example>",
        "Buy",
        MachineKind.LIST,
    ),
    "bulk mail": ("From: news@supplier.example\nSubject: Spring\nPrecedence: bulk", "Buy", MachineKind.LIST),
    "a notification": (
        "From: No Reply <no-reply@pay.example>\nSubject: Your payout",
        "12.00",
        MachineKind.NOTICE,
    ),
    "a notification by its header": (
        "From: bank@pay.example\nSubject: Statement\nAuto-Submitted: auto-generated",
        "See",
        MachineKind.NOTICE,
    ),
    "an appointment": (*appointment("REPLY", "Accepted: Call"), MachineKind.CALENDAR),
    "an appointment called off": (*appointment("CANCEL", "Cancelled: Call"), MachineKind.CALENDAR),
    "an invitation without a word": (*appointment("REQUEST", ""), MachineKind.CALENDAR),
    "an invitation by a machine": (
        *appointment("REQUEST", "Call", "Auto-Submitted: auto-generated\n"),
        MachineKind.CALENDAR,
    ),
    "a complaint": (
        'From: fbl@isp.example\nSubject: FW: Your mug\nContent-Type: multipart/report; report-type=feedback-report; boundary="c"',
        (
            "--c\nContent-Type: text/plain\n\nA complaint\n--c\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
            "Original-Rcpt-To: jan@mertens.example\n\n--c\nContent-Type: message/rfc822\n\nMessage-ID: <reply.7f3a@mugs.example>\n\nx\n--c--\n"
        ),
        MachineKind.COMPLAINT,
    ),
}


@pytest.mark.parametrize("name", AUTOMATIC)
def test_kinds_of_machine_mail_are_told_apart(name):
    head, body, wanted = AUTOMATIC[name]
    said = verdict(head, body)
    assert said.kind is wanted
    assert said.words.endswith(".")


@pytest.mark.parametrize("method", ["REQUEST", "PUBLISH"])
def test_an_invitation_with_words_of_the_customer_is_the_customers_mail(method):
    assert kind(*appointment(method, "Can we talk about the cracked mug?")) is MachineKind.HUMAN


def test_a_complaint_names_the_mail_and_who_complained():
    said = verdict(*AUTOMATIC["a complaint"][:2])
    assert said.recipient == "jan@mertens.example"
    assert said.about == ("<reply.7f3a@mugs.example>",)


def test_a_form_mail_from_no_reply_with_a_customer_behind_it_is_no_notice():
    head = "From: Shop <no-reply@forms.example>\nReply-To: jana@mertens.example\nSubject: Question"
    assert kind(head) is MachineKind.HUMAN


def test_what_a_stranger_wrote_into_a_report_is_shown_safely():
    """Escape sequences in the fields of a report and in a calendar's method."""
    head, body, _ = AUTOMATIC["a complaint"]
    said = verdict(head, body.replace("jan@mertens.example", "\x1b]0;x\x07jan@mertens.example"))
    assert said.words == "jan@mertens.example marked our mail as spam."
    head, body, _ = AUTOMATIC["an appointment"]
    assert kind(head, body.replace("REPLY", '"\x1b[31m"')) is MachineKind.HUMAN
    said = verdict(REPORT_HEAD, report("5.1.1", "550 \x1b[31m").replace("jan@", "\x1b]8;;jan@"))
    assert all(char.isprintable() for char in said.words + said.recipient + said.status)


pieces = st.sampled_from([
    *REPORT_HEAD.split("\n"), *report("5.1.1", "550 x").split("\n"), "", "", "--", "Status: 5.", "Subject: =?utf-8?q?=", ">>> DATA",
    "Content-Type: message/rfc822", "Content-Type: text/calendar; method=", "\x00", "ü",
])  # fmt: skip


@settings(max_examples=200)
@given(
    st.one_of(
        st.binary(max_size=500), st.lists(pieces, max_size=40).map(lambda rows: "\n".join(rows).encode())
    )
)
def test_no_bytes_raise_an_error(raw):
    parsed = parse(raw)
    said = judge(parsed, raw, parsed.plain)
    assert said == judge(parsed, raw, parsed.plain)
    assert bool(said.words) == (said.kind is not MachineKind.HUMAN)
    assert all(char.isprintable() for char in said.words + said.recipient)
