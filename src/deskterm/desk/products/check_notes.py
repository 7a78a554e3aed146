"""Checks notes on products and macros about stock: missing files, past dates, promises nothing keeps."""

import re
from collections.abc import Iterator
from datetime import date

from deskterm.desk.reply import text as writing
from deskterm.desk.shop import DeskContext
from deskterm.desk.upkeep.findings import Finding, bad, warning
from deskterm.domain.playbook import Macro, Playbook
from deskterm.storage.products import products
from deskterm.storage.schema.database import Tx

# "I write to you when it is back" in the shipped languages: a promise the list must keep.
_TELLS = re.compile(
    r"(?:write|tell|let you know|hear from me|mail you)[^.!?\n]*\b(?:back in stock|in stock again|is back)"
    r"|(?:as soon as|once|when)[^.!?\n]*(?:back in stock|in stock again|available again)[^.!?\n]*"
    r"(?:write|tell you|let you know|hear from me|mail you)"
    r"|sobald[^.!?\n]*wieder (?:auf lager|da|verfügbar|lieferbar)[^.!?\n]*(?:schreibe|melde|bescheid)"
    r"|(?:schreibe|melde|bescheid)[^.!?\n]*sobald[^.!?\n]*wieder (?:auf lager|da|verfügbar|lieferbar)"
    r"|dès qu[^.!?\n]*(?:de nouveau|retour)[^.!?\n]*(?:écris|préviens)"
    r"|(?:écris|préviens)[^.!?\n]*dès qu[^.!?\n]*(?:de nouveau|retour)"
    r"|en cuanto[^.!?\n]*(?:vuelva|existencias)[^.!?\n]*(?:escribo|aviso)"
    r"|(?:escribo|aviso)[^.!?\n]*en cuanto[^.!?\n]*(?:vuelva|existencias)",
    re.IGNORECASE,
)


def check_goods(tx: Tx, shop: DeskContext, book: Playbook, now: int) -> Iterator[Finding]:
    """What is wrong or doubtful about notes on products, and promises to write that no list keeps."""
    today = shop.formats.local(now).date()
    any_known = products.any_known(tx)
    for note in book.notes.values():
        name = f"notes/{note.id}.md"
        for file in note.attach:
            if not writing.file_of(shop, file).is_file():
                yield bad(f"{name}: there is no file {file}.", todo="Put it there, or remove the line.")
        if note.back_in_stock and date.fromisoformat(note.back_in_stock) < today:
            yield warning(
                f"{name}: `back_in_stock`, {note.back_in_stock}, is past.", todo="Change or remove it."
            )
        known = {sku for sku in note.skus if products.by_skus(tx, [sku])}
        if any_known and not known:
            yield warning(
                f"{name}: no store has a product with the SKU {', '.join(note.skus)}.",
                todo="Name the SKU as the store writes it: `skus: [...]`.",
            )
    yield from (finding for macro in book.macros.values() for finding in _unkept_promise(macro))


def _unkept_promise(macro: Macro) -> Iterator[Finding]:
    if macro.effects.back_in_stock is not None:
        return
    bodies = (macro.body, *(body for _, body in macro.translations))
    if any(_TELLS.search(body) for body in bodies):
        yield warning(
            f"macros/{macro.id}.md: it promises to write when something is back, but no list keeps it.",
            todo="Add the effect `back_in_stock: promise`, which puts the customer on the list.",
        )
