"""Which backups are made, and which are kept: all of 24 hours, one a day for a week, four weekly ones.

A backup is known by its file's name, `desk-2026-11-20T091400Z.db`: a copy on
another disk keeps that, whatever becomes of its times.
"""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, datetime

from deskterm.value_class import dataclass

DAY = 86400
_DAILY, _WEEKLY = 7, 4
_RECENT = 12  # of the last 24 hours: one made every minute must not fill the disk
_MONDAY = 3 * DAY  # 1 January 1970 was a Thursday
_FORM = "desk-%Y-%m-%dT%H%M%SZ.db"
_KEPT_ASIDE = 3
_ASIDE = re.compile(r"\.(replaced|damaged|before)-([0-9TZ.-]+)$")
_NAME = re.compile(r"desk-\d{4}-\d\d-\d\dT\d{6}Z\.db")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database file holds. `newest_at` is when its newest mail counts (UTC seconds, None without)."""

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
    """Whether no backup is younger than a day. One from the future (a wrong clock) does not count."""
    return not any(0 <= now - at < DAY for at in times)


def backups_to_keep(times: Collection[int], now: int) -> frozenset[int]:
    """Those to keep: of the last 24 hours all (twelve at most), of seven days and four weeks the newest.

    Days and weeks (from Monday) are counted in UTC, and only those that hold a
    backup: a desk left alone for months loses none of its last ones. One from
    the future is kept: nobody knows what is wrong.
    """
    newest_first = sorted((at for at in times if at <= now), reverse=True)
    days = _newest_of_each((at // DAY, at) for at in newest_first)[:_DAILY]
    weeks = _newest_of_each(((at + _MONDAY) // (7 * DAY), at) for at in newest_first)[:_WEEKLY]
    recent = [at for at in newest_first if now - at <= DAY][:_RECENT]
    return frozenset((*recent, *days, *weeks, *(at for at in times if at > now)))


def copies_to_remove(names: Iterable[str]) -> frozenset[str]:
    """Of the copies kept beside the database those that need not be kept: all but the newest three of a kind.

    They end in `replaced-2026-11-20T091400Z` (or `...Z.2`), `damaged-...` and `before-2`.
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
