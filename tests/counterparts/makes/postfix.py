"""A private Postfix on loopback that delivers all mail into one file. Only root can start one."""

import contextlib
import mailbox
import os
import shutil
import smtplib
import subprocess
import tempfile
import time
from pathlib import Path

from counterparts.dovecot import free_port
from counterparts.makes import NOBODY
from counterparts.makes.asked import PasswordChecker

PROGRAM = Path("/usr/sbin/postfix")
UNKNOWN = "gone@mertens.example"


def may_run():
    return PROGRAM.exists() and os.getuid() == 0


class Postfix:
    """A running server. `port` speaks STARTTLS, `tls_port` TLS from the start; both ask for a login."""

    def __init__(self, certificate):
        self.folder = Path(tempfile.mkdtemp(prefix="postfix-", dir="/tmp"))
        self.folder.chmod(0o755)
        for name in ("conf/sasl", "queue", "data", "mail"):
            (self.folder / name).mkdir(parents=True)
        shutil.chown(self.folder / "data", "postfix")
        shutil.chown(self.folder / "mail", NOBODY)
        self.certificate = certificate
        self._checker = PasswordChecker(self.folder / "asked")

    def start(self):
        """Start it; on other ports if another program has just taken one of these."""
        for _ in range(3):
            self.port, self.tls_port = free_port(), free_port()
            self._configure()
            self._run("start")
            if self._answers():
                return self
            self._run("abort")
        raise AssertionError((self.folder / "log").read_text())

    def stop(self):
        self._run("abort")
        self._checker.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def taken(self, number):
        """The bytes of the mails it has delivered, once there are that many."""
        deadline = time.monotonic() + 20
        while len(found := self._delivered()) < number:
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.02)
        return found

    def empty(self):
        (self.folder / "mail/all").unlink(missing_ok=True)

    def _delivered(self):
        path = self.folder / "mail/all"
        if not path.exists():
            return []
        with contextlib.closing(mailbox.mbox(path, create=False)) as mails:
            return [bytes(one) for one in mails]

    def _run(self, what):
        subprocess.run(
            [PROGRAM, "-c", self.folder / "conf", what], check=False,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _answers(self):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                smtplib.SMTP("127.0.0.1", self.port, timeout=5).close()
                return True
            if "fatal" in (self.folder / "log").read_text():
                return False
            time.sleep(0.02)
        return False

    def _configure(self):
        conf, cert = self.folder / "conf", self.certificate
        (self.folder / "log").touch()
        words = {
            "b": self.folder,
            "cert": cert.cert,
            "key": cert.key,
            "port": self.port,
            "tls": self.tls_port,
        }
        (conf / "main.cf").write_text(MAIN % {**words, "gone": UNKNOWN, "id": 65534})
        (conf / "master.cf").write_text(MASTER % words)
        (conf / "sasl/smtpd.conf").write_text(
            f"pwcheck_method: saslauthd\nsaslauthd_path: {self.folder}/asked\nmech_list: PLAIN LOGIN\n"
        )


MAIN = """\
compatibility_level = 3.6
queue_directory = %(b)s/queue
data_directory = %(b)s/data
maillog_file = %(b)s/log
maillog_file_prefixes = %(b)s
myhostname = postfix.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
notify_classes =
alias_maps =
virtual_mailbox_domains = static:all
virtual_mailbox_base = %(b)s/mail
virtual_mailbox_maps = static:all
virtual_uid_maps = static:%(id)s
virtual_gid_maps = static:%(id)s
virtual_minimum_uid = 1
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = cyrus
cyrus_sasl_config_path = %(b)s/conf/sasl
smtpd_tls_cert_file = %(cert)s
smtpd_tls_key_file = %(key)s
smtpd_tls_security_level = encrypt
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access inline:{ {%(gone)s = 550 5.1.1 no such mailbox} }
"""
MASTER = """\
127.0.0.1:%(port)s inet n - n - - smtpd
127.0.0.1:%(tls)s inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
postlog unix-dgram n - n - 1 postlogd
"""
