"""The texts of the sample store's customers and its answers, by topic and language.

The words lie in `words/*.txt`, so that any generator can draw from them. A text
starts with `=== topic language | subject`; its body may hold {first} (how the writer
signs), {name}, {order} (a number without #), {item}, {carrier}, {tracking},
{shipped} and {by} (dates in words). `---` parts a customer's words from the answer.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

DEFAULT = "en"
_FOLDER = Path(__file__).parent / "words"
_OPENINGS = ("shipping", "changes", "trouble", "questions")


class SampleText(NamedTuple):
    """One text. `answer` is the store's text for it, if the two belong together."""

    topic: str
    language: str
    subject: str
    body: str
    answer: str = ""


def openings() -> tuple[SampleText, ...]:
    """All first mails a customer may write."""
    return tuple(text for name in _OPENINGS for text in read_texts(name))


def answers() -> tuple[SampleText, ...]:
    """The store's first replies."""
    return read_texts("answers")


def follow_ups() -> tuple[SampleText, ...]:
    """How a matter continues: the customer's next mail and the store's answer."""
    return read_texts("follow_ups")


def closings() -> tuple[SampleText, ...]:
    """A customer's thanks with the store's last reply."""
    return read_texts("closings")


def fitting(texts: Iterable[SampleText], topic: str, language: str) -> list[SampleText]:
    """The texts on a topic in a language, or in English if it has none."""
    on_topic = [text for text in texts if text.topic == topic]
    spoken = [text for text in on_topic if text.language == language]
    return spoken or [text for text in on_topic if text.language == DEFAULT]


@cache
def read_texts(name: str) -> tuple[SampleText, ...]:
    """The texts of one file of `words`."""
    return tuple(map(_text, template(name).split("\n=== ")[1:]))


def template(name: str) -> str:
    """One file of `words` as it is."""
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def _text(part: str) -> SampleText:
    head, _, body = part.partition("\n")
    about, _, subject = head.partition(" |")
    topic, language = about.split()
    words, _, answer = body.partition("\n---\n")
    return SampleText(topic, language, subject.strip(), words.strip(), answer.strip())
