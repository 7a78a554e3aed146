"""`{% ask "Which size?" %}`: a value that the owner is asked for when taking the macro.

In the text it is a placeholder like any other, named after its question.
"""

import re

_ASK = re.compile(r"\{%-?\s*ask\s+(?:\"([^\"\n]{1,120})\"|'([^'\n]{1,120})')\s*-?%\}")
_ASK_FILE = re.compile(r"ask\s+[\"'“](.{1,120}?)[\"'”]")
_WORDS = re.compile(r"\W+")
_ROOT = "ask."


def questions(body: str) -> tuple[str, ...]:
    """The questions of a macro, each once, in the order of the text."""
    return tuple(dict.fromkeys(found[1] or found[2] for found in _ASK.finditer(body)))


def file_question(entry: str) -> str:
    """The label of an `attach` entry such as `ask "The label"`; "" if the entry is a file name."""
    found = _ASK_FILE.fullmatch(entry.strip())
    return found[1] if found else ""


def name_of(question: str) -> str:
    """The placeholder for the answer: `ask.Which_size`."""
    return _ROOT + (_WORDS.sub("_", question).strip("_") or "it")


def is_asked(name: str) -> bool:
    """Whether a placeholder is the answer to a question."""
    return name.startswith(_ROOT)


def as_placeholders(body: str) -> str:
    """The macro with each question replaced by its placeholder."""
    return _ASK.sub(lambda found: f"{{{{ {name_of(found[1] or found[2])} }}}}", body)
