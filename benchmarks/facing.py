"""What the owner notices, through a real pty: start, keys, opening a ticket, searching; and the memory used."""

import statistics
import sys
from pathlib import Path

from benchmarks.measuring import Figure, Report, nearly_all, program
from benchmarks.terminal import Terminal

BARE = [sys.executable, "-c", "from benchmarks.facing import bare; bare()"]
MARK = b"HELLO-BARE"
INBOX = b"open "  # the top line counts the open tickets
STARTS = 11
KEYS, VISITS, OPENINGS = 60, 7, 60
REST = 2.0  # seconds
WEEK = b"Longest unanswered"  # stands on the first page of the figures
SOLVED = (b"g", b"e")  # a list that is long enough for all keys at every size: most old mail is solved


def bare() -> None:
    """The floor: a Textual app with one line on it."""
    from textual.app import App, ComposeResult
    from textual.widgets import Static

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Static(MARK.decode())

    Bare().run()


def measure(report: Report, count: int, home: Path) -> None:
    """The desk over a database of `count` mails."""
    ours = program(home=home)
    starts: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(STARTS + 1):
        for name, argv, mark in (("ours", ours, INBOX), ("bare", BARE, MARK)):
            with Terminal(argv) as terminal:
                starts[name].append(terminal.until(mark))
    first = {name: 1e3 * statistics.median(taken[1:]) for name, taken in starts.items()}
    report.add(
        Figure(
            "start to first inbox paint, against bare Textual",
            count,
            first["ours"],
            "ms",
            first["bare"],
            "<= 1.27x",
        )
    )
    with Terminal(ours) as terminal:
        terminal.until(INBOX)
        terminal.settle(1.0)
        for key in SOLVED:
            terminal.key(key)
            terminal.settle()
        _keys(report, count, terminal)
        _figures(report, count, terminal)
        report.add(Figure("memory of the open desk", count, terminal.megabytes(), "MB", None, "<= 90"))
        _openings(terminal)
        what = f"  the same after {OPENINGS} openings of the figures"
        report.add(Figure(what, count, terminal.megabytes(), "MB", None, "<= 90"))


def _openings(terminal: Terminal) -> None:
    """The figures opened and left again and again, and a rest after it, in which what they held is freed."""
    for _ in range(OPENINGS):
        terminal.key(b"g")
        terminal.shown(b"m", WEEK)
        terminal.settle(0.1)
        terminal.key(b"q")
        terminal.settle(0.1)
    terminal.settle(REST)


def _keys(report: Report, count: int, terminal: Terminal) -> None:
    def p95(what: str, goal: str, taken: list[float]) -> None:
        report.add(Figure(f"{what}, p95 to the last byte", count, 1e3 * nearly_all(taken), "ms", None, goal))

    p95("j in the list", "<= 16", [terminal.key(b"j") for _ in range(KEYS)])
    opened = []
    for _ in range(12):
        opened.append(terminal.key(b"\r"))
        terminal.settle(0.15)
        terminal.key(b"q")
        terminal.settle(0.15)
        terminal.key(b"j")
    p95("Enter opens a ticket", "<= 16", opened)
    terminal.key(b"/")
    terminal.settle(0.3)
    typed = [terminal.key(letter.encode()) for letter in "where grey"]
    p95("search as typed", "<= 50", typed[1:])
    terminal.key(b"\x1b")
    terminal.settle(0.5)


def _figures(report: Report, count: int, terminal: Terminal) -> None:
    """The screen of the figures: its first picture, then the week. The first time, all samples are computed."""
    taken = []
    for _ in range(VISITS + 1):
        terminal.key(b"g")
        taken.append(terminal.shown(b"m", WEEK))
        terminal.settle()
        terminal.key(b"q")
        terminal.settle()
    first, week = (1e3 * statistics.median(one) for one in zip(*taken[1:], strict=True))
    report.add(Figure("g m, the first picture of the figures", count, first, "ms", None, "<= 100"))
    report.add(Figure("g m, the week's figures", count, week, "ms", None))
