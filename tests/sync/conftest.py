"""What the tests of sync share: settings that point at the counterparts."""

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.templates import fresh
from deskterm.config.paths import Home
from deskterm.config.settings_file import Mailbox
from deskterm.storage.schema.migrate import open_database


@pytest.fixture
def mailbox(dovecot):
    """A mailbox on the real Dovecot."""
    return Mailbox(
        name="shop",
        address=USER,
        host="localhost",
        port=dovecot.tls_port,
        ca_file=str(dovecot.ca_file),
        secret="command",
        password_command=f"echo '{PASSWORD}'",
    )


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home")


@pytest.fixture
def db(home):
    """A fresh database."""
    opened = open_database(fresh(home.database))
    yield opened
    opened.close()
