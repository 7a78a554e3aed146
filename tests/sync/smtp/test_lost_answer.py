"""An answer that is lost, late or none: the connection is closed, else it would be taken for that to another mail."""

import asyncio
from contextlib import suppress

import aiosmtplib
import pytest

from deskterm.sync.smtp import send
from deskterm.sync.smtp.send import Answer, Fate, hand_over

MAIL = b"Subject: x\r\n\r\nOn its way.\r\n"
DOT, RCPT = b".\r\n", b"RCPT"


class Odd:
    """A server that answers one command with something else, or (None) not at all."""

    def __init__(self, at: bytes, reply: bytes | None) -> None:
        self.at, self.reply = at, reply
        self.said: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 odd.example\r\n")
        body = False
        with suppress(asyncio.CancelledError, ConnectionError):
            while line := await reader.readline():
                self.said.append(line)
                body, was_body = (line.startswith(b"DATA") or body) and line != DOT, body
                if was_body and line != DOT:
                    continue
                if not line.startswith(self.at):
                    writer.write(b"354 go on\r\n" if line.startswith(b"DATA") else b"250 ok\r\n")
                elif self.reply is not None:
                    writer.write(self.reply)
        writer.close()


async def hand_over_two(odd: Odd, leaving=lambda: None) -> tuple[Answer, Answer, bool]:
    """Two mails on one connection: what became of each, and whether it was still open after the first."""
    server = await asyncio.start_server(odd.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
    try:
        await client.connect()
        first = await hand_over(client, "us@kiln.example", ["jana@mertens.example"], MAIL, leaving)
        stood = client.is_connected
        return first, await hand_over(client, "us@kiln.example", ["ben@ode.example"], MAIL, leaving), stood
    finally:
        client.close()
        server.close()


@pytest.mark.parametrize(("at", "reply", "fate"), [
    (DOT, None, Fate.UNCERTAIN), (DOT, b"354 and?\r\n", Fate.UNCERTAIN), (DOT, b"what\r\n", Fate.UNCERTAIN),
    (RCPT, None, Fate.LINE_LOST), (RCPT, b"354 and?\r\n", Fate.LINE_LOST), (b"MAIL", b"354 and?\r\n", Fate.LINE_LOST),
])  # fmt: skip
async def test_the_connection_is_closed_and_carries_no_other_mail(at, reply, fate, monkeypatch):
    monkeypatch.setattr(send, "TIMEOUT", 0.2)
    monkeypatch.setattr(send, "EACH", 0.0)
    odd = Odd(at, reply)
    first, second, stood = await hand_over_two(odd)
    assert (first.fate, second.fate, stood) == (fate, Fate.LINE_LOST, False)
    assert not any(b"ben@ode.example" in line for line in odd.said)


async def test_after_a_plain_answer_the_connection_carries_the_next_mail():
    odd = Odd(DOT, b"250 taken\r\n")
    first, second, stood = await hand_over_two(odd)
    assert (first.fate, second.fate, stood) == (Fate.SENT, Fate.SENT, True)


async def test_an_error_while_noting_the_hand_over_is_raised_and_nothing_has_left():
    odd = Odd(DOT, b"250 taken\r\n")

    def refuse() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await hand_over_two(odd, refuse)
    assert not any(b"On its way" in line for line in odd.said)


class Offers(Odd):
    """A server that offers what it is given."""

    def __init__(self, *names: bytes) -> None:
        lines = (b"offers.example", *names)
        super().__init__(b"EHLO", b"".join(b"250-%s\r\n" % one for one in lines) + b"250 ok\r\n")


async def hand_over_to(server: Odd, person: str) -> Answer:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
    try:
        await client.connect()
        await client.ehlo()
        return await hand_over(client, "us@kiln.example", [person], MAIL, lambda: None)
    finally:
        client.close()
        listening.close()


async def test_an_address_beyond_ascii_goes_out_where_the_server_takes_it():
    server = Offers(b"SMTPUTF8", b"8BITMIME")
    answer = await hand_over_to(server, "jörg@mertens.example")
    assert answer.fate is Fate.SENT
    assert any(line.startswith(b"MAIL FROM") and b"SMTPUTF8" in line for line in server.said)
    assert any("jörg@mertens.example".encode() in line for line in server.said)


async def test_where_it_does_not_it_is_refused_in_words_and_nothing_is_sent():
    server = Offers(b"8BITMIME")
    answer = await hand_over_to(server, "jörg@mertens.example")
    assert answer.fate is Fate.REFUSED
    assert "SMTPUTF8" in answer.words
    assert not any(line.startswith(b"MAIL") for line in server.said)


async def test_plain_addresses_need_no_extension():
    server = Offers(b"SMTPUTF8")
    assert (await hand_over_to(server, "jana@mertens.example")).fate is Fate.SENT
    assert not any(b"SMTPUTF8" in line for line in server.said)
