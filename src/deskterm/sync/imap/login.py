"""Opening an IMAP connection: connecting, encrypting, logging in (RFC 9051, 6.2)."""

import imaplib
import socket

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError
from imapclient.tls import IMAP4_TLS

from deskterm.config.providers import find
from deskterm.config.settings_file import Mailbox
from deskterm.errors import NotEncrypted
from deskterm.sync.line import failures
from deskterm.sync.line.failures import translate_error
from deskterm.sync.line.socket import TIMEOUT
from deskterm.sync.line.tls import context
from deskterm.sync.oauth import sasl

CONNECT = 15.0  # seconds


class _Tls(IMAP4_TLS):  # type: ignore[misc] # imapclient is untyped
    """imapclient's TLS with a time limit for the handshake, without which a silent server would block us."""

    def _create_socket(self, timeout: float | None) -> socket.socket:
        made: socket.socket = super()._create_socket(timeout or CONNECT)
        return made


class _Client(IMAPClient):  # type: ignore[misc]
    """imapclient with that limit."""

    def _create_IMAP4(self) -> imaplib.IMAP4:  # noqa: N802 - its name there
        if not self.ssl:
            plain: imaplib.IMAP4 = super()._create_IMAP4()
            return plain
        return _Tls(self.host, self.port, self.ssl_context, CONNECT)


def dial(mailbox: Mailbox) -> IMAPClient:
    """Connect to the server. Raises NotEncrypted if it greets with PREAUTH, which rules out STARTTLS."""
    client = _Client(
        mailbox.host,
        port=mailbox.port,
        ssl=mailbox.security == "tls",
        ssl_context=context(mailbox.ca_file, mailbox.pin),
        timeout=SocketTimeout(CONNECT, TIMEOUT),
    )
    if client.welcome.startswith(b"* PREAUTH"):
        client.shutdown()
        raise NotEncrypted(
            f"{mailbox.host} let us in before we said who we are.",
            safe="No password and no mail was sent.",
            todo="It may not be your server: ask the mail host.",
        )
    return client


def hint_for_silence(mailbox: Mailbox, todo: str) -> str:
    """What to do if no greeting came: a port with implicit TLS waits for us to begin."""
    if mailbox.security == "tls":
        return todo
    return f'If port {mailbox.port} speaks TLS from the start, set `security = "tls"`; {todo}'


def encrypt(client: IMAPClient, mailbox: Mailbox) -> None:
    """STARTTLS, unless there is TLS already. Raises NotEncrypted if the server does not offer it."""
    if mailbox.security == "tls":
        return
    with translate_error(mailbox.host, mailbox.port):
        if not client.has_capability("STARTTLS"):
            raise NotEncrypted(
                f"{mailbox.host}, port {mailbox.port}, offers no encryption.",
                safe="No password and no mail was sent.",
                todo='Try `security = "tls"` with port 993, or ask the mail host.',
            )
        _start_tls(client, mailbox)
        client._cached_capabilities = None  # noqa: SLF001 - what was said in the clear does not count


def _start_tls(client: IMAPClient, mailbox: Mailbox) -> None:
    try:
        client.starttls(context(mailbox.ca_file, mailbox.pin))
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise NotEncrypted(
            f"{mailbox.host} refuses to encrypt the line (STARTTLS): {failures.server_words(error)}",
            safe="No password and no mail was sent.",
            todo='Try `security = "tls"` with port 993, or ask the mail host.',
        ) from None


def log_in(client: IMAPClient, mailbox: Mailbox, password: str) -> None:
    """Log in. Raises LoginRefused for a refusal, Offline if the connection broke meanwhile."""
    if mailbox.oauth:
        with translate_error(mailbox.host, mailbox.port):
            _by_token(client, mailbox, password)
        return
    provider = find(mailbox.address)
    with translate_error(mailbox.host, mailbox.port):
        try:
            plain = client.has_capability("LOGINDISABLED") or not _simple(mailbox.login + password)
            if plain and client.has_capability("AUTH=PLAIN"):
                client._imap.authenticate("PLAIN", lambda _: f"\0{mailbox.login}\0{password}".encode())  # noqa: SLF001
            else:
                client.login(mailbox.login, password)
        except LoginError as error:
            _unless_cut(error)
            words = failures.server_words(error)
            raise failures.login_refused(
                mailbox.host, words, app_passwords=provider.app_passwords if provider else ""
            ) from None
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise failures.login_refused(mailbox.host, failures.server_words(error)) from None


def _by_token(client: IMAPClient, mailbox: Mailbox, token: str) -> None:
    way = sasl.mechanism(name for name in sasl.WAYS if client.has_capability(f"AUTH={name}"))
    if not way:
        raise sasl.none_offered(mailbox.host)
    words = [*sasl.answers(way, mailbox.login, token, mailbox.host, mailbox.port)]
    try:
        client._imap.authenticate(way, lambda _: words.pop(0) if words else b"")  # noqa: SLF001
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise failures.token_refused(mailbox.host, failures.server_words(error), mailbox.name) from None


def _unless_cut(error: LoginError) -> None:
    """Raise the underlying error, because imapclient reports a lost connection as a refused login."""
    behind = error.__context__
    if isinstance(behind, imaplib.IMAP4.abort):
        raise behind from None


def _simple(text: str) -> bool:
    return text.isascii() and text.isprintable() and not set(text) & set(' "\\')
