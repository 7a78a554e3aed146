"""The kinds of stores, each with its adapter; an adapter is loaded when such a store is opened."""

from importlib import import_module
from typing import NamedTuple, cast

from deskterm.errors import ConfigError
from deskterm.sync.stores.adapter import StoreAccess, StoreAdapter


class _Kind(NamedTuple):
    module: str
    adapter: str


_KINDS = {
    "file": _Kind("file", "FileStore"),
    "shopify": _Kind("shopify.store", "ShopifyStore"),
    "vendure": _Kind("vendure.store", "VendureStore"),
    "woocommerce": _Kind("woocommerce.store", "WooStore"),
}


def open_store(access: StoreAccess) -> StoreAdapter:
    """The adapter for that kind of store. Sends nothing yet. Raises ConfigError for an unknown kind."""
    kind = _KINDS.get(access.store.kind)
    if kind is None:
        raise ConfigError(f"This deskterm reads no store of the kind {access.store.kind}.")
    found = import_module(f"deskterm.sync.stores.{kind.module}")
    return cast("StoreAdapter", getattr(found, kind.adapter)(access))
