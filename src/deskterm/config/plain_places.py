"""Finding a home's config.toml and database without creating folders or loading much."""

# ruff: noqa: PTH100, PTH111, PTH116, PTH118 - `pathlib` takes longer to load than all else here

import os
import sys

_VARIABLE = "DESKTERM_HOME"


def plain_places(root: str) -> tuple[str, str] | None:
    """The settings and the database of the home that `--home` names ("" for none), as `paths.Home` has them.

    None for the platform's own folders where they are not those of XDG.
    """
    if named := root or os.environ.get(_VARIABLE, ""):
        folder = os.path.abspath(os.path.expanduser(named))
        return os.path.join(folder, "config.toml"), os.path.join(folder, "desk.db")
    if not sys.platform.startswith("linux"):
        return None
    return (
        os.path.join(_folder("XDG_CONFIG_HOME", "~/.config"), "deskterm", "config.toml"),
        os.path.join(_folder("XDG_DATA_HOME", "~/.local/share"), "deskterm", "desk.db"),
    )


def _folder(variable: str, usual: str) -> str:
    named = os.environ.get(variable, "")
    return named if named.strip() else os.path.expanduser(usual)


def stamp(path: str) -> str:
    """A file's time and size, which change with it; empty if it cannot be read."""
    try:
        found = os.stat(path)
    except OSError:
        return ""
    return f"{found.st_mtime_ns} {found.st_size}"
