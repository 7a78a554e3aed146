"""The HTTP connection to a store: requests to one host, with limits. Imports httpx2 at first use.

Requests are never logged: their addresses and headers may contain secrets.
"""

import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import Enum, auto
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self
from urllib.parse import urljoin, urlsplit

from deskterm.config.store import Store
from deskterm.errors import NotTrusted, ServerNonsense, ServerRefused, WireError
from deskterm.sync.line import failures, tls
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    import httpx2

_PATIENCE = 30.0  # seconds for each part of an answer
_CONNECTING = 10.0  # seconds
_WHOLE = 180.0  # seconds for a whole answer, even if it arrives slowly
_MOST_BYTES = 32_000_000  # of one answer; 100 large orders have about one
_MOST_HOPS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PAGES = (b"<!", b"<html", b"<head", b"<body")
_LATER = frozenset({429, 502, 503, 504})


class BodyKind(Enum):
    """The kind of an answer's body, by its first characters."""

    JSON = auto()
    HTML = auto()
    TEXT = auto()  # something else, also where JSON follows it
    EMPTY = auto()


@dataclass(frozen=True, slots=True)
class StoreAnswer:
    """An answer of the store, of any status. Header names are in lower case."""

    host: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> BodyKind:
        """What the body is: servers send HTML and warnings where JSON should be."""
        start = self.body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
        if not start:
            return BodyKind.EMPTY
        if start[:1] in b'{["':
            return BodyKind.JSON
        return BodyKind.HTML if start[:5].lower().startswith(_PAGES) else BodyKind.TEXT

    @property
    def asks_to_wait(self) -> bool:
        """Whether the server asks us to retry later (RFC 9110, 15.6; RFC 6585, 4)."""
        return self.status in _LATER

    @property
    def wait(self) -> int:
        """Seconds that the server asks us to wait, else 0 (RFC 9110, 10.2.3; dates are ignored)."""
        text = self.headers.get("retry-after", "").strip().partition(".")[0]  # Shopify writes `2.0`
        return min(int(text), 86_400) if text.isdecimal() and len(text) < 8 else 0  # noqa: PLR2004

    def busy(self, words: str) -> failures.Busy:
        """A WireError saying that the server asks us to retry later, or fails just now."""
        does = "asks to wait" if self.asks_to_wait else "fails at the moment"
        return failures.Busy(
            f"{self.host} {does}: {words}", safe=failures.KEPT, todo=failures.BY_ITSELF, after=self.wait
        )


class StoreLine:
    """The connection to one store, kept open between requests. A context: leaving it closes it.

    `address` is the shop's, with or without a path; requests name paths below it. Certificates are
    verified as the store's settings say. Redirects are followed within the host only, and never those
    of a POST: what would be done twice is not sent twice.
    """

    def __init__(self, store: Store, address: str = "") -> None:
        self._store = store
        self.address = (address or store.address).rstrip("/")
        parts = urlsplit(self.address)
        self.host = parts.hostname or self.address
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._client: httpx2.Client | None = None

    def get(
        self, path: str, params: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> StoreAnswer:
        """GET a page; returns answers of any status. Raises WireError if no complete answer came."""
        url = self._url(path)
        for _ in range(_MOST_HOPS):
            answer = self._send("GET", url, params, headers, b"")
            if answer.status not in _REDIRECTS:
                return answer
            url, params = self._next_url(url, answer), None
        raise ServerNonsense(
            f"{self.host} sends us in a circle.", safe=failures.KEPT, todo="Check `address` in config.toml."
        )

    def save(self, path: str, into: IO[bytes], most: int) -> None:
        """Download a file of at most `most` bytes into `into`. Raises ServerRefused if it is not there."""
        with self._translate_errors(), self._open().stream("GET", self._url(path)) as answer:
            if answer.status_code >= 300:  # noqa: PLR2004 - neither the file nor a way to it
                raise ServerRefused(
                    f"{self.host} gives no file (status {answer.status_code}).",
                    safe=failures.KEPT,
                    todo=failures.BY_ITSELF,
                    code=answer.status_code,
                )
            for part in answer.iter_bytes():
                into.write(part)
                if into.tell() > most:
                    raise ServerNonsense(f"{self.host} sends a file without end.", safe=failures.KEPT)

    def post(
        self, path: str, body: bytes, headers: Mapping[str, str], params: Mapping[str, str] | None = None
    ) -> StoreAnswer:
        """POST a body. As `get`, but redirects are errors, as the body would be sent twice or lost."""
        return self.send("POST", path, body, headers, params)

    def send(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
    ) -> StoreAnswer:
        """As `post`, with any method (PUT, DELETE)."""
        url = self._url(path)
        answer = self._send(method, url, params, headers, body)
        if answer.status in _REDIRECTS:
            raise self._redirect_error(self._target(url, answer))
        return answer

    def _url(self, path: str) -> str:
        return f"{self.address}/{path.lstrip('/')}" if path else self.address

    def _send(
        self,
        method: str,
        url: str,
        params: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
        body: bytes,
    ) -> StoreAnswer:
        with (
            self._translate_errors(),
            self._open().stream(method, url, params=params, headers=headers, content=body) as answer,
        ):
            read = self._read(answer.iter_bytes())
            return StoreAnswer(self.host, answer.status_code, _lower(answer.headers), read)

    @contextmanager
    def _translate_errors(self) -> Iterator[None]:
        """Turn httpx2's exceptions in the block into WireErrors."""
        import httpx2  # noqa: PLC0415 - 80 ms, only where the wire is

        try:
            yield
        except httpx2.TimeoutException as error:
            raise self._wire_error(TimeoutError()) from error
        except (httpx2.TransportError, httpx2.DecodingError, ssl.SSLError) as error:
            raise self._wire_error(_root(error)) from error
        except httpx2.InvalidURL as error:
            raise failures.nonsense(self.host) from error

    def _open(self) -> "httpx2.Client":
        if self._client is None:
            import httpx2  # noqa: PLC0415 - as above

            encrypted = self.address.startswith("https:")  # plain http is for this machine only
            verify = tls.context(self._store.ca_file, self._store.pin) if encrypted else False
            patience = httpx2.Timeout(_PATIENCE, connect=_CONNECTING)
            self._client = httpx2.Client(verify=verify, timeout=patience, follow_redirects=False)
        return self._client

    def _read(self, parts: Iterator[bytes]) -> bytes:
        until, found, size = time.monotonic() + _WHOLE, [], 0
        for part in parts:
            found.append(part)
            size += len(part)
            if size > _MOST_BYTES:
                raise ServerNonsense(f"{self.host} sends an answer without end.", safe=failures.KEPT)
            if time.monotonic() > until:
                raise self._wire_error(TimeoutError())
        return b"".join(found)

    def _target(self, url: str, answer: StoreAnswer) -> str:
        return urljoin(url, answer.headers.get("location", ""))

    def _next_url(self, url: str, answer: StoreAnswer) -> str:
        target = self._target(url, answer)
        here, there = urlsplit(url), urlsplit(target)
        if (here.scheme, here.netloc) != (there.scheme, there.netloc):
            raise self._redirect_error(target)
        return target

    def _redirect_error(self, target: str) -> ServerRefused:
        there = urlsplit(target)
        return ServerRefused(
            f"{self.host} sends us on to {there.scheme}://{there.netloc}{there.path[:60]}.",
            safe="The key was not given to that address.",
            todo="If that is your shop, write its address as `address` of this store in config.toml.",
        )

    def _wire_error(self, error: Exception) -> WireError:
        found = failures.in_words(error, self.host, self._port)
        if isinstance(found, NotTrusted):
            return NotTrusted(
                found.what,
                safe="The key was not sent.",
                todo="Tell the shop's host. If it is your own server, name its authority as `ca_file` or its "
                "certificate as `pin` of this store in config.toml.",
                seen=found.seen,
            )
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def _lower(headers: "httpx2.Headers") -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _root(error: BaseException) -> Exception:
    """The original error that the libraries wrapped: that of the socket or TLS, else a lost connection."""
    found: BaseException | None = error
    while found is not None:
        if isinstance(found, OSError):
            return found
        found = found.__cause__ or found.__context__
    return ConnectionError()
