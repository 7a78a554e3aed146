"""What it costs to read one mail, beside the standard library's parser on the same mail."""

import email
import email.policy
import time
from collections.abc import Callable
from statistics import mean, median

from benchmarks.mailbox import STORE, letters
from benchmarks.measuring import Figure, Report, nearly_all

MAILS = 500


def measure(report: Report) -> None:
    """The mean (what a sync pays), the median and the slowest twentieth of a generated store's mails."""
    from deskterm.mail.parse import parse
    from deskterm.mail.read import read_mail

    raws = [letter.raw for letter in letters(MAILS, now=1_790_000_000)]
    floor = _each(raws, lambda raw: email.message_from_bytes(raw, policy=email.policy.compat32))
    parsed = _each(raws, parse)
    report.add(_figure("a mail parsed, median, against email.compat32", median, parsed, floor, "<= 100"))
    own = frozenset({STORE})
    whole = _each(raws, lambda raw: read_mail(raw, own))
    report.add(_figure("a mail read (parsed, laid out, judged), mean", mean, whole, floor, "<= 170"))
    report.add(_figure("  the same, median", median, whole, floor))
    report.add(_figure("  the same, p95", nearly_all, whole, floor))


def _figure(
    what: str, of: Callable[[list[float]], float], taken: list[float], floor: list[float], goal: str = ""
) -> Figure:
    return Figure(what, MAILS, 1e6 * of(taken), "us", 1e6 * of(floor), goal)


def _each(raws: list[bytes], work: Callable[[bytes], object]) -> list[float]:
    """The seconds of processor time for each; the first ones are run twice, because they load modules and fill caches."""
    for raw in raws[:50]:
        work(raw)
    taken = []
    for raw in raws:
        began = time.process_time()
        work(raw)
        taken.append(time.process_time() - began)
    return taken
