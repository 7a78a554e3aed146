"""`deskterm demo`: a sample store to explore, with its own full desk."""

import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from threading import Event

from deskterm.cli.composition import assemble
from deskterm.cli.output import say
from deskterm.cli.progress import progress_on_terminal
from deskterm.cli.statuses import FAILED, OK
from deskterm.config.paths import Home
from deskterm.errors import NotNow

FOLDER = Path("~/.local/share/deskterm-demo")
_MARK = ".deskterm-demo"  # marks a folder that --fresh may delete


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `demo`."""
    parser.add_argument("--no-open", action="store_true", help="create and read it without opening the desk")
    parser.add_argument(
        "--fresh", action="store_true", help="discard what was done in the demo and start over"
    )


def run(args: Namespace) -> int:
    """Create the sample store if needed, read it, and open the desk."""
    from deskterm.cli import run_pass  # noqa: PLC0415 - network imports, only needed here
    from deskterm.demo.owner import remember  # noqa: PLC0415 - not needed at a second start

    folder: Path = (args.home or FOLDER).expanduser().absolute()
    laid = _create_sample(folder, fresh=args.fresh)
    with assemble(Home(folder)) as app:
        if laid or args.no_open:
            with progress_on_terminal(quiet=False) as report:
                result = run_pass.one_pass(app, report, Event())
            if laid:
                remember(app.db, int(time.time()))
            for error in result.failed:
                print(error, file=sys.stderr)
            words = run_pass.in_words(result) or "not all of it was read"
            say(f"The sample store is in {folder}: {words}.")
            if result.failed:
                return FAILED
    if args.no_open:
        return OK
    from deskterm.cli import open_desk  # noqa: PLC0415 - screen imports, only needed here

    return open_desk.open_home(app.home)


def _create_sample(folder: Path, *, fresh: bool) -> bool:
    """Write the sample if there is none; gives whether it was written. NotNow for another folder."""
    from deskterm.demo.files import write_sample_store  # noqa: PLC0415 - not needed at a second start

    stands = (folder / "config.toml").exists()
    there = folder.exists() and any(folder.iterdir())
    ours = (folder / _MARK).exists()
    if there and not ours:
        raise NotNow(
            f"{folder} contains something other than a demo.",
            safe="It was not changed.",
            todo="Name an empty folder with --home.",
        )
    if stands and not fresh:
        return False
    if there:
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _MARK).touch()
    write_sample_store(folder, int(time.time()))
    return True
