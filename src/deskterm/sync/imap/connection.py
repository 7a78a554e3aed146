"""One connection to an IMAP server (RFC 9051, 3501): EXAMINE and BODY.PEEK, and APPEND to Sent.

It writes no more than that, unless the owner wants solved mails filed (filing.py).

Mail bodies go through imaplib's plain UID FETCH and one regular expression:
imapclient's parser takes 100 microseconds a mail, more than fetching it does.
A connection belongs to one thread.
"""

import contextlib
import imaplib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Self

from deskterm.config.settings_file import Mailbox
from deskterm.domain.text import line
from deskterm.errors import Offline, ServerRefused, WireError
from deskterm.sync.batches import BEGINNING, FetchedMail
from deskterm.sync.imap.fetch_response import Found, items, parse_copyuid, parse_number, parts, uid_set
from deskterm.sync.imap.login import dial, encrypt, hint_for_silence, log_in
from deskterm.sync.line import failures
from deskterm.sync.line.failures import translate_error
from deskterm.sync.line.log import tap_imap
from deskterm.sync.line.socket import BoundedSocket
from deskterm.value_class import dataclass

GMAIL = b"X-GM-EXT-1"
_WINDOW = 20_000  # UIDs asked for in one answer: a line of 220 kB at most


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as reported by EXAMINE. `modseq` is 0 without CONDSTORE (RFC 7162)."""

    name: str
    uidvalidity: int
    uidnext: int
    exists: int
    modseq: int


class Connection:
    """A logged-in connection. Everything it raises is a WireError."""

    def __init__(self, mailbox: Mailbox, password: str) -> None:
        self.host, self.port = mailbox.host, mailbox.port
        try:
            with translate_error(self.host, self.port):
                self._client = dial(mailbox)
        except Offline as error:
            error.todo = hint_for_silence(mailbox, error.todo)
            raise
        try:
            self._wire = self._bound_reader()
            encrypt(self._client, mailbox)
            self._wire = self._bound_reader()
            log_in(self._client, mailbox, password)
            with translate_error(self.host, self.port):
                self.can = frozenset(self._client.capabilities())
        except BaseException:  # Ctrl+C too: nobody else knows of the socket yet
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
        """Open a folder for reading. Raises ServerRefused if there is none of that name."""
        with self._asking(name):
            answer = self._client.select_folder(name, readonly=True)
            return Folder(
                name=name,
                uidvalidity=parse_number(answer.get(b"UIDVALIDITY", 0)),
                uidnext=parse_number(answer.get(b"UIDNEXT", 0)),
                exists=parse_number(answer[b"EXISTS"]),
                modseq=parse_number(answer.get(b"HIGHESTMODSEQ", 0), 63),
            )

    def standing(self, name: str) -> tuple[int, int]:
        """UIDNEXT and the number of mails of a folder that is not the open one."""
        with self._asking(name):
            answer = self._client.folder_status(name, ["UIDNEXT", "MESSAGES"])
            return parse_number(answer.get(b"UIDNEXT", 0)), parse_number(answer.get(b"MESSAGES", 0))

    def uids(self, exists: int) -> Iterator[list[int]]:
        """The open folder's UIDs, highest first, in stretches.

        Asked for by place in the folder and from its end: when another client
        deletes mails meanwhile, some come twice and none is missed.
        """
        for high in range(exists, 0, -_WINDOW):
            low = max(1, high - _WINDOW + 1)
            found = set(self._search(f"{low}:{high}"))
            if len(found) <= high - low:  # GNU mailutils takes the places in a UID SEARCH for UIDs
                found |= self._uids_by_place(low, high)
            yield sorted(found, reverse=True)

    def _uids_by_place(self, low: int, high: int) -> set[int]:
        """The UIDs of the mails at these places, asked for by FETCH."""
        with self._asking():
            _, answer = self._raw.fetch(f"{low}:{high}", "(UID)")
            found = (re.search(rb"\bUID (\d+)", one) for one in answer if isinstance(one, bytes))
            return {parse_number(one[1]) for one in found if one}

    def sizes(self, uids: Sequence[int], above: int) -> dict[int, int]:
        """The sizes of the mails that have more than `above` bytes, by UID."""
        large = set(self._search(f"UID {uid_set(uids)} LARGER {above}")).intersection(uids)
        found = self._fetch(list(large), "(UID RFC822.SIZE)", b"RFC822.SIZE") if large else {}
        return {uid: size for uid, (_, size, _) in found.items()}

    def labels(self, uids: Sequence[int]) -> dict[int, frozenset[str]]:
        """The labels of these mails in lower case, where the server is Gmail's (X-GM-EXT-1)."""
        with self._asking():
            found = self._client.get_gmail_labels(list(uids))
            return {uid: frozenset(str(one).lower() for one in labels) for uid, labels in found.items()}

    def mails(self, uids: Sequence[int]) -> list[FetchedMail]:
        """These mails whole, in the order asked for.

        One that went meanwhile is left out, and so is one the server gave as NIL or empty: it is no mail,
        and the next pass, which compares what is here with what stands there, asks for it again.
        """
        return self._mails(uids, "(UID INTERNALDATE BODY.PEEK[])")

    def beginning(self, uid: int) -> list[FetchedMail]:
        """The headers and first text of a mail too large to fetch."""
        return self._mails([uid], f"(UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.{BEGINNING}>)")

    def piece(self, uid: int, start: int, length: int) -> bytes:
        """So many bytes of a mail from `start` on; fewer at its end, none behind it or when it has gone."""
        found = self._fetch([uid], f"(UID BODY.PEEK[]<{start}.{length}>)")
        return found[uid][2] if uid in found else b""

    def head(self, uid: int) -> list[FetchedMail]:
        """Only the header of a mail, for one that the server cannot deliver whole."""
        return self._mails([uid], "(UID INTERNALDATE BODY.PEEK[HEADER])")

    def _mails(self, uids: Sequence[int], asked: str) -> list[FetchedMail]:
        """The mails that the server delivered, in the order asked for; an empty one counts as missing."""
        found = self._fetch(uids, asked)
        return [FetchedMail(uid, "", *parts(found[uid])) for uid in uids if uid in found and found[uid][2]]

    def find_id(self, message_id: str) -> bool:
        """Whether the open folder has a mail with that Message-ID. Give only IDs we made ourselves."""
        if not re.fullmatch(r"<[\w.@+=-]+>", message_id):
            raise ValueError(message_id)
        return bool(self._search(f'HEADER MESSAGE-ID "{message_id}"'))

    def append(self, folder: str, raw: bytes) -> None:
        """Put our own reply into Sent, marked as read. That folder must not be the open one."""
        with self._asking(folder):
            self._client.append(folder, raw, flags=(rb"\Seen",))

    # What follows writes, and is asked for by the owner (`solved` in config.toml) or not at all.

    def open_to_write(self, name: str) -> int:
        """Open a folder for writing; returns its UIDVALIDITY."""
        with self._asking(name):
            return parse_number(self._client.select_folder(name).get(b"UIDVALIDITY", 0))

    def mark_read(self, uids: Sequence[int]) -> None:
        """Mark these mails as read."""
        with self._asking():
            self._client.add_flags(list(uids), [rb"\Seen"], silent=True)

    def take_from_inbox(self, uids: Sequence[int]) -> None:
        """Remove Gmail's inbox label from these mails, which archives them."""
        with self._asking():
            self._client.remove_gmail_labels(list(uids), [r"\Inbox"], silent=True)

    def move(self, uids: Sequence[int], folder: str) -> tuple[int, dict[int, int]]:
        """Move these mails, and no other; returns the folder's UIDVALIDITY and each one's UID there.

        With MOVE (RFC 6851), else by copying and expunging by UID (RFC 4315). The
        UIDs are missing where the server does not tell them.
        """
        if not self.can & {b"MOVE", b"UIDPLUS"}:
            raise ServerRefused(
                f"{self.host} cannot move single mails (it offers neither MOVE nor UIDPLUS).",
                safe="Nothing was moved.",
                todo='Set `solved = "read"` or `solved = "leave"` in config.toml.',
            )
        with self._asking(folder):
            self._raw.untagged_responses.pop("COPYUID", None)
            if b"MOVE" in self.can:
                self._client.move(list(uids), folder)
                return parse_copyuid(self._raw.untagged_responses.get("COPYUID", []))
            self._client.copy(list(uids), folder)
            went = parse_copyuid(self._raw.untagged_responses.get("COPYUID", []))
            self._client.add_flags(list(uids), [rb"\Deleted"], silent=True)
            self._client.uid_expunge(list(uids))
            return went

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

    def _bound_reader(self) -> BoundedSocket:
        """A bounded reader to replace the socket's own file."""
        raw = self._raw
        raw.debug = 0  # imapclient has every line formatted for a log
        raw.file.close()  # it would keep the socket open; nothing is unread after a greeting
        wire = BoundedSocket(raw.sock, self.host)
        raw.file = io.BufferedReader(wire, 65536)
        if wire.log:
            wire.log = tap_imap(raw, wire.log)
        return wire

    @contextlib.contextmanager
    def _asking(self, folder: str = "") -> Iterator[None]:
        """Context for each command: translates errors; a refusal about a `folder` names it."""
        self._wire.begin()
        try:
            with translate_error(self.host, self.port):
                yield
        except ServerRefused as error:
            if folder:
                error.what = f"{line(folder)}: {error.what}"
            raise

    def _search(self, criteria: str) -> list[int]:
        with self._asking():
            answer = self._uid("SEARCH", criteria)
            return [parse_number(word) for line in answer if isinstance(line, bytes) for word in line.split()]

    def _fetch(self, uids: Sequence[int], asked: str, sign: bytes = b"BODY[") -> dict[int, Found]:
        """What was asked for by UID. `sign` is in every answer to it.

        Answers about other mails are passed over, and news of flags, which a
        server may mix in.
        """
        with self._asking():
            answer = self._uid("FETCH", uid_set(uids), asked)
            wanted = set(uids)
            return {uid: found for uid, found in items(answer, sign) if uid in wanted}

    def _uid(self, command: str, *words: str) -> list[bytes | tuple[bytes, bytes] | None]:
        raw = self._raw
        raw.untagged_responses.clear()
        kind, answer = raw.uid(command, *words)
        if kind != "OK":
            raise raw.error(f"{command}: {failures.server_words(answer[-1])}")
        return answer
