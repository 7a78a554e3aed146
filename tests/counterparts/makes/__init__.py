"""Servers of other makes, as `sh scripts/servers` installs them; missing ones are skipped by name."""

import os
from pathlib import Path

from counterparts.dovecot import PASSWORD, USER

UNPACKED = Path(__file__).parents[3] / "build" / "servers"
NOBODY = "nobody"  # who runs what must not be root


def is_right(user, password):
    """Whether this is the tests' mailbox."""
    return (user, password) == (USER, PASSWORD)


def surroundings(root):
    """The environment in which programs of an unpacked package find its libraries."""
    libraries = sorted({str(path.parent) for path in root.rglob("*.so*")})
    return {"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": ":".join(libraries)}
