"""What the sample store's customers write and what it answers, by topic and language.

Bodies may hold {first} (the writer's first name), {name}, {order} (a number without
#), {item}, {carrier}, {tracking}, {shipped} and {by} (dates in words). They are
written by hand and free of lists, so that any generator can draw from them.
"""

from collections.abc import Iterable
from typing import NamedTuple

DEFAULT = "en"


class Text(NamedTuple):
    """One customer's question: topic, language, subject and body."""

    topic: str
    language: str
    subject: str
    body: str


def opening_texts() -> tuple[Text, ...]:
    """Every first mail a customer may write."""
    from deskterm.demo.texts import changes, questions, shipping, trouble  # noqa: PLC0415 - only for the demo

    return (*shipping.TEXTS, *changes.TEXTS, *trouble.TEXTS, *questions.TEXTS)


def for_topic(texts: Iterable[Text], topic: str, language: str) -> list[Text]:
    """The texts on a topic in that language, or in English where it has none."""
    fitting = [text for text in texts if text.topic == topic]
    spoken = [text for text in fitting if text.language == language]
    return spoken or [text for text in fitting if text.language == DEFAULT]
