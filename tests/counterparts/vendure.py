"""A Vendure server on loopback, as far as deskterm asks it. `done` lists every change that took effect."""

import itertools
import json
import re
from datetime import UTC, datetime

from counterparts.loopback import Loopback
from counterparts.vendure_changes import VendureChanges
from counterparts.vendure_giving import VendureGiving

PERMISSIONS = ("ReadOrder", "ReadCatalog", "UpdateOrder", "CreateOrder", "ReadPromotion", "CreatePromotion")


def iso(seconds):
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def vendure_row(n, at, **more):
    goods = {
        "sku": f"MUG-{n}",
        "name": f"Mug {n} blue",
        "product": {"name": f"Mug {n}"},
        "options": [{"name": "blue"}],
    }
    line = {
        "id": f"{n}1", "quantity": 2, "orderPlacedQuantity": 2, "proratedUnitPriceWithTax": 1500,
        "productVariant": goods, "fulfillmentLines": [],
    }  # fmt: skip
    place = {
        "fullName": "Ada Vale", "company": None, "streetLine1": f"{n} Mill Lane", "streetLine2": "", "city": "Salem",
        "province": "OR", "postalCode": "97301", "country": "United States", "countryCode": "US", "phoneNumber": None,
    }  # fmt: skip
    buyer = {
        "id": str(n), "firstName": "Ada", "lastName": "Vale", "emailAddress": f"ada{n}@customer.example",
        "phoneNumber": "+1 503 555 0100", "createdAt": iso(at),
    }  # fmt: skip
    return {
        "id": str(n), "code": f"CODE{n}", "state": "PaymentSettled", "createdAt": iso(at), "updatedAt": iso(at),
        "orderPlacedAt": iso(at), "currencyCode": "USD", "totalWithTax": 3500, "couponCodes": [], "customer": buyer,
        "shippingAddress": place, "billingAddress": None, "lines": [line], "fulfillments": [],
        "shippingLines": [{"shippingMethod": {"name": "Standard"}}], "nextStates": ["Modifying", "Cancelled"],
        "payments": [{"id": f"{n}9", "state": "Settled", "method": "card", "amount": 3500, "refunds": []}],
        "history": {"items": []},
    } | more  # fmt: skip


class VendureShop(VendureChanges, VendureGiving):
    """`permissions` are the user's; a session ends when it is taken out of `sessions`."""

    def __init__(self, orders=3, now=1_764_000_000):
        self.now, self.user, self.password, self.key = now, "owner", "kiln", "api-1"
        self.permissions, self.sessions = set(PERMISSIONS), set()
        self.done, self.numbers, self.sells = [], itertools.count(900), 9
        self.promotions, self.drafts, self.most = [], {}, 2  # orders it gives at once
        self.orders = {str(n): vendure_row(n, now - (orders - n + 1) * 3600) for n in range(1, orders + 1)}
        self.wire = Loopback(self.answer)
        self.url, self.asked, self.fault = self.wire.url, self.wire.asked, self.wire.fault

    def close(self):
        self.wire.close()

    def answer(self, method, path, headers, body):
        if path != "/admin-api":
            return 404, {"Content-Type": "text/html"}, b"<html>Not found</html>"
        asked = json.loads(body)
        name = re.search(r"(?:query|mutation) (\w+)", asked["query"])[1]
        if name == "Login":
            return self.login(asked["variables"])
        bearer = headers.get("Authorization", "").removeprefix("Bearer ")
        known = bearer in self.sessions or headers.get("vendure-api-key") == self.key
        if not known or (name == "Orders" and "ReadOrder" not in self.permissions):
            words = "You are not currently authorized to perform this action"
            return (
                200,
                {},
                {"data": None, "errors": [{"message": words, "extensions": {"code": "FORBIDDEN"}}]},
            )
        ask = getattr(self, "ask_" + re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower())
        return 200, {}, {"data": ask(asked["variables"])}

    def login(self, given):
        if (given["user"], given["password"]) != (self.user, self.password):
            words = "The provided credentials are invalid"
            refused = {
                "__typename": "InvalidCredentialsError",
                "errorCode": "INVALID_CREDENTIALS_ERROR",
                "message": words,
            }
            return 200, {}, {"data": {"login": refused}}
        session = f"session-{next(self.numbers)}"
        self.sessions.add(session)
        return 200, {"vendure-auth-token": session}, {"data": {"login": {"__typename": "CurrentUser"}}}

    def ask_rights(self, given):
        channel = {"code": "default", "permissions": sorted(self.permissions)}
        return {"me": {"identifier": self.user, "channels": [channel]}, "activeChannel": None}

    def ask_orders(self, given):
        options = given["options"]
        rows = sorted(self.orders.values(), key=lambda row: (row["createdAt"], row["id"]))
        chosen = options["filter"]
        if "id" in chosen:
            rows = [row for row in rows if row["id"] in chosen["id"]["in"]]
        if "updatedAt" in chosen:
            after = datetime.fromisoformat(chosen["updatedAt"]["after"])
            rows = [row for row in rows if datetime.fromisoformat(row["updatedAt"]) > after]
        taken = rows[options["skip"] : options["skip"] + min(options["take"], self.most)]
        return {"orders": {"totalItems": len(rows), "items": taken}}

    def ask_products(self, given):
        chosen = given["options"]["filter"].get("id", {}).get("in", ["1"])
        if "1" not in chosen or not self.sells:
            return {"products": {"totalItems": 0, "items": []}}
        stock = [{"stockOnHand": self.sells, "stockAllocated": 2}]
        common = {"sku": "M", "priceWithTax": 1500, "currencyCode": "USD", "stockLevels": stock}
        variants = [
            {"id": "1", "name": "Mug", "trackInventory": "INHERIT"} | common,
            {"id": "2", "name": "Mug blue", "trackInventory": "FALSE"} | common,
        ]
        return {
            "products": {
                "totalItems": 1,
                "items": [{"id": "1", "name": "Mug", "slug": "mug", "variants": variants}],
            }
        }
