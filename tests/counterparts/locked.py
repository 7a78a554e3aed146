"""A file that cannot be written, not even by root if the file system can lock it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def locked(*paths: Path) -> Iterator[None]:
    """Nobody can write these files and folders within the block; the test is skipped where that is impossible."""
    rights = {path: path.stat().st_mode for path in paths}
    held = [path for path in paths if shutil.which("chattr") and _chattr("+i", path)]
    for path in paths:
        if path not in held:
            path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if any(os.access(path, os.W_OK) for path in paths):
            pytest.skip("nothing can be locked from root here")
        yield
    finally:
        for path in held:
            _chattr("-i", path)
        for path, mode in rights.items():
            path.chmod(mode)


def open_files_too(folder: Path) -> bool:
    """Whether locking also stops those who have the file open already, as on ext4 (only root can lock)."""
    probe = folder / "probe"
    with probe.open("wb", buffering=0) as file, locked(probe):
        try:
            file.write(b"x")
        except PermissionError:
            return True
    return False


def _chattr(how: str, path: Path) -> bool:
    return not subprocess.run(["chattr", how, str(path)], capture_output=True, check=False).returncode
