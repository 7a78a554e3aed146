"""The sample store read once; each test works on its own copy."""

import json
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
    home = tmp_path_factory.mktemp("sample") / "home"
    assert main(["demo", "--no-open", "--home", str(home)]) == 0
    return home


@pytest.fixture
def shell(laid, tmp_path, capsys, monkeypatch) -> Shell:
    """A shell in a copy of the sample store."""
    monkeypatch.delenv("DESKTERM_HOME", raising=False)
    home = tmp_path / "home"
    shutil.copytree(laid, home)
    for name in ("config.toml",):
        text = (home / name).read_text()
        (home / name).write_text(text.replace(str(laid), str(home)))
    capsys.readouterr()
    return Shell(home, capsys)
