"""winmail.dat, as Outlook and Exchange write it, is opened: its files are listed, its text is read."""

import base64
import random
import struct

from deskterm.domain.messages import Cue
from deskterm.mail.mime.rtf import unpack_rtf
from deskterm.mail.parse import content, parse
from deskterm.mail.read import read_mail


def _attribute(kind: int, value: bytes) -> bytes:
    level = 2 if kind in (0x69002, 0x18010, 0x6800F, 0x69005) else 1
    return struct.pack("<BII", level, kind, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def _padded(value: bytes) -> bytes:
    return value + b"\0" * (-len(value) % 4)


def _property(number: int, kind: int, value: bytes) -> bytes:
    size = struct.pack("<II", 1, len(value)) if kind in (0x1E, 0x1F, 0x0D, 0x102) else b""
    return struct.pack("<HH", kind, number) + size + _padded(value)


def _named_property(name: str, value: bytes) -> bytes:
    wide = _wide(name)
    head = struct.pack("<HH", 0x1F, 0x8005) + b"G" * 16 + struct.pack("<II", 1, len(wide)) + _padded(wide)
    return head + struct.pack("<II", 1, len(value)) + _padded(value)


def _properties(*several: bytes) -> bytes:
    return struct.pack("<I", len(several)) + b"".join(several)


def _wide(text: str) -> bytes:
    return (text + "\0").encode("utf-16-le")


def _file(name: str, data: bytes, *more: bytes) -> bytes:
    beside = _attribute(0x69005, _properties(*more)) if more else b""
    return (
        _attribute(0x69002, b"\1\0")
        + _attribute(0x18010, name.encode("cp1252") + b"\0")
        + _attribute(0x6800F, data)
        + beside
    )


def _winmail(*attributes: bytes) -> bytes:
    page = _attribute(0x69007, struct.pack("<II", 1252, 0))
    return b"\x78\x9f\x3e\x22\1\0" + page + b"".join(attributes)


def _mail(winmail: bytes, text: bytes = b"", kind: bytes = b"application/ms-tnef") -> bytes:
    return (
        b"From: Jana <jana@hill.example>\nSubject: x\nContent-Type: multipart/mixed; boundary=q\n\n--q\n\n"
        + text
        + b"\n--q\nContent-Type: "
        + kind
        + b"; name=winmail.dat\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(winmail)
        + b"--q--\n"
    )


def test_the_files_inside_are_listed_by_their_long_names_and_can_be_saved() -> None:
    """Outlook shortens the first name to eight letters; the true one is among the properties."""
    photo = _property(0x3707, 0x1F, _wide("Tasse, kaputt.jpg")), _property(0x370E, 0x1E, b"image/jpeg\0")
    raw = _mail(_winmail(_file("TASSE_~1.JPG", b"\xff\xd8one", *photo), _file("bon d’échange.pdf", b"%PDF")))
    found = parse(raw).attachments
    assert [(one.name, one.type, content(raw, one.part)) for one in found] == [
        ("Tasse, kaputt.jpg", "image/jpeg", b"\xff\xd8one"),
        ("bon d’échange.pdf", "application/octet-stream", b"%PDF"),
    ]
    assert [one.size for one in found] == [5, 4]


def test_the_text_inside_is_read_if_the_mail_has_no_other() -> None:
    body = _property(0x1000, 0x1F, _wide("Grüße\r\nJana"))
    inside = _winmail(_attribute(0x69003, _properties(_named_property("Keywords", _wide("x")), body)))
    assert parse(_mail(inside)).plain == "Grüße\nJana"
    assert parse(_mail(inside, kind=b"application/octet-stream")).plain == "Grüße\nJana"
    assert parse(_mail(inside, text=b"Beside it")).plain.strip() == "Beside it"
    assert not parse(_mail(inside)).unreadable


def test_a_text_that_exists_only_as_rtf_is_read_without_formatting() -> None:
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1{\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 "
        rb"My caf\'e9 mug \u8364? 12 broke\line\u-10179?\u-8694?.\htmlrtf \par}\htmlrtf0 Yours \{J\}}"
    )
    plain = struct.pack("<II", len(rtf) + 12, len(rtf)) + b"MELA\0\0\0\0" + rtf
    inside = _winmail(_attribute(0x69003, _properties(_property(0x1009, 0x102, plain))))
    assert parse(_mail(inside)).plain == "My café mug € 12 broke\n😊.\nYours {J}"


def test_compressed_rtf_is_expanded_as_its_specification_does() -> None:
    """The bytes are the example of MS-OXRTFCP, 3.1.1."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpack_rtf(packed) == "hello world"


def test_a_mail_attached_inside_gives_its_text_and_its_files() -> None:
    inner = _winmail(
        _attribute(
            0x69003, _properties(_property(0x37, 0x1F, _wide("Order")), _property(0x1000, 0x1F, _wide("Hi")))
        ),
        _file("a.txt", b"hello"),
    )
    packed = _attribute(0x69005, _properties(_property(0x3701, 0x0D, b"I" * 16 + inner)))
    raw = _mail(_winmail(_attribute(0x69002, b"\1\0"), packed))
    listed = [(one.name, content(raw, one.part)) for one in parse(raw).attachments]
    assert listed == [("Order.txt", b"Hi"), ("a.txt", b"hello")]


def test_a_damaged_file_stays_listed_and_says_that_it_was_not_read() -> None:
    for damaged in (b"", b"no such file", _winmail(_file("bill.pdf", b"x" * 400))[:-200]):
        mail = parse(_mail(damaged))
        assert [one.name for one in mail.attachments] == ["winmail.dat"]
        assert "winmail.dat" in mail.unreadable


def test_a_file_damaged_further_on_gives_what_comes_before_and_says_that_there_was_more() -> None:
    """The whole file stays available, for a program that can repair it."""
    note, bill = _file("note.txt", b"hello"), _file("bill.pdf", b"x" * 400)
    body = _property(0x1000, 0x1F, _wide("Hi"))
    for damaged in (
        _winmail(note, bill)[:-200],
        _winmail(note, bill[:13] + b"\7" + bill[14:]),  # where an attribute begins
        _winmail(note) + b"\2\2\x90",
        _winmail(_attribute(0x69003, _properties(body, _property(0x37, 0x1F, _wide("Cut off")))[:-6]), note),
        _winmail(_attribute(0x69003, _properties(body, b"\x1f")), note),
    ):
        raw = _mail(damaged)
        read = read_mail(raw, frozenset())
        assert [one.name for one in read.mail.attachments][-1] == "note.txt"
        assert content(raw, read.mail.attachments[0].part) == damaged
        assert read.writer.cues == (Cue.DAMAGED,)
    for whole in (
        _winmail(note, bill),
        _winmail(note) + b"\r\n",
        _winmail(_attribute(0x69003, _properties(body))),
    ):
        assert read_mail(_mail(whole), frozenset()).writer.cues == ()


def test_a_type_inside_is_valid_or_left_out() -> None:
    for told in (b"image/\x1b[31mjpeg\0", b"image/jpeg\nX: y\0", b"a/" + b"b" * 4000 + b"\0", b"jpeg\0"):
        raw = _mail(_winmail(_file("a.jpg", b"one", _property(0x370E, 0x1E, told))))
        assert [one.type for one in parse(raw).attachments] == ["application/octet-stream"]


def test_no_damage_raises_an_error() -> None:
    whole = _winmail(
        _attribute(0x69003, _properties(_named_property("k", _wide("x")), _property(0x1000, 0x1F, b"H\0"))),
        _file("a.txt", b"hello", _property(0x3707, 0x1F, _wide("b.txt"))),
    )
    dice = random.Random(7)
    for _ in range(200):
        broken = bytearray(whole)
        for _ in range(4):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        raw = _mail(bytes(broken))
        assert all(content(raw, one.part) is not None for one in parse(raw).attachments)
