"""Sending a reply to an SMTP server (RFC 5321, 6409), and its answer for each recipient.

Runs inside the delivery thread's own event loop. The line is encrypted and its
certificate verified before anything is said.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from enum import Enum
from typing import Any, cast

import aiosmtplib
from aiosmtplib import SMTPException, SMTPResponseException

from deskterm.config.providers import find
from deskterm.config.settings_file import Mailbox
from deskterm.domain.outbox_states import Outcome
from deskterm.domain.review.replies import Recipient
from deskterm.errors import ConfigError, DesktermError, NotEncrypted, NotTrusted, Offline, ServerRefused
from deskterm.sync.line import failures
from deskterm.sync.line.log import tap_smtp
from deskterm.sync.line.tls import context
from deskterm.sync.smtp.login import log_in
from deskterm.value_class import dataclass

TIMEOUT = 60.0  # seconds a session may take to open, and an answer to come: servers scan mail after the dot
EACH = 1.0  # more of them for each recipient
SLOWEST = 20_000  # bytes a second at which a mail may leave: a large one takes its time on a slow line
IN_OUTBOX = "What is in the outbox stays there."
_NO_SMTPUTF8 = "The server takes no addresses with letters beyond ASCII before the @ (it offers no SMTPUTF8)."
_NO, _PERMANENT = 400, 500  # reply codes from here on refuse, refuse for good


class Fate(Enum):
    """The fate of a reply."""

    SENT = "sent"
    LATER = "later"  # refused for now
    LINE_LOST = "line lost"  # before anything of it had left
    REFUSED = "refused"
    UNCERTAIN = "uncertain"  # the line broke after its last byte may have been read


@dataclass(frozen=True, slots=True)
class Answer:
    """The server's answer to one reply, with its words; `people` are its answers per recipient."""

    fate: Fate
    words: str
    people: tuple[Recipient, ...] = ()


@asynccontextmanager
async def session(mailbox: Mailbox, password: str) -> AsyncIterator[aiosmtplib.SMTP]:
    """A connection, encrypted and logged in. Raises the WireError that fits."""
    if not mailbox.smtp_host:
        raise ConfigError(
            f'The mailbox "{mailbox.name}" has no server to send with.',
            safe="What is in the outbox stays there.",
            todo="Name it as `smtp_host` in config.toml, or run `deskterm setup`.",
        )
    client = aiosmtplib.SMTP(
        hostname=mailbox.smtp_host,
        port=mailbox.smtp_port,
        use_tls=mailbox.smtp_security == "tls",
        start_tls=False,  # by `_open`, under the wire log's eyes
        tls_context=context(mailbox.ca_file, mailbox.smtp_pin),
        timeout=TIMEOUT,
        local_hostname="[127.0.0.1]",  # this machine's name is nobody's business
    )
    try:
        async with asyncio.timeout(TIMEOUT):
            await _open(client, mailbox, password)
    except (SMTPException, OSError, ValueError) as error:
        client.close()
        raise _not_open(error, mailbox) from error
    except DesktermError:
        client.close()
        raise
    try:
        yield client
        with suppress(SMTPException, OSError):
            await client.quit()
    finally:
        client.close()  # without a farewell when something failed: it could be taken for a mail's text


async def _open(client: aiosmtplib.SMTP, mailbox: Mailbox, password: str) -> None:
    """Connect, encrypt, log in. Without implicit TLS, STARTTLS is required."""
    greeting = await client.connect()
    _give_up_unheard(client.get_transport_info("socket"))
    tap_smtp(client.protocol, mailbox.smtp_host, f"{greeting.code} {greeting.message}")
    if mailbox.smtp_security != "tls":
        await client.starttls()
    await log_in(client, mailbox, password)


def _give_up_unheard(sock: Any) -> None:
    """Have the system drop the line when nothing of what is sent gets through any more."""
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(TIMEOUT * 1000))


async def hand_over(
    client: aiosmtplib.SMTP,
    sender: str,
    recipients: Sequence[str],
    raw: bytes,
    leaving: Callable[[], None],
    *,
    automatic: bool = False,
) -> Answer:
    """One reply: MAIL, RCPT for each recipient, DATA. Every ending of the wire's is an Answer.

    An `automatic` one gives no address to bounce to (RFC 3834, 3.3), unless the server wants one.
    `leaving` is called before the mail's first byte is written; what it raises goes through,
    and then nothing has left.
    """
    handing = _Delivery(client, leaving)
    try:
        return await handing.over("" if automatic else sender, recipients, raw, instead=sender)
    except SMTPResponseException as error:
        return handing.note_refusal(error)
    except (SMTPException, OSError) as error:
        return handing.note_loss(error)
    except ValueError:
        return Answer(Fate.REFUSED, "An address of this reply cannot be sent to as it stands.")
    finally:
        handing.leave()


class _Delivery:
    """One mail transaction. Notes whether anything after DATA was written: then a lost line is ambiguous."""

    def __init__(self, client: aiosmtplib.SMTP, leaving: Callable[[], None]) -> None:
        self.client = client
        self._leaving = leaving
        self.people: list[Recipient] = []
        self._data = self._body = False
        self._protocol = cast("Any", client.protocol)  # its write is replaced for a while
        if self._protocol:
            self._write = self._protocol.write
            self._protocol.write = self._noting

    async def over(self, sender: str, recipients: Sequence[str], raw: bytes, instead: str) -> Answer:
        options = [f"size={len(raw)}"] if self.client.supports_extension("size") else []
        encoding = "ascii"
        if not "".join((sender, *recipients)).isascii():  # RFC 6531, 3.4
            if not self.client.supports_extension("smtputf8"):
                return Answer(Fate.REFUSED, _NO_SMTPUTF8)
            options, encoding = [*options, "SMTPUTF8"], "utf-8"
        async with asyncio.timeout(TIMEOUT + EACH * len(recipients)):
            await self.begin(sender, instead, options, encoding)
            for one in recipients:
                self.people.append(await _recipient(self.client, one, encoding))
        if not any(one.outcome is Outcome.ACCEPTED for one in self.people):
            with suppress(SMTPException, OSError):  # after a 421 the line is closed already
                await self.client.rset()
            return _all_refused(self.people)
        done = await self.client.data(raw, timeout=TIMEOUT + len(raw) / SLOWEST)
        return Answer(Fate.SENT, _sent_words(self.people, done.message), tuple(self.people))

    async def begin(self, sender: str, instead: str, options: list[str], encoding: str) -> None:
        """MAIL; many servers for sending take no mail from nobody: then it is from us."""
        try:
            await self.client.mail(sender, options=options, encoding=encoding)
        except SMTPResponseException as error:
            if sender == instead or error.code < _PERMANENT:
                raise
            await self.client.mail(instead, options=options, encoding=encoding)

    def note_refusal(self, error: SMTPResponseException) -> Answer:
        """Note a refusal; a code below 0 is aiosmtplib's for an answer without a code."""
        if error.code < _NO:
            return self.note_loss(error)
        fate = Fate.REFUSED if error.code >= _PERMANENT else Fate.LATER
        return Answer(fate, _code(error.code, error.message), _unheard(self.people))

    def note_loss(self, error: Exception) -> Answer:
        """Note a lost connection; it is not used again, as a late answer might seem to be another mail's."""
        self.client.close()
        if self._body:
            words = "The connection was lost after the mail was handed over, before the server answered."
            return Answer(Fate.UNCERTAIN, words, _unheard(self.people))
        words = f"The connection was lost before it was sent ({type(error).__name__})."
        return Answer(Fate.LINE_LOST, words)

    def leave(self) -> None:
        if self._protocol:
            self._protocol.write = self._write

    def _noting(self, data: bytes) -> None:
        if self._data and not self._body:
            self._leaving()
            self._body = True
        self._data = self._data or data == b"DATA\r\n"
        self._write(data)


async def _recipient(client: aiosmtplib.SMTP, address: str, encoding: str) -> Recipient:
    try:
        answer = await client.rcpt(address, encoding=encoding)
    except SMTPResponseException as error:
        if error.code < _NO:
            raise
        return Recipient(address, Outcome.REFUSED, _code(error.code, error.message), code=error.code)
    return Recipient(address, Outcome.ACCEPTED, _code(answer.code, answer.message), code=answer.code)


def _all_refused(people: list[Recipient]) -> Answer:
    words = "; ".join(f"{one.address}: {one.words}" for one in people)
    if all(one.is_put_off for one in people):
        return Answer(Fate.LATER, words, _unheard(people))
    return Answer(Fate.REFUSED, words, tuple(people))


def _unheard(people: list[Recipient]) -> tuple[Recipient, ...]:
    """The same people, settled only where refused for good: the mail itself was taken for none of them."""
    return tuple(one if one.is_refused_for_good else replace(one, outcome=Outcome.UNKNOWN) for one in people)


def _sent_words(people: list[Recipient], answer: str) -> str:
    refused = [f"{one.address} was refused ({one.words})" for one in people if one.outcome is Outcome.REFUSED]
    return "; ".join(refused) or failures.server_words(answer)


def _code(code: int, words: str) -> str:
    return f"{code} {failures.server_words(words)}"


def _not_open(error: Exception, mailbox: Mailbox) -> DesktermError:
    """Why there is no session; what is safe is what a sender asks for: the outbox, not the mail read."""
    failed = _open_failure(error, mailbox)
    if failed.safe == failures.KEPT:
        failed.safe = IN_OUTBOX
    return failed


def _open_failure(error: Exception, mailbox: Mailbox) -> DesktermError:
    """The failure that fits what aiosmtplib raises and what lies behind it."""
    host, port = mailbox.smtp_host, mailbox.smtp_port
    if isinstance(error, SMTPResponseException):
        return _turned_away(error, mailbox)
    if isinstance(error, aiosmtplib.SMTPTimeoutError | TimeoutError):
        return Offline(f"{host} does not answer.", safe=failures.KEPT, todo=_silent_todo(mailbox))
    if isinstance(error, SMTPException) and "STARTTLS" in error.message:
        return NotEncrypted(
            f"{host}, port {port}, offers no encryption.",
            safe="No password and no mail was sent.",
            todo='Try `smtp_security = "tls"` with port 465, or ask the mail host.',
        )
    if isinstance(error, SMTPException) and not isinstance(error, OSError):
        return ServerRefused(
            f"{host} offers no login we know: {failures.server_words(error)}", todo="Ask the mail host."
        )
    failed = failures.in_words(_underlying_error(error), host, port)
    if isinstance(failed, NotEncrypted) and not isinstance(failed, NotTrusted):
        failed.todo = "Check `smtp_port` and `smtp_security` in config.toml (465 is tls, 587 starttls)."
    return failed


def _silent_todo(mailbox: Mailbox) -> str:
    """What to do where nothing is heard: a port that speaks TLS from the start waits for us to begin."""
    if mailbox.smtp_security == "tls":
        return failures.BY_ITSELF
    hint = f'If port {mailbox.smtp_port} speaks TLS from the start, set `smtp_security = "tls"`'
    return f"{hint}; {failures.BY_ITSELF}"


def _turned_away(error: SMTPResponseException, mailbox: Mailbox) -> DesktermError:
    words = _code(error.code, error.message)
    if error.code < _PERMANENT:
        return failures.busy(mailbox.smtp_host, words)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError) and mailbox.oauth:
        return failures.token_refused(mailbox.smtp_host, words, mailbox.name)
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        provider = find(mailbox.address)
        page = provider.app_passwords if provider else ""
        return failures.login_refused(mailbox.smtp_host, words, app_passwords=page)
    return ServerRefused(
        f"{mailbox.smtp_host} does not take mail from us: {words}",
        safe="What is in the outbox stays there.",
        todo="Ask the mail host.",
        code=error.code,
    )


def _underlying_error(error: Exception) -> Exception:
    """The error of the socket or of TLS that aiosmtplib wrapped, if any."""
    behind = error.__cause__ or error.__context__
    return behind if isinstance(behind, OSError) else error
