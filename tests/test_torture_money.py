"""A short seeded sample of `python -m tests.torture.money`. The table of a long run stands in docs/faults.md."""

import subprocess
import sys
from pathlib import Path


def test_a_sample_of_refunds_and_cancellations_under_faults_moves_money_once():
    """In a process of its own, as it forks processes that die."""
    command = [sys.executable, "-m", "tests.torture.money", "6", "20261130"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" in ") == 13
    assert " done " in done.stdout
