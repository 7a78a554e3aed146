"""One mail or two: the fingerprint."""

from deskterm.mail.parse import parse

MAIL = b"From: Jana <jana@mertens.example>\nTo: help@oakandwool.example\nDate: Mon, 12 Oct 2026 09:14:22 +0200\nSubject: A long subject\n\nHello\nthere\n"


def same(one: bytes, other: bytes) -> bool:
    return parse(one).fingerprint == parse(other).fingerprint


def test_a_copy_with_other_trace_fields_is_the_same_mail():
    trace = b"Received: from a by b; Mon, 12 Oct 2026 09:14:25 +0200\nX-Label: \\Sent\nDelivered-To: x@y.example\n"
    assert same(MAIL, trace + MAIL)


def test_line_endings_and_folding_make_no_other_mail():
    assert same(MAIL, MAIL.replace(b"\n", b"\r\n"))
    assert same(MAIL, MAIL.replace(b"A long subject", b"A long\n subject"))
    assert same(MAIL, MAIL + b"\n\r\n")


def test_another_text_subject_date_or_person_is_another_mail():
    assert not same(MAIL, MAIL.replace(b"there", b"you"))
    assert not same(MAIL, MAIL.replace(b"long", b"short"))
    assert not same(MAIL, MAIL.replace(b"09:14:22", b"09:14:23"))
    assert not same(MAIL, MAIL.replace(b"help@", b"shop@"))
    assert not same(MAIL, b"Cc: more@x.example\n" + MAIL)


def test_a_long_body_counts_to_its_end_with_any_line_endings():
    body = b"x" * 70 + b"\n"
    long = MAIL + body * 40_000
    assert same(long, long.replace(b"\n", b"\r\n"))
    assert not same(long, long + b"y")


def test_it_is_sixteen_bytes():
    assert len(parse(MAIL).fingerprint) == 16
    assert len(parse(b"").fingerprint) == 16
