"""The ledger's language: a few lines for each case, written into a real database.

    == What is shown
    now 11-23 10:00                     (the week before it is looked at; `week 11-16` names another)
    T1 11-16 09:00 in                   the customer writes; a ticket that was waiting or solved is open again
    T1 11-16 12:00 out                  we answer; the ticket waits. `out+solve`, `out only`, `out macro=thanks`
    T1 11-17 09:00 solve | open | wait | hold | snooze 11-19 09:00 | wake | category shipping | handled 90
    T1 11-18 10:00 split T2 11-17 10:00 its mails from then on become T2; `one` behind it: that mail alone
    T1 11-18 10:00 join T2              T2 becomes part of T1
    first reply = 3h n=1                what the figure must be; `business` behind its name takes that clock

Dates are of 2026 unless a year stands before them, times those of Berlin. The shop works Mon-Fri 9 to 17.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
_MOMENT = r"((?:\d{4}-)?\d\d-\d\d) (\d\d:\d\d)"
_STEP = re.compile(rf"T(\d+) {_MOMENT} (.+)")
_EXPECTED = re.compile(r"([a-z][a-z -]+?)( business)? = (\S+)(.*)")
_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def moment(day: str, time: str) -> int:
    """UTC seconds of a date and a time in Berlin; `+` behind the time is its second hour of a long night."""
    full = day if len(day) > 5 else f"2026-{day}"
    return int(datetime.fromisoformat(f"{full}T{time}").replace(tzinfo=BERLIN).timestamp())


@dataclass
class Expected:
    """What a figure must be."""

    figure: str
    business: bool
    value: float | None
    n: int | None = None
    before: float | None = None
    p90: float | None = None
    left: dict[str, int] = field(default_factory=dict)
    tickets: tuple[int, ...] | None = None
    text: str = ""


@dataclass
class Case:
    """One case: its steps in order, and what must come out."""

    title: str
    steps: list[tuple[int, int, str]] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    now: int = moment("11-23", "10:00")
    week: date = date(2026, 11, 16)


def read_cases(folder: Path) -> list[Case]:
    """Every case of the ledger's files."""
    cases: list[Case] = []
    for file in sorted(folder.glob("*.txt")):
        for raw in file.read_text("utf-8").splitlines():
            line = raw.partition("  #")[0].strip()
            if line.startswith("== "):
                cases.append(Case(f"{file.stem}: {line[3:]}"))
            elif line and not line.startswith("#"):
                _read_line(cases[-1], line)
    return cases


def _read_line(case: Case, line: str) -> None:
    if found := _STEP.fullmatch(line):
        case.steps.append((int(found[1]), moment(found[2], found[3]), found[4]))
    elif found := re.fullmatch(rf"now {_MOMENT}", line):
        case.now = moment(found[1], found[2])
    elif found := re.fullmatch(r"week ((?:\d{4}-)?\d\d-\d\d)", line):
        case.week = date.fromisoformat(found[1] if len(found[1]) > 5 else f"2026-{found[1]}")
    elif found := _EXPECTED.fullmatch(line):
        case.expected.append(_expectation(found, line))
    else:
        case.facts.append(line)


def _expectation(found: re.Match[str], line: str) -> Expected:
    made = Expected(found[1], bool(found[2]), value_of(found[3]), text=line)
    rest = found[4]
    for name in ("n", "before", "p90"):
        if given := re.search(rf" {name}=(\S+)", rest):
            setattr(made, name, int(given[1]) if name == "n" else value_of(given[1]))
    if given := re.search(r" tickets=(\S+)", rest):
        made.tickets = tuple(int(one) for one in given[1].removeprefix("T").split(",T"))
    for number, why in re.findall(r" left (\d+) \(([^)]+)\)", rest):
        made.left[why] = int(number)
    return made


def value_of(text: str) -> float | None:
    """`3h`, `1d2h30m`, `2/3`, `12.5`; `-` for nothing."""
    if text == "-":
        return None
    if "/" in text:
        part, whole = text.split("/")
        return int(part) / int(whole)
    parts = re.findall(r"(\d+)([dhms])", text)
    if parts:
        return float(sum(int(number) * _UNITS[unit] for number, unit in parts))
    return float(text)
