"""What an older desk wrote of its sources and its outbox, by names and sentences, is carried over to values."""

import sqlite3
from contextlib import closing

import pytest

from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart
from deskterm.storage import sources
from deskterm.storage.schema import migrate as migrating
from deskterm.storage.schema.migrate import migrate, open_database

AT = 1_700_000_000
STEP = 4


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A database as it was before, with what its accounts and stores reported."""
    path, steps = tmp_path / "desk.db", migrating._steps()
    with monkeypatch.context() as before:
        before.setattr(migrating, "_steps", lambda: [one for one in steps if one[0] < STEP])
        migrate(path)
    return path


def put(path, *rows):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO mailbox(account, name, role) VALUES ('shop (sending)', 'INBOX', 'inbox')"
        )
        connection.execute("INSERT INTO mailbox(account, name, role) VALUES ('shop', 'Sent', 'sent')")
        connection.executemany(
            "INSERT INTO source(name, kind, complete_to, failing_since, words) VALUES (?, ?, ?, ?, ?)", rows
        )


def carried_over(path, kind):
    db = open_database(path)
    with db.read() as tx:
        found = {
            one.source: (one.complete_to, one.failing_since, one.failure) for one in sources.states(tx, kind)
        }
    db.close()
    return found


def test_accounts_duties_and_stores_are_known_apart_whatever_their_names(old):
    put(
        old,
        ("shop", "mail", AT, None, ""),
        ("shop (EU)", "mail", AT, AT + 9, "no network"),
        ("shop (EU) (sending)", "mail", 0, AT, "refused"),
        ("shop (Sent)", "mail", 0, AT, "No folder for sent mail was found."),
        ("shop (sending)", "mail", 0, AT, "an account of that name"),
        ("kiln (Sent)", "orders", AT, None, ""),
    )
    assert carried_over(old, SourceKind.MAIL) == {
        Source("shop"): (AT, None, Failure.NONE),
        Source("shop (EU)"): (AT, AT + 9, Failure.OTHER),
        Source("shop (EU)", part=SourcePart.SENDING): (0, AT, Failure.OTHER),
        Source("shop", part=SourcePart.COPIES): (0, AT, Failure.OTHER),
        Source("shop (sending)"): (0, AT, Failure.OTHER),
    }
    assert carried_over(old, SourceKind.ORDERS) == {
        Source("kiln (Sent)", SourceKind.ORDERS): (AT, None, Failure.NONE)
    }


def test_a_renumbered_folder_is_no_missing_sent_folder(old):
    put(old, ("shop (Sent)", "mail", 0, AT, "x numbers the mails of Sent anew in every session."))
    found = carried_over(old, SourceKind.MAIL)
    assert found[Source("shop", part=SourcePart.NUMBERING, folder="Sent")][2] is Failure.NONSENSE
    assert Source("shop", part=SourcePart.COPIES) not in found


@pytest.mark.parametrize(
    ("state", "attempts", "answered", "ending"),
    [
        ("discarded", 0, "brought back as a draft", "brought back"),
        ("discarded", 0, "brought back as a draft: the customer wrote before it went", "held back"),
        ("discarded", 0, "given up", ""),
        ("queued", 1, "The connection was lost before it was sent (OSError).", "line lost"),
        ("queued", 2, "451 4.7.1 Greylisted", "put off"),
        ("queued", 0, "", ""),
        ("sent", 1, "250 ok", ""),
    ],
)
def test_how_a_reply_ended_is_read_from_its_sentence_once_and_for_all(old, state, attempts, answered, ending):
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute(
            "INSERT INTO outbox(ticket_id, state, account, sender, message_id, raw, draft, action, send_at,"
            " attempts, answered, created_at, updated_at) VALUES (1, ?, 'shop', '', 'm', '', '', 1, 0, ?, ?, 0, 0)",
            (state, attempts, answered),
        )
    migrate(old)
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("SELECT ending FROM outbox").fetchone()[0] == ending
