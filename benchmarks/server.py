"""The tests' private Dovecot, with a generated Maildir and without a log of its commands."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.counterparts.certificates import Authority
from tests.counterparts.dovecot import PASSWORD, USER, Dovecot

from benchmarks.mailbox import write


class Server(Dovecot):
    """A running server whose one user has a generated mailbox."""

    def write_mails(self, count: int) -> int:
        """Put `count` mails into the user's Maildir. Returns their bytes."""
        box = self.folder / "mail" / USER
        total = write(box / "Maildir", count)
        (box / "Maildir" / ".Sent").rename(box / "Maildir" / ".Gesendet")
        self._own(box)
        return total

    def _configure(self) -> None:
        super()._configure()
        config = self.folder / "dovecot.conf"
        lines = config.read_text().splitlines()
        lines = [line for line in lines if "rawlog_dir" not in line]
        text = "\n".join(lines)
        text = text.replace("mail_location = sdbox:", "mail_location = maildir:~/Maildir #")
        text = text.replace("mail_driver = sdbox", "mail_driver = maildir").replace(
            "mail_path =", "mail_path = ~/Maildir #"
        )
        config.write_text(text + "\n")


@contextlib.contextmanager
def serving(count: int) -> Iterator[tuple[Server, int]]:
    """A server with `count` mails, and their bytes; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    authority = Authority(folder)
    server = Server(authority.certificate("dovecot"), authority.ca_file)
    try:
        size = server.write_mails(count)
        server.start()
        yield server, size
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


CONFIG = """\
work_from = "all"
[shop]
name = "Oak & Wool"
addresses = ["help@oakandwool.example"]
zone = "Europe/Berlin"
locale = "en_GB"
[[mailbox]]
name = "bench"
kind = "imap"
address = "help@oakandwool.example"
host = "localhost"
port = {port}
security = "tls"
user = "{user}"
secret = "command"
password_command = "printf '{password}'"
ca_file = "{ca_file}"
smtp_host = "localhost"
smtp_port = 1
"""


def home_for(server: Server, folder: Path) -> Path:
    """A home whose one mailbox is that server's."""
    folder.mkdir(parents=True, exist_ok=True)
    words = {"port": server.tls_port, "user": USER, "password": PASSWORD, "ca_file": server.ca_file}
    (folder / "config.toml").write_text(CONFIG.format(**words))
    return folder
