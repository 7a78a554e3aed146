"""mbox files, streamed."""

import mailbox as standard
from threading import Event

import pytest

from deskterm.errors import ServerRefused
from deskterm.intake.values import Context
from deskterm.sync.files import mbox
from deskterm.sync.files.import_mbox import import_mbox

TWO = b"""\
From jana@mertens.example Thu Oct  9 10:00:00 2025
Subject: one

From here on I am lost.
>From the shop
>>From the shop

From tom@x.example Thu Oct  9 11:00:00 2025
Subject: two

Hello
"""


def read(tmp_path, content):
    path = tmp_path / "mail.mbox"
    path.write_bytes(content)
    return list(mbox.mails(path))


def test_mails_are_separated_and_unquoted(tmp_path):
    one, two = read(tmp_path, TWO)
    assert one.raw == b"Subject: one\n\nFrom here on I am lost.\nFrom the shop\n>From the shop\n"
    assert two.raw == b"Subject: two\n\nHello\n"
    assert (one.uid, two.uid) == (1, 2)
    assert one.at == 1760004000


def test_what_the_standard_library_writes_is_read_back(tmp_path):
    path = tmp_path / "mail.mbox"
    box = standard.mbox(path)
    mails = [f"Subject: {n}\n\nFrom {n} to you\n".encode() for n in range(20)]
    for one in mails:
        box.add(one)
    box.close()
    assert [one.raw for one in mbox.mails(path)] == mails


def test_a_large_mail_keeps_its_beginning_and_its_size(tmp_path, monkeypatch):
    monkeypatch.setattr(mbox, "LARGEST", 1000)
    monkeypatch.setattr(mbox, "BEGINNING", 100)
    monkeypatch.setattr("deskterm.sync.batches.LARGEST", 1000)
    large = b"From a@b.example Thu Oct  9 10:00:00 2025\nSubject: l\n\n" + b"x" * 5000 + b"\n\n"
    one, two = read(tmp_path, large + b"From a@b.example Thu Oct  9 10:00:00 2025\nSubject: s\n\nshort\n")
    assert (len(one.raw), one.size, one.whole) == (100, 5013, False)
    assert two.raw == b"Subject: s\n\nshort\n"


def test_an_empty_file_or_one_of_another_format_is_refused_in_words(tmp_path):
    with pytest.raises(ServerRefused, match="no mbox file"):
        read(tmp_path, b"Subject: x\n\n")
    with pytest.raises(ServerRefused, match="cannot be read"):
        list(mbox.mails(tmp_path / "missing"))


def test_a_nonsensical_separator_has_no_time(tmp_path):
    (one,) = read(tmp_path, b"From a@b.example some day in 2025\nSubject: x\n\n")
    assert one.at is None


def test_an_import_goes_on_where_it_stopped_and_changes_nothing_the_second_time(tmp_path, db, monkeypatch):
    monkeypatch.setattr("deskterm.sync.files.import_mbox.MAILS_A_BATCH", 2)
    path = tmp_path / "years.mbox"
    path.write_bytes(
        b"".join(
            f"From j@x.example Thu Oct  9 10:00:00 2025\nFrom: j@x.example\nSubject: {n}\nMessage-ID: <{n}@x>\n\nHi {n}\n\n".encode()
            for n in range(7)
        )
    )
    context, stop = Context(own=frozenset(), now=1_760_100_000), Event()
    assert import_mbox(path, db, context, lambda progress: stop.set(), stop, role="inbox") == 2
    assert import_mbox(path, db, context, lambda progress: None, Event(), role="inbox") == 5
    assert import_mbox(path, db, context, lambda progress: None, Event(), role="inbox") == 0
    with db.read() as tx:
        assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 7
