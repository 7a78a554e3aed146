"""Starts an incident: asks what has happened, which orders it affects, the macro and the title."""

from collections.abc import Callable
from typing import Any

from deskterm.domain.incidents.incident import STARTS, Incident, IncidentIdea, IncidentKind
from deskterm.domain.orders.order import Order
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.incidents.filter_picker import FilterPicker, count_orders
from deskterm.widgets.picker import Option


async def ask_incident(host: DeskScreen[Any]) -> Incident | None:
    """Ask for all of it; None if the owner leaves."""
    kind = await _choose(host, "What has happened?", _kinds())
    if kind is None:
        return None
    start = STARTS[IncidentKind(kind)]
    return await _begin(host, IncidentKind(kind), IncidentIdea(start.query, kind, start.macro))


async def ask_about(host: DeskScreen[Any], idea: IncidentIdea) -> Incident | None:
    """Ask about an incident suggested by a cause, with its filter filled in; None if the owner leaves."""
    return await _begin(host, IncidentKind.OTHER, idea)


async def _begin(host: DeskScreen[Any], kind: IncidentKind, idea: IncidentIdea) -> Incident | None:
    work = host.work
    host.tell("Searching the orders …")
    orders = await work.read(work.desk.incidents.candidates, work.now())
    host.tell("")
    query = await _ask_filter(host, idea.query, orders)
    macro = await ask_macro(host, idea.macro) if query else None
    if query is None or macro is None:
        return None
    title = await _ask_text(host, "Its title, also a tag on its tickets", idea.title)
    if title is None:
        return None
    return await work.write(work.desk.incidents.begin, title, kind, query, macro, work.now())


async def ask_macro(host: DeskScreen[Any], first: str = "") -> str | None:
    """Let the owner pick the macro that answers it; macros for crises come first."""
    macros = host.work.desk.playbook.current().macros.values()
    ranked = sorted(macros, key=lambda one: (one.id != first, one.category != "crisis", one.title))
    return await _choose(
        host, "Answer it with", [Option(one.id, one.title, "", one.category) for one in ranked]
    )


def _kinds() -> list[Option]:
    return [Option(kind.value, kind.value, "", STARTS[kind].hint) for kind in IncidentKind]


async def _ask_filter(host: DeskScreen[Any], start: str, orders: tuple[Order, ...]) -> str | None:
    whole = bool(start) and not start.endswith(":")
    ready = await host.work.read(count_orders, host.work, start, orders) if whole else None
    return await host.app.push_screen_wait(FilterPicker(host.work, orders, ready)) or None


async def _ask_text(host: DeskScreen[Any], title: str, unless: str) -> str | None:
    ready = [Option(unless, unless)]
    return await _choose(
        host, title, ready, lambda words: [Option(words.strip() or unless, words.strip() or unless)]
    )


async def _choose(
    host: DeskScreen[Any],
    title: str,
    options: list[Option],
    free: Callable[[str], list[Option]] | None = None,
) -> str | None:
    picker = Choose(host.work, title, options, free=free, typing=free is not None)
    return await host.app.push_screen_wait(picker) or None
