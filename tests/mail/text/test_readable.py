"""A mail's text as a person reads it; its HTML quoting as folds."""

import pytest

from deskterm.domain.messages import FoldKind
from deskterm.mail.parse import parse
from deskterm.mail.text.html_layout import lay_out
from deskterm.mail.text.readable import is_stub, links_of, readable
from deskterm.mail.values import Readable


def html(markup: str) -> Readable:
    return readable(parse(b"Content-Type: text/html; charset=utf-8\n\n" + markup.encode()))


def both(plain: str, markup: str) -> str:
    raw = (
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
        f"{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\n{markup}\n--b--\n"
    )
    return readable(parse(raw.encode())).text


def written(text: Readable) -> str:
    """The text without its folds."""
    kept, at = [], 0
    for fold in text.folds:
        kept.append(text.text[at : fold.start])
        at = fold.end
    return "".join([*kept, text.text[at:]]).strip()


def test_plain_text_is_read_if_there_is_any():
    assert both("The plain words.", "<p>The HTML words.</p>") == "The plain words."


@pytest.mark.parametrize(
    "stub",
    [
        "",
        "   \n",
        "Your email client does not support HTML messages.",
        "This is an HTML-only email. View it in your browser: https://x.example",
        "View this email in your browser",
        "Ihr Mailprogramm unterstützt kein HTML.",
        "Votre logiciel ne supporte pas le HTML.",
        "Ce message est au format HTML. Veuillez utiliser un lecteur compatible.",
        "Ihr E-Mail-Programm kann diese Nachricht nicht anzeigen.",
        "To view this email as a web page, click here.",
    ],
)
def test_a_stub_gives_way_to_the_html(stub):
    assert both(stub, "<p>The real words.</p>") == "The real words."


def test_a_second_form_without_any_markup_is_not_shown_below_the_first():
    """Some senders put plain words into the HTML part, broken in other places."""
    words = "Where is my parcel, please? " * 30
    assert both(words, words.replace("? ", "?\n")) == words.rstrip()


def mixed(plain: str, markup: str) -> str:
    raw = (
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n'
        f"{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\n{markup}\n--b--\n"
    )
    return readable(parse(raw.encode())).text


def test_words_said_as_text_and_again_as_html_are_shown_once():
    """Some programs put the two forms side by side where they mean either."""
    assert mixed("Hello,\nwhere is it?", "<p>Hello,</p><p>where <b>is</b> it?</p>") == "Hello,\nwhere is it?"


def test_html_with_words_of_its_own_is_shown_below_the_text():
    assert mixed("Hello,", "<p>where is it?</p>").split() == ["Hello,", "where", "is", "it?"]


def test_a_customers_words_about_html_are_no_stub():
    assert not is_stub("My browser shows the colours wrong, is the blue mug in stock?")


def test_links_are_numbered_and_listed():
    got = html(
        '<p><a href="https://x.example/a">Track</a> or <a href="https://x.example/b">return</a>, '
        '<a href="https://x.example/a">again</a>, <a href="mailto:help@x.example?subject=a">write</a>, '
        '<a href="javascript:alert(1)">run</a>, <a href="#top">up</a></p>'
    )
    assert got.text == "Track [1] or return [2], again [1], write <help@x.example>, run, up"
    assert got.links == ("https://x.example/a", "https://x.example/b")


def test_the_number_comes_after_the_words_and_not_after_the_line():
    got = html(
        '<a href="https://x.example/">Click <b>here </b><br></a>now <a href="https://x.example/"><p>or here</p></a>'
    )
    assert got.text == "Click here [1]\nnow\n\nor here [1]"


def test_a_link_that_shows_another_address_is_listed_with_its_target():
    got = html('<a href="https://раураl.example/">https://paypal.example/</a>')
    assert got.text == "https://paypal.example/ [1]"
    assert got.links == ("https://xn--l-7sba6dbr.example/",)


def test_images_are_named_and_pixels_left_out():
    got = html(
        '<p><img alt="Blue mug" src=a><img src=b><img alt=t width=1 height=1 src=c></p>'
        '<a href="https://x.example/"><img src=d></a>'
    )
    assert got.text == "[Blue mug]\n\nx.example [1]"


def test_hidden_text_and_preheaders_are_left_out():
    got = html(
        '<div style="display: none">hidden a</div><span style="font-size:0px">hidden b</span>'
        '<div class="preheader">hidden c</div><p hidden>hidden d</p><p style="max-height:0;overflow:hidden">hidden e</p>'
        "<style>p { hidden }</style><script>hidden</script><!-- hidden --><title>hidden</title><p>shown</p>"
    )
    assert got.text == "shown"


def test_a_table_of_data_is_aligned():
    got = html(
        "<table><tr><th>Item</th><th>Qty</th><th>Price</th></tr><tr><td>Mug</td><td>2</td><td>€24.00</td></tr>"
        "<tr><td>Large plate</td><td>10</td><td>€131.50</td></tr></table>"
    )
    assert got.text.split("\n") == [
        "Item         Qty  Price",
        "Mug            2   €24.00",
        "Large plate   10  €131.50",
    ]


def test_a_column_of_nameless_images_takes_no_room():
    got = html(
        "<table><tr><td><img src=a></td><td><p>Throw</p><p>Grey</p></td><td><p>€89.00</p></td></tr>"
        "<tr><td><img src=b></td><td><p>Candle</p></td><td><p>€9.00</p></td></tr></table>"
    )
    assert got.text.split("\n") == ["Throw   €89.00", "Grey", "Candle   €9.00"]


def test_tables_used_for_layout_are_not_shown():
    inner = "<table><tr><td><p>One long paragraph of words that goes on and on and on, as letters do.</p></td></tr></table>"
    got = html(f"<table><tr><td>{inner}</td><td>{inner}</td></tr></table>")
    assert got.text.count("One long") == 2
    assert "  " not in got.text


def test_a_table_inside_a_layout_table_keeps_its_rows():
    got = html(
        "<table><tr><td><h1>Thanks</h1><table><tr><td>Mug</td><td>€9</td></tr><tr><td>Cup</td><td>€8</td></tr></table>"
        "<p>Bye</p></td></tr></table>"
    )
    assert got.text.split("\n") == ["Thanks", "", "Mug  €9", "Cup  €8", "", "Bye"]


def test_hostile_text_in_html_is_safe():
    got = html("<p>a&#27;]0;x&#7;b\u202ec&#x202e;d\x9be&zwnj;</p>")
    assert "\x1b" not in got.text
    assert "\u202e" not in got.text
    assert got.text.startswith("a")


QUOTED = {
    "Gmail": '<div dir="ltr">New words</div><br><div class="gmail_quote gmail_quote_container"><div class="gmail_attr">'
    "On Mon, Shop wrote:<br></div><blockquote class=gmail_quote>Old words</blockquote></div>",
    "Outlook on the web": "<div>New words</div><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Shop<br>"
    "<b>Sent:</b> Monday</div><div>Old words</div>",
    "Outlook": "<p>New words</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
    "<p><b>Von:</b> Shop<br><b>Gesendet:</b> Montag</p></div></div><p>Old words</p>",
    "Thunderbird": '<p>New words</p><div class="moz-cite-prefix">Am 12.10.26 schrieb Shop:<br></div>'
    "<blockquote type=cite>Old words</blockquote>",
    "Apple": "New words<div><br><blockquote type=cite><div>On 12 Oct 2026, Shop wrote:</div><div>Old words</div>"
    "</blockquote></div>",
    "Yahoo": "<div>New words</div><div id=yahoo_quoted_1 class=yahoo_quoted>Am Montag schrieb Shop: <p>Old words</p></div>",
    "Proton": "New words<div class=protonmail_quote>On Monday, Shop wrote:<br><blockquote class=protonmail_quote type=cite>"
    "Old words</blockquote></div>",
    "GMX": '<div>New words</div><div name="quote" style="border-left:2px solid">Gesendet: Montag<br>Old words</div>',
}


@pytest.mark.parametrize("markup", QUOTED.values(), ids=QUOTED)
def test_history_is_folded_as_each_program_marks_it(markup):
    got = html(f"<html><body>{markup}</body></html>")
    assert written(got) == "New words"
    assert "Old words" in got.text
    assert "Shop" not in written(got)


@pytest.mark.parametrize("markup", QUOTED.values(), ids=QUOTED)
def test_a_mail_that_only_quotes_is_not_folded(markup):
    got = html(markup.replace("New words", ""))
    assert "Old words" in written(got)


def test_answers_between_quotes_keep_their_questions():
    got = html(
        "<p>See below.</p><blockquote type=cite>Which size?</blockquote><p>Large.</p>"
        "<blockquote type=cite>Which colour?</blockquote><p>Blue.</p>"
    )
    assert got.folds == ()
    assert "> Which size?\nLarge." in got.text.replace("\n\n", "\n")


def test_a_forwarded_mail_is_kept():
    got = html(
        '<div>Is this yours?</div><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message '
        "---------<br>From: Carrier</div><p>Your parcel is late</p></div>"
    )
    assert "Your parcel is late" in written(got)


def test_a_signature_is_folded_as_one():
    got = html("<p>New words</p><div class=gmail_signature>Jana<br>0123 456</div>")
    assert [fold.kind for fold in got.folds] == [FoldKind.SIGNATURE]
    assert written(got) == "New words"


def test_an_indented_paragraph_is_no_quote():
    got = html('<p>a</p><blockquote style="margin:0 0 0 40px;border:none;padding:0">b</blockquote>')
    assert ">" not in got.text


def test_quotes_within_quotes_show_their_depth():
    got = html("<p>a</p><blockquote>b<blockquote>c</blockquote></blockquote>")
    assert [row for row in got.text.split("\n") if row] == ["a", "> b", ">> c"]


def test_marks_in_a_mails_own_text_fold_nothing():
    got = html("<p>a \ufdd0 b &#xFDD0; &#64976; c</p><p>d</p>")
    assert got.folds == ()
    assert "c" in got.text


def test_links_of_plain_text_end_where_the_sentence_goes_on():
    text = "See https://x.example/a. (or https://x.example/b(c)), <https://x.example/d>; ftp://x.example https://x.example/a"
    assert links_of(text) == ("https://x.example/a", "https://x.example/b(c)", "https://x.example/d")


@pytest.mark.parametrize("code", [*range(33), 0xD7FF, 0xD800, 0xDABC, 0xDFFF, 0xE000, 0xFFFD, 0xFFFE, 0xFFFF])
def test_no_reference_to_any_character_stops_the_layout(code):
    """Controls given as `&#27;` stand beside all that moves text in the tree: hidden parts, links, cells."""
    for said in (f"&#{code};", f"&#x{code:x};", f"&#00{code:04d}"):
        markup = (
            f"<p>{said}a<span hidden>x</span>{said}b <a href='https://x.example'>{said}c</a>{said}&amp; </p>"
            f"<table><tr><td>{said}d</td>{said}<td>{said}</td></tr></table><img alt='{said}e'>{said}"
        )
        got = lay_out(markup).text
        assert all(letter in got for letter in "abcde")
        assert not any(ord(char) < 32 and char != "\n" for char in got)


@pytest.mark.parametrize(
    "markup",
    ["</p>", "<!DOCTYPE html>", "<!-- a -->", "<?xml?>", "<", "</", "<!", "<html", "\ufdd0", "<body>"],
)
def test_markup_without_anything_in_it_shows_nothing_or_itself(markup):
    assert lay_out(markup).text in ("", markup)
    assert lay_out(f"x{markup}y").text


def test_a_longer_character_reference_is_another_character():
    assert lay_out("<p>&#120;&#0033;&#x1F600;&#x0041;&#10004;</p>").text == "x!😀A✔"


def test_what_looks_like_markup_in_the_words_stays_as_it_was_typed():
    """`&amp;lt;b&amp;gt;` in the HTML is a customer's `&lt;b&gt;`, read once and not twice."""
    typed = (
        "<p>AT&amp;T &amp;lt;b&amp;gt; &amp;nbsp; 5 &lt; 6<br>&amp;#27;[2J</p>"
        "<table><tr><td>a &amp;amp;</td><td>1</td></tr></table>"
    )
    assert lay_out(typed).text == "AT&T &lt;b&gt; &nbsp; 5 < 6\n&#27;[2J\n\na &amp;  1"
    assert lay_out("<p>a &#1; &amp;lt;<b>b</b>&#2;&amp;</p>").text == "a \ufffd &lt;b\ufffd&"
