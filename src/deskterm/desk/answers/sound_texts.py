"""Which texts of macros were found sound, noted in a file, so that each is looked at once.

To check one takes milliseconds and the library for Liquid: a hundred cost a report more than its figures.
"""

from contextlib import suppress
from pathlib import Path

from deskterm import __version__
from deskterm.config.files import write_private
from deskterm.domain.liquid import fill
from deskterm.errors import DiskFull

_MOST_BYTES = 1_000_000


class SoundTexts:
    """What was found sound, in a file that may be lost. Without a file nothing is noted."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._noted: set[str] | None = None
        self._asked: set[str] = set()

    def check(self, text: str, first_line: int = 1) -> None:
        """As `fill.check`: raise PlaybookError where the text of a macro cannot be used."""
        if self._file is None:
            fill.check(text, first_line)
            return
        key = _digest(text)
        if key not in self._read_noted(self._file):
            fill.check(text, first_line)
        self._asked.add(key)

    def keep(self) -> None:
        """Save which texts were asked for and are sound. What cannot be saved is checked again next time."""
        if self._file is None or self._noted == self._asked:
            return
        with suppress(DiskFull):
            write_private(self._file, "\n".join([_checked_by(), *sorted(self._asked)]).encode())
            self._noted = set(self._asked)

    def _read_noted(self, file: Path) -> set[str]:
        if self._noted is None:
            first, *keys = _lines(file)
            self._noted = set(keys) if first == _checked_by() else set()
        return self._noted


def _lines(file: Path) -> list[str]:
    try:
        with file.open("rb") as opened:
            return opened.read(_MOST_BYTES).decode("ascii", "replace").split("\n")
    except OSError:
        return [""]


def _digest(text: str) -> str:
    from _blake2 import blake2b  # noqa: PLC0415 - `hashlib` loads OpenSSL

    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _checked_by() -> str:
    """What tells this program and its library for Liquid from others, which may judge otherwise."""
    from importlib.machinery import PathFinder  # noqa: PLC0415 - not before a text is looked at

    library = PathFinder.find_spec("liquid")
    files = [Path(library.origin)] if library and library.origin else []
    files += sorted(Path(fill.__file__).parent.glob("*.py"))
    return " ".join([__version__, *(f"{one.stat().st_mtime_ns:x}" for one in files)])
