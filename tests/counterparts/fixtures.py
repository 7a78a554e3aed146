"""The real servers as fixtures. A missing Dovecot skips by name."""

import shutil

import pytest

from counterparts import dovecot as real
from counterparts.certificates import Authority
from counterparts.issuer import Issuer
from counterparts.makes import courier as courier_imap
from counterparts.makes import cyrus as cyrus_imap
from counterparts.makes import postfix as postfix_smtp
from counterparts.smtp_listener import SmtpListener
from counterparts.untouched import Untouched


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="session")
def _dovecot_is_here():
    if real.program() is None:
        pytest.skip("Dovecot is not installed (Debian: apt install dovecot-imapd).")


@pytest.fixture(scope="session")
def _one_dovecot(_dovecot_is_here, authority):
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
def token_dovecot(_dovecot_is_here, authority, issuer):
    """A Dovecot that accepts the issuer's tokens."""
    server = real.Dovecot(authority.certificate("tokens"), authority.ca_file, issuer=issuer.url).start()
    yield server
    server.stop()


@pytest.fixture
def dovecot(_one_dovecot):
    """A running Dovecot with empty mailboxes. deskterm must leave it as the test set it up."""
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


@pytest.fixture(scope="session")
def _makes_are_kept(authority):
    """The servers of other makes that tests asked for, by class: one per session."""
    running = {}
    yield running
    for server in running.values():
        server.stop()


def _one_of(running, make, is_here, begin):
    if make not in running:
        if not is_here:
            pytest.skip(f"{make} is not here (Debian, as root: sh scripts/servers).")
        running[make] = begin()
    running[make].empty()
    return running[make]


@pytest.fixture
def courier(_makes_are_kept, authority):
    """Courier's IMAP server, with empty folders."""
    return _one_of(
        _makes_are_kept, "Courier", courier_imap.PROGRAM.exists(),
        lambda: courier_imap.Courier(authority.certificate("courier"), authority.ca_file),
    )  # fmt: skip


@pytest.fixture
def cyrus(_makes_are_kept, authority):
    """Cyrus, with empty folders."""
    return _one_of(
        _makes_are_kept, "Cyrus", cyrus_imap.PROGRAM.exists(),
        lambda: cyrus_imap.Cyrus(authority.certificate("cyrus"), authority.ca_file).start(),
    )  # fmt: skip


@pytest.fixture
def postfix(_makes_are_kept, authority):
    """Postfix, with nothing delivered yet."""
    return _one_of(
        _makes_are_kept, "Postfix", postfix_smtp.may_run(),
        lambda: postfix_smtp.Postfix(authority.certificate("postfix")).start(),
    )  # fmt: skip
