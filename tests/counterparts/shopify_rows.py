"""Rows of a shop of Shopify's, with every field that deskterm asks for. The persons are made up."""

from datetime import UTC, datetime


def gid(kind, number):
    return f"gid://shopify/{kind}/{number}"


def iso(seconds):
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_iso(text):
    return int(datetime.fromisoformat(text).timestamp())


def pair(minor, currency="USD", rate=1.0):
    """An amount in the shop's dollars and in the customer's currency."""
    own = f"{minor * rate:.1f}" if currency == "JPY" else f"{minor * rate / 100:.2f}"
    return {
        "shopMoney": {"amount": f"{minor / 100:.1f}", "currencyCode": "USD"},
        "presentmentMoney": {"amount": own, "currencyCode": currency},
    }


def address_row(n):
    return {
        "name": f"Ada Vale{n}", "firstName": "Ada", "lastName": f"Vale{n}", "company": None,
        "address1": f"{n} Mill Lane", "address2": None, "city": "Salem", "province": "Oregon", "provinceCode": "OR",
        "zip": "97301", "country": "United States", "countryCodeV2": "US", "phone": None,
    }  # fmt: skip


def line_row(n, at, *, quantity=2, price=1500, currency="USD", rate=1.0):
    return {
        "id": gid("LineItem", n * 100 + at), "sku": f"MUG-{at}", "title": f"Mug {at}", "variantTitle": "blue",
        "quantity": quantity, "currentQuantity": quantity, "unfulfilledQuantity": quantity,
        "refundableQuantity": quantity, "isGiftCard": False, "customAttributes": [],
        "discountedUnitPriceSet": pair(price, currency, rate),
    }  # fmt: skip


def customer_row(n):
    return {
        "id": gid("Customer", n), "displayName": f"Ada Vale{n}", "createdAt": "2024-03-01T09:00:00Z", "tags": [],
        "note": None, "locale": "en", "numberOfOrders": "3", "amountSpent": {"amount": "90.0", "currencyCode": "USD"},
        "defaultEmailAddress": {"emailAddress": f"ada{n}@customer.example"}, "defaultPhoneNumber": None,
    }  # fmt: skip


def parcel_row(n, at, **more):
    return {
        "id": gid("Fulfillment", n), "status": "SUCCESS", "displayStatus": "IN_TRANSIT", "createdAt": iso(at),
        "updatedAt": iso(at), "inTransitAt": iso(at + 3600), "deliveredAt": None, "estimatedDeliveryAt": None,
        "events": [], "trackingInfo": [{"company": "UPS", "number": f"1Z{n:016d}", "url": f"https://ups.example/{n}"}],
    } | more  # fmt: skip


def refund_row(n, at, minor, note="", *, currency="USD", rate=1.0, key="refund"):
    return {
        "id": gid("Refund", f"{n}{key}"), "createdAt": iso(at), "note": note,
        "totalRefundedSet": pair(minor, currency, rate),
        "transactions": {"nodes": [{"status": "SUCCESS"}]},
    }  # fmt: skip


def order_row(n, at, *, currency="USD", rate=1.0, lines=2, **more):
    """An order of `lines` lines at 15.00 each for two pieces, with 5.00 for shipping; nothing sent yet."""
    rows = [line_row(n, one, currency=currency, rate=rate) for one in range(1, lines + 1)]
    minor = lines * 3000 + 500
    return {
        "id": gid("Order", 7000 + n), "legacyResourceId": str(7000 + n), "name": f"#{1000 + n}",
        "createdAt": iso(at), "processedAt": iso(at), "updatedAt": iso(at), "cancelledAt": None, "test": False, "edited": False, "email": f"ada{n}@customer.example", "phone": None,
        "customerLocale": "en", "note": None, "tags": [], "discountCodes": [], "paymentGatewayNames": ["shopify_payments"],
        "displayFinancialStatus": "PAID", "displayFulfillmentStatus": "UNFULFILLED",
        "totalPriceSet": pair(minor, currency, rate), "totalRefundedSet": pair(0, currency, rate), "shippingAddress": address_row(n),
        "billingAddress": {"name": f"Ada Vale{n}", "countryCodeV2": "US", "phone": None},
        "customer": customer_row(n), "shippingLine": {"title": "Standard"}, "fulfillments": [], "refunds": [],
        "lineItems": {"nodes": rows}, "returns": {"nodes": []}, "cancellation": None,
        "_paid": minor, "_refunded": 0, "_currency": currency, "_rate": rate,
    } | more  # fmt: skip


def product_row(n, at=1_764_000_000):
    levels = [{"quantities": [{"name": "incoming", "quantity": 20 * n}]}]
    variant = {
        "legacyResourceId": str(500 + n), "sku": f"MUG-{n}", "title": "Default Title", "price": "15.00",
        "inventoryQuantity": n - 1, "availableForSale": n > 1, "inventoryItem": {"tracked": n != 3, "inventoryLevels": {"nodes": levels}},
    }  # fmt: skip
    return {
        "id": gid("Product", n), "legacyResourceId": str(n), "title": f"Mug {n}", "updatedAt": iso(at), "onlineStoreUrl": None,
        "variants": {"pageInfo": {"hasNextPage": False}, "nodes": [variant]},
    }  # fmt: skip
