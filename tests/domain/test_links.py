"""Links: web addresses only, shown whole, their host in punycode."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.links import punycode, shown_link


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://shop.example/a?b=c#d", "https://shop.example/a?b=c#d"),
        ("HTTP://Shop.example", "http://Shop.example"),
        (" https://shop.example/\n", "https://shop.example/"),
        ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://раураl.example/", "https://xn--l-7sba6dbr.example/"),
        ("https://pay.example@evil.example/", "https://pay.example@evil.example/"),
        ("https:\\\\shop.example\\x", "https://shop.example%5Cx"),
        ("https://shop.example:8443/", "https://shop.example:8443/"),
        ("https://x.example/\u202egpj.exe", "https://x.example/%E2%80%AEgpj.exe"),
    ],
)
def test_a_web_address_is_shown_whole(url, shown):
    assert shown_link(url) == shown


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "mailto:jana@mertens.example",
        "ftp://shop.example/",
        "/relative",
        "https://",
        "https:///path",
        "https://ev il.example/",
        "https://\u202eevil.example/",
        "https://x.example/" + "a" * 9000,
    ],
)
def test_anything_else_is_no_link(url):
    assert shown_link(url) is None


@given(st.text())
def test_what_is_shown_is_plain_ascii_and_starts_as_a_web_address(text):
    shown = shown_link("https://" + text)
    assert shown is None or (shown.isascii() and shown.isprintable() and shown.startswith("https://"))


def test_a_host_that_cannot_be_one_is_refused():
    assert punycode("a" * 300) is None
    assert punycode("a..ü") is None
    assert punycode("ü" * 80) is None
