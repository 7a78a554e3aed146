"""Every query fits Shopify's own schemas, and the shop of these tests answers in their types."""

import gzip
import json
import sys
from pathlib import Path

import pytest
from graphql import build_client_schema, execute, parse, validate
from graphql.execution.values import get_variable_values

from counterparts.shopify import ShopifyShop
from counterparts.shopify_rows import gid, parcel_row
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionState, PieceCount, StoreAction
from deskterm.domain.orders.order import Money, PostalAddress
from deskterm.sync.stores import graphql
from deskterm.sync.stores.graphql import load_query
from deskterm.sync.stores.shopify.wire import VERSION

FOLDER = Path(sys.prefix) / "schemas" / "1.16.0"
QUERIES = [
    file.stem
    for file in (Path(graphql.__file__).parent / "queries" / "shopify").glob("*.graphql")
    if "fragment " not in file.read_text()
]
VERSIONS = ("2026-01", "2026-04", "2026-07", "2026-10")


def schema(version):
    file = FOLDER / f"admin_{version}.json.gz"
    if not file.exists():
        pytest.skip("Shopify's schemas are not here: `sh scripts/schemas` fetches them by npm.")
    return build_client_schema(json.loads(gzip.decompress(file.read_bytes()))["data"], assume_valid=True)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_query_fits_the_schema_of_each_version(version):
    found = schema(version)
    wrong = {
        name: [error.message for error in errors]
        for name in QUERIES
        if (errors := validate(found, parse(load_query("shopify", name))))
    }
    assert QUERIES
    assert wrong == {}


def test_a_field_that_does_not_exist_is_noticed():
    assert validate(schema(VERSION), parse("query { orders(first: 1) { nodes { trackingNumber } } }"))


def test_what_the_shop_of_these_tests_answers_has_shopifys_types():
    """Its rows go through the schema: a wrong type, an unknown enum or a missing field is an error."""
    found = schema(VERSION)
    shop = ShopifyShop()
    asked = {
        "shop": {},
        "orders": {"first": 50, "customers": True, "returns": True},
        "orders_by_id": {"ids": list(shop.orders), "customers": True, "returns": True},
        "products": {"first": 5, "stock": True},
    }
    try:
        for name, variables in asked.items():
            query = load_query("shopify", name)
            data = shop.reply({"query": query, "variables": variables})["data"]
            for node in data.get("nodes", []):
                node["__typename"] = "Order"
            result = execute(found, parse(query), root_value=data, variable_values=variables)
            assert result.errors is None, name
    finally:
        shop.close()


PIECES = (PieceCount("101", 1),)
PLACE = PostalAddress("Ada Vale", "9 New Street", "97302", "Salem", "OR", "US")
WISHES = {
    Ability.REFUND: {"amount": Money(500, "USD"), "pieces": PIECES, "restock": True, "text": "late"},
    Ability.CREDIT: {"amount": Money(500, "USD"), "text": "late"},
    Ability.CANCEL: {"text": "asked for"},
    Ability.ADDRESS: {"ship_to": PLACE},
    Ability.NOTE: {"text": "called"},
    Ability.TAGS: {"tags": ("late",)},
    Ability.FULFIL: {"carrier": "UPS", "tracking": "1Z9"},
    Ability.CODE: {"text": "SORRY", "amount": Money(500, "USD")},
    Ability.REPLACE: {"pieces": PIECES, "text": "broken"},
    Ability.RETURN: {"pieces": PIECES, "text": "too small"},
    Ability.GIFT_CARD: {"amount": Money(500, "USD")},
}


@pytest.mark.parametrize("version", VERSIONS)
def test_what_each_action_sends_fits_the_inputs_of_each_version(version, shop, way):
    found = schema(version)
    for ability, wish in WISHES.items():
        if ability is Ability.RETURN:
            shop.orders[gid("Order", 7001)]["fulfillments"] = [parcel_row(1, shop.now)]
        elif ability is Ability.CANCEL:
            continue  # of an order of its own
        with way.open() as store:
            action = StoreAction(f"key {ability}", ability, "7001", **wish)
            assert store.act(action).state is ActionState.DONE, ability
    with way.open() as store:
        cancel = StoreAction("key", Ability.CANCEL, "7002", **WISHES[Ability.CANCEL])
        assert store.act(cancel).state is ActionState.DONE
    bodies = [json.loads(body) for _, path, body in shop.asked if path.endswith("graphql.json")]
    changes = [one for one in bodies if one["query"].startswith("mutation")]
    assert len(changes) == len(WISHES) + 1  # a replacement takes two
    for asked in bodies:
        names = parse(asked["query"]).definitions[0].variable_definitions
        fits = get_variable_values(found, names, asked.get("variables") or {})
        assert not isinstance(fits, list), (asked["query"].split("(")[0], fits)
