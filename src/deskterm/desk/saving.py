"""Writing an attachment to disk: inside its folder, for the owner alone, over nothing."""

import os
import re
from itertools import count
from pathlib import Path, PurePosixPath

from deskterm.domain.text import line

_UNFIT = re.compile(r"[^\w.()+ -]")
_MOST = 120


def save(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` under a name made safe; an existing file gets a number beside it. Gives the path."""
    safe = safe_name(name)
    stem, suffix = os.path.splitext(safe)  # noqa: PTH122 - Path.stem cannot tell ".tar" from a name
    for number in count(1):
        path = folder / (safe if number == 1 else f"{stem} ({number}){suffix}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        return path
    raise AssertionError("count() never ends")


def safe_name(name: str) -> str:
    """The last part of a name, without anything that means something to a shell or a file system."""
    last = PurePosixPath(line(name).replace("\\", "/")).name
    plain = _UNFIT.sub("_", last).strip(" .-") or "attachment"
    stem, suffix = os.path.splitext(plain)  # noqa: PTH122 - as above
    return stem[: _MOST - len(suffix[:16])] + suffix[:16]
