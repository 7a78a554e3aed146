"""What every use case stands on: the database, the shop's settings and its playbook."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deskterm.domain.playbook import Playbook
from deskterm.storage.database import Database

if TYPE_CHECKING:
    from deskterm.config.paths import Home
    from deskterm.config.settings import Settings
    from deskterm.domain.formats import Formats


@dataclass(frozen=True, slots=True)
class Shopfront:
    """The desk's surroundings, handed to each of its parts."""

    db: Database
    settings: "Settings"
    home: "Home"
    playbook: Callable[[], Playbook]
    formats: "Formats"
