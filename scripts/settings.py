"""Write the tables of docs/config.md and the schema for editors from the declared settings."""

import json
import re
from dataclasses import Field
from pathlib import Path
from typing import Any

import deskterm.actions  # noqa: F401 - registers its commands
from deskterm.commands.registry import all_commands
from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.policy import Policy
from deskterm.config.setting import Setting, default_of, settings_of
from deskterm.config.store import Store

DOCS = Path(__file__).parents[1] / "docs"
PAGE, SCHEMA = DOCS / "config.md", DOCS / "config.schema.json"
TABLES = {"top": Settings, "shop": Shop, "policy": Policy, "mailbox": Mailbox, "store": Store}
_TYPES = {str: "text", int: "number", bool: "true or false", tuple: "list", dict: "table"}
_JSON_TYPES = {str: "string", int: "integer", bool: "boolean", tuple: "array", dict: "object"}
_TEXTS: dict[str, object] = {"type": "array", "items": {"type": "string"}}


def with_tables(page: str) -> str:
    """The page with each table written again between its two marks."""
    for name, kind in TABLES.items():
        marks = rf"(?<=<!-- settings: {name} -->\n).*?(?=<!-- /settings -->)"
        page = re.sub(marks, lambda _, kind=kind: _table(kind), page, count=1, flags=re.DOTALL)
    return page


def _table(kind: type) -> str:
    rows = [_row(name, *one) for name, one in settings_of(kind).items()]
    return "\n".join(["| setting | type | default | means |", "|---|---|---|---|", *rows, ""])


def _row(name: str, value: Field[Any], setting: Setting) -> str:
    written = json.dumps(default_of(value))
    return f"| `{name}` | {_TYPES[type(default_of(value))]} | `{written}` | {setting.means} |"


def schema() -> str:
    """The JSON schema of config.toml, as text."""
    keys = {one.id: {"type": "string", "description": one.help} for one in all_commands()}
    parts = {
        "shop": _object(Shop),
        "policy": _object(Policy),
        "keys": {"type": "object", "additionalProperties": False, "properties": keys},
        "mailbox": {"type": "array", "items": _object(Mailbox, "name")},
        "store": {"type": "array", "items": _object(Store, "name")},
    }
    top = _object(Settings)
    top["properties"] |= parts
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "deskterm: config.toml"}
    return json.dumps({**head, **top}, indent=2, ensure_ascii=False) + "\n"


def _object(kind: type, *required: str) -> dict[str, Any]:
    found: dict[str, Any] = {"type": "object", "additionalProperties": False}
    if required:
        found["required"] = list(required)
    return {**found, "properties": {name: _property(*one) for name, one in settings_of(kind).items()}}


def _property(value: Field[Any], setting: Setting) -> dict[str, object]:
    found: dict[str, object] = {"type": _JSON_TYPES[type(default_of(value))]}
    if isinstance(default_of(value), tuple):
        found |= _TEXTS
    if setting.choices:
        found["enum"] = list(setting.choices)
    if setting.bounds:
        found["minimum"], found["maximum"] = setting.bounds
    if setting.pattern:
        found["pattern"] = f"^(?:{setting.pattern})$"
    return {**found, "default": default_of(value), "description": setting.means}


if __name__ == "__main__":
    PAGE.write_text(with_tables(PAGE.read_text("utf-8")), "utf-8")
    SCHEMA.write_text(schema(), "utf-8")
