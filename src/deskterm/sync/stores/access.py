"""Opening adapters with what they need from settings and secrets."""

from zoneinfo import ZoneInfo

from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings, Store
from deskterm.errors import SecretError
from deskterm.sync.stores.adapter import StoreAccess


def store_access(store: Store, settings: Settings, secrets: Secrets, now: int) -> StoreAccess:
    """Build the StoreAccess for a store at `now` (UTC seconds)."""
    return StoreAccess(
        store,
        ZoneInfo(settings.shop.zone),
        now,
        secret=lambda: secrets.secret(store.key_secret),
        kept=lambda: _token(store, secrets),
        keep=lambda token: _keep_token(store, secrets, token),
    )


def _token(store: Store, secrets: Secrets) -> str:
    """The token kept from last time; "" if there is none, so that the store is asked for a new one."""
    if store.secret == "command":
        return ""
    try:
        return secrets.secret(store.token)
    except SecretError:
        return ""


def _keep_token(store: Store, secrets: Secrets, token: str) -> None:
    """Keep a token for the next process; not if a command supplies secrets, then each process asks again."""
    if store.secret != "command":
        secrets.keep(store.token, token)
