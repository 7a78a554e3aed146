"""Writes the sample store as files: a Maildir++, an orders file and a config.toml."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from deskterm.config import settings_file as settings
from deskterm.config.paths import Home
from deskterm.config.settings_file import Mailbox, Settings, Shop, Store
from deskterm.demo import shop
from deskterm.demo.letters import Letter
from deskterm.demo.mime import as_bytes
from deskterm.demo.sample import sample
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.order import Money, Order, OrderLine, Refund, Shipment
from deskterm.domain.orders.returns import OrderReturn
from deskterm.errors import NotNow

MAIL = "mail"
ORDERS = "orders.json"
PRODUCTS = "products.csv"
_RESTOCKED = 12 * 86_400  # seconds until the mug is back in stock


def write_sample_store(home: Path, now: int) -> None:
    """Write the sample store into `home`, dated from `now` (UTC seconds).

    `home/mail` is a Maildir++ (INBOX, and .Sent below it), each file as old as
    its mail; `home/orders.json` is as docs/orders-json.md describes it; the
    config.toml comes last, so that a half-written sample is no desk yet. Raises
    NotNow where a config.toml stands: nothing is ever laid over a desk.
    """
    home = home.expanduser().absolute()
    place = Home(home)
    if place.config_file.exists():
        raise NotNow(
            f"There is a desk in {home} already.",
            safe="It is left as it is.",
            todo="Open it with deskterm --home, or create the sample in another folder.",
        )
    made = sample(now)
    _mail(home / MAIL, made.letters)
    table = {
        "store": shop.STORE,
        "currency": shop.CURRENCY,
        "orders": [as_json(order) for order in made.orders],
    }
    (home / ORDERS).write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (home / PRODUCTS).write_text(shop.products_csv(), encoding="utf-8")
    _notes(place.config_folder / "notes", now)
    place.policy_file.write_text(shop.POLICY, encoding="utf-8")
    settings.save(place, _settings(home))


def _notes(folder: Path, now: int) -> None:
    """The owner's notes on two products."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, text in shop.NOTES.items():
        day = datetime.fromtimestamp(now + _RESTOCKED, UTC).date().isoformat()
        (folder / f"{name}.md").write_text(text.replace("{day}", day), encoding="utf-8")


def _settings(home: Path) -> Settings:
    return Settings(
        shop=Shop(shop.NAME, (shop.ADDRESS,), shop.SIGNATURE, shop.ZONE, shop.LOCALE, shop.HOURS),
        work_from="all",
        mailboxes=(
            Mailbox(
                name="demo",
                kind="maildir",
                address=shop.ADDRESS,
                path=str(home / MAIL),
                delivery="maildir",
            ),
        ),
        stores=(
            Store(
                name=shop.STORE,
                kind="file",
                path=str(home / ORDERS),
                products=str(home / PRODUCTS),
                currency=shop.CURRENCY,
            ),
        ),
    )


def _mail(folder: Path, letters: tuple[Letter, ...]) -> None:
    for inside in (folder, folder / ".Sent"):
        for part in ("cur", "new", "tmp"):
            (inside / part).mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / ".Sent" / "maildirfolder").touch()
    answered = {parent for letter in letters if letter.ours for parent in letter.parents[-1:]}
    for number, letter in enumerate(letters):
        inside = folder / ".Sent" if letter.ours else folder
        name = f"{letter.at}.M{number:06}P1.{shop.STORE}"
        if letter.seen:
            path = inside / "cur" / f"{name}:2,{'R' if letter.message_id in answered else ''}S"
        else:
            path = inside / "new" / name
        path.write_bytes(as_bytes(letter))
        os.utime(path, (letter.at, letter.at))


def as_json(order: Order) -> dict[str, object]:
    """One order as docs/orders-json.md describes it; empty fields are left out."""
    fields: dict[str, object] = {
        "external_id": order.external_id,
        "number": order.number,
        "email": order.email,
        "customer_name": order.customer_name,
        "placed_at": _time(order.placed_at),
        "payment": order.payment.value,
        "fulfilment": order.fulfilment.value,
        "total": _amount(order.total),
        "lines": [_line(line) for line in order.lines],
        "shipments": [_shipment(parcel) for parcel in order.shipments],
        "refunds": [_refund(refund) for refund in order.refunds],
        "returns": [_return(one) for one in order.returns],
        "ship_to": _fill({name: getattr(order.ship_to, name) for name in _ADDRESS}),
        "phone": order.phone,
        "discount_codes": list(order.discount_codes),
        "cancelled_at": _time(order.cancelled_at),
        "note": order.note,
    }
    return _fill(fields)


_ADDRESS = ("name", "street", "postcode", "city", "region", "country")


def _line(line: OrderLine) -> dict[str, object]:
    fields = {"sku": line.sku, "title": line.title, "variant": line.variant}
    return _fill({**fields, "quantity": line.quantity, "price": _amount(line.price)})


def _shipment(parcel: Shipment) -> dict[str, object]:
    return _fill(
        {
            "carrier": parcel.carrier,
            "number": parcel.number,
            "url": parcel.url,
            "shipped_at": _time(parcel.shipped_at),
            "delivered_at": _time(parcel.delivered_at),
            "last_scan_at": _time(parcel.last_scan_at),
            "status": parcel.status,
        }
    )


def _refund(refund: Refund) -> dict[str, object]:
    return _fill({"at": _time(refund.at), "amount": _amount(refund.amount), "reason": refund.reason})


def _return(one: OrderReturn) -> dict[str, object]:
    times = {name: _time(getattr(one, name)) for name in ("opened_at", "back_at", "money_at", "closed_at")}
    return _fill({**times, "state": one.state.value})


def _fill(fields: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def _amount(money: Money) -> str:
    return str(as_decimal(money))


def _time(at: int | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
