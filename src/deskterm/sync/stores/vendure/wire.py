"""Querying Vendure's Admin API, with a session (user and password) or an API key."""

from typing import TypeVar

import msgspec
from msgspec import Struct, field

from deskterm.domain.text import line
from deskterm.errors import LoginRefused, ServerNonsense, ServerRefused, WireError
from deskterm.sync.line import failures
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.graphql import Answered, load_query
from deskterm.sync.stores.http import BodyKind, StoreAnswer, StoreLine
from deskterm.sync.stores.rows import decode

T = TypeVar("T")
_PATH = "admin-api"
_SESSION = "vendure-auth-token"
_SERVER = 500


class Forbidden(ServerRefused):
    """The user's role does not allow what was asked: nothing was done."""


class VendureErrorCode(Struct):
    """Why Vendure did not answer."""

    code: str = ""


class VendureError(Struct):
    """An error beside the data or instead of it."""

    message: str = ""
    extensions: VendureErrorCode = field(default_factory=VendureErrorCode)


class VendureAnswer(Struct):
    """A whole answer. Vendure uses status 200 for refusals, too."""

    data: msgspec.Raw = msgspec.Raw(b"null")
    errors: tuple[VendureError, ...] = ()

    @property
    def is_forbidden(self) -> bool:
        """Whether the session has ended or lacks a permission: Vendure's error is the same."""
        return any(one.extensions.code == "FORBIDDEN" for one in self.errors)


class ResultRow(Answered):
    """The result of a mutation: an object of the type wanted, or one of Vendure's error results."""

    typename: str = field(default="", name="__typename")
    id: str = ""
    state: str = ""
    error_code: str = ""
    message: str = ""
    transition_error: str = ""

    @property
    def words(self) -> str:
        """Vendure's reason, as a safe line."""
        return line(self.transition_error or self.message or self.error_code)[:300]


class _LoginAnswer(Answered):
    login: ResultRow


class VendureWire:
    """The connection to one Vendure server."""

    def __init__(self, access: StoreAccess, wire: StoreLine) -> None:
        self._access, self._wire = access, wire
        path = "" if access.store.address.rstrip("/").endswith(_PATH) else _PATH
        self._path = path
        self._session = ""

    def ask(self, name: str, kind: type[T], **variables: object) -> T:
        """Run a query; returns its data. Logs in again once if the session has ended. Raises WireError."""
        answer = self._post(name, variables, self._head())
        if answer.is_forbidden and self._access.store.key:
            self._begin()
            answer = self._post(name, variables, self._head())
        if answer.is_forbidden:
            raise self._forbidden()
        if answer.errors:
            raise self._refusal(answer)
        try:
            return msgspec.json.decode(answer.data, type=kind)
        except msgspec.DecodeError as error:
            raise self._other_form(str(error)) from error

    def _head(self) -> dict[str, str]:
        if not self._access.store.key:
            return {"vendure-api-key": self._access.secret()}
        self._session = self._session or self._access.kept()
        return {"Authorization": f"Bearer {self._session}"} if self._session else {}

    def _begin(self) -> None:
        """Log in and keep the session for the next time."""
        variables = {"user": self._access.store.key, "password": self._access.secret()}
        sent, answer = self._send("login", variables, {})
        found = msgspec.json.decode(answer.data, type=_LoginAnswer | None) if answer.data else None
        if found is None or found.login.error_code or _SESSION not in sent.headers:
            words = found.login.words if found else "no session"
            raise LoginRefused(
                f"{sent.host} refuses the name or the password: {words}.",
                safe=failures.KEPT,
                todo="Run `deskterm setup` and give them again. The server must allow bearer tokens.",
            )
        self._session = sent.headers[_SESSION]
        self._access.keep(self._session)

    def _post(self, name: str, variables: dict[str, object], head: dict[str, str]) -> VendureAnswer:
        return self._send(name, variables, head)[1]

    def _send(
        self, name: str, variables: dict[str, object] | dict[str, str], head: dict[str, str]
    ) -> tuple[StoreAnswer, VendureAnswer]:
        body = msgspec.json.encode({"query": load_query("vendure", name), "variables": variables})
        head = {"Content-Type": "application/json", "Accept": "application/json", **head}
        answer = self._wire.post(self._path, body, head)
        if answer.asks_to_wait or answer.status >= _SERVER:
            raise answer.busy(f"status {answer.status}.")
        if answer.kind is not BodyKind.JSON:
            raise ServerNonsense(
                f"{answer.host} answers like a website, not like Vendure (status {answer.status}).",
                safe=failures.KEPT,
                todo="`address` is where `/admin-api` is found below.",
            )
        return answer, decode(answer, VendureAnswer)

    def _forbidden(self) -> WireError:
        if not self._access.store.key:
            return LoginRefused(
                f"{self._wire.host} refuses the API key, or it lacks a permission.",
                safe=failures.KEPT,
                todo="Look at the key's roles in Vendure (it needs ReadOrder), or run `deskterm setup`.",
            )
        return Forbidden(
            f"{self._wire.host} does not allow that to {line(self._access.store.key)}.",
            safe=failures.KEPT,
            todo="Give this user a role with ReadOrder (and UpdateOrder, to act) in Vendure.",
        )

    def _refusal(self, answer: VendureAnswer) -> WireError:
        words = line(answer.errors[0].message)[:200]
        if answer.errors[0].extensions.code == "INTERNAL_SERVER_ERROR":
            return failures.busy(self._wire.host, words)
        return self._other_form(words)

    def _other_form(self, words: str) -> ServerNonsense:
        return ServerNonsense(
            f"{self._wire.host} answers in another form than deskterm knows: {line(words)[:200]}.",
            safe=failures.KEPT,
            todo="deskterm speaks with Vendure 3; see whether there is a newer deskterm.",
        )
