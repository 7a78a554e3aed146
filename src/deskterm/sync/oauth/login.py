"""Logging in by OAuth2, once: Google in a browser that comes back to us, Microsoft by a code."""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

from deskterm.config.all_settings import Mailbox
from deskterm.config.secret.tokens import Tokens
from deskterm.domain.text import line
from deskterm.errors import LoginRefused, NotNow
from deskterm.sync.line import failures
from deskterm.sync.oauth.tokens import ISSUERS, Answer, ask, merge_tokens, refusal_error, require_grant

PATIENCE = 600.0  # seconds the owner may take in the browser
_SLOWER = 5  # seconds, RFC 8628, 3.5
_CODE = "urn:ietf:params:oauth:grant-type:device_code"
_DONE = b"deskterm has what it needs. You may close this page."


def in_browser(
    mailbox: Mailbox,
    client_secret: str,
    show: Callable[[str], None],
    stopped: Callable[[], bool] = lambda: False,
) -> Tokens:
    """Have the owner log in at the address given to `show`, in a browser on this machine.

    The address is a short one of our own that leads on to the issuer's. Waits for the browser to
    come back (RFC 8252, 7.3), with proof that it is our own question that is answered (state, and
    PKCE, RFC 7636). NotNow once `stopped` says so.
    """
    issuer = ISSUERS[mailbox.oauth]
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(64)
    with _RedirectServer(state) as back:
        asked = {
            "client_id": mailbox.client_id,
            "redirect_uri": back.address,
            "response_type": "code",
            "scope": issuer.scope,
            "state": state,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
            "login_hint": mailbox.login,
            "access_type": "offline",
            "prompt": "consent",
        }
        show(back.short_address(f"{issuer.authorize}?{urlencode(asked)}"))
        code = back.code(stopped)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back.address,
        "client_id": mailbox.client_id,
        "client_secret": client_secret,
        "code_verifier": verifier,
    }
    before = Tokens("", since=int(time.time()), client_secret=client_secret)
    return merge_tokens(mailbox, require_grant(mailbox, *ask(issuer.token, form)), before)


def by_code(
    mailbox: Mailbox, show: Callable[[str, str], None], pause: Callable[[float], object] = time.sleep
) -> Tokens:
    """Have the owner type a code at an address, both given to `show`, on any machine (RFC 8628).

    `pause` waits for that many seconds; NotNow once it gives something true.
    """
    issuer = ISSUERS[mailbox.oauth]
    form = {"client_id": mailbox.client_id, "scope": issuer.scope}
    begun = require_grant(mailbox, *ask(issuer.device.format(tenant=mailbox.tenant), form))
    try:
        code, where = line(str(begun["user_code"])), line(str(begun["verification_uri"]))
        form = {"grant_type": _CODE, "client_id": mailbox.client_id, "device_code": str(begun["device_code"])}
        wait, left = int(str(begun.get("interval", _SLOWER))), int(str(begun.get("expires_in", 900)))
    except (KeyError, ValueError) as error:
        raise failures.nonsense(urlsplit(issuer.device).hostname or "") from error
    show(code, where)
    while left > 0:
        if pause(wait):
            raise _given_up()
        left -= max(1, wait)
        host, status, answer = ask(issuer.token.format(tenant=mailbox.tenant), form)
        match answer.get("error"):
            case None:
                require_grant(mailbox, host, status, answer)
                return merge_tokens(mailbox, answer, Tokens("", since=int(time.time())))
            case "slow_down":
                wait += _SLOWER
            case "authorization_pending":
                pass
            case _:
                raise _not_allowed(mailbox, host, status, answer)
    raise NotNow("The code was not typed in time.", todo=f"Run `deskterm login {mailbox.name}` again.")


def _given_up() -> NotNow:
    return NotNow("The login was given up.", safe="Nothing was changed.")


def _not_allowed(mailbox: Mailbox, host: str, status: int, answer: Answer) -> Exception:
    if answer["error"] in ("access_denied", "authorization_declined", "expired_token"):
        return NotNow(
            "The login was not allowed, or the code was too old.",
            todo=f"Run `deskterm login {mailbox.name}` again.",
        )
    return refusal_error(mailbox, host, status, answer)


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class _RedirectServer:
    """A loopback server that accepts the browser's redirect with our `state`."""

    def __init__(self, state: str) -> None:
        self._state = state
        self._found: dict[str, str] = {}
        self._begin, self._issuer = "", ""
        self._server = HTTPServer(("127.0.0.1", 0), self._handler())
        self._server.timeout = 1.0
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()

    def short_address(self, issuer: str) -> str:
        """An address short enough to be typed that leads to that one; nobody else's guess finds it."""
        self._begin, self._issuer = f"/{secrets.token_urlsafe(6)}", issuer
        return self.address + self._begin

    def code(self, stopped: Callable[[], bool]) -> str:
        """Wait for the code. Raises NotNow if it does not come, LoginRefused if the owner declined."""
        until = time.monotonic() + PATIENCE
        while not self._found and time.monotonic() < until:
            if stopped():
                raise _given_up()
            self._server.handle_request()
        if "code" in self._found:
            return self._found["code"]
        if "error" in self._found:
            raise LoginRefused(
                f"The login was not allowed ({line(self._found['error'])[:100]}).",
                todo="Run `deskterm login` again.",
            )
        raise NotNow("Nobody logged in.", todo="Run `deskterm login` again and open the address it shows.")

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        back = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 5.0

            def do_GET(self) -> None:
                if back._begin and secrets.compare_digest(self.path.encode(), back._begin.encode()):
                    self.send_response(302)
                    self.send_header("Location", back._issuer)
                    self.end_headers()
                    return
                query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
                ours = secrets.compare_digest(query.get("state", "").encode(), back._state.encode())
                self.send_response(200 if ours else 404)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.end_headers()
                if ours:
                    self.wfile.write(_DONE)
                    back._found = query

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
                """Log nothing, because the request contains the code."""

        return Handler
