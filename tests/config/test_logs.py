"""The log says where something failed, never what it was about."""

import logging
import stat

import pytest

from deskterm.config import logs
from deskterm.config.paths import Home
from deskterm.errors import Offline


@pytest.fixture
def log(tmp_path):
    home = Home(tmp_path)
    logger = logs.start(home)
    yield logger, home.log_file
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()


def fail_with(error):
    password = "s3cret"  # a local a careless log would print
    if password:
        raise error


def test_an_exceptions_text_and_locals_are_not_logged(log):
    logger, file = log
    try:
        fail_with(ValueError("a mail's body s3cret"))
    except ValueError:
        logger.exception("a pass failed")
    text = file.read_text()
    assert "ValueError" in text
    assert "in fail_with" in text
    assert "body" not in text
    assert "s3cret" not in text


def test_our_own_errors_are_logged_with_their_words(log):
    logger, file = log
    try:
        fail_with(Offline("No network.", todo="Wait."))
    except Offline:
        logger.exception("a pass failed")
    assert "Offline: No network. Wait." in file.read_text()


def test_the_file_is_private_and_other_libraries_are_not_logged(log):
    logger, file = log
    logger.info("here")
    logging.getLogger("imapclient").error("LOGIN me s3cret")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "s3cret" not in file.read_text()
