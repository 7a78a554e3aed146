"""Which mails of an IMAP folder to fetch, and in what order.

What came since the last pass is fetched oldest first, so that the cursor never
has a gap; a folder's history newest first, down to its oldest mail.
"""

from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace

from deskterm.errors import ServerRefused
from deskterm.storage.mail.folders import Cursor
from deskterm.sync.batches import BYTES_A_BATCH, LARGEST, MAILS_A_BATCH, Batch, FetchedMail, advance_cursor
from deskterm.sync.imap.connection import GMAIL, Connection, Folder
from deskterm.sync.line.failures import Busy

_SIZES_AT_ONCE = 500  # keeps a command's line under 8 kB
SMALL = 20_000  # bytes: nobody asks how small a mail is, so many of them fit into a batch
_NOTE = b"[The server did not give out the rest of this mail. It is asked again at each sync.]"
_NO_MAIL = frozenset({"\\draft", "\\drafts", "\\spam", "\\junk", "\\trash"})
_SENT = "\\sent"
_Labels = dict[int, frozenset[str]]
_Settled = tuple[tuple[FetchedMail, ...], list[int], tuple[int, ...]]  # mails, their UIDs, those passed over


def batches(
    connection: Connection, folder: Folder, cursor: Cursor, *, many: bool = False
) -> Generator[Batch, None, None]:
    """All mails of the open folder that `cursor` says are missing; the last batch is empty and closes it.

    `many` at once, where no desk's changes wait for the batch that is being written: then what all mails
    touch is written more seldom. The first ones are few, so that something is to be seen soon.
    """
    above, below = _missing(connection, folder, cursor)
    left = len(above) + len(below)
    for mails, uids, passed_over in _fetch_batches(connection, [*above, *below], cursor.role, many=many):
        left -= len(uids)
        cursor = advance_cursor(cursor, uids)
        yield Batch(mails, cursor, left, passed_over, lacking=_lacking(mails, uids, passed_over))
    highest = max(cursor.highest_uid, folder.uidnext - 1)
    yield Batch((), replace(cursor, highest_uid=highest, lowest_uid=1, modseq=folder.modseq))


def missing_mails(
    connection: Connection, cursor: Cursor, uids: Iterable[int]
) -> Generator[Batch, None, None]:
    """Mails that should be stored according to the cursor and are not."""
    for mails, asked, passed_over in _fetch_batches(connection, sorted(uids, reverse=True), cursor.role):
        yield Batch(mails, cursor, passed_over=passed_over, lacking=_lacking(mails, asked, passed_over))


def _lacking(
    mails: tuple[FetchedMail, ...], asked: list[int], passed_over: tuple[int, ...]
) -> frozenset[int]:
    """The UIDs of mails that were asked for and did not come."""
    return frozenset(asked).difference(passed_over, (one.uid for one in mails if not one.stands_in))


def compare_uids(connection: Connection, folder: Folder, known: set[int]) -> tuple[set[int], set[int]]:
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


def _fetch_batches(
    connection: Connection, uids: list[int], role: str, *, many: bool = False
) -> Iterator[_Settled]:
    """The mails in batches of bounded number and bytes, each with the UIDs it settles.

    What a label tells to be no mail is passed over with the last of its stretch,
    so that a cursor never stands beyond what was fetched.
    """
    for start in range(0, len(uids), _SIZES_AT_ONCE):
        some = uids[start : start + _SIZES_AT_ONCE]
        labels: _Labels = connection.labels(some) if role == "all" and GMAIL in connection.can else {}
        passed_over = tuple(uid for uid in some if labels.get(uid, frozenset()) & _NO_MAIL)
        wanted = [uid for uid in some if uid not in passed_over]
        sizes = connection.sizes(wanted, SMALL) if wanted else {}
        groups = list(_group_uids(wanted, sizes, _most_at(start, many=many)))
        for group in groups[:-1]:
            yield _mails(connection, group, sizes, labels), group, ()
        last = groups[-1] if groups else []
        yield _mails(connection, last, sizes, labels), [*last, *passed_over], passed_over


def _mails(
    connection: Connection, group: list[int], sizes: dict[int, int], labels: _Labels
) -> tuple[FetchedMail, ...]:
    """The mails of one group; a large mail is a group of its own, of which only the beginning is fetched."""
    if not group:
        return ()
    found = _fetch_group(connection, group, large=sizes.get(group[0], 0) > LARGEST)
    return tuple(replace(one, role="sent") if _SENT in labels.get(one.uid, ()) else one for one in found)


def _fetch_group(connection: Connection, uids: list[int], *, large: bool) -> list[FetchedMail]:
    """These mails; if the server refuses one, only its header stands in for it.

    Some servers fail on single broken mails: that must not stop all the others.
    """
    try:
        return connection.beginning(uids[0]) if large else connection.mails(uids)
    except Busy:
        raise
    except ServerRefused:
        if len(uids) > 1:
            return [mail for uid in uids for mail in _fetch_group(connection, [uid], large=False)]
    return _stand_in(connection, uids[0])


def _stand_in(connection: Connection, uid: int) -> list[FetchedMail]:
    """The header of a mail that the server refuses, with a note; nothing if it refuses the header too.

    The note is always the same, so that the header is known again when the mail is refused once more.
    """
    try:
        return [replace(one, raw=one.raw + _NOTE, stands_in=True) for one in connection.head(uid)]
    except Busy:
        raise
    except ServerRefused:
        return []


def _most_at(start: int, *, many: bool) -> int:
    """How many mails a batch may have from that place on."""
    return MAILS_A_BATCH * 5 // 2 if many and start else MAILS_A_BATCH


def _group_uids(uids: list[int], sizes: dict[int, int], most: int) -> Iterator[list[int]]:
    """Groups of UIDs that may be fetched together. A large mail is a group of its own."""
    group: list[int] = []
    room = BYTES_A_BATCH
    for uid in uids:
        size = sizes.get(uid, SMALL)
        if group and (len(group) == most or size > room):
            yield group
            group, room = [], BYTES_A_BATCH
        group.append(uid)
        room -= size
    if group:
        yield group
