"""Logging in with a token over SASL: OAUTHBEARER (RFC 7628), and the older XOAUTH2 of large hosts."""

from collections.abc import Iterable

from deskterm.errors import ServerRefused

WAYS = ("XOAUTH2", "OAUTHBEARER")  # the first is what both were tried with most


def mechanism(offered: Iterable[str]) -> str:
    """The mechanism to use of those that a server offers; "" if it offers none."""
    names = {name.upper() for name in offered}
    return next((way for way in WAYS if way in names), "")


def answers(way: str, user: str, token: str, host: str, port: int) -> tuple[bytes, bytes]:
    """Our first response, and the one after the reasons of a refusal, which makes the server finish it."""
    if way == "XOAUTH2":
        return f"user={user}\1auth=Bearer {token}\1\1".encode(), b""
    name = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={name},\1host={host}\1port={port}\1auth=Bearer {token}\1\1".encode(), b"\1"


def none_offered(host: str) -> ServerRefused:
    """The error for a server that accepts no tokens."""
    return ServerRefused(
        f"{host} takes no OAuth2 tokens.",
        safe="Nothing was sent to it.",
        todo="Leave out `oauth` in config.toml and use an app password.",
    )
