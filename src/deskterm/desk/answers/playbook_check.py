"""Checks macros, SOPs and rules against the real orders and tickets: which values would be missing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from deskterm.desk.products.check_notes import check_goods
from deskterm.desk.reply import drafting
from deskterm.desk.reply import text as writing
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.rules.lint import check_rules
from deskterm.desk.shop import DeskContext
from deskterm.desk.sops.lint import check_gaps, check_steps
from deskterm.desk.upkeep.findings import Finding, Grade, bad, warning
from deskterm.domain.liquid import facts, fill
from deskterm.domain.liquid.questions import is_asked
from deskterm.domain.liquid.snippets import snippets_in
from deskterm.domain.playbook import Fact, Macro, Playbook
from deskterm.domain.review.order_needs import fits
from deskterm.domain.suggest.suggest import READ_IT
from deskterm.errors import PlaybookError
from deskterm.storage import orders
from deskterm.storage.answers import usage
from deskterm.storage.products import products
from deskterm.storage.schema.database import Tx

_ORDERS, _TICKETS, _NAMED = 60, 80, 5
_YEAR, _DAY = 365, 86400
_ENOUGH = 90 * _DAY  # of answers, before a macro counts as unused
_BARE_LINK = re.compile(r"\bhttp://[^\s)>\"]+|(?<![\w/@.])www\.[\w-]+\.[\w./-]+")


def check_playbook(shop: DeskContext, now: int) -> list[Finding]:
    """Everything wrong or doubtful about the files, the most serious first."""
    book = shop.playbook.current()
    found = [
        *_broken(book),
        *_files(shop, book),
        *_links(book),
        *_stale(shop, book, now),
        *_idle_snippets(shop, book),
        *check_steps(shop, book),
    ]
    with shop.db.read() as tx:
        found += _missing_for_orders(tx, shop, book, now)
        found += _missing_for_tickets(tx, shop, book, now)
        found += check_rules(tx, shop, book, now)
        found += check_goods(tx, shop, book, now)
        found += _idle_macros(tx, book, now)
        found += check_gaps(tx, book, now)
    return sorted(found, key=lambda one: one.grade is not Grade.BAD)


def _broken(book: Playbook) -> Iterator[Finding]:
    for name, reason in book.broken:
        yield bad(f"{name}: {reason}")


def _files(shop: DeskContext, book: Playbook) -> Iterator[Finding]:
    for macro in book.macros.values():
        for name in macro.attach:
            if name not in macro.asked_files and not writing.file_of(shop, name).is_file():
                where = writing.file_of(shop, name)
                yield bad(
                    f"{macro.file}: there is no file {name}.", todo=f"Put it at {where}, or remove the line."
                )


def _links(book: Playbook) -> Iterator[Finding]:
    texts = [(one.file, body) for one in book.macros.values() for body in _bodies(one)]
    texts += [
        (f"sops/{one.id}.md", "\n".join((one.intro, *(step.text for step in one.steps))))
        for one in book.sops.values()
    ]
    for name, text in texts:
        for link in dict.fromkeys(found.rstrip(".,;:!?") for found in _BARE_LINK.findall(text)):
            yield warning(f"{name}: the link {link} has no https.", todo="Write it with https://.")


def _stale(shop: DeskContext, book: Playbook, now: int) -> Iterator[Finding]:
    today = shop.formats.local(now).date()
    dated = [(one.file, one.reviewed) for one in book.macros.values()]
    dated += [(f"sops/{one.id}.md", one.reviewed) for one in book.sops.values()]
    for name, day in dated:
        if day and today - date.fromisoformat(day) > timedelta(days=_YEAR):
            yield warning(f"{name}: last reviewed on {day}.", todo="Read it and update `reviewed:`.")


def _idle_snippets(shop: DeskContext, book: Playbook) -> Iterator[Finding]:
    """Snippets that no file uses; a translation counts with its snippet."""
    folder = shop.home.config_folder
    texts = (
        path.read_text("utf-8", "replace")
        for kind in ("macros", "snippets")
        for path in (folder / kind).rglob("*.md")
    )
    wanted = {name for text in texts for name in snippets_in(text)}
    for name in book.snippets:
        if not {name, name.rpartition(".")[0]} & wanted:
            yield warning(f"snippets/{name}.md: no macro uses it.")


def _missing_for_orders(tx: Tx, shop: DeskContext, book: Playbook, now: int) -> Iterator[Finding]:
    """Values of the present orders that would be missing in a macro meant for such orders."""
    listed = orders.by_ids(tx, usage.newest_orders(tx, _ORDERS))
    for macro in book.macros.values():
        fitting = [one for one in listed if fits(macro.needs, one)] if writing.speaks_of_order(macro) else []
        lacking: dict[str, list[str]] = defaultdict(list)
        for order in fitting:
            for name in _missing(shop, macro, {**_others(), **facts.order_facts(order, "", now)}):
                lacking[name].append(order.mark)
        for name, marks in lacking.items():
            yield _lack(macro, name, marks, f"{len(marks)} of {len(fitting)} orders it is for")


def _missing_for_tickets(tx: Tx, shop: DeskContext, book: Playbook, now: int) -> Iterator[Finding]:
    """Values of the present customers and tickets that would be missing, apart from those of orders."""
    lacking: dict[tuple[str, str], list[str]] = defaultdict(list)
    unknown = () if products.any_known(tx) else ("product.",)
    for ticket_id in usage.open_tickets(tx, _TICKETS):
        at = load_context(tx, ticket_id)
        draft = drafting.new_draft(shop, at)
        found = options(tx, at)
        order = found[0].order if found else None
        known = writing.facts_for(tx, shop, at, draft, order, now)
        for macro in book.macros.values():
            if macro.category and macro.category == at.ticket.category and fits(macro.needs, order):
                for name in _missing(shop, macro, known):
                    if not name.startswith(("order.", "tracking.", *unknown)):
                        lacking[macro.id, name].append(at.ticket.mark)
    for (id_, name), marks in lacking.items():
        yield _lack(book.macros[id_], name, marks, f"{len(marks)} tickets of its category")


def _idle_macros(tx: Tx, book: Playbook, now: int) -> Iterator[Finding]:
    first = usage.first_answer(tx)
    if first is None or now - first < _ENOUGH:
        return
    used = usage.macros_used(tx, now - _YEAR * _DAY)
    idle = [one.id for one in book.macros.values() if one.id not in used and one.id != READ_IT]
    if idle:
        days = min((now - first) // _DAY, _YEAR)
        yield warning(f"Not used in {days} days: {', '.join(idle)}.", todo="Remove what you do not need.")


def _missing(shop: DeskContext, macro: Macro, known: Mapping[str, Fact]) -> Iterator[str]:
    """The names that would be missing in any of the macro's texts, without its questions to the owner."""
    names: dict[str, None] = {}
    for body in _bodies(macro):
        try:
            filled = fill.fill(body, known, shop.formats)
        except PlaybookError:
            continue  # reported as broken
        names |= {one.name: None for one in filled.missing if not is_asked(one.name)}
    yield from names


def _bodies(macro: Macro) -> tuple[str, ...]:
    return (macro.body, *(body for _, body in macro.translations))


def _others() -> dict[str, Fact]:
    """A value for everything that does not come from an order."""
    from deskterm.domain.liquid.check import sample  # noqa: PLC0415 - python-liquid, when macros are looked at

    return {name: fact for name, fact in sample().items() if not name.startswith(("order.", "tracking."))}


def _lack(macro: Macro, name: str, marks: Iterable[str], how_many: str) -> Finding:
    some = list(dict.fromkeys(marks))
    named = ", ".join(some[:_NAMED]) + (f" and {len(some) - _NAMED} more" if len(some) > _NAMED else "")
    return warning(
        f"{macro.file}: {name} would be missing for {how_many} ({named}).",
        todo=f'Write {{{{ {name} | default: "…" }}}}, or wrap it in {{% if {name} %}}.',
    )
