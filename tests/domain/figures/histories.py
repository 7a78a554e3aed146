"""Random histories of a shop: as plain lists for the naive count, and as the logs that the program reads."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from deskterm.domain.figures.first_offer import FirstOffer
from deskterm.domain.figures.measure import Reads
from deskterm.domain.figures.records import (
    Buyer,
    GivenBack,
    OrderContact,
    PromiseKept,
    SurveyAnswer,
    SurveyKind,
)
from deskterm.domain.figures.sla_targets import SlaTarget
from deskterm.domain.figures.ticket_logs import (
    Label,
    Mark,
    MarkKind,
    Matter,
    Origin,
    Post,
    Sibling,
    SnoozeChange,
    StatusChange,
    TicketLogs,
)
from deskterm.domain.tickets import Status, View
from domain.figures.naive import beside
from domain.figures.naive.history import (
    STATUSES,
    Shop,
    Ticket,
    category,
    counted,
    is_solved,
    solves,
    status_at,
)

HOUR = 3600
MONDAY = int(datetime(2026, 11, 2, tzinfo=UTC).timestamp())
MACROS, CATEGORIES = ("status", "address", "thanks"), ("shipping", "return", "stock")

# What may happen, each as often as it stands here.
_USUAL = (
    *[("in",)] * 5, *[("solved",)] * 5, *[("out", macro) for macro in ("", "", "", "status", "status", "thanks")],
    *[("waiting",)] * 3, *[("on hold",)] * 2, ("open",),
)  # fmt: skip
_ELSE = (
    ("wake",), ("stopped",),
    *[("category", one) for one in CATEGORIES], ("priority", "high"), ("priority", "normal"),
    *[("snooze", hours, wished) for hours in (4, 30, 70) for wished in (False, True, True)],
    *[("handled", seconds) for seconds in (2, 3, 2, 3, 2, 3, 40, 300)],
    *[("wrote", macro, edited, ("address", "status"), True) for macro in ("address", "status") for edited in (False, True)],
    *[("wrote", macro, edited, ("status",), False) for macro in ("status", "") for edited in (False, None)],
    ("wrote", "thanks", False, (), False),
    *[(what, sop, step) for what in ("tick", "tick", "untick") for sop in "PQ" for step in "ab"],
)  # fmt: skip
_WHAT = st.sampled_from((*_USUAL * 3, *_ELSE))

# A step is (hours since the last one, what happens, whether it is undone an hour later).
_STEP = st.tuples(st.integers(2, 40), _WHAT, st.sampled_from((False,) * 7 + (True,)))
_TICKET = st.tuples(
    st.tuples(st.integers(0, 500), st.sampled_from((("in",), ("in",), ("in",), ("out", "")))),
    st.lists(_STEP, min_size=4, max_size=16),
    st.integers(1, 3),
    st.sampled_from((None, 1, 2)),
    st.sampled_from(("customer",) * 8 + ("spam", "others")),
)
_HOUR = st.sampled_from(range(0, 670, 8))  # steps, so that some things fall together
_LATER = st.none() | st.sampled_from(range(0, 400, 8))
_BOUGHT = st.sampled_from(
    (*range(-2400, 0, 100), *range(0, 670, 8), *range(2080, 2900, 16))
)  # and 90 days on
_MONEY = st.tuples(st.integers(0, 9000), st.sampled_from(("EUR", "EUR", "EUR", "USD")))
SHOPS = st.tuples(
    st.lists(_TICKET, min_size=1, max_size=5),
    st.lists(st.tuples(_HOUR, st.integers(1, 5), _MONEY), min_size=2, max_size=8),
    st.lists(st.tuples(_BOUGHT, st.integers(1, 6), _MONEY, _LATER), min_size=2, max_size=12),
    st.lists(st.tuples(_HOUR, st.sampled_from(range(8, 200, 8)), _LATER, _LATER), min_size=3, max_size=12),
    st.lists(
        st.tuples(
            _HOUR, st.sampled_from(tuple(SurveyKind)), _LATER, st.integers(0, 10), st.sampled_from(((), MACROS[:1]))
        ),
        min_size=3,
        max_size=12,
    ),
    st.lists(
        st.tuples(
            st.sampled_from((0, 0, 200)), st.sampled_from((400, 10**6)), st.sampled_from((2, 8, 0)),
            st.sampled_from((8, 16, 30, 0)), st.sampled_from(("", "", "high")), st.sampled_from(("", *CATEGORIES[:2])),
        ),
        min_size=1,
        max_size=3,
    ),
)  # fmt: skip


class Logged:
    """One shop as the program reads it, and as the naive count does (`naive`)."""

    def __init__(self, drawn, now):
        tickets, gifts, orders, promises, surveys, targets = drawn
        self.action = 0
        self.matters, self.posts, self.status_changes, self.snooze_changes, self.marks = [], [], [], [], []
        self.categories, self.priorities = [], []
        self.naive = Shop(
            [self._ticket(place, one) for place, one in enumerate(tickets, 1)],
            now,
            [(at, ticket, *money) for at, ticket, money in gifts],
            {
                place: (at, who, *money, None if took is None else at + took)
                for place, (at, who, money, took) in enumerate(orders, 1)
            },
            [
                (made, made + due, _later(made, kept), _later(made, gone))
                for made, due, kept, gone in promises
            ],
            [(at, kind, _later(at, took), score, macros) for at, kind, took, score, macros in surveys],
            targets,
        )

    def _ticket(self, number, drawn):
        begun, steps, customer, order, kind = drawn
        at, what = begun
        ticket = Ticket(number, [], customer, order, kind)
        self._do(ticket, at, what)
        for wait, step, undone in steps:
            at += wait
            self._do(ticket, at, step, undone=undone)
        status = Status.SPAM if kind == "spam" else Status(status_at(ticket, 10**9))
        view = View.OTHERS if kind == "others" else View.CUSTOMERS
        self.matters.append(Matter(
            number, _at(ticket.log[0][0]), category(ticket), status, view, snoozed=False, customer_id=customer,
            order_id=order,
        ))  # fmt: skip
        return ticket

    def _do(self, ticket, at, what, *, undone=False):
        """Record it: what is undone is only in the program's log, with its undo."""
        if what[0] in STATUSES and what[0] == status_at(ticket, at):
            return
        if what[0] == "snooze":
            what = ("snooze", at + what[1], what[2])
        undone = undone and what[0] not in ("in", "out", "handled", "stopped")
        self.action += 1
        done = self.action
        self._log(ticket, at, what, done, 0)
        if undone:
            self.action += 1
            self._log(ticket, at + 1, what, self.action, done)
            return
        ticket.log.append((at, *what))
        if what[0] == "in" and status_at(ticket, at) != "open":
            self._do(ticket, at, ("open",))

    def _log(self, ticket, hour, what, action, undoes):
        name, *rest = what
        number, at = ticket.number, _at(hour)
        if name in ("in", "out"):
            macro = rest[0] if rest else ""
            self.posts.append(Post(number, at, name == "out", macro == "thanks", macro))
        elif name in STATUSES:
            was, now = Status(status_at(ticket, hour)), Status(name)
            self.status_changes.append(
                StatusChange(number, at, *((now, was) if undoes else (was, now)), action, undoes)
            )
        elif name in ("snooze", "wake"):
            until = _at(rest[0]) if rest else None
            self.snooze_changes.append(
                SnoozeChange(number, at, until, action, undoes, asked=bool(rest and rest[1]))
            )
        elif name in ("category", "priority"):
            labels = self.categories if name == "category" else self.priorities
            labels.append(Label(number, at, rest[0], action, undoes))
        else:
            self.marks += [Mark(number, at, *one, action, undoes) for one in _marks(name, rest)]

    @property
    def logs(self):
        siblings = {
            one.number: tuple(
                Sibling(_at(other.log[0][0]), category(other), other.order)
                for other in counted(self.naive)
                if other.customer == one.customer and other is not one
            )
            for one in self.naive.tickets
        }
        return TicketLogs(
            self.matters,
            self.posts,
            self.status_changes,
            self.snooze_changes,
            self.marks,
            self.categories,
            self.priorities,
            siblings,
        )

    @property
    def targets(self):
        return tuple(
            SlaTarget(reply * HOUR, solve * HOUR, priority, name, since=_at(since), until=_at(until))
            for since, until, reply, solve, priority, name in self.naive.targets
        )

    @property
    def records(self):
        shop = self.naive
        contacts = [OrderContact(_at(at)) for at, *_ in shop.orders.values()]
        contacts += [
            OrderContact(_at(one.log[0][0]), one.number, beside.asks_where(shop, one))
            for one in counted(shop)
            if one.order is not None
        ]
        return {
            Reads.REFUNDS: [GivenBack(ticket, _at(at), *money) for at, ticket, *money in shop.gifts],
            Reads.ORDERS: contacts,
            Reads.PROMISES: [PromiseKept(1, *map(_maybe, one)) for one in shop.promises],
            Reads.SURVEYS: [
                SurveyAnswer(1, _at(asked), kind, _maybe(answered), score, "", macros)
                for asked, kind, answered, score, macros in shop.surveys
            ],
            Reads.BUYERS: list(self._buyers()),
        }

    def _buyers(self):
        """Customers with a solved ticket, and buyers who never had one."""
        shop = self.naive
        done = [(solves(one)[-1], one) for one in counted(shop) if is_solved(one)]
        for who in {one.customer for _, one in done} | set(beside.without_ticket(shop)):
            bought = beside.orders_of(shop, who)
            money = bought[-1][2] if bought else ""
            spent = sum(cents for _, cents, paid in bought if paid == money)
            own = sorted((_at(at), one.number) for at, one in done if one.customer == who)
            yield Buyer(tuple(_at(at) for at, *_ in bought), tuple(own), spent, money, str(who))


def _marks(name, rest):
    """(kind, value, label) of what the program notes for it."""
    if name == "handled":
        yield MarkKind.HANDLED, rest[0], ""
    elif name == "stopped":
        yield MarkKind.STOPPED, 1, ""
    elif name in ("tick", "untick"):
        yield MarkKind.STEP, float(name == "tick"), "\n".join(rest)
    else:
        macro, edited, offered, sure = rest
        yield MarkKind.QUEUED, _origin(macro, edited, offered), macro
        if offered:
            first = FirstOffer.EDITED if edited else FirstOffer.TAKEN
            first = first if macro == offered[0] else FirstOffer.REFUSED
            yield MarkKind.OFFERED, float(macro in offered), macro
            yield MarkKind.FIRST_OFFER, first, "sure" if sure else ""
        for one in offered:
            yield MarkKind.SUGGESTED, float(one == macro), one


def _origin(macro, edited, offered):
    if not macro:
        return Origin.BY_HAND
    if edited is None:
        return Origin.UNKNOWN
    if edited:
        return Origin.EDITED
    return Origin.TWO_KEYS if macro in offered else Origin.AS_IT_STANDS


def _at(hour):
    return MONDAY + hour * HOUR


def _maybe(hour):
    return None if hour is None else _at(hour)


def _later(hour, by):
    return None if by is None else hour + by
