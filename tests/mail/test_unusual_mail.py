"""Mails that say one thing of themselves and hold another: none of the writer's words may be lost."""

import base64

import pytest

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


def test_bare_words_behind_a_quote_are_the_writers():
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


def test_a_letters_own_head_is_no_older_mail():
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
def test_a_text_that_the_html_does_not_hold_is_a_placeholder(text):
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
    assert read_mail(raw, OWN).subject == text
