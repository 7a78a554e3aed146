"""All that deskterm takes from one mail."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.messages import Fold, FoldKind, MachineKind
from deskterm.mail.read import merge_folds, read_mail
from deskterm.mail.values import ReadMail

OWN = frozenset({"help@oakandwool.example"})
HEAD = (
    "From: Jana Mertens <jana@mertens.example>\nTo: help@oakandwool.example\nSubject: {subject}\n"
    "Date: Mon, 12 Oct 2026 09:14:22 +0200\nMessage-ID: <a1@mertens.example>\nIn-Reply-To: <p2@x.example>\n"
    "References: <p1@x.example> <p2@x.example>\n"
)


def mail(body: str, subject: str = "Re: My order", kind: str = "text/plain") -> ReadMail:
    return read_mail(
        f"{HEAD.format(subject=subject)}Content-Type: {kind}; charset=utf-8\n\n{body}".encode(), OWN
    )


def written(got: ReadMail) -> str:
    kept, at = [], 0
    for fold in got.folds:
        kept.append(got.text[at : fold.start])
        at = fold.end
    return "".join([*kept, got.text[at:]]).strip()


def test_a_customers_answer_is_read_whole():
    got = mail(
        "Yes, please.\n\nOn Mon, 12 Oct 2026 at 08:00, Oak & Wool <help@oakandwool.example> wrote:\n> Shall we?\n"
    )
    assert written(got) == "Yes, please."
    assert "> Shall we?" in got.text
    assert got.mail.parents == ("<p2@x.example>", "<p1@x.example>")
    assert got.verdict.kind is MachineKind.HUMAN
    assert got.writer.customer.address == "jana@mertens.example"
    assert (got.mail.date, got.mail.message_id, got.size > 300) == (1791789262, "<a1@mertens.example>", True)


def test_history_that_html_marks_and_history_that_words_show_are_folded_once():
    got = mail(
        "<p>Yes.</p><div class=gmail_quote><div>On Mon, 12 Oct 2026 at 08:00, Oak &lt;help@oakandwool.example&gt; wrote:"
        "</div><blockquote>Shall we?</blockquote></div>",
        kind="text/html",
    )
    assert written(got) == "Yes."
    assert len([fold for fold in got.folds if fold.kind is FoldKind.QUOTE]) == 1


def test_a_forwarded_html_mail_is_kept():
    got = mail(
        "<p>See below.</p><hr><div id=divRplyFwdMsg><b>From:</b> Carrier</div><p>Your parcel is late.</p>",
        subject="Fwd: parcel",
        kind="text/html",
    )
    assert "Your parcel is late." in written(got)


def test_a_mail_can_be_passed_from_one_process_to_another():
    got = mail("Hello")
    assert pickle.loads(pickle.dumps(got)) == got


def test_merged_folds_are_sorted_and_apart():
    quote, signature = FoldKind.QUOTE, FoldKind.SIGNATURE
    assert merge_folds((Fold(10, 20, quote),), (Fold(0, 5, signature), Fold(15, 30, quote))) == (
        Fold(0, 5, signature),
        Fold(10, 30, quote),
    )


@given(st.binary(max_size=300))
def test_any_bytes_are_read(raw):
    got = read_mail(raw, OWN)
    places = [at for fold in got.folds for at in (fold.start, fold.end)]
    assert places == sorted(places)
    assert all(0 <= at <= len(got.text) for at in places)


def test_a_customer_behind_a_program_makes_it_a_persons_mail():
    """A chat's or a form's mail comes from a robot, often with a list's headers: it must not be filed as a notice."""
    head = "From: Tidio <notifications@tidio.example>\nSubject: Chat transcript\nFeedback-ID: 1:x\n"
    got = read_mail(f"{head}\nName: Jana\nEmail: jana@mertens.example\n\n10:01 Jana: hi".encode(), OWN)
    assert (got.writer.channel, got.writer.customer.address) == ("chat transcript", "jana@mertens.example")
    assert got.verdict.kind is MachineKind.HUMAN
    assert read_mail(f"{head}\nYour plan was renewed.".encode(), OWN).verdict.kind is not MachineKind.HUMAN


def test_words_that_cannot_be_read_are_named():
    """Nothing is skipped in silence: an encrypted mail, and Outlook's winmail.dat without a text beside it."""
    part = "--c\nContent-Type: application/octet-stream; name=encrypted.asc\n\nx\n--c--\n"
    body = f"--c\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n{part}"
    assert "encrypted" in mail(body, kind='multipart/encrypted; boundary="c"').mail.unreadable
    tnef = "Content-Type: application/ms-tnef; name=winmail.dat\n\nx\n--c--\n"
    assert "winmail.dat" in mail(f"--c\n{tnef}", kind='multipart/mixed; boundary="c"').mail.unreadable
    said = mail(f"--c\nContent-Type: text/plain\n\nHello\n--c\n{tnef}", kind='multipart/mixed; boundary="c"')
    assert (said.text, said.mail.unreadable) == ("Hello", "")


def test_answers_announced_inside_the_history_of_html_are_shown():
    """The colour is lost in a terminal: then nothing of what is quoted is folded."""
    outlook = "<div id=divRplyFwdMsg><b>From:</b> Us<br><b>Sent:</b> Monday<br><b>To:</b> Jana<br><b>Subject:</b> x</div>"
    for said in ("My answers are in red below.", "Antworten unten in rot.", "Mes réponses en rouge."):
        asked = "<p>Which colour? <font color=red>Blue</font></p>"
        assert "Blue" in written(mail(f"<p>{said}</p>{outlook}{asked}", kind="text/html"))
        assert "Blue" in written(mail(f"<p>{said}</p><blockquote>{asked}</blockquote>", kind="text/html"))
    assert "Blue" not in written(mail(f"<p>Thanks!</p>{outlook}{asked}", kind="text/html"))
