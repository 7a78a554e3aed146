"""Replacements, gift cards and returns in the shop of Shopify's. `search_lags`: drafts and cards are not found yet."""

from counterparts.shopify_rows import gid, order_row


class ShopifyGiving:
    """Mixed into `ShopifyShop`; `done` gets a row for each that took effect."""

    search_lags = False

    def ask_before_replacement(self, variables, errors):
        row = self.orders.get(variables["id"])
        if row is None:
            return {"order": None}
        lines = [
            one | {"variant": {"id": gid("ProductVariant", one["sku"])}} for one in row["lineItems"]["nodes"]
        ]
        return {"order": row | {"lineItems": {"nodes": lines}}}

    def ask_drafts_by_tag(self, variables, errors):
        tag = variables["query"].removeprefix("tag:")
        found = [] if self.search_lags else [one for one in self.drafts.values() if tag in one["tags"]]
        return {"draftOrders": {"nodes": found}}

    def ask_draft_create(self, variables, errors):
        asked = variables["input"]
        assert asked["appliedDiscount"]["value"] == 100
        assert all(len(tag) <= 40 for tag in asked["tags"])
        made = {
            "id": gid("DraftOrder", next(self.numbers)),
            "status": "OPEN",
            "tags": asked["tags"],
            "order": None,
        }
        self.drafts[made["id"]] = made | {"_asked": asked}
        return {"draftOrderCreate": {"draftOrder": {"id": made["id"]}, "userErrors": []}}

    def ask_draft_complete(self, variables, errors):
        draft = self.drafts[variables["id"]]
        if draft["order"]:
            no = [{"field": None, "message": "This order has been paid."}]
            return {"draftOrderComplete": {"draftOrder": None, "userErrors": no}}
        number = next(self.numbers)
        row = order_row(number, self.now, tags=draft["_asked"]["tags"], note=draft["_asked"]["note"])
        self.add(row)
        draft |= {"order": {"id": row["id"], "name": row["name"]}, "status": "COMPLETED"}
        self.done.append(
            ("replacement", draft["_asked"]["note"].split("#")[1].split(":")[0], draft["tags"][1], draft)
        )
        said = {"id": draft["id"], "order": draft["order"]}
        return {"draftOrderComplete": {"draftOrder": said, "userErrors": []}}

    def ask_cards_by_code(self, variables, errors):
        note = self.cards.get(variables["query"].upper())
        found = [{"id": "x", "note": note, "lastCharacters": variables["query"][-4:]}]
        return {"giftCards": {"nodes": found if note and not self.search_lags else []}}

    def ask_card_create(self, variables, errors):
        asked = variables["input"]
        if asked["code"].upper() in self.cards:
            taken = [{"field": ["code"], "message": "Code has already been taken", "code": "TAKEN"}]
            return {"giftCardCreate": {"giftCard": None, "userErrors": taken}}
        self.cards[asked["code"].upper()] = asked["note"]
        self.done.append(("card", "", asked["note"], asked["initialValue"]))
        return {"giftCardCreate": {"giftCard": {"id": "x"}, "userErrors": []}}

    def ask_before_return(self, variables, errors):
        row = self.orders.get(variables["id"])
        if row is None:
            return {"order": None}
        sent = [
            {"id": one["id"].replace("LineItem", "FulfillmentLineItem"), "quantity": one["quantity"],
             "lineItem": {"id": one["id"]}}
            for one in row["lineItems"]["nodes"]
        ]  # fmt: skip
        parcels = [
            {"status": one["status"], "fulfillmentLineItems": {"nodes": sent}} for one in row["fulfillments"]
        ]
        return {
            "order": {"id": row["id"], "fulfillments": parcels, "returns": {"nodes": row.get("_returns", [])}}
        }

    def ask_return_create(self, variables, errors):
        asked = variables["input"]
        row = self.orders[asked["orderId"]]
        number = next(self.numbers)
        reasons = [{"returnReasonNote": one["returnReasonNote"]} for one in asked["returnLineItems"]]
        made = {
            "id": gid("Return", number),
            "name": f"{row['name']}-R1",
            "returnLineItems": {"nodes": reasons},
        }
        row["_returns"] = [*row.get("_returns", []), made]
        self.done.append(("return", row["legacyResourceId"], "", asked["returnLineItems"]))
        return {"returnCreate": {"return": {"id": made["id"], "name": made["name"]}, "userErrors": []}}
