"""What the form for a live store does outside: trying it, keeping its key, writing the settings."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from deskterm.config.all_settings import Settings
from deskterm.config.store import Store
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.sync.stores.adapter import RightCheck
    from deskterm.sync.stores.try_store import StoreTrial


@dataclass(frozen=True, slots=True)
class StoreCalls:
    """All of it may block, and fails with a DesktermError, but `try_store`, which raises nothing.

    `try_store` asks a store for each right, with the secret that is typed, or with the one that is kept where
    that is empty (the next text is the passphrase of the encrypted file), and tells of each as it comes.
    `ready` opens that file, or sees that a passphrase is given for a new one. `keep` keeps a secret, `save`
    writes the settings and gives where.
    """

    try_store: "Callable[[Store, Settings, str, str, Callable[[RightCheck], None]], StoreTrial]"
    ready: Callable[[str], None]
    keep: Callable[[Store, str, str], None]
    save: Callable[[Settings], str]
    has_keyring: Callable[[], bool]
    has_file: Callable[[], bool]
