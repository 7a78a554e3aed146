"""Finding the line of each setting in config.toml or policy.toml, to open an editor there."""

import re
from collections.abc import Iterator
from pathlib import Path

from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.paths import Home
from deskterm.config.policy import Policy
from deskterm.config.setting import settings_of
from deskterm.config.store import Store
from deskterm.value_class import dataclass

_SECTIONS: dict[str, type] = {
    "": Settings,
    "shop": Shop,
    "policy": Policy,
    "mailbox": Mailbox,
    "store": Store,
}
_HEAD = re.compile(r"\s*\[\[?\s*([\w-]+)[^\]]*\]")
_NAMED = re.compile(r"\s*#?\s*([\w-]+)\s*=")


@dataclass(frozen=True, slots=True)
class SettingLine:
    """A setting and the line of the file (from 1) where it stands, or would: `stands` says which."""

    file: Path
    section: str
    name: str
    means: str
    line: int
    stands: bool


def setting_lines(home: Home) -> Iterator[SettingLine]:
    """All settings there are, section by section; of several mailboxes or stores the first one's lines.

    A file that cannot be read has none of them: its first line stands for all.
    """
    config, policy = _places(home.config_file), _places(home.policy_file)
    for section, kind in _SECTIONS.items():
        for name, (_, record) in settings_of(kind).items():
            line = config.get((section, name)) or policy.get(("", name)) or policy.get((name, ""))
            beside = (section, name) not in config and (bool(line) or (section == "policy" and bool(policy)))
            file = home.policy_file if beside else home.config_file
            would = 1 if beside else config.get((section, ""), 1)
            yield SettingLine(file, section, name, record.means, line or would, stands=line is not None)


def _places(file: Path) -> dict[tuple[str, str], int]:
    """The first line of each section and of each name in it; a name that is commented out counts."""
    try:
        lines = file.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    found: dict[tuple[str, str], int] = {}
    for line, key in _named_lines(lines):
        found.setdefault(key, line)
    return found


def _named_lines(lines: list[str]) -> Iterator[tuple[int, tuple[str, str]]]:
    section = ""
    for number, text in enumerate(lines, 1):
        if head := _HEAD.match(text):
            section = head[1]
            yield number, (section, "")
        elif named := _NAMED.match(text):
            yield number, (section, named[1])
