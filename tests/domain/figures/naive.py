"""The definitions of docs/metrics.md once more, written apart and as plainly as can be, over the event log.

Nothing here is shared with the program: no stories, no samples, no sorted lists. A ticket is a list of
(hour, what) and time is counted hour by hour. Slow, and easy to read.
"""

WEEK = 7 * 24


def status_at(log, hour):
    """The status a ticket has once everything up to and in that hour has happened."""
    now = "open"
    for at, what in log:
        if at <= hour and what in ("open", "waiting", "on hold", "solved"):
            now = what
    return now


def hours(log, what):
    return [at for at, one in log if one == what]


def first_question(log):
    return min(hours(log, "in"), default=None)


def first_reply(log):
    asked = first_question(log)
    if asked is None:
        return None
    return min((at for at in hours(log, "out") if at >= asked), default=None)


def first_replies(logs, start, end):
    """Hours from the first question to the first reply, of the replies of the period."""
    found = []
    for log in logs:
        at = first_reply(log)
        if at is not None and start <= at < end:
            found.append(at - first_question(log))
    return sorted(found)


def next_replies(logs, start, end):
    found = []
    for log in logs:
        oldest = None
        for at, what in log:
            if what == "in" and oldest is None:
                oldest = at
            elif what == "solved":
                oldest = None
            elif what == "out" and oldest is not None:
                if at != first_reply(log) and start <= at < end:
                    found.append(at - oldest)
                oldest = None
    return sorted(found)


def solves(log):
    """The hours at which it became solved."""
    return [at for place, (at, what) in enumerate(log) if what == "solved" and not _was_solved(log, place)]


def _was_solved(log, place):
    statuses = [what for _, what in log[:place] if what in ("open", "waiting", "on hold", "solved")]
    return bool(statuses) and statuses[-1] == "solved"


def is_solved(log):
    return status_at(log, 10**9) == "solved"


def touches(log):
    asked = first_question(log)
    return 0 if asked is None else sum(at >= asked for at in hours(log, "out"))


def created(logs, start, end):
    return sum(start <= log[0][0] < end for log in logs)


def solved(logs, start, end):
    return sum(any(start <= at < end for at in solves(log)) for log in logs)


def backlog(logs, end):
    return sum(log[0][0] < end and status_at(log, end - 1) == "open" for log in logs)


def resolutions(logs, start, end):
    found = []
    for log in logs:
        done = solves(log)
        if done and is_solved(log) and touches(log) and start <= done[-1] < end:
            begin = first_question(log) if first_question(log) is not None else log[0][0]
            found.append(done[-1] - begin)
    return sorted(found)


def hours_in(logs, statuses, start, end):
    """How many hours each ticket stood in a status before its last solve, of those solved in the period."""
    found = []
    for log in logs:
        done = solves(log)
        if not done or not is_solved(log) or not start <= done[-1] < end:
            continue
        begin = first_question(log) if first_question(log) is not None else log[0][0]
        spent = sum(status_at(log, hour) in statuses for hour in range(begin, done[-1]))
        if spent or "open" in statuses:
            found.append(spent)
    return sorted(found)


def one_touch(logs, start, end):
    """(those with one reply, all that were resolved in the period)."""
    kept = [
        touches(log) == 1
        for log in logs
        if solves(log) and is_solved(log) and touches(log) and start <= solves(log)[-1] < end
    ]
    return sum(kept), len(kept)


def reopened(logs, start, end):
    """Of the tickets solved in the period, those that came back; one solved again without a reply did not."""
    back, of = 0, 0
    for log in logs:
        counted = [at for at in solves(log) if start <= at < end]
        of += bool(counted)
        back += any(came_back(log, at) for at in counted)
    return back, of


def came_back(log, solved_at):
    later = [at for at, what in log if at > solved_at and what in ("open", "waiting", "on hold")]
    if not later:
        return False
    again = [at for at in solves(log) if at > later[0]]
    if not again:
        return True
    return any(later[0] <= at <= again[0] for at in hours(log, "out"))


def longest_unanswered(logs, end):
    waits = [wait for wait in (oldest_unanswered(log, end) for log in logs) if wait is not None]
    return max((end - at for at in waits), default=None), len(waits)


def oldest_unanswered(log, end):
    oldest = None
    for at, what in log:
        if at >= end:
            break
        if what == "in" and oldest is None:
            oldest = at
        elif what in ("out", "solved"):
            oldest = None
    return oldest


def messages(logs, start, end):
    counts = [
        len(hours(log, "in")) + len(hours(log, "out"))
        for log in logs
        if solves(log) and is_solved(log) and start <= solves(log)[-1] < end
    ]
    return sum(counts) / len(counts) if counts else None


def middle(values):
    """The median by counting off from both ends."""
    left = list(values)
    while len(left) > 2:
        left = left[1:-1]
    return sum(left) / len(left) if left else None
