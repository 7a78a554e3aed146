"""What is shipped: the licences page is true, and a wheel carries the playbook and the migrations."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

from scripts.licences import TARGET
from scripts.licences import closure as needed_here
from scripts.pins import TARGET as PINS
from scripts.pins import WORK, closure

ROOT = Path(__file__).parents[1]
TEXT = PINS.read_text()


def test_every_installed_dependency_is_listed_with_its_licence():
    listed = {line.split("|")[1].strip() for line in TARGET.read_text().splitlines() if line.startswith("| ")}
    assert needed_here().keys() <= listed


def test_everything_needed_is_pinned_as_installed_and_by_hashes():
    """What runs deskterm comes first, so that it alone can be installed."""
    run, work = TEXT.rsplit(WORK, 1)
    about = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed = {*about["project"]["dependencies"], *about["build-system"]["requires"]}
    pinned = re.findall(r"^(\S+)==(\S+)((?: \\\n    --hash=sha256:[0-9a-f]{64})+)$", run + work, re.MULTILINE)
    assert closure([*needed]) <= set(re.findall(r"^(\S+)==", run, re.MULTILINE))
    assert closure(about["dependency-groups"]["dev"]) - {"pip"} <= {
        name for name, _, _ in pinned
    }  # pip installs it
    assert len(pinned) == (run + work).count("==")
    assert {name: distribution(name).version for name, _, _ in pinned} == {one: of for one, of, _ in pinned}


def test_a_wheel_has_macros_sops_style_sheets_queries_and_migrations(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", tmp_path, ROOT], check=True, timeout=120)
    (wheel,) = tmp_path.glob("deskterm-*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {f"deskterm/starter/macros/{path.name}" for path in (ROOT / "macros").glob("*.md")}
    expected |= {f"deskterm/starter/sops/{path.name}" for path in (ROOT / "sops").glob("*.md")}
    source = ROOT / "src"
    for kind in ("*.sql", "*.tcss", "*.graphql"):
        expected |= {str(path.relative_to(source)) for path in source.rglob(kind)}
    assert expected <= names
    assert any(name.endswith(".sql") for name in names)
