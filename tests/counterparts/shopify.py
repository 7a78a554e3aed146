"""A shop of Shopify's on loopback, as far as deskterm asks it: written from the schemas, and checked against them.

It knows each question by its name and gives whole rows; `done` lists every change that took effect.
"""

import itertools
import json
import re
from urllib.parse import parse_qs

from counterparts.loopback import Loopback
from counterparts.shopify_changes import ShopifyChanges
from counterparts.shopify_giving import ShopifyGiving
from counterparts.shopify_rows import gid, iso, order_row, parse_iso, product_row

SCOPES = {
    "read_orders", "read_all_orders", "read_customers", "read_returns", "read_products", "read_inventory",
    "write_orders", "write_merchant_managed_fulfillment_orders", "write_discounts",
    "write_draft_orders", "write_returns", "write_gift_cards",
}  # fmt: skip
VERSIONS = ("2026-01", "2026-04", "2026-07")
DENIED = {"code": "ACCESS_DENIED"}


class ShopifyShop(ShopifyChanges, ShopifyGiving):
    """`points` is the shop's bucket, `hides` the fields it hides, `most` the orders it gives at once."""

    def __init__(self, orders=3, now=1_764_000_000):
        self.now, self.scopes, self.hides = now, set(SCOPES), set()
        self.client, self.secret, self.fixed, self.tokens = "client-1", "shpss_1", "shpat_fixed", {}
        self.points, self.rate, self.cost, self.most = 2000.0, 100.0, 10.0, 100
        self.done, self.keys, self.bulk, self.jobs, self.codes = [], {}, {}, {}, {}
        self.drafts, self.cards = {}, {}
        self.polls, self.bulk_ends, self.grouped = 1, "COMPLETED", False
        self.numbers = itertools.count(9_000)
        self.orders, self.steps = {}, {}
        for n in range(1, orders + 1):
            self.add(order_row(n, now - (orders - n) * 3600 - 7200))
        self.products = [product_row(n, now - 7200) for n in range(1, 4)]
        self.wire = Loopback(self.answer)
        self.url, self.asked, self.fault = self.wire.url, self.wire.asked, self.wire.fault

    def close(self):
        self.wire.close()

    def add(self, row):
        self.orders[row["id"]] = row

    def touch(self, row):
        self.now += 1
        row["updatedAt"] = iso(self.now)

    def questions(self):
        """The names of the requests, in order."""
        return [
            found[1] for _, _, body in self.asked if (found := re.search(r"(?:query|mutation) (\w+)", body))
        ]

    # -- a request
    def answer(self, method, path, headers, body):
        if path == "/admin/oauth/access_token":
            return self.grant({name: values[0] for name, values in parse_qs(body.decode()).items()})
        if path.startswith("/file/"):
            assert "X-Shopify-Access-Token" not in headers, "the file's host is another's"
            return 200, {"Content-Type": "application/jsonl"}, self.file()
        version = re.fullmatch(r"/admin/api/(\d{4}-\d{2})/graphql\.json", path)
        if version is None or version[1] > VERSIONS[-1]:
            return 404, {}, {"errors": "Not Found"}
        token = headers.get("X-Shopify-Access-Token")
        if token != self.fixed and self.tokens.get(token, 0) < self.now:
            return (
                401,
                {},
                {"errors": "[API] Invalid API key or access token (unrecognized login or wrong password)"},
            )
        answered_by = version[1] if version[1] in VERSIONS else VERSIONS[0]
        return 200, {"X-Shopify-API-Version": answered_by}, self.reply(json.loads(body))

    def grant(self, form):
        if form["client_id"] != self.client or form["client_secret"] != self.secret:
            return 400, {}, {"error": "invalid_client", "error_description": "Client authentication failed."}
        token = f"shpat_{next(self.numbers)}"
        self.tokens[token] = self.now + 86_399
        return 200, {}, {"access_token": token, "scope": ",".join(self.scopes), "expires_in": 86_399}

    def reply(self, asked):
        status = {"maximumAvailable": 2000.0, "currentlyAvailable": self.points, "restoreRate": self.rate}
        extensions = {"cost": {"requestedQueryCost": self.cost, "throttleStatus": status}}
        if self.cost > self.points:
            self.points += self.cost
            return {
                "errors": [{"message": "Throttled", "extensions": {"code": "THROTTLED"}}],
                "extensions": extensions,
            }
        name = re.search(r"(?:query|mutation) (\w+)", asked["query"])[1]
        variables = asked.get("variables") or {}
        if variables.get("first", 0) > self.most and name == "Orders":
            told = {"code": "MAX_COST_EXCEEDED", "cost": variables["first"] * 10, "maxCost": self.most * 10}
            return {"errors": [{"message": "Query cost is too high", "extensions": told}]}
        errors = []
        method = "ask_" + re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        data = getattr(self, method)(variables, errors)
        self.points -= self.cost
        warnings = extensions.pop("search", None) or getattr(self, "warnings", None)
        if warnings:
            extensions["search"] = warnings
        return {"data": data, "extensions": extensions} | ({"errors": errors} if errors else {})

    # -- reading
    def ask_shop_and_rights(self, variables, errors):
        shop = {
            "name": "Ridge", "myshopifyDomain": "ridge.myshopify.com", "url": "https://ridge.example",
            "currencyCode": "USD", "ianaTimezone": "America/New_York",
        }  # fmt: skip
        return {
            "shop": shop,
            "currentAppInstallation": {"accessScopes": [{"handle": one} for one in sorted(self.scopes)]},
            "publicApiVersions": [{"handle": one, "supported": True} for one in VERSIONS],
        }

    def ask_orders(self, variables, errors):
        if "read_orders" not in self.scopes:
            right = "`read_orders` access scope."
            errors.append(
                {
                    "message": "Access denied",
                    "path": ["orders"],
                    "extensions": DENIED | {"requiredAccess": right},
                }
            )
            return None
        since = re.search(r"updated_at:>='(.*?)'", variables.get("query") or "")
        rows = sorted(self.visible(), key=lambda row: (row["updatedAt"], row["id"]))
        rows = [row for row in rows if not since or row["updatedAt"] >= since[1]]
        after = tuple(json.loads(variables["after"])) if variables.get("after") else ("", "")
        rows = [row for row in rows if (row["updatedAt"], row["id"]) > after]
        taken = rows[: variables["first"]]
        end = json.dumps([taken[-1]["updatedAt"], taken[-1]["id"]]) if taken else None
        nodes = [self.shown(row, variables, errors, at) for at, row in enumerate(taken)]
        return {
            "orders": {"pageInfo": {"hasNextPage": len(rows) > len(taken), "endCursor": end}, "nodes": nodes}
        }

    def ask_orders_by_id(self, variables, errors):
        found = [self.orders.get(one) for one in variables["ids"]]
        seen = {row["id"] for row in self.visible()}
        return {
            "nodes": [
                self.shown(row, variables, errors, 0) if row and row["id"] in seen else None for row in found
            ]
        }

    def ask_return_steps(self, variables, errors):
        return {"nodes": [self.steps.get(one) for one in variables["ids"]]}

    def ask_more_lines(self, variables, errors):
        lines = self.orders[variables["id"]]["lineItems"]["nodes"]
        return {
            "order": {
                "lineItems": {"pageInfo": {"hasNextPage": False}, "nodes": lines[int(variables["after"]) :]}
            }
        }

    def ask_carrier_events(self, variables, errors):
        parcels = self.orders[variables["id"]]["fulfillments"]
        return {
            "order": {
                "fulfillments": [{"id": one["id"], "events": {"nodes": one["events"]}} for one in parcels]
            }
        }

    def ask_products(self, variables, errors):
        since = re.search(r"updated_at:>='(.*?)'", variables.get("query") or "")
        rows = sorted(self.products, key=lambda row: row["updatedAt"])
        found = [row for row in rows if not since or row["updatedAt"] >= since[1]]
        return {"products": {"pageInfo": {"hasNextPage": False}, "nodes": found}}

    def ask_products_by_id(self, variables, errors):
        known = {row["id"]: row for row in self.products}
        return {"nodes": [known.get(one) for one in variables["ids"]]}

    def visible(self):
        limit = 0 if "read_all_orders" in self.scopes else self.now - 60 * 86_400
        return [row for row in self.orders.values() if parse_iso(row["createdAt"]) >= limit]

    def shown(self, row, variables, errors, at):
        row = {key: value for key, value in row.items() if not key.startswith("_")}
        for field in self.hides & row.keys():
            errors.append(
                {
                    "message": f"not approved to use {field}",
                    "path": ["orders", "nodes", at, field],
                    "extensions": DENIED,
                }
            )
            row[field] = None
        if not variables.get("returns"):
            row.pop("returns")
        if not variables.get("customers"):
            row.pop("customer")
        lines = row["lineItems"]["nodes"]
        more = {"hasNextPage": len(lines) > 40, "endCursor": "40"}
        return row | {"lineItems": {"pageInfo": more, "nodes": lines[:40]}}

    # -- the file of all orders
    def ask_bulk_run(self, variables, errors):
        assert "$" not in variables["query"], "a bulk reading takes no variables"
        operation = gid("BulkOperation", next(self.numbers))
        self.bulk[operation] = self.polls
        started = {"id": operation, "status": "CREATED", "createdAt": iso(self.now)}
        return {"bulkOperationRunQuery": {"bulkOperation": started, "userErrors": []}}

    def ask_bulk_poll(self, variables, errors):
        operation = variables["id"]
        if operation not in self.bulk:
            return {"node": None}
        self.bulk[operation] -= 1
        running = self.bulk[operation] >= 0
        status = "RUNNING" if running else self.bulk_ends
        url = f"{self.url}/file/1" if status == "COMPLETED" and self.orders else None
        return {"node": {"id": operation, "status": status, "url": url, "errorCode": None}}

    def file(self):
        """Orders first, all their lines and returns after them, as versions since 2026-01 may write them."""
        rows, children = [], []
        for row in self.visible():
            own = {
                key: value
                for key, value in row.items()
                if key not in ("lineItems", "returns", "cancellation") and key[0] != "_"
            }
            mine = [
                one | {"__parentId": row["id"]}
                for key in ("lineItems", "returns")
                for one in row[key]["nodes"]
            ]
            rows.append(own)
            if self.grouped:
                rows += mine
            else:
                children[:0] = mine
        return "".join(json.dumps(row) + "\n" for row in rows + children).encode()
