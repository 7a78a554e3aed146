"""Write docs/licences.md: every package deskterm runs on, and its licence as the package states it."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

TARGET = Path(__file__).parents[1] / "docs" / "licences.md"
INTRO = """\
# What deskterm depends on

deskterm itself is under the MIT licence. It is installed together with these packages, each under the
licence it states. `make licences` writes this page anew, and a test compares it with what is installed.

| package | licence | needed by |
|---|---|---|
"""


def closure(root: str = "deskterm") -> dict[str, set[str]]:
    """Every package that `root` needs on this machine, and who asked for it."""
    asked: dict[str, set[str]] = {}
    waiting = [root]
    while waiting:
        name = waiting.pop()
        for wanted in _needs(name):
            known = wanted in asked
            asked.setdefault(wanted, set()).add(name)
            if not known:
                waiting.append(wanted)
    return asked


def _needs(name: str) -> list[str]:
    try:
        requires = distribution(name).requires or []
    except PackageNotFoundError:
        return []
    names = [re.split(r"[ ;<>=!~\[(]", line, maxsplit=1)[0] for line in requires if "extra ==" not in line]
    return [_plain(found) for found in names if _installed(found)]


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(found: Distribution) -> str:
    """The licence a package states: its SPDX expression, else its classifier, else its own word."""
    stated = found.metadata.get("License-Expression")
    classifiers = found.metadata.get_all("Classifier") or ()
    classed = [line.rsplit(" :: ", 1)[-1] for line in classifiers if line.startswith("License")]
    own = (found.metadata.get("License") or "").strip().splitlines()
    return stated or ", ".join(classed) or (own[0] if own else "not stated")


def page() -> str:
    """The whole page."""
    asked = closure()
    rows = []
    for name in sorted(asked):
        found = distribution(name)
        rows.append(f"| {name} | {licence(found)} | {', '.join(sorted(asked[name]))} |\n")
    return INTRO + "".join(rows)


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
