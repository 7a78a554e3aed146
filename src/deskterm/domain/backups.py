"""When a backup is due, and which are kept: those of the last 24 hours, 7 daily and 4 weekly ones.

A backup's time is in its file name, `desk-2026-11-20T091400Z.db`: a copy on another disk keeps the name, but
perhaps not the file's own times.
"""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from deskterm.value_class import dataclass

DAY = 86400
_DAILY, _WEEKLY = 7, 4
_RECENT = 12  # at most, of the last 24 hours: backups made every minute must not fill the disk
_MONDAY = 3 * DAY  # 1 January 1970 was a Thursday
_FORM = "desk-%Y-%m-%dT%H%M%SZ.db"
_KEPT_ASIDE = 3
_ASIDE = re.compile(r"\.(replaced|damaged|before)-([0-9TZ.-]+)$")
_NAME = re.compile(r"desk-\d{4}-\d\d-\d\dT\d{6}Z\.db")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database file contains. `newest_at` is the time of its newest mail (UTC seconds), or None."""

    version: int
    customers: int
    tickets: int
    messages: int
    orders: int
    newest_at: int | None = None


def name(at: int) -> str:
    """The name of a backup made at `at` (UTC seconds)."""
    return datetime.fromtimestamp(at, UTC).strftime(_FORM)


def made_at(file_name: str) -> int | None:
    """When the backup of that name was made (UTC seconds), None for any other file."""
    if not _NAME.fullmatch(file_name):
        return None
    try:
        return int(datetime.strptime(file_name, _FORM).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


def is_backup_due(times: Collection[int], now: int) -> bool:
    """Whether every backup is a day old or older. One from the future (a wrong clock) does not count."""
    return not any(0 <= now - at < DAY for at in times)


def backups_to_keep(times: Collection[int], now: int) -> frozenset[int]:
    """The times of the backups to keep: all of the last 24 hours (at most 12), 7 daily and 4 weekly ones.

    Of a day or a week (UTC, from Monday) the newest is kept. Only days and weeks with a backup count, so a
    desk that is not used for months loses none. A backup from the future is kept: who knows what is wrong.
    """
    newest_first = sorted((at for at in times if at <= now), reverse=True)
    days = _newest_of_each((at // DAY, at) for at in newest_first)[:_DAILY]
    weeks = _newest_of_each(((at + _MONDAY) // (7 * DAY), at) for at in newest_first)[:_WEEKLY]
    recent = [at for at in newest_first if now - at <= DAY][:_RECENT]
    return frozenset((*recent, *days, *weeks, *(at for at in times if at > now)))


def copies_to_remove(names: Iterable[str]) -> frozenset[str]:
    """Which copies beside the database may be removed: of each kind all but the newest three.

    Their names end in `replaced-2026-11-20T091400Z` (or `...Z.2`), `damaged-...` or `before-2`.
    """
    kinds: dict[str, list[tuple[int, ...]]] = {}
    known: dict[tuple[str, tuple[int, ...]], str] = {}
    for one in names:
        found = _ASIDE.search(one)
        if found:
            age = tuple(int(number) for number in re.findall(r"\d+", found[2]))
            kinds.setdefault(found[1], []).append(age)
            known[found[1], age] = one
    old = ((kind, age) for kind, ages in kinds.items() for age in sorted(ages, reverse=True)[_KEPT_ASIDE:])
    return frozenset(known[one] for one in old)


def _newest_of_each(spans: Iterable[tuple[int, int]]) -> list[int]:
    seen: dict[int, int] = {}
    for span, at in spans:
        seen.setdefault(span, at)
    return list(seen.values())
