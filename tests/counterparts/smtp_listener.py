"""An SMTP server that records what it accepts. A test swaps one reply for a fault."""

import asyncio
import threading
import warnings
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, AuthResult

from counterparts.dovecot import PASSWORD, USER

CUT = "cut"  # as a reply: the line is cut before anything is accepted
CUT_AFTER = "cut after"  # for DATA: the mail is accepted, the line is cut before the reply


@dataclass
class Accepted:
    sender: str
    recipients: list
    raw: bytes


@dataclass
class SmtpListener:
    """`accepted` are the mails taken. `swap` maps MAIL, DATA, AUTH or a recipient's address to another reply.

    `<>` there is MAIL without a sender. `then` is called once a mail is accepted, before the client is told.
    """

    certificate: object
    tls: bool = False
    starttls: bool = True
    accepted: list = field(default_factory=list)
    swap: dict = field(default_factory=dict)
    sessions: int = 0
    then: object = None

    def start(self):
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(10)
        return self

    def stop(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self, ready):
        asyncio.set_event_loop(self._loop)
        context = self.certificate.server_context()
        made = self._loop.create_server(
            lambda: self._protocol(context), "127.0.0.1", 0, ssl=context if self.tls else None
        )
        server = self._loop.run_until_complete(made)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    def _protocol(self, context):
        self.sessions += 1
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it does not see that the line is encrypted from the start
            return self._made(context)

    def _made(self, context):
        return SMTP(
            self,
            hostname="listener.example",
            tls_context=context if self.starttls and not self.tls else None,
            require_starttls=self.starttls and not self.tls,
            auth_required=True,
            auth_require_tls=not self.tls,
            authenticator=self._authenticate,
            loop=self._loop,
        )

    def _authenticate(self, server, session, envelope, mechanism, data):
        if "AUTH" in self.swap:
            return AuthResult(success=False, handled=False, message=self.swap["AUTH"])
        return AuthResult(
            success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False
        )

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if "MAIL" in self.swap:
            return self._swapped("MAIL", server)
        if address in ("", "<>") and "<>" in self.swap:
            return self._swapped("<>", server)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.swap:
            return self._swapped(address, server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.swap.get("DATA") not in (None, CUT_AFTER):
            return self._swapped("DATA", server)
        self.accepted.append(Accepted(envelope.mail_from, list(envelope.rcpt_tos), envelope.original_content))
        if self.then:
            self.then()
        if "DATA" in self.swap:
            server.transport.abort()
        return "250 taken as 4711"

    def _swapped(self, name, server):
        reply = self.swap[name]
        if reply == CUT:
            server.transport.abort()
        return reply
