"""What a shop of Shopify's does when it is asked for a change, and what it shows before and after."""

from counterparts.shopify_rows import gid, pair, parcel_row, refund_row


class ShopifyChanges:
    """Mixed into `ShopifyShop`. `done` is a list of (what, order, key, details), one for each that took effect."""

    gateway = "SUCCESS"  # what the payment provider says of a refund
    job_polls = 1

    def shop_minor(self, row, money):
        """An amount in the customer's currency, in the shop's cents."""
        places = 1 if row["_currency"] == "JPY" else 100
        return round(float(money) * places / row["_rate"])

    def ask_before_refund(self, variables, errors):
        row = self.orders.get(variables["id"])
        if row is None:
            return {"order": None}
        left = pair(row["_paid"] - row["_refunded"], row["_currency"], row["_rate"])
        parent = {"id": gid("OrderTransaction", row["legacyResourceId"])}
        suggested = [
            {"gateway": "shopify_payments", "maximumRefundableSet": left, "parentTransaction": parent}
        ]
        place = [{"assignedLocation": {"location": {"id": gid("Location", 1)}}}]
        return {
            "order": {
                "id": row["id"],
                "refunds": row["refunds"],
                "suggestedRefund": {"maximumRefundableSet": left, "suggestedTransactions": suggested},
                "fulfillmentOrders": {"nodes": place},
                "displayFulfillmentStatus": row["displayFulfillmentStatus"],
            }
        }

    def ask_refund(self, variables, errors):
        asked, key = variables["input"], variables["key"]
        if key in self.keys:
            same = self.keys[key][0] == asked
            no = [{"field": None, "message": "The key was used with other parameters."}]
            return {"refundCreate": self.keys[key][1] if same else {"refund": None, "userErrors": no}}
        row = self.orders[asked["orderId"]]
        assert ("transactions" in asked) != ("refundMethods" in asked), "one way for the money"
        as_credit = [one["storeCreditRefund"]["amount"] for one in asked.get("refundMethods", ())]
        assert all(one["currencyCode"] == row["_currency"] for one in as_credit)
        parts = [*asked.get("transactions", ()), *as_credit]
        minor = sum(self.shop_minor(row, one["amount"]) for one in parts)
        if minor > row["_paid"] - row["_refunded"]:
            return {"refundCreate": {"refund": None, "userErrors": [{"field": None, "message": "Too much."}]}}
        if row["_currency"] != "USD":
            assert asked["currency"] == row["_currency"]
        made = self.give_back(row, minor, asked["note"])
        for one in asked["refundLineItems"]:
            assert one["restockType"] == "NO_RESTOCK" or one["locationId"]
            line = next(line for line in row["lineItems"]["nodes"] if line["id"] == one["lineItemId"])
            line["currentQuantity"] -= one["quantity"]
        said = {"refund": made, "userErrors": []}
        self.keys[key] = (asked, said)
        what = "credit" if as_credit else "refund"
        self.done.append((what, row["legacyResourceId"], key, minor))
        return {"refundCreate": said}

    def give_back(self, row, minor, note):
        made = refund_row(
            next(self.numbers), self.now, minor, note, currency=row["_currency"], rate=row["_rate"], key=""
        )
        made["transactions"] = {"nodes": [{"status": self.gateway}]}
        row["refunds"] = [*row["refunds"], made]
        row["_refunded"] += minor
        row["displayFinancialStatus"] = (
            "REFUNDED" if row["_refunded"] >= row["_paid"] else "PARTIALLY_REFUNDED"
        )
        self.touch(row)
        return made

    def ask_order_now(self, variables, errors):
        row = self.orders.get(variables["id"])
        if row is None:
            return {"order": None}
        sent = any(one["status"] == "SUCCESS" for one in row["fulfillments"])
        left = 0 if sent or row["cancelledAt"] else 2
        status = "OPEN" if left else "CLOSED"
        part = {"id": gid("FulfillmentOrderLineItem", row["legacyResourceId"]), "remainingQuantity": left}
        to_send = {
            "id": gid("FulfillmentOrder", row["legacyResourceId"]),
            "status": status,
            "lineItems": {"nodes": [part]},
        }
        return {"order": row | {"fulfillmentOrders": {"nodes": [to_send]}}}

    def ask_cancel(self, variables, errors):
        row = self.orders[variables["id"]]
        if row["cancelledAt"] or row["fulfillments"]:
            no = [{"field": None, "message": "Cannot cancel it.", "code": "INVALID"}]
            return {"orderCancel": {"job": None, "orderCancelUserErrors": no}}
        job = gid("Job", next(self.numbers))
        self.jobs[job] = self.job_polls
        self.done.append(("cancel", row["legacyResourceId"], variables["note"], variables["refund"]))
        row["cancelledAt"] = "2025-11-24T16:00:00Z"
        row["cancellation"] = {"staffNote": variables["note"]}
        if variables["refund"]:
            self.give_back(row, row["_paid"] - row["_refunded"], None)
        self.touch(row)
        return {"orderCancel": {"job": {"id": job, "done": False}, "orderCancelUserErrors": []}}

    def ask_job_state(self, variables, errors):
        self.jobs[variables["id"]] -= 1
        return {"job": {"id": variables["id"], "done": self.jobs[variables["id"]] < 0}}

    def ask_update(self, variables, errors):
        asked = variables["input"]
        row = self.orders[asked["id"]]
        if "note" in asked:
            row["note"] = asked["note"]
            self.done.append(("note", row["legacyResourceId"], "", asked["note"]))
        if "shippingAddress" in asked:
            new = {
                ("countryCodeV2" if name == "countryCode" else name): text
                for name, text in asked["shippingAddress"].items()
            }
            new["name"] = f"{new['firstName']} {new['lastName']}"
            row["shippingAddress"] = row["shippingAddress"] | new
            self.done.append(("address", row["legacyResourceId"], "", new["address1"]))
        self.touch(row)
        return {"orderUpdate": {"order": {"id": row["id"]}, "userErrors": []}}

    def ask_tags_add(self, variables, errors):
        row = self.orders[variables["id"]]
        row["tags"] = sorted({*row["tags"], *variables["tags"]})
        self.done.append(("tags", row["legacyResourceId"], "", variables["tags"]))
        return {"tagsAdd": {"userErrors": []}}

    def ask_fulfil(self, variables, errors):
        asked = variables["fulfillment"]
        number = asked["lineItemsByFulfillmentOrder"][0]["fulfillmentOrderId"].rpartition("/")[2]
        row = self.orders[gid("Order", number)]
        told = asked["trackingInfo"] or {}
        tracking = [{"company": told.get("company"), "number": told["number"], "url": None}] if told else []
        made = parcel_row(
            next(self.numbers), self.now, trackingInfo=tracking, displayStatus="FULFILLED", inTransitAt=None
        )
        row["fulfillments"] = [*row["fulfillments"], made]
        row["displayFulfillmentStatus"] = "FULFILLED"
        self.done.append(("fulfil", number, "", told.get("number")))
        self.touch(row)
        return {"fulfillmentCreate": {"fulfillment": {"id": made["id"]}, "userErrors": []}}

    def ask_discount_by_code(self, variables, errors):
        title = self.codes.get(variables["code"].lower())
        return {"codeDiscountNodeByCode": title and {"id": "x", "codeDiscount": {"title": title}}}

    def ask_discount(self, variables, errors):
        asked = variables["discount"]
        if asked["code"].lower() in self.codes:
            taken = [{"field": None, "message": "Code must be unique.", "code": "TAKEN"}]
            return {"discountCodeBasicCreate": {"codeDiscountNode": None, "userErrors": taken}}
        self.codes[asked["code"].lower()] = asked["title"]
        self.done.append(("code", "", asked["title"], asked["code"]))
        return {"discountCodeBasicCreate": {"codeDiscountNode": {"id": "x"}, "userErrors": []}}
