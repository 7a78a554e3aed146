"""The back-in-stock list, and finding products."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from deskterm.desk.action_words import marks
from deskterm.desk.products.ticket_products import beside_of, products_beside
from deskterm.desk.reply.drafting import draft_of
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.text import file_of
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.playbook import StockEffect
from deskterm.domain.products.notes import ProductNote
from deskterm.domain.products.product import ProductChoice, sku_key
from deskterm.domain.products.ticket_products import ProductBeside
from deskterm.domain.products.waits import StockWait
from deskterm.domain.review.replies import Draft
from deskterm.domain.tickets import WakesOn
from deskterm.domain.views import Done, WaitingRow
from deskterm.errors import NotFound, NotNow
from deskterm.storage import changes, events, lists, tickets
from deskterm.storage.products import products, waits
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx

_FOUND = 40  # products a search shows
_LATEST = 30 * 86_400  # seconds after which a snooze for an event ends anyway


class StockList:
    """Who waits for which product. Every change can be undone."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def beside(self, ticket_id: int, now: int) -> tuple[ProductBeside, ...]:
        """The products of a ticket: those named in its mail, then those of its order."""
        with self._shop.db.read() as tx:
            at = load_context(tx, ticket_id)
            found = options(tx, at)
            return products_beside(tx, self._shop, at, found[0].order if found else None, now)

    def find(self, typed: str, now: int) -> tuple[ProductBeside, ...]:
        """Products with each typed word in their title, variants and SKUs, or in a note on them."""
        words = typed.casefold().split()
        if not words:
            return ()
        notes = [
            (one, f"{one.id}\n{one.body}".casefold()) for one in self._shop.playbook.current().notes.values()
        ]
        noted = [sku for note, text in notes if all(word in text for word in words) for sku in note.skus]
        with self._shop.db.read() as tx:
            found = [*products.matching(tx, typed, _FOUND), *products.by_skus(tx, noted)]
            return tuple(
                beside_of(tx, self._shop, one, now) for one in {one.id: one for one in found}.values()
            )

    def for_ticket(self, ticket_id: int) -> tuple[StockWait, ...]:
        """What the ticket's customer waits for."""
        with self._shop.db.read() as tx:
            return waits.for_ticket(tx, tickets.root(tx, ticket_id))

    def rows(self) -> tuple[WaitingRow, ...]:
        """Everyone who waits, those whose product is back first, with ticket and product as they are now."""
        with self._shop.db.read() as tx:
            found = waits.waiting_list(tx)
            rows = {row.ticket_id: row for row in lists.rows(tx, tuple({one.ticket_id for one in found}))}
            goods = products.by_keys(tx, {(one.store, one.product_id) for one in found})
        notes = self._shop.playbook.current().notes
        known = {
            (one.store, variant.external_id): ProductChoice(one, variant)
            for one in goods
            for variant in one.variants
        }
        return tuple(
            WaitingRow(one, rows[one.ticket_id], known.get((one.store, one.variant_id)), _day(one, notes))
            for one in found
            if one.ticket_id in rows
        )

    def telling_macro(self) -> str:
        """The macro that says a product is back; empty if there is none."""
        macros = self._shop.playbook.current().macros.values()
        return next((one.id for one in macros if one.effects.back_in_stock is StockEffect.TELL), "")

    def attach(self, ticket_id: int, name: str, now: int) -> Draft:
        """Attach a file named in a note to the ticket's draft, starting one if needed. Raises NotFound."""
        file = file_of(self._shop, name)
        if not file.is_file():
            raise NotFound(f"There is no file {file}.", safe="The draft was not changed.")
        with self._shop.db.write() as tx:
            draft = draft_of(tx, self._shop, ticket_id)
            files = tuple(dict.fromkeys((*draft.attachments, str(file))))
            return drafts.save(tx, replace(draft, attachments=files), now)

    def add_all(self, ticket_ids: Iterable[int], choice: ProductChoice, now: int) -> Done:
        """Put the tickets' customers on the list, except those already on it. NotNow if all are."""
        with self._shop.db.write() as tx:
            action, added = events.new_action(tx), []
            for one in dict.fromkeys(tickets.root(tx, ticket) for ticket in ticket_ids):
                if made := self._add(tx, one, choice, now):
                    events.add(tx, action, one, now, By.OWNER, What.STOCK, None, {"waits": [made]})
                    added.append(one)
            if not added:
                raise NotNow(f"{choice.title} is already on the list for all of them.")
            return Done(
                f"Put {marks(added)} on the back-in-stock list for {choice.title}", action, tuple(added)
            )

    def add(self, ticket_id: int, choice: ProductChoice, now: int) -> Done:
        """Put the ticket's customer on the list. NotNow if they are on it."""
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            made = self._add(tx, ticket.id, choice, now)
            if not made:
                raise NotNow(f"{choice.title} is already on the list for {ticket.mark}.")
            action = events.new_action(tx)
            events.add(tx, action, ticket.id, now, By.OWNER, What.STOCK, None, {"waits": [made]})
            there = " (it is in stock now)" if choice.variant.in_stock else ""
            words = f"{ticket.mark} is on the back-in-stock list for {choice.title}{there}"
            return Done(words, action, (ticket.id,))

    def drop(self, wait_id: int, now: int) -> Done:
        """Remove an entry from the list."""
        with self._shop.db.write() as tx:
            found = waits.get(tx, wait_id)
            if found is None:
                raise NotFound("That entry is not on the list.")
            waits.set_dropped(tx, [wait_id], dropped=True)
            action = events.new_action(tx)
            events.add(tx, action, found.ticket_id, now, By.OWNER, What.STOCK, {"waits": [wait_id]}, None)
            words = f"T{found.ticket_id} is off the back-in-stock list for {found.title}"
            return Done(words, action, (found.ticket_id,))

    def snooze_until_back(self, ticket_id: int, choice: ProductChoice, now: int) -> Done:
        """Hide a ticket until a variant is in stock, at most thirty days. NotNow if it is in stock."""
        if choice.variant.in_stock:
            raise NotNow(f"{choice.title} is in stock.")
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            made = self._add(tx, ticket.id, choice, now)
            action = changes.change(
                tx, ticket.id, now, By.OWNER, snoozed_until=now + _LATEST, wakes_on=WakesOn.STOCK
            )
            if made:
                events.add(tx, action, ticket.id, now, By.OWNER, What.STOCK, None, {"waits": [made]})
            return Done(f"Snoozed {ticket.mark} until {choice.title} is back", action, (ticket.id,))

    def snooze_until_shipped(self, ids: tuple[int, ...], now: int) -> Done:
        """Hide tickets until their order ships, at most thirty days. NotNow without such an order."""
        action = 0
        with self._shop.db.write() as tx:
            for one in ids:
                order = next(iter(options(tx, load_context(tx, one))), None)
                if order is None or order.order.on_its_way or order.order.cancelled_at is not None:
                    raise NotNow(f"T{one} has no order waiting to ship.")
                action = changes.change(
                    tx, tickets.root(tx, one), now, By.OWNER, action=action, order_id=order.order.id,
                    snoozed_until=now + _LATEST, wakes_on=WakesOn.SHIPPED,
                )  # fmt: skip
        marks = f"T{ids[0]}" if len(ids) == 1 else f"{len(ids)} tickets"
        return Done(f"Snoozed {marks} until the order ships", action, ids)

    def _add(self, tx: Tx, ticket_id: int, choice: ProductChoice, now: int) -> int:
        """A new list entry; 0 if it exists."""
        key = (choice.product.store, choice.variant.external_id)
        if key in {(one.store, one.variant_id) for one in waits.for_ticket(tx, ticket_id)}:
            return 0
        return waits.add(tx, ticket_id, choice, now)


def _day(wait: StockWait, notes: Mapping[str, ProductNote]) -> str:
    """The date the owner announces for the product (`2026-12-12`); empty for none."""
    key = sku_key(wait.sku)
    own = (one for one in notes.values() if key and key in map(sku_key, one.skus))
    return next((one.back_in_stock for one in own), "")
