"""A small shop: a real desk over a real database, and the app on it with a fixed clock."""

import asyncio
from dataclasses import replace
from itertools import count

from counterparts.templates import copied
from desk.conftest import ADDRESS, DAY, JANA, SNOOZE, STATUS, Fixed, ShopOfOne, settings
from deskterm.app.desk_app import DesktermApp, Wire
from deskterm.config.paths import Home
from deskterm.config.terminal import Colours
from deskterm.desk import Desk
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Address, Attachment, Fold, FoldKind
from deskterm.domain.orders.order import Fulfilment, PostalAddress, Shipment
from deskterm.domain.playbook import Playbook
from deskterm.domain.sops.sop import Sop, Step
from deskterm.storage.schema.migrate import open_database
from deskterm.widgets.picker import Picker

NOW = 1763718180  # Friday 21 November 2025, 10:43 in Berlin
HOUR = 3600
TOM = Address("Tom Iversen", "tom@iversen.example")
SAKURA = Address("山本 さくら", "sakura@yamamoto.example")
MIA = Address("Mia Schulz", "mia@schulz.example")
NOOR = Address("Noor Haddad", "noor@haddad.example")
LATE = Sop(
    "late",
    "Parcel is late",
    (
        Step("look", "Check the last scan"),
        Step("open", "Over 7 days: open a trace with the carrier"),
        Step("tell", "Answer with the trace number and a date to expect news", "trace"),
    ),
    ("shipping",),
)
MACROS = (STATUS, ADDRESS, replace(SNOOZE, key="t"))
OLD = "\n\nOn 12 Nov 2025 Loom & Clay wrote:\n> Hello Jana,\n> your order left us today.\n"
TEXT = (
    "Hi,\n\nI ordered two throws two weeks ago and nothing has arrived. Can you\n"
    "check where they are? It is order 1042 and I need them for Saturday.\n\nThanks, Jana"
)


def desk_of(folder, *, read_only=False, macros=MACROS, sops=(LATE,), **changed) -> Desk:
    """A real desk over the database in a folder."""
    home = Home(folder)
    db = open_database(home.database, read_only=read_only)
    playbook = Playbook({one.id: one for one in macros}, {one.id: one for one in sops})
    chosen = replace(settings(), **changed)
    return Desk(db, chosen, home, Fixed(playbook), Formats("en_GB", "Europe/Berlin"))


def sample(folder) -> ShopOfOne:
    """Five tickets: one late parcel with its order, one in Japanese, one of two by the same customer."""
    copied(_laid_down, Home(folder).database)
    return ShopOfOne(desk_of(folder), number=count(100))


def _laid_down(path) -> None:
    shop = ShopOfOne(desk_of(path.parent))
    parcel_seen(shop, NOW - 9 * DAY)
    jana = shop.ticket(JANA, subject="Your order is on its way", text="Great, thank you!", at=NOW - 10 * DAY)
    shop.answer(
        jana, text="Hello Jana,\n\nyour order #1042 left us today.\n\nWarm wishes\nAnna", at=NOW - 9 * DAY
    )
    text = TEXT + OLD
    fold = Fold(len(TEXT), len(text), FoldKind.QUOTE)
    shop.mail(
        jana, JANA, text=text, folds=(fold,), subject="Where is my order??", at=NOW - 9 * HOUR,
        attachments=(Attachment(2, "label.jpg", "image/jpeg", 245_000),),
    )  # fmt: skip
    shop.ticket(TOM, subject="Wrong size, can I swap?", text="The shirt is too small.", at=NOW - 6 * HOUR)
    shop.ticket(SAKURA, subject="ギフト包装はできますか", text="贈り物です。", at=NOW - 3 * HOUR)
    shop.ticket(MIA, subject="Adresse ändern, bitte schnell", text="Neue Straße 5, bitte.", at=NOW - 40 * 60)
    shop.ticket(NOOR, subject="Thank you!!", text="Lovely mug.", at=NOW - 12 * 60)
    shop.desk.tickets.categorise((jana,), "shipping", None, NOW)
    shop.db.close()


def parcel_seen(shop, at) -> None:
    """Jana's parcel was last scanned then; in the sample nine days ago, which is long."""
    shop.order(
        who=JANA, placed_at=NOW - 14 * DAY, synced_at=NOW - 300, fulfilment=Fulfilment.SHIPPED,
        shipments=(Shipment("DHL", "00340434161094042557", "", NOW - 12 * DAY, None, at),),
        ship_to=PostalAddress("Jana Mertens", "Hafenstr. 3", "20457", "Hamburg", "", "Germany"),
    )  # fmt: skip


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: float = NOW) -> None:
        self.at = at

    def __call__(self) -> float:
        return self.at


def app_of(
    shop: ShopOfOne, *, clock=None, theme="dark", wire: Wire | None = None, colours=Colours.TRUE, **changed
) -> DesktermApp:
    """The app over a shop."""
    chosen = replace(settings(), theme=theme, **changed)
    return DesktermApp(
        shop.desk,
        chosen,
        Formats("en_GB", "Europe/Berlin"),
        clock=clock or Clock(),
        wire=wire,
        colours=colours,
    )


async def settle(pilot) -> None:
    """Wait until nothing is under way: commands have ended, timers of a resting cursor have run out."""
    for _ in range(200):
        await pilot.pause()
        screen = pilot.app.screen
        under_way = getattr(getattr(screen, "commands", None), "busy", False) or getattr(
            screen, "_going", False
        )
        letter = any(picker.waits for picker in screen.query(Picker))
        if not letter and not under_way and getattr(screen, "_resting", None) is None:
            return
        await asyncio.sleep(0.01)


def seen(app) -> str:
    """The text on the screen, one line for each row."""
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
