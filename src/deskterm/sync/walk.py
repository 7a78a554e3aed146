"""Which mails of an IMAP folder to fetch, and in what order.

What came since the last pass is fetched oldest first, so that the cursor never
has a gap; a folder's history newest first, down to its oldest mail.
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace

from deskterm.errors import ServerRefused
from deskterm.storage.mailboxes import Cursor
from deskterm.sync.arrived import BYTES_A_BATCH, LARGEST, MAILS_A_BATCH, Arrived, Batch, moved
from deskterm.sync.failures import Busy
from deskterm.sync.imap import Connection, Folder

_SIZES_AT_ONCE = 500  # keeps a command's line under 8 kB


def batches(connection: Connection, folder: Folder, cursor: Cursor) -> Generator[Batch, None, None]:
    """All mails of the open folder that `cursor` says are missing; the last batch is empty and closes it."""
    above, below = _missing(connection, folder, cursor)
    left = len(above) + len(below)
    for mails, uids in _fetched(connection, [*above, *below]):
        left -= len(uids)
        cursor = moved(cursor, uids)
        yield Batch(mails, cursor, left)
    highest = max(cursor.highest_uid, folder.uidnext - 1)
    yield Batch((), replace(cursor, highest_uid=highest, lowest_uid=1, modseq=folder.modseq))


def again(connection: Connection, cursor: Cursor, uids: Iterable[int]) -> Generator[Batch, None, None]:
    """Mails the cursor believes to be here and that are not."""
    for mails, _ in _fetched(connection, sorted(uids, reverse=True)):
        yield Batch(mails, cursor)


def compared(connection: Connection, folder: Folder, known: set[int]) -> tuple[set[int], set[int]]:
    """What differs between here and the server: (gone from the server, missing here)."""
    there = {uid for stretch in connection.uids(folder.exists) for uid in stretch}
    return known - there, there - known


def _missing(connection: Connection, folder: Folder, cursor: Cursor) -> tuple[list[int], list[int]]:
    above: list[int] = []
    below: list[int] = []
    if cursor.lowest_uid == 1 and folder.uidnext == cursor.highest_uid + 1:
        return above, below
    for stretch in connection.uids(folder.exists):
        if cursor.highest_uid:
            above += [uid for uid in stretch if uid > cursor.highest_uid]
        if cursor.lowest_uid != 1:
            below += [uid for uid in stretch if not cursor.lowest_uid or uid < cursor.lowest_uid]
        elif stretch and stretch[-1] <= cursor.highest_uid:
            break
    return sorted(set(above)), sorted(set(below), reverse=True)


def _fetched(connection: Connection, uids: list[int]) -> Iterator[tuple[tuple[Arrived, ...], list[int]]]:
    """The mails in batches of bounded number and bytes, each with the UIDs it settles."""
    for start in range(0, len(uids), _SIZES_AT_ONCE):
        some = uids[start : start + _SIZES_AT_ONCE]
        sizes = connection.sizes(some)
        for group in _packed(some, sizes):
            if sizes.get(group[0], 0) > LARGEST:
                yield tuple(connection.beginning(group[0])), group
            else:
                yield tuple(_given(connection, group)), group


def _given(connection: Connection, uids: list[int]) -> list[Arrived]:
    """These mails; where the server cannot give one out, it alone is replaced by its header and a note.

    Some servers fail on single broken mails: that must not stop all the others.
    """
    try:
        return connection.mails(uids)
    except Busy:
        raise
    except ServerRefused as error:
        if len(uids) > 1:
            return [mail for uid in uids for mail in _given(connection, [uid])]
        note = f"[The server cannot give out the rest of this mail. {error.what}]"
    return [replace(one, raw=one.raw + note.encode()) for one in _head(connection, uids[0])]


def _head(connection: Connection, uid: int) -> list[Arrived]:
    try:
        return connection.head(uid)
    except Busy:
        raise
    except ServerRefused:
        return [Arrived(uid, "", None, b"Subject: (a mail the server cannot give out)\r\n\r\n", 0)]


def _packed(uids: list[int], sizes: dict[int, int]) -> Iterator[list[int]]:
    """Groups of UIDs that may be fetched at once. A large mail stands alone."""
    group: list[int] = []
    room = BYTES_A_BATCH
    for uid in uids:
        size = sizes.get(uid, 0)
        if group and (len(group) == MAILS_A_BATCH or size > room):
            yield group
            group, room = [], BYTES_A_BATCH
        group.append(uid)
        room -= size
    if group:
        yield group
