"""Values as table cells that are safe to open in a spreadsheet."""

import json

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: object) -> object:
    """A value as a cell: lists and objects become JSON, text that is a formula is defused."""
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    if isinstance(value, str):
        return defuse_formula(value)
    return int(value) if isinstance(value, bool) else value


def defuse_formula(text: str) -> str:
    """`text`, with a `'` before it if a spreadsheet might run it as a formula, also after spaces."""
    return f"'{text}" if text.startswith(_STARTS) or text.lstrip().startswith(_STARTS) else text
