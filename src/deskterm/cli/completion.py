"""`deskterm completion SHELL`: a completion script, made from the parser itself."""

from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import build_full_parser
from deskterm.cli.statuses import OK

_SHELLS = ("bash", "zsh", "fish")


def arguments(parser: ArgumentParser) -> None:
    """What `completion` takes."""
    parser.add_argument("shell", choices=_SHELLS, help="the shell to complete in")


def run(args: Namespace) -> int:
    """Print the script to stdout. Completing then runs no Python."""
    import shtab  # noqa: PLC0415 - needed here alone

    print(shtab.complete(build_full_parser(), args.shell))
    return OK
