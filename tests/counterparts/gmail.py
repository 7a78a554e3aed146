"""A mailbox as Gmail shows it (X-GM-EXT-1): every mail once in All Mail, folders are labels."""

import re
from threading import Semaphore

from counterparts.scripted import Scripted

ALL = "[Gmail]/Alle Nachrichten"


class Gmail(Scripted):
    """`mails` maps the UID in All Mail to (bytes, labels as the server writes them)."""

    def __init__(self, mails, *, tls):
        self.mails = mails
        self.uidvalidity, self.hides_all = 7, False
        self._idles = Semaphore(0)
        self._idling = b""
        super().__init__(tls=tls)

    def idled(self, times=1):
        """Whether IDLE is sent that many times, each within ten seconds."""
        return all(self._idles.acquire(timeout=10) for _ in range(times))

    def written(self):
        """Every command that writes."""
        return [
            line
            for line in self.lines
            if re.search(rb" (UID )?(STORE|COPY|MOVE|EXPUNGE|APPEND|SELECT)\b", line)
        ]

    def _answer(self, command):
        tag, _, words = command.strip().partition(b" ")
        verb = words.upper()
        if verb == b"IDLE":
            self._idling = tag
            self._idles.release()
            return b"+ idling\r\n"
        if tag == b"DONE":
            return self._idling + b" OK done\r\n"
        for start, answer in (
            (b"CAPABILITY", self._capability), (b"LIST", self._list), (b"EXAMINE", self._open),
            (b"SELECT", self._open), (b"UID SEARCH", self._search), (b"UID FETCH", self._fetch),
            (b"UID STORE", self._store),
        ):  # fmt: skip
            if verb.startswith(start):
                return answer(words) + tag + b" OK done\r\n"
        return tag + b" OK done\r\n"

    def _capability(self, _):
        return b"* CAPABILITY IMAP4rev1 IDLE UIDPLUS MOVE X-GM-EXT-1 SPECIAL-USE\r\n"

    def _list(self, _):
        everything = b'* LIST (\\HasNoChildren \\All) "/" "[Gmail]/Alle Nachrichten"\r\n'
        return (
            b'* LIST (\\HasNoChildren) "/" "INBOX"\r\n'
            b'* LIST (\\HasNoChildren \\Sent) "/" "[Gmail]/Gesendet"\r\n'
        ) + (b"" if self.hides_all else everything)

    def _open(self, words):
        shown = self._shown(words)
        return b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] x\r\n* OK [UIDNEXT %d] x\r\n" % (
            len(shown),
            self.uidvalidity,
            max(self.mails, default=0) + 1,
        )

    def _shown(self, words):
        return self.mails if b"Alle" in words else {}

    def _search(self, words):
        if b"LARGER" in words:
            return b"* SEARCH\r\n"
        low, _, high = words.split()[-1].partition(b":")
        return (
            b"* SEARCH "
            + b" ".join(b"%d" % uid for uid in sorted(self.mails)[int(low) - 1 : int(high)])
            + b"\r\n"
        )

    def _fetch(self, words):
        return b"".join(self._item(place, uid, words) for place, uid in self._named(words))

    def _named(self, words):
        wanted = set()
        for stretch in words.split()[2].split(b","):
            low, _, high = stretch.partition(b":")
            wanted |= set(range(int(low), int(high or low) + 1))
        return [(place, uid) for place, uid in enumerate(sorted(self.mails), 1) if uid in wanted]

    def _item(self, place, uid, words):
        raw, labels = self.mails[uid]
        said = [b"UID %d" % uid]
        if b"X-GM-LABELS" in words:
            said.append(b"X-GM-LABELS (%s)" % labels)
        if b"RFC822.SIZE" in words:
            said.append(b"RFC822.SIZE %d" % len(raw))
        if b"BODY.PEEK[]" in words:
            said.append(b"BODY[] {%d}\r\n%s" % (len(raw), raw))
        return b"* %d FETCH (%s)\r\n" % (place, b" ".join(said))

    def _store(self, words):
        for _, uid in self._named(words):
            raw, labels = self.mails[uid]
            if b"-X-GM-LABELS" in words:
                self.mails[uid] = (raw, labels.replace(b'"\\\\Inbox"', b"").strip())
        return b""
