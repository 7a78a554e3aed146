"""Parsing mail: each rule with a mail written for it."""

import base64

import pytest

from deskterm.domain.messages import Address
from deskterm.mail.parse import content, parse

HEAD = b"From: Jana Mertens <jana@mertens.example>\nTo: help@oakandwool.example\nSubject: My order\n"


def mail(head: str = "", body: str | bytes = "Hello\n") -> bytes:
    data = body if isinstance(body, bytes) else body.encode()
    return HEAD + head.encode() + b"\n" + data


def mixed(*parts: str, kind: str = "mixed") -> bytes:
    body = "".join(f"--cut\n{part}\n" for part in parts) + "--cut--\n"
    return mail(f'Content-Type: multipart/{kind}; boundary="cut"\n', body)


PLAIN = "Content-Type: text/plain\n\n"
HTML = "Content-Type: text/html\n\n"


def test_a_plain_mail_gives_its_parts():
    got = parse(mail("Date: Mon, 12 Oct 2026 09:14:22 +0200\nMessage-ID: <a1@mertens.example>\n"))
    assert got.sender == Address("Jana Mertens", "jana@mertens.example")
    assert got.to == (Address("", "help@oakandwool.example"),)
    assert (got.subject, got.plain, got.message_id) == ("My order", "Hello\n", "<a1@mertens.example>")
    assert got.date == 1791789262
    assert got.header("subject") == "My order"
    assert not got.unreadable


@pytest.mark.parametrize("ends", [b"\r\n", b"\r", b"\n"])
def test_any_line_endings_are_read_alike(ends):
    raw = mixed(PLAIN + "one\ntwo", "Content-Type: application/pdf; name=a.pdf\n\nx")
    got = parse(raw.replace(b"\n", ends))
    assert got.plain == "one\ntwo"
    assert [one.name for one in got.attachments] == ["a.pdf"]


def test_folded_fields_are_joined():
    assert parse(b"Subject: one\r\n two\r\n\tthree\r\n\r\nx").subject == "one two three"


def test_blank_lines_and_a_mailbox_line_before_the_header_are_skipped():
    assert parse(b"\r\n\r\nSubject: a\r\n\r\nx").subject == "a"
    assert parse(b"From jana@mertens.example Mon Oct 12 09:14:22 2026\nSubject: a\n\nx").subject == "a"


def test_a_line_that_is_no_field_does_not_end_the_header():
    got = parse(b"Subject: a\nbroken continuation\nTo: b@c.example\n\nbody")
    assert (got.subject, got.to[0].address, got.plain) == ("a broken continuation", "b@c.example", "body")


def test_a_mail_without_a_header_is_all_text():
    assert parse(b"Just words: nothing else\n\nmore").header("just words") == ""
    assert parse(b"no head at all\nmore").plain == "no head at all\nmore"


def test_a_header_without_a_body_is_read():
    got = parse(b"Subject: a\nTo: b@c.example")
    assert (got.subject, got.plain) == ("a", "")


@pytest.mark.parametrize(
    ("field", "subject"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?UTF-8?B?R3LDtsOfZQ==?=", "Größe"),
        ("=?utf-8?q?Gr=C3?= =?utf-8?q?=B6=C3=9Fe?=", "Größe"),  # a character cut in two
        ("=?utf-8*de?q?Gr=C3=B6=C3=9Fe?=", "Größe"),
        ("=?iso-8859-1?q?Gr=F6=DFe?= 42", "Größe 42"),
        ("=?gb2312?b?xOO6ww==?=", "你好"),
        ("=?utf-8?Q?Where is it??=", "Where is it?"),  # a blank and a question mark within
        ("=?x-unknown?q?abc?=", "abc"),
        ("=?utf-8?b?SGVsbG8?=", "Hello"),  # no padding
        ("=?utf-8?q?a=1B[31m?=", "a␛[31m"),
        ("a =? b", "a =? b"),
    ],
)
def test_encoded_words_are_read_as_they_are_written(field, subject):
    assert parse(f"Subject: {field}\n\nx".encode()).subject == subject


@pytest.mark.parametrize(
    ("data", "subject"),
    [
        ("Größe".encode(), "Größe"),
        ("Größe".encode("cp1252"), "Größe"),
        ("注文".encode("iso2022_jp"), "注文"),
    ],
)
def test_bytes_beyond_ascii_in_a_header_are_read(data, subject):
    assert parse(b"Subject: " + data + b"\n\nx").subject == subject


def test_the_charset_of_the_mail_is_tried_for_its_header():
    raw = b"Subject: " + "Заказ".encode("koi8-r") + b"\nContent-Type: text/plain; charset=koi8-r\n\nx"
    assert parse(raw).subject == "Заказ"


@pytest.mark.parametrize(
    ("charset", "data", "text"),
    [
        ("utf-8", "Größe".encode(), "Größe"),
        ("iso-8859-1", "“Größe”".encode("cp1252"), "“Größe”"),
        ("us-ascii", "Größe".encode(), "Größe"),
        ("us-ascii", "Größe".encode("cp1252"), "Größe"),
        ("utf-8", "Größe".encode("cp1252"), "Größe"),
        ("iso-8859-1", "Größe".encode(), "Größe"),
        ("x-unknown", "Größe".encode(), "Größe"),
        ("utf-7", b"Gr+APYA3w-e", "Größe"),
        ("iso-2022-jp", "注文です".encode("iso2022_jp"), "注文です"),
        ("iso-2022-jp", "注文です".encode("euc_jp"), "注文です"),
        ("ks_c_5601-1987", "주문".encode("cp949"), "주문"),
        ("gb2312", "訂單".encode("gb18030"), "訂單"),
        ("punycode", b"a-z9", "a-z9"),
        ("zlib", b"plain", "plain"),
        ("zlib", b"caf\xc3\xa9", "café"),
        ("uu", b"caf\xe9", "café"),
        ("'utf-8'", "é".encode(), "é"),
    ],
)
def test_a_body_is_read_whatever_its_charset_says(charset, data, text):
    assert parse(mail(f"Content-Type: text/plain; charset={charset}\n", data)).plain == text


@pytest.mark.parametrize(
    ("encoding", "data", "text"),
    [
        ("quoted-printable", b"a=3Db=\nc=20\n", "a=b" + "c \n"),
        ("Quoted-Printable ", b"=41", "A"),
        ("base64", base64.b64encode(b"Hello there"), "Hello there"),
        ("base64", b"SGVsbG8gdGhlcmU", "Hello there"),  # padding lost
        ("base64", b"SGVs!bG8g\ndGhl*cmU=", "Hello there"),
        ("base64", b"SGVsbG8=\nIHRoZXJl\n", "Hello there"),  # two runs
        ("7-bit", b"a=3Db", "a=3Db"),
        ("x-uuencode", b"begin 644 a.txt\n%2&5L;&\\\n`\nend\n", "Hello"),
        ("spam", b"kept", "kept"),
    ],
)
def test_a_body_is_read_whatever_its_encoding(encoding, data, text):
    assert parse(mail(f"Content-Transfer-Encoding: {encoding}\n", data)).plain == text


def test_both_forms_of_a_text_are_returned():
    got = parse(mixed(PLAIN + "words", HTML + "<p>words</p>", kind="alternative"))
    assert (got.plain, got.html, got.attachments) == ("words", "<p>words</p>", ())


def test_texts_that_follow_each_other_are_joined():
    assert parse(mixed(PLAIN + "above", PLAIN + "below")).plain == "above\nbelow"


def test_html_beside_plain_text_is_not_lost():
    got = parse(mixed(PLAIN + "a < b", HTML + "<p>and more</p>"))
    assert got.plain == ""
    assert "a &lt; b" in got.html
    assert "and more" in got.html


def test_an_empty_html_part_beside_plain_text_changes_nothing():
    assert parse(mixed(PLAIN + "words", HTML + "<html><body>&nbsp;</body></html>")).plain == "words"


def test_a_photo_between_two_texts_is_an_attachment():
    got = parse(mixed(PLAIN + "above", "Content-Type: image/png; name=a.png\n\nx", PLAIN + "below"))
    assert got.plain == "above\nbelow"
    assert [(one.name, one.type, one.part) for one in got.attachments] == [("a.png", "image/png", 1)]


def test_a_named_text_is_an_attachment():
    part = "Content-Type: text/plain\nContent-Disposition: attachment; filename=list.txt\n\n1"
    got = parse(mixed(PLAIN + "see the list", part))
    assert (got.plain, [one.name for one in got.attachments]) == ("see the list", ["list.txt"])


def test_a_mail_within_a_mail_is_an_attachment_named_by_its_subject():
    got = parse(mixed(PLAIN + "see", "Content-Type: message/rfc822\n\nSubject: Old/new\n\ninner words"))
    assert got.plain == "see"
    assert [(one.name, one.type) for one in got.attachments] == [("Old-new.eml", "message/rfc822")]


def test_a_mail_that_is_only_another_mail_shows_its_words():
    assert (
        parse(mail("Content-Type: message/rfc822\n", "Subject: inner\n\ninner words")).plain == "inner words"
    )


def test_winmail_dat_is_listed():
    got = parse(mixed(PLAIN + "see", "Content-Type: application/ms-tnef\n\nx"))
    assert [one.name for one in got.attachments] == ["winmail.dat"]


def test_an_appointment_is_listed():
    got = parse(mixed(PLAIN + "see", "Content-Type: text/calendar\n\nBEGIN:VCALENDAR", kind="alternative"))
    assert [(one.name, one.type) for one in got.attachments] == [("appointment.ics", "text/calendar")]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ("Content-Disposition: attachment; filename=a.pdf", "a.pdf"),
        ('Content-Disposition: attachment; filename="my bill.pdf"', "my bill.pdf"),
        ("Content-Disposition: attachment; filename=my bill.pdf", "my bill.pdf"),
        ("Content-Disposition: attachment; filename*=utf-8'de'Gr%C3%B6%C3%9Fe.pdf", "Größe.pdf"),
        (
            "Content-Disposition: attachment; filename*0*=utf-8''Gr%C3%B6; filename*1*=%C3%9Fe; filename*2=.pdf",
            "Größe.pdf",
        ),
        ('Content-Disposition: attachment; filename="=?utf-8?q?Gr=C3=B6=C3=9Fe.pdf?="', "Größe.pdf"),
        ('Content-Disposition: attachment; filename="a;b \\"c\\".pdf"', 'a;b "c".pdf'),
        ('Content-Disposition: attachment; filename="C:\\docs\\a.pdf"', "a.pdf"),
        ('Content-Disposition: attachment; filename="../../../etc/passwd"', "passwd"),
        ('Content-Disposition: attachment; filename="a\u202efdp.exe"', "afdp.exe"),
        ("Content-Type: application/pdf; name=b.pdf", "b.pdf"),
        ("Content-Type: application/pdf\nContent-Location: http://x.example/d/c.pdf?v=1", "c.pdf"),
        ("Content-Type: application/pdf", "file.pdf"),
        ("Content-Type: image/jpeg", "image.jpg"),
        ('Content-Disposition: attachment; filename=".."', "file.pdf"),
    ],
)
def test_attachments_have_the_name_they_were_given(fields, name):
    kind = "" if "Content-Type" in fields else "Content-Type: application/pdf\n"
    assert [one.name for one in parse(mixed(PLAIN + "see", f"{kind}{fields}\n\nx")).attachments] == [name]


def test_the_size_and_the_content_of_an_attachment_are_those_of_the_file():
    data = bytes(range(256)) * 5
    coded = base64.encodebytes(data).decode()
    raw = mixed(PLAIN + "see", f"Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n{coded}")
    for one in (raw, raw.replace(b"\n", b"\r\n")):
        (got,) = parse(one).attachments
        assert got.size == len(data)
        assert content(one, got.part) == data
    assert content(raw, 99) == b""


def test_a_uuencoded_file_in_a_text_is_an_attachment():
    raw = mail("", "See:\nbegin 644 ../a.txt\n%2&5L;&\\\n`\nend\nBye\n")
    got = parse(raw)
    assert got.plain == "See:\n[../a.txt]\nBye\n"
    (file,) = got.attachments
    assert (file.name, file.size, content(raw, file.part)) == ("a.txt", 5, b"Hello")


def test_a_sentence_that_begins_with_begin_is_text():
    assert parse(mail("", "Please\nbegin 644 times\nend\n")).plain == "Please\nbegin 644 times\nend\n"


def test_an_image_of_the_html_is_inline():
    image = "Content-Type: image/png\nContent-ID: <a@b>\n\nx"
    (got,) = parse(mixed(HTML + "<img src=cid:a@b>", image, kind="related")).attachments
    assert got.inline


def test_flowed_text_flows_again():
    raw = mail("Content-Type: text/plain; format=flowed\n", "one \ntwo\n> cited \n> more\n-- \nJana\n")
    assert parse(raw).plain == "one two\n> cited more\n-- \nJana\n"


def test_flowed_text_with_delsp_gets_no_extra_spaces():
    raw = mail("Content-Type: text/plain; format=flowed; delsp=yes\n", "注文 \nです\n")
    assert parse(raw).plain == "注文です\n"


def test_a_missing_boundary_is_found():
    body = "--x1\nContent-Type: text/plain\n\nwords\n--x1--\n"
    assert parse(mail("Content-Type: multipart/mixed\n", body)).plain == "words"
    assert parse(mail('Content-Type: multipart/mixed; boundary=""\n', body)).plain == "words"
    assert parse(mail("Content-Type: multipart/mixed; boundary=other\n", body)).plain == "words"


def test_a_multipart_mail_without_parts_is_shown_as_text():
    assert parse(mail("Content-Type: multipart/mixed; boundary=b\n", "only words\n")).plain == "only words\n"


def test_a_multipart_mail_that_breaks_off_keeps_what_came():
    assert parse(mail("Content-Type: multipart/mixed; boundary=b\n", "--b\n\nwords\n")).plain == "words\n"


def test_a_boundary_that_begins_like_another_is_told_from_it():
    inner = 'Content-Type: multipart/alternative; boundary="cut-2"\n\n--cut-2\n\ninner\n--cut-2--'
    assert parse(mixed(inner, PLAIN + "outer")).plain == "inner\nouter"


def test_html_that_calls_itself_plain_is_html():
    got = parse(mail("Content-Type: text/plain\n", "<html><p>words</p></html>"))
    assert (got.plain, got.html) == ("", "<html><p>words</p></html>")


def test_plain_text_that_calls_itself_html_is_plain():
    got = parse(mail("Content-Type: text/html\n", "line one\nline two <see below>"))
    assert (got.plain, got.html) == ("line one\nline two <see below>", "")


def test_what_cannot_be_parsed_is_shown_as_it_came():
    got = parse(mail("Content-Type: multipart/mixed; boundary=b\n", "words outside\n--b\n--b--\n"))
    assert "words outside" in got.plain
    assert got.unreadable


def test_an_endless_text_is_cut_and_can_still_be_saved():
    raw = mail("", b"x" * 5_000_000)
    got = parse(raw)
    assert len(got.plain) <= 1 << 20
    assert got.unreadable
    assert len(content(raw, got.attachments[0].part)) == 5_000_000


def test_the_parser_returns_no_control_characters():
    raw = b"From: \x1b]0;x\x07 <a@b.example>\nSubject: a\x1b[2Jb\x9b\n\n\x1b[31mred\x00"
    got = parse(raw)
    assert got.plain == "␛[31mred␀"
    assert "\x1b" not in repr(got)
    assert got.subject.startswith("a␛[2Jb")


def test_message_ids_are_read_in_any_spelling():
    got = parse(
        b"Message-ID: <a b\r\n c@x.example>\r\nIn-Reply-To: Your mail of Monday <p@x.example>\r\n"
        b"References: <r1@x.example>\r\n\t<r2@x.example><r3@x.example>\r\n\r\nx"
    )
    assert got.message_id == "<abc@x.example>"
    assert got.in_reply_to == ("<p@x.example>",)
    assert got.references == ("<r1@x.example>", "<r2@x.example>", "<r3@x.example>")
    assert parse(b"Message-ID: bare@x.example\n\nx").message_id == "<bare@x.example>"
    assert parse(b"Subject: a\n\nx").message_id == ""


def test_words_without_brackets_are_no_parents():
    """Old mailers name a person or a day there: two of their answers would become one thread."""
    got = parse(b"In-Reply-To: jana@mertens.example\nReferences: p@x.example, q@x.example\n\nx")
    assert got.in_reply_to == ()
    assert got.references == ()
    got = parse(b"In-Reply-To: Message from jana@mertens.example of Monday <p@x.example>\n\nx")
    assert got.in_reply_to == ("<p@x.example>",)


def test_the_topmost_received_field_says_when_it_came():
    got = parse(
        b"Received: from a by b; Mon, 12 Oct 2026 09:14:22 +0000\n"
        b"Received: from c by a; Sun, 11 Oct 2026 09:14:22 +0000\nSubject: a\n\nx"
    )
    assert got.received == 1791796462
