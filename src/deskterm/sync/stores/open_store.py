"""Opens a store with the adapter of its kind, which is imported only then."""

from importlib import import_module
from typing import cast

from deskterm.config.store_kinds import STORE_KINDS
from deskterm.errors import ConfigError
from deskterm.sync.stores.adapter import StoreAccess, StoreAdapter


def open_store(access: StoreAccess) -> StoreAdapter:
    """The adapter for that kind of store. Sends nothing yet. Raises ConfigError for an unknown kind."""
    kind = STORE_KINDS.get(access.store.kind)
    if kind is None:
        raise ConfigError(f"This deskterm reads no store of the kind {access.store.kind}.")
    module, _, adapter = kind.adapter.rpartition(".")
    found = import_module(f"deskterm.sync.stores.{module}")
    return cast("StoreAdapter", getattr(found, adapter)(access))
