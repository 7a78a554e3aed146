"""The contents of a server, compared between the test's own changes: only deskterm can have changed it then.

By itself deskterm may put a copy of a reply into Sent, and nothing else. A test in
which it may do more names the folders.
"""

import hashlib
import re
import threading
from contextlib import contextmanager

SENT = "Gesendet"
_FOLDER = re.compile(rb'\((?P<flags>[^)]*)\) (?:"[^"]*"|NIL) (?P<name>.+)')
_WRITES = re.compile(
    r"(?:UID )?(?:STORE|COPY|MOVE|EXPUNGE|REPLACE)\b|(?:SELECT|APPEND|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE"
    r"|CLOSE|SETMETADATA|SETACL|SETQUOTA)\b|(?:UID )?FETCH .*(?:BODY\[|RFC822(?:\.TEXT)?[ )])",
    re.IGNORECASE,
)


class Untouched:
    """The watch over one server for one test. `doing` surrounds each session of the test's own."""

    def __init__(self):
        self._may = set()
        self._stood = {}
        self._open = {}
        self._lock = threading.RLock()

    @property
    def users(self):
        """The users whose mailboxes the test has used."""
        return tuple(self._stood)

    def may_write_to(self, *folders):
        """From here on deskterm may change these folders: this test asks for it."""
        self._may |= set(folders)

    @contextmanager
    def doing(self, client, user):
        """The test changes something on the server, which must be as the test last left it."""
        with self._lock:
            if not self._open.get(user) and user in self._stood:
                self._same(self._stood[user], standing(client))
            self._open[user] = self._open.get(user, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._open[user] -= 1
                if not self._open[user]:
                    self._stood[user] = standing(client)

    def asked(self, lines):
        """The commands deskterm sent: reading, and what it may write."""
        for line in lines:
            if _WRITES.match(line) and not self._allowed(line):
                raise AssertionError(f"deskterm wrote on the server: {line}")

    def _allowed(self, line):
        return bool(self._may) or re.match(rf'APPEND "?{SENT}"? \(\\Seen\)', line)

    def _same(self, before, now):
        for folder in before.keys() | now.keys():
            was, stands = before.get(folder), now.get(folder)
            if was != stands and folder not in self._may and not _only_copies(folder, was, stands):
                raise AssertionError(f"deskterm changed {folder}: {was} became {stands}")


def standing(client):
    """Every folder: its UIDVALIDITY, and of each UID the flags and a hash of the bytes."""
    _, rows = client.list()
    found = {}
    for row in rows:
        flags, name = _FOLDER.fullmatch(row).group("flags", "name")
        found[name.decode().strip('"')] = None if b"noselect" in flags.lower() else _mails(client, name)
    return found


def _mails(client, name):
    said, _ = client.select(name.decode(), readonly=True)
    assert said == "OK"
    _, (validity,) = client.response("UIDVALIDITY")
    _, rows = client.uid("FETCH", "1:*", "(FLAGS BODY.PEEK[])")
    mails = {}
    for head, raw in (row for row in rows if isinstance(row, tuple)):
        flags = set(re.search(rb"FLAGS \(([^)]*)\)", head)[1].split()) - {rb"\Recent"}
        uid = int(re.search(rb"UID (\d+)", head)[1])
        mails[uid] = (frozenset(flags), hashlib.blake2b(raw, digest_size=8).hexdigest())
    client.unselect()
    return validity, mails


def _only_copies(folder, was, stands):
    if folder != SENT or was is None or stands is None or was[0] != stands[0]:
        return False
    new = {uid: mail for uid, mail in stands[1].items() if uid not in was[1]}
    kept = {uid: mail for uid, mail in stands[1].items() if uid in was[1]}
    return kept == was[1] and all(flags == {rb"\Seen"} for flags, _ in new.values())
