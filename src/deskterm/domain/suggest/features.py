"""A customer's mail as features for learning: its words, pairs of words and groups of four letters, hashed.

Greeting and closing are left out; all digits count as the same. Features are hashed to 2^18 places; with some
ten thousand features collisions have no measurable effect.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import chain, pairwise
from zlib import crc32

from deskterm.lazy_regex import lazy_regex

Features = dict[int, int]  # how often each stands in a text

_PLACES = (1 << 18) - 1
_LONGEST = 4_000  # characters of a mail
_GRAM = 4
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
_WORD = lazy_regex(rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’][^\W_{_CJK}]+)?")
_DIGIT = lazy_regex(r"\d")
# How a customer's mail greets.
HELLO = (
    r"(?:hello|hi|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)|moin"
    r"|liebe[rs]?|sehr geehrte[rs]?|bonjour|bonsoir|salut|ch(?:er|ère)s?|madame|monsieur|hola"
    r"|buen[oa]s d[ií]as|buenas(?: tardes| noches)?|estimad[oa]s?|ciao|buongiorno|buonasera|gentile|beste"
    r"|geachte|dag|hej|hei|olá|bom dia|boa tarde|dzień dobry)\b"
)
_GREETING = lazy_regex(rf"^\s*{HELLO}[^\n,!.?:]{{0,40}}[,!.:\n]", re.IGNORECASE)
_CLOSING = lazy_regex(
    r"(?<!\s)(?=\s*\n|(?<=[.!?]))\s+"
    r"(?:(?:many |kind |best |warm )*(?:thanks|thank you|regards|wishes)|best|cheers"
    r"|yours|sincerely|(?:mit )?(?:vielen |herzlichen |freundlichen |liebe[n]? |beste[n]? |schöne[n]? )*"
    r"(?:dank|danke|grüße[n]?|gruß)|merci(?: d'avance)?|cordialement|bien à vous"
    r"|(?:muchas )?gracias|(?:un )?saludos?(?: cordiales)?|grazie|cordiali saluti|groet\w*)\b[^\n]{0,40}"
    r"(?:\n[^\n]{0,40}){0,3}\s*$",
    re.IGNORECASE,
)


def matter_of(text: str) -> str:
    """The text between greeting and closing."""
    text = text[:_LONGEST]
    return _CLOSING.sub("", _GREETING.sub("", text, count=1), count=1) or text


def features(text: str) -> Features:
    """How often each feature occurs in a text."""
    words = _WORD.findall(_DIGIT.sub("0", matter_of(text).casefold()))
    pairs = [crc32(f"{one} {two}".encode()) & _PLACES for one, two in pairwise(words)]
    return Counter(chain(chain.from_iterable(map(_of_word, words)), pairs))


@lru_cache(maxsize=30_000)
def _of_word(word: str) -> tuple[int, ...]:
    """The word itself, and its groups of letters with marks for its edges."""
    edged = f"<{word}>"
    grams = (edged[at : at + _GRAM] for at in range(max(len(edged) - _GRAM + 1, 1)))
    return tuple(crc32(f"{part}\0".encode()) & _PLACES for part in (word, *grams))
