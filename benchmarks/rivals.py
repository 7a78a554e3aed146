"""notmuch and mu with the same mails, if they are installed: files on disk, without a server."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.counterparts.dovecot import USER

from benchmarks.measuring import Figure, Report, seconds
from benchmarks.server import Server


def measure(report: Report, count: int, server: Server) -> None:
    """How many mails per second each indexes from scratch."""
    mails = server.folder / "mail" / USER / "Maildir"
    for name, index in (("notmuch", _notmuch), ("mu", _mu)):
        if shutil.which(name):
            with tempfile.TemporaryDirectory(prefix=f"{name}-") as folder:
                taken = seconds(lambda to=Path(folder), make=index: make(mails, to))
            report.add(Figure(f"{name}, from files", count, count / taken, "mails/s"))


def _notmuch(mails: Path, folder: Path) -> None:
    config = folder / "config"
    config.write_text(f"[database]\npath={folder}/index\nmail_root={mails}\n[new]\ntags=\n[user]\nname=x\n")
    (folder / "index").mkdir()
    _run(["notmuch", "new", "--quiet"], NOTMUCH_CONFIG=str(config))


def _mu(mails: Path, folder: Path) -> None:
    _run(["mu", "init", f"--muhome={folder}", f"--maildir={mails}"])
    _run(["mu", "index", f"--muhome={folder}", "--quiet"])


def _run(argv: list[str], **more: str) -> None:
    subprocess.run(argv, check=True, capture_output=True, env={**os.environ, **more})
