"""`deskterm act` shows the plan, has amounts of money typed, and says how it went."""

import copy
import os
import sys
from pathlib import Path

import pytest

from cli.conftest import Shell, copied
from counterparts.shopify import ShopifyShop
from counterparts.terminal import Terminal
from deskterm.cli import main

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="module")
def opened():
    """A shop, and a desk of the sample store that has read it."""
    shop = ShopifyShop()
    yield shop
    shop.close()


@pytest.fixture(scope="module")
def read_once(laid, opened, tmp_path_factory):
    home = copied(laid, tmp_path_factory.mktemp("act") / "home")
    file = home / "config.toml"
    file.write_text(
        f'{file.read_text()}\n[[store]]\nname = "ridge"\nkind = "shopify"\naddress = "{opened.url}"\n'
        f'secret = "command"\npassword_command = "echo {opened.fixed}"\n'
    )
    assert main(["sync", "-q", "--home", str(home)]) == 0
    return home


@pytest.fixture
def with_shop(read_once, tmp_path, capsys):
    """A shell in a copy of that desk."""
    capsys.readouterr()
    return Shell(copied(read_once, tmp_path / "home"), capsys)


@pytest.fixture
def shop(opened):
    """The shop, each time in its first state."""
    before, done = copy.deepcopy(opened.orders), len(opened.done)
    yield opened
    opened.orders = before
    opened.keys.clear()
    del opened.done[done:]


def act(shell, *words):
    return shell("act", "1001", *words, "--store", "ridge")


def test_a_refund_shows_what_happens_and_is_done_when_its_amount_is_typed(with_shop, shop):
    assert "wait" not in act(with_shop)
    assert with_shop.status == 3
    act(with_shop, "refund", "5")
    assert (with_shop.status, shop.done) == (1, [])
    assert "Type the amount to confirm it: 5.00 USD" in with_shop.err
    said = act(with_shop, "refund", "5", "--reason", "late", "--typed", "5.00")
    assert "goes back to the customer" in said
    assert "Shopify does not mail the customer about it." in said
    assert "refund 5.00 USD: Done." in said
    assert (with_shop.status, [what for what, *_ in shop.done]) == (0, ["refund"])


def test_it_asks_in_a_terminal(with_shop, shop):
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    argv = [sys.executable, "-m", "deskterm", "--home", str(with_shop.home), "act", "1001"]
    with Terminal([*argv, "refund", "5.00", "--store", "ridge"], env=env) as terminal:
        terminal.until("Type the amount to confirm it (5.00 USD)")
        terminal.press("5.00\r")
        terminal.until("Done.")
        terminal.ended()
    assert len(shop.done) == 1


def test_what_is_not_confirmed_is_not_done(with_shop, shop):
    act(with_shop, "note", "called")
    assert (with_shop.status, shop.done) == (4, [])
    assert "refund: Done" not in act(with_shop, "note", "called", "--yes")
    assert [what for what, *_ in shop.done] == ["note"]


def test_what_prevents_it_is_said(with_shop, shop):
    act(with_shop, "refund", "9999", "--typed", "9999")
    assert (with_shop.status, shop.done) == (1, [])
    assert "65.00 of it can still be given back" in with_shop.err


def test_an_address_is_changed_part_by_part(with_shop, shop):
    said = act(with_shop, "address", "--street", "9 New Street", "--yes")
    assert "Street: 1 Mill Lane becomes 9 New Street." in said
    assert shop.done[0][:1] == ("address",)


def test_an_unknown_outcome_is_reported_listed_and_decided(with_shop, shop):
    shop.fault("cut after", "refundCreate")
    said = act(with_shop, "refund", "5", "--typed", "5")
    assert "may have happened" in said
    (record,) = with_shop.json("act", "1001", "--store", "ridge")["actions"]
    assert (record["state"], record["amount"]) == ("unknown", "5.00 USD")
    with_shop("sync", "-q")
    assert with_shop.json("act", "1001", "--store", "ridge")["actions"][0]["state"] == "done"
    act(with_shop, "happened", record["key"])
    assert "nothing to decide" in with_shop.err


def test_what_did_not_happen_is_sent_again(with_shop, shop):
    shop.fault("423", "refundCreate")
    act(with_shop, "refund", "5", "--typed", "5")
    (record,) = with_shop.json("act", "1001", "--store", "ridge")["actions"]
    assert record["state"] == "refused"
    assert "Done." in act(with_shop, "repeat", record["key"])
    assert len(shop.done) == 1
