"""The pages of the report: which figures stand on which, and how they are split."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from deskterm.domain.figures.counting import Counting, Dimension
from deskterm.domain.figures.families import BY_ID, MEASURES
from deskterm.domain.figures.periods import PeriodKind
from deskterm.domain.figures.values import HourGrid, Section

_FIRST_PAGE = (
    "created", "unanswered median", "unanswered", "first reply", "promised next", "handling", "goodwill",
    "stopped", "two keys",
)  # fmt: skip
_HOURS = 24


def week_page(counting: Counting, _zone: ZoneInfo) -> Section:
    """The page for the end of the week."""
    table = counting.split("Tickets by category", Dimension.CATEGORY, "created", "handling")
    return Section("week", f"The {counting.window.kind}", counting.figures(*_FIRST_PAGE), (table,))


def all_figures(counting: Counting, _zone: ZoneInfo) -> Section:
    """The page with all figures."""
    return Section("figures", "All figures", counting.figures(*(one.id for one in MEASURES)))


def volume_page(counting: Counting, zone: ZoneInfo) -> Section:
    """The page on volume: how much there was, when, and at which stage of an order."""
    curves = tuple(counting.curve(one, _names(counting, zone)) for one in ("created", "backlog"))
    stages = counting.split("By stage of the order", Dimension.STAGE, "created", "first reply", "handling")
    ends = ("created", "solved", "backlog")
    categories = counting.split("By category", Dimension.CATEGORY, *ends)
    channels = counting.split("By channel", Dimension.CHANNEL, *ends)
    return Section(
        "volume", "Volume", counting.figures("created", "solved", "backlog", "snoozed"),
        (stages, categories, channels), curves, hours_of_arrival(counting, zone),
    )  # fmt: skip


def category_page(counting: Counting, _zone: ZoneInfo) -> Section:
    """The page on categories: what customers write about, and what that costs."""
    tables = (
        counting.split(
            "By category", Dimension.CATEGORY, "created", "handling", "handling per ticket", "resolution"
        ),
        counting.split("By tag", Dimension.TAG, "created", "handling"),
    )
    return Section("categories", "Categories", counting.figures("handling", "repeat", "reopened"), tables)


def order_page(counting: Counting, _zone: ZoneInfo) -> Section:
    """The page on orders: which products cause mail, for how many orders, and refunds."""
    products = counting.split("Products that cause mail, per 100 orders", Dimension.KIND, "contacts")
    tickets = counting.split("Mail by product", Dimension.PRODUCT, "created", "handling")
    figures = counting.figures("contacts", "wismo", "wismo share", "goodwill", "goodwill times")
    return Section("orders", "Products", figures, (tickets, products))


def channel_page(counting: Counting, _zone: ZoneInfo) -> Section:
    """The page on channels: how customers reach the shop, and how long they wait."""
    table = counting.split("By channel", Dimension.CHANNEL, "created", "first reply", "next reply")
    return Section("channels", "Channels", counting.figures("first reply", "next reply"), (table,))


def playbook_page(counting: Counting, _zone: ZoneInfo) -> Section:
    """What macros and SOPs are used for, and what came after."""
    macros = counting.split("Macros", Dimension.KIND, "macro uses", "macro edits", "macro taken")
    after = counting.split("After a macro", Dimension.KIND, "macro reopened", "macro csat")
    sops = counting.split("SOPs", Dimension.KIND, "sop runs", "sop time", "sop reopened")
    offers = ("suggestions taken", "first taken", "first edited", "first refused", "first right")
    figures = counting.figures("macro uses", "macro edits", "two keys", *offers, "stopped")
    return Section("playbook", "Macros and SOPs", figures, (macros, after, sops))


def promise_page(counting: Counting, _zone: ZoneInfo) -> Section:
    """The page on promises."""
    names = (
        "promised next",
        "promises",
        "promises kept",
        "promises late",
        "answered in time",
        "solved in time",
    )
    return Section("promises", "Promises and targets", counting.figures(*names))


def customer_page(counting: Counting, _zone: ZoneInfo) -> Section:
    """The page on customers: what they say, and whether they come back."""
    names = (
        "csat", "csat mean", "csat responses", "nps", "ces", "again", "again without", "worth",
        "worth without",
    )  # fmt: skip
    return Section("customers", "Customers", counting.figures(*names))


Builder = Callable[[Counting, ZoneInfo], Section]
SECTIONS: dict[str, Builder] = {
    "week": week_page,
    "figures": all_figures,
    "volume": volume_page,
    "categories": category_page,
    "orders": order_page,
    "channels": channel_page,
    "playbook": playbook_page,
    "promises": promise_page,
    "customers": customer_page,
}


def hours_of_arrival(counting: Counting, zone: ZoneInfo) -> HourGrid:
    """The new tickets of the period by the weekday and hour on the shop's clock."""
    period = counting.window.period
    grid: list[list[list[int]]] = [[[] for _ in range(_HOURS)] for _ in range(7)]
    for sample in counting.evidence.samples(BY_ID["created"], *period):
        if not sample.left:
            local = datetime.fromtimestamp(sample.at, UTC).astimezone(zone)
            grid[local.weekday()][local.hour].append(sample.ticket_id)
    return HourGrid("New tickets by weekday and hour", tuple(tuple(map(tuple, day)) for day in grid))


def _names(counting: Counting, zone: ZoneInfo) -> tuple[str, ...]:
    """What the periods of the series are called below a curve."""
    starts = [datetime.fromtimestamp(one.start, UTC).astimezone(zone) for one in counting.window.series]
    kind = counting.window.kind
    if kind is PeriodKind.WEEK:
        return tuple(str(one.isocalendar().week) for one in starts)
    if kind is PeriodKind.DAYS:
        return tuple(f"{one.day}.{one.month}." for one in starts)
    return tuple(one.strftime("%m") if kind is PeriodKind.YEAR else one.strftime("%m/%y") for one in starts)
