"""Translating errors of connections into WireErrors with words for the owner."""

import imaplib
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from deskterm.domain.text import line
from deskterm.errors import (
    DesktermError,
    LoginRefused,
    NotEncrypted,
    NotTrusted,
    Offline,
    ServerNonsense,
    ServerRefused,
    WireError,
)
from deskterm.sync.line.tls import NotPinned

KEPT = "Everything read before is kept."
BY_ITSELF = "deskterm tries again by itself."
_LATER = (
    "[UNAVAILABLE]",
    "[INUSE]",
    "[LIMIT]",
    "THROTTLED",
    "TOO MANY",
    "BANDWIDTH LIMIT",
    "BACKOFF",
)  # RFC 5530, and what large hosts say
_OWN_WORDS = re.compile(
    r"^$|socket error|EOF|TLS connection|unexpected|illegal in state|Got more", re.IGNORECASE
)
_NONSENSE = (
    ValueError,
    LookupError,
    RecursionError,
    OverflowError,
    TypeError,
    AttributeError,
    AssertionError,
)


@contextmanager
def translate_error(host: str, port: int) -> Iterator[None]:
    """Turn what sockets, TLS and imaplib raise into the WireError that fits.

    To be put around calls of the wire's libraries only: a ValueError in there
    means that the server's answer could not be understood.
    """
    try:
        yield
    except DesktermError:
        raise
    except (OSError, imaplib.IMAP4.error) as error:
        raise in_words(error, host, port) from error
    except _NONSENSE as error:
        raise nonsense(host) from error


def nonsense(host: str) -> ServerNonsense:
    """The error for a server that broke the protocol."""
    return ServerNonsense(
        f"{host} gave an answer that makes no sense.", safe=KEPT, todo="Try again; then ask the mail host."
    )


def in_words(error: Exception, host: str, port: int) -> WireError:
    """The WireError for an OSError or an imaplib error."""
    match error:
        case ssl.SSLError() if not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
            return _tls(error, host, port)
        case socket.gaierror():
            return _unknown(error, host)
        case TimeoutError():
            return Offline(f"{host} does not answer.", safe=KEPT, todo=BY_ITSELF)
        case ConnectionRefusedError():
            return Offline(
                f"Nothing listens at {host}, port {port}.",
                safe=KEPT,
                todo=f"Check the name and the port in config.toml; {BY_ITSELF}",
            )
        case imaplib.IMAP4.error():
            return _from_imap(error, host)
    return connection_lost(host)


def connection_lost(host: str, words: str = "") -> Offline:
    """The error for a broken connection; `words` are the server's BYE, if any."""
    what = f"{host} ended the connection: {words}" if words else f"The connection to {host} was lost."
    return Offline(what, safe=KEPT, todo=BY_ITSELF)


def server_words(words: object) -> str:
    """A server's words, from bytes or from a library's error, as a safe line."""
    if isinstance(words, BaseException):
        words = words.args[0] if words.args else ""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    quoted = re.fullmatch(r"""b(['"])(.*)\1""", text)  # the libraries print bytes as Python does
    return line(quoted[2] if quoted else text)[:300].strip()


def login_refused(host: str, words: str, *, app_passwords: str = "") -> WireError:
    """The error for a refused login, or for a busy server (by its response code, RFC 5530)."""
    if any(code in words.upper() for code in _LATER):
        return busy(host, words)
    page = f" An app password is made at {app_passwords}." if app_passwords else ""
    return LoginRefused(
        f"{host} refuses the name or the password: {words}",
        safe=KEPT,
        todo=f"Run `deskterm setup` and give the password again.{page}",
    )


def token_refused(host: str, words: str, mailbox: str) -> WireError:
    """The error for a refused OAuth2 token."""
    error = login_refused(host, words)
    if not isinstance(error, LoginRefused):
        return error
    return LoginRefused(
        f"{host} refuses our token: {words}",
        safe=KEPT,
        todo=f"If it stays so, run `deskterm login {mailbox}`; the account may not allow IMAP or SMTP.",
    )


class Busy(ServerRefused):
    """The server asks to try again after that many seconds (0: not said). The request itself was correct."""

    def __init__(self, what: str, *, safe: str = "", todo: str = "", after: int = 0) -> None:
        super().__init__(what, safe=safe, todo=todo)
        self.after = after


def busy(host: str, words: str) -> Busy:
    """The server asks to come later."""
    return Busy(f"{host} asks to wait: {words}", safe=KEPT, todo=BY_ITSELF)


def _from_imap(error: Exception, host: str) -> WireError:
    words = server_words(error)
    upper = words.upper()
    if any(code in upper for code in _LATER):
        return busy(host, words)
    if "[OVERQUOTA]" in upper or "QUOTA" in upper:
        return ServerRefused(
            f"The mailbox at {host} is full: {words}", safe=KEPT, todo="Make room there; " + BY_ITSELF
        )
    if "UNEXPECTED RESPONSE" in upper or "GOT MORE THAN" in upper:
        return nonsense(host)
    if isinstance(error, imaplib.IMAP4.abort):
        bye = words.rpartition("=>")[2].strip()  # imaplib: `command: EXAMINE => the BYE's words`
        bye = "" if _OWN_WORDS.search(bye) else bye
        return connection_lost(host, bye)
    return ServerRefused(
        f"{host} answered: {words}", safe=KEPT, todo="Check the folder names in config.toml."
    )


_VERIFY = {
    9: "is not valid yet (is this machine's clock right?)",
    10: "has expired",
    18: "is self-signed",
    19: "is self-signed",
    20: "comes from an authority this machine does not know",
    62: "is made out to another name",
    64: "is made out to another address",
}


def _tls(error: ssl.SSLError, host: str, port: int) -> NotEncrypted:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _certificate(error, host)
    return NotEncrypted(
        f"{host}, port {port}, cannot speak TLS with us ({error.reason or 'handshake failed'}).",
        safe="Nothing was sent to it.",
        todo="Check `port` and `security` in config.toml (993 and 465 are tls, 143 and 587 starttls).",
    )


def _certificate(error: ssl.SSLCertVerificationError, host: str) -> NotTrusted:
    nothing_sent = "No password and no mail was sent."
    if isinstance(error, NotPinned):
        return NotTrusted(
            f"{host} shows another certificate than the one you trust.",
            safe=nothing_sent,
            todo="If the server was given a new one, `deskterm setup` shows it; else ask its host.",
            seen=error.seen,
        )
    why = _VERIFY.get(error.verify_code, f"does not verify ({error.verify_message})")
    return NotTrusted(
        f"The certificate of {host} {why}.",
        safe=nothing_sent,
        todo="Tell the mail host. If it is your own server, `deskterm setup` shows how to trust it.",
    )


def _unknown(error: socket.gaierror, host: str) -> Offline:
    if error.errno == socket.EAI_NONAME:
        return Offline(
            f"There is no server named {host}, or there is no network.",
            safe=KEPT,
            todo=f"Check the network and the name in config.toml; {BY_ITSELF}",
        )
    return Offline("There is no network.", safe=KEPT, todo=BY_ITSELF)
