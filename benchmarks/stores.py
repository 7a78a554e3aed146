"""`python -m benchmarks.stores 10000`: that many orders of each live store, at first and after all have changed.

The shops are those of the tests, each in a process of its own. Beside each reading the same requests are sent
once more by a bare loop that throws the answers away. At the end 80 orders change, most of them without a date of
change, and the passes are counted until the rows are the shop's. `python -m benchmarks.stores 10000 vendure URL NAME PASSWORD`
reads a Vendure that runs elsewhere instead, first and once more.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import shuffling

ROOT = Path(__file__).parents[1]
PLACES = [str(ROOT / "tests"), str(ROOT)]
NAMES = ("shopify", "woocommerce", "woocommerce, old tables", "vendure")


def main(count: int, elsewhere: tuple[str, ...] = ()) -> None:
    """Each store in turn; prints a row for each reading."""
    print(
        f"{count:,} orders; load {os.getloadavg()[0]:.1f}; orders a second of ours, of the bare loop; peak MB"
    )
    for name in [elsewhere[0]] if elsewhere else NAMES:
        with tempfile.TemporaryDirectory(prefix="stores-") as folder:
            _measure(name, count, Path(folder), elsewhere[1:])


def _measure(name: str, count: int, folder: Path, elsewhere: tuple[str, ...]) -> None:
    server = None if elsewhere else _child("serve", name, str(count))
    try:
        told = json.loads(server.stdout.readline()) if server and server.stdout else {}
        url = elsewhere[0] if elsewhere else told["url"]
        key, secret = elsewhere[1:] if elsewhere else (told["key"], told["secret"])
        for phase in ("first", "changed"):
            if phase == "changed" and server and server.stdin:
                server.stdin.write("change\n")
                server.stdin.flush()
                told = json.loads(server.stdout.readline()) if server.stdout else {}
            given = (name, url, key, secret, str(told.get("now", int(time.time()))), str(folder))
            ours = json.loads(_child("read", *given).communicate()[0])
            bare = json.loads(_child("bare", str(folder)).communicate()[0])
            rate, floor = ours["orders"] / ours["seconds"], ours["orders"] / bare["seconds"]
            print(
                f"{name:<26}{phase:<9}{ours['orders']:>8,} orders {ours['requests']:>5} requests"
                f"{rate:>9,.0f}/s {floor:>9,.0f}/s  x{ours['seconds'] / bare['seconds']:5.2f}   {ours['peak']:>5.0f} MB",
                flush=True,
            )
        if server and server.stdin and server.stdout:
            server.stdin.write("shuffle\n")
            server.stdin.flush()
            now = str(json.loads(server.stdout.readline())["now"])
            print(
                _child("settle", name, url, key, secret, now, str(folder)).communicate()[0],
                end="",
                flush=True,
            )
    finally:
        if server:
            server.kill()
            server.wait()


def _child(*words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "benchmarks.stores", *words]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def serve(name: str, count: int) -> None:
    """A shop with that many orders; a line on stdin changes them all."""
    sys.path[:0] = PLACES
    shop, key, secret, change = _shop(name, count)
    told = {"url": shop.url, "key": key, "secret": secret}
    print(json.dumps({**told, "now": _now_of(shop)}), flush=True)
    for word in sys.stdin:
        shuffling.shuffle(name, shop) if word.strip() == "shuffle" else change()
        print(json.dumps({**told, "now": _now_of(shop)}), flush=True)


def _now_of(shop):
    return getattr(shop, "clock", None) or shop.now


def _shop(name, count):
    if name == "shopify":
        from counterparts.shopify import ShopifyShop

        shop = ShopifyShop(orders=count)
        return shop, shop.client, shop.secret, lambda: [shop.touch(row) for row in shop.orders.values()]
    if name == "vendure":
        from counterparts.vendure import VendureShop, iso

        shop = VendureShop(orders=count)
        shop.most = 1000

        def change():
            for row in shop.orders.values():
                shop.now += 1
                row["updatedAt"] = iso(shop.now)

        return shop, shop.user, shop.password, change
    from counterparts.woo_changes import WooActingShop
    from counterparts.woo_shop import KEY, SECRET

    shop = WooActingShop(orders=0, hpos=name == "woocommerce")
    for _ in range(count):
        shop.clock += 3600
        shop.add()

    def change_all():
        for number in list(shop.orders):
            shop.clock += 1
            shop.change(number, status="completed")

    return shop, KEY, SECRET, change_all


def read(name: str, url: str, key: str, secret: str, now: str, folder: str) -> None:  # noqa: PLR0917 - a process's words
    """Read the store into the desk of that folder; the requests are kept beside it."""
    import httpx2

    from deskterm.sync.stores.read_orders import read_orders

    sent: list[tuple[object, ...]] = []
    stream = httpx2.Client.stream

    def recording(client, method, url, **given):
        body = given.get("content") or b""
        sent.append(
            (method, url, dict(given.get("params") or {}), dict(given.get("headers") or {}), body.decode())
        )
        return stream(client, method, url, **given)

    httpx2.Client.stream = recording
    access, db = _desk(name, url, key, secret, int(now), folder)
    began = time.perf_counter()
    changed = read_orders(access, db)
    seconds = time.perf_counter() - began
    db.close()
    (Path(folder) / "requests.json").write_text(json.dumps(sent))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"orders": changed, "seconds": seconds, "peak": peak, "requests": len(sent)}))


def _desk(name, url, key, secret, now, folder):  # noqa: PLR0917 - as above
    from deskterm.config.store import Store
    from deskterm.storage.schema.migrate import open_database
    from deskterm.sync.stores.adapter import StoreAccess

    store = Store(name="shop", kind=name.partition(",")[0], address=url, key=key)
    kept = Path(folder) / "token"
    access = StoreAccess(
        store, ZoneInfo("UTC"), now, lambda: secret,
        lambda: kept.read_text() if kept.exists() else "", lambda text: kept.write_text(text) and None,
    )  # fmt: skip
    return access, open_database(Path(folder) / "desk.db")


def settle(name: str, url: str, key: str, secret: str, now: str, folder: str) -> None:  # noqa: PLR0917 - a process's words
    """Passes of five minutes over that desk, until its orders are those of a desk that reads the store anew."""
    sys.path[:0] = PLACES
    from dataclasses import replace

    from deskterm.sync.stores.read_orders import read_orders
    from sync.stores.same_rows import order_rows, store_rows

    access, db = _desk(name, url, key, secret, int(now), folder)
    began = time.perf_counter()
    there = []

    def differing():
        there[:] = there or [store_rows(access, Path(folder))]
        here = order_rows(db)
        return sum(here.get(key) != there[0].get(key) for key in here.keys() | there[0].keys())

    found = shuffling.settle(
        lambda number: read_orders(replace(access, now=access.now + 300 * number), db), differing
    )
    said = ", ".join(f"{count} after {number}" for number, count in found)
    print(
        f"{name:<26}rows that differ, of {len(there[0]):,}, after passes: {said}; {time.perf_counter() - began:.0f} s"
    )
    db.close()


def bare(folder: str) -> None:
    """The same requests once more; the answers are read and thrown away."""
    import httpx2

    sent = json.loads((Path(folder) / "requests.json").read_text())
    with httpx2.Client(timeout=60) as client:
        began = time.perf_counter()
        for method, url, params, headers, body in sent:
            client.request(method, url, params=params, headers=headers, content=body.encode())
        print(json.dumps({"seconds": time.perf_counter() - began}))


if __name__ == "__main__":
    word, *rest = sys.argv[1:] or ["10000"]
    if word == "serve":
        serve(rest[0], int(rest[1]))
    elif word == "read":
        read(*rest)
    elif word == "settle":
        settle(*rest)
    elif word == "bare":
        bare(*rest)
    else:
        main(int(word), tuple(rest))
