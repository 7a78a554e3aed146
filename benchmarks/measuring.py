"""How figures are measured and printed: floors in the same run, medians, ratios."""

import compileall
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Figure:
    """One line of the report. `floor` was measured in the same run; None if there is none."""

    what: str
    mails: int
    ours: float
    unit: str
    floor: float | None = None
    goal: str = ""
    more_is_better: bool = False

    @property
    def row(self) -> str:
        """The line as it is printed."""
        floor = f"{self.floor:12,.1f}" if self.floor is not None else " " * 12
        ratio = f"{self.ours / self.floor:8.2f}x" if self.floor else " " * 9
        return f"{self.what:<44}{self.mails:>9,}{self.ours:>12,.1f}{floor}{ratio}  {self.unit:<8}{self.goal}"


@dataclass
class Report:
    """The lines so far; each is printed at once."""

    figures: list[Figure] = field(default_factory=list)

    def head(self) -> None:
        """Compile the program, as an installer does; print the column heads and a description of the machine.

        Without this, every command compiles what it imports if PYTHONDONTWRITEBYTECODE is set.
        """
        compileall.compile_dir(ROOT / "src", quiet=1)
        load = os.getloadavg()[0]
        print(
            f"Python {sys.version.split()[0]}, {os.cpu_count()} cores, load {load:.1f}. Floors are of this run.\n"
        )
        print(f"{'':<44}{'mails':>9}{'ours':>12}{'floor':>12}{'ratio':>9}  unit    goal")

    def add(self, figure: Figure) -> None:
        """Add a figure and print it."""
        self.figures.append(figure)
        print(figure.row, flush=True)

    def growth(self) -> None:
        """Print how each figure grows with the mails, as an exponent: 0 is flat, 1 is in proportion.

        For a rate, this is the time per mail.
        """
        print("\ngrowth exponents")
        by_name: dict[str, list[Figure]] = {}
        for figure in self.figures:
            by_name.setdefault(figure.what, []).append(figure)
        for what, rows in by_name.items():
            first, last = rows[0], rows[-1]
            if first.mails < last.mails and first.ours > 0 < last.ours:
                grown = math.log(last.ours / first.ours) / math.log(last.mails / first.mails)
                print(f"{what:<52}{1 - grown if last.unit.startswith('mails') else grown:8.2f}")


def seconds(work: Callable[[], object]) -> float:
    """The seconds of one run."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def in_turn(times: int, **works: Callable[[], object]) -> dict[str, float]:
    """The median seconds of each, run in turn `times` times so that noise affects all alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return {name: statistics.median(values) for name, values in taken.items()}


def nearly_all(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[min(len(values) - 1, round(0.95 * (len(values) - 1)))]


def program(*words: str, home: Path) -> list[str]:
    """The command line of deskterm with that home."""
    return [sys.executable, "-m", "deskterm", "--home", str(home), *words]


def run(*words: str, home: Path) -> tuple[float, float]:
    """Run a command to its end. Returns its seconds and the peak of its memory in MB."""
    began = time.perf_counter()
    with subprocess.Popen(
        program(*words, home=home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - began
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {process.returncode}: {said.decode()[-2000:]}")
    per_megabyte = 1024 * (1024 if sys.platform == "darwin" else 1)
    return taken, used.ru_maxrss / per_megabyte
