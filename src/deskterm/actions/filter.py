"""Filter a list by a query; a query can be kept as a view."""

from deskterm.actions.front import Front
from deskterm.widgets.picker import Option

_KEEP, _DROP, _ALL = "keep ", "drop ", "all"
_KEYED = 9


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the list, not a ticket
    """Pick a view or type a query; with a filter on, keep it as a view or show all again."""
    picked = await front.pick(
        "Show only",
        _options(front),
        lambda typed: _try_query(front, typed),
        "from:jana, tag:vip, after:7d, mug",
    )
    if picked is None:
        return
    views = front.work.desk.views
    if picked.startswith(_KEEP):
        front.show_change(await front.work.write(views.keep, picked.removeprefix(_KEEP), front.work.now()))
    elif picked.startswith(_DROP):
        front.show_change(await front.work.write(views.drop, picked.removeprefix(_DROP), front.work.now()))
    else:
        front.show_only("" if picked == _ALL else picked)


def _options(front: Front) -> list[Option]:
    """What can be done with the current filter, then the views with their number of tickets."""
    shown, views = front.query_text, front.work.desk.views.all()
    options: list[Option] = []
    if shown:
        options.append(Option(_ALL, "all again", "a"))
        kept = shown in views
        options.append(
            Option((_DROP if kept else _KEEP) + shown, f"{'drop' if kept else 'keep'} the view {shown}", "k")
        )
    for place, view in enumerate(views, 1):
        count = front.work.desk.search.count_tickets(front.listing, view, front.work.now())
        options.append(Option(view, view, str(place) if place <= _KEYED else "", f"{count:,}"))
    return options


def _try_query(front: Front, typed: str) -> list[Option]:
    """The typed query with the number of tickets it finds, or what is wrong with it; and it completed.

    The completed one comes first where the typed one is wrong or finds nothing.
    """
    search, now = front.work.desk.search, front.work.now()
    problems = search.problems(typed, now)
    found = 0 if problems else search.count_tickets(front.listing, typed, now)
    as_typed = Option(typed, typed, "", f"{found:,}")
    if problems:
        as_typed = Option("", typed, "", problems[0].words, off=True)
    whole = search.complete(typed).strip()
    if whole == typed.strip() or search.problems(whole, now):
        return [as_typed]
    completed = Option(whole, whole, "", f"{search.count_tickets(front.listing, whole, now):,}")
    return [as_typed, completed] if found else [completed, as_typed]
