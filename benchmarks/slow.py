"""`python -m benchmarks.slow`: keys in the open desk while a mailbox's server keeps it waiting."""

import tempfile
from pathlib import Path
from typing import Any

from tests.counterparts.chaos import Chaos

from benchmarks.facing import INBOX
from benchmarks.measuring import Figure, Report, nearly_all, program, run
from benchmarks.server import home_for, serving
from benchmarks.terminal import Terminal

KEYS = 60
MAILS = 2000
FAULTS: dict[str, dict[str, Any]] = {
    "a server that answers": {},
    "a stall": {"cut_after": 900, "stall": True},
    "silence from the start": {"cut_after": 1, "stall": True},
    "100 bytes a second": {"trickle": (10, 0.1)},
    "three seconds each way": {"late": 3.0},
}


def measure(report: Report) -> None:
    """The time of `j` and `k`, to the last byte painted, with each fault on the line to the mailbox.

    The floor is a server that answers.
    """
    with tempfile.TemporaryDirectory(prefix="slow-") as folder, serving(MAILS) as (server, _):
        home = home_for(server, Path(folder) / "home")
        run("sync", home=home)
        config = (home / "config.toml").read_text()
        floor: dict[str, float] = {}
        for name, fault in FAULTS.items():
            chaos = Chaos(server.tls_port, **fault)
            try:
                slow = config.replace(f"port = {server.tls_port}\n", f"port = {chaos.port}\n")
                (home / "config.toml").write_text(slow)
                taken = _keys(home)
            finally:
                chaos.cut_all()
                chaos.close()
            for what, value in (("median", sorted(taken)[KEYS // 2]), ("p95", nearly_all(taken))):
                answered = floor.setdefault(what, 1e3 * value)
                report.add(Figure(f"j and k, {name}, {what}", MAILS, 1e3 * value, "ms", answered))


def _keys(home: Path) -> list[float]:
    with Terminal(program(home=home)) as terminal:
        terminal.until(INBOX)
        terminal.settle(0.5)
        return [terminal.key(b"j" if turn % 10 < 5 else b"k") for turn in range(KEYS)]


if __name__ == "__main__":
    printed = Report()
    printed.head()
    measure(printed)
