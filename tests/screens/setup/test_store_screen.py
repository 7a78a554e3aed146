"""Setting up live stores in a pilot: against shops on loopback, each right tried, several one after the other."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from counterparts.shopify import ShopifyShop
from counterparts.vendure import VendureShop
from counterparts.woo_shop import KEY, SECRET, WooServer, WooShop
from deskterm.config import settings_file as stored
from deskterm.config.all_settings import Settings
from deskterm.config.paths import Home
from deskterm.config.store import Store
from deskterm.errors import SecretError
from deskterm.screens.setup.store_calls import StoreCalls
from deskterm.screens.setup.store_lines import TypedStore
from deskterm.screens.setup.store_screen import StoreScreen
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.try_store import try_store
from deskterm.widgets.form import Choice, Field
from deskterm.widgets.look.coloured import ColouredApp
from screens.going import until
from screens.looking import seen


class Outside:
    """The calls of the form: real shops, a keyring that is a dict."""

    def __init__(self, folder):
        self.home, self.keyring, self.kept = Home(folder), True, {}

    def try_store(self, store, settings, secret, passphrase, report):
        def kept():
            if store.name not in self.kept:
                raise SecretError("The keyring has no secret for it.", todo="Type it here.")
            return self.kept[store.name]

        access = StoreAccess(store, ZoneInfo("UTC"), 1_764_000_000, (lambda: secret) if secret else kept)
        return try_store(access, report)

    def ready(self, passphrase):
        if passphrase != "open":
            raise SecretError("The passphrase does not open the secrets file.")

    def keep(self, store, secret, passphrase):
        self.kept[store.name] = secret

    def save(self, settings):
        stored.save(self.home, settings)
        return "config.toml"

    @property
    def calls(self):
        return StoreCalls(
            self.try_store, self.ready, self.keep, self.save, lambda: self.keyring, lambda: False
        )


class Alone(ColouredApp[bool]):
    """The form and nothing else."""

    def __init__(self, outside, settings=None, first=None):
        super().__init__("auto")
        self.given = StoreScreen(settings or Settings(), outside.calls, first or TypedStore())

    def on_mount(self):
        self.push_screen(self.given, self.exit)


@pytest.fixture
def outside(tmp_path):
    return Outside(tmp_path)


@pytest.fixture
def woo():
    shop = WooShop()
    server = WooServer(shop)
    yield shop, server.url
    server.close()


@pytest.fixture
def shopify():
    shop = ShopifyShop()
    yield shop
    shop.close()


def written(outside):
    return {store.name: store for store in stored.load(outside.home).stores}


async def fill(pilot, **lines):
    """Put texts into their lines, and choose by the keyboard."""
    for name, text in lines.items():
        line = pilot.app.screen.query_one(f"#{name}")
        if isinstance(line, Choice):
            line.focus()
            while line.value != text:
                await pilot.press("right")
        else:
            line.value = text
        await pilot.pause()


async def test_a_shop_is_entered_its_permissions_are_tried_and_it_is_written(outside, woo):
    _, url = woo
    async with Alone(outside).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("right", "enter", "enter", *url, "enter", *KEY, "enter", "enter", *SECRET)
        assert SECRET not in seen(pilot.app)
        assert "Consumer secret" in seen(pilot.app)
        await pilot.press("enter")
        await until(lambda: "is written to config.toml (4 of 4 rights)" in seen(pilot.app))
        assert pilot.app.focused is pilot.app.screen.query_one("#kind")
        await pilot.press("escape")
        await until(lambda: pilot.app.return_value is not None)
    assert pilot.app.return_value is True
    assert (written(outside)["woocommerce"].address, outside.kept) == (url, {"woocommerce": SECRET})
    assert SECRET not in outside.home.config_file.read_text()


async def test_missing_permissions_are_named_and_it_is_written_only_the_second_time(outside, shopify):
    shopify.scopes -= {"write_gift_cards", "read_all_orders"}
    async with Alone(outside).run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await fill(pilot, name="ridge", address=shopify.url, key=shopify.client, secret=shopify.secret)
        await pilot.press("ctrl+s")
        await until(lambda: "orders can be read; not there" in seen(pilot.app))
        picture = seen(pilot.app)
        assert (
            "write_gift_cards: gift cards are made in Shopify's admin. Give the app write_gift_cards"
            in picture
        )
        assert "orders older than 60 days are not shown" in picture
        assert not outside.home.config_file.exists()
        await fill(pilot, name="kiln")  # what was changed is tried again
        await pilot.press("ctrl+s")
        await until(lambda: "writes it so" in seen(pilot.app))
        assert not outside.home.config_file.exists()
        await pilot.press("ctrl+s")
        await until(lambda: "kiln is written" in seen(pilot.app))
    assert set(written(outside)) == {"kiln"}


@pytest.mark.parametrize(
    ("lines", "words", "at"),
    [
        ({"secret": "cs_wrong"}, "refuses the key", "key"),
        ({"address": "http://127.0.0.1:9"}, "Nothing listens", "address"),
        ({"address": "shop example"}, "address", "address"),
        ({"address": ""}, "The shop's address is missing", "address"),
        ({"secret": ""}, "secret is missing", "secret"),
        ({"name": "taken"}, "Another store is called taken already", "name"),
        ({"place": "a command"}, "The command is missing", "command"),
    ],
)
async def test_each_failure_is_shown_at_its_line_and_nothing_is_written(outside, woo, lines, words, at):
    _, url = woo
    start = Settings(stores=(Store(name="taken", path="orders.csv"),))
    async with Alone(outside, start).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        given = {"kind": "WooCommerce", "address": url, "key": KEY, "secret": SECRET}
        await fill(pilot, **(given | lines))
        await pilot.press("ctrl+s")
        await until(lambda: words in seen(pilot.app))
        assert pilot.app.focused.id == at
    assert not outside.home.config_file.exists()
    assert outside.kept == {}


async def test_several_shops_are_set_up_one_after_the_other_and_one_is_corrected(outside, woo, shopify):
    _, url = woo
    async with Alone(outside).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot, name="ridge", address=shopify.url, secret=shopify.fixed)
        await pilot.press("ctrl+s")
        await until(lambda: "ridge is written" in seen(pilot.app))
        await fill(pilot, kind="WooCommerce", name="kiln", address=url, key=KEY, secret=SECRET)
        await pilot.press("ctrl+s")
        await until(lambda: "kiln is written" in seen(pilot.app))
        await fill(pilot, shop="ridge")
        assert pilot.app.screen.query_one("#address", Field).value == shopify.url
        assert pilot.app.screen.query_one("#secret", Field).value == ""
        assert not pilot.app.screen.query_one("#row-name").display
        await pilot.press("ctrl+s")  # with the secret that is kept
        await until(lambda: "ridge is written" in seen(pilot.app))
        await pilot.press("escape")
        await until(lambda: pilot.app.return_value is not None)
    assert set(written(outside)) == {"ridge", "kiln"}
    assert outside.kept == {"ridge": shopify.fixed, "kiln": SECRET}


async def test_a_vendure_user_without_a_right_is_told_which(outside):
    shop = VendureShop()
    shop.permissions -= {"CreateOrder"}
    try:
        async with Alone(outside).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await fill(pilot, kind="Vendure", address=shop.url, key="owner", secret="kiln")
            await pilot.press("ctrl+s")
            await until(lambda: "CreateOrder: replacements are made in Vendure" in seen(pilot.app))
    finally:
        shop.close()


async def test_without_a_keyring_the_secret_goes_into_the_file_once_it_opens(outside, woo):
    outside.keyring = False
    _, url = woo
    first = TypedStore(passphrase="shut", again="shut")
    async with Alone(outside, first=first).run_test(size=(80, 24)) as pilot:
        await until(
            lambda: "passphrase" in seen(pilot.app).casefold() or "an encrypted file" in seen(pilot.app)
        )
        await fill(pilot, kind="WooCommerce", address=url, key=KEY, secret=SECRET)
        await pilot.press("ctrl+s")
        await until(lambda: "does not open" in seen(pilot.app))
        assert pilot.app.focused.id == "passphrase"
        await fill(pilot, passphrase="open", again="open")
        await pilot.press("ctrl+s")
        await until(lambda: "is written" in seen(pilot.app))
    assert written(outside)["woocommerce"].secret == "file"


async def test_leaving_asks_once_and_f4_writes_it_untested(outside, woo):
    _, url = woo
    async with Alone(outside).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await fill(pilot, kind="WooCommerce", address=url, key=KEY, secret="cs_later")
        await pilot.press("escape")
        await until(lambda: "Esc again leaves" in seen(pilot.app))
        await pilot.press("f4")
        await until(lambda: "(untested)" in seen(pilot.app))
        await pilot.press("escape")
        await until(lambda: pilot.app.return_value is not None)
    assert pilot.app.return_value is True
    assert replace(written(outside)["woocommerce"], name="").key == KEY
