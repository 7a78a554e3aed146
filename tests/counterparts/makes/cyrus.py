"""A private Cyrus on loopback, as many hosts have it: folders below INBOX, a dot between them.

Debian lets nobody install it beside Dovecot: `sh scripts/servers` unpacks it.
"""

import contextlib
import getpass
import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from counterparts.dovecot import free_port
from counterparts.makes import NOBODY, UNPACKED, surroundings
from counterparts.makes.asked import PasswordChecker
from counterparts.makes.mailboxes import Mailboxes

_ROOT = UNPACKED / "cyrus-imapd"
_PROGRAMS = _ROOT / "usr/lib/cyrus/bin"
PROGRAM = _PROGRAMS / "master"


class Cyrus(Mailboxes):
    """A running server; a user's folders are created at the first login."""

    def __init__(self, certificate, ca_file):
        self.ca_file = ca_file
        self.folder = Path(tempfile.mkdtemp(prefix="cyrus-", dir="/tmp"))
        self.user = NOBODY if os.getuid() == 0 else getpass.getuser()
        self.folder.chmod(0o755)
        for name in ("config/socket", "config/proc", "config/lock", "spool"):
            (self.folder / name).mkdir(parents=True)
        for name in ("cert", "key"):
            shutil.copy(getattr(certificate, name), self.folder / name)
        self._checker = PasswordChecker(self.folder / "asked")

    def start(self):
        """Start it; on other ports if another program has just taken one of these."""
        for _ in range(3):
            self.port, self.tls_port = free_port(), free_port()
            self._configure()
            self._launch()
            if self._answers():
                return self
        raise AssertionError((self.folder / "said").read_text())

    def stop(self):
        self._checker.close()
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _configure(self):
        words = {
            "b": self.folder,
            "user": self.user,
            "bin": _PROGRAMS,
            "port": self.port,
            "tls": self.tls_port,
        }
        (self.folder / "imapd.conf").write_text(IMAPD % words)
        (self.folder / "cyrus.conf").write_text(MASTER % words)

    def _launch(self):
        who = {}
        if os.getuid() == 0:
            entry = pwd.getpwnam(self.user)
            who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, self.user)
        files = (
            "-C",
            self.folder / "imapd.conf",
            "-M",
            self.folder / "cyrus.conf",
            "-p",
            self.folder / "pid",
        )
        with (self.folder / "said").open("wb") as said:
            self.process = subprocess.Popen(
                [PROGRAM, *files, "-D"], cwd=self.folder, env=surroundings(_ROOT),
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, **who,
            )  # fmt: skip

    def _answers(self):
        deadline = time.monotonic() + 20
        while self.process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                imaplib.IMAP4("127.0.0.1", self.port, timeout=5).shutdown()
                return True
            time.sleep(0.02)
        return False


IMAPD = """\
configdirectory: %(b)s/config
defaultpartition: default
partition-default: %(b)s/spool
cyrus_user: %(user)s
virtdomains: userid
altnamespace: no
unixhierarchysep: no
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: %(b)s/asked
sasl_mech_list: PLAIN
autocreate_quota: 0
autocreate_users: anyone
autocreate_inbox_folders: Sent
autocreate_subscribe_folders: Sent
xlist-sent: Sent
tls_server_cert: %(b)s/cert
tls_server_key: %(b)s/key
imapidlepoll: 1
failedloginpause: 0
"""
MASTER = """\
START {
  recover cmd="%(bin)s/ctl_cyrusdb -C %(b)s/imapd.conf -r"
}
SERVICES {
  imap cmd="%(bin)s/imapd -C %(b)s/imapd.conf" listen="127.0.0.1:%(port)s" prefork=0
  imaps cmd="%(bin)s/imapd -s -C %(b)s/imapd.conf" listen="127.0.0.1:%(tls)s" prefork=0
}
EVENTS {
}
"""
