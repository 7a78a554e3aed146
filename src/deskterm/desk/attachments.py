"""Saves an attachment: inside its folder, readable by the owner alone, never over another file."""

import os
import re
from itertools import count
from pathlib import Path, PurePosixPath

from deskterm.domain.text import line
from deskterm.errors import DiskFull

_UNFIT = re.compile(r"[^\w.()+ -]")
_MOST = 200  # bytes: file systems allow 255, and a number may be added
_ENDING = 16
# Names that an interpreter, shell, build tool or desktop runs, installs or loads.
_RUN = frozenset(
    """
    .py .pyc .pyo .pyw .pyi .pyd .pyz .pth .egg .whl .so .dylib .dll .sh .bash .zsh .fish .csh .ksh
    .command .desktop .service .app .appimage .run .bin .exe .com .scr .msi .bat .cmd .ps1 .psm1 .vbs
    .vbe .wsf .hta .lnk .reg .js .mjs .cjs .ts .jar .class .pl .pm .rb .php .lua .tcl .r .awk .mk .cmake
    .gradle .env .envrc .vim .vimrc .el .scpt .workflow .terminal .inetloc .url .webloc .toml .cfg .ini
    .out .elf .ko .tool .deb .rpm .apk .snap .flatpak .flatpakref .iso .img .dmg .pkg .mpkg .prefpane .osax
    .action .shortcut .mobileconfig .fileloc .ftploc
    """.split()
)


def save(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` under a safe form of its name; if that exists, with a number added. Gives the path.

    Raises DiskFull if the disk or the folder refuses; then nothing is left behind.
    """
    try:
        handle, path = _create_file(folder, safe_name(name))
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        except OSError:
            path.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise DiskFull(
            f"The attachment cannot be written into {folder}: {error.strerror}.",
            safe="It is still in the mail.",
            todo="Make room on the disk, or correct the folder's permissions.",
        ) from error
    return path


def _create_file(folder: Path, safe: str) -> tuple[int, Path]:
    """A new, empty file that did not exist before, open for writing."""
    stem, suffix = os.path.splitext(safe)  # noqa: PTH122 - Path.stem cannot tell ".tar" from a name
    for number in count(1):
        path = folder / (safe if number == 1 else f"{stem} ({number}){suffix}")
        try:
            return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), path
        except FileExistsError:
            continue
    raise AssertionError("count() never ends")


def safe_name(name: str) -> str:
    """The last part of a name, without anything that means something to a shell or a file system.

    A name that some program would run or load gets `.txt` added: typing.py becomes typing.py.txt.
    """
    last = PurePosixPath(line(name).replace("\\", "/")).name
    plain = _UNFIT.sub("_", last).strip(" .-") or "attachment"
    stem, suffix = os.path.splitext(plain)  # noqa: PTH122 - as above
    suffix = suffix[:_ENDING] or ".data"  # Makefile, bashrc: recognised by the whole name
    if suffix.casefold() in _RUN:
        suffix += ".txt"
    room = _MOST - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore") + suffix
