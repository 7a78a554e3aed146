"""`deskterm timer`: fetching and sending while no desk is open."""

import os
import shutil
import subprocess
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from getpass import getuser
from pathlib import Path

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import home_of
from deskterm.cli.output import say, say_json
from deskterm.cli.prompts import confirm
from deskterm.cli.statuses import FAILED, NOTHING, OK
from deskterm.config import timer
from deskterm.config.paths import Home
from deskterm.config.settings_file import Settings, load
from deskterm.config.timer import Timer
from deskterm.errors import ConfigError

_PATIENCE = 30  # seconds
_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)  # an hour is made of whole ones


def arguments(parser: ArgumentParser) -> None:
    """What `timer` takes."""
    parser.add_argument("what", nargs="?", choices=("on", "off", "status"), default="status",
                        help="switch it on or off; without a word: how it stands")  # fmt: skip
    parser.add_argument("--every", type=int, choices=_MINUTES, default=timer.EVERY, metavar="MINUTES",
                        help=f"how often ({timer.EVERY} unless given)")  # fmt: skip
    json_option(parser)


def run(args: Namespace) -> int:
    """Switch the timer on or off, or say how it stands. 1 when the owner has to do it, 3 when it is off."""
    home = home_of(args)
    job = timer.timer(home, args.every)
    if args.what == "on":
        done, words = switch_on(home, job)
    elif args.what == "off":
        done, words = _switch_off(home, job)
    else:
        done, words = _stands(home, job)
    if args.json:
        say_json({"on": timer.is_on(home), "files": [str(path) for path in timer.files(job)], "words": words})
    else:
        say("\n".join(words))
    return OK if done else NOTHING if args.what == "status" else FAILED


def offer(home: Home) -> None:
    """Ask once whether to switch it on, at the end of setup; not where it is on, or cannot be by us.

    It is not offered where it could not open a mailbox; the owner learns why.
    """
    if timer.is_on(home) or not shutil.which(_tool()):
        return
    closed = list(_sealed_mailboxes(load(home)))
    if closed:
        say("\n".join(closed))
        return
    job = timer.timer(home)
    question = (
        f"Fetch mail and send planned replies every {job.every} minutes, also while deskterm is closed?"
    )
    if confirm(question, yes=False):
        say("\n".join(switch_on(home, job)[1]))
    else:
        say("`deskterm timer on` switches that on later.")


def _tool() -> str:
    return "launchctl" if timer.on_mac() else "systemctl"


def switch_on(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Write the files and have the system take them up; whether it did, and words for the owner."""
    settings = load(home)
    if not settings.mailboxes and not settings.stores:
        raise ConfigError("There is nothing to fetch yet.", todo="Run `deskterm setup`.")
    closed = list(_sealed_mailboxes(settings))
    if settings.mailboxes and all(one.uses_secrets_file for one in settings.mailboxes):
        return False, [*closed, "It is not switched on: there is no mailbox that it could open."]
    done, words = _switched_on(home, job)
    return done, [*closed, *words]


def _switched_on(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Do it; the same."""
    if not shutil.which(_tool()):
        words = f"This machine has no {_tool()}. Put this line into your crontab (`crontab -e`):"
        return False, [words, job.cron_line]
    for path, content in timer.files(job).items():
        _write(path, content)
    commands = _commands_on(job)
    if timer.on_mac():
        _run_all(_commands_off(job))  # one that is loaded is not loaded again; what fails here was not
    failed = _run_all(commands)
    if failed:
        told = [f"The files are written, but {failed}", "Run this yourself, in a terminal of your desktop:"]
        rest = ["Or put this line into your crontab (`crontab -e`):", job.cron_line]
        return False, [*told, *(" ".join(one) for one in commands), *rest]
    runs = f"On: every {job.every} minutes this machine runs `{' '.join(job.command)}`."
    return True, [runs, *_limits(home)]


def _switch_off(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Have the system forget it, and remove the files."""
    there = [path for path in timer.files(job) if path.exists()]
    was_on = timer.is_on(home)
    if not there and not was_on:
        return True, ["It is off."]
    failed = _run_all(_commands_off(job)) if shutil.which(_tool()) else ""
    for path in there:
        path.unlink(missing_ok=True)
    with suppress(OSError):
        (timer.systemd_folder() / "timers.target.wants" / f"{job.name}.timer").unlink(missing_ok=True)
    if not timer.on_mac() and shutil.which(_tool()):
        _run_all([_systemctl("daemon-reload")])
    note = [f"But {failed} It may run once more until you log out."] if failed else []
    return True, ["Off. Its files are removed: mail is fetched while deskterm is open.", *note]


def _stands(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Whether it is on, and what speaks against that it works."""
    if not timer.is_on(home):
        return False, ["Off: mail is fetched, and planned replies go, while deskterm is open."]
    words = [f"On: this machine runs `{' '.join(job.command)}` by itself."]
    if not timer.runs_same_command(job):
        words = ["On, but it runs another deskterm than this one: `deskterm timer on` puts that right."]
    if (
        not timer.on_mac()
        and shutil.which(_tool())
        and _run_all([_systemctl("is-active", f"{job.name}.timer")])
    ):
        words.append("But systemd does not run it now: log in anew, or `deskterm timer on`.")
    return True, [*words, *_sealed_mailboxes(load(home)), *_limits(home)]


def _sealed_mailboxes(settings: Settings) -> Iterator[str]:
    """Which mailboxes it cannot open, and the remedies."""
    names = " and ".join(f'"{one.name}"' for one in settings.mailboxes if one.uses_secrets_file)
    if names:
        yield (
            f"A timer cannot ask for a passphrase: while deskterm is closed nothing is fetched or sent for "
            f"{names}, whose password is in the secrets file. Put it into the keyring (`deskterm setup`), or "
            "have a command print it (`password_command`; docs/accounts.md): then `deskterm timer on`."
        )


def _limits(home: Home) -> Iterator[str]:
    """What else it cannot do: open a locked keyring, and run where nobody is logged in."""
    if any(one.secret == "keyring" for one in load(home).mailboxes):
        yield "The keyring must be unlocked, as it is while you are logged in at your desktop."
    if timer.on_mac():
        yield "It runs while you are logged in and the machine is awake."
    elif not _lingers():
        yield (
            "It runs while you are logged in and the machine is awake. "
            "`loginctl enable-linger` lets it run when you are logged out, too."
        )
    yield "What failed stands in the status line and in `deskterm status`."
    yield "What needs you is also shown once by the desktop."


def _commands_on(job: Timer) -> list[list[str]]:
    if timer.on_mac():
        return [["launchctl", "bootstrap", _domain(), str(timer.launchd_file(job.name))]]
    return [_systemctl("daemon-reload"), _systemctl("enable", "--now", f"{job.name}.timer")]


def _commands_off(job: Timer) -> list[list[str]]:
    if timer.on_mac():
        return [["launchctl", "bootout", f"{_domain()}/{job.name}"]]
    return [_systemctl("disable", "--now", f"{job.name}.timer")]


def _systemctl(*words: str) -> list[str]:
    return ["systemctl", "--user", *words]


def _domain() -> str:
    return f"gui/{os.getuid()}"


def _lingers() -> bool:
    """Whether systemd runs this user's timers without a login."""
    return Path("/var/lib/systemd/linger", getuser()).exists()


def _run_all(commands: Sequence[Sequence[str]]) -> str:
    """Run them in their order; what failed in words, empty when nothing did."""
    for command in commands:
        try:
            ran = subprocess.run(  # noqa: S603 - fixed words and a file of ours
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{command[0]} failed ({type(error).__name__})."
        if ran.returncode:
            said = (
                ran.stderr.decode(errors="replace").strip().partition("\n")[0] or f"status {ran.returncode}"
            )
            return f"{' '.join(command[:3])} says: {said}"
    return ""


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror}.", todo="Mend its rights.") from error
