"""Access tokens for Shopify.

An app of the Dev Dashboard has a client id and a secret, for which Shopify gives a token of 24 hours
(OAuth 2.0 client credentials, RFC 6749, 4.4). An app made in the shop's admin before 2026 has one
token (`shpat_…`) for good.
"""

from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from deskterm.domain.text import line
from deskterm.errors import LoginRefused, ServerNonsense
from deskterm.sync.line import failures
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.http import BodyKind, StoreAnswer, StoreLine
from deskterm.sync.stores.rows import decode

_SPARE = 300  # seconds for which a token must still be valid to be used
_FOR_GOOD = "shpat_"
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
_REFUSED = 400


class KeptToken(Struct, frozen=True):
    """A token kept between passes: whose it is and when it expires (UTC seconds)."""

    client: str
    token: str
    until: int


class _Grant(Struct, frozen=True):
    access_token: str = ""
    expires_in: int = 0
    error: str = ""
    error_description: str = ""


class TokenKeeper:
    """Supplies the token for a store; requests a new one if the old has expired or was refused."""

    def __init__(self, access: StoreAccess, wire: StoreLine) -> None:
        self._access, self._wire = access, wire
        self._known: KeptToken | None = None

    @property
    def is_renewable(self) -> bool:
        """Whether new tokens can be requested."""
        return bool(self._access.store.key) and not self._access.secret().startswith(_FOR_GOOD)

    def token(self) -> str:
        """The current token. Raises LoginRefused if Shopify gives none, SecretError without a key."""
        if not self.is_renewable:
            return self._access.secret()
        kept = self._known or self._read()
        if kept is None or not self._holds(kept):
            kept = self._ask()
        self._known = kept
        return kept.token

    def forget(self) -> None:
        """Drop a token that Shopify refused before it expired: the secret may have changed."""
        self._known = None
        self._access.keep("")

    def _holds(self, kept: KeptToken) -> bool:
        return kept.client == self._access.store.key and kept.until - self._access.now >= _SPARE

    def _read(self) -> KeptToken | None:
        try:
            return msgspec.json.decode(self._access.kept() or "null", type=KeptToken | None)
        except msgspec.DecodeError:
            return None

    def _ask(self) -> KeptToken:
        store = self._access.store
        form = {
            "grant_type": "client_credentials",
            "client_id": store.key,
            "client_secret": self._access.secret(),
        }
        answer = self._wire.post("admin/oauth/access_token", urlencode(form).encode(), _FORM)
        grant = self._require_grant(answer)
        until = self._access.now + max(grant.expires_in, 0)
        kept = KeptToken(store.key, grant.access_token, until)
        self._access.keep(msgspec.json.encode(kept).decode())
        return kept

    def _require_grant(self, answer: StoreAnswer) -> _Grant:
        if answer.asks_to_wait or answer.status >= 500:  # noqa: PLR2004 - a server's own trouble
            raise answer.busy(f"status {answer.status}.")
        if answer.kind is not BodyKind.JSON:
            raise no_shop(answer)
        grant = decode(answer, _Grant)
        if answer.status >= _REFUSED or not grant.access_token:
            words = line(f"{grant.error}: {grant.error_description}".strip(": ."))[:200]
            raise LoginRefused(
                f"{answer.host} gives no token for this client id: {words or f'status {answer.status}'}.",
                safe=failures.KEPT,
                todo="Run `deskterm setup` and give id and secret again. The app must be installed in this "
                "shop, and be of the same organisation.",
            )
        return grant


def no_shop(answer: StoreAnswer) -> ServerNonsense:
    """There is something at the address, but it does not answer as a shop of Shopify's."""
    return ServerNonsense(
        f"{answer.host} answers like a website, not like a shop's interface (status {answer.status}).",
        safe=failures.KEPT,
        todo='`address` is the one that ends in .myshopify.com: "https://your-shop.myshopify.com".',
    )
