"""Every question fits Shopify's own schemas, and the shop of these tests answers in their types."""

import gzip
import json
import sys
from pathlib import Path

import pytest
from graphql import build_client_schema, execute, parse, validate

from counterparts.shopify import ShopifyShop
from deskterm.sync.stores.graphql import load_query, query_names
from deskterm.sync.stores.shopify.wire import VERSION

FOLDER = Path(sys.prefix) / "schemas" / "1.16.0"
VERSIONS = ("2026-01", "2026-04", "2026-07", "2026-10")


def schema(version):
    file = FOLDER / f"admin_{version}.json.gz"
    if not file.exists():
        pytest.skip("Shopify's schemas are not here: `sh scripts/schemas` fetches them by npm.")
    return build_client_schema(json.loads(gzip.decompress(file.read_bytes()))["data"], assume_valid=True)


@pytest.mark.parametrize("version", VERSIONS)
def test_every_question_fits_the_schema_of_each_version(version):
    found = schema(version)
    wrong = {
        name: [error.message for error in errors]
        for name in query_names("shopify")
        if (errors := validate(found, parse(load_query("shopify", name))))
    }
    assert query_names("shopify")
    assert wrong == {}


def test_a_field_that_is_not_there_is_noticed():
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
