"""A rule's run killed at any statement: it is there whole, with its letter, or not at all."""

import signal
import subprocess
import sys
from pathlib import Path

from intake.test_rules import BROKEN, SENDS, RuleWorld, came_to

SAME = BROKEN.replace("\n\n", "\nid: <same@test>\n\n")
PARENT = """
import os, signal, sys, pathlib
sys.path.insert(0, sys.argv[1])
from intake import test_rule_killed
from deskterm.storage.schema import database
test_rule_killed.run(pathlib.Path(sys.argv[2]))  # whole, and all that is imported late is imported
connect = database._connect
def traced(*given, **named):
    connection = connect(*given, **named)
    connection.set_trace_callback(count)
    return connection
for folder, statement in zip(sys.argv[3::2], map(int, sys.argv[4::2])):
    child = os.fork()  # one start of the program for all of them
    if child == 0:
        left = statement
        def count(_):
            global left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        database._connect = traced
        test_rule_killed.run(pathlib.Path(folder))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
STATEMENTS = (104, 113, 120, 130, 150, 199, 202, 206, 220, 233)  # of some 234: the run, then its letter


def run(folder: Path) -> None:
    world = RuleWorld(folder)
    came_to(world, SAME, SENDS)
    world.db.close()


def state(folder: Path):
    """Everything that a rule did: the ticket, its letter, drafts, the outbox, its events."""
    world = RuleWorld(folder)
    with world.db.read() as tx:
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        ids = [row[0] for row in tx.execute("SELECT id FROM ticket ORDER BY id")]
        told = [tuple(row) for row in tx.execute("SELECT what, by, was, now FROM events ORDER BY id")]
    found = [world.became(one) for one in ids], told
    world.db.close()
    return found


def test_killed_at_any_statement_it_is_whole_or_undone(tmp_path):
    clean = tmp_path / "clean"
    clean.mkdir()
    folders = {statement: tmp_path / str(statement) for statement in STATEMENTS}
    for folder in folders.values():
        folder.mkdir()
    given = [part for statement, folder in folders.items() for part in (str(folder), str(statement))]
    command = [sys.executable, "-c", PARENT, str(Path(__file__).parents[1]), str(clean), *given]
    ended = subprocess.run(command, check=True, timeout=60, capture_output=True, text=True).stdout.split()
    assert ended == [str(-signal.SIGKILL)] * len(STATEMENTS)
    whole = state(clean)
    for folder in folders.values():
        for one in state(folder)[0]:
            assert (one["ran"], one["tags"], one["category"]) in (("", "", ""), ("one", "a", "damaged"))
            assert bool(one["sent"]) is (one["ending"] == "sent")
        run(folder)
        again = state(folder)
        assert again[0] == whole[0]
        assert len(again[1]) == len(whole[1])
