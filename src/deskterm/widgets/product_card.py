"""Products beside a ticket: title, variants with stock, the owner's note, and who is waiting."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from deskterm.domain.formats import Formats
from deskterm.domain.products.notes import ProductNote, is_past
from deskterm.domain.products.product import ProductVariant
from deskterm.domain.products.ticket_products import ProductBeside
from deskterm.domain.products.waits import StockWait
from deskterm.widgets.drawing.cells import cell_len, fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread

_VARIANTS = 5  # variants listed
_NOTED = 4  # lines of a note shown


def product_lines(
    products: Iterable[ProductBeside], waits: Iterable[StockWait], formats: Formats, now: int, width: int
) -> list[DrawnLine]:
    """The products named in the mail and those of the order; then what the customer waits for.

    `now` (UTC seconds) decides which dates in notes are past.
    """
    today = formats.local(now).date()
    lines: list[DrawnLine] = []
    shown = tuple(products)
    for one in shown:
        if one.named:
            lines += [*_product(one, formats, today, width), DrawnLine()]
    lines += [line for one in shown if not one.named for line in _order_lines(one, formats, today, width)]
    for wait in waits:
        lines += _waiting(wait, formats, width)
    return lines if lines[-1:] != [DrawnLine()] else lines[:-1]


def stock_words(variant: ProductVariant) -> tuple[str, str]:
    """The stock of a variant in words, with their shade."""
    coming = f", {variant.incoming} coming" if variant.incoming else ""
    if variant.stock is not None:
        counted = f"{variant.stock} in stock" if variant.stock > 0 else "out of stock"
        late = " (still for sale)" if variant.stock <= 0 and variant.for_sale else ""
        return f"{counted}{late}{coming}", "soft" if variant.stock > 0 else "amber"
    words_of = {
        True: ("in stock", "soft"),
        False: ("not for sale", "amber"),
        None: ("stock not known", "dim"),
    }
    words, shade = words_of[variant.for_sale]
    return f"{words}{coming}", shade


def _order_lines(one: ProductBeside, formats: Formats, today: date, width: int) -> Iterator[DrawnLine]:
    """A product that is only in the order: its stock and note."""
    if one.variant is None:
        return
    words, shade = stock_words(one.variant)
    first, *rest = wrap(one.title, max(8, width - cell_len(words) - 2))
    yield spread([Bit(first, "soft")], [Bit(f"  {words}", shade)], width)
    yield from (DrawnLine.of(part, "soft") for part in rest)
    if one.note is not None:
        yield from _note(one.note, formats, today, width)


def _product(one: ProductBeside, formats: Formats, today: date, width: int) -> Iterator[DrawnLine]:
    first, *rest = wrap(one.product.title, max(8, width - 13))
    yield spread([Bit(first, "accent", bold=True)], [Bit("  in the mail", "dim")], width)
    yield from (DrawnLine.of(part, "accent", bold=True) for part in rest)
    shown = [one.variant] if one.variant else list(one.product.variants[:_VARIANTS])
    notes = {} if one.note else dict(one.notes)
    for variant in shown:
        yield from _variant(variant, formats, width)
        if own := notes.get(variant.external_id):
            yield from _note(own, formats, today, width)
    if len(one.product.variants) > len(shown):
        more = len(one.product.variants) - len(shown)
        yield DrawnLine.of(f"⋯ {more} more variant{'s'[: more != 1]}", "dim")
    if one.note is not None:
        yield from _note(one.note, formats, today, width)


def _variant(variant: ProductVariant, formats: Formats, width: int) -> Iterator[DrawnLine]:
    words, shade = stock_words(variant)
    price = formats.money(variant.price)
    left = [Bit(f"{variant.title}  " if variant.title else ""), Bit(words, shade)]
    room = width - cell_len(price) - 1
    if sum(cell_len(bit.text) for bit in left) <= room:
        yield spread(left, [Bit(price, "soft")], width)
        return
    yield spread([Bit(fit(variant.title or words, room).rstrip())], [Bit(price, "soft")], width)
    if variant.title:
        yield DrawnLine.of(words, shade)


def _note(note: ProductNote, formats: Formats, today: date, width: int) -> Iterator[DrawnLine]:
    if note.back_in_stock:
        noon = datetime.combine(date.fromisoformat(note.back_in_stock), time(12), formats.zone)
        day = formats.day(int(noon.timestamp()))
        if is_past(note.back_in_stock, today):
            yield DrawnLine.of(f"due back {day} according to your note", "amber")
        else:
            yield DrawnLine.of(f"back {day} according to your note", "green")
    rows = [part for row in note.body.splitlines() if row.strip() for part in wrap(row.lstrip("# "), width)]
    yield from (DrawnLine.of(part, "soft") for part in rows[:_NOTED])
    more = [*(["video"] if note.video else []), *note.attach]
    if len(rows) > _NOTED or more:
        rest = f"⋯ notes/{note.id}.md" + (f": {', '.join(more)}" if more else "")
        yield from (DrawnLine.of(part, "dim") for part in wrap(rest, width))


def _waiting(wait: StockWait, formats: Formats, width: int) -> Iterator[DrawnLine]:
    since = f"waits for {wait.title} since {formats.day(wait.asked_at)}"
    back = f": back in stock since {formats.day(wait.back_at)}" if wait.back_at is not None else ""
    shade = "green" if back else "amber"
    yield from (DrawnLine.of(part, shade, bold=bool(back)) for part in wrap(since + back, width))
