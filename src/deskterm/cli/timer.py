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
_MINUTES = (1, 2, 3, 5, 10, 15, 20, 30)  # divisors of an hour


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `timer`."""
    parser.add_argument("what", nargs="?", choices=("on", "off", "status"), default="status",
                        help="switch it on or off (default: show its state)")  # fmt: skip
    parser.add_argument("--every", type=int, choices=_MINUTES, default=timer.EVERY, metavar="MINUTES",
                        help=f"how often (default: {timer.EVERY})")  # fmt: skip
    json_option(parser)


def run(args: Namespace) -> int:
    """Switch the timer on or off, or show its state. 1 if the owner must do it by hand, 3 if it is off."""
    home = home_of(args)
    job = timer.timer(home, args.every)
    if args.what == "on":
        done, words = switch_on(home, job)
    elif args.what == "off":
        done, words = _switch_off(home, job)
    else:
        done, words = _describe_state(home, job)
    if args.json:
        say_json({"on": timer.is_on(home), "files": [str(path) for path in timer.files(job)], "words": words})
    else:
        say("\n".join(words))
    return OK if done else NOTHING if args.what == "status" else FAILED


def offer(home: Home) -> None:
    """At the end of setup, ask once whether to switch it on; not if it is on or we cannot.

    Not offered if it could not open a mailbox; the owner is told why.
    """
    if timer.is_on(home) or not shutil.which(_tool()):
        return
    closed = list(_sealed_mailboxes(load(home)))
    if closed:
        say("\n".join(closed))
        return
    job = timer.timer(home)
    question = (
        f"Fetch mail and send planned replies every {job.every} minutes, even while deskterm is closed?"
    )
    if confirm(question, yes=False):
        say("\n".join(switch_on(home, job)[1]))
    else:
        say("`deskterm timer on` switches that on later.")


def _tool() -> str:
    return "launchctl" if timer.on_mac() else "systemctl"


def switch_on(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Write the files and activate them; gives whether that worked, and words for the owner."""
    settings = load(home)
    if not settings.mailboxes and not settings.stores:
        raise ConfigError("There is nothing to fetch yet.", todo="Run `deskterm setup`.")
    closed = list(_sealed_mailboxes(settings))
    if settings.mailboxes and all(one.uses_secrets_file for one in settings.mailboxes):
        return False, [*closed, "Not switched on: there is no mailbox it could open."]
    done, words = _switched_on(home, job)
    return done, [*closed, *words]


def _switched_on(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Do it; gives the same."""
    if not shutil.which(_tool()):
        words = f"This machine has no {_tool()}. Put this line into your crontab (`crontab -e`):"
        return False, [words, job.cron_line]
    for path, content in timer.files(job).items():
        _write(path, content)
    commands = _commands_on(job)
    if timer.on_mac():
        _run_all(_commands_off(job))  # unload an earlier one first; it may fail if there is none
    failed = _run_all(commands)
    if failed:
        advice = [f"The files are written, but {failed}", "Run this yourself, in a terminal of your desktop:"]
        rest = ["Or put this line into your crontab (`crontab -e`):", job.cron_line]
        return False, [*advice, *(" ".join(one) for one in commands), *rest]
    runs = f"On: every {job.every} minutes this machine runs `{' '.join(job.command)}`."
    return True, [runs, *_limits(home)]


def _switch_off(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Deactivate it and remove the files."""
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
    note = [f"But {failed} It may run again until you log out."] if failed else []
    return True, ["Off. Its files are removed; mail is fetched only while deskterm is open.", *note]


def _describe_state(home: Home, job: Timer) -> tuple[bool, list[str]]:
    """Whether it is on, and reasons why it may not work."""
    if not timer.is_on(home):
        return False, ["Off: mail is fetched and planned replies are sent only while deskterm is open."]
    words = [f"On: this machine runs `{' '.join(job.command)}` automatically."]
    if not timer.runs_same_command(job):
        words = ["On, but it runs another deskterm than this one: `deskterm timer on` corrects that."]
    if (
        not timer.on_mac()
        and shutil.which(_tool())
        and _run_all([_systemctl("is-active", f"{job.name}.timer")])
    ):
        words.append("But systemd is not running it: log in again, or run `deskterm timer on`.")
    return True, [*words, *_sealed_mailboxes(load(home)), *_limits(home)]


def _sealed_mailboxes(settings: Settings) -> Iterator[str]:
    """The mailboxes it cannot open, with the remedy."""
    sealed = [one for one in settings.mailboxes if one.uses_secrets_file]
    if sealed:
        names = " and ".join(f'"{one.name}"' for one in sealed)
        what = "sent" if all(one.path for one in sealed) else "fetched or sent"  # a Maildir needs no password
        yield (
            f"A timer cannot ask for a passphrase, so while deskterm is closed nothing is {what} "
            f"for {names}, whose password is in the secrets file. Put it into the keyring (`deskterm setup`) "
            "or have a command print it (`password_command`; docs/accounts.md), then run `deskterm timer on`."
        )


def _limits(home: Home) -> Iterator[str]:
    """Its other limits: a locked keyring, and nobody logged in."""
    if any(one.secret == "keyring" for one in load(home).mailboxes):
        yield "The keyring must be unlocked, as it is while you are logged in to your desktop."
    if timer.on_mac():
        yield "It runs while you are logged in and the machine is awake."
    elif not _runs_without_login():
        yield (
            "It runs while you are logged in and the machine is awake. "
            "`loginctl enable-linger` lets it run while you are logged out, too."
        )
    yield "Failures are shown in the status line and by `deskterm status`."
    yield "What needs you is also shown once as a desktop notification."


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


def _runs_without_login() -> bool:
    """Whether systemd runs this user's timers without a login."""
    return Path("/var/lib/systemd/linger", getuser()).exists()


def _run_all(commands: Sequence[Sequence[str]]) -> str:
    """Run them in order; gives the failure in words, or empty."""
    for command in commands:
        try:
            ran = subprocess.run(  # noqa: S603 - fixed words and a file of ours
                command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return f"{command[0]} failed ({type(error).__name__})."
        if ran.returncode:
            answer = (
                ran.stderr.decode(errors="replace").strip().partition("\n")[0] or f"status {ran.returncode}"
            )
            return f"{' '.join(command[:3])} says: {answer}"
    return ""


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be written: {error.strerror}.", todo="Correct its permissions."
        ) from error
