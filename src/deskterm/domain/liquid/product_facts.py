"""The `product.*` facts about a ticket's product, each with its source."""

from collections.abc import Callable
from datetime import date

from deskterm.domain.playbook import Fact
from deskterm.domain.products.ticket_products import NOTE_SECTIONS, ProductBeside

DAY_GIVEN = "product.back_in_stock"  # may be in the past by now: the review checks that
IN_STOCK, OUT_OF_STOCK = "in stock", "out of stock"
_STOCK_NAMES = frozenset({"product.stock", "product.availability", "product.incoming"})


def product_facts(one: ProductBeside | None, moment: Callable[[date], int]) -> dict[str, Fact]:
    """The `product.*` facts; none without a product. `moment` returns the time (UTC seconds) for a day.

    If the variant is not known, only facts that are the same for all variants are included.
    """
    if one is None:
        return {}
    variant, note = one.variant, one.note
    prices = {each.price for each in one.product.variants}
    availability = {True: IN_STOCK, False: OUT_OF_STOCK, None: None}[one.in_stock]
    values: dict[str, object] = {
        "product.title": one.product.title,
        "product.variant": variant and variant.title,
        "product.sku": variant and variant.sku,
        "product.price": variant.price if variant else prices.pop() if len(prices) == 1 else None,
        "product.stock": max(0, variant.stock) if variant and variant.stock is not None else None,
        "product.incoming": (variant and variant.incoming) or None,
        "product.availability": availability,
        "product.url": one.product.url,
    }
    synced = one.as_of or one.product.synced_at or None
    facts = {
        name: Fact(value, f"product {one.title}", synced if name in _STOCK_NAMES else None)
        for name, value in values.items()
    }
    return facts | (_of_note(one, moment) if note else _of_all_notes(one))


def _of_all_notes(one: ProductBeside) -> dict[str, Fact]:
    """What the notes on all variants have in common."""
    source = ", ".join(f"notes/{name}.md" for name in dict.fromkeys(note.id for _, note in one.notes))
    values = {f"product.{name.replace(' ', '_')}": one.section_of_note(name) for name in NOTE_SECTIONS}
    return {name: Fact(value, source) for name, value in values.items() if value}


def _of_note(one: ProductBeside, moment: Callable[[date], int]) -> dict[str, Fact]:
    note = one.note
    assert note is not None
    values: dict[str, object] = {
        DAY_GIVEN: moment(date.fromisoformat(note.back_in_stock)) if note.back_in_stock else None,
        "product.care": note.section("care"),
        "product.size_chart": note.section("size chart"),
        "product.video": note.video,
        "product.note": note.body,
    }
    return {name: Fact(value, f"notes/{note.id}.md") for name, value in values.items()}
