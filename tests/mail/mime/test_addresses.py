"""Address fields, well-formed and otherwise."""

import pytest

from deskterm.mail.mime.addresses import parse_addresses


@pytest.mark.parametrize(
    ("field", "entries"),
    [
        ("jana@mertens.example", [("", "jana@mertens.example")]),
        ("<jana@mertens.example>", [("", "jana@mertens.example")]),
        ("Jana Mertens <jana@mertens.example>", [("Jana Mertens", "jana@mertens.example")]),
        ('"Mertens, Jana" <jana@mertens.example>', [("Mertens, Jana", "jana@mertens.example")]),
        ("Mertens, Jana <jana@mertens.example>", [("Mertens, Jana", "jana@mertens.example")]),
        ("jana@mertens.example (Jana M.)", [("Jana M.", "jana@mertens.example")]),
        ('"Jana \\"J\\" M" <j@x.example>', [('Jana "J" M', "j@x.example")]),
        ("'Jana' <j@x.example>", [("Jana", "j@x.example")]),
        ("j@x.example <j@x.example>", [("", "j@x.example")]),
        ('"real@bank.example" <j@x.example>', [("real@bank.example", "j@x.example")]),
        ("=?utf-8?q?J=C3=B6rg?= <j@x.example>", [("Jörg", "j@x.example")]),
        ('"=?utf-8?q?M=2C_J=C3=B6rg?=" <j@x.example>', [("M, Jörg", "j@x.example")]),
        ("=?utf-8?q?Jana_=3Cj=40x=2Eexample=3E?=", [("Jana", "j@x.example")]),
        ("a@x.example, B <b@x.example>", [("", "a@x.example"), ("B", "b@x.example")]),
        ("a@x.example; b@x.example", [("", "a@x.example"), ("", "b@x.example")]),
        (", , a@x.example,", [("", "a@x.example")]),
        ("<a@x.example><b@x.example>", [("", "a@x.example"), ("", "b@x.example")]),
        ("Team: A <a@x.example>, b@x.example;", [("A", "a@x.example"), ("", "b@x.example")]),
        ("undisclosed-recipients:;", []),
        ("Re: order <a@x.example>", [("Re: order", "a@x.example")]),
        ("Big Shop shop@x.example", [("Big Shop", "shop@x.example")]),
        ("MAILER-DAEMON", [("MAILER-DAEMON", "")]),
        ("Mail System <>", [("Mail System", "")]),
        ("<@relay.example:a@x.example>", [("", "a@x.example")]),
        ("Pete(a \\) chap) <pete(his)@x.example>", [("Pete", "pete@x.example")]),
        ('"john doe"@x.example', [("", '"john doe"@x.example')]),
        ("mailto:a@x.example", [("", "a@x.example")]),
        ("Jana <a@x.example", [("Jana", "a@x.example")]),
        ("Jana <a @ x.example>", [("Jana", "a@x.example")]),
        ("\u202eJana\x1b <a@x.example>", [("Jana␛", "a@x.example")]),
        ("jörg@bücher.example", [("", "jörg@bücher.example")]),
        ("", []),
        ("(((((", []),
    ],
)
def test_addresses_are_found(field, entries):
    assert [(one.name, one.address) for one in parse_addresses(field)] == entries


def test_an_endless_list_is_cut():
    assert len(parse_addresses(", ".join(f"a{at}@x.example" for at in range(3000)))) == 1000


def test_a_name_is_cut_to_the_length_of_a_persons():
    """A longer one would fill the screen."""
    ((name, address),) = [(one.name, one.address) for one in parse_addresses(f'"{"W" * 5000}" <j@x.example>')]
    assert (len(name), address) == (200, "j@x.example")
