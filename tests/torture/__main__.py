"""Random faults, counted at the other end: `python -m tests.torture [runs] [seconds] [seed]`.

Ends after so many runs or seconds, whichever comes first, and prints what each
kind of fault lost and doubled. The same seed makes the same faults. Exits 1 if
anything was lost or doubled.
"""

import logging
import os
import random
import signal
import sys
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT)]


@dataclass
class Tally:
    """One line of the table."""

    runs: int = 0
    hit: int = 0
    lost: int = 0
    doubled: int = 0
    uncertain: int = 0
    words: list = field(default_factory=list)


def main(runs: int, seconds: float, seed: int) -> int:
    from torture import faults
    from torture.scene import Scene

    faults.start()
    scene = Scene(random.Random(seed))
    kinds = [kind for kind in faults.ALL if scene.dovecot or not kind[3]]
    order = [kind for kind in kinds for _ in range(kind[2])]
    table = {kind[0]: Tally() for kind in kinds}
    end, done = time.monotonic() + seconds, 0
    try:
        while done < runs and time.monotonic() < end:
            if not done % len(order):
                random.Random(seed + done).shuffle(order)
            name, fault = order[done % len(order)][:2]
            scene.rng.seed(f"{seed} {done}")
            _note(table[name], fault(scene), f"run {done}: {name}:")
            done += 1
    finally:
        scene.close()
    _printed(table, seed, seconds - (end - time.monotonic()))
    return int(any(one.lost or one.doubled for one in table.values()))


def _note(tally, found, run):
    tally.runs += 1
    tally.hit += found.hit
    tally.lost += found.lost
    tally.doubled += found.doubled
    tally.uncertain += found.uncertain
    if found.lost or found.doubled:
        tally.words.append(run + found.words)


def _printed(table, seed, took):
    row = "{:<40} {:>6} {:>6} {:>6} {:>8} {:>10}".format
    names = ("runs", "hit", "lost", "doubled", "uncertain")
    lines = [row("fault", *names)]
    lines += [row(fault, *(getattr(one, name) for name in names)) for fault, one in table.items()]
    lines.append(row("all", *(sum(getattr(one, name) for one in table.values()) for name in names)))
    lines.append(f"seed {seed}, {took:.0f} s")
    lines += [words for one in table.values() for words in one.words[:5]]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.path[:0] = PLACES
    os.environ["PYTHONPATH"] = os.pathsep.join(PLACES)
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are ended too
    given = [float(one) for one in sys.argv[1:]] + [5000, 1200, random.randrange(1_000_000)][
        len(sys.argv) - 1 :
    ]
    sys.exit(main(int(given[0]), given[1], int(given[2])))
