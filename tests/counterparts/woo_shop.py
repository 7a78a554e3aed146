"""A small WooCommerce on loopback: its lists, dates and refusals as a running 11.0.1 has them, with HPOS or without.

It speaks http; `sees_https` says whether its PHP believes that it was asked over https.
"""

import base64
import copy
import hashlib
import hmac
import json
import re
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlsplit

KEY, SECRET = "ck_0123", "cs_very_secret"
STATES = (
    "pending",
    "processing",
    "on-hold",
    "completed",
    "cancelled",
    "refunded",
    "failed",
    "checkout-draft",
)
HTML = "<!DOCTYPE html><html><head><title>{0}</title></head><body><h1>{0}</h1></body></html>"
MOVES_ANYWAY = {"status", "customer_note", "refunds"}  # what moves the date on the old posts tables, too


class Refusal(Exception):
    def __init__(self, status, code, message):
        super().__init__(message)
        self.status, self.body = status, {"code": code, "message": message, "data": {"status": status}}


class WooShop:
    """The shop's state. `clock` are UTC seconds; `asked` the requests; `answers` what is said instead, in turn."""

    def __init__(self, *, hpos=True, offset_hours=-5, clock=1_790_000_000):
        self.hpos, self.offset, self.clock = hpos, timedelta(hours=offset_hours), clock
        self.sees_https, self.passes_headers, self.active, self.plain_links = True, True, True, False
        self.has_all_refunds = True  # `/refunds` came with version 9
        self.rights, self.plugins = "read_write", ["wc-shipment-tracking/v3"]
        self.tells_currency = True  # only to a user who manages the shop
        self.orders, self.refunds, self.notes, self.fulfilments, self.products = {}, {}, {}, {}, {}
        self.asked, self.answers, self.before = [], [], lambda _: None
        self._nonces, self._next, self.site = set(), 100, ""

    # What the owner and the customers do

    def add(self, number=None, **fields):
        """A new order, changed and placed now."""
        key = self._id()
        now = self._gmt(self.clock)
        person = {"first_name": "Ann", "last_name": f"Lee {key}", "address_1": f"{key} Main St", "city": "Austin",
                  "state": "TX", "postcode": "78701", "country": "US", "company": "", "address_2": ""}  # fmt: skip
        order = {
            "id": key, "number": str(number or key), "status": "processing", "currency": "USD", "total": "29.00",
            "prices_include_tax": False, "date_created_gmt": now, "date_modified_gmt": now, "date_paid_gmt": now,
            "date_completed_gmt": None, "customer_id": 0, "payment_method_title": "Card", "customer_note": "",
            "billing": {**person, "email": f"ann{key}@example.com", "phone": "(512) 555-0100"},
            "shipping": {**person, "phone": ""},
            "meta_data": [], "refunds": [], "coupon_lines": [], "shipping_lines": [{"id": 1, "method_title": "Flat rate"}],
            "line_items": [{"id": self._id(), "name": "Mug", "product_id": 1, "quantity": 2, "subtotal": "24.00",
                            "subtotal_tax": "0.00", "total": "24.00", "sku": "MUG", "price": 12, "meta_data": [],
                            "parent_name": None}],
        }  # fmt: skip
        self.orders[key] = order | fields
        self.notes[key], self.fulfilments[key] = [], []
        return key

    def change(self, key, **fields):
        """An edit in the admin: with HPOS the date moves; on the posts tables only for some fields."""
        self.orders[key] |= fields
        if self.hpos or fields.keys() & MOVES_ANYWAY:
            self.orders[key]["date_modified_gmt"] = self._gmt(self.clock)

    def move(self, key, **address):
        self.change(key, shipping=self.orders[key]["shipping"] | address)

    def track(self, key, number, provider="ups"):
        parcel = {"tracking_provider": provider, "tracking_number": number, "date_shipped": str(self.clock),
                  "tracking_id": f"t{number}"}  # fmt: skip
        self.change(key, meta_data=[{"id": 1, "key": "_wc_shipment_tracking_items", "value": [parcel]}])

    def refund(self, key, amount, reason="", pieces=0):
        given = self._id()
        line = self.orders[key]["line_items"][0]
        taken = {"id": self._id(), "name": line["name"], "quantity": -pieces,
                 "meta_data": [{"id": 2, "key": "_refunded_item_id", "value": str(line["id"])}]}  # fmt: skip
        self.refunds[given] = {"id": given, "parent_id": key, "amount": amount, "reason": reason,
                               "date_created_gmt": self._gmt(self.clock), "line_items": [taken] if pieces else []}  # fmt: skip
        named = {"id": given, "reason": reason, "total": f"-{amount}"}
        self.change(key, refunds=[*self.orders[key]["refunds"], named])

    def note(self, key, text, *, to_customer=False):
        """Notes never change the date."""
        self.notes[key].insert(0, {"id": self._id(), "note": text, "author": "system", "customer_note": to_customer,
                                   "date_created_gmt": self._gmt(self.clock)})  # fmt: skip

    def fulfil(self, key, number, pieces):
        values = {"_tracking_number": number, "_shipment_provider": "usps", "_date_fulfilled": self._gmt(self.clock),
                  "_items": [{"item_id": self.orders[key]["line_items"][0]["id"], "qty": pieces}]}  # fmt: skip
        meta = [{"id": at, "key": name, "value": value} for at, (name, value) in enumerate(values.items())]
        self.fulfilments[key].append(
            {"id": self._id(), "is_fulfilled": "1", "date_deleted": None, "meta_data": meta}
        )
        self.change(key, meta_data=[{"id": 9, "key": "_fulfillment_status", "value": "fulfilled"}])

    def trash(self, key):
        self.orders[key] |= {"status": "trash", "date_modified_gmt": self._gmt(self.clock)}

    def delete(self, key):
        """Delete it for good: no list ever names it again."""
        del self.orders[key]

    def _id(self):
        self._next += 1
        return self._next

    def _gmt(self, seconds):
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S")

    # What is answered

    def answer(self, path, asked):  # noqa: C901, PLR0911 - one case a page
        """The JSON of a page below wc/v3, and how many rows there are in all."""
        if not self.active:
            raise Refusal(404, "rest_no_route", "No route was found matching the URL and request method.")
        match path.split("/"):
            case ["orders"]:
                return self._list(self._of_status(asked.get("status", "any")), asked)
            case ["orders", key]:
                return self._view(self._order(key), asked), None
            case ["orders", key, "notes"]:
                self._order(key)
                return self.notes[int(key)], None
            case ["orders", key, "refunds"]:
                return [
                    {k: v for k, v in one.items() if k != "parent_id"} for one in self._refunds_of(key)
                ], None
            case ["orders", key, "fulfillments"]:
                return self.fulfilments[int(key)], None
            case ["refunds"] if self.has_all_refunds:
                return self._list(list(self.refunds.values()), asked)
            case ["products"]:
                return self._list(
                    [one for one in self.products.values() if one["type"] != "variation"], asked
                )
            case ["products", key, "variations"]:
                return self._list(
                    [one for one in self.products.values() if one.get("parent_id") == int(key)], asked
                )
            case ["data", "currencies", "current"] if not self.tells_currency:
                raise Refusal(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
            case ["data", "currencies", "current"]:
                return {"code": "USD", "name": "US dollar", "symbol": "$"}, None
        raise Refusal(404, "rest_no_route", "No route was found matching the URL and request method.")

    def _of_status(self, wanted):
        if wanted not in ("any", "trash", *STATES):
            raise Refusal(400, "rest_invalid_param", "Invalid parameter(s): status")
        rows = self.orders.values()
        return [
            one for one in rows if (one["status"] != "trash" if wanted == "any" else one["status"] == wanted)
        ]

    def _order(self, key):
        if int(key) not in self.orders:
            raise Refusal(404, "woocommerce_rest_shop_order_invalid_id", "Invalid ID.")
        return self.orders[int(key)]

    def _refunds_of(self, key):
        return [one for one in self.refunds.values() if one["parent_id"] == int(key)]

    def _list(self, rows, asked):
        size, page = int(asked.get("per_page", 10)), int(asked.get("page", 1))
        if not 1 <= size <= 100:
            raise Refusal(400, "rest_invalid_param", "Invalid parameter(s): per_page")
        if "include" in asked:
            wanted = {int(one) for one in asked["include"].split(",")}
            rows = [one for one in rows if one["id"] in wanted]
        if "modified_after" in asked:
            rows = [one for one in rows if one["date_modified_gmt"] > self._moment(asked, "modified_after")]
        if "modified_before" in asked:
            rows = [one for one in rows if one["date_modified_gmt"] < self._moment(asked, "modified_before")]
        by = "date_modified_gmt" if asked.get("orderby") == "modified" else "date_created_gmt"
        newest_first = asked.get("order", "desc") == "desc"
        rows = sorted(rows, key=lambda one: (one.get(by, ""), one["id"]), reverse=newest_first)
        return [self._view(one, asked) for one in rows[(page - 1) * size : page * size]], len(rows)

    def _moment(self, asked, name):
        found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(Z?)", asked[name])
        if not found:
            raise Refusal(400, "rest_invalid_param", f"Invalid parameter(s): {name}")
        at = datetime.fromisoformat(found[1])
        if asked.get("dates_are_gmt") != "true":
            at -= self.offset  # the shop's own time
        elif found[2]:
            at += self.offset  # the trap: a Z beside dates_are_gmt is shifted
        return at.strftime("%Y-%m-%dT%H:%M:%S")

    def _view(self, row, asked):
        fields = asked.get("_fields", "").split(",")
        return {name: value for name, value in row.items() if fields == [""] or name in fields}

    # Who asks

    def check_key(self, path, asked, head, method="GET"):
        """Basic counts over https alone; OAuth 1.0a is signed over the site's own address."""
        header = head if self.passes_headers else ""
        if self.sees_https and header.startswith("Basic "):
            key, _, secret = base64.b64decode(header[6:]).decode().partition(":")
            if key == KEY and secret != SECRET:
                raise Refusal(401, "woocommerce_rest_authentication_error", "Consumer secret is invalid.")
            known = key == KEY
        else:
            known = self._is_signed(path, asked, method)
        if not known or self.plain_links:
            raise Refusal(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.")
        needed = "read" if method == "GET" else "write"
        if needed not in self.rights:
            why = f"The API key provided does not have {needed} permissions."
            raise Refusal(401, "woocommerce_rest_authentication_error", why)

    def _is_signed(self, path, asked, method):
        if asked.get("oauth_consumer_key") != KEY:
            return False
        rest = {name: value for name, value in asked.items() if name != "oauth_signature"}
        pairs = "&".join(f"{quote(k, safe='~')}={quote(v, safe='~')}" for k, v in sorted(rest.items()))
        base = "&".join([method, quote(self.site + path, safe="~"), quote(pairs, safe="~")])
        digest = base64.b64encode(
            hmac.new(f"{SECRET}&".encode(), base.encode(), hashlib.sha256).digest()
        ).decode()
        stale = abs(time.time() - int(asked["oauth_timestamp"])) > 900 or asked["oauth_nonce"] in self._nonces
        self._nonces.add(asked["oauth_nonce"])
        if digest != asked["oauth_signature"] or stale:
            raise Refusal(401, "woocommerce_rest_authentication_error", "Invalid signature.")
        return True


class WooServer:
    """A shop that is listened to. `answers` of the shop: (status, headers, body), each given once."""

    def __init__(self, shop):
        self.shop = shop
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        shop.site = shop.site or self.url
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def _handler(self):  # noqa: C901 - one handler
        shop = self.shop

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_PUT(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                self.do_GET()

            def do_GET(self):
                parts = urlsplit(self.path)
                asked = dict(parse_qsl(parts.query, keep_blank_values=True))
                shop.asked.append((parts.path, asked, self.headers.get("Authorization", "")))
                shop.before(asked)
                status, headers, body = (
                    shop.answers.pop(0) if shop.answers else self._usual(parts.path, asked)
                )
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def _usual(self, path, asked):
                if "rest_route" in asked or path == "/wp-json/":
                    if path == "/wp-json/" and shop.plain_links:
                        return 404, {}, HTML.format("Not found").encode()
                    names = ["wc/v3"] if shop.active else []
                    told = {
                        "url": shop.site,
                        "home": shop.site,
                        "namespaces": ["wp/v2", *names, *shop.plugins],
                    }
                    return 200, {}, json.dumps(told).encode()
                if shop.plain_links:
                    return 404, {}, HTML.format("Not found").encode()
                try:
                    if shop.active:
                        head = self.headers.get("Authorization", "")
                        shop.check_key(path, asked, head, self.command)
                    found, total = shop.answer(path.removeprefix("/wp-json/wc/v3/"), asked)
                except Refusal as refusal:
                    return refusal.status, {}, json.dumps(refusal.body).encode()
                counted = {"X-WP-Total": str(total)} if total is not None else {}
                return 200, counted, json.dumps(copy.deepcopy(found)).encode()

        return Handler
