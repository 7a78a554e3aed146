"""What a Vendure server does when it is asked for a change: it prevents no repetition, and an order's date stays."""

NO_PARCEL = {
    "__typename": "ItemsAlreadyFulfilledError",
    "errorCode": "ITEMS_ALREADY_FULFILLED_ERROR",
    "message": "All sent.",
}


class VendureChanges:
    """Mixed into `VendureShop`. `done` is a list of (what, order, details), one for each that took effect."""

    refunds_are = "Pending"

    def log(self, row, kind, **data):
        row["history"]["items"].insert(0, {"type": kind, "data": data})

    def ask_order_now(self, given):
        return {"order": self.orders.get(given["id"])}

    def ask_refund(self, given):
        asked = given["input"]
        row = next(row for row in self.orders.values() if row["payments"][0]["id"] == asked["paymentId"])
        payment = row["payments"][0]
        if asked["amount"] > payment["amount"] - sum(one["total"] for one in payment["refunds"]):
            no = {
                "__typename": "RefundAmountError",
                "errorCode": "REFUND_AMOUNT_ERROR",
                "message": "Too much.",
            }
            return {"refundOrder": no}
        made = {
            "id": str(next(self.numbers)), "total": asked["amount"], "state": self.refunds_are,
            "reason": asked["reason"], "createdAt": row["createdAt"],
        }  # fmt: skip
        payment["refunds"].append(made)
        self.done.append(("refund", row["id"], asked["amount"]))
        return {
            "refundOrder": {
                "__typename": "Refund",
                "id": made["id"],
                "state": made["state"],
                "total": made["total"],
            }
        }

    def ask_cancel(self, given):
        row = self.orders[given["input"]["orderId"]]
        if row["state"] == "Cancelled":
            no = {
                "__typename": "OrderStateTransitionError",
                "errorCode": "ORDER_STATE_TRANSITION_ERROR",
                "message": "No.",
            }
            return {"cancelOrder": no}
        row["state"] = "Cancelled"
        self.log(row, "ORDER_CANCELLATION", reason=given["input"]["reason"], shippingCancelled=True)
        self.done.append(("cancel", row["id"], given["input"]["reason"]))
        return {"cancelOrder": {"__typename": "Order", "id": row["id"], "state": row["state"]}}

    def ask_add_note(self, given):
        row = self.orders[given["input"]["id"]]
        self.log(row, "ORDER_NOTE", note=given["input"]["note"])
        self.done.append(("note", row["id"], given["input"]["note"]))
        return {"addNoteToOrder": {"id": row["id"]}}

    def ask_move(self, given):
        row = self.drafts.get(given["id"]) or self.orders[given["id"]]
        if given["id"] in self.drafts:
            row["state"] = given["state"]
            return {"transitionOrderToState": self._as_order(row)}
        self.log(row, "ORDER_STATE_TRANSITION", **{"from": row["state"], "to": given["state"]})
        row["state"] = given["state"]
        return {"transitionOrderToState": {"__typename": "Order", "id": row["id"], "state": row["state"]}}

    def ask_modify(self, given):
        asked = given["input"]
        row = self.orders[asked["orderId"]]
        if row["state"] != "Modifying":
            no = {
                "__typename": "OrderModificationStateError",
                "errorCode": "ORDER_MODIFICATION_STATE_ERROR",
                "message": "No.",
            }
            return {"modifyOrder": no}
        row["shippingAddress"] |= asked["updateShippingAddress"]
        self.done.append(("address", row["id"], row["shippingAddress"]["streetLine1"]))
        return {"modifyOrder": {"__typename": "Order", "id": row["id"], "state": row["state"]}}

    def ask_fulfil(self, given):
        lines = given["input"]["lines"]
        if not lines:
            return {"addFulfillmentToOrder": NO_PARCEL}
        row = self.orders[lines[0]["orderLineId"][0]]
        values = {one["name"]: one["value"] for one in given["input"]["handler"]["arguments"]}
        made = {
            "id": str(next(self.numbers)), "state": "Pending", "method": values["method"],
            "trackingCode": values["trackingCode"], "createdAt": row["createdAt"], "updatedAt": row["createdAt"],
        }  # fmt: skip
        row["fulfillments"].append(made)
        row["lines"][0]["fulfillmentLines"].append(
            {"fulfillmentId": made["id"], "quantity": lines[0]["quantity"]}
        )
        self.done.append(("parcel", row["id"], made["trackingCode"]))
        return {"addFulfillmentToOrder": {"__typename": "Fulfillment", "id": made["id"], "state": "Pending"}}

    def ask_ship(self, given):
        row, parcel = next(
            (row, one)
            for row in self.orders.values()
            for one in row["fulfillments"]
            if one["id"] == given["id"]
        )
        parcel["state"], row["state"] = "Shipped", "Shipped"
        return {
            "transitionFulfillmentToState": {
                "__typename": "Fulfillment",
                "id": parcel["id"],
                "state": "Shipped",
            }
        }
