"""What a letter has to do with products: the one it is about, what is unknown, the list entry it settles."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from deskterm.desk.products.ticket_products import beside_of, products_beside
from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.liquid import fill
from deskterm.domain.liquid.product_facts import DAY_GIVEN, product_facts
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Macro, StockEffect
from deskterm.domain.products.notes import is_past
from deskterm.domain.products.product import ProductChoice
from deskterm.domain.products.ticket_products import NOTE_SECTIONS, ProductBeside, likely_products
from deskterm.domain.products.waits import StockWait
from deskterm.domain.review.replies import Draft
from deskterm.domain.suggest.phrases import contains_phrase
from deskterm.domain.suggest.telling_words import telling_words
from deskterm.storage import orders
from deskterm.storage.products import products, waits
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_DAY = 86_400
_OF_THE_STORE = frozenset({"product.stock", "product.availability", "product.price"})


@dataclass(frozen=True, slots=True)
class LetterGoods:
    """The product a letter is about, and others it may be about, the likeliest first."""

    meant: ProductBeside | None = None
    beside: tuple[ProductBeside, ...] = ()


def goods_of(  # noqa: PLR0917 - what a product is found by
    tx: Tx,
    shop: DeskContext,
    macro: Macro | None,
    at: TicketContext,
    order: Order | None,
    now: int,
    wait_id: int | None = None,
) -> LetterGoods:
    """What a letter is about: the likeliest product the mail names, else the only one of the order.

    A letter that says a product is back is about the list entry `wait_id`.
    """
    wait = waits.get(tx, wait_id) if wait_id and _announces_stock(macro) else None
    of_wait = _of_wait(tx, shop, wait, now) if wait and wait.ticket_id == at.ticket.id else None
    if of_wait is not None:
        return LetterGoods(of_wait)
    beside = likely_products(products_beside(tx, shop, at, order, now))
    sure = beside and (beside[0].named or len(beside) == 1)
    return LetterGoods(beside[0] if sure else None, beside)


def goods_of_draft(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int) -> LetterGoods:
    """The same for a draft, by its macro and order; empty if the macro is not about a product."""
    macro = shop.playbook.current().macros.get(draft.macro)
    if macro is None or not macro.speaks_of_product:
        return LetterGoods()
    order = None if draft.order_id is None else orders.get(tx, draft.order_id)
    return goods_of(tx, shop, macro, at, order, now, draft.wait_id)


def choose_wait(tx: Tx, macro: Macro, ticket_id: int, wanted: int | None = None) -> int | None:
    """The list entry of the ticket that a letter of that macro is about; it is kept with the draft.

    The `wanted` one if it is open, else the first whose product is back; None without one, and for a macro
    that says nothing of the kind.
    """
    listed = waits.for_ticket(tx, ticket_id) if _announces_stock(macro) else ()
    ranked = sorted(listed, key=lambda one: (one.id != wanted, one.back_at is None))
    return ranked[0].id if ranked else None


def _announces_stock(macro: Macro | None) -> bool:
    return macro is not None and macro.effects.back_in_stock is StockEffect.TELL


def _of_wait(tx: Tx, shop: DeskContext, wait: StockWait, now: int) -> ProductBeside | None:
    found = products.by_keys(tx, [(wait.store, wait.product_id)])
    if not found or found[0].gone_at is not None:
        return None
    variants = (one for one in found[0].variants if one.external_id == wait.variant_id)
    return beside_of(tx, shop, found[0], now, next(variants, None))


def doubts_about_product(
    shop: DeskContext,
    draft: Draft,
    goods: LetterGoods,
    now: int,
    goes: int,
    *,
    asked: str = "",
) -> tuple[str, ...]:
    """What is doubtful about a letter's product, in sentences: which one it is, and what is unknown.

    `asked` are the questions of the customer's mail. `goes` is when the letter goes (UTC seconds): a date it
    gives may be past by then.
    """
    macro, meant = shop.playbook.current().macros.get(draft.macro), goods.meant
    if macro is None or not macro.speaks_of_product:
        return ()
    if meant is None:
        return ("The letter is about a product, but none is known for this ticket.",)
    return (
        *_which(goods.beside, meant),
        *_unknown(macro, draft, meant),
        *(_no_advice(macro, meant, asked) if asked else ()),
        *_past_day(shop, macro, meant, goes),
        *_stale(meant, now),
        *_against_effect(macro, meant),
    )


def _which(beside: Iterable[ProductBeside], meant: ProductBeside) -> Iterator[str]:
    others = [one.title for one in beside if one.product.id != meant.product.id]
    if meant.named and others:
        yield f"The mail may mean {meant.title} or {' or '.join(others)}; the letter is about {meant.title}."


def _names_in(macro: Macro) -> dict[str, None]:
    """The values that a macro's texts use, in any language."""
    bodies = (macro.body, *(body for _, body in macro.translations))
    return dict.fromkeys(name for body in bodies for name in fill.needs(body))


def _unknown(macro: Macro, draft: Draft, meant: ProductBeside) -> Iterator[str]:
    """Values the macro needs that the store does not give; a missing value in the text is reported anyway."""
    known = product_facts(meant, lambda _: 1)
    asked = (name for name in _names_in(macro) if name in _OF_THE_STORE)
    lacking = [name for name in asked if known[name].value is None and f"[{name}?]" not in draft.body]
    if lacking:
        yield f"Not known for {meant.title}: {', '.join(lacking)}. Check that the letter is still true."


def _no_advice(macro: Macro, meant: ProductBeside, asked: str) -> Iterator[str]:
    """Sections of the note that the macro gives and that are missing, or say nothing of what is asked.

    A question in the macro's own words asks for the section as a whole.
    """
    used = _names_in(macro)
    about = telling_words(asked) - telling_words(meant.title)
    for section in NOTE_SECTIONS:
        if f"product.{section.replace(' ', '_')}" not in used:
            continue
        note = meant.section_of_note(section)
        if note and about and not about & telling_words(note) and not contains_phrase(asked, macro.words):
            yield (
                f"They ask about {meant.title}, and your note's “{section}” has no word of their question: "
                "does the letter answer it?"
            )
        if not note:
            yield (
                f"They ask about {meant.title}, and your notes have no “{section}” for it: "
                "the letter does not answer that."
            )


def _past_day(shop: DeskContext, macro: Macro, meant: ProductBeside, goes: int) -> Iterator[str]:
    given = meant.note.back_in_stock if meant.note else ""
    if DAY_GIVEN in _names_in(macro) and is_past(given, shop.formats.local(goes).date()):
        noon = datetime.combine(date.fromisoformat(given), time(12), shop.formats.zone)
        day = shop.formats.date(int(noon.timestamp()))
        yield f"The day you give out for {meant.title}, {day}, is past."


def _stale(meant: ProductBeside, now: int) -> Iterator[str]:
    if meant.as_of and now - meant.as_of > _DAY:
        days = (now - meant.as_of) // _DAY
        yield f"The stock was last read {days} day{'s'[: days != 1]} ago."


def _against_effect(macro: Macro, meant: ProductBeside) -> Iterator[str]:
    effect = macro.effects.back_in_stock
    if effect is StockEffect.TELL and not meant.in_stock:
        yield f"{meant.title} is not in stock now, according to the store."
    if effect is StockEffect.PROMISE and meant.choice is None:
        yield f"Which {meant.title} they wait for is not known: put it on the back-in-stock list first."
    elif effect is StockEffect.PROMISE and meant.in_stock:
        yield f"{meant.title} is in stock now, according to the store."


def keep_stock_list(  # noqa: PLR0917 - what a letter is
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, letter: str, now: int
) -> None:
    """Apply to the back-in-stock list what a letter (by its Message-ID) says, at `now` (UTC seconds)."""
    effect = _effect_of(shop, draft)
    goods = goods_of_draft(tx, shop, at, draft, now) if effect else LetterGoods()
    for choice in _find_promised(tx, at, effect, goods.meant):
        waits.add(tx, at.ticket.id, choice, now, letter)
    wait = _find_announced(tx, at, effect, draft)
    if wait:
        waits.mark_announced(tx, [wait.id], now, letter)


def describe_stock_list(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, goods: LetterGoods
) -> str:
    """The same in words, in advance; empty if the list does not change."""
    effect = _effect_of(shop, draft)
    promised = ", ".join(one.title for one in _find_promised(tx, at, effect, goods.meant))
    wait = _find_announced(tx, at, effect, draft)
    put = f"put on the back-in-stock list for {promised}" if promised else ""
    return put or (f"off the back-in-stock list for {wait.title}" if wait else "")


def _effect_of(shop: DeskContext, draft: Draft) -> StockEffect | None:
    macro = shop.playbook.current().macros.get(draft.macro)
    return macro.effects.back_in_stock if macro else None


def _find_promised(
    tx: Tx, at: TicketContext, effect: StockEffect | None, meant: ProductBeside | None
) -> Iterator[ProductChoice]:
    if effect is not StockEffect.PROMISE or meant is None or meant.choice is None:
        return
    listed = {(one.store, one.variant_id) for one in waits.for_ticket(tx, at.ticket.id)}
    if (meant.product.store, meant.choice.variant.external_id) not in listed:
        yield meant.choice


def _find_announced(tx: Tx, at: TicketContext, effect: StockEffect | None, draft: Draft) -> StockWait | None:
    """The entry the letter is about, if its product is back; other products still have to be announced."""
    if effect is not StockEffect.TELL:
        return None
    listed = waits.for_ticket(tx, at.ticket.id)
    return next((one for one in listed if one.id == draft.wait_id and one.back_at is not None), None)
