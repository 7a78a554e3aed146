"""One connection to an IMAP server (RFC 9051, 3501). Reads only: EXAMINE and BODY.PEEK, and APPEND to Sent.

Mail bodies go through imaplib's plain UID FETCH and one regular expression:
imapclient's parser takes 100 microseconds a mail, more than fetching it does.
A connection belongs to one thread.
"""

import calendar
import contextlib
import imaplib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from imapclient import IMAPClient, SocketTimeout
from imapclient.exceptions import LoginError

from deskterm.config.providers import find
from deskterm.config.settings import Mailbox
from deskterm.errors import NotEncrypted, WireError
from deskterm.sync import failures
from deskterm.sync.arrived import BEGINNING, Arrived
from deskterm.sync.failures import told
from deskterm.sync.tls import context
from deskterm.sync.wire import TIMEOUT, Wire

CONNECT = 15.0  # seconds
_WINDOW = 20_000  # UIDs asked for in one answer: a line of 220 kB at most
_ATTRIBUTE = re.compile(rb'\bUID (\d{1,10})\b|INTERNALDATE "([^"]{20,40})"|RFC822\.SIZE (\d{1,12})\b')
_DATE = re.compile(rb" ?(\d\d?)-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)")
_MONTHS = b"janfebmaraprmayjunjulaugsepoctnovdec"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as EXAMINE shows it. `modseq` is 0 without CONDSTORE (RFC 7162)."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int
    modseq: int


class Connection:
    """A logged-in connection. Everything it raises is a WireError."""

    def __init__(self, mailbox: Mailbox, password: str) -> None:
        self.host, self.port = mailbox.host, mailbox.port
        with told(self.host, self.port):
            self._client = _dial(mailbox)
        try:
            self._wire = self._watched()
            _encrypt(self._client, mailbox)
            self._wire = self._watched()
            _log_in(self._client, mailbox, password)
            with told(self.host, self.port):
                self.can = frozenset(self._client.capabilities())
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trail: TracebackType | None
    ) -> None:
        try:
            if error is None:
                with contextlib.suppress(WireError), self._asking():
                    self._client.logout()
        finally:
            self.close()

    def close(self) -> None:
        """Drop the connection."""
        with contextlib.suppress(OSError, imaplib.IMAP4.error, AttributeError):
            self._client.shutdown()

    def folders(self) -> list[tuple[frozenset[str], str, str]]:
        """Every folder as (flags in lower case, delimiter, name)."""
        with self._asking():
            return [
                (frozenset(flag.decode().lower() for flag in flags), (mark or b"").decode(), str(name))
                for flags, mark, name in self._client.list_folders()
            ]

    def examine(self, name: str) -> Folder:
        """Open a folder for reading. ServerRefused if there is none of that name."""
        with self._asking():
            said = self._client.select_folder(name, readonly=True)
            return Folder(
                name=name,
                uidvalidity=_bounded(said.get(b"UIDVALIDITY", 0)),
                uidnext=_bounded(said.get(b"UIDNEXT", 0)),
                exists=_bounded(said[b"EXISTS"]),
                modseq=_bounded(said.get(b"HIGHESTMODSEQ", 0), 63),
            )

    def uids(self, exists: int) -> Iterator[list[int]]:
        """The open folder's UIDs, highest first, in stretches.

        Asked for by place in the folder and from its end: when another client
        deletes mails meanwhile, some come twice and none is missed.
        """
        for high in range(exists, 0, -_WINDOW):
            yield sorted(self._search(f"{max(1, high - _WINDOW + 1)}:{high}"), reverse=True)

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """The sizes of these mails in bytes; a mail that went meanwhile is left out."""
        found = self._fetch(uids, "(UID RFC822.SIZE)", b"RFC822.SIZE")
        return {uid: size for uid, (_, size, _) in found.items()}

    def mails(self, uids: Sequence[int]) -> list[Arrived]:
        """These mails whole, in the order asked for; one that went meanwhile is left out."""
        found = self._fetch(uids, "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[])")
        return [Arrived(uid, "", *_parts(found[uid])) for uid in uids if uid in found]

    def beginning(self, uid: int) -> list[Arrived]:
        """The headers and first text of a mail too large to fetch."""
        found = self._fetch([uid], f"(UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.{BEGINNING}>)")
        return [Arrived(uid, "", *_parts(one)) for uid, one in found.items()]

    def head(self, uid: int) -> list[Arrived]:
        """The header alone of a mail the server cannot give out whole."""
        found = self._fetch([uid], "(UID INTERNALDATE BODY.PEEK[HEADER])")
        return [Arrived(uid, "", *_parts(one)) for uid, one in found.items()]

    def find_id(self, message_id: str) -> bool:
        """Whether the open folder has a mail with that Message-ID. Give only IDs we made ourselves."""
        if not re.fullmatch(r"<[\w.@+=-]+>", message_id):
            raise ValueError(message_id)
        return bool(self._search(f'HEADER MESSAGE-ID "{message_id}"'))

    def append(self, folder: str, raw: bytes) -> None:
        """Put our own reply into Sent, marked as read."""
        with self._asking():
            self._client.append(folder, raw, flags=(rb"\Seen",))

    def idle(self, seconds: float, stop: Callable[[], bool]) -> bool:
        """Wait in IDLE (RFC 2177) until the server speaks; whether it told of mail.

        Returns False when `seconds` have passed or `stop` says so, which is
        asked every second.
        """
        with self._asking():
            raw = self._raw
            raw.untagged_responses.clear()
            self._client.idle()
            for _ in range(max(1, int(seconds))):
                if stop() or self._wire.wait(raw.file, 1.0):
                    break
            raw.send(b"DONE\r\n")
            self._wire.begin()
            raw._command_complete("IDLE", self._client._idle_tag)  # noqa: SLF001 - reads to its end
            return bool({"EXISTS", "EXPUNGE", "VANISHED"} & set(raw.untagged_responses))

    @property
    def _raw(self) -> imaplib.IMAP4:
        client: imaplib.IMAP4 = self._client._imap  # noqa: SLF001 - imaplib beneath is the fast way
        return client

    def _watched(self) -> Wire:
        """A bounded reader in place of the socket's own file."""
        raw = self._raw
        raw.debug = 0  # imapclient has every line formatted for a log
        raw.file.close()  # it would keep the socket open; nothing is unread after a greeting
        wire = Wire(raw.sock, self.host)
        raw.file = io.BufferedReader(wire, 65536)
        return wire

    @contextlib.contextmanager
    def _asking(self) -> Iterator[None]:
        self._wire.begin()
        with told(self.host, self.port):
            yield

    def _search(self, criteria: str) -> list[int]:
        with self._asking():
            said = self._uid("SEARCH", criteria)
            return [_bounded(word) for line in said if isinstance(line, bytes) for word in line.split()]

    def _fetch(self, uids: Sequence[int], items: str, sign: bytes = b"BODY[") -> dict[int, "_Found"]:
        """What was asked for by UID. `sign` is in every answer to it.

        Answers about other mails are passed over, and news of flags, which a
        server may mix in.
        """
        with self._asking():
            said = self._uid("FETCH", uid_set(uids), items)
            wanted = set(uids)
            return {uid: found for uid, found in _items(said, sign) if uid in wanted}

    def _uid(self, command: str, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        raw = self._raw
        raw.untagged_responses.clear()
        kind, said = raw.uid(command, *words)
        if kind != "OK":
            raise raw.error(f"{command}: {failures.said(said[-1])}")
        return said


_Found = tuple[int | None, int, bytes]  # arrival, size, bytes


def _parts(found: _Found) -> tuple[int | None, bytes, int]:
    at, size, raw = found
    return at, raw, size


def _items(said: list[bytes | tuple[bytes, bytes] | None], sign: bytes) -> Iterator[tuple[int, _Found]]:
    """Each mail of a FETCH answer. imaplib gives a literal as a pair, the rest of its line after it."""
    head, body = b"", b""
    for piece in said:
        if isinstance(piece, tuple):
            head, body = head + piece[0], piece[1]
        elif piece is not None:
            head += piece
            uid, at, size = _attributes(head)
            if uid and sign in head.upper():
                yield uid, (at, size or len(body), body)
            head, body = b"", b""


def _attributes(head: bytes) -> tuple[int, int | None, int]:
    uid, at, size = 0, None, 0
    for found in _ATTRIBUTE.finditer(head):
        if found[1]:
            uid = int(found[1])
        elif found[2]:
            at = seconds(found[2])
        else:
            size = int(found[3])
    return uid, at, size


def _bounded(number: bytes | int, bits: int = 32) -> int:
    """A number no larger than the protocol allows. ValueError for others."""
    told = int(number)
    if not 0 <= told < 2**bits:
        raise ValueError(told)
    return told


def seconds(date: bytes) -> int | None:
    """An INTERNALDATE as UTC seconds; None where it is none."""
    found = _DATE.fullmatch(date)
    month = _MONTHS.find(found[2].lower()) if found else 0
    if not found or month % 3 or int(found[3]) < 1900:  # noqa: PLR2004 - no mail is older
        return None
    local = (int(found[3]), month // 3 + 1, *(int(found[n]) for n in (1, 4, 5, 6)), 0, 1, 0)
    ahead = (int(found[8]) * 3600 + int(found[9]) * 60) * (1 if found[7] == b"+" else -1)
    return calendar.timegm(local) - ahead


def uid_set(uids: Sequence[int]) -> str:
    """UIDs as IMAP writes them: `3:5,9`."""
    ranges: list[list[int]] = []
    for uid in sorted(uids):
        if ranges and uid == ranges[-1][1] + 1:
            ranges[-1][1] = uid
        else:
            ranges.append([uid, uid])
    return ",".join(f"{low}:{high}" if high > low else str(low) for low, high in ranges)


def _dial(mailbox: Mailbox) -> IMAPClient:
    client = IMAPClient(
        mailbox.host,
        port=mailbox.port,
        ssl=mailbox.security == "tls",
        ssl_context=context(mailbox.ca_file),
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


def _encrypt(client: IMAPClient, mailbox: Mailbox) -> None:
    if mailbox.security == "tls":
        return
    with told(mailbox.host, mailbox.port):
        if not client.has_capability("STARTTLS"):
            raise NotEncrypted(
                f"{mailbox.host}, port {mailbox.port}, offers no encryption.",
                safe="No password and no mail was sent.",
                todo='Try `security = "tls"` with port 993, or ask the mail host.',
            )
        client.starttls(context(mailbox.ca_file))
        client._cached_capabilities = None  # noqa: SLF001 - what was said in the clear does not count


def _log_in(client: IMAPClient, mailbox: Mailbox, password: str) -> None:
    provider = find(mailbox.address)
    with told(mailbox.host, mailbox.port):
        try:
            plain = client.has_capability("LOGINDISABLED") or not _simple(mailbox.login + password)
            if plain and client.has_capability("AUTH=PLAIN"):
                client._imap.authenticate("PLAIN", lambda _: f"\0{mailbox.login}\0{password}".encode())  # noqa: SLF001
            else:
                client.login(mailbox.login, password)
        except LoginError as error:
            _unless_cut(error)
            words = failures.said(error)
            raise failures.login_refused(
                mailbox.host, words, app_passwords=provider.app_passwords if provider else ""
            ) from None
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as error:
            raise failures.login_refused(mailbox.host, failures.said(error)) from None


def _unless_cut(error: LoginError) -> None:
    """Raise what lies behind: imapclient calls a lost connection a refused login."""
    behind = error.__context__
    if isinstance(behind, imaplib.IMAP4.abort):
        raise behind from None


def _simple(text: str) -> bool:
    return text.isascii() and text.isprintable() and not set(text) & set(' "\\')
