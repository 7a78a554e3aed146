"""Whose mail it is and whom its answer reaches, by what the mail itself says."""

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

# Forms from the shop's web server, without a Reply-To.
ROWS = {
    "a table": "<table><tr><td>Name</td><td>Jo Lane</td></tr><tr><td>E-mail</td><td>jo@lane.example</td></tr>"
    "<tr><td>Message</td><td>Is the mug blue?</td></tr></table>",
    "a table with a long value": "<table><tr><td>Nom</td><td>Jo Lane</td></tr><tr><td>Adresse de messagerie</td><td>jo@lane.example</td></tr>"
    "<tr><td>Votre demande</td><td>Is the mug blue? I should like to know it before the feast, for it is meant for my aunt, who likes"
    " nothing but blue mugs, and there is no time left for another one.</td></tr></table>",
    "a table with lines in a cell": "<table><tr><td>Tu nombre</td><td>Jo Lane</td></tr><tr><td>Tu mejor correo</td><td>jo@lane.example</td></tr>"
    "<tr><td>¿En qué podemos ayudarte?</td><td>Hola,<br>Is the mug blue?<br>Gracias</td></tr></table>",
    "a row for the label": "<table><tr><td colspan=2>Your name</td></tr><tr><td>&nbsp;</td><td>Jo Lane</td></tr><tr><td colspan=2>Your best"
    " email</td></tr><tr><td>&nbsp;</td><td>jo@lane.example</td></tr><tr><td colspan=2>What is it about</td></tr><tr><td>&nbsp;</td>"
    "<td>Is the mug blue? It should be.</td></tr></table>",
    "bars": "| Imię | Jo Lane |\n| Twój e-mail | jo@lane.example |\n| Treść | Is the mug blue? |",
    "equal signs": "nome = Jo Lane\nmail = jo@lane.example\nrichiesta = Is the mug blue?",
    "arrows": "Name -> Jo Lane\nAddress -> jo@lane.example\nWish -> Is the mug blue?",
    "tabs": "Naam\tJo Lane\nJouw mail\tjo@lane.example\nBericht\tIs the mug blue?",
    "an unusual label for the address": "Naam: Jo Lane\nJouw mail: jo@lane.example\nBericht: Is the mug blue?",
    "the message first": "Bericht: Is the mug blue?\nDank!\nNaam: Jo Lane\nJouw mail: jo@lane.example",
    "the message below its label": "Nom : Jo Lane\nAdresse de messagerie : jo@lane.example\nMessage :\nIs the mug blue?",
    "full-width colons": "お名前：Jo Lane\nご連絡先メール：jo@lane.example\nお問い合わせ内容：Is the mug blue?",
    "labels with remarks": "Name (Pflichtfeld): Jo Lane\nE-Mail (Pflichtfeld): jo@lane.example\nNachricht *: Is the mug blue?",
    "questions above": "What is your name?\nJo Lane\nWhere do we reach you?\njo@lane.example\nHow can we help?\nIs the mug blue?",
    "questions in front": "What is your name? Jo Lane\nWhere do we reach you? jo@lane.example\nHow can we help? Is the mug blue?",
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_labels_and_values_are_told_apart_however_they_are_laid_out(name):
    kind = "html" if "<" in ROWS[name] else "plain"
    head = f"From: Mugs <wordpress@mugs.example>\nContent-Type: text/{kind}; charset=utf-8\nSubject: Hi"
    mail = read(head, ROWS[name])
    assert [one.key for one in mail.writer.answer_to] == ["jo@lane.example"]
    assert mail.writer.customer.name == "Jo Lane"
    assert "Is the mug blue?" in mail.writer.text
    assert "jo@lane.example" not in mail.writer.text


FILLED_IN = "Name: Ida Stone\nE-mail: ida@stone.example\nMessage: All the best!"


@pytest.mark.parametrize("sender", ["Homepage <homepage@host.example>", "Sistema <sistema@host.example>"])
def test_a_lone_word_that_is_the_address_is_no_persons_name_above_a_filled_in_form(sender):
    assert read(f"From: {sender}\nSubject: x", FILLED_IN).writer.customer.key == "ida@stone.example"


@pytest.mark.parametrize(
    ("sender", "mark", "is_form"),
    [
        ("jo@lane.example", "", False),
        ("Jo <mimi77@gmail.com>", "", False),
        ("Jo <jo@lane.example>", "X-Mailer: iPhone Mail (21F90)\n", False),
        ("srv@lane.example", "X-PHP-Originating-Script: 33:mail.php\n", True),
    ],
)
def test_without_a_name_labels_are_a_form_only_with_signs_of_a_program(sender, mark, is_form):
    mail = read(f"From: {sender}\n{mark}Subject: Gift card", FILLED_IN)
    assert (mail.writer.customer.key == "ida@stone.example") is is_form


def test_columns_in_a_persons_mail_are_no_form():
    mail = read("From: Eva <eva@gmail.com>\nSubject: Order", "Mug   2\nPlate   3\n\nTo otto@hill.example")
    assert mail.writer.customer.key == "eva@gmail.com"
    assert "Mug   2" in mail.text


@pytest.mark.parametrize("name", CARRIED)
def test_the_customer_is_whom_the_mail_was_relayed_for(name):
    head, body = CARRIED[name]
    mail = read(head, body or "Is the mug blue?")
    assert mail.writer.customer.key == "jo@lane.example"
    assert [one.key for one in mail.writer.answer_to] == ["jo@lane.example"]
    assert mail.writer.is_customer
    assert mail.verdict.kind is MachineKind.HUMAN


def test_a_persons_reply_to_gets_the_answer_and_the_person_stays_the_customer():
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


@pytest.mark.parametrize(
    ("sender", "subject", "customer"),
    [
        ("Jana <jana@mertens.example>", "Gift for my friend", "jana@mertens.example"),
        ("Tom <tom@hill.example>", "Please read", "tom@hill.example"),
        ("Website <website@host.example>", "New website submission", "bob@other.example"),
    ],
)
def test_a_first_name_equal_to_the_address_needs_a_sign_of_a_program(sender, subject, customer):
    data = (
        "Recipient name: Bob Miller\nHis email: bob@other.example\nAddress: 5 High St, Leeds\n"
        "Message: Please send order 1042 to Bob instead of me, it is a surprise"
    )
    mail = read(f"From: {sender}\nSubject: {subject}", data)
    assert mail.writer.customer.key == customer
    assert [one.key for one in mail.writer.answer_to] == [customer]


def test_a_neighbour_at_the_same_public_host_is_not_the_shop():
    raw = (
        b"From: Jo <jo@gmail.com>\nReply-To: Jo <jo@lane.example>\nTo: mugs@gmail.com\nSubject: Hi\n\nBlue?\n"
    )
    assert read_mail(raw, frozenset({"mugs@gmail.com"})).writer.customer.key == "jo@gmail.com"


ANSWERS = "In-Reply-To: <1@mugs.example>\nSubject: Re: Your order"
BY_A_HELP_DESK = {
    "It is order 1041, please hurry.": MachineKind.HUMAN,
    "Die Lieferung bitte an die Hauptstraße 5. Gruß, Tom": MachineKind.HUMAN,
    "Blue.\n\nOn 3 May 2026, Mugs wrote:\n> We have received your request and will get back to you.": MachineKind.HUMAN,
    "We have received your request and will get back to you within 2 working days.": MachineKind.NOTICE,
    "Vielen Dank für Ihre Nachricht. Ihre Anfrage ist bei uns eingegangen.": MachineKind.NOTICE,
    "I am out of office until Monday.": MachineKind.VACATION,
}  # fmt: skip


@pytest.mark.parametrize("text", BY_A_HELP_DESK)
def test_a_persons_answer_that_their_help_desk_passes_on_is_a_persons(text):
    mail = read(f"From: Lane <support@lane.example>\nAuto-Submitted: auto-generated\n{ANSWERS}", text)
    assert mail.verdict.kind is BY_A_HELP_DESK[text]


@pytest.mark.parametrize("field", ["X-Autoreply: no", "X-Auto-Reply: 0", "Precedence: auto_reply"])
def test_a_field_that_says_no_or_stands_alone_makes_no_automatic_answer(field):
    assert read(f"From: jo@lane.example\n{field}\nSubject: Mug").verdict.kind is MachineKind.HUMAN


def test_precedence_with_another_sign_is_an_automatic_answer():
    text = "Merci de votre message. Nous avons bien reçu votre demande."
    mail = read(f"From: go@lane.example\nPrecedence: auto_reply\n{ANSWERS}", text)
    assert mail.verdict.kind is MachineKind.OTHER


WEAK = [
    "Feedback-ID: 1.eu:abc=:AmazonSES", "List-Unsubscribe: <mailto:u@lane.example>", "Precedence: bulk", "X-Mailgun-Tag: chat",
    "X-Auto-Response-Suppress: All", "X-Auto-Response-Suppress: OOF\nPrecedence: bulk", "Feedback-ID: a\nList-Unsubscribe: <mailto:u@lane.example>",
    "Auto-Submitted: auto-generated\nResent-From: hello@mugs.example", "Auto-Submitted: auto-forwarded\nX-Forwarded-To: hello@mugs.example",
    "List-Id: <hello.mugs.example>\nPrecedence: list\nMailing-list: list hello@mugs.example",
    "List-Id: Orders <orders.mugs.example>\nPrecedence: list",
]  # fmt: skip


@pytest.mark.parametrize("field", WEAK)
def test_one_weak_sign_does_not_make_a_person_a_robot(field):
    mail = read(f"From: Jo Lane <jo@lane.example>\n{field}\nSubject: Mug")
    assert mail.verdict.kind is MachineKind.HUMAN
    assert mail.writer.is_customer


@pytest.mark.parametrize(
    "subject", ["On holiday", "Abwesend ab Montag", "Out of office: ship later", "Absence", "Re: On holiday"]
)
def test_words_for_being_away_need_another_sign(subject):
    assert read(f"From: jo@lane.example\nSubject: {subject}").verdict.kind is MachineKind.HUMAN


def test_an_alerts_address_alone_is_still_a_customers():
    assert read("From: alerts@lane.example\nSubject: Mug").writer.is_customer


@pytest.mark.parametrize(
    "fields",
    ["List-Id: <news.lane.example>", "List-Unsubscribe: <mailto:u@x.example>\nPrecedence: bulk", "Auto-Submitted: auto-generated"],
)  # fmt: skip
def test_strong_signs_and_several_weak_ones_still_count(fields):
    assert not read(f"From: Lane <go@lane.example>\n{fields}\nSubject: Spring").writer.is_customer


NAMED_INSIDE = {
    "a sentence in Spanish": ("web@mugs.example", "Mensaje", "Te ha escrito Jo Lane (jo@lane.example):\n\nIs the mug blue?"),
    "a sentence in Polish": ("web@mugs.example", "Pytanie", "Jo Lane, jo@lane.example, pyta:\n\nIs the mug blue?"),
    "an address alone below a name": ("hello@mugs.example", "Nachricht", "Jo Lane\njo@lane.example\n\nIs the mug blue?"),
    "an address below the words": ("web@mugs.example", "Kontakt", "Is the mug blue?\n\nJo Lane <jo@lane.example>"),
    "labels on one line": ("web@mugs.example", "x", "Navn: Jo Lane; Mail: jo@lane.example; Hvad: Is the mug blue? Yes; no?"),
    "a row of labels above a row of values": (
        "web@mugs.example", "x", "Tid              Navn     Mail              Besked\n01.12.2025 9:00  Jo Lane  jo@lane.example  Is the mug blue?",
    ),
    "labels in bold without a colon": ("web@mugs.example", "x", "Navn Jo Lane\nMail jo@lane.example\nHvad Is the mug blue?"),
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED_INSIDE)
def test_the_only_stranger_whom_our_own_server_names_is_the_customer(name):
    sender, subject, body = NAMED_INSIDE[name]
    mail = read(f"From: Mugs <{sender}>\nContent-Type: text/plain; charset=utf-8\nSubject: {subject}", body)
    assert mail.writer.customer.key == "jo@lane.example"
    assert mail.writer.customer.name in ("Jo Lane", "")
    assert [one.key for one in mail.writer.answer_to] == ["jo@lane.example"]
    assert "Is the mug blue?" in mail.text


@pytest.mark.parametrize(
    ("sender", "body"),
    [
        ("web@mugs.example", "From jo@lane.example and ida@hill.example: is it blue?"),  # two strangers
        ("web@mugs.example", "A copy went to hello@mugs.example."),
        ("no-reply@carrier.example", "Left with Jo Lane, jo@lane.example."),  # no server of ours
        ("no-reply@carrier.example", "Questions? help@carrier.example"),
    ],
)
def test_somebody_whom_a_mail_only_mentions_is_no_customer(sender, body):
    assert read(f"From: {sender}\nSubject: x", body).writer.customer.key == sender


FORWARDED = {
    "Outlook": "\n________________________________\nVan: Jo Lane <jo@lane.example>\nVerzonden: maandag 2 december 2025 10:00\n"
    "Aan: info@mugs.example\nOnderwerp: Mok\n\nIs the mug blue?",
    "Gmail": "---------- Forwarded message ---------\nFrom: Jo Lane <jo@lane.example>\nDate: Mon, 2 Dec 2025 at 10:00\n"
    "Subject: Mug\nTo: <info@mugs.example>\n\nIs the mug blue?",
}


@pytest.mark.parametrize("program", FORWARDED)
@pytest.mark.parametrize(
    ("head", "carried"),
    [
        ("From: Info <info@mugs.example>\nSubject: FW: Mug", True),
        ("From: Info <info@mugs.example>\nX-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent\nSubject: Mug", True),
        ("From: Ann <ann@hill.example>\nSubject: FW: Mug", False),  # no address of ours: what Ann wants to show
    ],
)  # fmt: skip
def test_a_mail_that_an_address_of_ours_forwards_without_words_is_its_writers(head, carried, program):
    mail = read(head, FORWARDED[program])
    assert (mail.writer.customer.key == "jo@lane.example") is carried
    assert not carried or mail.text == "Is the mug blue?"


def test_words_above_a_mail_that_an_address_of_ours_forwards_are_our_own():
    mail = read(
        "From: Info <info@mugs.example>\nSubject: FW: Mug", f"Who takes this?\n{FORWARDED['Outlook']}"
    )
    assert mail.writer.customer.key == "info@mugs.example"


def test_a_buyer_who_names_who_pays_in_their_firm_is_no_form():
    data = "Article: plate\nPieces: 120\nInvoice to: books@hotel.example"
    assert (
        read("From: Hotel <buying@hotel.example>\nSubject: Plates", data).writer.customer.key
        == "buying@hotel.example"
    )


def test_rows_in_the_message_of_a_form_in_columns_stay_as_they_were_written():
    body = "Name     Jo Lane\nMail     jo@lane.example\nMessage  Two sorts, please\n\nMug   2\nPlate   3\n\nfor Friday"
    mail = read("From: Mugs <wordpress@mugs.example>\nSubject: Hi", body)
    assert mail.writer.text == "Two sorts, please\n\nMug   2\nPlate   3\n\nfor Friday"


def test_an_answer_without_links_is_a_persons_whatever_their_program_adds_to_it():
    fields = "List-Unsubscribe: <mailto:u@crm.example>\nPrecedence: bulk"
    assert read(
        f"From: Jo <jo@lane.example>\n{fields}\nSubject: Re: Offer", "Yes, twelve please."
    ).writer.is_customer
    assert not read(
        f"From: Jo <jo@lane.example>\n{fields}\nSubject: Re: Offer", "See https://x.example"
    ).writer.is_customer


@pytest.mark.parametrize(
    "subject",
    ["[Mugs] 新規注文 #1042", "Mugs: Nowe zlecenie nr zamówienia 1042", "Tilausvahvistus, tilaus 1042"],
)
def test_an_order_listed_by_a_program_is_a_notice_in_any_language(subject):
    body = "Mug blue  2  49,00 €\nPlate  1  20,00 €\n\n69,00 €"
    mail = read(
        f"From: Mugs <web@mugs.example>\nReply-To: jo@lane.example\nContent-Type: text/plain; charset=utf-8\nSubject: {subject}",
        body,
    )
    assert not mail.writer.is_customer
    assert (mail.writer.fields["order"], mail.writer.fields["email"]) == ("1042", "jo@lane.example")


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ("If you think this submission is spam, report it.\n\nTo edit your settings, open the app.", ""),
        ("Manage Submissions\n\nDoes this submission look like spam? Report it here.", ""),
        ("Submitted 10:00 AM UTC - 30 November 2026", ""),
        ("Halten Sie diese Einsendung für Spam?", ""),
        ("Pièce jointe :", ""),
        ("I sent a submission to your contest too. Did it win?", "I sent a submission"),
    ],
)
def test_what_a_form_service_adds_below_is_not_the_customers(added, words):
    body = f"Name: Jo Lane\nEmail: jo@lane.example\nMessage: Is it blue?\n\n{added}"
    text = read("From: Mugs <forms@host.example>\nSubject: New entry", body).writer.text
    assert text.startswith("Is it blue?")
    assert words in text if words else text == "Is it blue?"


def test_a_form_with_labels_in_japanese_brackets_is_read():
    body = "【お名前】佐藤 健\n【メールアドレス】ken@sato.example\n【お問い合わせ内容】\n壊れていました。"
    writer = read(
        "From: 受付 <info@host.example>\nReply-To: ken@sato.example\nSubject: お問い合わせ", body
    ).writer
    assert (writer.customer.name, writer.text) == ("佐藤 健", "壊れていました。")


def test_a_chat_that_names_its_visitor_without_labels_is_the_visitors():
    body = (
        "You have a new message from your visitor.\n\nRob Hill\nrob@visitor.example\n\nIs the lamp in stock?"
    )
    writer = read("From: Chat <no-reply@chat.example>\nSubject: New offline message from Rob", body).writer
    assert (writer.customer.name, writer.customer.address) == ("Rob Hill", "rob@visitor.example")


def test_what_an_exchange_rule_of_another_mailbox_forwards_is_its_writers():
    head = (
        "From: Info <info@second.example>\nSubject: FW: Return\nAuto-Submitted: auto-generated\n"
        "X-MS-Exchange-Inbox-Rules-Loop: info@second.example"
    )
    body = "From: Ida Holm <ida@holm.example>\nSent: Monday, November 30, 2026 9:00 AM\nTo: Info <info@second.example>\nSubject: Return\n\nMay I return it?"
    found = read(head, body)
    assert (found.verdict.kind, found.writer.customer.address) == (MachineKind.HUMAN, "ida@holm.example")
    assert Cue.REPLY_ELSEWHERE in found.writer.cues


@pytest.mark.parametrize(
    ("body", "by_program"),
    [
        ("Ich bin bis einschließlich 5.12. nicht im Büro. In dringenden Fällen hilft Frau Huber.", True),
        ("Je suis absente du bureau jusqu'au 6. Je répondrai à votre message dès mon retour.", True),
        ("I am out of the office until Monday and will reply on my return.", True),
        ("I am out of the office until Monday, so please send it to my home.", False),
        ("I am out of the office and will reply on my return, but when does it leave?", False),
    ],
)
def test_an_answer_that_reads_like_an_absence_note_stays_a_customers_but_no_program_answers_it(
    body, by_program
):
    found = read("From: Jo <jo@lane.example>\nSubject: Re: Order\nIn-Reply-To: <a@mugs.example>", body)
    assert (found.verdict.kind, found.verdict.by_program) == (MachineKind.HUMAN, by_program)
