"""Files inside a part of a mail: uuencoded in its text, or packed in Outlook's winmail.dat."""

from collections.abc import Sequence

from deskterm.domain.text import block
from deskterm.mail.mime.parts import Part
from deskterm.mail.mime.tnef import Winmail, open_winmail
from deskterm.mail.mime.transfer_encoding import decode_content, uu_blocks

_INSIDE = 10_000  # numbers of files inside a part: (leaf + 1) * 10,000 + place
_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NAME = "winmail.dat"


def number_of(leaf: int, place: int) -> int:
    """The attachment number of a file inside a part."""
    return (leaf + 1) * _INSIDE + place


def find_winmails(raw: bytes, leaves: Sequence[Part]) -> dict[int, Winmail]:
    """The opened winmail.dat parts of a mail that are not empty, by part number."""
    opened = {leaf.number: open_winmail(_content(raw, leaf)) for leaf in leaves if _is_winmail(leaf)}
    return {number: one for number, one in opened.items() if one.files or one.plain.strip() or one.html}


def first_text(winmails: dict[int, Winmail]) -> tuple[str, str]:
    """The text, plain and as HTML, of the first one that has any."""
    texts = ((block(one.plain), one.html) for one in winmails.values() if one.plain.strip() or one.html)
    return next(texts, ("", ""))


def file_inside(raw: bytes, leaves: Sequence[Part], number: int) -> bytes:
    """The bytes of a leaf, or of a file inside one, by attachment number; empty if there is none."""
    leaf, place = (number // _INSIDE - 1, number % _INSIDE) if number >= _INSIDE else (number, -1)
    if not 0 <= leaf < len(leaves):
        return b""
    data = _content(raw, leaves[leaf])
    if place < 0:
        return data
    if _is_winmail(leaves[leaf]):
        files = [one.data for one in open_winmail(data).files]
    else:
        files = [content for _, _, _, content in uu_blocks(data)]
    return files[place] if place < len(files) else b""


def _is_winmail(leaf: Part) -> bool:
    if leaf.type in _TYPES:
        return True
    if leaf.type != "application/octet-stream":
        return False
    return _NAME in (leaf.params.get("name", "").lower(), leaf.disposition[1].get("filename", "").lower())


def _content(raw: bytes, leaf: Part) -> bytes:
    return decode_content(memoryview(raw)[leaf.start : leaf.end], leaf.encoding)
