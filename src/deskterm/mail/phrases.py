"""Tables of phrases that speak for something, kept as text that a person can read and add to."""

import re


def patterns(table: str) -> list[tuple[str, re.Pattern[str]]]:
    """Compile a table: a name on a line of its own, under it, indented, its patterns. Case is ignored."""
    found: list[tuple[str, list[str]]] = []
    for line in table.strip("\n").split("\n"):
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return [(name, re.compile("|".join(lines), re.IGNORECASE)) for name, lines in found]
