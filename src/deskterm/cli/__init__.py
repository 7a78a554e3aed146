"""The command line, which puts everything together.

`main` finds the command, imports its module, and turns every failure into words: nobody ever sees a
traceback. docs/cli.md says what each command prints and its exit status.
"""

import sys
from collections.abc import Sequence
from io import TextIOWrapper

from deskterm import __version__
from deskterm.cli.statuses import FAILED, INTERRUPTED, NOTHING, OK, UNCONFIRMED, USAGE

__all__ = ["FAILED", "INTERRUPTED", "NOTHING", "OK", "UNCONFIRMED", "USAGE", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status. `argv` is without the program's name."""
    words = [*(sys.argv[1:] if argv is None else argv)]  # not `list(...)`: here `list` is a module
    _print_any_letter()
    try:
        return _main(words, protected=argv is None)
    except KeyboardInterrupt:
        print("\nInterrupted. What was done so far is kept.", file=sys.stderr)
        return INTERRUPTED
    except OSError as error:
        from deskterm.cli.output import end_output  # noqa: PLC0415 - rarely needed

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
    from deskterm.cli.run_command import protect_process, run  # noqa: PLC0415 - not needed for --version

    if protected:
        protect_process()
    return run(words)


def _print_any_letter() -> None:
    """Print characters that the terminal cannot show as question marks."""
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.encoding.lower() != "utf-8":
        sys.stdout.reconfigure(errors="replace")
