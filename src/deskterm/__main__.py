"""`python -P -m deskterm` is the same as `deskterm`; -P keeps the current folder off the import path."""

import sys

if not sys.flags.safe_path and __package__:
    del sys.path[0]  # the current folder: a file `typing.py` in it is none of ours

from deskterm.cli import main

if __name__ == "__main__":
    sys.exit(main())
