"""Logging in by token over SASL: OAUTHBEARER (RFC 7628), and XOAUTH2, which the large hosts had before."""

from collections.abc import Iterable

from deskterm.errors import ServerRefused

WAYS = ("XOAUTH2", "OAUTHBEARER")  # the first is what both were tried with most


def mechanism(offered: Iterable[str]) -> str:
    """The way to take of those a server offers, empty where it has none of them."""
    names = {name.upper() for name in offered}
    return next((way for way in WAYS if way in names), "")


def answers(way: str, user: str, token: str, host: str, port: int) -> tuple[bytes, bytes]:
    """What is said first, and what after a refusal's reasons, so that the refusal itself comes."""
    if way == "XOAUTH2":
        return f"user={user}\1auth=Bearer {token}\1\1".encode(), b""
    name = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={name},\1host={host}\1port={port}\1auth=Bearer {token}\1\1".encode(), b"\1"


def none_offered(host: str) -> ServerRefused:
    """The server takes no tokens."""
    return ServerRefused(
        f"{host} takes no OAuth2 tokens.",
        safe="Nothing was sent to it.",
        todo="Leave out `oauth` in config.toml and use an app password.",
    )
