"""Reads one note on a product: optional front matter, and Markdown."""

from deskterm.desk.playbook_files import day_field, list_field, split_front_matter, text_field
from deskterm.domain.products.notes import ProductNote
from deskterm.domain.text import block
from deskterm.errors import PlaybookError

_FIELDS = frozenset("skus back_in_stock video attach".split())


def product_note(stem: str, text: str) -> ProductNote:
    """The note in a file called `stem`.md. Raises PlaybookError with what to do."""
    if not text.lstrip("\ufeff \n").startswith("---"):
        return ProductNote(stem, (stem,), _body(text))
    front, body, _ = split_front_matter(text, _FIELDS, may_be_empty=True)
    video = text_field(front, "video")
    if video and not video.startswith("https://"):
        raise PlaybookError("The video is not an https link.", todo="Write it with https://.")
    return ProductNote(
        stem,
        list_field(front, "skus") or (stem,),
        block(body).strip(),
        day_field(front, "back_in_stock"),
        video,
        list_field(front, "attach"),
    )


def _body(text: str) -> str:
    body = block(text).strip()
    if not body:
        raise PlaybookError("It has no text.", todo="Write the text there.")
    return body
