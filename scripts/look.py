"""Open the desk in the terminals that are installed, under Xvfb, and lay the pictures on one sheet.

`make look`. Nothing is checked: look at it yourself. `python -m scripts.look 80x24 j Return` looks at another
size and presses keys first.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from deskterm.cli import main

SHEET = Path(tempfile.gettempdir()) / "deskterm-look.png"
DISPLAY, FONT = ":97", "DejaVu Sans Mono"
SIZE = 1600, 1000  # pixels of the screen
SHOWN_AFTER, KEY_AFTER = 6.0, 0.8  # seconds; for a machine that does much else
NEEDED = ("Xvfb", "xdotool", "import", "montage")


class Emulator(NamedTuple):
    """A terminal: its command, with `{columns}` and `{rows}`, and what it adds to the environment."""

    name: str
    command: str
    environment: dict[str, str]


EMULATORS = (
    Emulator("xterm true", "xterm -tn xterm-direct", {}),
    Emulator("xterm 256", "xterm -tn xterm-256color", {}),
    Emulator("xterm 16", "xterm -tn xterm", {}),
    Emulator("xterm NO_COLOR", "xterm -tn xterm-256color", {"NO_COLOR": "1"}),
    Emulator("urxvt", "urxvt", {}),
    Emulator("kitty", "kitty", {"LIBGL_ALWAYS_SOFTWARE": "1"}),
    Emulator("st", "st", {}),
)
SHAPES = {
    "xterm": "-fa '{font}' -fs 9 -geometry {columns}x{rows}+0+0 -e",
    "urxvt": "-fn 'xft:{font}:size=9' -geometry {columns}x{rows}+0+0 -e",
    "kitty": "-o font_size=9 -o remember_window_size=no -o initial_window_width={columns}c"
    " -o initial_window_height={rows}c -o update_check_interval=0 -o sync_to_monitor=no",
    "st": "-f '{font}:size=9' -g {columns}x{rows}+0+0 -e",
}


@contextmanager
def a_screen() -> Iterator[dict[str, str]]:
    """An X server of our own; yields the environment for its programs."""
    size = "x".join(map(str, (*SIZE, 24)))
    server = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", size], stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        kept = {name: value for name, value in os.environ.items() if name not in ("COLORTERM", "TERM", "STY")}
        yield {**kept, "DISPLAY": DISPLAY, "LANG": "C.UTF-8"}
    finally:
        server.terminate()
        server.wait()


def photograph(one: Emulator, home: Path, keys: list[str], size: str, x: dict[str, str]) -> Path:
    """Start the desk in a terminal, press the keys, take the picture, end it."""
    columns, rows = size.split("x")
    program = one.command.split(maxsplit=1)[0]
    shape = SHAPES[program].format(columns=columns, rows=rows, font=FONT)
    desk = f"{sys.executable} -m deskterm --home {home}"
    file = home.parent / f"{one.name.replace(' ', '-')}.png"
    started = subprocess.Popen(
        ["/bin/sh", "-c", f"exec {one.command} {shape} {desk}"], env={**x, **one.environment}
    )
    try:
        time.sleep(SHOWN_AFTER)
        subprocess.run(["xdotool", "mousemove", "60", "60"], env=x, check=True)
        for key in keys:
            subprocess.run(["xdotool", "key", key], env=x, check=True)
            time.sleep(KEY_AFTER)
        subprocess.run(["import", "-window", "root", str(file)], env=x, check=True)
    finally:
        started.terminate()
        started.wait()
        time.sleep(KEY_AFTER)  # the desk is free again
    return file


def look(size: str, keys: list[str]) -> None:
    """Take all pictures and lay them on one sheet."""
    found = [one for one in EMULATORS if shutil.which(one.command.split()[0])]
    with tempfile.TemporaryDirectory() as folder, a_screen() as x:
        home = Path(folder) / "demo"
        main(["--home", str(home), "demo", "--no-open"])
        files = [photograph(one, home, keys, size, x) for one in found]
        labels = [
            part for one, file in zip(found, files, strict=True) for part in ("-label", one.name, str(file))
        ]
        subprocess.run(
            [
                "montage",
                "-trim",
                "-font",
                "DejaVu-Sans-Mono",
                *labels,
                "-tile",
                "2x",
                "-geometry",
                "+8+8",
                str(SHEET),
            ],
            check=True,
        )
    print(SHEET)


if __name__ == "__main__":
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        sys.exit(f"Not installed: {', '.join(missing)}.")
    look(sys.argv[1] if sys.argv[1:] else "120x36", sys.argv[2:])
