"""`deskterm stores`: a live store is added, tried and read; a wrong key is not written unasked."""

import os
import sys
from pathlib import Path

import pytest

from counterparts.terminal import Terminal
from counterparts.woo_shop import KEY, SECRET, WooServer, WooShop

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def shop():
    return WooShop()


@pytest.fixture
def server(shop):
    running = WooServer(shop)
    yield running
    running.close()


@pytest.fixture
def with_store(shell, server):
    file = shell.home / "config.toml"
    file.write_text(
        f'{file.read_text()}\n[[store]]\nname = "kiln"\nkind = "woocommerce"\naddress = "{server.url}"\n'
        f'key = "{KEY}"\nsecret = "command"\npassword_command = "echo {SECRET}"\n'
    )
    return shell


def type_in(shell, *answers):
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    argv = [sys.executable, "-m", "deskterm", "--home", str(shell.home), "stores", "add", "kiln"]
    with Terminal(argv, env=env) as terminal:
        for question, answer in answers:
            terminal.until(question)
            terminal.press(f"{answer}\r")
        terminal.ended()
        return terminal.output.decode()


def test_a_store_is_added_tried_and_read(shell, shop, server):
    shop.add()
    said = type_in(
        shell, ("Kind", "woocommerce"), ("address", server.url), ("Consumer key", KEY),
        ("Keep the secret", "command"), ("command that prints it", f"echo {SECRET}"),
    )  # fmt: skip
    assert "has    orders" in said
    assert SECRET not in (shell.home / "config.toml").read_text().replace(f"echo {SECRET}", "")
    shell("sync")
    assert {one["name"]: one["failing"] for one in shell.json("stores")["stores"]}["kiln"] == ""
    assert shell.status == 0


def test_a_wrong_key_is_reported_and_nothing_is_written(shell, server):
    before = (shell.home / "config.toml").read_text()
    said = type_in(
        shell, ("Kind", "woocommerce"), ("address", server.url), ("Consumer key", KEY),
        ("Keep the secret", "command"), ("command that prints it", "echo cs_wrong"), ("Write it anyway?", "n"),
    )  # fmt: skip
    assert "refuses the key" in said
    assert (shell.home / "config.toml").read_text() == before


def test_rights_are_tried_again_and_the_doctor_tries_them_too(with_store, shop):
    (found,) = with_store.json("stores", "test", "kiln")["stores"]
    assert found["works"]
    assert "kiln grants orders." in with_store("doctor", "--servers")
    shop.rights = "write"
    (found,) = with_store.json("stores", "test", "kiln")["stores"]
    assert (found["works"], found["rights"][0]["granted"], with_store.status) == (False, False, 1)
    assert "read permissions" in with_store("doctor", "--servers")


def test_a_failing_store_keeps_its_orders_and_says_since_when(with_store, shop, server):
    key = shop.add()
    with_store("sync")
    shop.active = False
    with_store("sync")
    assert "WooCommerce is not switched on" in with_store.err
    assert "kiln" in with_store("status")
    (found,) = [one for one in with_store.json("stores")["stores"] if one["name"] == "kiln"]
    assert "not switched on" in found["failing"]
    assert found["complete_to"]
    assert key
