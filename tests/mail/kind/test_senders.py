"""Who really wrote: forms, notices, marketplaces, chats, and the cues."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.messages import Address, Cue
from deskterm.mail.kind.automatic import judge
from deskterm.mail.kind.form.labels import read_form
from deskterm.mail.kind.senders import identify_writer
from deskterm.mail.parse import parse
from deskterm.mail.text.folding import own_words

OWN = frozenset({"hello@mugs.example"})


def writer(head: str, body: str = "Hello"):
    raw = f"{head.strip()}\nTo: hello@mugs.example\n\n{body}".encode()
    parsed = parse(raw)
    return identify_writer(parsed, parsed.plain, judge(parsed, raw, parsed.plain), OWN)


SHOPIFY_HEAD = """\
From: Mug Shop (Shopify) <mailer@shopify.example>
Reply-To: jana@mertens.example
Subject: {subject}
"""

FORMS = {
    "Shopify, English": (
        SHOPIFY_HEAD.format(subject="New customer message on March 3, 2022 at 5:21 pm"),
        (
            "You received a new message from your online store's contact form.\n\nCountry Code:\nBE\n\nName:\nJana Mertens\n\n"
            "Email:\njana@mertens.example\n\nOrder number:\n1042\n\nBody:\nWhere is my mug?\n\nThanks\nJana\n"
        ),
    ),
    "Shopify, German": (
        SHOPIFY_HEAD.format(subject="Neue Kundennachricht am 3. März 2022"),
        (
            "Du hast über das Kontaktformular deines Onlineshops eine neue Nachricht erhalten.\n\nLändercode:\nBE\n\nName:\n"
            "Jana Mertens\n\nE-Mail:\njana@mertens.example\n\nBestellnummer:\n1042\n\nNachricht:\nWhere is my mug?\n\nThanks\nJana\n"
        ),
    ),
    "Shopify, French": (
        SHOPIFY_HEAD.format(subject="Nouveau message client"),
        (
            "Vous avez reçu un nouveau message via le formulaire de contact de votre boutique.\n\nCode pays :\nBE\n\nNom :\n"
            "Jana Mertens\n\nAdresse e-mail :\njana@mertens.example\n\nNuméro de commande :\n1042\n\nCorps :\nWhere is my mug?\n\nThanks\nJana\n"
        ),
    ),
    "Shopify, Spanish": (
        SHOPIFY_HEAD.format(subject="Nuevo mensaje de cliente"),
        (
            "Recibiste un mensaje nuevo del formulario de contacto de tu tienda.\n\nCódigo de país:\nBE\n\nNombre:\nJana Mertens\n\n"
            "Correo electrónico:\njana@mertens.example\n\nNúmero de pedido:\n1042\n\nCuerpo:\nWhere is my mug?\n\nThanks\nJana\n"
        ),
    ),
    "WordPress, one line a field": (
        "From: Mug Shop <wordpress@mugs.example>\nReply-To: jana@mertens.example\nSubject: Mug Shop: question",
        (
            "Name: Jana Mertens\nEmail: jana@mertens.example\nOrder number: 1042\nMessage: Where is my mug?\n\nThanks\nJana\n\n---\n\n"
            "Date: March 3, 2022\nPage URL: https://mugs.example/contact\nRemote IP: 192.0.2.7\nPowered by: a plugin\n"
        ),
    ),
    "WordPress, sender in From": (
        "From: Mug Shop <wordpress@mugs.example>\nReply-To: jana@mertens.example\nSubject: Mug Shop",
        (
            "From: Jana Mertens <jana@mertens.example>\nSubject: order 1042\n\nMessage Body:\nWhere is my mug?\n\nThanks\nJana\n\n-- \n"
            "This e-mail was sent from a contact form on Mug Shop (https://mugs.example)\n"
        ),
    ),
    "WordPress, labels without colons": (
        "From: Mug Shop <no-reply@mugs.example>\nSubject: New entry: contact form",
        (
            "First Name\nJana\n\nLast Name\nMertens\n\nE-mail\njana@mertens.example\n\nBestellnummer\n1042\n\nComment or Message\n"
            "Where is my mug?\n\nThanks\nJana\n\nSent from Mug Shop\n"
        ),
    ),
    "from the shop's own address": (
        "From: Mug Shop <hello@mugs.example>\nReply-To: Jana Mertens <jana@mertens.example>\nSubject: Kontakt",
        "Name: Jana Mertens\nE-Mail: jana@mertens.example\nBestellnummer: 1042\nNachricht:\nWhere is my mug?\n\nThanks\nJana\n",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_contact_form_gives_the_customer_and_their_words(name):
    found = writer(*FORMS[name])
    assert found.channel == "contact form"
    assert found.is_customer
    assert found.customer == Address("Jana Mertens", "jana@mertens.example")
    assert found.fields["order"] == "1042"
    assert found.text == "Where is my mug?\n\nThanks\nJana"
    assert Cue.REPLY_ELSEWHERE not in found.cues


def test_a_form_is_the_customers_whatever_subject_they_chose():
    head = "From: Mug Shop <wordpress@mugs.example>\nSubject: Order #1042 received broken"
    found = writer(head, "Name: Jana\nEmail: jana@mertens.example\nMessage: Please help")
    assert found.is_customer
    assert found.text == "Please help"


def test_a_form_from_outside_shows_that_answers_go_elsewhere():
    """Anybody can write a mail that looks like a form's, with another person's address in it."""
    head = "From: Mug Shop <wordpress@stranger.example>\nSubject: contact form"
    found = writer(head, "Name: Jana\nEmail: jana@mertens.example\nMessage: Please ship to my new address")
    assert found.customer.address == "jana@mertens.example"
    assert found.cues == (Cue.REPLY_ELSEWHERE,)


def test_what_looks_like_a_field_in_the_message_stays_in_it():
    fields = read_form(
        "Name: Jana\nEmail: jana@mertens.example\nMessage: Please change\nPhone: 123\n\nName: Jo\nCity: Ghent"
    )
    assert fields["message"] == "Please change\nPhone: 123\n\nName: Jo\nCity: Ghent"
    assert "phone" not in fields


def test_a_country_code_is_no_label():
    """`DE` is Germany, and the Portuguese word for From; `Da` is a name, and the Italian one."""
    fields = read_form("Country Code:\nDE\n\nName:\nDa\n\nEmail:\njana@mertens.example\n\nBody:\nHi")
    assert fields["country"] == "DE"
    assert fields["name"] == "Da"


def test_an_empty_field_does_not_take_the_next_value():
    fields = read_form("Name:\nJana\n\nPhone:\n\nEmail:\njana@mertens.example\n\nBody:\nHi")
    assert fields == {"name": "Jana", "email": "jana@mertens.example", "message": "Hi"}


def test_a_value_beside_its_label_ends_with_its_line():
    fields = read_form("Name: Jana\nhttps://mugs.example/contact\nEmail: jana@mertens.example\n\nBody:\nHi")
    assert fields == {"name": "Jana", "email": "jana@mertens.example", "message": "Hi"}


def test_a_customers_own_mail_with_fields_is_no_form():
    found = writer(
        "From: Jana Mertens <jana@mertens.example>\nSubject: mug",
        "Name: Jo\nEmail: jo@x.example\nMessage: for the gift card",
    )
    assert found.channel == "mail"
    assert found.customer.address == "jana@mertens.example"
    assert found.text == ""


NOTICES = {
    "New order #1042": ("order", "1042"),
    "[Mug Shop]: New order #1042": ("order", "1042"),
    "[Mug Shop] Order #1042 placed by Jana Mertens": ("order", "1042"),
    "[Mug Shop]: Neue Bestellung #1042": ("order", "1042"),
    "[Mug Shop] : Nouvelle commande n°1042": ("order", "1042"),
    "[Mug Shop]: Nuevo pedido nº 1042": ("order", "1042"),
    "[Mug Shop]: Cancelled order (1042)": ("order", "1042"),
    "[Mug Shop]: Order #1042 has failed": ("order", "1042"),
    "Your payout of 1,204.00 EUR is on the way": ("payout", None),
    "A customer opened a dispute": ("dispute", None),
    "Chargeback for order #1042": ("dispute", "1042"),
    "[Mug Shop] Product low in stock: low stock": ("shop", None),
}


@pytest.mark.parametrize("subject", NOTICES)
def test_notices_from_the_shop_are_no_customers_mail(subject):
    kind, order = NOTICES[subject]
    found = writer(
        f"From: Mug Shop <wordpress@mugs.example>\nReply-To: jana@mertens.example\nSubject: {subject}",
        "You've got one",
    )
    assert not found.is_customer
    assert found.fields["notice"] == kind
    assert found.fields.get("order") == order


def test_a_customer_who_answers_a_notice_is_a_customer():
    found = writer(
        "From: Jana <jana@mertens.example>\nSubject: Re: [Mug Shop]: New order #1042", "Please cancel it"
    )
    assert found.is_customer
    assert found.customer.address == "jana@mertens.example"


MARKETPLACES = {
    "Amazon": (
        (
            'From: "Jana Mertens - Amazon Marketplace" <k7x2p9@marketplace.amazon.example>\n'
            "Subject: Inquiry from Amazon customer Jana Mertens (Order: 302-1234567-7654321)"
        ),
        (
            "You have received a message.\n\n------------- Begin message -------------\n\nWhere is my mug?\n\n"
            "------------- End message -------------\n\nTo answer, use the button."
        ),
        "Jana Mertens",
        "k7x2p9@marketplace.amazon.example",
        "Where is my mug?",
        "302-1234567-7654321",
    ),
    "Amazon, about a cancelled order": (
        'From: "Jana Mertens - Amazon Marketplace" <k7x2p9@marketplace.amazon.example>\nSubject: Order 302-1234567-7654321 cancelled?',
        "Why?",
        "Jana Mertens",
        "k7x2p9@marketplace.amazon.example",
        "",
        "302-1234567-7654321",
    ),
    "eBay": (
        "From: eBay - jana_m <jana_m_pq7@members.ebay.example>\nSubject: jana_m has sent a question about item #256789, Mug",
        "Is it blue?",
        "jana_m",
        "jana_m_pq7@members.ebay.example",
        "",
        "256789",
    ),
    "Etsy": (
        "From: Jana Mertens via Etsy <noreply@mail.etsy.example>\nReply-To: x7q@convos.etsy.example\nSubject: Jana sent you a message",
        "Is it blue?",
        "Jana Mertens",
        "x7q@convos.etsy.example",
        "",
        None,
    ),
}


@pytest.mark.parametrize("name", MARKETPLACES)
def test_a_marketplace_customer_is_reached_through_the_relay(name):
    head, body, customer, address, text, order = MARKETPLACES[name]
    found = writer(head, body)
    assert found.channel == "marketplace"
    assert found.is_customer
    assert found.customer == Address(customer, address)
    assert found.text == text
    assert found.fields.get("order") == order


def test_a_sale_on_a_marketplace_is_a_notice():
    found = writer(
        "From: Etsy Transactions <transaction@etsy.example>\nSubject: You made a sale on Etsy [Order #2042]"
    )
    assert not found.is_customer
    assert found.fields == {"notice": "order", "order": "2042"}


def test_a_chat_transcript_belongs_to_the_visitor():
    found = writer(
        "From: Tidio <no-reply@tidio.example>\nSubject: Chat transcript with Jana",
        "Visitor\n\nName: Jana Mertens\nEmail: jana@mertens.example\n\n[17:21] Jana: Is it blue?\n[17:22] Shop: It is.",
    )
    assert found.channel == "chat transcript"
    assert found.customer == Address("Jana Mertens", "jana@mertens.example")
    assert found.text == ""


def test_a_voice_mail_notice_carries_the_number():
    found = writer("From: Phone <no-reply@phone.example>\nSubject: New voicemail from +32 3 123 45 67")
    assert found.channel == "phone"
    assert found.fields["phone"] == "+32 3 123 45 67"


@pytest.mark.parametrize(
    "head",
    [
        "From: news@supplier.example\nSubject: Spring\nList-Unsubscribe: <https://x.example>",
        "From: No Reply <no-reply@pay.example>\nSubject: Statement",
        "From: MAILER-DAEMON@host.example\nSubject: Undelivered Mail Returned to Sender",
        "From: Mug Shop <hello@mugs.example>\nSubject: Re: your mug",
    ],
)
def test_newsletters_notices_bounces_and_our_own_mail_are_no_customers_mail(head):
    assert not writer(head, "550 5.1.1 User unknown: your mail could not be delivered").is_customer


def test_an_absent_customer_is_still_a_customer():
    assert writer(
        "From: jana@mertens.example\nSubject: Automatic reply: mug\nAuto-Submitted: auto-replied"
    ).is_customer


def test_a_robot_with_a_reply_address_means_the_person_there():
    found = writer(
        "From: Review App <no-reply@app.example>\nReply-To: Jana <jana@mertens.example>\nSubject: A word",
        "Lovely",
    )
    assert found.is_customer
    assert found.customer == Address("Jana", "jana@mertens.example")


CUES = {
    "From: hello@bank.example <jana@mertens.example>": Cue.NAME_SHOWS_OTHER,
    "From: jana@mertens.example\nReply-To: jana@elsewhere.example": Cue.REPLY_ELSEWHERE,
    "From: jana@pаypal.example": Cue.MIXED_SCRIPT,  # its second letter is Cyrillic
    "From: jana@xn--pypal-4ve.example": Cue.MIXED_SCRIPT,  # the same in punycode
    "From: jana@роре.example": Cue.MIXED_SCRIPT,  # all Cyrillic, made to pass for Latin
    "From: jana@mertens.example\nAuthentication-Results: mx.mugs.example; dmarc=fail (p=reject)": Cue.NOT_AUTHENTIC,
    "From: jana@mertens.example\nAuthentication-Results: mx.mugs.example; spf=fail; dkim=none": Cue.NOT_AUTHENTIC,
}


@pytest.mark.parametrize("head", CUES)
def test_what_the_owner_should_see_is_a_cue(head):
    assert writer(f"{head}\nSubject: mug").cues == (CUES[head],)


@pytest.mark.parametrize(
    "head",
    [
        "From: Jana <jana@mertens.example>",
        "From: jana@mertens.example <JANA@mertens.example>",
        "From: jana@mertens.example\nReply-To: jana@mail.mertens.example",
        "From: jana@müller.example",
        "From: jana@кружка.example",
        "From: jana@東京タワーmug.example",
        (
            "From: jana@mertens.example\nAuthentication-Results: mx.mugs.example; spf=fail; dkim=pass; dmarc=pass\n"
            "Authentication-Results: liar.example; dmarc=fail"
        ),
        "From: jana@mertens.example\nAuthentication-Results: mx.mugs.example; spf=softfail; dkim=pass",
    ],
)
def test_honest_senders_give_no_cue(head):
    assert writer(f"{head}\nSubject: mug").cues == ()


rows = st.sampled_from([
    "Name:", "Name: Jana", "Email: jana@mertens.example", "Message:", "Message: hi", "", "hello", "Body:", "contact form", "-- ", "Tel",
    "From: x", "Begin message", "End message",
])  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(rows, max_size=20).map("\n".join)),
    st.sampled_from(["mailer@x.example", "jana@x.example", ""]),
)
def test_no_text_raises_an_error_and_no_form_invents_words(text, sender):
    parsed = parse(f"From: {sender}\nReply-To: a@b.example\nSubject: Message\n\n{text}".encode())
    found = identify_writer(parsed, parsed.plain, judge(parsed, b"", parsed.plain), OWN)
    assert "\n" not in found.customer.name
    assert all(line.strip() in parsed.plain for line in own_words(found.text).split("\n"))
