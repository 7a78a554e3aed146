"""config.toml and policy.toml read into settings, and settings written back into config.toml.

The shape: top-level keys of `Settings`, `[shop]`, `[policy]`, `[keys]`, and a `[[mailbox]]`
or `[[store]]` each. Relative paths are relative to the file's own folder. policy.toml may stand beside it,
with the keys of `[policy]` and the shop's holidays at its top.
"""

import os
import re
import tomllib
from collections.abc import Container, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.paths import Home
from deskterm.config.policy import Policy
from deskterm.config.setting import default_of, settings_of
from deskterm.config.setting_checks import complaint, invisible
from deskterm.config.store import Store
from deskterm.errors import ConfigError

__all__ = ["Mailbox", "Settings", "Shop", "Store", "load", "machine_zone", "save", "save_theme"]

_SAFE = "The file is left as it is; no mail or order is touched."
_LISTS: dict[str, tuple[str, type]] = {"mailbox": ("mailboxes", Mailbox), "store": ("stores", Store)}
_TABLES = {
    "mailboxes": "[[mailbox]]",
    "stores": "[[store]]",
    "shop": "[shop]",
    "policy": "[policy]",
    "keys": "[keys]",
}
_SECTIONS: dict[str, type] = {"shop": Shop, "policy": Policy}
_OF_SHOP = frozenset({"holidays"})  # settings of [shop] that may stand in policy.toml
_OF_LINES = ("signature", "sign_offs")  # settings whose texts may have several lines
_Value = TypeVar("_Value", Shop, Policy, Mailbox, Store)
_Listed = TypeVar("_Listed", Mailbox, Store)


def load(home: Home) -> Settings:
    """The settings of a home. Raises ConfigError, which says which line is wrong and what would be right."""
    reader = _Reader(home.config_file)
    settings = reader.settings()
    if not home.policy_file.exists():
        return settings
    beside = _Reader(home.policy_file)
    beside.refuse_second(reader)
    policy, shop = beside.promises()
    return replace(settings, policy=replace(settings.policy, **policy), shop=replace(settings.shop, **shop))


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(
            f"There is no {file}.", todo="Run `deskterm setup`, or `deskterm demo` to look around."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{file} cannot be read: {error}.", safe=_SAFE, todo="It must be UTF-8 text that you may read."
        ) from error


class _Reader:
    """Turns a file's tables into values; has the text, to name the line of an error."""

    def __init__(self, file: Path) -> None:
        self.file, text = file, _text(file)
        self.lines = text.splitlines()
        try:
            self.table: dict[str, Any] = tomllib.loads(text)
            self.refuse_invisible(self.table)
        except (ValueError, RecursionError) as error:  # a number of thousands of digits is a plain ValueError
            raise ConfigError(
                f"{file} cannot be read as TOML: {error}.", safe=_SAFE, todo="Mend that line."
            ) from error

    def refuse_second(self, config: "_Reader") -> None:
        """Refuse a setting of policy.toml that config.toml has as well."""
        for key in self.table:
            section = "shop" if key in _OF_SHOP else "policy"
            if isinstance(there := config.table.get(section), dict) and key in there:
                line = config.line(section, 0, key)
                self.wrong(
                    "", 0, key, f"`{key}` is also in {config.file.name}, line {line}; keep one of them"
                )

    def promises(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What policy.toml says: the values of the policy, and those of the shop."""
        policy = {key: value for key, value in self.table.items() if key not in _OF_SHOP}
        shop = {key: value for key, value in self.table.items() if key in _OF_SHOP}
        return self.values(Policy, policy), self.values(Shop, shop)

    def values(self, kind: type[_Value], table: dict[str, Any]) -> dict[str, Any]:
        """The checked values of settings that stand at the top of the file."""
        parts = {key: self.check(kind, key, value, "", 0) for key, value in table.items()}
        for key, words in complaint(kind(**parts)):
            self.wrong("", 0, key, words)
        return parts

    def refuse_invisible(self, value: Any, section: str = "", place: int = 0, key: str = "") -> None:
        """Refuse control characters, direction marks and the like, which could control the terminal."""
        if isinstance(value, str) and (found := invisible(value, lines=key in _OF_LINES)):
            self.wrong(section, place, key, f"there is an invisible character (U+{ord(found):04X}) here")
        elif isinstance(value, dict):
            for name, inside in value.items():
                self.refuse_invisible(name, section, place, name)
                self.refuse_invisible(inside, section or name, place, key if key in _OF_LINES else name)
        elif isinstance(value, list):
            for at, inside in enumerate(value):
                self.refuse_invisible(inside, section, at if isinstance(inside, dict) else place, key)

    def settings(self) -> Settings:
        parts: dict[str, Any] = {}
        for key, value in self.table.items():
            if key in _LISTS:
                name, kind = _LISTS[key]
                parts[name] = self.read_list(key, value, kind)
            elif key in _SECTIONS:
                parts[key] = self.value(_SECTIONS[key], value, key, 0)
            elif key == "keys":
                parts["keys"] = self.keys(value)
            else:
                parts[key] = self.check(Settings, key, value, "", 0)
        settings = Settings(**parts)
        for key, words in complaint(settings):
            self.wrong("", 0, key, words)
        return settings

    def read_list(self, key: str, tables: Any, kind: type[_Listed]) -> tuple[_Listed, ...]:
        if not isinstance(tables, list):
            self.wrong(key, 0, key, f"`{key}` is written as [[{key}]], once for each")
        found = tuple(self.value(kind, table, key, place) for place, table in enumerate(tables))
        names: set[str] = set()
        for place, one in enumerate(found):
            if not one.name or one.name in names:
                self.wrong(key, place, "name", f"each [[{key}]] needs a `name` of its own")
            names.add(one.name)
        return found

    def value(self, kind: type[_Value], table: Any, section: str, place: int) -> _Value:
        if not isinstance(table, dict):
            self.wrong(section, place, section, f"`{section}` is written as [{section}]")
        parts = {key: self.check(kind, key, value, section, place) for key, value in table.items()}
        value = kind(**parts)
        for key, words in complaint(value):
            self.wrong(section, place, key, words)
        return value

    def check(self, kind: type, key: str, value: Any, section: str, place: int) -> Any:
        known = settings_of(kind)
        if key not in known:
            self.wrong(section, place, key, f"`{key}` is no setting here; {_suggest_keys(kind, key)}")
        default, record = default_of(known[key][0]), known[key][1]
        if isinstance(default, tuple) and isinstance(value, list) and all(isinstance(v, str) for v in value):
            return tuple(value)
        if type(value) is not type(default):
            self.wrong(section, place, key, f"`{key}` must be {_KIND_WORDS[type(default)]}")
        if record.is_path and value:
            return str(self.file.parent / Path(value).expanduser())
        return value

    def keys(self, table: Any) -> dict[str, str]:
        if not isinstance(table, dict):
            self.wrong("keys", 0, "keys", "`keys` is written as [keys]")
        for key, value in table.items():
            if not isinstance(value, str):
                self.wrong("keys", 0, key, f'the key for `{key}` must be a text, as in "x" or "g x"')
        return cast("dict[str, str]", table)

    def wrong(self, section: str, place: int, key: str, words: str) -> None:
        line = self.line(section, place, key)
        raise ConfigError(f"{self.file}, line {line}: {words}.", safe=_SAFE, todo="Mend that line.")

    def line(self, section: str, place: int, key: str) -> int:
        """The line of `key` in the `place`-th [section], else that section's first line."""
        as_table = f"{section}.{key}" if section else key
        section = as_table if any(_head(line) == as_table for line in self.lines) else section
        heads = [n for n, line in enumerate(self.lines, 1) if _head(line) == section]
        start = heads[place] if place < len(heads) else 1
        for number in range(start, len(self.lines) + 1):
            line = self.lines[number - 1]
            if re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
                return number
            if number > start and _head(line):
                break
        return start


def _suggest_keys(kind: type, key: str) -> str:
    """The keys that are allowed in place of `key`, as written in the file, the most similar first."""
    from difflib import get_close_matches  # noqa: PLC0415 - only for what is wrong

    names = [one.name for one in fields(kind)]
    written = [_TABLES.get(name, name) if kind is Settings else name for name in names]
    near = get_close_matches(key, names, 1)
    meant = f"did you mean {written[names.index(near[0])]}? " if near else ""
    return f"{meant}there are {', '.join(written)} (docs/config.md)"


_KIND_WORDS: dict[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    tuple: "a list of texts",
    dict: 'a table of texts, as in { AT = "4 to 6 working days" }',
}


def _head(line: str) -> str:
    found = re.match(r"\s*\[\[?\s*([^\]\s]+)\s*\]\]?", line)
    return found.group(1) if found else ""


def save(home: Home, settings: Settings) -> None:
    """Write the settings (0600), keeping the comments and the order of an existing file.

    Settings in policy.toml are left there.
    """
    import tomlkit  # noqa: PLC0415 - only needed to write

    from deskterm.config.files import write_private  # noqa: PLC0415

    file = home.config_file
    document = tomlkit.parse(file.read_text("utf-8-sig")) if file.exists() else tomlkit.document()
    beside = _Reader(home.policy_file).table if home.policy_file.exists() else {}
    shop, policy = (set(settings_of(kind)) - set(beside) for kind in (Shop, Policy))
    _fill(document, settings, file.parent, ("work_from", "undo_seconds", "theme", "colours", "preset"))
    _fill(document.setdefault("shop", tomlkit.table()), settings.shop, file.parent, shop)
    if "policy" in document or any(getattr(settings.policy, one) != getattr(Policy(), one) for one in policy):
        _fill(document.setdefault("policy", tomlkit.table()), settings.policy, file.parent, policy)
    if settings.keys or "keys" in document:
        _fill_keys(document.setdefault("keys", tomlkit.table()), settings.keys)
    for key, (name, _) in _LISTS.items():
        _fill_list(document, key, getattr(settings, name), file.parent)
    write_private(file, tomlkit.dumps(document).encode())


def save_theme(home: Home, theme: str) -> None:
    """Change the theme in the settings file. Raises ConfigError if the file cannot be read."""
    save(home, replace(load(home), theme=theme))


def machine_zone() -> str:
    """The IANA name of this machine's time zone, "UTC" if unknown."""
    named = os.environ.get("TZ", "").removeprefix(":")
    place = named if "/" in named else str(Path("/etc/localtime").resolve())
    return place.partition("zoneinfo/")[2] or (named if "/" in named else "UTC")


def _fill(table: Any, value: Any, folder: Path, names: Container[str] | None = None) -> None:
    """Set the values that differ from the file's; defaults that are not in the file are not written."""
    for name, (one, record) in settings_of(type(value)).items():  # type: ignore[arg-type]
        new = getattr(value, name)
        if names is not None and name not in names:
            continue
        if record.is_path and new and Path(new).is_relative_to(folder):
            new = str(Path(new).relative_to(folder))
        new = list(new) if isinstance(new, tuple) else new
        standing = table.get(name)
        usual = default_of(one)
        written = name in table or new != (list(usual) if usual == () else usual)
        if written and standing != new:
            table[name] = new


def _fill_keys(table: Any, keys: Mapping[str, str]) -> None:
    """Set the keys that differ from the file's, and take out those that are no longer set."""
    for name in [one for one in table if one not in keys]:
        del table[name]
    for name, key in keys.items():
        if table.get(name) != key:
            table[name] = key


def _fill_list(document: Any, key: str, values: tuple[Any, ...], folder: Path) -> None:
    import tomlkit  # noqa: PLC0415 - as in save

    old = {table.get("name"): table for table in document.get(key, ())}
    tables = tomlkit.aot()
    for value in values:
        table = old.get(value.name, tomlkit.table())
        _fill(table, value, folder)
        tables.append(table)
    if values:
        document[key] = tables
    elif key in document:
        del document[key]
