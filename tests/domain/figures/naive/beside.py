"""Figures beside the tickets: promises, targets, gifts, surveys, orders, and who bought again."""

from domain.figures.naive.history import (
    DAY,
    WEEK,
    category,
    counted,
    entries,
    first_question,
    is_solved,
    is_wished_away,
    label_at,
    mean,
    median,
    number,
    share,
    solves,
    spent,
    status_at,
    waits,
)

NEVER, MONEY = 10**9, "EUR"
QUARTER = 90 * DAY


def when(hour):
    return NEVER if hour is None else hour


def promised_next(shop, start, end, business):
    """The promises open at the end of the period and due within a day after it."""
    standing = [one for one in shop.promises if one[0] < end <= min(when(one[2]), when(one[3]))]
    return number(one for one in standing if one[1] <= end + DAY)


def promises(shop, start, end, business):
    return number(one for one in shop.promises if start <= one[0] < end)


def due_in(shop, start, end):
    """The promises that were due and not taken back before."""
    due = [one for one in shop.promises if start <= one[1] < end]
    return [one for one in due if not (when(one[3]) <= one[1] and when(one[3]) < when(one[2]))]


def promises_kept(shop, start, end, business):
    return share(when(one[2]) <= one[1] for one in due_in(shop, start, end) if one[1] <= shop.now)


def promises_late(shop, start, end, business):
    return number(one for one in due_in(shop, start, end) if when(one[2]) > one[1])


def target(shop, ticket, at, place):
    """The most specific target for a message of that hour, for a reply (2) or a solve (3)."""
    given = [entry[2] for entry in entries(ticket, "category")]
    about = label_at(ticket, "category", at, given[0] if given else "")
    urgency = label_at(ticket, "priority", at, "normal")
    best, most = None, -1
    for one in shop.targets:
        since, until, _, _, priority, name = one
        fits = one[place] and since <= at < until and priority in ("", urgency) and name in ("", about)
        exact = 2 * bool(priority) + bool(name)
        if fits and exact > most:
            best, most = one[place], exact
    return best


def answered_in_time(shop, start, end, business):
    """In business hours, whichever hours are shown."""
    answers = []
    for one in counted(shop):
        for since, until, by in waits(one):
            within = target(shop, one, since, 2)
            if by == "out" and within and start <= until < end:
                answers.append(spent(range(since, until), business=True) <= within)
    return share(answers)


def solved_in_time(shop, start, end, business):
    answers = []
    for one in counted(shop):
        asked = first_question(one)
        if asked is None or not is_solved(one) or not start <= solves(one)[-1] < end:
            continue
        within = target(shop, one, asked, 3)
        hours = range(asked, solves(one)[-1])
        running = [
            at for at in hours if status_at(one, at) in ("open", "on hold") and not is_wished_away(one, at)
        ]
        if within:
            answers.append(spent(running, business=True) <= within)
    return share(answers)


def goodwill(shop, start, end, business):
    given = [cents for at, _, cents, money in shop.gifts if start <= at < end and money == MONEY]
    return sum(given), len(given)


def goodwill_times(shop, start, end, business):
    return number(one for one in shop.gifts if start <= one[0] < end)


def scores(shop, kind, start, end):
    """The scores of the period, and the macros of their tickets; after seven days it is too late."""
    answered = [one for one in shop.surveys if one[1] == kind and one[2] is not None]
    return [(one[3], one[4]) for one in answered if start <= one[2] < end and one[2] <= one[0] + WEEK]


def csat(shop, start, end, business):
    return share(score >= 4 for score, _ in scores(shop, "csat", start, end))


def csat_mean(shop, start, end, business):
    return mean(score for score, _ in scores(shop, "csat", start, end))


def csat_responses(shop, start, end, business):
    asked = [one for one in shop.surveys if one[1] == "csat" and start <= one[0] < end]
    return share(when(one[2]) <= one[0] + WEEK for one in asked if one[0] + WEEK <= shop.now)


def macro_csat(shop, start, end, business):
    return share(score >= 4 for score, macros in scores(shop, "csat", start, end) if macros)


def nps(shop, start, end, business):
    value, of = mean((score >= 9) - (score <= 6) for score, _ in scores(shop, "nps", start, end))
    return (None if value is None else 100 * value), of


def ces(shop, start, end, business):
    return mean(score for score, _ in scores(shop, "ces", start, end))


def about_orders(shop, start, end):
    return [one for one in counted(shop) if one.order is not None and start <= one.log[0][0] < end]


def asks_where(shop, one):
    """Whether it asks where a parcel is that had not arrived."""
    return category(one) == "shipping" and when(shop.orders[one.order][4]) > one.log[0][0]


def per_hundred(shop, tickets, start, end):
    placed = sum(start <= order[0] < end for order in shop.orders.values())
    return (100 * len(tickets) / placed if placed else None), placed


def contacts(shop, start, end, business):
    return per_hundred(shop, about_orders(shop, start, end), start, end)


def wismo(shop, start, end, business):
    asking = [one for one in about_orders(shop, start, end) if asks_where(shop, one)]
    return per_hundred(shop, asking, start, end)


def wismo_share(shop, start, end, business):
    return share(asks_where(shop, one) for one in about_orders(shop, start, end))


def orders_of(shop, customer):
    """(hour, cents, money) of what a customer bought, in order."""
    return sorted((at, cents, money) for at, who, cents, money, _ in shop.orders.values() if who == customer)


def last_solves(shop, start, end):
    """Of each customer with a ticket that was solved in the period, when the last of them was."""
    found = {}
    for one in counted(shop):
        if is_solved(one) and start <= solves(one)[-1] < end:
            found[one.customer] = max(solves(one)[-1], found.get(one.customer, 0))
    return found


def without_ticket(shop):
    helped = {one.customer for one in counted(shop)}
    return sorted({order[1] for order in shop.orders.values()} - helped)


def bought_after(shop, customer, at):
    return any(at < one[0] <= at + QUARTER for one in orders_of(shop, customer))


def again(shop, start, end, business):
    found = last_solves(shop, start, end)
    had_bought = {who: at for who, at in found.items() if any(one[0] <= at for one in orders_of(shop, who))}
    return share(bought_after(shop, who, at) for who, at in had_bought.items() if at + QUARTER <= shop.now)


def again_without(shop, start, end, business):
    answers = []
    for who in without_ticket(shop):
        bought = [one[0] for one in orders_of(shop, who) if start <= one[0] < end]
        if bought and bought[-1] + QUARTER <= shop.now:
            answers.append(bought_after(shop, who, bought[-1]))
    return share(answers)


def worth_of(shop, customers):
    """What each spent in all, in the currency of their last order; who pays in others is left out."""
    found = []
    for who in customers:
        bought = orders_of(shop, who)
        if bought and bought[-1][2] == MONEY:
            found.append(sum(cents for _, cents, money in bought if money == MONEY))
    return median(found)


def worth(shop, start, end, business):
    return worth_of(shop, last_solves(shop, start, end))


def worth_without(shop, start, end, business):
    who = [one for one in without_ticket(shop) if start <= orders_of(shop, one)[-1][0] < end]
    return worth_of(shop, who)


FIGURES = {
    "promised next": promised_next,
    "promises": promises,
    "promises kept": promises_kept,
    "promises late": promises_late,
    "answered in time": answered_in_time,
    "solved in time": solved_in_time,
    "goodwill": goodwill,
    "goodwill times": goodwill_times,
    "csat": csat,
    "csat mean": csat_mean,
    "csat responses": csat_responses,
    "macro csat": macro_csat,
    "nps": nps,
    "ces": ces,
    "contacts": contacts,
    "wismo": wismo,
    "wismo share": wismo_share,
    "again": again,
    "again without": again_without,
    "worth": worth,
    "worth without": worth_without,
}
