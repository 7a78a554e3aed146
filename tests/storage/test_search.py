"""Finding messages: what is found, what is not, and that nothing typed is an error."""

import sqlite3

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from deskterm.domain.messages import Address, Fold, FoldKind
from deskterm.storage.mail import messages
from deskterm.storage.mail.new_message import new_message
from deskterm.storage.mail.packing import pack
from deskterm.storage.search import find, word_index
from deskterm.storage.upkeep import health
from storage.making import JANA, NOON, message, query_of, ticket


@pytest.fixture
def found(db):
    """How many messages a query finds among one mail of Jana's."""
    with db.write() as tx:
        ticket(
            tx,
            Address("Jörg Müßig", "joerg@muessig.example"),
            subject="Kaputte Tasse",
            text="Die blaue Tasse kam zerbrochen an. 包装が壊れていました。箱 배송이 늦어요 ฉันรอ",
        )

        def count(query: str) -> int:
            hits = find.find(tx, query_of(query), 0, 50)
            assert len(hits) == find.total(tx, query_of(query))
            return len(hits)

        yield count


@pytest.mark.parametrize(
    "query",
    [
        "tasse", "TASSE", "blaue tasse", "zerbr", '"blaue tasse"', '"tasse kam"', "joerg@muessig.example", "jorg",
        "Müßig", "kaputte", "包装", "包", "壊れて", "が壊", "箱", "배송", "늦어요", "ฉันรอ", "T1001", "t1001", "tasse blaue",
    ],
)  # fmt: skip
def test_is_found(found, query):
    assert found(query) == 1


@pytest.mark.parametrize(
    "query",
    ["", " ", "teller", '"tasse blaue"', "asse", "zerbr ", "装包", "T1002", "tasse teller", "!!!", '""'],
)
def test_is_not_found(found, query):
    assert found(query) == 0


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
@example('"')
@example("a AND OR NOT (b")
@example("subject:x -y ^z *")
@example("NEAR(a b, 2)")
@example('a"b" "c')
@example("\x00a\ud800")
@example("T" + "9" * 15)
def test_no_query_is_an_error(found, query):
    assert found(query) in (0, 1)


def test_quoted_text_is_left_out(db):
    with db.write() as tx:
        made = ticket(tx, text="New words.")
        messages.add(
            tx, made,
            new_message(
                direction=messages.Direction.IN, at=NOON, text="Mine.\n> theirs", sender=JANA,
                folds=(Fold(6, 14, FoldKind.QUOTE),), fingerprint=b"q",
            ),
        )  # fmt: skip
        assert find.total(tx, query_of("mine")) == 1
        assert find.total(tx, query_of("theirs")) == 0


def test_the_newest_comes_first_whatever_the_order_of_arrival(db):
    with db.write() as tx:
        made = ticket(tx, at=NOON, text="lamp 0")
        for at in (30, 10, 20, -5):
            message(tx, made, at=NOON + at, text=f"lamp {at}")
        assert [hit.excerpt for hit in find.find(tx, query_of("lamp"), 0, 9)] == [
            "lamp 30", "lamp 20", "lamp 10", "lamp 0", "lamp -5",
        ]  # fmt: skip
        assert [hit.excerpt for hit in find.find(tx, query_of("lamp"), 1, 2)] == ["lamp 20", "lamp 10"]


def test_many_mails_of_one_second_all_have_their_place(db):
    with db.write() as tx:
        made = ticket(tx)
        for number in range(30):
            message(tx, made, text=f"lamp {number}")
        slots = [row[0] for row in tx.execute("SELECT slot FROM message ORDER BY id")]
        assert len(set(slots)) == 31
        assert slots == sorted(slots)


@pytest.mark.parametrize("at", [0, -(2**40), 2**45, NOON])
def test_any_time_has_a_place(db, at):
    with db.write() as tx:
        made = ticket(tx, at=at, text="lamp")
        assert find.find(tx, query_of("lamp"), 0, 1)[0].row.ticket_id == made


def test_a_removed_message_is_no_longer_found_and_the_index_stays_whole(db):
    with db.write() as tx:
        made = ticket(tx)
        gone = message(tx, made, text="zebra 1042 包装", numbers=("1042",), raw=b"raw")
        assert word_index.naming(tx, "1042", 9) == [gone]
        messages.remove(tx, gone)
        assert find.total(tx, query_of("zebra")) == find.total(tx, query_of("包装")) == 0
        assert word_index.naming(tx, "1042", 9) == []
        tx.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        assert health.search_works(tx)
        assert health.loose_ends(tx) == 0


def test_the_match_is_marked_in_its_line(db):
    with db.write() as tx:
        ticket(tx, text="first\n\n" + "word " * 40 + "the Ämter are here " + "end " * 40)
        (hit,) = find.find(tx, query_of("amter"), 0, 1)
        ((start, end),) = hit.marks
        assert hit.excerpt[start:end] == "Ämter"
        assert "\n" not in hit.excerpt


def test_originals_come_back_byte_for_byte(db):
    raw = bytes(range(256)) * 40
    with db.write() as tx:
        made = ticket(tx)
        assert messages.original(tx, message(tx, made, raw=raw, text="a")) == raw
        like_packed = pack(b"x")[:2] + b"a mail that begins so"
        assert messages.original(tx, message(tx, made, raw=like_packed, text="c")) == like_packed


def test_sqlite_is_new_enough():
    assert sqlite3.sqlite_version_info >= (3, 38)
