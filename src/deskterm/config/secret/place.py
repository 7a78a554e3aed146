"""Where a secret is kept: the common interface of mailboxes and stores."""

from typing import Protocol

from deskterm.value_class import dataclass


class SecretPlace(Protocol):
    """What `Secrets` needs to know about a secret. A mailbox is such a place, and a store has one."""

    @property
    def name(self) -> str:
        """The name under which it is kept, unique among all."""

    @property
    def secret(self) -> str:
        """`keyring`, `command` or `file`."""

    @property
    def password_command(self) -> str:
        """With `command`: the command that prints it as its first line."""

    @property
    def address(self) -> str:
        """With `keyring`: what distinguishes it from another desk's secret of the same name."""


@dataclass(frozen=True, slots=True)
class NamedSecret:
    """A secret with a name of its own."""

    name: str
    secret: str
    password_command: str = ""
    address: str = ""
