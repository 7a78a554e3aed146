"""Write constraints.txt: what is installed here as what is tested, each with the hashes of its wheels.

First what deskterm runs on, then what is needed only for working on it. Of each version the wheels for the
Pythons and systems it is made for are listed, as the package index names their hashes; what has to be built
only where a version has no wheel at all.
"""

import json
import re
import subprocess
import sys
import tomllib
import urllib.request
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "constraints.txt"
WORK = "# For working on deskterm:"
HEAD = f"""\
# What is tested, on Python 3.11 to 3.13, with the hashes of its files: `make constraints` writes it anew.
# `scripts/setup` installs these files and no others. To run deskterm it needs what stands above
# "{WORK[2:]}".
"""
_PYTHON = re.compile(r"py3|py2\.py3|cp311|cp312|cp313")
_ABI3 = re.compile(r"cp3\d?\d?")
_SYSTEM = re.compile(r"any|(?:many|musl)linux.*_(?:x86_64|aarch64)|macosx.*_(?:x86_64|arm64|universal2)")
_NAMED = re.compile(r"([\w.-]+)\s*(?:\[([^]]*)\])?")
_EXTRA = re.compile(r"""extra == ['"]([\w.-]+)['"]""")
_JSON = {"Accept": "application/vnd.pypi.simple.v1+json"}


def main() -> None:
    """Write the file; the index is asked once for each package."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run = closure([*about["project"]["dependencies"], *about["build-system"]["requires"]])
    work = closure(about["dependency-groups"]["dev"]) - run - {"pip"}  # what installs is there already
    TARGET.write_text("".join([HEAD, *map(pin, sorted(run)), WORK, "\n", *map(pin, sorted(work))]), "utf-8")


def closure(requirements: list[str]) -> set[str]:
    """Every package that these bring along, as far as it is installed here."""
    found: set[tuple[str, str]] = set()
    waiting = [part for line in requirements for part in parts(line)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in found:
            continue
        try:
            lines = distribution(name).requires or []
        except PackageNotFoundError:
            continue  # for another Python or system than those of ours
        found.add((name, extra))
        for line in lines:
            asked_by = _EXTRA.search(line)
            if (asked_by[1] if asked_by else "") == extra:
                waiting += parts(line)
    return {name for name, _ in found}


def parts(line: str) -> list[tuple[str, str]]:
    """A requirement's package, by itself and with each extra that is asked for."""
    name, extras = _NAMED.match(line).groups("")  # type: ignore[union-attr] - a package's own metadata
    return [(plain(name), extra.strip()) for extra in ("", *(extras.split(",") if extras else ()))]


def plain(name: str) -> str:
    """A package's name as indexes write it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pin(name: str) -> str:
    """The lines of one package: its version and the hashes."""
    version = distribution(name).version
    lines = [f"{name}=={version}", *(f"--hash=sha256:{one}" for one in hashes(name, version))]
    return " \\\n    ".join(lines) + "\n"


def hashes(name: str, version: str) -> list[str]:
    """The hashes of the wheels of a version that fit our Pythons and systems, in order."""
    ask = urllib.request.Request(f"{index()}/{name}/", headers=_JSON)  # noqa: S310 - pip's own index
    with urllib.request.urlopen(ask, timeout=60) as answer:  # noqa: S310 - as above
        files = {one["filename"]: one["hashes"]["sha256"] for one in json.load(answer)["files"]}
    wheels = {one for file, one in files.items() if fits(file, name, version)}
    source = {one for file, one in files.items() if plain(file) == plain(f"{name}-{version}.tar.gz")}
    if not wheels | source:
        raise SystemExit(f"The index has no file of {name} {version} that fits.")
    return sorted(wheels or source)


def fits(filename: str, name: str, version: str) -> bool:
    """Whether a file is a wheel of that version for a Python and a system of ours (PEP 427)."""
    if not filename.endswith(".whl"):
        return False
    package, of, *_, python, abi, system = filename.removesuffix(".whl").split("-")
    if (plain(package), of) != (name, version) or not _SYSTEM.fullmatch(system.split(".")[0]):
        return False
    return bool(_PYTHON.fullmatch(python)) or (abi == "abi3" and bool(_ABI3.fullmatch(python)))


def index() -> str:
    """The package index that pip asks."""
    from pip._internal.models.index import PyPI  # noqa: PLC0415 - pip's own, and slow

    said = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return (said.stdout.strip() or PyPI.simple_url).rstrip("/")


if __name__ == "__main__":
    main()
