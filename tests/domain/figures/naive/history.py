"""What is counted: tickets as lists of what happened, and what else the shop knows."""

from typing import NamedTuple

DAY, WEEK = 24, 7 * 24  # hours
STATUSES = ("open", "waiting", "on hold", "solved")


class Ticket(NamedTuple):
    """`log` is (hour, what, ...) in order; what was undone does not stand in it.

    in | out, macro | a status | category, name | priority, name | snooze, until, wished | wake |
    handled, seconds | stopped | wrote, macro, edited, offered, stood out | tick, SOP, step | untick, SOP, step
    """

    number: int
    log: list
    customer: int = 1
    order: int | None = None
    kind: str = "customer"


class Shop(NamedTuple):
    """Everything. `now` is the hour of looking, `targets` are (since, until, reply, solve, priority, category)."""

    tickets: list
    now: int
    gifts: list  # (hour, ticket, cents, currency)
    orders: dict  # number -> (hour, buyer, cents, currency, hour of delivery or None)
    promises: list  # (made, due, kept, taken back); hours, None where it did not happen
    surveys: list  # (asked, kind, answered, score, macros)
    targets: list


def counted(shop):
    """The tickets of customers: spam and mail from others do not count."""
    return [ticket for ticket in shop.tickets if ticket.kind == "customer"]


def entries(ticket, *whats):
    return [entry for entry in ticket.log if entry[1] in whats]


def hours_of(ticket, what):
    return [entry[0] for entry in entries(ticket, what)]


def status_at(ticket, hour):
    """The status it has once everything up to and in that hour has happened."""
    now = "open"
    for entry in entries(ticket, *STATUSES):
        if entry[0] <= hour:
            now = entry[1]
    return now


def label_at(ticket, what, hour, otherwise):
    """The category or priority at an hour; `otherwise` if there was none by then."""
    given = [entry[2] for entry in entries(ticket, what) if entry[0] <= hour]
    return given[-1] if given else otherwise


def category(ticket):
    """Its category as it is now."""
    return label_at(ticket, "category", 10**9, "")


def first_question(ticket):
    return min(hours_of(ticket, "in"), default=None)


def begin(ticket):
    """Where its times begin: at the first question, or at our own first mail."""
    asked = first_question(ticket)
    return ticket.log[0][0] if asked is None else asked


def replies(ticket):
    """Our mails since the customer first wrote."""
    asked = first_question(ticket)
    return [] if asked is None else [entry for entry in entries(ticket, "out") if entry[0] >= asked]


def touches(ticket):
    """How many of them count: an answer to a thank-you does only where it is the only one."""
    ours = replies(ticket)
    without_thanks = [entry for entry in ours if entry[2] != "thanks"]
    return len(without_thanks) if without_thanks else min(1, len(ours))


def solves(ticket):
    """The hours at which it became solved."""
    return [at for at in hours_of(ticket, "solved") if status_at(ticket, at - 1) != "solved"]


def is_solved(ticket):
    return status_at(ticket, 10**9) == "solved"


def came_back(ticket, solved_at):
    """Whether the customer came back after a solve; a thank-you does not count."""
    later = [
        entry[0] for entry in entries(ticket, *STATUSES) if entry[0] > solved_at and entry[1] != "solved"
    ]
    if not later:
        return False
    again = [at for at in solves(ticket) if at > later[0]]
    if not again:
        return True
    return any(later[0] <= entry[0] <= again[0] and entry[2] != "thanks" for entry in entries(ticket, "out"))


def waits(ticket):
    """(since when, until when, ended by) of each time the customer waited for us; until None: still."""
    found, since = [], None
    for entry in ticket.log:
        if entry[1] == "in" and since is None:
            since = entry[0]
        elif entry[1] in ("out", "solved") and since is not None:
            found.append((since, entry[0], entry[1]))
            since = None
    return found if since is None else [*found, (since, None, "")]


def snooze_changes(ticket):
    """(from, to, wished) of each snooze: to its end, or to the next change of it."""
    changes = entries(ticket, "snooze", "wake")
    found = []
    for place, entry in enumerate(changes):
        if entry[1] == "snooze":
            following = changes[place + 1][0] if place + 1 < len(changes) else 10**9
            found.append((entry[0], min(entry[2], following), entry[3]))
    return found


def is_wished_away(ticket, hour):
    """Whether the customer wanted us to wait in that hour."""
    return any(start <= hour < end for start, end, wished in snooze_changes(ticket) if wished)


def is_business(hour):
    """The shop works from Monday to Friday, from 9 to 17."""
    return hour // DAY % 7 < 5 and 9 <= hour % DAY < 17


def spent(hours, business):
    """How many of these hours count on the clock in use."""
    return sum(is_business(hour) or not business for hour in hours)


def median(values):
    """The median, by counting off from both ends, and how many there are."""
    left = sorted(values)
    number = len(left)
    while len(left) > 2:
        left = left[1:-1]
    return (sum(left) / len(left) if left else None), number


def mean(values):
    values = list(values)
    return (sum(values) / len(values) if values else None), len(values)


def share(answers):
    """The share of yes among yes and no."""
    return mean(1 if answer else 0 for answer in answers)


def number(things):
    things = list(things)
    return len(things), len(things)
