"""Mails as they come from a mailbox: in batches, each with the cursor from which to go on."""

from dataclasses import replace

from deskterm.storage.mail.folders import Cursor
from deskterm.value_class import dataclass

LARGEST = 25_000_000  # bytes; of a larger mail only the beginning is fetched
BEGINNING = 1_000_000  # bytes of it: headers and text
MAILS_A_BATCH = 200
BYTES_A_BATCH = 8_000_000


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A mail as it is in a mailbox.

    `uid` is its number on an IMAP server (0 in a Maildir), `name` the unique
    part of its file in a Maildir. `at` is when it arrived (UTC seconds, None if
    the server does not say). `size` is the whole mail's; `raw` may be only its
    beginning. `role` is set where a mail's own mark says it and not its folder. `stands_in`: the server
    refused the mail, and this is its header, to be shown until the mail comes.
    """

    uid: int
    name: str
    at: int | None
    raw: bytes
    size: int
    role: str = ""
    stands_in: bool = False

    @property
    def whole(self) -> bool:
        """Whether all of it was fetched."""
        return self.size <= LARGEST or len(self.raw) >= self.size


@dataclass(frozen=True, slots=True)
class Batch:
    """Mails to be stored in one transaction with `cursor`. `left` is how many follow, None where not known.

    `megabytes` are those read and those there are, of a file whose mails are not counted beforehand.
    `passed_over` are UIDs of what is in the folder but is not mail to us: drafts. `lacking` were asked for
    and did not come.
    """

    mails: tuple[FetchedMail, ...]
    cursor: Cursor
    left: int | None = 0
    passed_over: tuple[int, ...] = ()
    megabytes: tuple[int, int] | None = None
    lacking: frozenset[int] = frozenset()


def advance_cursor(cursor: Cursor, uids: list[int]) -> Cursor:
    """The cursor once these UIDs are stored too."""
    lowest = min(uids) if not cursor.lowest_uid else min(cursor.lowest_uid, *uids)
    return replace(cursor, highest_uid=max(cursor.highest_uid, *uids), lowest_uid=lowest)
