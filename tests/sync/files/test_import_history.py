"""Other help desks' conversations as history: solved, found, learned from, and counted when they were."""

import json
from threading import Event

import pytest

from deskterm.domain.messages import Address
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.tickets import Listing
from deskterm.errors import NotNow
from deskterm.intake.values import Context
from deskterm.storage import lists
from deskterm.sync.files.desk_exports import conversations, is_export
from deskterm.sync.files.import_history import import_history

US = Address("Loom & Clay", "hello@loom.example")
NOW = 1763718180  # 21 November 2025
ASKED, TOLD = "Does the throw shrink in the wash?", "Hello Jana,\n\nwash it cold and it keeps its shape."
CARE = Macro("care", "Care", "Hello {{ customer.first_name }},\n\nwash it cold and it keeps its shape.")

ZENDESK = {
    "id": 7, "subject": "Washing", "status": "open", "description": ASKED,
    "requester": {"id": 1, "name": "Jana Mertens", "email": "Jana@mertens.example"},
    "comments": [
        {"id": 1, "author_id": 1, "plain_body": ASKED, "public": True, "created_at": "2025-11-20T09:00:00Z"},
        {"id": 2, "author_id": 9, "plain_body": "She is nice", "public": False, "created_at": "2025-11-20T09:30:00Z"},
        {"id": 3, "author_id": 9, "html_body": f"<p>{TOLD.replace(chr(10) * 2, '</p><p>')}</p>", "public": True,
         "created_at": "2025-11-20T10:00:00Z"},
    ],
}  # fmt: skip
HELP_SCOUT = {
    "id": 8, "number": 8, "subject": "Washing", "status": "active",
    "primaryCustomer": {"email": "jana@mertens.example", "first": "Jana", "last": "Mertens"},
    "_embedded": {"threads": [
        {"id": 1, "type": "customer", "body": ASKED, "createdAt": "2025-11-20T09:00:00Z",
         "createdBy": {"type": "customer", "email": "jana@mertens.example"}},
        {"id": 2, "type": "lineitem", "body": "Anna took it", "createdAt": "2025-11-20T09:10:00Z"},
        {"id": 3, "type": "note", "body": "nice", "createdAt": "2025-11-20T09:30:00Z"},
        {"id": 4, "type": "message", "body": TOLD, "createdAt": "2025-11-20T10:00:00Z",
         "createdBy": {"type": "user", "email": "anna@elsewhere.example"}},
    ]},
}  # fmt: skip
GORGIAS = {
    "id": 9, "subject": "Washing", "customer": {"email": "jana@mertens.example", "name": "Jana Mertens"},
    "messages": [
        {"id": 1, "from_agent": False, "body_text": ASKED, "public": True, "sent_datetime": "2025-11-20T09:00:00"},
        {"id": 2, "from_agent": True, "body_text": "nice", "public": False, "sent_datetime": "2025-11-20T09:30:00"},
        {"id": 3, "from_agent": True, "body_text": TOLD, "public": True, "sent_datetime": "2025-11-20T10:00:00"},
    ],
}  # fmt: skip
FRESHDESK = {"helpdesk_ticket": {
    "id": 10, "subject": "Washing", "description": ASKED, "created_at": "2025-11-20T09:00:00+00:00",
    "requester": {"email": "jana@mertens.example", "name": "Jana Mertens"},
    "notes": [
        {"helpdesk_note": {"id": 1, "body": "nice", "incoming": False, "private": True,
                           "created_at": "2025-11-20T09:30:00+00:00"}},
        {"helpdesk_note": {"id": 2, "body": TOLD, "incoming": False, "private": False,
                           "created_at": "2025-11-20T10:00:00+00:00"}},
    ],
}}  # fmt: skip
CHATWOOT = {
    "id": 11, "meta": {"sender": {"email": "jana@mertens.example", "name": "Jana Mertens"}},
    "messages": [
        {"id": 1, "content": ASKED, "message_type": 0, "created_at": 1763629200},
        {"id": 2, "content": "Anna took it", "message_type": 2, "created_at": 1763629300},
        {"id": 3, "content": "nice", "message_type": 1, "private": True, "created_at": 1763631000},
        {"id": 4, "content": TOLD, "message_type": 1, "created_at": 1763632800},
    ],
}  # fmt: skip
EXPORTS = {
    "zendesk": json.dumps(ZENDESK) + "\n" + json.dumps(ZENDESK | {"id": 70, "comments": []}) + "\n",
    "help scout": json.dumps({"_embedded": {"conversations": [HELP_SCOUT]}}),
    "gorgias": json.dumps({"data": [GORGIAS]}),
    "freshdesk": json.dumps([FRESHDESK]),
    "chatwoot": json.dumps({"data": {"payload": [CHATWOOT]}}),
}


def import_(file, db, now=NOW):
    context = Context(frozenset({US.key}), now, Playbook({"care": CARE}))
    return import_history(file, db, context, lambda progress: None, Event(), us=US)


@pytest.mark.parametrize("desk", EXPORTS)
def test_each_desk_gives_the_same_conversation(tmp_path, desk):
    file = tmp_path / "export.json"
    file.write_text(EXPORTS[desk], "utf-8")
    assert is_export(file)
    (one,) = conversations(file)
    assert one.customer == Address("Jana Mertens", one.customer.address)
    assert one.customer.key == "jana@mertens.example"
    said = [(message.at, message.ours, message.text) for message in one.messages]
    assert said == [(1763629200, False, ASKED), (1763632800, True, TOLD)]
    assert one.notes == 1


def test_what_is_imported_is_solved_found_learned_from_and_imported_once(tmp_path, db):
    open_one = GORGIAS | {"id": 12, "subject": "Is it in stock?", "messages": GORGIAS["messages"][:1]}
    (tmp_path / "export.json").write_text(json.dumps([GORGIAS, open_one]), "utf-8")
    done = import_(tmp_path, db)
    assert (done.conversations, done.messages, done.notes, done.left_out, done.known) == (2, 3, 1, 0, 0)
    assert import_(tmp_path, db).known == 3
    with db.read() as tx:
        assert lists.count(tx, Listing.INBOX) == lists.count(tx, Listing.WAITING) == 0
        assert lists.count(tx, Listing.SOLVED) == 2
        assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 3
        assert all(row["inferred"] for row in tx.execute("SELECT inferred FROM ticket"))
        assert [row["label"] for row in tx.execute("SELECT label FROM lesson")] == ["care"]
        assert tx.execute("SELECT max(at) FROM events").fetchone()[0] < NOW - 3600
        assert tx.execute("SELECT count(*) FROM search WHERE search MATCH 'shrink'").fetchone()[0] == 2
        assert tx.execute("SELECT count(*) FROM outbox").fetchone()[0] == 0


def test_a_file_without_conversations_is_reported_and_an_invalid_address_left_out(tmp_path, db):
    file = tmp_path / "export.json"
    file.write_text('{"tickets": []}')
    with pytest.raises(NotNow, match="no conversations"):
        import_(file, db)
    file.write_text(json.dumps([GORGIAS | {"customer": {"email": "no address", "name": "x"}}]))
    done = import_(file, db)
    assert (done.conversations, done.messages, done.left_out) == (0, 0, 2)


def test_what_is_left_out_is_counted_message_by_message(tmp_path, db):
    asked, _, told = GORGIAS["messages"]
    shown = [asked, told | {"body_text": ""}, told | {"sent_datetime": "someday"}]
    nobody = GORGIAS | {"id": 13, "customer": {"name": "Jana"}}
    empty = GORGIAS | {"id": 14, "messages": [asked | {"body_text": ""}]}
    (tmp_path / "export.json").write_text(json.dumps([GORGIAS | {"messages": shown}, nobody, empty]), "utf-8")
    done = import_(tmp_path, db)
    assert (done.conversations, done.messages, done.left_out) == (1, 1, 2 + 2 + 1)


@pytest.mark.parametrize(
    "at",
    [
        "1e300",
        "-1",
        "Infinity",
        "NaN",
        "9" * 400,
        '"9999-12-31T23:59:59-14:00"',
        '"0001-01-01T00:00:00+14:00"',
    ],
)
def test_a_message_with_an_impossible_time_is_left_out(tmp_path, at):
    text = json.dumps([GORGIAS]).replace('"2025-11-20T10:00:00"', at)
    (tmp_path / "export.json").write_text(text, "utf-8")
    (one,) = conversations(tmp_path)
    assert (len(one.messages), one.left_out) == (1, 1)


def test_a_message_dated_ahead_is_history_too(tmp_path, db):
    text = json.dumps([GORGIAS]).replace("2025-11-20T10:00:00", "9999-12-31T23:00:00")
    (tmp_path / "export.json").write_text(text, "utf-8")
    import_(tmp_path, db)
    with db.read() as tx:
        assert [row["status"] for row in tx.execute("SELECT status FROM ticket")] == ["solved"]


def test_what_is_nested_too_deeply_is_no_conversation(tmp_path):
    deep = "[" * 100_000
    (tmp_path / "export.json").write_text(f"{deep}\n{json.dumps(GORGIAS)}", "utf-8")
    (one,) = conversations(tmp_path)
    assert len(one.messages) == 2
    (tmp_path / "export.json").write_text(deep, "utf-8")
    with pytest.raises(NotNow, match="no conversations"):
        list(conversations(tmp_path))
