"""What a reply makes of its ticket, as a column keeps it."""

import json
from dataclasses import asdict

from deskterm.domain.review.replies import Follows
from deskterm.domain.tickets import Status
from deskterm.storage.schema.columns import to_json


def to_text(follows: Follows | None) -> str:
    """As JSON; empty for None."""
    return to_json(asdict(follows)) if follows else ""


def from_text(text: str) -> Follows | None:
    """The reverse of `to_text`."""
    if not text:
        return None
    kept = json.loads(text)
    for name in ("status", "unless_changed"):
        kept[name] = Status(kept[name]) if kept[name] else None
    lists = {name: tuple(kept.get(name, ())) for name in ("tags", "order_was")}
    return Follows(**{**kept, **lists})
