"""The sample store's 150 orders, and what the customers' stories do to them."""

from dataclasses import replace
from random import Random

from deskterm.demo import shop
from deskterm.demo.clock import DAY, after_business_minutes, at_hour
from deskterm.demo.people import Person
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderLine,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
)
from deskterm.domain.orders.returns import OrderReturn, ReturnState

COUNT = 150
_FIRST = 917
_OLD = 10  # orders before the ten weeks
_WEEKS = 84 * DAY
_POSTAGE = 490

# Days ago on which the writers of today's mails ordered, so that orders and mails fit.
_PLANNED = {
    "Jana Mertens": (230, 61, 14),
    "Tom Iversen": (9,),
    "Adaeze Okafor": (6,),
    "Luis Ferreira": (24,),
    "Mia Schulz": (0.7,),
    "Ben Carter": (47,),
    "Noor Haddad": (19,),
    "Henrik Dahl": (17,),
    "山本 さくら": (70,),
    "Björn Hölscher": (5,),
    "Amélie Fournier": (0.5,),
    "Carmen Ibáñez": (8,),
    "Grace Whitfield": (1,),
    "Callum Fraser": (4,),
    "Dana Silver": (27,),
    "Keira Mbeki": (7,),
    "Samir Khoury": (12,),
    "Theo Ashdown": (9.5,),
    "Quinn Daly": (8.5,),
    "Ulrich Faß": (13,),
}
_WANTED = {
    ("Jana Mertens", 14): (("THROW", "grey", 2),),
    ("Tom Iversen", 9): (("SLIPPER", "40", 1),),
    ("Adaeze Okafor", 6): (("MUG", "speckled", 1), ("CANDLE", "small", 2)),
    ("Luis Ferreira", 24): (("CUSHION", "rust", 2),),
    ("Mia Schulz", 0.7): (("BLANKET", "oat", 1),),
    ("Noor Haddad", 19): (("BOWL", "blue", 2),),
    ("Henrik Dahl", 17): (("CARDIGAN", "M", 1), ("SOCKS", "40-43", 2)),
    ("Carmen Ibáñez", 8): (("BOWL", "sand", 1),),
    ("Dana Silver", 27): (("BLANKET", "night blue", 1),),
    ("Keira Mbeki", 7): (("CARDIGAN", "L", 1),),
    ("Samir Khoury", 12): (("CUSHION", "green", 2), ("CANDLE", "large", 1)),
    ("Theo Ashdown", 9.5): (("BOWL", "sand", 2), ("SPOON", "", 1)),
    ("Ulrich Faß", 13): (("BOARD", "", 1),),
}


class Ledger:
    """All orders while the stories are made up; each is used by at most one story."""

    def __init__(self, orders: list[Order], now: int) -> None:
        self.now = now
        self._orders = {order.number: order for order in orders}
        self._free = [order.number for order in orders if order.customer_name not in _PLANNED]

    @property
    def orders(self) -> list[Order]:
        """All orders as they are now, oldest first."""
        return list(self._orders.values())

    @property
    def free(self) -> list[Order]:
        """The orders not used by any story yet."""
        return [self._orders[number] for number in self._free]

    def keep(self, free: list[str]) -> None:
        """Allow only these numbers to be used."""
        self._free = free

    def of(self, name: str) -> Order:
        """A customer's latest order."""
        return [order for order in self._orders.values() if order.customer_name == name][-1]

    def take(self, rng: Random, at: int, days: tuple[float, float]) -> Order | None:
        """An unused order, placed that many days before `at`."""
        low, high = at - int(days[1] * DAY), at - int(days[0] * DAY)
        free = [number for number in self._free if low <= self._orders[number].placed_at <= high]
        if not free:
            return None
        number = rng.choice(free)
        self._free.remove(number)
        return self._orders[number]

    def by_name(self, name: str) -> Order:
        """The order with that number."""
        return next(order for order in self._orders.values() if order.external_id == name)

    def record(self, order: Order) -> None:
        """Store the order as a story leaves it."""
        self._orders[order.number] = order


def draw(now: int, rng: Random, people: tuple[Person, ...]) -> Ledger:
    """150 orders: ten older ones, the others spread over twelve weeks, numbered by time."""
    moments = sorted(_moment(place, now, rng) for place in range(COUNT))
    buyers = _buyers(now, moments, rng, people)
    return Ledger([_order(place, at, now, rng, buyers[place]) for place, at in enumerate(moments)], now)


def with_more(ledger: Ledger, more: tuple[Order, ...]) -> Ledger:
    """The ledger with more orders, renumbered by time; no other story may use those."""
    taken = {order.external_id for order in more}
    free = {order.external_id for order in ledger.free}
    placed = sorted((*ledger.orders, *more), key=lambda order: order.placed_at)
    numbered = [replace(order, number=str(_FIRST + place)) for place, order in enumerate(placed)]
    found = Ledger(numbered, ledger.now)
    found.keep([order.number for order in numbered if order.external_id in free - taken])
    return found


def order_placed(name: str, at: int, rng: Random, buyer: Person) -> Order:
    """An order placed at that time (UTC seconds) and not shipped yet."""
    return replace(_order(0, at, at, rng, buyer), external_id=name)


def with_product(order: Order, sku: str, variant: str) -> Order:
    """The order with only one piece of that product."""
    return with_lines(order, (_line(shop.BY_SKU[sku], variant, 1),))


def sent_with(order: Order, carrier: tuple[str, str, str], at: int, rng: Random) -> Order:
    """The order, shipped with that carrier, scanned the day after and not arrived yet."""
    name, number, page = carrier
    tracking = number.format(rng.randrange(10**7))
    parcel = Shipment(name, tracking, page.format(tracking), at, None, at + DAY, "in transit")
    return replace(order, shipments=(parcel,), fulfilment=Fulfilment.SHIPPED)


def with_lines(order: Order, lines: tuple[OrderLine, ...]) -> Order:
    """The order with other lines and their total."""
    total = sum(line.quantity * line.price.minor for line in lines) + _POSTAGE
    return replace(order, lines=lines, total=Money(total, shop.CURRENCY))


def with_named_product(order: Order, text: str, rng: Random) -> Order:
    """The order with the product that a mail about it names, in another size than the mail asks for."""
    found = next((sku for word, sku in shop.SAID if word in text.casefold()), None)
    if found is None or any(line.sku.startswith(found) for line in order.lines):
        return order
    product = shop.BY_SKU[found]
    named = [variant for variant in product.variants if variant and variant in text]
    grey = [variant for variant in named if variant.isalpha()]
    other = [variant for variant in product.variants if variant not in named]
    line = _line(product, rng.choice(grey or other), 2 if "two" in text else 1)
    return with_lines(order, (line, *order.lines[1:]))


def deliver(order: Order, at: int) -> Order:
    """The order with its parcel delivered then, or still under way if that is in the future."""
    parcel = replace(order.shipments[0], delivered_at=at, last_scan_at=at, status="delivered")
    return replace(order, shipments=(parcel,), fulfilment=Fulfilment.DELIVERED)


def silent(order: Order, since: int) -> Order:
    """The order with a parcel that nobody has scanned since then."""
    parcel = order.shipments[0]
    scan = max(since, parcel.shipped_at or since)
    parcel = replace(parcel, delivered_at=None, last_scan_at=scan, status="in transit")
    return replace(order, shipments=(parcel,), fulfilment=Fulfilment.SHIPPED)


def refund(order: Order, at: int, reason: str, minor: int = 0) -> Order:
    """The order with that amount, or everything, refunded."""
    amount = Money(minor or order.total.minor, shop.CURRENCY)
    paid = Payment.PARTLY_REFUNDED if minor else Payment.REFUNDED
    return replace(order, payment=paid, refunds=(Refund(at, amount, reason),))


def take_back(order: Order, at: int, minor: int = 0) -> Order:
    """The order, or part of it, returned and refunded on the day it arrived."""
    opened = max(order.placed_at, at - 5 * DAY)
    parcel = OrderReturn(opened, state=ReturnState.CLOSED, back_at=at, money_at=at, closed_at=at)
    return replace(refund(order, at, "returned", minor), returns=(parcel,))


def cancel(order: Order, at: int) -> Order:
    """The order, cancelled before shipping and refunded."""
    order = refund(order, at, "cancelled by the customer")
    return replace(order, fulfilment=Fulfilment.CANCELLED, cancelled_at=at, shipments=())


def waiting(order: Order) -> Order:
    """The order, not packed yet."""
    return replace(order, fulfilment=Fulfilment.UNFULFILLED, shipments=())


def packed_after(order: Order, at: int, now: int) -> Order:
    """The order, packed only after `at`, or not yet."""
    parcel = order.shipments[0]
    shipped = max(parcel.shipped_at or 0, after_business_minutes(at, 500))
    if shipped >= now:
        return waiting(order)
    scan = max(parcel.last_scan_at or 0, shipped)
    moved = replace(parcel, shipped_at=shipped, last_scan_at=scan)
    if parcel.delivered_at and parcel.delivered_at <= shipped:
        moved = replace(moved, delivered_at=None, status="in transit")
        order = replace(order, fulfilment=Fulfilment.SHIPPED)
    return replace(order, shipments=(moved,))


def _moment(place: int, now: int, rng: Random) -> int:
    if place < _OLD:
        days_ago = 95 + (_OLD - 1 - place) * 16
        return at_hour(now - days_ago * DAY, rng.uniform(8, 22))
    share = (COUNT - 1 - place) / (COUNT - 1 - _OLD)
    return now - int(share * _WEEKS + rng.uniform(0.25, 0.7) * DAY)


def _buyers(now: int, moments: list[int], rng: Random, people: tuple[Person, ...]) -> list[Person]:
    """Who placed each order: the planned customers where needed, the others in shuffled rounds."""
    by_name = {person.name: person for person in people}
    planned: dict[int, Person] = {}
    for name, days in _PLANNED.items():
        for ago in days:
            free = (place for place in range(COUNT) if place not in planned)
            place = min(free, key=lambda place: abs(now - moments[place] - ago * DAY))
            planned[place] = by_name[name]
    others = [person for person in people if person.name not in _PLANNED]
    rng.shuffle(others)
    round_ = others[:-14] + others[:60]  # the last fourteen never order
    return [planned.get(place) or round_[place % len(round_)] for place in range(COUNT)]


def _order(place: int, at: int, now: int, rng: Random, buyer: Person) -> Order:
    number = str(_FIRST + place)
    order = Order(
        store=shop.STORE,
        external_id=f"gid-{50_000 + place}",
        number=number,
        email=buyer.address,
        customer_name=buyer.name,
        placed_at=at,
        payment=Payment.PAID,
        fulfilment=Fulfilment.UNFULFILLED,
        total=Money(0, shop.CURRENCY),
        ship_to=PostalAddress(buyer.name, buyer.street, buyer.postcode, buyer.city, "", buyer.country),
        discount_codes=("WOOL10",) if rng.random() < 0.12 else (),  # noqa: PLR2004 - one in eight
    )
    return _ship(with_lines(order, _lines(at, now, rng, buyer)), now, rng)


def _lines(at: int, now: int, rng: Random, buyer: Person) -> tuple[OrderLine, ...]:
    for (name, ago), wanted in _WANTED.items():
        if name == buyer.name and abs(now - at - ago * DAY) < 2 * DAY:
            return tuple(_line(shop.BY_SKU[sku], variant, count) for sku, variant, count in wanted)
    products = rng.sample(shop.PRODUCTS, rng.choice((1, 1, 2, 2, 3)))
    return tuple(_line(one, rng.choice(one.variants), rng.choice((1, 1, 1, 2))) for one in products)


def _line(product: shop.Product, variant: str, count: int) -> OrderLine:
    sku = shop.sku_of(product, variant)
    return OrderLine(sku, product.title, variant, count, Money(product.cents, shop.CURRENCY))


def _ship(order: Order, now: int, rng: Random) -> Order:
    """Packed within two working days, delivered two to five days later, as far as that is in the past."""
    shipped = after_business_minutes(order.placed_at, rng.uniform(300, 900))
    carrier, number, page = rng.choice(shop.CARRIERS)
    tracking = number.format(rng.randrange(10**7))
    arrives = at_hour(shipped + rng.randrange(2, 6) * DAY, rng.uniform(10, 17))
    if shipped >= now:
        return order
    scanned = min(shipped + DAY, now)
    parcel = Shipment(carrier, tracking, page.format(tracking), shipped, None, scanned, "in transit")
    order = replace(order, shipments=(parcel,), fulfilment=Fulfilment.SHIPPED)
    return deliver(order, arrives) if arrives < now else order
