"""Where a secret is kept: what a mailbox and a store have in common."""

from typing import Protocol

from deskterm.value_class import dataclass


class SecretPlace(Protocol):
    """What `Secrets` needs to know to have a secret: a mailbox is one, and a store has one."""

    @property
    def name(self) -> str:
        """What it is kept by; unique among all."""

    @property
    def secret(self) -> str:
        """`keyring`, `command` or `file`."""

    @property
    def password_command(self) -> str:
        """With `command`: the command whose first line it is."""

    @property
    def address(self) -> str:
        """With `keyring`: what parts it from another desk's of the same name."""


@dataclass(frozen=True, slots=True)
class NamedSecret:
    """A secret of its own name."""

    name: str
    secret: str
    password_command: str = ""
    address: str = ""
