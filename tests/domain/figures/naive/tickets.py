"""What came, how fast it was answered and solved, and how well."""

from domain.figures.naive.history import (
    WEEK,
    begin,
    came_back,
    category,
    counted,
    entries,
    first_question,
    is_solved,
    is_wished_away,
    mean,
    median,
    number,
    replies,
    share,
    snooze_changes,
    solves,
    spent,
    status_at,
    touches,
    waits,
)


def created(shop, start, end, business):
    return number(one for one in counted(shop) if start <= one.log[0][0] < end)


def solved(shop, start, end, business):
    return number(one for one in counted(shop) if any(start <= at < end for at in solves(one)))


def backlog(shop, start, end, business):
    return number(one for one in counted(shop) if one.log[0][0] < end and status_at(one, end - 1) == "open")


def snoozed(shop, start, end, business):
    """Out of sight in the last hour of the period."""
    return number(
        one for one in counted(shop) if any(at <= end - 1 < until for at, until, _ in snooze_changes(one))
    )


def ages(shop, end, business):
    """How long the customers who were unanswered at the end had waited."""
    since = [
        at
        for one in counted(shop)
        for at, until, _ in waits(one)
        if at < end and (until is None or until >= end)
    ]
    return [spent(range(at, end), business) for at in since]


def unanswered(shop, start, end, business):
    found = ages(shop, end, business)
    return max(found, default=None), len(found)


def unanswered_median(shop, start, end, business):
    return median(ages(shop, end, business))


def done_in(shop, start, end):
    """The solved tickets whose last solve was in the period."""
    return [one for one in counted(shop) if is_solved(one) and start <= solves(one)[-1] < end]


def messages(shop, start, end, business):
    return mean(len(entries(one, "in", "out")) for one in done_in(shop, start, end))


def first_reply(shop, start, end, business):
    found = []
    for one in counted(shop):
        at = replies(one)[0][0] if replies(one) else None
        if at is not None and start <= at < end:
            found.append(spent(range(first_question(one), at), business))
    return median(found)


def next_reply(shop, start, end, business):
    found = []
    for one in counted(shop):
        for since, until, by in waits(one):
            if by == "out" and until != replies(one)[0][0] and start <= until < end:
                found.append(spent(range(since, until), business))
    return median(found)


def first_resolution(shop, start, end, business):
    """The first solve after the customer's question; an earlier one solved nothing of theirs."""
    found = []
    for one in counted(shop):
        after = [at for at in solves(one) if first_question(one) is not None and at >= first_question(one)]
        if after and start <= after[0] < end:
            found.append(spent(range(first_question(one), after[0]), business))
    return median(found)


def resolved_in(shop, start, end):
    return [one for one in done_in(shop, start, end) if touches(one)]


def resolution(shop, start, end, business):
    found = resolved_in(shop, start, end)
    return median(spent(range(first_question(one), solves(one)[-1]), business) for one in found)


def time_in(*statuses, but_wished=False):
    """The hours up to the last solve in such a status; of others than open, of tickets that ever were in it."""

    def figure(shop, start, end, business):
        found = []
        for one in done_in(shop, start, end):
            hours = [at for at in range(begin(one), solves(one)[-1]) if status_at(one, at) in statuses]
            if but_wished:
                hours = [at for at in hours if not is_wished_away(one, at)]
            if hours or "open" in statuses:
                found.append(spent(hours, business))
        return median(found)

    return figure


def one_touch(shop, start, end, business):
    return share(touches(one) == 1 for one in resolved_in(shop, start, end))


def is_same(one, other):
    """Whether two tickets are one customer's, about the same order or category."""
    if one.customer != other.customer or one is other:
        return False
    same_order = one.order is not None and one.order == other.order
    return same_order or (category(one) != "" and category(one) == category(other))


def first_contact(shop, start, end, business):
    answers = []
    for one in resolved_in(shop, start, end):
        at = solves(one)[-1]
        again = any(at < other.log[0][0] <= at + WEEK and is_same(one, other) for other in counted(shop))
        back = any(came_back(one, earlier) for earlier in solves(one))
        if at + WEEK <= shop.now:
            answers.append(touches(one) == 1 and not back and not again)
    return share(answers)


def reopened(shop, start, end, business):
    answers = []
    for one in counted(shop):
        within = [at for at in solves(one) if start <= at < end]
        if within:
            answers.append(any(came_back(one, at) for at in within))
    return share(answers)


def repeat(shop, start, end, business):
    answers = []
    for one in counted(shop):
        at = one.log[0][0]
        if start <= at < end:
            answers.append(
                any(at - WEEK <= other.log[0][0] < at and is_same(one, other) for other in counted(shop))
            )
    return share(answers)


FIGURES = {
    "created": created,
    "solved": solved,
    "backlog": backlog,
    "snoozed": snoozed,
    "unanswered": unanswered,
    "unanswered median": unanswered_median,
    "messages": messages,
    "first reply": first_reply,
    "next reply": next_reply,
    "first resolution": first_resolution,
    "resolution": resolution,
    "requester wait": time_in("open", "on hold", but_wished=True),
    "customer wait": time_in("waiting"),
    "hold": time_in("on hold"),
    "one-touch": one_touch,
    "first contact": first_contact,
    "reopened": reopened,
    "repeat": repeat,
}
