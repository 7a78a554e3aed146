"""The adapter against a real Vendure, which `make check-stores` installs: reading, and each action once."""

import os
import random
import shutil
import socket
import subprocess
import time
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest

from counterparts.templates import fresh
from deskterm.config.settings_file import Store
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionState, PieceCount, StoreAction
from deskterm.domain.orders.order import Fulfilment, Money, Payment
from deskterm.errors import LoginRefused
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.read_orders import read_orders
from deskterm.sync.stores.vendure import store as vendure_store
from deskterm.sync.stores.vendure.store import VendureStore
from sync.stores.same_rows import order_rows, store_rows

FOLDER = os.environ.get("DESKTERM_VENDURE", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="`make check-stores` runs a real Vendure")
DONE = ActionState.DONE


def _texts(**more):
    return [{"languageCode": "en", **more}]


class Seller:
    """Sells in the shop, by its own interfaces."""

    def __init__(self, url):
        self.url, self.admin = url, httpx2.Client(timeout=60)
        self.ask('mutation { login(username: "owner", password: "kiln") { __typename } }')

    def ask(self, query, client=None, api="admin-api", **variables):
        client = client or self.admin
        said = client.post(f"{self.url}/{api}", json={"query": query, "variables": variables})
        if token := said.headers.get("vendure-auth-token"):
            client.headers["Authorization"] = f"Bearer {token}"
        told = said.json()
        assert "errors" not in told, told["errors"]
        return next(iter(told["data"].values()))

    def make(self, kind, **given):
        name = kind[0].upper() + kind[1:]
        query = f"mutation ($i: Create{name}Input!) {{ create{name}(input: $i) {{ id }} }}"
        return self.ask(query, i=given)["id"]

    def open_shop(self):
        """A country, a tax, a way to ship and to pay, and a mug."""
        zone = self.make("zone", name="Everywhere")
        country = self.make("country", code="US", enabled=True, translations=_texts(name="United States"))
        self.ask(
            "mutation ($z: ID!, $c: [ID!]!) { addMembersToZone(zoneId: $z, memberIds: $c) { id } }",
            z=zone,
            c=[country],
        )
        tax = self.make("taxCategory", name="Standard")
        self.make("taxRate", name="ten", value=10, enabled=True, categoryId=tax, zoneId=zone)
        channel = self.ask("{ activeChannel { id } }")["id"]
        own = {"id": channel, "defaultTaxZoneId": zone, "defaultShippingZoneId": zone}
        self.ask("mutation ($i: UpdateChannelInput!) { updateChannel(input: $i) { __typename } }", i=own)
        rate = [
            {"name": name, "value": value}
            for name, value in (("rate", "500"), ("taxRate", "0"), ("includesTax", "auto"))
        ]
        self.shipping = self.make(
            "shippingMethod", code="standard", fulfillmentHandler="manual-fulfillment",
            checker={"code": "default-shipping-eligibility-checker", "arguments": [{"name": "orderMinimum", "value": "0"}]},
            calculator={"code": "default-shipping-calculator", "arguments": rate},
            translations=_texts(name="Standard", description=""),
        )  # fmt: skip
        pays = [{"name": "automaticSettle", "value": "true"}]
        handler = {"code": "dummy-payment-handler", "arguments": pays}
        self.make(
            "paymentMethod", code="card", enabled=True, handler=handler, translations=_texts(name="Card")
        )
        product = self.make(
            "product", enabled=True, translations=_texts(name="Mug", slug="mug", description="")
        )
        place = self.ask("{ stockLocations { items { id } } }")["items"][0]["id"]
        variant = {
            "productId": product, "sku": "MUG", "price": 1000, "taxCategoryId": tax, "translations": _texts(name="Mug"),
            "stockLevels": [{"stockLocationId": place, "stockOnHand": 100}],
        }  # fmt: skip
        query = "mutation ($i: [CreateProductVariantInput!]!) { createProductVariants(input: $i) { id } }"
        self.variant = self.ask(query, i=[variant])[0]["id"]

    def sell(self, name, coupon=""):
        """Two mugs to somebody, with a code of theirs; gives the order's id."""
        buyer = httpx2.Client(timeout=60)

        def say(query, **given):
            return self.ask(query, buyer, "shop-api", **given)

        say(
            "mutation ($v: ID!) { addItemToOrder(productVariantId: $v, quantity: 2) { __typename } }",
            v=self.variant,
        )
        person = {"firstName": "Ada", "lastName": name, "emailAddress": f"{name}@customer.example"}
        say("mutation ($i: CreateCustomerInput!) { setCustomerForOrder(input: $i) { __typename } }", i=person)
        place = {
            "fullName": f"Ada {name}",
            "streetLine1": "1 Mill Lane",
            "city": "Salem",
            "postalCode": "97301",
            "countryCode": "US",
        }
        say(
            "mutation ($i: CreateAddressInput!) { setOrderShippingAddress(input: $i) { __typename } }",
            i=place,
        )
        say(
            "mutation ($i: [ID!]!) { setOrderShippingMethod(shippingMethodId: $i) { __typename } }",
            i=[self.shipping],
        )
        if coupon:
            say("mutation ($c: String!) { applyCouponCode(couponCode: $c) { __typename } }", c=coupon)
        say('mutation { transitionOrderToState(state: "ArrangingPayment") { __typename } }')
        paid = 'mutation { addPaymentToOrder(input: { method: "card", metadata: {} }) { __typename ... on Order { id } } }'
        return say(paid)["id"]


@pytest.fixture(scope="module")
def seller(tmp_path_factory):
    folder = tmp_path_factory.mktemp("vendure")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = shutil.copy(Path(__file__).with_name("vendure_server.js"), folder)
    command = ["node", str(script), str(folder), str(port)]
    env = {**os.environ, "VENDURE_DISABLE_TELEMETRY": "true"}
    server = subprocess.Popen(command, cwd=FOLDER, env=env, stdout=subprocess.PIPE, text=True)
    try:
        for said in server.stdout:
            if said.startswith("READY"):
                break
        assert server.poll() is None
        opened = Seller(f"http://127.0.0.1:{port}")
        opened.open_shop()
        yield opened
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


@pytest.fixture
def open_store(seller):
    def make(secret="kiln"):
        store = Store(name="kiln", kind="vendure", address=seller.url, key="owner")
        return VendureStore(StoreAccess(store, ZoneInfo("UTC"), 0, lambda: secret))

    return make


@pytest.fixture
def store(open_store):
    with open_store() as opened:
        yield opened


def act_twice(store, action):
    """Do it, look it up, and ask for it once more; gives the first answer."""
    assert store.look_up(action).state is ActionState.REFUSED
    first = store.act(action)
    assert (first.state, store.look_up(action).state, store.act(action).state) == (DONE, DONE, DONE)
    return first


def test_an_order_is_read_as_it_was_sold(seller, store):
    sold = seller.sell("vale")
    orders = {order.external_id: order for page in store.pages("") for order in page.orders}
    order = orders[sold]
    assert (order.payment, order.fulfilment, order.total) == (
        Payment.PAID,
        Fulfilment.UNFULFILLED,
        Money(2700, "USD"),
    )
    assert (order.email, order.lines[0].sku, order.lines[0].quantity) == ("vale@customer.example", "MUG", 2)
    assert [one.title for page in store.products("") for one in page.products] == ["Mug"]
    assert all(check.granted for check in store.check_rights())


def test_a_refund_is_made_once(seller, store):
    sold = seller.sell("refund")
    answer = act_twice(store, StoreAction("k1", Ability.REFUND, sold, amount=Money(500, "USD"), text="late"))
    assert "has to be settled" in answer.words or not answer.words
    assert [(one.amount.minor, one.reason) for one in store.one_order(sold).refunds] == [(500, "late")]


def test_an_address_is_changed_and_the_order_is_in_its_state_as_before(seller, store):
    sold = seller.sell("address")
    seen = store.one_order(sold).ship_to
    wanted = replace(seen, street="9 New Street", postcode="97302")
    act_twice(store, StoreAction("k2", Ability.ADDRESS, sold, ship_to=wanted, seen=seen))
    order = store.one_order(sold)
    assert (order.ship_to, order.fulfilment, order.fulfilment_word) == (wanted, Fulfilment.UNFULFILLED, "")


def test_a_parcel_is_sent_once(seller, store):
    sold = seller.sell("parcel")
    act_twice(store, StoreAction("k3", Ability.FULFIL, sold, carrier="UPS", tracking="1Z1"))
    order = store.one_order(sold)
    assert (order.fulfilment, [one.number for one in order.shipments]) == (Fulfilment.SHIPPED, ["1Z1"])


def test_a_note_and_a_cancellation_are_made_once(seller, store):
    sold = seller.sell("cancel")
    act_twice(store, StoreAction("k4", Ability.NOTE, sold, text="called"))
    act_twice(store, StoreAction("k5", Ability.CANCEL, sold, text="asked for"))
    assert store.one_order(sold).fulfilment is Fulfilment.CANCELLED


def test_a_wrong_password_is_a_refused_login(open_store):
    with open_store("wrong") as store, pytest.raises(LoginRefused):
        list(store.pages(""))


def test_a_replacement_is_made_once_at_no_cost_and_goes_where_the_first_order_went(seller, store):
    sold = seller.sell("replaced")
    before = store.one_order(sold)
    pieces = (PieceCount(before.lines[0].external_id, 1),)
    answer = act_twice(store, StoreAction("k6", Ability.REPLACE, sold, pieces=pieces, text="broken"))
    made = store.one_order(answer.remote_id)
    assert answer.words == f"The new order is #{made.number}."
    assert (made.total, made.payment, made.fulfilment) == (
        Money(0, "USD"),
        Payment.PAID,
        Fulfilment.UNFULFILLED,
    )
    assert [(one.sku, one.quantity) for one in made.lines] == [("MUG", 1)]
    assert (made.email, made.ship_to, made.shipping_method) == (
        before.email, before.ship_to, before.shipping_method,
    )  # fmt: skip


def test_a_code_is_made_once_and_takes_off_what_it_says(seller, store):
    sold = seller.sell("code")
    action = StoreAction("k7", Ability.CODE, sold, text="SORRY-7", amount=Money(500, "USD"))
    act_twice(store, action)
    other = store.act(replace(action, key="k8"))
    assert (other.state, other.words) == (ActionState.REFUSED, "There is such a code already.")
    with_code = seller.sell("bargain", coupon="SORRY-7")
    full, less = store.one_order(sold).total.minor, store.one_order(with_code).total.minor
    assert 450 <= full - less <= 550  # the shop's prices are without tax: so is what the code takes off


class Shuffle:
    """Things that happen in the shop, one at a time, each to an order that nothing happened to."""

    def __init__(self, seller, store, orders):
        self.seller, self.store, self.left = seller, store, list(orders)
        self.turn = 0

    def happen(self):
        if self.left:
            order = self.left.pop()
            (self.move, self.track, self.refund, self.edit, self.cancel)[self.turn % 5](order)
            self.turn += 1

    def act(self, ability, order, **wish):
        assert self.store.act(StoreAction(f"shuffle {order}", ability, order, **wish)).state is DONE

    def move(self, order):
        seen = self.store.one_order(order).ship_to
        self.act(Ability.ADDRESS, order, ship_to=replace(seen, street=f"{order} Elm St"), seen=seen)

    def track(self, order):
        self.act(Ability.FULFIL, order, carrier="UPS", tracking=f"1Z{order}")

    def refund(self, order):
        self.act(Ability.REFUND, order, amount=Money(300, "USD"), text="late")

    def cancel(self, order):
        self.act(Ability.CANCEL, order, text="asked for")

    def edit(self, order):
        """One piece less, as the shop's owner does it in the dashboard."""
        row = self.seller.ask(
            "query ($id: ID!) { order(id: $id) { lines { id } payments { id } } }", id=order
        )
        move = (
            "mutation ($id: ID!, $s: String!) { transitionOrderToState(id: $id, state: $s) { __typename } }"
        )
        self.seller.ask(move, id=order, s="Modifying")
        asked = {
            "orderId": order, "dryRun": False, "adjustOrderLines": [{"orderLineId": row["lines"][0]["id"], "quantity": 1}],
            "refunds": [{"paymentId": row["payments"][0]["id"], "amount": 1100, "reason": "one less"}],
        }  # fmt: skip
        said = self.seller.ask(
            "mutation ($i: ModifyOrderInput!) { modifyOrder(input: $i) { __typename } }", i=asked
        )
        assert said["__typename"] == "Order"
        self.seller.ask(move, id=order, s="PaymentSettled")


def test_rows_are_the_shops_after_a_shuffle(seller, store, open_store, tmp_path, monkeypatch):
    """Address, parcel, refund, edit, cancellation: before, between and while pages are read. Nothing is deleted there."""
    sold = [seller.sell(f"shuffle{number}") for number in range(14)]
    random.Random(7).shuffle(sold)
    shuffle = Shuffle(seller, store, sold)
    monkeypatch.setattr(vendure_store, "_AT_ONCE", 6)

    def access():
        told = Store(name="kiln", kind="vendure", address=seller.url, key="owner")
        return StoreAccess(told, ZoneInfo("UTC"), int(time.time()), lambda: "kiln")

    ask = VendureStore._ask

    def ask_while_edited(self, chosen, skip):
        found = ask(self, chosen, skip)
        shuffle.happen()
        return found

    db = open_database(fresh(tmp_path / "desk.db"))
    try:
        read_orders(access(), db)
        for _ in range(3):
            shuffle.happen()
        monkeypatch.setattr(VendureStore, "_ask", ask_while_edited)
        read_orders(access(), db)
        monkeypatch.setattr(VendureStore, "_ask", ask)
        while shuffle.left:
            shuffle.happen()
        read_orders(access(), db)
        there = store_rows(access(), tmp_path)
        assert set(sold) <= set(there)
        assert order_rows(db) == there
    finally:
        db.close()
