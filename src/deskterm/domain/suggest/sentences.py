"""The sentences of a customer's mail, and those that say how long something is valid."""

import re

from deskterm.lazy_regex import lazy_regex

_SENTENCE = lazy_regex(
    r"[^.!?？。！\n]+(?:(?:\.(?=\d)|(?<=\bam \d\d)\.|(?<=\bam \d)\.)[^.!?？。！\n]+)*[.!?？。！]*"
)
# How long something else holds: "the code should run until Sunday", "the mail says until Sunday".
_VALIDITY = lazy_regex(
    r"\b(?:valid|runs?|expire[sd]?|expiry|offer|gilt|gültig|läuft|abgelaufen|valable|expirée?"
    r"|válid[oa]|caduca(?:do)?|valid[oa]|scade|scadut[oa]|geldig|verlopen|giltig|gyldig|ważn\w+"
    r"|(?:(?:e-?)?mail|newsletter|page|site|website|shop|code|voucher|coupon) (?:says|said))\b",
    re.IGNORECASE,
)


def split_sentences(text: str) -> list[tuple[int, str]]:
    """The sentences of a text, each with where it starts. The point of a date ("am 24.12.") ends none."""
    return [(found.start(), found.group()) for found in _SENTENCE.finditer(text) if found.group().strip()]


def says_how_long_valid(sentence: str) -> bool:
    """Whether a sentence says how long something is valid: its day is not one the customer waits for."""
    return _VALIDITY.search(sentence) is not None


def questions_in(words: str) -> str:
    """The sentences of a mail that ask something; a line that was wrapped ends none."""
    paragraphs = (" ".join(one.split()) for one in words.split("\n\n"))
    sentences = (sentence for one in paragraphs for _, sentence in split_sentences(one))
    return " ".join(one for one in sentences if "?" in one or "？" in one)
