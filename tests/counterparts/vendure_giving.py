"""Promotions and draft orders of a Vendure server, as a live one (3.7.2) made them: two may have one code."""

import copy

NO_CODE = {
    "__typename": "CouponCodeInvalidError", "errorCode": "COUPON_CODE_INVALID_ERROR", "message": "It is not valid."
}  # fmt: skip
NO_STOCK = {
    "__typename": "InsufficientStockError", "errorCode": "INSUFFICIENT_STOCK_ERROR", "message": "Only 0 are left."
}  # fmt: skip
NO_PAYMENT = {
    "__typename": "ManualPaymentStateError", "errorCode": "MANUAL_PAYMENT_STATE_ERROR", "message": "Not in this state."
}  # fmt: skip


class VendureGiving:
    """Mixed into `VendureShop`. `out_of_stock` are variants that are out of stock."""

    out_of_stock = frozenset()
    methods = ("1",)

    def ask_promotions(self, given):
        found = [one for one in self.promotions if one["couponCode"] == given["code"]]
        return {"promotions": {"items": found}, "activeChannel": {"defaultLanguageCode": "en"}}

    def ask_promote(self, given):
        asked = given["input"]
        assert asked["actions"], "a promotion does something"
        made = {
            "id": str(next(self.numbers)), "couponCode": asked["couponCode"],
            "description": asked["translations"][0]["description"], "_asked": asked,
        }  # fmt: skip
        self.promotions.append(made)
        if not asked["couponCode"].startswith("DT-"):
            self.done.append(("code", asked["couponCode"], asked))
        return {"createPromotion": {"__typename": "Promotion", "id": made["id"]}}

    def ask_before_replacement(self, given):
        row = copy.deepcopy(self.orders.get(given["id"]))
        for one in row["lines"] if row else ():
            one["productVariant"] = {"id": f"v{one['id']}"}
        if row:
            row["shippingLines"] = [{"shippingMethod": {"id": "1"}}]
        return {"order": row}

    def ask_paid_by(self, given):
        found = [one for one in self.drafts.values() if one["_paid"] == given["key"]]
        return {"orders": {"items": found}}

    def ask_drafts(self, given):
        found = [one for one in self.drafts.values() if one["state"] in ("Draft", "ArrangingPayment")]
        return {"orders": {"items": list(reversed(found))}}

    def ask_draft_create(self, given):
        number = str(next(self.numbers))
        made = {
            "id": number, "code": f"NEW{number}", "state": "Draft", "couponCodes": [], "totalWithTax": 0, "lines": [],
            "_paid": None, "_to": None, "_for": None, "_by": None,
        }  # fmt: skip
        self.drafts[number] = made
        return {"createDraftOrder": self._as_order(made)}

    def ask_draft_coupon(self, given):
        draft = self.drafts[given["id"]]
        if not any(one["couponCode"] == given["code"] for one in self.promotions):
            return {"applyCouponCodeToDraftOrder": NO_CODE}
        draft["couponCodes"] = sorted({*draft["couponCodes"], given["code"]})
        return {"applyCouponCodeToDraftOrder": self._as_order(draft)}

    def ask_draft_item(self, given):
        draft = self.drafts[given["id"]]
        if given["variant"] in self.out_of_stock:
            return {"addItemToDraftOrder": NO_STOCK}
        line = next((one for one in draft["lines"] if one["productVariant"]["id"] == given["variant"]), None)
        if line is None:
            line = {"quantity": 0, "productVariant": {"id": given["variant"]}}
            draft["lines"].append(line)
        line["quantity"] += given["quantity"]
        draft["totalWithTax"] = 0 if draft["couponCodes"] else 1500
        return {"addItemToDraftOrder": self._as_order(draft)}

    def ask_draft_customer(self, given):
        self.drafts[given["id"]]["_for"] = given["customer"]
        return {"setCustomerForDraftOrder": self._as_order(self.drafts[given["id"]])}

    def ask_draft_address(self, given):
        self.drafts[given["id"]]["_to"] = given["place"]
        return {"setDraftOrderShippingAddress": self._as_order(self.drafts[given["id"]])}

    def ask_draft_methods(self, given):
        return {"eligibleShippingMethodsForDraftOrder": [{"id": one} for one in self.methods]}

    def ask_draft_method(self, given):
        self.drafts[given["id"]]["_by"] = given["method"]
        return {"setDraftOrderShippingMethod": self._as_order(self.drafts[given["id"]])}

    def ask_draft_pay(self, given):
        asked = given["input"]
        draft = self.drafts[asked["orderId"]]
        if draft["state"] != "ArrangingPayment":
            return {"addManualPaymentToOrder": NO_PAYMENT}
        assert draft["_for"], "nobody is to get it"
        assert draft["_to"]["streetLine1"]
        assert draft["_by"]
        draft |= {"state": "PaymentSettled", "_paid": asked["transactionId"]}
        pieces = [(one["productVariant"]["id"], one["quantity"]) for one in draft["lines"]]
        self.done.append(("replacement", draft["_for"], pieces))
        self.orders[draft["id"]] = copy.deepcopy(next(iter(self.orders.values()))) | {
            "id": draft["id"], "code": draft["code"], "totalWithTax": draft["totalWithTax"], "payments": [],
        }  # fmt: skip
        return {"addManualPaymentToOrder": self._as_order(draft)}

    def _as_order(self, draft):
        return {"__typename": "Order", "id": draft["id"], "state": draft["state"]}
