"""One account on the real Dovecot that sends to the recording SMTP server, and its desk."""

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.templates import fresh
from deskterm.config.paths import Home
from deskterm.config.settings_file import Mailbox
from deskterm.storage.schema.migrate import open_database
from sync.passing import Desk


@pytest.fixture
def mailbox(dovecot, smtp_listener):
    return Mailbox(
        name="shop", address=USER, host="localhost", port=dovecot.tls_port, ca_file=str(dovecot.ca_file),
        secret="command", password_command=f"echo '{PASSWORD}'", smtp_host="localhost",
        smtp_port=smtp_listener.port, smtp_security="starttls",
    )  # fmt: skip


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def db(home):
    opened = open_database(fresh(home.database))
    yield opened
    opened.close()


@pytest.fixture
def desk(db, home, mailbox):
    return Desk(db, home, mailbox)
