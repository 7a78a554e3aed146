"""A question before what cannot be taken back; a script answers it with --yes."""

import sys


def agreed(question: str, *, yes: bool) -> bool:
    """Whether the owner says yes. Without a terminal only `--yes` does."""
    if yes:
        return True
    if not sys.stdin.isatty():
        print(f"{question} Not done: say --yes to do it without a question.", file=sys.stderr)
        return False
    return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
