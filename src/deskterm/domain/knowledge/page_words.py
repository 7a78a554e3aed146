"""The fixed texts of the FAQ page, in the languages of the shipped macros."""

from typing import NamedTuple


class PageWords(NamedTuple):
    """The page's title after the shop's name, the heading of the question list, and whom to write to."""

    title: str
    contents: str
    write_to: str


_WORDS = {
    "en": PageWords(
        "questions and answers", "Questions", "Not found what you were looking for? Write to {contact}."
    ),
    "de": PageWords(
        "Fragen und Antworten", "Fragen", "Nichts Passendes gefunden? Schreiben Sie an {contact}."
    ),
    "fr": PageWords(
        "questions et réponses", "Questions", "Vous n’avez pas trouvé ? Écrivez-nous à {contact}."
    ),
    "es": PageWords(
        "preguntas y respuestas", "Preguntas", "¿No encuentra lo que busca? Escríbanos a {contact}."
    ),
}


def page_words(language: str) -> PageWords:
    """The texts in a language, else in English."""
    return _WORDS.get(language, _WORDS["en"])
