"""Changes in a WooCommerce shop, with answers that break off. `done` lists what took effect, `mails` what it mailed."""

import copy
import json
from urllib.parse import parse_qsl, urlsplit

from counterparts.loopback import Loopback
from counterparts.woo_shop import Refusal, WooShop


class WooActingShop(WooShop):
    """`gateway`: whether the payment can be given back by itself; `plugins` are those for tracking numbers."""

    def __init__(self, orders=3, **given):
        super().__init__(**given)
        self.gateway, self.plugins, self.coupons = True, ["wc-shipment-tracking/v3"], []
        self.done, self.mails = [], []
        for _ in range(orders):
            self.add()
        self.wire = Loopback(self.reply)
        self.url, self.fault = self.wire.url, self.wire.fault
        self.site = self.url

    def close(self):
        self.wire.close()

    def reply(self, method, path, headers, body):
        parts = urlsplit(path)
        asked = dict(parse_qsl(parts.query))
        if parts.path == "/wp-json/":
            return 200, {}, {"url": self.site, "home": self.site, "namespaces": ["wc/v3", *self.plugins]}
        try:
            self.check_key(parts.path, asked, headers.get("Authorization", ""), method)
            told = json.loads(body) if body else {}
            space, _, page = parts.path.removeprefix("/wp-json/").partition("/v3/")
            return self.change(space, page, told) if method != "GET" else self.page(page, asked)
        except Refusal as refusal:
            return refusal.status, {}, refusal.body

    def page(self, page, asked):
        if page == "coupons":
            return 200, {}, [one for one in self.coupons if one["code"] == asked["code"]]
        found, total = self.answer(page, asked)
        return 200, {"X-WP-Total": str(total)} if total is not None else {}, copy.deepcopy(found)

    def change(self, space, page=None, told=None, **fields):  # noqa: PLR0911 - one case a page
        if page is None or fields:
            return super().change(space, **fields)
        match page.split("/"):
            case ["orders", key]:
                return 200, {}, self.put(int(key), told)
            case ["orders", key, "refunds"]:
                return 201, {}, self.give_back(int(key), told)
            case ["orders", key, "notes"]:
                self.note(int(key), told["note"], to_customer=told["customer_note"])
                self.done.append(("note", key, told["note"]))
                return 201, {}, self.notes[int(key)][0]
            case ["orders", key, "shipment-trackings"] if f"{space}/v3" in self.plugins:
                self.track(int(key), told["tracking_number"], told["tracking_provider"])
                self.done.append(("track", key, told["tracking_number"]))
                return 201, {}, {"tracking_id": "abc"}
            case ["coupons"]:
                return 201, {}, self.coupon(told)
            case ["orders"]:
                return 201, {}, self.copy(told)
            case ["orders", key, "actions", "send_order_details"]:
                self.done.append(("resend", key, told))
                self.mails.append("details")
                return 200, {}, {"message": "Order details sent."}
        raise Refusal(404, "rest_no_route", "No route was found matching the URL and request method.")

    def put(self, key, told):
        row = self.orders[key]
        meta = row["meta_data"] + [{"id": 5, **one} for one in told.get("meta_data", [])]
        new = {"meta_data": meta}
        if "shipping" in told:
            new["shipping"] = row["shipping"] | told["shipping"]
        if "status" in told:
            new["status"] = told["status"]
            self.mails.append(told["status"])
        super().change(key, **new)
        self.done.append((told.get("status", "address"), str(key), told))
        return self.orders[key]

    def give_back(self, key, told):
        """Nothing prevents repetition: the same twice makes two refunds. A refusal is status 500, with a bare number as data."""
        row = self.orders[key]
        back = sum(float(one["total"]) for one in row["refunds"])
        if float(told["amount"]) > float(row["total"]) + back:
            raise refund_refusal("Invalid refund amount.")
        if told["api_refund"] and not self.gateway:
            raise refund_refusal("The payment gateway for this order does not support automatic refunds.")
        self.refund(key, told["amount"], told["reason"])
        made = list(self.refunds.values())[-1]
        made["meta_data"] = told["meta_data"]
        self.done.append(("refund", str(key), told))
        self.mails.append("refund")
        return {"id": made["id"]}

    def copy(self, told):
        """A new order; one with an unknown product is created without complaint."""
        assert all(float(one["total"]) == 0 for one in told["line_items"])
        lines = [{"id": self._id(), "name": "Mug", **one} for one in told["line_items"]]
        given = {name: told[name] for name in ("status", "meta_data", "customer_id")}
        key = self.add(total="0.00", line_items=lines, **given)
        for name in ("billing", "shipping"):
            self.orders[key][name] |= told[name]
        replaced = next(one["value"] for one in told["meta_data"] if one["key"] == "replaces_order")
        self.done.append(("replacement", replaced, told))
        return self.orders[key]

    def coupon(self, told):
        code = told["code"].lower()
        if any(one["code"] == code for one in self.coupons):
            raise Refusal(
                400, "woocommerce_rest_coupon_code_already_exists", "The coupon code already exists"
            )
        self.coupons.append({"id": self._id(), "code": code, "description": told["description"]})
        self.done.append(("code", code, told))
        return self.coupons[-1]


def refund_refusal(words):
    refusal = Refusal(500, "woocommerce_rest_cannot_create_order_refund", words)
    refusal.body["data"] = 500
    return refusal
