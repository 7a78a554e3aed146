"""Products as they stand beside a ticket: which ones, why, and what the owner noted of them."""

from collections.abc import Iterable, Mapping

from deskterm.domain.goods.notes import ProductNote
from deskterm.domain.goods.product import ProductChoice, ProductVariant, StoreProduct, sku_key
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class ProductBeside:
    """A product that a mail names or an order holds.

    `variant` is the one that is meant, None where it may be several; `named` says that the mail names it,
    else it stands in the order. `note` is the owner's on that variant, or the one all variants share;
    `notes` are those on each of its variants, by the store's key. `as_of` (UTC seconds) is up to when the
    products of its store are complete.
    """

    product: StoreProduct
    variant: ProductVariant | None
    note: ProductNote | None = None
    named: bool = False
    as_of: int = 0
    notes: tuple[tuple[str, ProductNote], ...] = ()

    @property
    def choice(self) -> ProductChoice | None:
        """The variant that is meant."""
        return ProductChoice(self.product, self.variant) if self.variant else None

    @property
    def title(self) -> str:
        """`Wool throw, grey`; without the variant where it may be several."""
        return self.choice.title if self.choice else self.product.title

    @property
    def in_stock(self) -> bool | None:
        """Whether what is meant can be had: of several variants only where all agree."""
        if self.variant:
            return self.variant.in_stock
        found = {one.in_stock for one in self.product.variants}
        return found.pop() if len(found) == 1 else None


def spoken_of(beside: Iterable[ProductBeside]) -> tuple[ProductBeside, ...]:
    """The products a letter may speak of, likeliest first: those the mail names, else those of the order."""
    found = tuple(beside)
    return tuple(one for one in found if one.named) or found


def notes_on(product: StoreProduct, notes: Mapping[str, ProductNote]) -> dict[str, ProductNote]:
    """The note on each variant of a product that has one, by the store's key of the variant."""
    by_sku = {sku_key(sku): note for note in notes.values() for sku in note.skus}
    keys = {one.external_id: sku_key(one.sku) for one in product.variants}
    return {id_: by_sku[key] for id_, key in keys.items() if key in by_sku}


def note_for(
    product: StoreProduct, variant: ProductVariant | None, notes: Mapping[str, ProductNote]
) -> ProductNote | None:
    """The note on a variant; where it may be several, the one that all of them share."""
    found = notes_on(product, notes)
    if variant:
        return found.get(variant.external_id)
    shared = [found.get(one.external_id) for one in product.variants]
    return shared[0] if shared and all(one == shared[0] for one in shared) else None
