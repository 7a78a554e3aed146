"""Setting up in a pilot: the form over a real home, the wire given by the test."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from deskterm.config import settings as stored
from deskterm.config.paths import Home
from deskterm.config.providers import find
from deskterm.config.values import Mailbox, Settings
from deskterm.errors import LoginRefused, NotFound, NotNow, Offline, SecretError
from deskterm.screens import setup_form
from deskterm.screens.setup import SetupApp, SetupCalls
from deskterm.screens.setup_form import BY_COMMAND, IN_MAILDIR, SEALED, Found, Typed
from deskterm.widgets.form import Choice, Field
from screens.going import until
from screens.looking import seen

FOUND = Mailbox(
    host="imap.example.org", smtp_host="smtp.example.org", smtp_port=587, smtp_security="starttls"
)
FORM = Typed(
    "Oak", "me@oak.example", incoming="imap.oak.example:993 tls", outgoing="smtp.oak.example:587 starttls"
)


class Outside:
    """The calls of setup, recorded; a test may let one fail."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.tested, self.kept, self.failure = [], [], None
        self.found, self.how, self.keyring = FOUND, "published", True

    def discover(self, address):
        if self.found is None:
            raise NotFound(f"No servers are known for {address}.", todo="Write both servers below.")
        return Found(self.found, self.how, find(address))

    def test(self, mailbox, password, _):
        self.tested.append((mailbox, password))
        if self.failure:
            raise self.failure
        return "Both servers let us in."

    def keep(self, mailbox, password, passphrase):
        self.kept.append((mailbox.address, password, *filter(None, [passphrase])))

    def save(self, settings):
        stored.save(self.home, settings)
        return str(self.home.config_file)

    @property
    def calls(self):
        return SetupCalls(self.discover, self.test, self.keep, self.save, lambda: self.keyring)

    def app(self, start=None):
        return SetupApp(start or Settings(), self.calls)


@pytest.fixture
def outside(tmp_path):
    return Outside(tmp_path)


async def fill(pilot, *, address="me@oak.example"):
    """The shop's name, the address, no other ones, the password."""
    await pilot.press(*"Oak", "enter", *address, "enter", "enter", "enter", *"word", "enter")


def field(pilot, name):
    return pilot.app.screen.query_one(f"#{name}", Field)


async def test_a_form_filled_by_keyboard_is_tested_and_written(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value == "imap.example.org:993 tls")
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    ((tested, password),) = outside.tested
    assert password == "word"
    assert (tested.smtp_host, tested.smtp_port, tested.smtp_security) == ("smtp.example.org", 587, "starttls")
    assert outside.kept == [("me@oak.example", "word")]
    written = stored.load(outside.home)
    assert written.shop.name == "Oak"
    assert written.shop.addresses == ("me@oak.example",)
    assert written.mailboxes[0].host == "imap.example.org"
    assert "word" not in outside.home.config_file.read_text()
    assert pilot.app.return_value is True


async def test_a_wrong_password_is_said_nothing_is_written_and_nothing_typed_is_lost(outside):
    outside.failure = LoginRefused("The server refused the password.", todo="Type it again.")
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press("ctrl+s")
        await until(lambda: "The server refused the password" in seen(pilot.app))
        assert not outside.home.config_file.exists()
        assert pilot.app.focused is field(pilot, "password")
        assert field(pilot, "password").value == "word"
        outside.failure = None
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    assert outside.home.config_file.exists()


async def test_without_network_it_can_be_written_untested(outside):
    outside.failure = Offline("There is no network.")
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press("ctrl+s")
        await until(lambda: "There is no network" in seen(pilot.app))
        await pilot.press("f4")
        await until(lambda: pilot.app.return_value is not None)
    assert stored.load(outside.home).mailboxes[0].address == "me@oak.example"


async def test_gmail_says_where_an_app_password_is_made(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot, address="oak@gmail.com")
        await until(lambda: "https://myaccount.google.com/apppasswords" in seen(pilot.app))


async def test_servers_that_are_not_found_can_be_typed(outside):
    outside.found = None
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: "No servers are known" in seen(pilot.app))
        await pilot.press(
            "enter", *"mail.oak.example:143 starttls", "enter", *"mail.oak.example:465 tls", "ctrl+s"
        )
        await until(lambda: pilot.app.return_value is not None)
    box = stored.load(outside.home).mailboxes[0]
    assert (box.host, box.port, box.security) == ("mail.oak.example", 143, "starttls")


async def test_the_password_never_stands_on_the_screen(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        assert "word" not in seen(pilot.app).replace("Password", "")


async def test_leaving_an_untouched_form_writes_nothing(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("escape")
        await until(lambda: pilot.app.return_value is not None)
    assert pilot.app.return_value is False
    assert not outside.home.config_file.exists()


async def test_leaving_what_was_typed_asks_for_a_second_esc(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"Oak", "escape")
        await until(lambda: "Esc again leaves" in seen(pilot.app))
        await pilot.press("!", "escape")
        await pilot.pause()
        assert pilot.app.return_value is None
        assert field(pilot, "name").value == "Oak!"
        await pilot.press("escape")
        await until(lambda: pilot.app.return_value is not None)
    assert pilot.app.return_value is False
    assert not outside.home.config_file.exists()


async def test_enter_on_the_last_line_tests_and_writes(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press(*["enter"] * 4, *"orders.csv", "enter")
        await until(lambda: pilot.app.return_value is not None)
    assert len(outside.tested) == 1
    assert stored.load(outside.home).stores[0].path.endswith("/orders.csv")


async def test_keys_in_one_go_with_enter_between_go_into_their_lines(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for char in "Oax\x7fk\rme@oak.example\r\r\rword":
            pilot.app.post_message(events.Key({"\r": "enter", "\x7f": "backspace"}.get(char, char), char))
        await until(lambda: field(pilot, "password").value == "word")
        assert field(pilot, "name").value == "Oak"
        assert field(pilot, "address").value == "me@oak.example"
        assert field(pilot, "others").value == ""


async def test_guessed_servers_are_said_to_be_guessed(outside):
    outside.how = "guessed"
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot, address="me@gmial.com")
        await until(lambda: "only guessed" in seen(pilot.app))
        assert "Check the address" in seen(pilot.app)


async def test_what_was_typed_while_servers_were_looked_for_is_not_written_over(outside):
    go = threading.Event()
    find_servers = outside.discover
    outside.discover = lambda address: go.wait(5) and find_servers(address)
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await pilot.press("enter", *"mine:993 tls")
        go.set()
        await until(lambda: "names these servers itself" in seen(pilot.app))
        assert field(pilot, "incoming").value == "mine:993 tls"


async def test_without_network_the_words_are_true_and_the_app_passwords_page_stays(outside):
    outside.failure = Offline(
        "There is no server named imap.fastmail.com, or there is no network.",
        safe="Everything read before is kept.",
        todo="Check the network and the name in config.toml; deskterm tries again by itself.",
    )
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot, address="oak@fastmail.com")
        await until(lambda: "servers of Fastmail" in seen(pilot.app))
        await pilot.press("ctrl+s")
        await until(lambda: "no network" in seen(pilot.app))
        picture = " ".join(seen(pilot.app).split())
        assert "Nothing is written yet" in picture
        assert "F4 writes without a test" in picture
        assert "https://app.fastmail.com/settings/security/integrations" in picture
        for untrue in ("Everything read before", "config.toml; ", "by itself"):
            assert untrue not in picture


async def test_without_a_keyring_the_other_two_ways_are_offered(outside):
    outside.keyring = False
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await until(lambda: "This machine has no keyring" in seen(pilot.app))
        choice = pilot.app.screen.query_one("#secret", Choice)
        assert choice.words == (SEALED, BY_COMMAND)
        await fill(pilot)
        assert pilot.app.focused is field(pilot, "passphrase")
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press(*"sesame", "ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    assert outside.kept == [("me@oak.example", "word", "sesame")]
    assert stored.load(outside.home).mailboxes[0].secret == "file"


async def test_a_keyring_that_refuses_points_to_the_choice_on_the_same_screen(outside):
    def refuse(*_):
        raise SecretError("The keyring refused (KeyringLocked).", todo="Set `secret` in config.toml.")

    outside.keep = refuse
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press("ctrl+s")
        await until(lambda: "“a command”" in seen(pilot.app))
        assert "config.toml" not in seen(pilot.app).partition("The keyring refused")[2].partition("F4")[0]
        assert not outside.home.config_file.exists()


async def test_a_maildir_is_chosen_with_its_folder(outside, tmp_path):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "outgoing").value)
        await pilot.press("right", "enter")
        assert pilot.app.focused is field(pilot, "path")
        await pilot.press(*str(tmp_path / "Mail"), "ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    box = stored.load(outside.home).mailboxes[0]
    assert (box.kind, box.path, box.delivery) == ("maildir", str(tmp_path / "Mail"), "smtp")
    assert box.smtp_host == "smtp.example.org"
    assert setup_form.typed(stored.load(outside.home)).kind == IN_MAILDIR


def test_a_maildir_wants_its_folder():
    with pytest.raises(NotNow, match="folder is missing"):
        setup_form.read(replace(FORM, kind=IN_MAILDIR), Settings())


def test_what_is_read_is_typed_the_same_again():
    settings = setup_form.read(FORM, Settings())
    assert setup_form.typed(settings) == FORM


@pytest.mark.parametrize(
    "line", ["", "imap.oak.example", "imap.oak.example:993", "h:0 tls", "h:99999 tls", "h:993 plain"]
)
def test_a_server_without_encryption_or_port_is_refused(line):
    with pytest.raises(NotNow, match="incoming server"):
        setup_form.read_server(line, "incoming")


def test_a_command_takes_the_place_of_a_password():
    with pytest.raises(NotNow, match="command"):
        setup_form.read(replace(FORM, secret=BY_COMMAND), Settings())
    settings = setup_form.read(replace(FORM, secret=BY_COMMAND, command="pass show mail"), Settings())
    assert (settings.mailboxes[0].secret, settings.mailboxes[0].password_command) == (
        "command",
        "pass show mail",
    )


def test_other_addresses_and_the_orders_file_are_kept():
    settings = setup_form.read(
        replace(FORM, others="a@oak.example, b@oak.example", orders="orders.csv"), Settings()
    )
    assert settings.shop.addresses == ("me@oak.example", "a@oak.example", "b@oak.example")
    assert settings.stores[0].path == str(Path("orders.csv").absolute())
    again = setup_form.read(setup_form.typed(settings), settings)
    assert again == settings
