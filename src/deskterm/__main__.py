"""`python -m deskterm` is the same as `deskterm`."""

import sys

from deskterm.cli import main

if __name__ == "__main__":
    sys.exit(main())
