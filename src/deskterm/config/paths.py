"""Where deskterm's files live on this machine."""

import os
from pathlib import Path

from deskterm.errors import ConfigError

VARIABLE = "DESKTERM_HOME"


class Home:
    """The folders of one desk.

    `root` (`--home DIR`) puts everything into that one folder; without it
    DESKTERM_HOME does, and without both the platform's own folders are used.
    Folders are made when they are asked for, readable by the owner alone.
    """

    def __init__(self, root: Path | None = None) -> None:
        named = root or (Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else None)
        self.root = named.expanduser().absolute() if named else None

    @property
    def config_folder(self) -> Path:
        """The folder of the files that the owner edits: config.toml, macros, SOPs."""
        return private(self.root or _platform("config"))

    @property
    def data_folder(self) -> Path:
        """The folder of deskterm's own data: the database, the secrets file, attachments."""
        return private(self.root or _platform("data"))

    @property
    def state_folder(self) -> Path:
        """The folder of what may be deleted: the log and the locks."""
        return private(self.root or _platform("state"))

    @property
    def config_file(self) -> Path:
        """The settings."""
        return self.config_folder / "config.toml"

    @property
    def policy_file(self) -> Path:
        """What the shop promises customers, if it has a file of its own."""
        return self.config_folder / "policy.toml"

    @property
    def database(self) -> Path:
        """The database, one SQLite file."""
        return self.data_folder / "desk.db"

    @property
    def secrets_file(self) -> Path:
        """The secrets file: passwords under a passphrase, for machines without a keyring."""
        return self.data_folder / "secrets"

    @property
    def log_file(self) -> Path:
        """The rotating log."""
        return self.state_folder / "deskterm.log"

    @property
    def sound_texts(self) -> Path:
        """Which texts of macros were found sound: found again where it is lost."""
        return self.state_folder / "sound-texts"

    @property
    def wire_log_files(self) -> tuple[Path, ...]:
        """The wire log and its older parts, if any. They contain mail."""
        return tuple(sorted(self.state_folder.glob("wire.log*")))

    @property
    def macros(self) -> Path:
        """The owner's macros."""
        return private(self.config_folder / "macros")

    @property
    def sops(self) -> Path:
        """The owner's SOPs."""
        return private(self.config_folder / "sops")

    @property
    def rules_file(self) -> Path:
        """The owner's rules."""
        return self.config_folder / "rules.toml"

    @property
    def locks(self) -> Path:
        """One lock file for each account and for the desk."""
        return private(self.state_folder / "locks")

    @property
    def backups(self) -> Path:
        """The daily copies of the database."""
        return private(self.data_folder / "backups")

    @property
    def attachments_out(self) -> Path:
        """Where attachments are saved."""
        return private(self.data_folder / "attachments")


def private(folder: Path) -> Path:
    """The folder, created with mode 0700 if it is missing. An existing one keeps its mode."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(
            f"The folder {folder} cannot be made: {error.strerror}.",
            todo="Name another folder with --home, or mend its rights.",
        ) from error
    return folder


def _platform(kind: str) -> Path:
    import platformdirs  # noqa: PLC0415 - not needed with --home

    folder = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
    }[kind]
    return folder("deskterm", appauthor=False)
