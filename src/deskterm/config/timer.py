"""What runs `deskterm sync` while no desk is open: a systemd user timer, a launchd agent, or a line for cron.

Nothing is run and nothing is enabled here: this says which files there are and what is in them.
They name the program and the home by their whole paths, and hold no secret.
"""

import hashlib
import os
import plistlib
import shlex
import shutil
import sys
from pathlib import Path

from deskterm.config.paths import Home
from deskterm.value_class import dataclass

EVERY = 5  # minutes
# What a timer's own surroundings lack: where commands are, and where the platform's folders were moved.
_KEPT = (
    "PATH", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "SSL_CERT_FILE", "SSL_CERT_DIR",
    "PYTHON_KEYRING_BACKEND",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Timer:
    """One home's timer: the command it runs, every how many minutes, and with which variables."""

    name: str
    command: tuple[str, ...]
    every: int
    variables: tuple[tuple[str, str], ...]

    @property
    def cron_line(self) -> str:
        """The same for a crontab, which reads `%` as the end of a line."""
        return f"*/{self.every} * * * * {shlex.join(self.command)}".replace("%", r"\%")


def on_mac() -> bool:
    """Whether launchd is what starts things here."""
    return sys.platform == "darwin"


def timer(home: Home, every: int = EVERY) -> Timer:
    """The timer of that home, as it would be made now."""
    root = ("--home", str(home.root)) if home.root else ()
    kept = tuple((name, os.environ[name]) for name in _KEPT if os.environ.get(name))
    return Timer(_name(home), (*_program(), *root, "sync", "--quiet", "--by-timer"), every, kept)


def _name(home: Home) -> str:
    """One name for the platform's own folders, another for each other home."""
    if home.root is None:
        return "deskterm-sync"
    return f"deskterm-sync-{hashlib.sha256(os.fsencode(home.root)).hexdigest()[:8]}"


def _program() -> tuple[str, ...]:
    """This program by its whole path; where it was not started by its name, Python with the module's."""
    started = shutil.which(sys.argv[0]) if Path(sys.argv[0]).name == "deskterm" else None
    return (str(Path(started).absolute()),) if started else (sys.executable, "-P", "-m", "deskterm")


def is_on(home: Home) -> bool:
    """Whether that home's timer stands where the system starts it from. Asks no other program."""
    name = _name(home)
    if on_mac():
        return launchd_file(name).exists()
    return (systemd_folder() / "timers.target.wants" / f"{name}.timer").is_symlink()


def files(job: Timer) -> dict[Path, bytes]:
    """The files of this machine's kind, by their places."""
    if on_mac():
        return {launchd_file(job.name): _plist(job)}
    folder = systemd_folder()
    return {
        folder / f"{job.name}.service": _service(job).encode(),
        folder / f"{job.name}.timer": _timer(job).encode(),
    }


def runs_same_command(job: Timer) -> bool:
    """Whether the files that stand run the same command."""
    try:
        if on_mac():
            kept: dict[str, object] = plistlib.loads(launchd_file(job.name).read_bytes())
            return kept.get("ProgramArguments") == list(job.command)
        return _exec_start(job) in (systemd_folder() / f"{job.name}.service").read_text().splitlines()
    except (OSError, ValueError):
        return False


def systemd_folder() -> Path:
    """Where the user's own units are."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def launchd_file(name: str) -> Path:
    """Where the user's own agents are."""
    return Path.home() / "Library" / "LaunchAgents" / f"{name}.plist"


def _service(job: Timer) -> str:
    lines = [
        "# Written by `deskterm timer on`; `deskterm timer off` removes it.",
        "[Unit]",
        "Description=deskterm: fetch mail and orders, send what is due",
        "",
        "[Service]",
        "Type=oneshot",
        _exec_start(job),
        *(f"Environment={_quote(f'{name}={value}')}" for name, value in job.variables),
        "Nice=10",
        "TimeoutStartSec=1h",
        "",
    ]
    return "\n".join(lines)


def _exec_start(job: Timer) -> str:
    program, *words = map(_quote, job.command)  # a `$` begins a variable, but not in the program's name
    return f"ExecStart={' '.join((program, *(word.replace('$', '$$') for word in words)))}"


def _timer(job: Timer) -> str:
    return f"""\
# Written by `deskterm timer on`; `deskterm timer off` removes it.
[Unit]
Description=deskterm every {job.every} minutes

[Timer]
OnCalendar=*:0/{job.every}
AccuracySec=30s
Persistent=true

[Install]
WantedBy=timers.target
"""


def _quote(word: str) -> str:
    """A word of a unit file (systemd.syntax(7)): `%` begins a specifier."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _plist(job: Timer) -> bytes:
    return plistlib.dumps(
        {
            "Label": job.name,
            "ProgramArguments": list(job.command),
            "EnvironmentVariables": dict(job.variables),
            "StartInterval": job.every * 60,
            "ProcessType": "Background",
            "LowPriorityIO": True,
        }
    )
