"""Prepares and inspects mailboxes on servers of other makes, with imaplib."""

import contextlib
import imaplib
import ssl

from counterparts.dovecot import PASSWORD, USER


class Mailboxes:
    """A running server with one user. Has `tls_port`, `ca_file`, and a `sent` folder, named as the server names it."""

    sent = "INBOX.Sent"

    @contextlib.contextmanager
    def login(self):
        context = ssl.create_default_context(cafile=str(self.ca_file))
        client = imaplib.IMAP4_SSL("localhost", self.tls_port, ssl_context=context, timeout=20)
        client.login(USER, PASSWORD)
        try:
            yield client
        finally:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    def put(self, mails, folder="INBOX"):
        with self.login() as client:
            for mail in mails:
                said, words = client.append(folder, "", "", mail)
                assert said == "OK", words

    def mails(self, folder="INBOX"):
        """Every mail's bytes and flags in a folder, in their order, read without changing them."""
        with self.login() as client:
            client.select(folder, readonly=True)
            _, rows = client.fetch("1:*", "(FLAGS BODY.PEEK[])")
            return [(row[1], imaplib.ParseFlags(row[0])) for row in rows if isinstance(row, tuple)]

    def delete(self, place, folder="INBOX"):
        with self.login() as client:
            client.select(folder)
            client.store(str(place), "+FLAGS", r"(\Deleted)")
            client.expunge()

    def empty(self):
        """Restore the state before the first test."""
        with self.login() as client:
            for folder in ("INBOX", self.sent):
                client.select(folder)
                client.store("1:*", "+FLAGS", r"(\Deleted)")
                client.expunge()
