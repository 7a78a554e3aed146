"""A reply written as the mail that goes out."""

import email
import email.policy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.messages import Address
from deskterm.domain.text import block, line
from deskterm.errors import SendStopped
from deskterm.mail.parse import content, parse
from deskterm.mail.values import Enclosure, Outgoing
from deskterm.mail.writing.compose import (
    compose,
    message_id,
    quote,
    recipients,
    reply_references,
    reply_subject,
)

JANA = Address("Jana Mertens", "jana@mertens.example")
REPLY = Outgoing(
    sender=Address("Oak & Wool", "help@oakandwool.example"),
    to=(JANA,),
    subject="Re: My order",
    text="Hello Jana,\n\nit left today.\n",
    message_id="<token12345@oakandwool.example>",
    date=1791789262,
    zone=120,
    in_reply_to="<a1@mertens.example>",
    references=("<a0@mertens.example>", "<a1@mertens.example>"),
)


def head(raw: bytes) -> str:
    return raw.partition(b"\r\n\r\n")[0].decode("ascii")


def test_a_reply_is_written_as_every_client_reads_it():
    assert compose(REPLY).decode() == (
        "From: Oak & Wool <help@oakandwool.example>\r\n"
        "To: Jana Mertens <jana@mertens.example>\r\n"
        "Subject: Re: My order\r\n"
        "Date: Mon, 12 Oct 2026 09:14:22 +0200\r\n"
        "Message-ID: <token12345@oakandwool.example>\r\n"
        "In-Reply-To: <a1@mertens.example>\r\n"
        "References: <a0@mertens.example> <a1@mertens.example>\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "Hello Jana,\r\n\r\nit left today.\r\n"
    )


def test_the_same_reply_has_the_same_bytes():
    reply = replace(REPLY, attachments=(Enclosure("a.pdf", "application/pdf", b"x"),))
    assert compose(reply) == compose(reply)


def test_bcc_is_in_the_envelope_and_never_on_the_wire():
    reply = replace(REPLY, bcc=(Address("", "secret@x.example"),), cc=(Address("", "JANA@mertens.example"),))
    assert b"secret" not in compose(reply)
    assert recipients(reply) == ("jana@mertens.example", "secret@x.example")


def test_an_automatic_reply_says_so_and_another_does_not():
    assert "Auto-Submitted: auto-replied\r\n" in head(compose(replace(REPLY, automatic=True)))
    assert "Auto-Submitted" not in head(compose(REPLY))


def test_long_paragraphs_are_not_wrapped_for_the_reader():
    text = "word " * 400 + "end"
    raw = compose(replace(REPLY, text=text))
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert parse(raw).plain == text + "\n"


def test_lines_that_mail_programs_change_are_protected():
    raw = compose(replace(REPLY, text="From here\n.\ntrailing \nend"))
    assert b"\r\nFrom " not in raw.partition(b"\r\n\r\n")[2]
    assert b"\r\n.\r\n" not in raw
    assert parse(raw).plain == "From here\n.\ntrailing \nend\n"


def test_the_history_is_below_the_text():
    quoted = quote("Where is it?\n> older\n\nJana", "On Monday Jana wrote:")
    assert quoted == "On Monday Jana wrote:\n> Where is it?\n>> older\n>\n> Jana"
    assert (
        parse(compose(replace(REPLY, quoted=quoted))).plain == f"Hello Jana,\n\nit left today.\n\n{quoted}\n"
    )


@pytest.mark.parametrize(
    "name", ["bill.pdf", "my bill.pdf", 'a"b;c.pdf', "Größe 42.pdf", "注文" * 40 + ".pdf", "x" * 200 + ".pdf"]
)
def test_files_arrive_as_they_were(name):
    data = bytes(range(256)) * 10
    raw = compose(replace(REPLY, attachments=(Enclosure(name, "application/pdf", data),)))
    got = parse(raw)
    (file,) = got.attachments
    assert (file.type, file.size, content(raw, file.part)) == ("application/pdf", len(data), data)
    assert got.plain == REPLY.text
    assert max(map(len, raw.split(b"\r\n"))) < 998
    (seen,) = email.message_from_bytes(raw, policy=email.policy.default).iter_attachments()
    assert seen.get_filename() == name
    assert seen.get_content() == data


def test_a_mail_as_a_file_goes_out_as_bytes():
    raw = compose(replace(REPLY, attachments=(Enclosure("a.eml", "message/rfc822", b"Subject: a\n\nb"),)))
    assert parse(raw).attachments[0].type == "application/octet-stream"


@pytest.mark.parametrize(
    "address",
    [
        "jana@mertens.example\r\nBcc: x@y.example",
        "jana@mertens.example\nSubject: x",
        "jana@mertens.example\0",
        "jana\u202e@mertens.example",
        "jana",
        "@mertens.example",
        "jana@",
        "jana@mertens..example",
        "jana@-mertens.example",
        "jana mertens@mertens.example",
        "jana@mertens.example>",
        "jana@mertens.example, x@y.example",
        "a" * 65 + "@mertens.example",
        "jana@" + "a." * 140 + "example",
        "",
    ],
)
def test_what_is_no_address_stops_the_reply(address):
    for field in ("to", "cc", "bcc"):
        with pytest.raises(SendStopped):
            compose(replace(REPLY, **{field: (Address("Jana", address),)}))
    with pytest.raises(SendStopped):
        compose(replace(REPLY, sender=Address("", address)))


def test_an_address_beyond_ascii_before_the_at_is_written_as_it_is():
    """It goes out where the server offers SMTPUTF8 (RFC 6531), with the head in UTF-8 (RFC 6532)."""
    raw = compose(replace(REPLY, to=(Address("", "jörg@mertens.example"),)))
    assert parse(raw).to == (Address("", "jörg@mertens.example"),)


def test_a_domain_beyond_ascii_goes_out_in_punycode():
    raw = compose(replace(REPLY, to=(Address("Jörg", "joerg@straße.example"),)))
    assert parse(raw).to == (Address("Jörg", "joerg@xn--strae-oqa.example"),)


def test_a_reply_to_nobody_is_stopped():
    with pytest.raises(SendStopped, match="no recipient"):
        compose(replace(REPLY, to=()))


def test_a_reply_to_hidden_recipients_names_nobody():
    raw = compose(replace(REPLY, to=(), bcc=(JANA,)))
    assert "To: undisclosed-recipients:;\r\n" in head(raw)


@pytest.mark.parametrize(
    "bad", ["", "token@x.example", "<a b@x.example>", "<a@x.example>\r\nBcc: y@z.example", "<ü@x.example>"]
)
def test_an_invalid_message_id_is_refused_and_an_invalid_parents_left_out(bad):
    with pytest.raises(SendStopped):
        compose(replace(REPLY, message_id=bad))
    raw = compose(replace(REPLY, in_reply_to=bad, references=(bad, "<b@x.example>")))
    assert "In-Reply-To" not in head(raw)
    assert "References: <b@x.example>\r\n" in head(raw)
    assert b"Bcc" not in raw


def test_message_ids_are_made_of_our_domain_and_a_token():
    assert message_id("straße.example", "abcDEF123") == "<abcDEF123@xn--strae-oqa.example>"
    for domain, token in [
        ("x.example", "short"),
        ("x.example", "abc def 123"),
        ("", "abcDEF123"),
        ("a b", "abcDEF123"),
    ]:
        with pytest.raises(SendStopped):
            message_id(domain, token)


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("My order", "Re: My order"),
        ("Re: My order", "Re: My order"),
        ("AW: Re: RE[2]: My order", "Re: My order"),
        ("Antw: My order", "Re: My order"),
        ("回复：我的订单", "Re: 我的订单"),
        ("Return of my order", "Re: Return of my order"),
        ("Fwd: My order", "Re: Fwd: My order"),
        ("a\r\nBcc: x@y.example", "Re: a Bcc: x@y.example"),
        ("", "Re:"),
    ],
)
def test_an_answer_has_one_re(subject, answer):
    assert reply_subject(subject) == answer


def test_references_grow_by_the_parent_and_are_trimmed_in_the_middle():
    assert reply_references((), "<a@x>") == ("<a@x>",)
    assert reply_references(("<a@x>", "<b@x>"), "<a@x>") == ("<b@x>", "<a@x>")
    many = reply_references(tuple(f"<{at}@x>" for at in range(50)), "<p@x>")
    assert (many[0], many[-1], len(many)) == ("<0@x>", "<p@x>", 20)


NAMES = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
LOCALS = st.from_regex(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,20}", fullmatch=True)
DOMAINS = st.sampled_from(["mertens.example", "a-b.c.example", "x.example"])
ADDRESSES = st.builds(lambda name, local, domain: Address(name, f"{local}@{domain}"), NAMES, LOCALS, DOMAINS)
# A text that is one HTML page is read as HTML, whatever its type says: see test_parse.
TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="<"), max_size=300)


def shown(entry: Address) -> tuple[str, str]:
    """What a reader must see of an address: quotes around a name are not part of it."""
    name = " ".join(line(entry.name).split())
    return name, entry.address


@given(
    st.builds(
        Outgoing,
        sender=ADDRESSES,
        to=st.lists(ADDRESSES, min_size=1, max_size=4).map(tuple),
        cc=st.lists(ADDRESSES, max_size=2).map(tuple),
        subject=TEXTS,
        text=TEXTS,
        message_id=st.just("<token12345@x.example>"),
        date=st.integers(0, 4_000_000_000),
        zone=st.integers(-14 * 60, 14 * 60),
        attachments=st.lists(
            st.builds(Enclosure, st.text(max_size=60), st.just("image/png"), st.binary(max_size=300)),
            max_size=2,
        ).map(tuple),
        automatic=st.booleans(),
    )
)
@settings(max_examples=300)
def test_what_is_written_is_read_back(reply):
    raw = compose(reply)
    got = parse(raw)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert [shown(one) for one in got.to] == [shown(one) for one in reply.to]
    assert [shown(one) for one in got.cc] == [shown(one) for one in reply.cc]
    assert got.subject == line(reply.subject).strip()
    assert got.plain == block(reply.text).rstrip() + "\n"
    assert (got.date, got.message_id) == (reply.date, reply.message_id)
    assert [content(raw, one.part) for one in got.attachments] == [one.content for one in reply.attachments]
    assert len(got.named) == 7 + bool(reply.cc) + reply.automatic + (not reply.attachments)
