"""A sync killed at any statement: the database is whole, and going on gives what an undisturbed run gives."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.intake.values import Context
from intake.world import CONTEXT, DAY, JANA, MIRA, NOON, OMAR, SHOP, World, mail, picture, told

FIRST = Context(CONTEXT.own, NOON, CONTEXT.playbook, first_sync=True)


def mails():
    """Three matters over two months, newest first, as a first sync finds them."""
    found = []
    for place, who in enumerate((JANA, OMAR, MIRA)):
        name = f"m{place}"
        found += [
            (mail(f"{name}a", who, text="Where is my parcel? Order 1042"), NOON - (60 - place) * DAY),
            (mail(f"{name}b", SHOP, (who,), parents=(f"{name}a",)), NOON - (59 - place) * DAY),
            (
                mail(f"{name}c", who, parents=(f"{name}a", f"{name}b"), subject="Re: Mug"),
                NOON - (20 - place) * DAY,
            ),
        ]
    found.append((mail("both", MIRA, parents=("m0a",), subject="Linked?"), NOON - DAY))
    return sorted(found, key=lambda one: -one[1])


def run(folder: Path) -> None:
    world = World(folder)
    listed = mails()
    for start in range(0, len(listed), 4):
        world.uid = start
        world.come(*listed[start : start + 4], context=FIRST)
    world.infer()
    world.db.close()


def state(folder: Path):
    world = World(folder)
    with world.db.read() as tx:
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert tx.execute("PRAGMA foreign_key_check").fetchall() == []
        tx.execute("SELECT count(*) FROM search WHERE search MATCH 'parcel'").fetchone()
        places = [tuple(row) for row in tx.execute("SELECT mailbox_id, uid, gone FROM place ORDER BY 1, 2")]
        shown = picture(tx), told(tx), places
    world.db.close()
    return shown


# The child counts its statements and kills itself at the one it was told.
CHILD = """
import os, signal, sqlite3, sys, pathlib
sys.path.insert(0, sys.argv[2])
from intake import test_killed
from deskterm.storage.schema import database
left = int(sys.argv[3])
def count(statement):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
connect = database._connect
def traced(*given, **named):
    connection = connect(*given, **named)
    connection.set_trace_callback(count)
    return connection
database._connect = traced
test_killed.run(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.parametrize("statement", [9, 40, 90, 140, 200, 280])
def test_killed_at_a_statement_and_run_again_equals_the_clean_run(tmp_path, statement):
    clean, killed = tmp_path / "clean", tmp_path / "killed"
    clean.mkdir()
    killed.mkdir()
    run(clean)
    command = [sys.executable, "-c", CHILD, str(killed), str(Path(__file__).parents[1]), str(statement)]
    done = subprocess.run(command, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    state(killed)
    run(killed)
    assert state(killed) == state(clean)
