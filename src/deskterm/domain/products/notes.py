"""The owner's notes on products: Markdown files in `notes/`, matched by SKU."""

import re
from datetime import date

from deskterm.value_class import dataclass

_HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ProductNote:
    """One file: `id` is its stem, `skus` those it is for (the stem, where it names none).

    `back_in_stock` is the day (`2026-12-12`) to tell customers, `video` a link, `attach` are files to attach
    to replies about the product. A section is the text below a heading.
    """

    id: str
    skus: tuple[str, ...]
    body: str = ""
    back_in_stock: str = ""
    video: str = ""
    attach: tuple[str, ...] = ()

    def section(self, name: str) -> str:
        """The text below the heading of that name (in any case), or ""."""
        found = list(_HEADING.finditer(self.body))
        for at, heading in enumerate(found):
            if heading[1].casefold() == name.casefold():
                end = found[at + 1].start() if at + 1 < len(found) else len(self.body)
                return self.body[heading.end() : end].strip()
        return ""


def is_past(day: str, today: date) -> bool:
    """Whether a day (`2026-12-12`, or "" for none) is before today."""
    return bool(day) and date.fromisoformat(day) < today
