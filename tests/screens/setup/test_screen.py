"""Setting up in a pilot: the form over a real home, with the network replaced by the test."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from deskterm.config import settings_file as stored
from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.paths import Home
from deskterm.config.providers import find, intended_address
from deskterm.errors import LoginRefused, NotFound, NotNow, NotTrusted, Offline, OrdersFileError, SecretError
from deskterm.screens.setup import form as setup_form
from deskterm.screens.setup import parse
from deskterm.screens.setup.app import SetupApp
from deskterm.screens.setup.calls import SetupCalls
from deskterm.screens.setup.form import (  # fmt: skip
    BY_AUTHORITY,
    BY_COMMAND,
    BY_TOKEN,
    IN_MAILDIR,
    OTHER_LOGIN,
    PINNED,
    SEALED,
    Found,
    Pins,
    TypedLines,
)
from deskterm.screens.setup.store_calls import StoreCalls
from deskterm.sync.stores.adapter import RightCheck
from deskterm.sync.stores.try_store import StoreTrial
from deskterm.widgets.form import Choice, Field
from screens.going import until
from screens.looking import seen

FOUND = Mailbox(
    host="imap.example.org", smtp_host="smtp.example.org", smtp_port=587, smtp_security="starttls"
)
FORM = TypedLines(
    "Oak", "me@oak.example", incoming="imap.oak.example:993 tls", outgoing="smtp.oak.example:587 starttls"
)


class Outside:
    """The calls of setup, recorded; a test may let one fail."""

    def __init__(self, folder):
        self.home = Home(folder)
        self.tested, self.kept, self.failure = [], [], None
        self.sent, self.entered, self.certificates = [], [], {}
        self.wrong, self.sealed = (), False
        self.found, self.how, self.keyring, self.browser = FOUND, "published", True, True

    def discover(self, address):
        if self.found is None:
            raise NotFound(f"No servers are known for {address}.", todo="Write both servers below.")
        provider = find(address)
        return Found(self.found, self.how, provider, "" if provider else intended_address(address))

    def test(self, mailbox, password, _, sending):
        seen, pin = self.certificates.get(sending, ""), mailbox.smtp_pin if sending else mailbox.pin
        if seen and seen != pin:
            raise NotTrusted("The certificate is self-signed.", seen=seen if pin else "")
        (self.sent if sending else self.tested).append((mailbox, password))
        failure = self.failure(mailbox, password, sending) if callable(self.failure) else self.failure
        if failure:
            raise failure
        return "" if sending else "Both servers let us in."

    def log_in(self, mailbox, form, show, stop):
        show("Open this:", "http://127.0.0.1:1/x")
        self.entered.append((mailbox.oauth, mailbox.client_id, form.client_secret))
        if stop.wait(0 if self.browser else 30):
            raise NotNow("The login was given up.")

    def orders(self, store, _):
        if not Path(store.path).is_file():
            missing = OrdersFileError(f"{store.path} cannot be read.", todo="Name it in config.toml.")
            raise missing from FileNotFoundError()
        return bool(store.currency) or store.path != __file__

    def ready(self, passphrase):
        if not passphrase or passphrase in self.wrong:
            raise SecretError("The passphrase does not open the secrets file.", todo="Try it again.")

    def keep(self, mailbox, password, passphrase):
        self.kept.append((mailbox.address, password, *filter(None, [passphrase])))

    def save(self, settings):
        stored.save(self.home, settings)
        return str(self.home.config_file)

    @property
    def shop(self):
        """A shop that has what it needs."""
        rights = StoreTrial((RightCheck("orders", granted=True),))
        return StoreCalls(
            try_store=lambda *_: rights,
            ready=self.ready,
            keep=lambda store, secret, _: self.kept.append((store.name, secret)),
            save=self.save,
            has_keyring=lambda: self.keyring,
            has_file=lambda: self.sealed,
        )

    @property
    def calls(self):
        return SetupCalls(
            discover=self.discover,
            test=self.test,
            presented=lambda _, sending: self.certificates[sending],
            log_in=self.log_in,
            orders=self.orders,
            ready=self.ready,
            keep=self.keep,
            save=self.save,
            has_keyring=lambda: self.keyring,
            has_file=lambda: self.sealed,
            shop=self.shop,
        )

    def app(self, start=None):
        return SetupApp(start or Settings(), self.calls)


@pytest.fixture
def outside(tmp_path):
    return Outside(tmp_path)


async def fill(pilot, *, address="me@oak.example"):
    """The shop's name, the address, no other ones, the password."""
    await typed(pilot, f"Oak\r{address}")
    await pilot.press(*["enter"] * 5)
    await typed(pilot, "word\r")


async def typed(pilot, words):
    """Type words at the cursor, faster than they are painted."""
    for char in words:
        pilot.app.post_message(events.Key("enter" if char == "\r" else char, char))
    await pilot.pause()


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


async def test_a_wrong_password_is_reported_with_nothing_written_and_nothing_typed_lost(outside):
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


async def test_the_password_is_never_shown(outside):
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


async def test_enter_on_the_last_line_tests_and_writes_once_the_orders_file_can_be_read(outside, tmp_path):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        orders = tmp_path / "orders.csv"
        await pilot.press(*["enter"] * 5)
        await typed(pilot, str(orders))
        await pilot.press("enter", "enter")
        await until(lambda: "cannot be read" in seen(pilot.app))
        orders.touch()
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    assert stored.load(outside.home).stores[0].path == str(orders)


async def test_if_orders_come_from_a_shop_its_form_follows_with_the_mailbox_already_written(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press(*["enter"] * 4, "right")
        assert not pilot.app.screen.query_one("#row-orders").display
        await pilot.press("enter")
        await until(lambda: type(pilot.app.screen).__name__ == "StoreScreen")
        assert stored.load(outside.home).mailboxes[0].host == "imap.example.org"
        await pilot.press("enter", *"ridge", "enter", *"ridge.myshopify.com", "enter", *"id-1")
        await pilot.press("enter", "enter", *"shpss_1", "enter")
        await until(lambda: "ridge is written" in seen(pilot.app))
        await pilot.press("escape")
        await until(lambda: pilot.app.return_value is not None)
    (store,) = stored.load(outside.home).stores
    assert (store.name, store.kind, store.address) == ("ridge", "shopify", "https://ridge.myshopify.com")
    assert outside.kept[-1] == ("ridge", "shpss_1")
    assert stored.load(outside.home).shop.name == "Oak"


async def test_lines_typed_in_one_go_with_enter_between_go_into_their_fields(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for char in "Oax\x7fk\rme@oak.example\r\r\r\r\rword":
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
        assert "Did you mean" in seen(pilot.app)


async def test_what_was_typed_while_servers_were_looked_for_is_not_overwritten(outside):
    go = threading.Event()
    find_servers = outside.discover
    outside.discover = lambda address: go.wait(5) and find_servers(address)
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await pilot.press("enter", *"mine:993 tls")
        go.set()
        await until(lambda: "publishes these servers" in seen(pilot.app))
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
        assert "Nothing has been written" in picture
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
        await pilot.press(*"sesame", "enter", *"sesami", "ctrl+s")
        await until(lambda: "two passphrases differ" in seen(pilot.app))
        assert outside.tested == []
        assert pilot.app.focused is field(pilot, "again")
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


async def test_gmail_is_logged_in_to_with_the_owners_own_client_once_that_is_chosen(outside):
    """Without a login the server refuses; the form has the owner log in, and finishes by itself."""
    outside.found = replace(FOUND, host="imap.gmail.com", smtp_host="smtp.gmail.com")
    outside.failure = lambda *_: None if outside.entered else SecretError("There is no OAuth2 login yet.")
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await typed(pilot, "Oak\roak@gmail.com")
        await pilot.press(*["enter"] * 4)
        assert pilot.app.focused is pilot.app.screen.query_one("#login")
        await pilot.press("right")
        await until(lambda: "https://console.cloud.google.com" in seen(pilot.app))
        await pilot.press("enter", "enter", *"1-a.apps", "enter", *"gsecret", "enter")
        await until(lambda: field(pilot, "incoming").value)
        assert "gsecret" not in seen(pilot.app)
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    assert outside.entered == [("google", "1-a.apps", "gsecret")]
    assert outside.kept == []
    (box,) = stored.load(outside.home).mailboxes
    assert (box.oauth, box.client_id, box.secret) == ("google", "1-a.apps", "keyring")
    assert "gsecret" not in outside.home.config_file.read_text()
    assert setup_form.lines_of(stored.load(outside.home)).login == BY_TOKEN


async def test_microsoft_asks_for_no_password_and_a_login_that_is_waited_for_can_be_given_up(outside):
    outside.found = replace(FOUND, host="outlook.office365.com")
    outside.browser = False
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await typed(pilot, "Oak\roak@outlook.com")
        await pilot.press(*["enter"] * 6)
        await until(lambda: "https://entra.microsoft.com" in seen(pilot.app))
        await until(lambda: field(pilot, "incoming").value)
        assert not pilot.app.screen.query_one("#row-password").display
        await pilot.press("ctrl+s")
        await until(lambda: "The client id is missing" in seen(pilot.app))
        field(pilot, "client_id").focus()
        await pilot.press(*"0-0", "ctrl+s")
        await until(lambda: "http://127.0.0.1:1/x" in seen(pilot.app))
        await pilot.press("escape")
        await until(lambda: "given up" in seen(pilot.app))
        assert pilot.app.return_value is None
        assert not outside.home.config_file.exists()
        outside.browser = True
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    assert stored.load(outside.home).mailboxes[0].oauth == "microsoft"


async def test_a_kept_login_of_the_same_app_is_not_asked_for_again(outside):
    start = parse.parse_lines(replace(FORM, incoming="imap.gmail.com:993 tls", login=BY_TOKEN, client_id="1"),
                            Settings())  # fmt: skip
    async with outside.app(start).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    assert outside.entered == []
    assert len(outside.tested) == len(outside.sent) == 1


async def test_an_unknown_certificate_is_trusted_only_once_its_fingerprint_was_shown_and_chosen(outside):
    outside.certificates = {False: "AB:" * 31 + "01", True: "CD:" * 31 + "02"}
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        for first, last in (("AB:AB", "AB:01"), ("CD:CD", "CD:02")):
            await pilot.press("ctrl+s")
            await until(lambda first=first: first in seen(pilot.app))
            assert last in seen(pilot.app)
            assert pilot.app.focused is pilot.app.screen.query_one("#trust")
            assert not outside.home.config_file.exists()
            await pilot.press("right")
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    (box,) = stored.load(outside.home).mailboxes
    assert (box.pin, box.smtp_pin) == (outside.certificates[False], outside.certificates[True])
    again = setup_form.lines_of(stored.load(outside.home))
    assert parse.parse_lines(again, stored.load(outside.home), Pins(box.pin, box.smtp_pin)).mailboxes == (
        box,
    )


async def test_one_certificate_of_both_servers_is_asked_about_once(outside):
    outside.certificates = dict.fromkeys((False, True), "AB:" * 31 + "01")
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press("ctrl+s")
        await until(lambda: "AB:AB" in seen(pilot.app))
        await pilot.press("ctrl+s")
        await until(lambda: "Logging in" not in seen(pilot.app))
        assert outside.tested == [], "not chosen yet"
        await pilot.press("right", "ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    (box,) = stored.load(outside.home).mailboxes
    assert box.pin == box.smtp_pin == outside.certificates[True]


async def test_another_login_for_sending_is_asked_for_if_the_first_is_refused(outside):
    outside.failure = lambda _, password, sending: (
        LoginRefused("smtp refuses.") if sending and password != "other" else None
    )
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        assert not pilot.app.screen.query_one("#row-sender").display
        await pilot.press("ctrl+s")
        await until(lambda: "Sends by" in seen(pilot.app))
        assert pilot.app.focused is pilot.app.screen.query_one("#sender")
        await pilot.press("right", "enter", *"relay", "enter", *"other", "ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    (box,) = stored.load(outside.home).mailboxes
    assert (box.smtp_user, box.smtp_secret, box.sending.name) == ("relay", "keyring", "main (sending)")
    assert outside.kept == [("me@oak.example", "word"), ("me@oak.example", "other")]
    again = setup_form.lines_of(stored.load(outside.home))
    assert again.sender == OTHER_LOGIN
    assert parse.parse_lines(again, stored.load(outside.home)).mailboxes == (box,)


async def test_a_refused_login_asks_whether_its_name_is_another_than_the_address(outside):
    outside.failure = lambda box, *_: None if box.login == "oak" else LoginRefused("imap refuses.")
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press("ctrl+s")
        await until(lambda: "Log in as" in seen(pilot.app))
        await pilot.press("up", "up", *"oak", "ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    assert stored.load(outside.home).mailboxes[0].user == "oak"


async def test_a_typing_mistake_in_a_mail_hosts_name_is_asked_about(outside):
    outside.how = "no domain"
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot, address="me@gmial.com")
        await until(lambda: "There is no domain gmial.com" in seen(pilot.app))
        assert "Did you mean me@gmail.com?" in seen(pilot.app)


async def test_a_maildir_is_chosen_with_its_folder(outside, tmp_path):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "outgoing").value)
        await pilot.press("right", "enter")
        assert pilot.app.focused is field(pilot, "path")
        await typed(pilot, str(tmp_path / "Mail"))
        await pilot.press("ctrl+s")
        await until(lambda: pilot.app.return_value is not None)
    box = stored.load(outside.home).mailboxes[0]
    assert (box.kind, box.path, box.delivery) == ("maildir", str(tmp_path / "Mail"), "smtp")
    assert box.smtp_host == "smtp.example.org"
    assert setup_form.lines_of(stored.load(outside.home)).kind == IN_MAILDIR


KILN = "127.0.0.1 is not there."
REFUSALS = {  # what was typed, what fails, how: the line that it is about, and words of the message
    "no address": (replace(FORM, address=""), None, False, "address", "address is missing"),
    "no command": (replace(FORM, secret=BY_COMMAND), None, False, "command", "command is missing"),
    "no folder": (replace(FORM, kind=IN_MAILDIR), None, False, "path", "folder is missing"),
    "incoming": (replace(FORM, incoming="oak"), None, False, "incoming", "like mail.example:993 tls"),
    "outgoing": (replace(FORM, outgoing="oak"), None, False, "outgoing", "like mail.example:465 tls"),
    "authority": (replace(FORM, trust=BY_AUTHORITY, ca_file="/no.pem"), None, False, "ca_file", "no file"),
    "orders": (replace(FORM, orders="/no.csv"), None, False, "orders", "Name another file, or leave it"),
    "currency": (replace(FORM, orders=__file__), None, False, "currency", "names no currency"),
    "passphrases": (replace(FORM, secret=SEALED, passphrase="a", again="b"), None, False, "again", "differ"),
    "passphrase": (replace(FORM, secret=SEALED, passphrase="x", again="x"), None, False, "passphrase", "not open"),
    "client": (replace(FORM, incoming="imap.gmail.com:993 tls", login=BY_TOKEN), None, False, "client_id", "client id"),
    "login": (replace(FORM, password="x"), LoginRefused(KILN), False, "password", KILN),
    "login by command": (replace(FORM, secret=BY_COMMAND, command="x"), LoginRefused(KILN), False, "command", KILN),
    "login to send": (FORM, LoginRefused(KILN), True, "sender", KILN),
    "other login": (replace(FORM, sender=OTHER_LOGIN, smtp_user="x", smtp_password="x"), LoginRefused(KILN), True,
                    "smtp_password", KILN),
    "token": (replace(FORM, incoming="imap.gmail.com:993 tls", login=BY_TOKEN, client_id="1"), LoginRefused(KILN),
              True, "client_id", KILN),
    "keyring": (replace(FORM, password="x"), SecretError(KILN), False, "secret", KILN),
    "nothing kept": (FORM, SecretError(KILN), False, "password", "Type the password here"),
    "host in": (FORM, Offline(KILN), False, "incoming", KILN),
    "host out": (FORM, Offline(KILN), True, "outgoing", KILN),
    "maildir": (replace(FORM, kind=IN_MAILDIR, path="/x"), Offline(KILN), False, "path", KILN),
    "certificate": (FORM, NotTrusted(KILN, seen="AB:CD"), False, "trust", "your own incoming server"),
    "certificate to send": (FORM, NotTrusted(KILN, seen="AB:CD"), True, "trust", "your own outgoing server"),
}  # fmt: skip


async def type_all(pilot, form):
    """Each line as it is in `form`, and the cursor far from most of them."""
    lines = pilot.app.screen.form
    if form.sender == OTHER_LOGIN:
        lines.open("sender")
    if form.trust == BY_AUTHORITY:
        lines.open("trust")
    for name in setup_form.LINES:
        lines.line(name).value = getattr(form, name)
    lines.show_lines()
    await pilot.pause()
    lines.line("name").focus()


@pytest.mark.parametrize("case", REFUSALS)
async def test_the_cursor_goes_to_the_line_that_a_message_is_about(outside, case):
    form, failure, when_sending, line, words = REFUSALS[case]
    outside.failure = lambda _box, _password, sending: failure if sending == when_sending else None
    outside.wrong = ("x",)
    async with outside.app().run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        await type_all(pilot, form)
        await pilot.press("ctrl+s")
        await until(lambda: words in " ".join(seen(pilot.app).split()))
        assert pilot.app.focused.id == line
        assert pilot.app.screen.query_one(f"#row-{line}").display
        assert "config.toml" not in seen(pilot.app)
    assert not outside.home.config_file.exists()


async def test_mistakes_are_reported_from_the_top_before_any_server_is_asked(outside):
    outside.wrong = ("a",)
    mistaken = replace(FORM, secret=SEALED, passphrase="a", again="b", incoming="oak", orders="/no.csv")
    told = ("does not open", "differ", "incoming server cannot be read", "/no.csv cannot be read")
    mended = ({}, {"passphrase": "c"}, {"again": "c"}, {"incoming": FORM.incoming})
    async with outside.app().run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        for words, change in zip(told, mended, strict=True):
            mistaken = replace(mistaken, **change)
            await type_all(pilot, mistaken)
            await pilot.press("ctrl+s")
            await until(lambda words=words: words in seen(pilot.app))
    assert outside.tested == outside.sent == []


async def test_a_refused_passphrase_is_replaced_by_the_next_one_typed(outside):
    outside.wrong = ("x",)
    async with outside.app().run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        await type_all(pilot, replace(FORM, secret=SEALED, passphrase="x", again="x"))
        await pilot.press("ctrl+s")
        await until(lambda: "does not open" in seen(pilot.app))
        await pilot.press(*"sesame")
        assert field(pilot, "passphrase").value == "sesame"


async def test_a_path_typed_on_a_choice_changes_nothing_and_says_how_to_choose(outside):
    outside.failure = NotTrusted(KILN, seen="AB:CD")
    async with outside.app().run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        await type_all(pilot, FORM)
        await pilot.press("ctrl+s")
        await until(lambda: "AB:CD" in seen(pilot.app))
        before = pilot.app.screen.form.typed_lines
        await pilot.press(*"/hall", "space")
        await until(lambda: "Left and Right choose here" in seen(pilot.app))
        assert pilot.app.screen.form.typed_lines == before
        assert "AB:CD" in seen(pilot.app), "the question stays"
        await pilot.press("right")
        await until(lambda: "Left and Right choose here" not in seen(pilot.app))
        assert pilot.app.screen.form.typed_lines.trust == PINNED


async def test_what_is_typed_over_a_guessed_server_takes_its_place(outside):
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot)
        await until(lambda: field(pilot, "incoming").value)
        await pilot.press("enter", *"localhost:1")
        assert field(pilot, "incoming").value == "localhost:1"
        await pilot.press("down", "up", *"43")
        assert field(pilot, "incoming").value == "localhost:143", "one's own words are added to"


async def test_what_is_typed_over_the_prefilled_language_takes_its_place(outside):
    async with outside.app(Settings(shop=Shop(locale="en_US"))).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        pilot.app.screen.go_to("locale")
        await pilot.press(*"de", "down", "up", *"_DE")
        assert field(pilot, "locale").value == "de_DE"


async def test_a_maildir_needs_no_server_to_read_from_and_a_password_only_to_send(outside):
    outside.how = "no domain"
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot, address="me@oak.example")
        await until(lambda: "There is no domain oak.example" in seen(pilot.app))
        assert field(pilot, "password").placeholder == "the password; never written to the config file"
        await pilot.press("right")
        await until(lambda: "There is no domain" not in seen(pilot.app))
        assert field(pilot, "password").placeholder.startswith("the password to send with;")


async def test_the_second_certificate_says_that_the_first_is_trusted(outside):
    outside.certificates = {False: "AB:" * 31 + "01", True: "CD:" * 31 + "02"}
    async with outside.app().run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await type_all(pilot, FORM)
        await pilot.press("ctrl+s")
        await until(lambda: "your own incoming server" in " ".join(seen(pilot.app).split()))
        assert "certificate is trusted" not in seen(pilot.app)
        await pilot.press("right", "ctrl+s")
        await until(lambda: "your own outgoing server" in " ".join(seen(pilot.app).split()))
        assert "The incoming server's certificate is trusted" in seen(pilot.app)


@pytest.mark.parametrize(("port", "kind"), [(993, "tls"), (465, "tls"), (143, "starttls"), (587, "starttls")])
def test_a_usual_port_needs_no_word_for_its_encryption(port, kind):
    assert setup_form.read_server(f"oak.example:{port}", "incoming") == ("oak.example", port, kind)


def test_a_maildir_needs_its_folder():
    with pytest.raises(NotNow, match="folder is missing"):
        parse.parse_lines(replace(FORM, kind=IN_MAILDIR), Settings())


def test_settings_read_from_the_form_fill_it_with_the_same_lines():
    settings = parse.parse_lines(FORM, Settings())
    assert setup_form.lines_of(settings) == replace(FORM, locale="en_US")


@pytest.mark.parametrize(
    "line", ["", "imap.oak.example", "imap.oak.example:1993", "h:0 tls", "h:99999 tls", "h:993 plain"]
)
def test_a_server_without_encryption_or_port_is_refused(line):
    with pytest.raises(NotNow, match="incoming server"):
        setup_form.read_server(line, "incoming")


def test_a_command_takes_the_place_of_a_password():
    with pytest.raises(NotNow, match="command"):
        parse.parse_lines(replace(FORM, secret=BY_COMMAND), Settings())
    settings = parse.parse_lines(replace(FORM, secret=BY_COMMAND, command="pass show mail"), Settings())
    assert (settings.mailboxes[0].secret, settings.mailboxes[0].password_command) == (
        "command",
        "pass show mail",
    )


def test_other_addresses_and_the_orders_file_are_kept():
    settings = parse.parse_lines(
        replace(FORM, others="a@oak.example, b@oak.example", orders="orders.csv", currency="eur"), Settings()
    )
    assert settings.stores[0].currency == "EUR"
    assert settings.shop.addresses == ("me@oak.example", "a@oak.example", "b@oak.example")
    assert settings.stores[0].path == str(Path("orders.csv").absolute())
    again = parse.parse_lines(setup_form.lines_of(settings), settings)
    assert again == settings


def test_the_sign_off_is_typed_in_one_line_and_keeps_its_lines():
    settings = parse.parse_lines(
        replace(FORM, signature="Kind regards, / Anna / https://oak.example/a"), Settings()
    )
    assert settings.shop.signature == "Kind regards,\nAnna\nhttps://oak.example/a"
    again = parse.parse_lines(setup_form.lines_of(settings), settings)
    assert again.shop.signature == settings.shop.signature


def test_the_language_is_asked_for_and_must_exist():
    assert parse.parse_lines(replace(FORM, locale="de-AT"), Settings()).shop.locale == "de_AT"
    with pytest.raises(setup_form.LineRefused, match="no locale") as caught:
        parse.parse_lines(replace(FORM, locale="klingon"), Settings())
    assert caught.value.line == "locale"


def test_two_addresses_in_the_line_for_one_are_refused_in_words():
    with pytest.raises(setup_form.LineRefused, match="Only one address"):
        parse.parse_lines(replace(FORM, address="a@oak.example, b@oak.example"), Settings())
