"""A kind of store is one record: everything that offers, opens or describes stores has all of them."""

from datetime import UTC
from pathlib import Path

import pytest

from deskterm.config.setting import setting
from deskterm.config.store import Store
from deskterm.config.store_kinds import LIVE_KINDS, STORE_KINDS, StoreKind
from deskterm.screens.setup.store_lines import KIND_NAMES, TypedStore, kind_of
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.open_store import open_store

DOCS = Path(__file__).parents[3] / "docs"
MEMBERS = (
    "reads_whole", "read_again_at_once", "abilities", "pages", "read_again", "one_order", "products",
    "products_again", "check_rights", "act", "look_up", "__enter__", "__exit__",
)  # fmt: skip


@pytest.mark.parametrize("kind", STORE_KINDS)
def test_a_kind_is_opened_with_the_whole_interface_of_an_adapter(kind, tmp_path):
    store = Store(
        name="kiln", kind=kind, path=str(tmp_path / "orders.csv"), address="https://shop.example", key="k"
    )
    with open_store(StoreAccess(store, UTC, 1_790_000_000, secret=lambda: "s")) as adapter:
        assert [name for name in MEMBERS if not hasattr(type(adapter), name)] == []
        assert adapter.abilities >= STORE_KINDS[kind].can


@pytest.mark.parametrize("kind", LIVE_KINDS)
def test_a_live_kind_says_what_its_key_is_called_and_what_it_can_do(kind):
    record = LIVE_KINDS[kind]
    assert record.keys != StoreKind("", "").keys
    assert all(record.keys)
    assert record.can >= set(record.mails)


@pytest.mark.parametrize("kind", LIVE_KINDS)
def test_a_live_kind_is_in_setup_in_the_settings_and_in_the_docs(kind):
    name = LIVE_KINDS[kind].name
    assert name in KIND_NAMES
    assert kind_of(TypedStore(kind=name)) == kind
    assert Store(name="kiln", kind=kind).is_live
    assert kind in setting(Store, "kind").choices
    assert f"`{kind}`" in setting(Store, "kind").means
    assert name in (DOCS / "stores.md").read_text("utf-8")
