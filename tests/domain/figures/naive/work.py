"""What the owner did: time in front of tickets, replies and how they came about, macros, SOPs."""

from domain.figures.naive.history import came_back, counted, entries, median, number, share, solves

GLANCE = 5  # seconds


def within(shop, what, start, end):
    """Each thing of a kind that happened in the period, on any ticket."""
    return [entry for one in shop.tickets for entry in entries(one, what) if start <= entry[0] < end]


def seconds_in_front(shop, start, end):
    """For each ticket that was more than glanced at."""
    found = []
    for one in counted(shop):
        seconds = sum(entry[2] for entry in entries(one, "handled") if start <= entry[0] < end)
        if seconds >= GLANCE:
            found.append(seconds)
    return found


def handling(shop, start, end, business):
    found = seconds_in_front(shop, start, end)
    return (sum(found) if found else None), len(found)


def handling_per_ticket(shop, start, end, business):
    return median(seconds_in_front(shop, start, end))


def stopped(shop, start, end, business):
    return number(within(shop, "stopped", start, end))


def two_keys(shop, start, end, business):
    """A suggestion taken as it stands; of older replies nobody noted whether they were edited."""
    written = within(shop, "wrote", start, end)
    return share(
        bool(macro) and edited is False and macro in offered for _, _, macro, edited, offered, _ in written
    )


def with_offers(shop, start, end):
    return [entry[2:] for entry in within(shop, "wrote", start, end) if entry[4]]


def suggestions_taken(shop, start, end, business):
    return share(macro in offered for macro, _, offered, _ in with_offers(shop, start, end))


def first_taken(shop, start, end, business):
    return share(
        macro == offered[0] and not edited for macro, edited, offered, _ in with_offers(shop, start, end)
    )


def first_edited(shop, start, end, business):
    return share(
        macro == offered[0] and bool(edited) for macro, edited, offered, _ in with_offers(shop, start, end)
    )


def first_refused(shop, start, end, business):
    return share(macro != offered[0] for macro, _, offered, _ in with_offers(shop, start, end))


def first_right(shop, start, end, business):
    return share(macro == offered[0] for macro, _, offered, sure in with_offers(shop, start, end) if sure)


def macro_replies(shop, start, end):
    """(ticket, hour) of each reply of the period that a macro made."""
    return [
        (one, entry[0])
        for one in counted(shop)
        for entry in entries(one, "out")
        if entry[2] and start <= entry[0] < end
    ]


def macro_uses(shop, start, end, business):
    return number(macro_replies(shop, start, end))


def macro_edits(shop, start, end, business):
    written = [entry for entry in within(shop, "wrote", start, end) if entry[2] and entry[3] is not None]
    return share(entry[3] for entry in written)


def macro_reopened(shop, start, end, business):
    answers = []
    for one, at in macro_replies(shop, start, end):
        later = [solve for solve in solves(one) if solve >= at]
        if later:
            answers.append(came_back(one, later[0]))
    return share(answers)


def macro_taken(shop, start, end, business):
    offers = with_offers(shop, start, end)
    return share(macro == one for macro, _, offered, _ in offers for one in offered)


def runs(ticket):
    """The steps that are ticked, by SOP, with the hour of the last tick."""
    found = {}
    for entry in entries(ticket, "tick", "untick"):
        hour, what, sop, step = entry
        found.setdefault(sop, {})[step] = hour if what == "tick" else None
    ticked = {sop: [hour for hour in steps.values() if hour is not None] for sop, steps in found.items()}
    return {sop: hours for sop, hours in ticked.items() if hours}


def runs_in(shop, start, end):
    """(ticket, hours of the ticks) of each SOP that was begun in the period."""
    return [(one, hours) for one in shop.tickets for hours in runs(one).values() if start <= min(hours) < end]


def sop_runs(shop, start, end, business):
    return number(runs_in(shop, start, end))


def sop_time(shop, start, end, business):
    spent = [sum(entry[2] for entry in entries(one, "handled")) for one, _ in runs_in(shop, start, end)]
    return median(seconds for seconds in spent if seconds)


def sop_reopened(shop, start, end, business):
    answers = []
    for one, hours in runs_in(shop, start, end):
        later = [solve for solve in solves(one) if solve >= min(hours)]
        if later:
            answers.append(came_back(one, later[0]))
    return share(answers)


def sop_steps(shop, start, end, business):
    return number(hour for _, hours in runs_in(shop, start, end) for hour in hours)


FIGURES = {
    "handling": handling,
    "handling per ticket": handling_per_ticket,
    "stopped": stopped,
    "two keys": two_keys,
    "suggestions taken": suggestions_taken,
    "first taken": first_taken,
    "first edited": first_edited,
    "first refused": first_refused,
    "first right": first_right,
    "macro uses": macro_uses,
    "macro edits": macro_edits,
    "macro reopened": macro_reopened,
    "macro taken": macro_taken,
    "sop runs": sop_runs,
    "sop time": sop_time,
    "sop reopened": sop_reopened,
    "sop steps": sop_steps,
}
