"""A small disk: a tmpfs of a few megabytes if one may be mounted, else a limit on file sizes."""

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTE = 1 << 20


class SmallDisk:
    """A folder on a disk of `size` bytes. `fill` leaves no room, `room` gives it back."""

    def __init__(self, folder: Path, size: int, *, mounted: bool) -> None:
        self.folder, self._size, self._mounted = folder, size, mounted
        self._ballast = folder / "ballast"

    def fill(self, leave: int = 0) -> None:
        """Leave `leave` bytes of room."""
        if not self._mounted:
            logs = [one.stat().st_size for one in self.folder.rglob("*-wal")]
            resource.setrlimit(resource.RLIMIT_FSIZE, (leave or max(logs, default=0), resource.RLIM_INFINITY))
            return
        stats = os.statvfs(self.folder)
        with self._ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, max(1, stats.f_bavail * stats.f_frsize - leave))

    def room(self) -> None:
        """Give all room back."""
        if self._mounted:
            self._ballast.unlink(missing_ok=True)
        else:
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def small_disk(folder: Path, size: int = 8 * MEGABYTE) -> Iterator[SmallDisk]:
    """A small disk mounted at `folder`; if that is not allowed, a process whose files cannot grow."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    mounted = (
        os.geteuid() == 0
        and bool(shutil.which("mount"))
        and not subprocess.run(mount, check=False).returncode
    )
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    disk = SmallDisk(folder, size, mounted=mounted)
    try:
        yield disk
    finally:
        disk.room()
        signal.signal(signal.SIGXFSZ, before)
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)
