"""A short seeded sample of `make torture`. The table of a long run stands in docs/faults.md."""

import subprocess
import sys
from pathlib import Path


def test_a_sample_of_random_faults_loses_and_doubles_nothing():
    command = [sys.executable, "-m", "tests.torture", "56", "20", "20261012"]
    done = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "SMTP line cut" in done.stdout
