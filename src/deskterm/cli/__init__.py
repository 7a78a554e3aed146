"""The command line: it puts everything together.

`main` reads the arguments, imports the one command that is wanted, and turns
every failure into words: nobody ever sees a traceback. docs/cli.md says what
each command prints and which status it ends with.
"""

import sys
from collections.abc import Sequence

from deskterm import __version__
from deskterm.cli.statuses import FAILED, INTERRUPTED, NOTHING, OK, UNCONFIRMED, USAGE

__all__ = ["FAILED", "INTERRUPTED", "NOTHING", "OK", "UNCONFIRMED", "USAGE", "main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status. `argv` is without the program's name."""
    words = [*(sys.argv[1:] if argv is None else argv)]  # `list` is the module of that command here
    if words in (["--version"], ["-V"]):
        print(f"deskterm {__version__}")
        return OK
    if "status" in words:
        from deskterm.cli.status_line import print_at_once  # noqa: PLC0415 - as below

        if (status := print_at_once(words)) is not None:
            return status
    from deskterm.cli.run_command import protect_process, run  # noqa: PLC0415 - --version waits for nothing

    if argv is None:
        protect_process()
    return run(words)
