"""The real servers as fixtures. A missing Dovecot skips by name; on CI it fails."""

import os
import shutil

import pytest

from counterparts import dovecot as real
from counterparts.certificates import Authority
from counterparts.issuer import Issuer
from counterparts.smtp_listener import SmtpListener
from counterparts.untouched import Untouched


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="session")
def _one_dovecot(authority):
    if real.program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Dovecot is not installed, and CI must test against it.")
        pytest.skip("Dovecot is not installed (Debian: apt install dovecot-imapd).")
    server = real.Dovecot(authority.certificate("dovecot"), authority.ca_file).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def issuer():
    """An issuer of OAuth2 tokens."""
    made = Issuer(real.USER)
    yield made
    made.close()


@pytest.fixture(scope="session")
def token_dovecot(authority, issuer):
    """A Dovecot that takes the issuer's tokens. Dovecot 2.4 writes that down otherwise: skipped there."""
    if real.program() is None or real.version() >= (2, 4):
        pytest.skip("This wants Dovecot 2.3.")
    server = real.Dovecot(authority.certificate("tokens"), authority.ca_file, issuer=issuer.url).start()
    yield server
    server.stop()


@pytest.fixture
def dovecot(_one_dovecot):
    """A running Dovecot with empty mailboxes. After the test it must stand as the test left it."""
    server = _one_dovecot
    for user in (real.USER, real.OTHER):
        shutil.rmtree(server.folder / "mail" / user, ignore_errors=True)
    server.forget_commands()
    server.untouched = Untouched()
    with server.login():
        pass  # it looks by itself
    yield server
    for user in server.untouched.users:
        with server.login(user):
            pass
    server.forget_commands()
    server.untouched = None


@pytest.fixture
def smtp_listener(authority):
    """A recording SMTP server that asks for STARTTLS and a login."""
    listener = SmtpListener(authority.certificate("smtp")).start()
    yield listener
    listener.stop()
