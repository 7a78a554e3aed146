"""What one mail costs to read, beside the standard library taking the same mail apart."""

import email
import email.policy
import time
from collections.abc import Callable

from benchmarks.mailbox import STORE, letters
from benchmarks.measuring import Figure, Report, nearly_all

MAILS = 500


def measure(report: Report) -> None:
    """The median and the slowest twentieth of a generated store's mails."""
    from deskterm.mail.parse import parse
    from deskterm.mail.reading import read

    raws = [letter.raw for letter in letters(MAILS, now=1_790_000_000)]
    floor = _each(raws, lambda raw: email.message_from_bytes(raw, policy=email.policy.compat32))
    report.add(_figure("a mail parsed, median, against email.compat32", _each(raws, parse), floor, "<= 100"))
    own = frozenset({STORE})
    whole = _each(raws, lambda raw: read(raw, own))
    report.add(_figure("a mail read (parsed, laid out, folded, judged)", whole, floor))
    report.add(Figure("  the same, p95", MAILS, 1e6 * nearly_all(whole), "us"))


def _figure(what: str, taken: list[float], floor: list[float], goal: str = "") -> Figure:
    return Figure(what, MAILS, 1e6 * _median(taken), "us", 1e6 * _median(floor), goal)


def _each(raws: list[bytes], work: Callable[[bytes], object]) -> list[float]:
    work(raws[0])
    taken = []
    for raw in raws:
        began = time.perf_counter()
        work(raw)
        taken.append(time.perf_counter() - began)
    return taken


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
