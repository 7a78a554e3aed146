"""Logging in to an SMTP server, by password or by token (RFC 4954)."""

import base64

from aiosmtplib import SMTP, SMTPAuthenticationError

from deskterm.config.settings_file import Mailbox
from deskterm.sync.oauth import sasl

_GO_ON, _WELCOME = 334, 235


async def log_in(client: SMTP, mailbox: Mailbox, secret: str) -> None:
    """Log in; `secret` is the password, or a token with OAuth2. Raises aiosmtplib's errors."""
    if not mailbox.oauth:
        await client.login(mailbox.smtp_login, secret)
        return
    await client.ehlo()
    way = sasl.mechanism(_offered_mechanisms(client))
    if not way:
        raise sasl.none_offered(mailbox.smtp_host)
    first, then = sasl.answers(way, mailbox.smtp_login, secret, mailbox.smtp_host, mailbox.smtp_port)
    answer = await client.execute_command(b"AUTH", way.encode(), base64.b64encode(first))
    if answer.code == _GO_ON:
        answer = await client.execute_command(base64.b64encode(then))
    if answer.code != _WELCOME:
        raise SMTPAuthenticationError(answer.code, answer.message)


def _offered_mechanisms(client: SMTP) -> list[str]:
    """The SASL mechanisms that the server offers."""
    return client.esmtp_extensions.get("auth", "").upper().split()
