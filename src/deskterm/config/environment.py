"""The environment of the processes that deskterm starts.

Python puts the current folder first on its import path when it runs `-c` or `-m`, as the standard library's
multiprocessing does: a file `typing.py` lying there would run. A customer's attachment may lie there.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import RLock

_ONE_AT_A_TIME = RLock()  # the environment belongs to the whole process


def safe_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which Python imports nothing from the current folder (PYTHONSAFEPATH).

    Entries of PYTHONPATH that depend on the current folder are left out: empty and relative ones.
    """
    safe = {name: value for name, value in environment.items() if name not in ("PYTHONPATH", "PYTHONSTARTUP")}
    safe["PYTHONSAFEPATH"] = "1"
    folders = [one for one in environment.get("PYTHONPATH", "").split(os.pathsep) if os.path.isabs(one)]  # noqa: PTH117 - text
    if folders:
        safe["PYTHONPATH"] = os.pathsep.join(folders)
    return safe


@contextmanager
def starting_safely() -> Iterator[None]:
    """While this is entered, processes that multiprocessing starts get the safe environment.

    It passes on the environment of this process and takes no other one.
    """
    with _ONE_AT_A_TIME:
        before = dict(os.environ)
        safe = safe_environment(before)
        try:
            _become(safe)
            yield
        finally:
            _become(before)


def _become(environment: Mapping[str, str]) -> None:
    for name in os.environ.keys() - environment.keys():
        del os.environ[name]
    for name, value in environment.items():
        if os.environ.get(name) != value:
            os.environ[name] = value
