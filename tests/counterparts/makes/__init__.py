"""Servers of other makes, as `sh scripts/servers` brings them: what is not there is skipped by name."""

import os
from pathlib import Path

from counterparts.dovecot import PASSWORD, USER

UNPACKED = Path(__file__).parents[3] / "build" / "servers"
NOBODY = "nobody"  # who runs what must not be root


def is_right(user, password):
    """Whether that is the mailbox of the tests."""
    return (user, password) == (USER, PASSWORD)


def surroundings(root):
    """The environment in which the programs of a package that was only unpacked find its libraries."""
    libraries = sorted({str(path.parent) for path in root.rglob("*.so*")})
    return {"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": ":".join(libraries)}
