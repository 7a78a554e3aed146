"""What is folded in a mail's text, and what never is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.messages import FoldKind
from deskterm.mail.text.folding import folds, is_forward, own_words

ATTRIBUTIONS = {
    "en gmail": "On Thu, Mar 3, 2022 at 5:21 PM Mug Shop <hello@mugs.example> wrote:",
    "en apple": "On 3 Mar 2022, at 17:21, Mug Shop <hello@mugs.example> wrote:",
    "en yahoo": "On Thursday, March 3, 2022, 5:21:10 PM GMT+1, Mug Shop <hello@mugs.example> wrote:",
    "en thunderbird": "On 3/3/2022 5:21 PM, Mug Shop wrote:",
    "en zoho": "---- On Thu, 03 Mar 2022 17:21:10 +0100 Mug Shop <hello@mugs.example> wrote ----",
    "en aol": "In a message dated 3/3/2022 5:21:10 P.M. Central Standard Time, hello@mugs.example writes:",
    "en horde": "Quoting Mug Shop <hello@mugs.example>:",
    "en bare address": "hello@mugs.example wrote:",
    "en proton": "On Thursday, March 3rd, 2022 at 17:21, Mug Shop <hello@mugs.example> wrote:",
    "de gmail": "Am Do., 3. März 2022 um 17:21 Uhr schrieb Mug Shop <hello@mugs.example>:",
    "de apple": "Am 03.03.2022 um 17:21 schrieb Mug Shop <hello@mugs.example>:",
    "de android": "Mug Shop <hello@mugs.example> schrieb am Do., 3. März 2022, 17:21:",
    "fr gmail": "Le jeu. 3 mars 2022 à 17:21, Mug Shop <hello@mugs.example> a écrit :",
    "fr thunderbird": "Le 03/03/2022 à 17:21, Mug Shop a écrit :",
    "es gmail": "El jue, 3 mar 2022 a las 17:21, Mug Shop (<hello@mugs.example>) escribió:",
    "es apple": "El 3 mar 2022, a las 17:21, Mug Shop <hello@mugs.example> escribió:",
    "it gmail": "Il giorno gio 3 mar 2022 alle ore 17:21 Mug Shop <hello@mugs.example> ha scritto:",
    "it thunderbird": "Il 03/03/2022 17:21, Mug Shop ha scritto:",
    "nl gmail": "Op do 3 mrt. 2022 om 17:21 schreef Mug Shop <hello@mugs.example>:",
    "nl apple": "Op 3 mrt. 2022, om 17:21 heeft Mug Shop <hello@mugs.example> het volgende geschreven:",
    "pt gmail": "Em qui., 3 de mar. de 2022 às 17:21, Mug Shop <hello@mugs.example> escreveu:",
    "pt apple": "No dia 03/03/2022, às 17:21, Mug Shop <hello@mugs.example> escreveu:",
    "pl gmail": "czw., 3 mar 2022 o 17:21 Mug Shop <hello@mugs.example> napisał(a):",
    "pl thunderbird": "W dniu 03.03.2022 o 17:21, Mug Shop pisze:",
    "pl apple": "Wiadomość napisana przez Mug Shop <hello@mugs.example> w dniu 03.03.2022, o godz. 17:21:",
    "sv gmail": "Den tors 3 mars 2022 kl 17:21 skrev Mug Shop <hello@mugs.example>:",
    "sv apple": "3 mars 2022 kl. 17:21 skrev Mug Shop <hello@mugs.example>:",
    "da gmail": "Den tor. 3. mar. 2022 kl. 17.21 skrev Mug Shop <hello@mugs.example>:",
    "no gmail": "tor. 3. mar. 2022 kl. 17:21 skrev Mug Shop <hello@mugs.example>:",
    "fi gmail": "to 3. maalisk. 2022 klo 17.21 Mug Shop (hello@mugs.example) kirjoitti:",
    "fi apple": "Mug Shop <hello@mugs.example> kirjoitti 3.3.2022 kello 17.21:",
    "cs gmail": "čt 3. 3. 2022 v 17:21 odesílatel Mug Shop <hello@mugs.example> napsal:",
    "cs thunderbird": "Dne 03. 03. 22 v 17:21 Mug Shop napsal(a):",
    "sk gmail": "št 3. 3. 2022 o 17:21 Mug Shop <hello@mugs.example> napísal(a):",
    "tr gmail": "Mug Shop <hello@mugs.example>, 3 Mar 2022 Per, 17:21 tarihinde şunu yazdı:",
    "tr apple": "Mug Shop <hello@mugs.example> şunları yazdı (3 Mar 2022 17:21):",
    "ru gmail": "чт, 3 мар. 2022 г. в 17:21, Mug Shop <hello@mugs.example>:",
    "ru mail.ru": "Четверг, 3 марта 2022, 17:21 +03:00 от Mug Shop <hello@mugs.example>:",
    "ru apple": "3 марта 2022 г., в 17:21, Mug Shop <hello@mugs.example> написал(а):",
    "uk gmail": "чт, 3 бер. 2022 р. о 17:21 Mug Shop <hello@mugs.example> пише:",
    "ja gmail": "2022年3月3日(木) 17:21 Mug Shop <hello@mugs.example>:",
    "ja apple": "2022/03/03 17:21、Mug Shop <hello@mugs.example>のメール:",
    "ko gmail": "2022년 3월 3일 (목) 오후 5:21, Mug Shop <hello@mugs.example>님이 작성:",
    "ko apple": "2022. 3. 3. 오후 5:21, Mug Shop <hello@mugs.example> 작성:",
    "zh gmail": "Mug Shop <hello@mugs.example> 于2022年3月3日周四 17:21写道：",
    "zh apple": "在 2022年3月3日，17:21，Mug Shop <hello@mugs.example> 写道：",
    "zh-tw gmail": "Mug Shop <hello@mugs.example> 於 2022年3月3日 週四 下午5:21寫道：",
    "hu gmail": "Mug Shop <hello@mugs.example> ezt írta (időpont: 2022. márc. 3., Cs, 17:21):",
    "el gmail": "Στις Πέμ 3 Μαρ 2022 στις 5:21 μ.μ., ο χρήστης Mug Shop <hello@mugs.example> έγραψε:",
    "ro gmail": "joi, 3 mar. 2022 la 17:21, Mug Shop <hello@mugs.example> a scris:",
    "bg gmail": "На чт, 3.03.2022 г. в 17:21 Mug Shop <hello@mugs.example> написа:",
    "ca gmail": "Missatge de Mug Shop <hello@mugs.example> del dia dj., 3 de març 2022 a les 17:21:",
    "vi gmail": "Vào Th 5, 3 thg 3, 2022 vào lúc 17:21 Mug Shop <hello@mugs.example> đã viết:",
    "id gmail": "Pada tanggal Kam, 3 Mar 2022 pukul 17.21 Mug Shop <hello@mugs.example> menulis:",
    "he gmail": "בתאריך יום ה׳, 3 במרץ 2022 ב-17:21 מאת Mug Shop <hello@mugs.example>:",
    "ar gmail": "في الخميس، 3 مارس 2022 في 17:21 تمت كتابة ما يلي بواسطة Mug Shop <hello@mugs.example>:",
}

HEADS = {
    "en": "From: Mug Shop <hello@mugs.example>\nSent: Thursday, March 3, 2022 5:21 PM\nTo: Jana Mertens\nSubject: Your mug",
    "en bold": "*From:* Mug Shop\n*Sent:* 2022-03-03\n*To:* Jana Mertens\n*Subject:* Your mug",
    "en wrapped": "From: Mug Shop <hello@mugs.example>\nDate: 3 March 2022\nTo: Jana Mertens <jana@mertens.example>;\n Jo <jo@mertens.example>\nSubject: Your mug",
    "de": "Von: Mug Shop <hello@mugs.example>\nGesendet: Donnerstag, 3. März 2022 17:21\nAn: Jana Mertens\nBetreff: Ihre Tasse",
    "fr": "De : Mug Shop <hello@mugs.example>\nEnvoyé : jeudi 3 mars 2022 17:21\nÀ : Jana Mertens\nObjet : Votre tasse",
    "es": "De: Mug Shop <hello@mugs.example>\nEnviado el: jueves, 3 de marzo de 2022 17:21\nPara: Jana Mertens\nAsunto: Su taza",
    "it": "Da: Mug Shop <hello@mugs.example>\nInviato: giovedì 3 marzo 2022 17:21\nA: Jana Mertens\nOggetto: La tazza",
    "nl": "Van: Mug Shop <hello@mugs.example>\nVerzonden: donderdag 3 maart 2022 17:21\nAan: Jana Mertens\nOnderwerp: Je mok",
    "pt": "De: Mug Shop <hello@mugs.example>\nEnviada em: quinta-feira, 3 de março de 2022 17:21\nPara: Jana Mertens\nAssunto: A caneca",
    "pl": "Od: Mug Shop <hello@mugs.example>\nWysłane: czwartek, 3 marca 2022 17:21\nDo: Jana Mertens\nTemat: Kubek",
    "sv": "Från: Mug Shop <hello@mugs.example>\nSkickat: den 3 mars 2022 17:21\nTill: Jana Mertens\nÄmne: Muggen",
    "da": "Fra: Mug Shop <hello@mugs.example>\nSendt: 3. marts 2022 17:21\nTil: Jana Mertens\nEmne: Kruset",
    "no": "Fra: Mug Shop <hello@mugs.example>\nSendt: torsdag 3. mars 2022 17:21\nTil: Jana Mertens\nEmne: Kruset",
    "fi": "Lähettäjä: Mug Shop <hello@mugs.example>\nLähetetty: torstai 3. maaliskuuta 2022 17.21\nVastaanottaja: Jana Mertens\nAihe: Muki",
    "cs": "Od: Mug Shop <hello@mugs.example>\nOdesláno: čtvrtek 3. března 2022 17:21\nKomu: Jana Mertens\nPředmět: Hrnek",
    "tr": "Kimden: Mug Shop <hello@mugs.example>\nGönderildi: 3 Mart 2022 Perşembe 17:21\nKime: Jana Mertens\nKonu: Kupa",
    "ru": "От: Mug Shop <hello@mugs.example>\nОтправлено: 3 марта 2022 г. 17:21\nКому: Jana Mertens\nТема: Кружка",
    "ja": "差出人: Mug Shop <hello@mugs.example>\n送信日時: 2022年3月3日 17:21\n宛先: Jana Mertens\n件名: マグカップ",
    "ko": "보낸 사람: Mug Shop <hello@mugs.example>\n보낸 날짜: 2022년 3월 3일 17:21\n받는 사람: Jana Mertens\n제목: 머그컵",
    "zh": "发件人: Mug Shop <hello@mugs.example>\n发送时间: 2022年3月3日 17:21\n收件人: Jana Mertens\n主题: 杯子",
}

ORIGINALS = [
    "-----Original Message-----", "-------- Ursprüngliche Nachricht --------", "-----Message d'origine-----",
    "-----Mensaje original-----", "-----Messaggio originale-----", "-----Oorspronkelijk bericht-----",
    "-----Mensagem original-----", "-----Wiadomość oryginalna-----", "-----Ursprungligt meddelande-----",
    "-----Oprindelig meddelelse-----", "-----Opprinnelig melding-----", "-----Alkuperäinen viesti-----",
    "-----Původní zpráva-----", "-----Özgün İleti-----", "-----Исходное сообщение-----",
    "-----元のメッセージ-----", "-----원본 메시지-----", "-----原始邮件-----", "*-------- Original Message --------*",
]  # fmt: skip

FOOTERS = [
    "Sent from my iPhone, please excuse any typos", "(sent from a phone)", "Sent via mobile", "Sent from my mobile device",
    "Diese Nachricht wurde von meinem Android-Mobiltelefon mit WEB.DE Mail gesendet.", "Gesendet mit der GMX Mail App",
    "Télécharger Outlook pour iOS", "Outlook für Android beziehen", "Obtener Outlook para Android",
    "Sent from my iPhone", "Sent from Yahoo Mail on Android", "Get Outlook for iOS<https://aka.example/x>",
    "Sent with Proton Mail secure email.", "Von meinem iPhone gesendet", "Gesendet von Mail für Windows 10",
    "Von meinem Samsung Galaxy Smartphone gesendet.", "Envoyé de mon iPhone", "Envoyé depuis mon téléphone Orange",
    "Enviado desde mi iPhone", "Enviado do meu iPhone", "Inviato da iPhone", "Verzonden vanaf mijn iPhone",
    "Wysłane z iPhone'a", "Skickat från min iPhone", "Sendt fra min iPhone", "Lähetetty iPhonesta",
    "Odesláno z iPhonu", "iPhone'umdan gönderildi", "Отправлено с iPhone", "iPhoneから送信", "나의 iPhone에서 보냄",
    "发自我的iPhone", "從我的 iPhone 傳送",
]  # fmt: skip

DISCLAIMERS = [
    (
        "This e-mail and any attachment is confidential and meant for the intended recipient only. If you have received it "
        "in error, please tell the sender and delete it."
    ),
    (
        "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind oder diese E-Mail irrtümlich "
        "erhalten haben, vernichten Sie sie bitte."
    ),
    "Ce message et ses pièces jointes sont confidentiels et établis à l'intention exclusive de ses destinataires.",
    "Este mensaje es confidencial y se dirige exclusivamente a su destinatario. Si lo ha recibido por error, bórrelo.",
    "Virus-free. www.antivirus.example",
    "Please consider the environment before printing this email.",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_only_an_answer_above_history_without_quote_marks_is_left(line):
    assert own_words(f"Blue, please.\n\n{line}\n\nWhich colour would you like?\n") == "Blue, please."


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_only_an_answer_above_quoted_history_is_left(line):
    assert own_words(f"Blue, please.\n{line}\n\n> Which colour\n> would you like?\n") == "Blue, please."


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_only_an_answer_below_the_quote_is_left(line):
    assert own_words(f"{line}\n> Which colour?\n\nBlue, please.\n") == "Blue, please."


@pytest.mark.parametrize("width", [30, 40, 50])
@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_a_wrapped_attribution_is_found(line, width):
    """Wrapped at a space near the given width, as mail programs do."""
    cut = line.find(" ", width)
    wrapped = line if cut < 0 else f"{line[:cut]}\n{line[cut + 1 :]}"
    assert own_words(f"Blue, please.\n\n{wrapped}\n\n> Which colour?\n") == "Blue, please."


@pytest.mark.parametrize("above", ["Blue, please", "Blue, since 3 March", "I paid on 3.3.2022", "Order 1042"])
@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_a_line_just_above_an_attribution_is_not_lost(above, line):
    """Without a full stop the two could be one wrapped line; the attribution may itself be wrapped."""
    for width in (25, 30, 40, 50, len(line)):
        cut = line.find(" ", width)
        wrapped = line if cut < 0 else f"{line[:cut]}\n{line[cut + 1 :]}"
        assert own_words(f"{above}\n{wrapped}\n\n> Which colour?\n") == above


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
def test_the_head_of_an_older_mail_begins_history(head):
    assert own_words(f"Blue, please.\n\n{head}\n\nWhich colour would you like?\n") == "Blue, please."


@pytest.mark.parametrize(
    "rule", ["________________________________", "-----Original Message-----", " ---------------"]
)
def test_the_line_drawn_above_a_head_goes_with_it(rule):
    text = f"Blue, please.\n\n{rule}\n\n{HEADS['en']}\n\nWhich colour?\n"
    assert own_words(text) == "Blue, please."


@pytest.mark.parametrize("line", ORIGINALS)
def test_original_message_begins_history(line):
    assert own_words(f"Blue, please.\n\n{line}\n\nWhich colour?") == "Blue, please."


@pytest.mark.parametrize("footer", FOOTERS)
def test_what_a_phone_adds_is_folded(footer):
    text = f"Blue, please.\n\n{footer}\n"
    assert own_words(text) == "Blue, please."
    assert folds(text)[-1].kind is FoldKind.FOOTER
    assert own_words(f"Blue, please.\n\n{footer}\n\n> Which colour?") == "Blue, please."


@pytest.mark.parametrize("disclaimer", DISCLAIMERS)
def test_the_lawyers_paragraph_is_folded(disclaimer):
    text = f"Blue, please.\n\n{disclaimer}\n"
    assert own_words(text) == "Blue, please."
    assert folds(text)[-1].kind is FoldKind.DISCLAIMER


def test_a_signature_is_folded_with_its_mark():
    text = "Blue, please.\n\n-- \nJana Mertens\n+32 3 123 45 67\n"
    assert own_words(text) == "Blue, please."
    assert [fold.kind for fold in folds(text)] == [FoldKind.SIGNATURE]


def test_closing_words_without_a_mark_are_kept():
    assert own_words("Blue, please.\n\nThanks,\nJana") == "Blue, please.\n\nThanks,\nJana"


KEPT_WHOLE = {
    "answers between quotes": "> Which colour?\nBlue.\n> Which size?\nLarge.",
    "answers between quotes, text above": "Hi, my answers:\n\n> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge.",
    "a quote alone": "> Which colour?",
    "a signature alone": "-- \nJana",
    "a footer alone": "Sent from my iPhone",
    "a forwarded mail": f"See what they sent me:\n\n---------- Forwarded message ---------\n{HEADS['en']}\n\nWe are sorry.\n\n-- \nThem",
    "a forwarded mail, Apple": f"Begin forwarded message:\n\n{HEADS['en']}\n\n> We are sorry.",
    "a forwarded mail without a word": f"{HEADS['de']}\n\nLeider verspätet.\n\n{HEADS['en']}\n\nWe are sorry.",
    "a sentence with wrote": "On Monday you wrote: it ships today.\nIt did not.",
    "a sentence with a date": "On 3 March 2022 I wrote:\nplease cancel.\nYou did not.",
    "an address below a drawn line": "Please ship to:\n\n----------\nJana Mertens\nKerkstraat 5\n2000 Antwerpen\n----------\nThanks",
    "a closing line": "Blue, please.\n\n----------",
    "an underlined heading": "My order\n--------\nOne blue mug, where is it?",
    "a parcel sent from somewhere": "Sent from the wrong warehouse, it seems.\n\nCan you check?",
    "a parcel sent by somebody": "It came.\n\nSent by DHL, the phone case arrived broken",
    "a parcel sent with a phone": "It came.\n\nSent from Ghent, iPhone case broken",
    "a shop's phone": "It came.\n\nSent from the phone shop in Ghent, no reply so far",
    "ordered by phone": "It came.\n\nVon meinem Handy kann ich nicht bestellen.",
    "paid by phone": "It came.\n\nDas Geld habe ich von meinem Handy gesendet.",
    "wants a mug": "It came.\n\nGet me an iPhone mug please",
    "what the shop wrote, told": "Hello,\n\nOn 3 March 2022 at 17:21 you wrote:\n\nit ships today\n\nIt did not.",
    "a question below two dashes": "Hello\n--\nWhere is my order?",
    "a list with dashes": "I need:\n- a mug\n- a plate\n--\n2 in total? And what about the price?\n--\nThanks, Jana wrote this in a hurry.",
    "a confidential question": "Is my email kept confidential?",
    "fields of a form": "From: Antwerp\nTo: Ghent\nDate: 3 March",
    "an mbox From line": ">From the start the mug was broken.",
    "answers below, in red": f"See my answers below in red.\n\n{ATTRIBUTIONS['en gmail']}\n\nWhich colour?\nBlue.",
}


@pytest.mark.parametrize("text", [case for name, case in KEPT_WHOLE.items() if name != "answers below, in red"],
                         ids=[name for name in KEPT_WHOLE if name != "answers below, in red"])  # fmt: skip
def test_what_the_customer_wants_to_show_is_kept_whole(text):
    assert folds(text) == ()


def test_answers_announced_inside_history_are_kept():
    text = own_words(KEPT_WHOLE["answers below, in red"])
    assert "Which colour?\nBlue." in text
    assert "wrote:" not in text


def test_a_subject_that_says_forwarded_keeps_the_older_mail():
    text = f"FYI\n\n{HEADS['fr']}\n\nDésolés.\n"
    assert own_words(text) == "FYI"
    assert folds(text, forwarded=is_forward("TR : Votre tasse")) == ()
    assert not is_forward("Re: Votre tasse")


def test_answers_between_quotes_lose_only_the_attribution():
    text = f"Hello,\n\n{ATTRIBUTIONS['en gmail']}\n> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge.\n\n> Bye\n"
    assert own_words(text) == "Hello,\n\n> Which colour?\n\nBlue.\n\n> Which size?\n\nLarge."


def test_below_a_help_desks_line_everything_is_history():
    assert (
        own_words("Blue.\n\n##- Please type your reply above this line -##\n\nYour request was updated.")
        == "Blue."
    )


def test_a_rule_goes_with_the_footer_below_it():
    assert own_words("Blue.\n\n__________\n\nSent from my iPhone") == "Blue."


def test_two_folds_at_the_end_are_told_apart():
    text = f"Blue.\n\nSent from my iPhone\n\n{ATTRIBUTIONS['en apple']}\n> Which?\n"
    assert [fold.kind for fold in folds(text)] == [FoldKind.FOOTER, FoldKind.QUOTE]


def test_a_quote_of_ten_thousand_lines_is_folded_to_its_end():
    text = f"Blue.\n\n{ATTRIBUTIONS['en gmail']}\n" + "> more\n" * 12_000
    assert own_words(text) == "Blue."
    assert own_words(text + "\nAnd large.") .endswith("And large.")  # fmt: skip


lines = st.sampled_from([
    *ATTRIBUTIONS.values(), *ORIGINALS, *FOOTERS, *DISCLAIMERS, *"\n".join(HEADS.values()).split("\n"),
    "", "", "> quoted", ">> deeper", "-- ", "-----", "_____", "Blue, please.", "Where is it?", "A> b", "> wrote:",
    "---------- Forwarded message ---------",
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(lines, max_size=30).map("\n".join)))
def test_folds_are_sorted_separate_and_inside_the_text(text):
    at = 0
    for fold in folds(text):
        assert at <= fold.start < fold.end <= len(text)
        at = fold.end


@given(st.lists(lines, max_size=30).map("\n".join))
def test_a_text_with_words_is_never_folded_away_whole(text):
    assert bool(own_words(text)) == bool(text.strip())


@given(
    st.lists(
        st.sampled_from(["Blue, please.", "Where is it?", "", "My order 1042", "- one", "Thanks, Jana"])
    ).map("\n".join)
)
def test_plain_words_are_never_folded(text):
    assert folds(text) == ()


SHAPES = ["On ", "a, ", " ", "-", "_", "> ", "\n", "From: a <b@c>\n", "<", "x", "On 1 wrote:\n", "On 3/3/2022 5:21 x wrote:\nx\n",
          "> q\nOn 3/3/2022 5:21 x wrote:\n\n", "Sent from my ", "From: a@b\n\nSent: b\n", "--\n", "a:\n", "<a@b\n> :\n"]  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_a_megabyte_of_any_shape_is_folded_soundly(shape):
    """Quadratic time would not end here; how fast it is, the benchmarks say."""
    text = "Hello\n" + shape * (1_000_000 // len(shape))
    at = 0
    for fold in folds(text):
        assert at <= fold.start < fold.end <= len(text)
        at = fold.end
    assert own_words(text).startswith("Hello")
