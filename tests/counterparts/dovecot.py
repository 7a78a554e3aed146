"""A private Dovecot on loopback, with its own folder, ports, users and certificate.

Knows the configuration of 2.3 and of 2.4. Runs as whoever runs the tests: root
gets a user of Dovecot's own package for the parts that must not be root.
"""

import contextlib
import grp
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

USER, OTHER, PASSWORD = "shop@kiln.example", "other@kiln.example", "s3cret word"
_SOCKETS = 50  # the longest folder whose sockets fit their 104 bytes (macOS; Linux has 108)
_OURS = '("name" "a test")'  # the ID of the test's own sessions


def program():
    return shutil.which("dovecot") or next((p for p in ("/usr/sbin/dovecot",) if Path(p).exists()), None)


def version():
    said = subprocess.run([program(), "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in said.split()[0].split(".")[:2])


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class Dovecot:
    """A running server. `port` speaks IMAP with STARTTLS, `tls_port` TLS from the start.

    With an `issuer` (its address) it takes that one's OAuth2 tokens, too. Where there is an
    `untouched` it sees to it that nobody but the test changes anything.
    """

    untouched = None

    def __init__(self, certificate, ca_file, *, issuer=""):
        room = len(tempfile.gettempdir()) < _SOCKETS
        self.folder = Path(tempfile.mkdtemp(prefix="dovecot-", dir=None if room else "/tmp"))
        self.folder.chmod(0o755)
        self.certificate, self.ca_file, self.issuer = certificate, ca_file, issuer
        for name in ("run", "state", "mail", "raw"):
            (self.folder / name).mkdir(exist_ok=True)
        self._owner()

    def start(self):
        """Start it; on other ports if another program has just taken one of these."""
        for _ in range(3):
            self.port, self.tls_port = free_port(), free_port()
            self._configure()
            self._launch()
            if self._answers():
                return self
        raise AssertionError((self.folder / "log").read_text())

    def _launch(self):
        command = [program(), "-F", "-c", self.folder / "dovecot.conf"]
        with (self.folder / "said").open("wb") as said:
            self.process = subprocess.Popen(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL)

    def _answers(self):
        """Whether it is up; False if a port was not free. Asks until it answers or has ended."""
        deadline = time.monotonic() + 20
        while self.process.poll() is None:
            with contextlib.suppress(OSError, imaplib.IMAP4.abort):
                imaplib.IMAP4("127.0.0.1", self.port, timeout=5).shutdown()
                return True
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
        words = (self.folder / "log").read_text() + (self.folder / "said").read_text()
        assert "already in use" in words, words
        return False

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def login(self, user=USER):
        """A plain imaplib client for the test itself, to prepare and inspect mailboxes."""
        context = ssl.create_default_context(cafile=str(self.ca_file))
        client = imaplib.IMAP4_SSL("localhost", self.tls_port, ssl_context=context, timeout=20)
        client.login(f'"{user}"', PASSWORD)
        client.xatom("ID", _OURS)
        try:
            with self.untouched.doing(client, user) if self.untouched else contextlib.nullcontext():
                yield client
        finally:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                client.logout()

    def put(self, mails, folder="INBOX", user=USER, flags="", at=None):
        when = imaplib.Time2Internaldate(at) if at else ""
        with self.login(user) as client:
            for mail in mails:
                said, words = client.append(folder, flags, when, mail)
                assert said == "OK", words

    def flags(self, folder="INBOX", user=USER):
        """UID -> flags, read without changing them."""
        with self.login(user) as client:
            client.select(folder, readonly=True)
            _, rows = client.uid("FETCH", "1:*", "(FLAGS)")
            return {
                int(row.split(b"UID ")[1].split()[0].rstrip(b")")): imaplib.ParseFlags(row)
                for row in rows
                if row
            }

    def mails(self, folder="INBOX", user=USER):
        """Every mail's bytes in a folder, by UID."""
        with self.login(user) as client:
            client.select(f'"{folder}"', readonly=True)
            _, rows = client.uid("FETCH", "1:*", "(BODY.PEEK[])")
            return [row[1] for row in rows if isinstance(row, tuple)]

    def commands(self):
        """Every line deskterm sent after logging in, over all sessions, tags taken off."""
        lines = []
        for file in sorted((self.folder / "raw").rglob("*.in")):
            said = file.read_bytes().decode("latin-1")
            lines += [] if _OURS in said else [line for line in said.splitlines() if line]
        return [_untimed(line) for line in lines]

    def forget_commands(self):
        asked = self.commands()
        for file in (self.folder / "raw").rglob("*.in"):
            file.unlink()
        if self.untouched:
            self.untouched.asked(asked)

    def renew(self, folder, user=USER):
        """The same mails in a recreated folder, with another UIDVALIDITY. Not for INBOX, which cannot be deleted."""
        kept = self.mails(folder, user)
        with self.login(user) as client:
            assert client.delete(folder)[0] == "OK"
            assert client.create(folder)[0] == "OK"
        self.put(kept, folder, user)

    def _owner(self):
        if os.getuid() == 0:
            self.uid = self.gid = "dovecot"
            self.login_user = "dovenull"
        else:
            self.uid = self.login_user = pwd.getpwuid(os.getuid()).pw_name
            self.gid = grp.getgrgid(os.getgid()).gr_name
        for name in ("mail", "raw"):
            self._own(self.folder / name)

    def _own(self, folder):
        if os.getuid() == 0:
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, self.uid, self.gid)

    def _configure(self):
        (self.folder / "users").write_text(
            f"{USER}:{{PLAIN}}{PASSWORD}::::::\n{OTHER}:{{PLAIN}}{PASSWORD}::::::\n"
        )
        for user in (USER, OTHER):
            (self.folder / "raw" / user).mkdir(exist_ok=True)
        self._own(self.folder / "raw")
        new = version() >= (2, 4)
        text = NEW_HEAD + COMMON + NEW if new else COMMON + OLD
        if self.issuer:
            (self.folder / "oauth2").write_text(OAUTH % {"issuer": self.issuer})
            text += NEW_TOKENS if new else OLD_TOKENS
        text %= {
            "b": self.folder,
            "port": self.port,
            "tls": self.tls_port,
            "cert": self.certificate.cert,
            "key": self.certificate.key,
            "uid": self.uid,
            "gid": self.gid,
            "login": self.login_user,
            "issuer": self.issuer,
        }
        (self.folder / "dovecot.conf").write_text(text)


def _untimed(line):
    """A rawlog line may begin with its time; what follows is `TAG COMMAND ...`."""
    words = line.split(" ")
    while words and words[0].replace(".", "").isdigit():
        words.pop(0)
    return " ".join(words[1:])


COMMON = """\
base_dir = %(b)s/run
state_dir = %(b)s/state
log_path = %(b)s/log
protocols = imap
listen = 127.0.0.1
ssl = yes
auth_mechanisms = plain login
first_valid_uid = 1
default_internal_user = %(uid)s
default_internal_group = %(gid)s
default_login_user = %(login)s
mail_uid = %(uid)s
mail_gid = %(gid)s
service imap-login {
  inet_listener imap {
    port = %(port)s
  }
  inet_listener imaps {
    port = %(tls)s
    ssl = yes
  }
  chroot =
}
auth_failure_delay = 0 secs
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
"""
FOLDERS = """\
namespace inbox {
  inbox = yes
  separator = /
  mailbox Gesendet {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Archive {
    special_use = \\Archive
    auto = create
  }
}
"""
OLD = (
    FOLDERS
    + """\
ssl_cert = <%(cert)s
ssl_key = <%(key)s
disable_plaintext_auth = no
mail_location = sdbox:%(b)s/mail/%%u
passdb {
  driver = passwd-file
  args = scheme=PLAIN %(b)s/users
}
userdb {
  driver = static
  args = uid=%(uid)s gid=%(gid)s home=%(b)s/mail/%%u
}
protocol imap {
  rawlog_dir = %(b)s/raw/%%u
  mail_max_userip_connections = 50
}
"""
)
OAUTH = """\
tokeninfo_url = %(issuer)s/info?access_token=
introspection_mode = auth
username_attribute = email
"""
TOKENS = "auth_mechanisms = plain login xoauth2 oauthbearer\n"
OLD_TOKENS = (
    TOKENS
    + """\
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = %(b)s/oauth2
}
"""
)
NEW_TOKENS = TOKENS + "oauth2 {\n" + OAUTH + "}\n"
NEW_HEAD = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
NEW = (
    FOLDERS
    + """\
ssl_server_cert_file = %(cert)s
ssl_server_key_file = %(key)s
auth_allow_cleartext = yes
mail_driver = sdbox
mail_path = %(b)s/mail/%%{user}
mail_home = %(b)s/mail/%%{user}
passdb passwd-file {
  passwd_file_path = %(b)s/users
}
userdb static {
  fields {
    uid = %(uid)s
    gid = %(gid)s
    home = %(b)s/mail/%%{user}
  }
}
protocol imap {
  rawlog_dir = %(b)s/raw/%%{user}
  mail_max_userip_connections = 50
}
"""
)
