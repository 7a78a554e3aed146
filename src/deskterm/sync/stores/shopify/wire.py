"""Querying Shopify: one query at a time, as fast as its rate limit allows."""

import time
from collections.abc import Callable
from typing import TypeVar

import msgspec

from deskterm.domain.text import line
from deskterm.errors import LoginRefused, ServerNonsense, ServerRefused, WireError
from deskterm.sync.line import failures
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.graphql import load_query
from deskterm.sync.stores.http import BodyKind, StoreAnswer, StoreLine
from deskterm.sync.stores.rows import decode
from deskterm.sync.stores.shopify.envelope import ErrorCode, GraphAnswer, GraphError, ThrottleStatus
from deskterm.sync.stores.shopify.token import TokenKeeper, no_shop

VERSION = "2026-07"  # what the queries are checked against; `version` of a store sets another
T = TypeVar("T")
_TRIES = 8  # retries of a throttled query
_LONGEST_WAIT = 60.0  # seconds at once
_PATIENT = 20  # longest Retry-After (seconds) that is waited for here
_UNAUTHORIZED, _NOT_FOUND, _TOO_MANY, _SERVER = 401, 404, 429, 500
_REFUSALS = {
    402: ("the shop is frozen: its plan is not paid", "Pay the plan in Shopify's admin."),
    403: ("this app may not do that", "Give the app its rights in the Dev Dashboard, and install it again."),
    423: ("the shop is locked", "Look into Shopify's admin: Shopify has locked it."),
    430: ("Shopify takes this for an attack", "Wait some hours; if it stays so, ask Shopify's support."),
}


class TooCostly(Exception):
    """A question for more than Shopify answers at once; `share` says how much of it would pass (0 to 1)."""

    def __init__(self, share: float) -> None:
        super().__init__(f"{share:.2f}")
        self.share = share


class NotTaken(failures.Busy):
    """Shopify asks to retry later without running the query: nothing can have happened."""


class ShopifyWire:
    """The line to one shop. A question is the name of a query file, an answer a value of the type asked for.

    `faults` collects what came beside the data: fields that the shop hides, parts that failed. Whoever
    asks takes them from there with `take_faults`.
    """

    def __init__(
        self, access: StoreAccess, wire: StoreLine, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.version = access.store.version or VERSION
        self.answered_by = self.version  # Shopify answers for a retired version with another
        self._wire, self._sleep = wire, sleep
        self._tokens = TokenKeeper(access, wire)
        self._costs: dict[str, float] = {}
        self._bucket: ThrottleStatus | None = None
        self._filled_at = 0.0
        self._faults: list[GraphError] = []

    def ask(self, name: str, kind: type[T], **variables: object) -> T:
        """The data of an answer. Raises WireError; TooCostly where less has to be asked for at once.

        A question is sent again only where Shopify has not looked at it (throttled, a spent token).
        """
        query = load_query("shopify", name)
        body = msgspec.json.encode({"query": query, "variables": variables})
        for _ in range(_TRIES):
            self._wait_for(self._costs.get(name, 0.0))
            envelope = self._post(body)
            self._note_cost(name, envelope)
            if ErrorCode.THROTTLED not in envelope.codes:
                return self._data(envelope, kind)
            self._wait_for(self._costs.get(name, 0.0) or 1.0, least=1.0)
        raise NotTaken(f"{self._wire.host} asks to wait.", safe=failures.KEPT, todo=failures.BY_ITSELF)

    def take_faults(self) -> list[GraphError]:
        """The errors beside data since the last call."""
        found, self._faults = self._faults, []
        return found

    def _data(self, envelope: GraphAnswer, kind: type[T]) -> T:
        self._require_search(envelope)
        if not envelope.has_data:
            raise self._refusal(envelope)
        self._faults += envelope.faults
        try:
            return msgspec.json.decode(envelope.data, type=kind)
        except msgspec.DecodeError as error:
            if envelope.faults:  # a field is null because a permission is missing
                raise self._refusal(envelope) from error
            raise self._other_form(str(error)) from error

    def _require_search(self, envelope: GraphAnswer) -> None:
        """Raise if Shopify ignored a search term, as the answer then contains every order."""
        found = [one.message or one.field for note in envelope.extensions.search for one in note.warnings]
        if found:
            raise self._other_form(f"a search term is passed over: {found[0]}")

    def _refusal(self, envelope: GraphAnswer) -> WireError | TooCostly:
        fault = (envelope.faults or [GraphError(message="no data")])[0]
        words, details = line(fault.message)[:200], fault.extensions
        if details.code == ErrorCode.TOO_COSTLY:
            return TooCostly(details.max_cost / details.cost if details.cost else 0.5)
        if details.code == ErrorCode.DENIED:
            right = line(details.required_access).replace("`", "")[:80]
            return ServerRefused(
                f"{self._wire.host} hides what was asked for: {right or words}",
                safe=failures.KEPT,
                todo="Give the app that right in the Dev Dashboard, and install it again.",
            )
        if details.code in ("", "INTERNAL_SERVER_ERROR", "TIMEOUT") and not fault.path:
            return failures.busy(self._wire.host, words)
        return self._other_form(words)

    def _other_form(self, words: str) -> ServerNonsense:
        other = f", or set `version` of this store to {VERSION}" if self.version != VERSION else ""
        return ServerNonsense(
            f"{self._wire.host} answers in another form than deskterm knows, in version {self.answered_by}: "
            f"{line(words)[:200].rstrip('.')}.",
            safe=failures.KEPT,
            todo=f"See whether there is a newer deskterm{other}.",
        )

    def _post(self, body: bytes) -> GraphAnswer:
        """One request, and another where a token was refused before its time or Shopify did not look."""
        answer = self._send(body)
        if answer.status == _UNAUTHORIZED and self._tokens.is_renewable:
            self._tokens.forget()
            answer = self._send(body)
        if answer.status == _TOO_MANY and 0 < answer.wait <= _PATIENT:
            self._sleep(answer.wait)
            answer = self._send(body)
        self._require_good(answer)
        self.answered_by = answer.headers.get("x-shopify-api-version", self.version)[:20]
        return decode(answer, GraphAnswer)

    def _send(self, body: bytes) -> StoreAnswer:
        head = {
            "Content-Type": "application/json",
            "Accept": "application/json",
            "X-Shopify-Access-Token": self._tokens.token(),
        }
        return self._wire.post(f"admin/api/{self.version}/graphql.json", body, head)

    def _require_good(self, answer: StoreAnswer) -> None:
        host = answer.host
        if answer.status == _TOO_MANY:
            raise NotTaken(
                f"{host} asks to wait.", safe=failures.KEPT, todo=failures.BY_ITSELF, after=answer.wait
            )
        if answer.asks_to_wait or answer.status >= _SERVER:
            raise answer.busy(f"status {answer.status}.")
        if answer.status == _UNAUTHORIZED:
            raise LoginRefused(
                f"{host} no longer takes this store's key.",
                safe=failures.KEPT,
                todo="The app was uninstalled or its key changed: run `deskterm setup` and give it again.",
            )
        if answer.status == _NOT_FOUND:
            raise self._not_found(answer)
        if answer.status in _REFUSALS:
            words, todo = _REFUSALS[answer.status]
            raise ServerRefused(
                f"{host} refuses: {words}.", safe=failures.KEPT, todo=todo, code=answer.status
            )
        if answer.kind is not BodyKind.JSON:
            raise no_shop(answer)

    def _not_found(self, answer: StoreAnswer) -> WireError:
        if answer.kind is not BodyKind.JSON:
            return no_shop(answer)
        return ServerRefused(
            f"{answer.host} knows no interface of version {self.version}.",
            safe=failures.KEPT,
            todo=f"Take `version` out of this store in config.toml (deskterm then uses {VERSION}), and check "
            "`address`.",
            code=_NOT_FOUND,
        )

    def _note_cost(self, name: str, envelope: GraphAnswer) -> None:
        cost = envelope.extensions.cost
        if cost is None:
            return
        if cost.requested_query_cost is not None:
            self._costs[name] = cost.requested_query_cost
        if cost.throttle_status is not None:
            self._bucket, self._filled_at = cost.throttle_status, time.monotonic()

    def _wait_for(self, points: float, least: float = 0.0) -> None:
        """Wait until the shop's bucket holds so many points, by its figures; `least` if it does."""
        wait = 0.0
        if self._bucket is not None and self._bucket.restore_rate > 0:
            passed = time.monotonic() - self._filled_at
            there = self._bucket.currently_available + passed * self._bucket.restore_rate
            needed = min(points, self._bucket.maximum_available)
            wait = (needed - there) / self._bucket.restore_rate
        if (wait := wait if wait > 0 else least) > 0:
            self._sleep(min(wait, _LONGEST_WAIT))
