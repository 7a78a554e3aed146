"""Writing a small file atomically and readable by its owner only."""

import os
from pathlib import Path

from deskterm.errors import DiskFull


def write_private(path: Path, content: bytes) -> None:
    """Write `content` to `path` atomically (0600): there is always either the old file or the new one."""
    beside = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_through(beside, content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise DiskFull(
            f"The file {path} cannot be written: {error.strerror}.",
            safe="What stood in it is as it was.",
            todo="Make room on the disk, or mend the folder's rights.",
        ) from error


def _write_through(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
