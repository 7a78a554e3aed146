"""Reads an SOP file: front matter (title, categories, words); the body is a task list (`step_file.py`)."""

from deskterm.desk.playbook_files import day_field, list_field, split_front_matter, title_field
from deskterm.desk.sops.step_file import read_steps
from deskterm.domain.sops.sop import Sop
from deskterm.errors import PlaybookError

_FIELDS = frozenset("title categories words reviewed".split())


def read_sop(stem: str, text: str) -> Sop:
    """The SOP in a file called `stem`.md. Raises PlaybookError with what to do."""
    front, body, _ = split_front_matter(text, _FIELDS)
    steps, intro = read_steps(body)
    if not steps:
        raise PlaybookError("It has no steps.", todo="Write each step as a line that starts with - [ ].")
    return Sop(
        stem,
        title_field(front),
        steps,
        list_field(front, "categories"),
        list_field(front, "words"),
        intro,
        day_field(front, "reviewed"),
    )
