"""Puts a desk together: home, settings, database, playbook, and what reaches the outside."""

from pathlib import Path
from typing import TYPE_CHECKING, Self

from deskterm.config import logs
from deskterm.config.paths import Home
from deskterm.config.settings_file import Settings, load
from deskterm.desk import Desk
from deskterm.domain.formats import Formats
from deskterm.errors import ConfigError
from deskterm.storage.schema.database import Database
from deskterm.storage.schema.migrate import open_database
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from deskterm.config.secret.secrets import Secrets
    from deskterm.desk.playbook import PlaybookFiles
    from deskterm.domain.playbook import Playbook

_MAY_CREATE_HOME = ("setup", "demo", "import")


@dataclass(frozen=True, slots=True)
class App:
    """A desk with everything it was made from. As a context, it closes the database at the end."""

    home: Home
    settings: Settings
    db: Database
    desk: Desk
    formats: Formats

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.db.close()


class LatePlaybook:
    """The owner's playbook, imported and read when first used: lists do not need it.

    Copies the starter playbook first if the owner has none.
    """

    def __init__(self, folder: Path, noted: Path) -> None:
        self._folder, self._noted = folder, noted
        self._files: PlaybookFiles | None = None

    def current(self) -> "Playbook":
        """The playbook as it is now."""
        if self._files is None:
            from deskterm.config.starter import starter  # noqa: PLC0415 - see above
            from deskterm.desk.playbook import PlaybookFiles, start  # noqa: PLC0415 - see above

            start(self._folder, starter())
            self._files = PlaybookFiles(self._folder, self._noted)
        return self._files.current()


def playbook_of(home: Home) -> LatePlaybook:
    """The macros and SOPs of a home."""
    return LatePlaybook(home.config_folder, home.sound_texts)


def home_of(args: "Namespace") -> Home:
    """The home named by a command's arguments: see `find_home`."""
    return find_home(args.home, args.command)


def find_home(root: Path | None, command: str, *, creates: bool = False) -> Home:
    """The home named by `--home` (`root`) or DESKTERM_HOME, else the platform's.

    Raises ConfigError for a missing folder, unless the command may create it.
    """
    home = Home(root)
    if home.root and not home.root.exists() and not (creates or command in _MAY_CREATE_HOME):
        raise ConfigError(
            f"There is no folder {home.root}.",
            safe="Nothing was created.",
            todo="Check --home and DESKTERM_HOME. `deskterm setup` sets up a desk in a new folder, "
            "`deskterm demo` a sample store.",
        )
    return home


def assemble(home: Home, *, read_only: bool = False) -> App:
    """The desk of a home. Raises ConfigError if it is not set up, StorageError for its database.

    Starts the log, and creates or upgrades the database.
    """
    logs.start(home)
    settings = load(home)
    if settings.wire_log:
        logs.start_wire_log(home)
    _refuse_lost(home)
    db = open_database(home.database, read_only=read_only)
    formats = Formats(settings.shop.locale, settings.shop.zone)
    desk = Desk(db, settings, home, playbook_of(home), formats)
    return App(home, settings, db, desk, formats)


def _refuse_lost(home: Home) -> None:
    """Refuse to start with an empty desk where there was a full one. Called only without a database."""
    if not (home.database.exists() and home.database.stat().st_size):
        from deskterm.desk.upkeep.backups import Backups  # noqa: PLC0415 - only without a database

        Backups(home).refuse_lost()


def secrets_of(home: Home, ask: "Callable[[str], str] | None" = None) -> "Secrets":
    """The secrets of a home. `ask` gets a prompt if a passphrase is needed."""
    from deskterm.config.secret.secrets import Secrets  # noqa: PLC0415 - lists need no password
    from deskterm.sync.oauth.tokens import renew  # noqa: PLC0415 - as above

    return Secrets(home, ask, renew)
