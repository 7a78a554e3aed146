"""What is shipped: the licences page is true, and a wheel carries the playbook and the migrations."""

import subprocess
import sys
import zipfile
from pathlib import Path

from scripts.licences import TARGET, closure

ROOT = Path(__file__).parents[1]


def test_every_installed_dependency_is_listed_with_its_licence():
    listed = {line.split("|")[1].strip() for line in TARGET.read_text().splitlines() if line.startswith("| ")}
    assert closure().keys() <= listed


def test_a_wheel_holds_macros_sops_style_sheets_queries_and_migrations(tmp_path):
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
