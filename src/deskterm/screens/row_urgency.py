"""What a row of a list says that depends on the time: how long, and how urgent in business hours."""

from deskterm.actions.work import Work
from deskterm.domain.tickets import Row, WakesOn
from deskterm.widgets.drawing.ticket_row import RowWords

FRESH = 3600  # seconds for which a ticket is marked as new
SOON = 2 * 3600  # business seconds before a target that count as near
AMBER_AFTER, RED_AFTER = 3 * 3600, 6 * 3600  # business seconds without an answer

_EVENTS = {WakesOn.STOCK: "back in stock", WakesOn.SHIPPED: "it ships"}


def row_words(work: Work, row: Row) -> RowWords:
    """A row's age, urgency (0, 1 amber, 2 red), end of a snooze or time of sending, and whether it is new."""
    now = work.now()
    since = row.last_at if row.unanswered_since is None else row.unanswered_since
    waited = work.desk.inbox.waiting_since(row, now)
    urgency = 0 if waited is None else (waited >= AMBER_AFTER) + (waited >= RED_AFTER)
    until = "" if row.snoozed_until is None else work.formats.moment(row.snoozed_until, now)
    until = _EVENTS.get(row.wakes_on, until) if until else ""
    goes = "" if row.planned_at is None else work.formats.moment(row.planned_at, now)
    held = "" if row.held_until is None else f" until {work.formats.moment(row.held_until, now)}"
    fresh = row.unanswered_since is not None and now - since < FRESH
    at = row.promised_at
    promised = "" if at is None else work.formats.moment(at, now)
    late = at is not None and at < now
    age = work.formats.age(now - since)
    target, shade = _target_words(work, row, now)
    keys = work.key("first-answer"), work.key("sop")
    return RowWords(age, urgency, until, goes, held, fresh, promised, late, target, shade, keys)


def _target_words(work: Work, row: Row, now: int) -> tuple[str, str]:
    """Time left until the target: `answer in 45m`; amber below two business hours, red once it is missed."""
    left = work.desk.inbox.time_left(row, now)
    if left is None:
        return "", "soft"
    if left < 0:
        return f"{work.formats.duration(-left)} late", "red"
    return f"answer in {work.formats.duration(left)}", "amber" if left < SOON else "soft"
