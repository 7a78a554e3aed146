"""The owner's drafting command: it gets a ticket as JSON and returns a draft. It never sends."""

import json
from collections.abc import Iterable
from dataclasses import replace

from deskterm.config.outside_command import run_command
from deskterm.desk.answers.offers import offer_for
from deskterm.desk.reply import drafting as drafts_of
from deskterm.desk.reply import text as writing
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.request import asked_besides, customer_language
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Direction
from deskterm.domain.orders.order import Money, Order
from deskterm.domain.people.language import language_of
from deskterm.domain.review.replies import Draft
from deskterm.domain.suggest.suggest import sop_for
from deskterm.domain.text import block
from deskterm.errors import NotNow
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx

_MOST = 30  # newest messages of the conversation
_MACROS = 5


class Drafting:
    """Runs the command and saves its text as the ticket's draft."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop
        self._asked: set[int] = set()  # tickets that the command is at work on

    @property
    def command(self) -> str:
        """The owner's command; empty if none is set."""
        return self._shop.settings.draft_command

    def ask(self, ticket_id: int, now: int) -> str:
        """What the command writes for the ticket. Blocks as long as it takes.

        Raises NotNow if it fails, if it is at work on the ticket already, and if there is a draft with words
        of the owner's.
        """
        if not self.command:
            raise NotNow("No drafting command is set.", todo="Set `draft_command` in config.toml.")
        with self._shop.db.read() as tx:
            at = load_context(tx, ticket_id)
            _refuse_to_write_over(tx, self._shop, at)
            given = as_json(tx, self._shop, at, now)
        if ticket_id in self._asked:
            raise NotNow(f"The drafting command is at work on T{ticket_id} already.")
        self._asked.add(ticket_id)
        try:
            return run_command(self.command, given, self._shop.home.config_folder)
        finally:
            self._asked.discard(ticket_id)

    def keep(self, ticket_id: int, text: str, now: int) -> Draft:
        """Save the text as the ticket's draft, above the signature; the review checks its facts."""
        with self._shop.db.write() as tx:
            at = load_context(tx, ticket_id)
            _refuse_to_write_over(tx, self._shop, at)
            draft = drafts_of.draft_of(tx, self._shop, at.ticket.id)
            store = self._shop.settings.shop
            words = writing.remove_sign_off(block(text).strip(), store)
            found = options(tx, at)
            order = found[0].order.id if found and found[0].certain else None
            body = writing.add_sign_off(words, store, customer_language(at))
            return drafts.save(tx, replace(draft, body=body, order_id=order, drafted=True), now)


def as_json(tx: Tx, shop: DeskContext, at: TicketContext, now: int) -> str:
    """The ticket as the command gets it: see docs/drafting.md."""
    found = options(tx, at)
    order = found[0].order if found else None
    words = at.question.own_words if at.question else ""
    book = shop.playbook.current()
    certain = order if found and found[0].certain else None
    offered = offer_for(tx, shop, at, certain).macros[:_MACROS]
    sop = sop_for(at.ticket.category, f"{at.ticket.subject}\n{words}", book)
    draft = drafts_of.draft_of(tx, shop, at.ticket.id)
    known = writing.facts_for(tx, shop, at, draft, order, now)
    return json.dumps(
        {
            "shop": {
                "name": shop.settings.shop.name,
                "signature": shop.settings.shop.sign_off(customer_language(at)),
            },
            "language": language_of(words),
            "ticket": {
                "number": at.ticket.mark,
                "subject": at.ticket.subject,
                "category": at.ticket.category,
            },
            "conversation": list(_conversation(shop, at)),
            "asked_besides": [ask.words for ask in asked_besides(shop, at)],
            "facts": {name: text for name, fact in known.items() if (text := _as_text(shop, fact.value))},
            "order_certain": certain is not None,
            "policies": {one.id: one.body for one in book.snippets.values()},
            "macros": [
                {"id": id_, "title": book.macros[id_].title, "text": book.macros[id_].body} for id_ in offered
            ],
            "procedure": [step.text for step in sop.steps] if sop else [],
        },
        ensure_ascii=False,
    )


def sources_of(  # noqa: PLR0917 - what the sources are read from
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, orders: Iterable[Order], now: int
) -> list[str]:
    """All texts that may support a figure in a drafted letter: mails, orders, macros, policies."""
    book = shop.playbook.current()
    sources = [f"{one.subject}\n{one.text}" for one in at.messages]
    for order in orders:
        facts = writing.facts_for(tx, shop, at, draft, order, now)
        sources += [_as_text(shop, fact.value) for fact in facts.values()]
        money = shop.formats.money
        sources += [f"{one.quantity} {one.title} {one.variant} {money(one.price)}" for one in order.lines]
    sources += [macro.body for macro in book.macros.values()]
    sources += [one.body for one in book.snippets.values()]
    return [*sources, *shop.settings.shop.all_sign_offs]


def _conversation(shop: DeskContext, at: TicketContext) -> Iterable[dict[str, str]]:
    """The messages without notes, quotes and signatures: notes stay inside."""
    people = [one for one in at.messages if one.human and one.direction is not Direction.NOTE]
    for one in people[-_MOST:]:
        who = "customer" if one.direction is Direction.IN else "shop"
        yield {
            "from": who,
            "at": shop.formats.local(one.at).isoformat(timespec="minutes"),
            "text": one.own_words,
        }


def _as_text(shop: DeskContext, value: object) -> str:
    """A fact as text: dates (UTC seconds) and amounts are formatted."""
    if isinstance(value, Money):
        return shop.formats.money(value)
    if isinstance(value, int) and value > 100_000_000:  # noqa: PLR2004 - a time, no count
        return shop.formats.date(value)
    return "" if value is None or isinstance(value, list) else str(value)


def _refuse_to_write_over(tx: Tx, shop: DeskContext, at: TicketContext) -> None:
    kept = drafts.find(tx, at.ticket.id)
    if kept and writing.remove_sign_off(kept.body, shop.settings.shop).strip():
        raise NotNow(
            f"{at.ticket.mark} has a draft already.",
            safe="It was left as it is.",
            todo="Open it and discard it first.",
        )
