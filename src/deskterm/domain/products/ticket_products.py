"""The products shown beside a ticket: which ones, why, and the owner's notes on them."""

from collections.abc import Iterable, Mapping

from deskterm.domain.products.notes import ProductNote
from deskterm.domain.products.product import ProductChoice, ProductVariant, StoreProduct, sku_key
from deskterm.value_class import dataclass

NOTE_SECTIONS = ("care", "size chart")  # of a note, which macros can use


@dataclass(frozen=True, slots=True)
class ProductBeside:
    """A product that a mail names or that is in its order.

    `variant` is None if it could be one of several; `named` says that the mail names the product, else it is
    in the order. `note` is the owner's note on that variant, or the one that all variants share; `notes` are
    pairs of a variant's key (the store's) and its note. `as_of` is the time (UTC seconds) up to which the
    store's products are complete.
    """

    product: StoreProduct
    variant: ProductVariant | None
    note: ProductNote | None = None
    named: bool = False
    as_of: int = 0
    notes: tuple[tuple[str, ProductNote], ...] = ()

    def section_of_note(self, section: str) -> str:
        """A section of the owner's note; if the variant is not known, only what all variants have."""
        if self.note:
            return self.note.section(section)
        said = {note.section(section) for _, note in self.notes}
        whole = self.variant is None and len(self.notes) == len(self.product.variants)
        return said.pop() if whole and len(said) == 1 else ""

    @property
    def choice(self) -> ProductChoice | None:
        """The product with the variant that is meant, if that is known."""
        return ProductChoice(self.product, self.variant) if self.variant else None

    @property
    def title(self) -> str:
        """`Wool throw, grey`; without the variant if it could be one of several."""
        return self.choice.title if self.choice else self.product.title

    @property
    def in_stock(self) -> bool | None:
        """Whether it is in stock; None if that is unknown or the possible variants differ."""
        if self.variant:
            return self.variant.in_stock
        found = {one.in_stock for one in self.product.variants}
        return found.pop() if len(found) == 1 else None


def likely_products(beside: Iterable[ProductBeside]) -> tuple[ProductBeside, ...]:
    """The products that a reply may be about, likeliest first: those the mail names, else the order's."""
    found = tuple(beside)
    return tuple(one for one in found if one.named) or found


def notes_on(product: StoreProduct, notes: Mapping[str, ProductNote]) -> dict[str, ProductNote]:
    """The notes on a product's variants, by the store's key of the variant."""
    by_sku = {sku_key(sku): note for note in notes.values() for sku in note.skus}
    keys = {one.external_id: sku_key(one.sku) for one in product.variants}
    return {id_: by_sku[key] for id_, key in keys.items() if key in by_sku}


def note_for(
    product: StoreProduct, variant: ProductVariant | None, notes: Mapping[str, ProductNote]
) -> ProductNote | None:
    """The note on the variant; if that is unknown, the note that all variants share."""
    found = notes_on(product, notes)
    if variant:
        return found.get(variant.external_id)
    shared = [found.get(one.external_id) for one in product.variants]
    return shared[0] if shared and all(one == shared[0] for one in shared) else None
