"""Requests to a WooCommerce store: authentication, and what its refusals mean.

The key goes in the header (Basic), which WooCommerce accepts only if PHP sees https. Behind a proxy it often
does not: then requests are signed (OAuth 1.0a, RFC 5849), and neither way puts the secret into an address.
"""

import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Mapping
from enum import Enum, auto
from urllib.parse import quote, urlsplit, urlunsplit

import msgspec

from deskterm.config.store import Store
from deskterm.domain.text import line
from deskterm.errors import LoginRefused, NotFound, ServerNonsense, ServerRefused, WireError
from deskterm.sync.line import failures
from deskterm.sync.stores import rows
from deskterm.sync.stores.http import BodyKind, StoreAnswer, StoreLine
from deskterm.sync.stores.woocommerce.rows import WooError, WooSite

API = "wp-json/wc/v3"
_NOT_SEEN = frozenset(
    {"woocommerce_rest_cannot_view", "woocommerce_rest_cannot_create", "woocommerce_rest_cannot_edit"}
)
_WRONG_KEY = "woocommerce_rest_authentication_error"
_GONE = 404
_THEIRS = 500
_SIGNED_FOR = 900  # seconds for which WooCommerce accepts a signature
_REFUSES = 400


class Signing(Enum):
    """How requests are signed."""

    BASIC = auto()
    OAUTH = auto()


class WooLine:
    """The connection to one store. `secret` is called once, at the first request."""

    def __init__(self, store: Store, secret: Callable[[], str]) -> None:
        self.line = StoreLine(store)
        self._key = store.key
        self._ask_secret = secret
        self._secret = ""
        self._signing = Signing.BASIC
        self._site = ""  # the address that signatures are made over

    def get(self, path: str, params: Mapping[str, str] | None = None) -> StoreAnswer:
        """A page below `wc/v3`. Raises the error for a refusal; NotFound if it does not exist."""
        asked = dict(params or {})
        answer = self._send_signed(path, asked)
        if self._signing is Signing.BASIC and error_of(answer).code in _NOT_SEEN:
            answer = self._try_signatures(path, asked, answer)
        if answer.status < _REFUSES and answer.kind is BodyKind.JSON:
            return answer
        raise self._refusal(answer)

    def change(self, method: str, path: str, body: bytes, api: str = API) -> StoreAnswer:
        """Send a change once, authenticated as the last page was; returns any answer.

        Raises WireError if none came: it may have happened.
        """
        self._secret = self._secret or self._ask_secret()
        target = f"{api}/{path}"
        head = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._signing is Signing.BASIC:
            return self.line.send(method, target, body, {**head, **self._basic()})
        signed = sign(f"{self._site}/{target}", {}, self._key, self._secret, method)
        return self.line.send(method, target, body, head, signed)

    def site(self) -> WooSite:
        """The site's description of itself, read without a key."""
        answer = self.line.get("wp-json/")
        if answer.status < _REFUSES and answer.kind is BodyKind.JSON:
            return rows.decode(answer, WooSite)
        raise self._refusal(answer)

    def _send_signed(self, path: str, params: dict[str, str]) -> StoreAnswer:
        self._secret = self._secret or self._ask_secret()
        target = f"{API}/{path}"
        if self._signing is Signing.BASIC:
            return self.line.get(target, params, self._basic())
        signed = sign(f"{self._site}/{target}", params, self._key, self._secret)
        return self.line.get(target, signed)

    def _basic(self) -> dict[str, str]:
        pair = base64.b64encode(f"{self._key}:{self._secret}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}

    def _try_signatures(self, path: str, params: dict[str, str], refused: StoreAnswer) -> StoreAnswer:
        """Retry with signatures over the site's own address, in two forms; returns the answer."""
        self._signing = Signing.OAUTH
        for site in self._site_addresses():
            self._site = site
            answer = self._send_signed(path, params)
            if error_of(answer).code not in {_WRONG_KEY, *_NOT_SEEN}:
                return answer
            refused = answer
        self._signing = Signing.BASIC
        return refused

    def _site_addresses(self) -> list[str]:
        site = self.site()
        found = [site.home or site.url, site.url, self.line.address]
        plain = [urlunsplit(("http", *urlsplit(one)[1:])) for one in found if one]
        return list(dict.fromkeys(one.rstrip("/") for one in (*found, *plain) if one))

    def _refusal(self, answer: StoreAnswer) -> WireError | NotFound:
        if answer.kind is not BodyKind.JSON:
            return self._no_json(answer)
        error = error_of(answer)
        words = line(error.message)[:200]
        if answer.asks_to_wait:
            return answer.busy(words or f"status {answer.status}.")
        match error.code:
            case code if code in _NOT_SEEN:
                found: WireError | NotFound = _unknown_key(answer.host)
            case code if code == _WRONG_KEY and self._site and _clocks_differ(answer):  # it was signed
                found = _other_clock(answer.host)
            case code if code == _WRONG_KEY:
                found = _wrong_key(answer.host, words)
            case "rest_no_route":
                found = _plugin_off(answer.host)
            case _ if answer.status == _GONE:
                found = NotFound(f"{answer.host} has that no longer.")
            case _:
                found = ServerRefused(
                    f"{answer.host} answers: {words or error.code or answer.status}",
                    safe=failures.KEPT, todo=failures.BY_ITSELF, code=answer.status,
                )  # fmt: skip
        return found

    def _no_json(self, answer: StoreAnswer) -> WireError:
        """The error for an answer that is not JSON, from WordPress, a plugin or a firewall."""
        host = answer.host
        if answer.asks_to_wait:
            maintenance = "it is in maintenance." if answer.status == 503 else f"status {answer.status}."  # noqa: PLR2004
            return answer.busy(maintenance)
        if answer.kind is BodyKind.HTML and answer.status == _GONE:
            return self._no_interface(host)
        if answer.status >= _THEIRS:
            return ServerRefused(
                f"{host} fails with a critical error (status {answer.status}).",
                safe=failures.KEPT,
                todo="Open the shop in a browser: a plugin or an update broke it. " + failures.BY_ITSELF,
                code=answer.status,
            )
        return _not_json(answer)

    def _no_interface(self, host: str) -> WireError:
        """The error for an HTML 404: plain permalinks hide the API, or it is not WordPress."""
        plain = self.line.get("", {"rest_route": "/"})
        if plain.kind is BodyKind.JSON:
            return ServerRefused(
                f"{host} uses plain permalinks: its interface takes no key then.",
                safe=failures.KEPT,
                todo='In WordPress, choose any other under Settings, Permalinks, as "Post name".',
                code=_GONE,
            )
        return ServerRefused(
            f"{host} has no WordPress interface at this address.",
            safe=failures.KEPT,
            todo="Check `address` in config.toml: with WordPress in a folder it is part of it. "
            "A security plugin may have switched the interface off.",
            code=_GONE,
        )


def sign(url: str, params: Mapping[str, str], key: str, secret: str, method: str = "GET") -> dict[str, str]:
    """The parameters with those of OAuth 1.0a, one-legged, HMAC-SHA256 (RFC 5849, 3.4)."""
    asked = {
        **params,
        "oauth_consumer_key": key,
        "oauth_nonce": secrets.token_hex(16),
        "oauth_signature_method": "HMAC-SHA256",
        "oauth_timestamp": str(int(time.time())),
    }
    pairs = sorted((_escape(name), _escape(value)) for name, value in asked.items())
    base = "&".join((method, _escape(url), _escape("&".join(f"{name}={value}" for name, value in pairs))))
    digest = hmac.new(f"{secret}&".encode(), base.encode(), hashlib.sha256).digest()
    return {**asked, "oauth_signature": base64.b64encode(digest).decode()}


def _escape(text: str) -> str:
    return quote(text, safe="~")


def error_of(answer: StoreAnswer) -> WooError:
    """The error in an answer; an empty one if it has none."""
    if answer.status < _REFUSES or answer.kind is not BodyKind.JSON:
        return WooError()
    try:
        return msgspec.json.decode(answer.body.lstrip(b"\xef\xbb\xbf"), type=WooError)
    except (msgspec.DecodeError, RecursionError):
        return WooError()


def _unknown_key(host: str) -> LoginRefused:
    return LoginRefused(
        f"{host} does not take the key: it is wrong, was taken back, or never reaches WooCommerce.",
        safe=failures.KEPT,
        todo="Compare it with WooCommerce, Settings, Advanced, REST API. If it is the same, ask the shop's "
        "host whether `Authorization` headers are passed on to PHP.",
    )


def _wrong_key(host: str, words: str) -> LoginRefused:
    return LoginRefused(
        f"{host} refuses the key: {words}",
        safe=failures.KEPT,
        todo="Make a key under WooCommerce, Settings, Advanced, REST API, and run `deskterm setup`.",
    )


def _clocks_differ(answer: StoreAnswer) -> bool:
    """Whether the server's clock and ours differ too much for signatures."""
    from email.utils import mktime_tz, parsedate_tz  # noqa: PLC0415 - only for what is wrong

    date = parsedate_tz(answer.headers.get("date", ""))
    return date is not None and abs(mktime_tz(date) - time.time()) > _SIGNED_FOR


def _other_clock(host: str) -> LoginRefused:
    return LoginRefused(
        f"The clocks of {host} and of this machine differ by more than {_SIGNED_FOR // 60} minutes: "
        "it refuses what is signed.",
        safe=failures.KEPT,
        todo="Set this machine's clock; if it is right, tell the shop's host.",
    )


def _plugin_off(host: str) -> ServerRefused:
    return ServerRefused(
        f"{host} is WordPress, but WooCommerce is not switched on.",
        safe=failures.KEPT,
        todo="Switch the plugin on in WordPress, Plugins; or check `address` in config.toml.",
        code=_GONE,
    )


def _not_json(answer: StoreAnswer) -> ServerNonsense:
    if answer.kind is BodyKind.EMPTY:
        return ServerNonsense(
            f"{answer.host} answers with nothing (status {answer.status}).",
            safe=failures.KEPT, todo=failures.BY_ITSELF,
        )  # fmt: skip
    if answer.kind is BodyKind.TEXT and any(sign in answer.body for sign in (b"{", b"[")):
        return ServerNonsense(
            f"{answer.host} writes other text before its answer: {_first_words(answer.body)}",
            safe=failures.KEPT,
            todo="A plugin or theme prints warnings: set WP_DEBUG_DISPLAY to false.",
        )
    return ServerNonsense(
        f"{answer.host} answers with a text (status {answer.status}): {_first_words(answer.body)}",
        safe=failures.KEPT,
        todo="A firewall or a security plugin stands before the shop: let it pass requests to /wp-json/wc/.",
    )


def _first_words(body: bytes) -> str:
    """The first words of a page or warning, without tags."""
    import re  # noqa: PLC0415 - only for what is wrong

    text = body[:2000].decode("utf-8", "replace")
    bare = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", text, flags=re.DOTALL)
    return line(" ".join(bare.split()))[:100]
