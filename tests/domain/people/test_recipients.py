"""Recipients as they are typed."""

import pytest

from deskterm.domain.messages import Address
from deskterm.domain.people import recipients
from deskterm.errors import NotNow


def test_names_and_bare_addresses_are_read():
    assert recipients.parse_recipients(
        "Jana Mertens <jana@mertens.example>, shop@x.example; b@y.example"
    ) == (
        Address("Jana Mertens", "jana@mertens.example"),
        Address("", "shop@x.example"),
        Address("", "b@y.example"),
    )


@pytest.mark.parametrize("name", ["Mertens, Jana", "Jana (work)", 'The "Shop"', "山本 さくら", "a@b.example"])
def test_what_is_shown_is_read_again(name):
    (read,) = recipients.parse_recipients(
        recipients.format_recipients([Address(name, "jana@mertens.example")])
    )
    assert read.address == "jana@mertens.example"
    assert read.name == name.replace('"', "'")


@pytest.mark.parametrize("line", ["jana", "jana@", "@x.example", "Jana <jana>", "a b@x.example c"])
def test_what_is_no_address_is_named(line):
    with pytest.raises(NotNow, match="not a mail address"):
        recipients.parse_recipients(f"good@x.example, {line}")


def test_the_same_address_twice_is_one_recipient():
    assert recipients.parse_recipients("a@x.example, A@X.example") == (Address("", "a@x.example"),)


def test_an_empty_line_has_no_recipients():
    assert recipients.parse_recipients(" , ") == ()
