"""A rule's run killed at any statement: it stands whole with its letter, or not at all."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.test_rules import BROKEN, SENDS, RuleWorld, came_to

SAME = BROKEN.replace("\n\n", "\nid: <same@test>\n\n")
CHILD = """
import os, signal, sys, pathlib
sys.path.insert(0, sys.argv[2])
from intake import test_rule_killed
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
test_rule_killed.run(pathlib.Path(sys.argv[1]))
"""


def run(folder: Path) -> None:
    world = RuleWorld(folder)
    came_to(world, SAME, SENDS)
    world.db.close()


def state(folder: Path):
    """All of it that a rule did: the ticket, its letter, drafts, the outbox, its events."""
    world = RuleWorld(folder)
    with world.db.read() as tx:
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        ids = [row[0] for row in tx.execute("SELECT id FROM ticket ORDER BY id")]
        told = [tuple(row) for row in tx.execute("SELECT what, by, was, now FROM events ORDER BY id")]
    found = [world.became(one) for one in ids], told
    world.db.close()
    return found


@pytest.mark.parametrize("statement", [130])
def test_killed_at_a_statement_it_is_whole_or_undone(tmp_path, statement):
    clean, killed = tmp_path / "clean", tmp_path / "killed"
    clean.mkdir()
    killed.mkdir()
    run(clean)
    command = [sys.executable, "-c", CHILD, str(killed), str(Path(__file__).parents[1]), str(statement)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -signal.SIGKILL
    for one in state(killed)[0]:
        assert (one["ran"], one["tags"], one["category"]) in (("", "", ""), ("one", "a", "damaged"))
        assert bool(one["sent"]) is (one["ending"] == "sent")
    run(killed)
    assert state(killed)[0] == state(clean)[0]
    assert len(state(killed)[1]) == len(state(clean)[1])
