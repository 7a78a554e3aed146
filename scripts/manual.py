"""Write the manual page docs/deskterm.1 from the command line's own parser."""

import os
import textwrap
from pathlib import Path

from argparse_manpage.manpage import Manpage

from deskterm import __version__
from deskterm.cli.arguments import build_full_parser

TARGET = Path(__file__).parents[1] / "docs" / "deskterm.1"


def page() -> str:
    """The page in troff, the same on every machine: no date, and lines of one width."""
    os.environ["COLUMNS"] = "80"
    about = {
        "date": " ",
        "version": __version__,
        "manual_title": "User Commands",
        "description": "the help desk of a one-person store, in the terminal",
    }
    return textwrap.dedent(str(Manpage(build_full_parser(), about, format="pretty"))).rstrip() + "\n"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
