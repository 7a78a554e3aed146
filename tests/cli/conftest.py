"""The sample store read once; each test works on its own copy."""

import fcntl
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from deskterm.cli import main


@dataclass
class Shell:
    """Runs commands in one home and gives what they print."""

    home: Path
    capsys: pytest.CaptureFixture[str]
    status: int = 0
    err: str = ""

    def __call__(self, *words: str) -> str:
        self.status = main([*words, "--home", str(self.home)])
        out, self.err = self.capsys.readouterr()
        return out

    def json(self, *words: str):
        return json.loads(self(*words, "--json"))


@pytest.fixture(scope="session")
def laid(tmp_path_factory) -> Path:
    """The sample store, read once for all workers; each has its own copy."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    made, whole = shared / "sample-of-all", shared / "sample-is-whole"
    with (shared / "sample-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            shutil.rmtree(made, ignore_errors=True)
            assert main(["demo", "--no-open", "--home", str(made)]) == 0
            whole.touch()
    return copied(made, tmp_path_factory.mktemp("sample") / "home")


def copied(laid: Path, home: Path) -> Path:
    """A copy of a desk's folder, whose settings name the copy."""
    shutil.copytree(laid, home, copy_function=_copy)
    config = home / "config.toml"
    config.write_text(config.read_text().replace(str(laid), str(home)))
    return home


def _copy(file: str, to: str) -> None:
    """Copy a file; a mail of a Maildir is only hard-linked, because nobody overwrites it."""
    (os.link if Path(file).parent.name in ("cur", "new") else shutil.copy2)(file, to)


@pytest.fixture
def shell(laid, tmp_path, capsys, monkeypatch) -> Shell:
    """A shell in a copy of the sample store."""
    monkeypatch.delenv("DESKTERM_HOME", raising=False)
    home = copied(laid, tmp_path / "home")
    capsys.readouterr()
    return Shell(home, capsys)
