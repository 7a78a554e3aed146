"""`deskterm completion SHELL`: a completion script, generated from the parser."""

from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import build_full_parser
from deskterm.cli.statuses import OK

_SHELLS = ("bash", "zsh", "fish")


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `completion`."""
    parser.add_argument("shell", choices=_SHELLS, help="the shell to complete in")


def run(args: Namespace) -> int:
    """Print the script. Completing then runs no Python."""
    import shtab  # noqa: PLC0415 - only needed here

    print(shtab.complete(build_full_parser(), args.shell))
    return OK
