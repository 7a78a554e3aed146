"""The command line: it puts everything together.

`main` reads the arguments, imports the one command that is wanted, and turns
every failure into words: nobody ever sees a traceback. docs/cli.md says what
each command prints and which status it ends with.
"""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from deskterm import __version__
from deskterm.cli.statuses import FAILED, INTERRUPTED, NOTHING, OK, UNCONFIRMED, USAGE

__all__ = ["FAILED", "INTERRUPTED", "NOTHING", "OK", "UNCONFIRMED", "USAGE", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status. `argv` is without the program's name."""
    words = [*(sys.argv[1:] if argv is None else argv)]  # `list` is the module of that command here
    _print_any_letter()
    try:
        return _main(words, protected=argv is None)
    except KeyboardInterrupt:
        print("\nInterrupted. What was done so far is kept.", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        from deskterm.cli.output import end_output  # noqa: PLC0415 - hardly ever

        if (status := end_output(error)) is None:
            raise
        return status


def _main(words: list[str], *, protected: bool) -> int:
    if words in (["--version"], ["-V"]):
        print(f"deskterm {__version__}", flush=True)
        return OK
    if "status" in words:
        from deskterm.cli.status_line import print_at_once  # noqa: PLC0415 - as below

        if (status := print_at_once(words)) is not None:
            return status
    from deskterm.cli.run_command import protect_process, run  # noqa: PLC0415 - --version waits for nothing

    if protected:
        protect_process()
    return run(words)


def _print_any_letter() -> None:
    """What the terminal's character set lacks is printed as a question mark."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.encoding.lower() != "utf-8":
        sys.stdout.reconfigure(errors="replace")
