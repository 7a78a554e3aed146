"""Locks that allow one sync of an account at a time, over all processes of this machine."""

import fcntl
import os
from _blake2 import blake2b
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def account_lock(folder: Path, account: str) -> Iterator[bool]:
    """Lock an account for the block; yields whether we got it. The kernel frees it however we end."""
    name = blake2b(account.encode(), digest_size=8).hexdigest()
    descriptor = os.open(folder / f"{name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)
