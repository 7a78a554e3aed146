"""Mails whose headers contradict their content: none of the writer's words may be lost."""

import base64
import binascii

import pytest

from deskterm.domain.messages import Cue
from deskterm.mail.read import read_mail

HEAD = "From: Jana <jana@mertens.example>\r\nTo: shop@loom.example\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n"
OWN = frozenset({"shop@loom.example"})


def words(raw: bytes | str) -> str:
    mail = read_mail(raw if isinstance(raw, bytes) else raw.encode(), OWN)
    kept, at = "", 0
    for fold in mail.folds:
        kept, at = kept + mail.text[at : fold.start], fold.end
    return " ".join((kept + mail.text[at:]).split())


def html(body: str) -> str:
    return words(f"{HEAD}Content-Type: text/html; charset=utf-8\r\n\r\n<html><body>{body}</body></html>")


def plain(body: str) -> str:
    return words(f"{HEAD}Content-Type: text/plain; charset=utf-8\r\n\r\n{body}")


def both(text: str, markup: str) -> str:
    return words(
        f'{HEAD}Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n'
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{markup}\r\n--b--\r\n"
    )


def test_bare_words_after_a_quote_are_the_writers():
    said = html(
        "<blockquote type='cite'><p>Which wool?</p></blockquote>Merino, size L<blockquote type='cite'><p>When?</p></blockquote>By May"
    )
    assert "Merino, size L" in said
    assert "By May" in said


def test_answers_between_the_quotes_of_a_quoted_block_stay():
    said = html(
        "<div>Answers inside:</div><div class='gmail_quote'><div>On 3 May Loom wrote:</div><blockquote>Which wool?</blockquote>"
        "<p>The grey one.</p><blockquote>Which size?</blockquote><p>Large, thanks.</p></div>"
    )
    assert "The grey one." in said
    assert "Large, thanks." in said


def test_a_quoted_block_without_answers_is_folded():
    said = html(
        "<div>Fine with me.</div><div class='gmail_quote'><div>On Mon, 3 May 2026 at 10:00, Loom &lt;shop@loom.example&gt; wrote:</div>"
        "<blockquote><p>Is Monday fine?</p></blockquote></div>"
    )
    assert said == "Fine with me."


@pytest.mark.parametrize(
    "below",
    ["PS: please ring the neighbour's bell.", "I also ordered a mug, please send it along.", "Bitte liefern Sie auch die Decke mit.",
     "Could you call me back tomorrow?", "Je voudrais aussi annuler la tasse."],
)  # fmt: skip
@pytest.mark.parametrize("mark", ["--", "-- ", "—"])
def test_a_request_below_a_signatures_mark_is_no_signature(mark, below):
    assert below in plain(f"Please cancel my order.\n\n{mark}\n{below}\n\nJana")


@pytest.mark.parametrize("mark", ["--", "-- "])
def test_a_signature_below_its_mark_is_folded(mark):
    assert (
        plain(f"Please cancel my order.\n\n{mark}\nJana Mertens\nLindenallee 3\n10437 Berlin\n")
        == "Please cancel my order."
    )


def test_a_letters_own_heading_is_no_older_mail():
    said = plain(
        "Guten Tag,\n\nVon: Jana Mertens, Berlin\nAn: Loom\nDatum: 3. Mai 2026\nBetreff: Kündigung\n\nich kündige zum Mai."
    )
    assert "ich kündige zum Mai." in said
    assert "Betreff: Kündigung" in said


def test_the_head_a_mail_program_writes_begins_the_older_mail():
    said = plain(
        "Gern.\n\nVon: Loom\nGesendet: Montag, 3. Mai 2026 10:04\nAn: Jana\nBetreff: Frage\n\nPasst Montag?"
    )
    assert said == "Gern."


@pytest.mark.parametrize(
    "text", ["This is an HTML message.", "HTML", "Ihr Programm zeigt nur Text.", "Message en ligne", "—"]
)
def test_a_text_that_the_html_does_not_contain_is_a_placeholder(text):
    assert (
        both(text, "<p>Where is order 1042? Three weeks have gone by.</p>")
        == "Where is order 1042? Three weeks have gone by."
    )


def test_a_text_that_says_more_than_the_html_is_the_writers():
    said = "Please cancel order 1042 and write to me at my new address."
    assert both(said, "<p>Sent with ShinyMail, free</p>") == said


def test_a_short_text_that_the_html_repeats_is_the_writers():
    assert (
        both("Yes please, the blue one", "<div>Yes please, the <b>blue</b> one</div>")
        == "Yes please, the blue one"
    )


def test_text_said_to_be_base64_is_read_as_it_came():
    body = "Good morning, has my parcel left already? I need it by Friday."
    raw = f"{HEAD}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert words(raw + body) == body
    assert words(raw + base64.encodebytes(body.encode()).decode()) == body


@pytest.mark.parametrize(
    ("text", "coded"),
    [("①と㈱", b"\x1b$B-!$H-j\x1b(B"), ("№", b"\x1b$B-b\x1b(B"), ("ﾊﾛｰ", b"\x1b(IJ[0\x1b(B")],
)
def test_japanese_mail_with_the_vendors_characters_is_read(text, coded):
    raw = f"{HEAD}Content-Type: text/plain; charset=ISO-2022-JP\r\n\r\n".encode()
    assert words(raw + coded) == text


@pytest.mark.parametrize(
    ("charset", "text"), [("gbk", "订单在哪里"), ("koi8-r", "Где мой заказ"), ("shift_jis", "注文の件")]
)
def test_a_raw_subject_is_read_in_the_charset_that_a_part_names(charset, text):
    raw = (
        b"From: a@b.example\r\nSubject: "
        + text.encode(charset)
        + b"\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
        b"--x\r\nContent-Type: text/plain; charset="
        + charset.encode()
        + b"\r\n\r\n"
        + text.encode(charset)
        + b"\r\n--x--\r\n"
    )
    assert read_mail(raw, OWN).mail.subject == text


@pytest.mark.parametrize("text", [
    "This email requires a modern client. Error 4012.", "To see what is written you need another program?",
    "Content not available in plain text. Click here: https://x.example/v/123",
])  # fmt: skip
def test_if_a_short_text_and_the_html_differ_and_either_may_be_the_writers_both_are_shown(text):
    said = both(text, "<p>Where is order 1042? Three weeks have gone by.</p>")
    assert text in said
    assert "Three weeks have gone by." in said


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("says", [None, "utf-8", "unicode", ""])
def test_utf_16_is_read_with_its_line_endings_whatever_the_mail_says(charset, says):
    coded = base64.encodebytes("Wo ist Zoës Tasse?\r\nDanke\r\nJana".encode(charset))
    named = f"; charset={charset if says is None else says}" if says != "" else ""
    raw = (
        f"{HEAD}Content-Type: text/plain{named}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + coded
    )
    assert words(raw) == "Wo ist Zoës Tasse? Danke Jana"


@pytest.mark.parametrize(("subject", "charset"), [
    ("Где мой заказ", "koi8-r"), ("Где мой заказ", "cp1251"), ("我的订单在哪里", "gbk"), ("我的訂單在哪裡", "big5"),
    ("注文はどこですか", "cp932"), ("注文はどこですか", "euc_jp"), ("주문 어디에 있나요", "euc-kr"), ("Πού είναι η παραγγελία", "cp1253"),
    ("Wo ist mein Päckchen für Zoë", "latin-1"), ("איפה ההזמנה שלי", "cp1255"), ("أين طلبي من فضلك", "cp1256"),
])  # fmt: skip
def test_a_raw_subject_in_another_charset_than_the_mail_names_is_read(subject, charset):
    raw = (
        b"From: jana@mertens.example\r\nSubject: "
        + subject.encode(charset)
        + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello"
    )
    assert read_mail(raw, OWN).mail.subject == subject


WHOLE = "".join(binascii.b2a_uu(bytes(range(at, at + 45))).decode() for at in range(0, 180, 45))


@pytest.mark.parametrize(
    "file", [WHOLE + "`\nend\n", f"begin 644 a.jpg\n{WHOLE}", f"begin 644 a.jpg\n{WHOLE}`\nend\n"]
)
def test_a_uuencoded_file_without_its_first_or_last_line_is_a_file(file):
    read = read_mail(f"{HEAD}\r\nHere is the photo.\n\n{file}\nPlease help.\n".encode(), OWN)
    assert WHOLE[:40] not in read.text
    assert "Here is the photo." in read.text
    assert "Please help." in read.text
    ((size),) = [one.size for one in read.mail.attachments]
    assert size == 180


@pytest.mark.parametrize("mark", ["--", "-- ", "—", "__"])
@pytest.mark.parametrize("below", [
    "It was a gift for my mother, who is ninety.\nShe cried.", "Merci de me rembourser sur ma carte.\nAna",
    "返金をお願いします。注文番号は1042です。", "Jana Mertens\nP.S. I am away until Friday", "Jana\nPS: the blue one, not the red",
])  # fmt: skip
def test_what_reads_like_the_writers_words_below_a_mark_stays(mark, below):
    said = plain(f"My mug broke.\n\n{mark}\n{below}")
    assert " ".join(below.split()) in said


@pytest.mark.parametrize("below", [
    "Jana Mertens\nMertens GmbH\nTel. +49 30 5550101", 'Jana\n"Be the change you wish to see."',
    "Jana Mertens\nRegistered in England and Wales, company no. 123.",
])  # fmt: skip
def test_a_signature_below_a_mark_is_folded_with_its_motto(below):
    assert plain(f"My mug broke.\n\n-- \n{below}") == "My mug broke."


def test_a_name_and_a_verb_between_dashes_begin_the_history():
    assert plain("The blue one.\n\n---- Loom a écrit ----\n\nBlue or red?") == "The blue one."


def test_a_mail_with_two_from_fields_says_so():
    two = read_mail(b"From: jana@mertens.example\r\nFrom: ben@hill.example\r\nSubject: x\r\n\r\nHello", OWN)
    assert two.writer.cues == (Cue.TWO_SENDERS,)
    same = read_mail(
        b"From: jana@mertens.example\r\nFrom: Jana@Mertens.example\r\nSubject: x\r\n\r\nHello", OWN
    )
    assert same.writer.cues == ()


@pytest.mark.parametrize(
    "below",
    [
        "Annulez la commande 1042 svp",
        "2 x blue mug",
        "1042 please",
        "kan ik de beker ruilen",
        "Pedido: 1077 azul",
    ],
)
def test_a_request_without_a_full_stop_below_a_lone_dash_is_shown(below):
    assert plain(f"Bonjour,\n--\n{below}").endswith(below)


@pytest.mark.parametrize(
    "below",
    ["Jana Mertens", "Jo Lane | Head of Sales", "Marie Curie\nDirectrice des opérations\nParis", "12 rue de la Paix\n75002 Paris",
     "The Lane Company\nmakers of fine things since 1890", '"To be or not to be"', "Jo\nhttps://lane.example/shop"],
)  # fmt: skip
def test_what_names_somebody_below_a_lone_dash_is_folded(below):
    assert plain(f"Where is it?\n--\n{below}") == "Where is it?"


@pytest.mark.parametrize(
    "markup",
    ["Please<hr>cancel", "Please<center>cancel</center>", "<dl><dt>Please</dt><dd>cancel</dd></dl>", "<details><summary>Please</summary>cancel</details>",
     "<form><fieldset><legend>Please</legend>cancel</fieldset></form>", "<dialog open>Please</dialog><search>cancel</search>"],
)  # fmt: skip
def test_every_block_of_html_is_on_a_line_of_its_own(markup):
    assert html(markup) == "Please cancel"


def test_html_made_of_sections_alone_is_html():
    assert (
        words(f"{HEAD}Content-Type: text/html\r\n\r\n<section>Please</section><section>cancel</section>")
        == "Please cancel"
    )


@pytest.mark.parametrize(
    "kind", ["multipart/*; boundary=XX", "multipart; boundary=XX", 'Multipart/; boundary="XX"']
)
def test_a_damaged_multipart_with_a_boundary_is_taken_apart(kind):
    assert (
        words(
            f"{HEAD}Content-Type: {kind}\r\n\r\n--XX\r\nContent-Type: text/plain\r\n\r\nBlue?\r\n--XX--\r\n"
        )
        == "Blue?"
    )


BASE64 = f"{HEAD}Content-Transfer-Encoding: base64\r\nContent-Type: text/plain; charset="


@pytest.mark.parametrize(
    "text",
    ["Please cancel order", "yes", "cancel", "Ja bitte", "STORNO", "order 1042", "Si", "Call me: 0301234567"],
)
def test_words_alone_said_to_be_base64_are_read_as_they_came(text):
    assert words(f"{BASE64}utf-8\r\n\r\n{text}") == text


@pytest.mark.parametrize("charset", ["utf-8", "utf-16-le", "koi8-r"])
def test_base64_in_any_charset_stays_base64(charset):
    coded = base64.b64encode("Где заказ".encode(charset)).decode()
    assert words(f"{BASE64}{charset}\r\n\r\n{coded}") == "Где заказ"


def test_one_uuencoded_line_with_backticks_is_a_file():
    line = binascii.b2a_uu(b"\0" * 45, backtick=True).decode()
    short = binascii.b2a_uu(b"hi\0there", backtick=True).decode()
    assert plain(f"Here:\r\n\r\n{line}\r\n") == "Here: [a file without a name]"
    assert plain(f"Here:\r\n\r\n{short}`\r\nend\r\n") == "Here: [a file without a name]"
    assert plain("MUG OR PLATE?\r\nUse `code`.") == "MUG OR PLATE? Use `code`."


@pytest.mark.parametrize("name", ["x-mac-roman", "x-macroman", "x-mac-cyrillic"])
def test_charsets_of_the_mac_are_known_by_the_names_mailers_give_them(name):
    text, codec = ("да", "mac_cyrillic") if "cyr" in name else ("Grüße", "mac_roman")
    assert (
        words(f"{HEAD}Content-Type: text/plain; charset={name}\r\n\r\n".encode() + text.encode(codec)) == text
    )


@pytest.mark.parametrize(
    "foot", ["Sent from Edison Mail", "Envoyé avec Spark", "Sent from BlueMail for Android"]
)
def test_mail_apps_footers_are_folded(foot):
    assert plain(f"Where is it?\r\n\r\n{foot}") == "Where is it?"


def test_a_footer_that_a_gateway_put_below_base64_hides_no_words():
    words = base64.b64encode("Où est mon vase ? Il devait arriver lundi.".encode())
    raw = b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + words
    text = read_mail(raw + b"\n\n-- \nThis mail was scanned by our gateway and is clean\n", frozenset()).text
    assert text.startswith("Où est mon vase ?")
    assert "scanned" in text


def test_the_words_of_a_picture_message_are_read_although_they_come_as_a_file():
    raw = (
        b"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: application/smil\n\n<smil></smil>\n"
        b"--b\nContent-Type: text/plain; name=text_0.txt\nContent-Disposition: attachment\n\nIt is broken.\n--b--\n"
    )
    assert read_mail(raw, frozenset()).text.strip() == "It is broken."
