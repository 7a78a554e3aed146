"""Find a product; then copy its link, attach a file, or use the back-in-stock list."""

from collections.abc import Callable, Iterable, Sequence

from deskterm.actions.front import Front
from deskterm.domain.products.naming import choices_of
from deskterm.domain.products.notes import ProductNote
from deskterm.domain.products.product import ProductChoice
from deskterm.domain.products.ticket_products import ProductBeside
from deskterm.widgets.picker import Option
from deskterm.widgets.product_card import stock_words

TRIES = "Words of the title, variant, SKU or your notes"
_LIST, _LINK, _VIDEO, _ATTACH = "list", "link", "video", "attach "


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Pick a product, then what to do with it."""
    chosen = await pick_product(front, ids[0], "Which product?")
    if chosen is None:
        return
    beside, choice = chosen
    done = await front.pick(choice.title, _options(beside, choice))
    work, now = front.work, front.work.now()
    if done == _LIST:
        front.show_change(await work.write(work.desk.products.stock_list.add, ids[0], choice, now))
    elif done == _LINK:
        front.copy(beside.product.url, "the product's page")
    elif done == _VIDEO and (note := _note_on(beside, choice)):
        front.copy(note.video, "the link to the video")
    elif done:
        name = done.removeprefix(_ATTACH)
        draft = await work.write(work.desk.products.stock_list.attach, ids[0], name, now)
        front.tell(f"Attached {name} to the draft of T{draft.ticket_id}", "green")


async def pick_product(
    front: Front, ticket_id: int, title: str, *, only: Callable[[ProductChoice], bool] = lambda _: True
) -> tuple[ProductBeside, ProductChoice] | None:
    """Let the owner pick a variant: of a product on the ticket, or found by typing."""
    work, now = front.work, front.work.now()
    found = {one.product.id: one for one in work.desk.products.stock_list.beside(ticket_id, now)}

    def search(typed: str) -> Sequence[Option]:
        more = work.desk.products.stock_list.find(typed, now)
        found.update({one.product.id: one for one in more if one.product.id not in found})
        options, words = _choices(more, only), typed.casefold().split()
        exact = [
            one for one in options if all(word in f"{one.label} {one.words}".casefold() for word in words)
        ]
        return exact or options

    picked = await front.pick(title, _choices(found.values(), only), search, tries=TRIES)
    if picked is None:
        return None
    product_id, _, at = picked.partition(" ")
    beside = found[int(product_id)]
    return beside, choices_of(beside.product)[int(at)]


def _choices(beside: Iterable[ProductBeside], only: Callable[[ProductChoice], bool]) -> list[Option]:
    """Each variant as an option; the one the ticket means comes first."""
    return [
        Option(
            f"{one.product.id} {at}",
            choice.title,
            detail=stock_words(choice.variant)[0],
            words=choice.variant.sku,
        )
        for one in beside
        for at, choice in sorted(
            enumerate(choices_of(one.product)), key=lambda pair: pair[1].variant != one.variant
        )
        if only(choice)
    ]


def _note_on(beside: ProductBeside, choice: ProductChoice) -> ProductNote | None:
    return dict(beside.notes).get(choice.variant.external_id)


def _options(beside: ProductBeside, choice: ProductChoice) -> list[Option]:
    note = _note_on(beside, choice)
    files = note.attach if note else ()
    options = [Option(_LIST, "put on the back-in-stock list", "b", stock_words(choice.variant)[0])]
    options += [Option(f"{_ATTACH}{name}", f"attach {name}", detail="from your note") for name in files]
    if note and note.video:
        options.append(Option(_VIDEO, "copy the link to the video", "v", note.video))
    if beside.product.url:
        options.append(Option(_LINK, "copy the address of its page", "l", beside.product.url))
    return options
