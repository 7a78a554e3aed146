"""OAuth2: token endpoints, and refreshing a token (RFC 6749, 6; RFC 8628; RFC 7636)."""

import time
from dataclasses import replace
from urllib.parse import urlsplit

from deskterm.config.all_settings import Mailbox
from deskterm.config.secret.tokens import Tokens
from deskterm.domain.text import line
from deskterm.errors import LoginRefused, ServerNonsense, WireError
from deskterm.sync.line import failures
from deskterm.value_class import dataclass

Answer = dict[str, object]
_MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0"
_OUTLOOK = "https://outlook.office.com"
_LOST = frozenset({"invalid_grant", "interaction_required", "consent_required", "login_required"})
_PASSING = frozenset({"temporarily_unavailable", "server_error", "slow_down"})
_TOO_MANY, _THEIRS = 429, 500


@dataclass(frozen=True, slots=True)
class Issuer:
    """A token provider: its token endpoint and scope, and where the owner logs in, by browser or by code."""

    token: str
    scope: str
    authorize: str = ""
    device: str = ""


ISSUERS = {
    "google": Issuer(
        token="https://oauth2.googleapis.com/token",  # noqa: S106 - an address
        scope="https://mail.google.com/",
        authorize="https://accounts.google.com/o/oauth2/v2/auth",
    ),
    "microsoft": Issuer(
        token=f"{_MICROSOFT}/token",
        scope=f"{_OUTLOOK}/IMAP.AccessAsUser.All {_OUTLOOK}/SMTP.Send offline_access",
        device=f"{_MICROSOFT}/devicecode",
    ),
}


def renew(mailbox: Mailbox, login: Tokens) -> Tokens:
    """The login with a new access token, and the new refresh token where the issuer changes it each time.

    LoginRefused when the owner has to log in again, else a WireError that passes.
    """
    issuer = ISSUERS[mailbox.oauth]
    form = {
        "grant_type": "refresh_token",
        "refresh_token": login.refresh,
        "client_id": mailbox.client_id,
        **({"client_secret": login.client_secret} if login.client_secret else {}),
    }
    answer = require_grant(mailbox, *ask(issuer.token.format(tenant=mailbox.tenant), form))
    return merge_tokens(mailbox, answer, login)


def ask(url: str, form: dict[str, str]) -> tuple[str, int, Answer]:
    """Post a form; returns the host, the status and the JSON that came. Raises WireError."""
    import httpx2  # noqa: PLC0415 - 80 ms, only for who uses tokens

    host = urlsplit(url).hostname or url
    try:
        response = httpx2.post(url, data=form, timeout=30.0, headers={"Accept": "application/json"})
        answer = response.json()
    except httpx2.TimeoutException as error:
        raise failures.in_words(TimeoutError(), host, 443) from error
    except httpx2.TransportError as error:
        raise failures.connection_lost(host) from error
    except ValueError as error:
        if response.status_code >= _THEIRS or response.status_code == _TOO_MANY:
            raise failures.busy(host, f"status {response.status_code}") from error
        raise failures.nonsense(host) from error
    if not isinstance(answer, dict):
        raise failures.nonsense(host)
    return host, response.status_code, answer


def require_grant(mailbox: Mailbox, host: str, status: int, answer: Answer) -> Answer:
    """The answer if it grants a token; otherwise raises the error for its code."""
    if "error" not in answer and status < 400:  # noqa: PLR2004 - from here on it refuses
        return answer
    raise refusal_error(mailbox, host, status, answer)


def refusal_error(mailbox: Mailbox, host: str, status: int, answer: Answer) -> WireError:
    """The error for an answer that grants nothing."""
    code = str(answer.get("error", f"status {status}"))
    words = line(f"{code}: {answer.get('error_description', '')}"[:300]).strip(": ")
    if code in _PASSING or status == _TOO_MANY or status >= _THEIRS:
        return failures.busy(host, words)
    again = f"run `deskterm login {mailbox.name}`."
    if code in _LOST:
        what = f"{host} no longer takes our login: {words}"
        return LoginRefused(what, safe=failures.KEPT, todo=f"R{again[1:]}")
    todo = f"Check `client_id` and `tenant` in config.toml, then {again}"
    return LoginRefused(f"{host} refuses: {words}", safe=failures.KEPT, todo=todo)


def merge_tokens(mailbox: Mailbox, answer: Answer, before: Tokens) -> Tokens:
    """The tokens of an answer that grants some; those it does not change are kept."""
    access, lasts = answer.get("access_token"), answer.get("expires_in", 3600)
    refresh = answer.get("refresh_token", before.refresh)
    good = isinstance(access, str) and isinstance(refresh, str) and isinstance(lasts, int | float | str)
    if not good or not access or not refresh or not str(lasts).replace(".", "", 1).isdigit():
        raise ServerNonsense(
            f"The issuer of the tokens of {mailbox.name} gave none.",
            todo=f"Run `deskterm login {mailbox.name}` again.",
        )
    until = int(time.time()) + int(float(str(lasts)))
    return replace(before, access=str(access), refresh=str(refresh), until=until)
