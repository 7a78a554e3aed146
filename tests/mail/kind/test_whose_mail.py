"""Whose a mail is and whom its answer reaches, by what the mail says of itself."""

import pytest

from deskterm.domain.messages import Cue, MachineKind
from deskterm.mail.read import read_mail

OWN = frozenset({"hello@mugs.example"})


def read(head: str, body: str = "Is the mug blue?"):
    return read_mail(f"{head.strip()}\nTo: hello@mugs.example\n\n{body}\n".encode(), OWN)


CARRIED = {
    "no-reply with a Reply-To": ("From: Mug Shop <no-reply@mugs.example>\nReply-To: Jo <jo@lane.example>\nSubject: Hi", ""),
    "the shop's own domain": ("From: Web <web@mugs.example>\nReply-To: jo@lane.example\nSubject: Hi", ""),
    "a subdomain of it": ("From: Site <site@www.mugs.example>\nReply-To: jo@lane.example\nSubject: Hi", ""),
    "the shop's own address": ("From: Mugs <hello@mugs.example>\nReply-To: jo@lane.example\nSubject: Hi", ""),
    "the shop's name elsewhere": ("From: Mugs <sender@forms.example>\nReply-To: jo@lane.example\nSubject: Hi", ""),
    "a web server's user": ("From: mugs <mugs@srv7.host.example>\nReply-To: jo@lane.example\nSubject: Hi", ""),
    "two names that differ": ("From: Formline <go@formline.example>\nReply-To: Jo Lane <jo@lane.example>\nSubject: Hi", ""),
    "a group that rewrites From": (
        (
            "From: 'Jo Lane' via Hello <hello@mugs.example>\nX-Original-From: Jo Lane <jo@lane.example>\n"
            "Reply-To: Jo Lane <jo@lane.example>\nList-ID: <hello.mugs.example>\nPrecedence: list\nSubject: Hi"
        ),
        "",
    ),
    "a group without Reply-To": (
        "From: 'Jo Lane' via Hello <hello@mugs.example>\nX-Original-Sender: jo@lane.example\nSubject: Hi", ""
    ),
    "Dutch labels": (
        "From: Mugs <forms@host.example>\nSubject: Nieuw bericht", "Naam: Jo Lane\nE-mailadres: jo@lane.example\nUw vraag: Is hij blauw?"
    ),
    "Polish labels": (
        "From: hello@mugs.example\nSubject: Wiadomość", "Imię: Jo Lane\nAdres e-mail: jo@lane.example\nTreść zapytania: Czy jest niebieski?"
    ),
    "Japanese labels": (
        "From: 受付 <info@host.example>\nReply-To: jo@lane.example\nSubject: お問い合わせ", "お名前：Jo Lane\nメールアドレス：jo@lane.example\nお問い合わせ内容：青いですか"
    ),
    "Turkish labels, no Reply-To": (
        "From: Site <iletisim@host.example>\nSubject: Yeni mesaj", "Ad Soyad: Jo Lane\nE-posta: jo@lane.example\nMesajınız: Mavi mi?"
    ),
    "names of fields": (
        "From: formresponses@host.example\nSubject: New entry", "what_can_we_do: Is the mug blue?\ncontact_email: jo@lane.example\nwho: Jo Lane"
    ),
    "a no-reply in Portuguese": ("From: Loja <naoresponda@host.example>\nReply-To: jo@lane.example\nSubject: Contato", ""),
    "no names at all": ("From: kontakt@webhotel.example\nReply-To: jo@lane.example\nSubject: Neue Anfrage", ""),
    "a question as a label": (
        "From: Mugs <notifications@host.example>\nSubject: New entry", "Name:\nJo Lane\n\nE-mail:\njo@lane.example\n\nHow can we help?\nIs the mug blue?"
    ),
    "bare labels in paragraphs": (
        "From: hello@mugs.example\nSubject: New entry", "Votre nom\n\nJo Lane\n\nCourriel\n\njo@lane.example\n\nVotre demande\n\nEst-elle bleue ?"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CARRIED)
def test_the_customer_is_who_the_mail_was_carried_for(name):
    head, body = CARRIED[name]
    mail = read(head, body or "Is the mug blue?")
    assert mail.writer.customer.key == "jo@lane.example"
    assert [one.key for one in mail.writer.answer_to] == ["jo@lane.example"]
    assert mail.writer.is_customer
    assert mail.verdict.kind is MachineKind.HUMAN


def test_a_persons_reply_to_is_whom_to_answer_and_the_person_stays_the_customer():
    mail = read("From: Jo Lane <jo@lane.example>\nReply-To: desk@lane-desk.example\nSubject: Invoice")
    assert mail.writer.customer.key == "jo@lane.example"
    assert [one.key for one in mail.writer.answer_to] == ["desk@lane-desk.example"]
    assert Cue.REPLY_ELSEWHERE in mail.writer.cues


def test_a_person_who_lists_somebody_elses_data_is_no_form():
    data = "Name: Ida Stone\nEmail: ida@stone.example\nStreet: Hill 5\nMessage: a gift for her"
    assert (
        read("From: Jo Lane <jo@lane.example>\nSubject: My gran", data).writer.customer.key
        == "jo@lane.example"
    )


def test_a_neighbour_at_the_same_public_host_is_not_the_shop():
    raw = (
        b"From: Jo <jo@gmail.com>\nReply-To: Jo <jo@lane.example>\nTo: mugs@gmail.com\nSubject: Hi\n\nBlue?\n"
    )
    assert read_mail(raw, frozenset({"mugs@gmail.com"})).writer.customer.key == "jo@gmail.com"


WEAK = [
    "Feedback-ID: 1.eu:abc=:AmazonSES", "List-Unsubscribe: <mailto:u@lane.example>", "Precedence: bulk", "X-Mailgun-Tag: chat",
    "X-Auto-Response-Suppress: All", "X-Auto-Response-Suppress: OOF\nPrecedence: bulk", "Feedback-ID: a\nList-Unsubscribe: <mailto:u@lane.example>",
    "Auto-Submitted: auto-generated\nResent-From: hello@mugs.example", "Auto-Submitted: auto-forwarded\nX-Forwarded-To: hello@mugs.example",
    "List-Id: <hello.mugs.example>\nPrecedence: list\nMailing-list: list hello@mugs.example",
    "List-Id: Orders <orders.mugs.example>\nPrecedence: list",
]  # fmt: skip


@pytest.mark.parametrize("field", WEAK)
def test_one_weak_sign_makes_no_robot_of_a_person(field):
    mail = read(f"From: Jo Lane <jo@lane.example>\n{field}\nSubject: Mug")
    assert mail.verdict.kind is MachineKind.HUMAN
    assert mail.writer.is_customer


@pytest.mark.parametrize(
    "subject", ["On holiday", "Abwesend ab Montag", "Out of office: ship later", "Absence", "Re: On holiday"]
)
def test_words_for_being_away_need_company(subject):
    assert read(f"From: jo@lane.example\nSubject: {subject}").verdict.kind is MachineKind.HUMAN


def test_an_alerts_address_alone_is_a_customers():
    assert read("From: alerts@lane.example\nSubject: Mug").writer.is_customer


@pytest.mark.parametrize(
    "fields",
    ["List-Id: <news.lane.example>", "List-Unsubscribe: <mailto:u@x.example>\nPrecedence: bulk", "Auto-Submitted: auto-generated"],
)  # fmt: skip
def test_strong_signs_and_company_still_tell(fields):
    assert not read(f"From: Lane <go@lane.example>\n{fields}\nSubject: Spring").writer.is_customer
