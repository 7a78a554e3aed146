"""Whether lines below a signature mark are really the writer's words: a request, a sentence, a P.S."""

import re
from collections.abc import Iterable

from deskterm.mail.text.footers import is_disclaimer, is_footer, looks_like_contact

_REQUEST = re.compile(
    r"\b(?:please|could you|can you|would you|i (?:also|would|want|need|ordered|have)|bitte|könnten sie"
    r"|können sie|kannst du|ich (?:habe|hätte|möchte|brauche)|s'il vous|pourriez|pouvez|je (?:voudrais"
    r"|souhaite|n'ai|vous)"
    r"|por favor|podría|puede|quiero|necesito|per favore|potete|potrebbe|vorrei|alstublieft|graag|kunt u"
    r"|ik (?:wil|heb|zou)|proszę|gostaria|preciso)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\W*(?:p\.? ?(?:p\.? ?)?s\b\.?|n\.?b\b\.?|edit\b|nachtrag\b|ps:)", re.IGNORECASE)
# First and second person: somebody speaks about themselves or to somebody.
_SPEAKS = re.compile(
    r"\b(?:i|i'm|i've|my|me|we|you|your|she|he|it was|ich|mir|mich|meine?[rnms]?|wir|unsere?[rnms]?"
    r"|sie|ihnen|ihre?[rnms]?"
    r"|je|j'\w+|moi|mon|ma|mes|nous|vous|votre|vos|yo|nosotros|ustedes?|io|mio|noi|voi|vi|ik|mijn|wij|uw"
    r"|eu|meu|minha|nós|você|mój|moja|moje|mnie|jag|min|mitt|jeg|mig|deg)\b",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", "。", "？", "！", ",")
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff]{6}")
_QUOTED = tuple("\"'“„«‘*_")
_FEWEST_WORDS = 4
_BRIEF = 6  # lines
# "2 x the blue mug", "1042 please". A house number, postcode or year is not followed by a small letter.
_QUANTITY = re.compile(r"\d{1,2}\s?[x×]\s?\w.*|\d{1,6}(?:\s+[^\W\d_A-ZÄÖÜÉ]\w*)+[.!?]?")
_PLACE = re.compile(r"(?:[A-Z]{1,2}-)?\d{4,6}\s+[A-ZÄÖÜÉ]")
_ORDER = re.compile(
    r"(?:#|\bn[°ºo]\.?|\bnr\.?|\bno\.)\s?\d{3,}|\b(?:order|bestell\w*|auftrag\w*|commande|pedido|encomenda|ordine|zamówieni\w*"
    r"|beställning\w*|ordre|tilaus\w*|objednávk\w*)\W{1,3}(?:\w{1,8}\W{1,3})?\d{3,}|注文\D{0,4}\d{3,}|订单\D{0,3}\d{3,}",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s[|•·–—/]\s")
_LEGAL = re.compile(
    r"\b(?:registered|registergericht|amtsgericht|handelsregister|geschäftsführer|gmbh|ltd|llc|inc|s\.?a\.?r\.?l"
    r"|vat|ust|hrb|siret|kvk|p\.? ?iva|company (?:no|number)|environment|umwelt|confidential|copyright|©)\b",
    re.IGNORECASE,
)


def says_something(foot: list[str], *, trusted: bool) -> bool:
    """Whether the lines below a signature mark have words that are meant for the reader.

    `trusted`: the mark is "-- " (RFC 3676, 4.3), below which a motto is more likely than a request.
    """
    if any(map(_is_added, foot)):
        return True
    if not trusted and _asks_briefly(foot):
        return True
    prose = [line for line in foot if _is_sentence(line)]
    if not prose or is_disclaimer("\n".join(foot)):
        return False
    if any((line.rstrip().endswith(("?", "？")) and not trusted) or _REQUEST.search(line) for line in prose):
        return True
    return _is_prose(prose, trusted=trusted)


def _asks_briefly(foot: list[str]) -> bool:
    """Whether the first line below a lone dash, which is an uncertain mark, cannot be a signature's.

    It has a few words, a quantity, a request or an order number, and no line looks like contact data, a
    place, a company or a motto.
    """
    filled = [line.strip() for line in foot if line.strip()]
    if not filled or len(filled) > _BRIEF or looks_like_contact(filled) or is_disclaimer("\n".join(filled)):
        return False
    if any(_LEGAL.search(line) or line.startswith(_QUOTED) or is_footer(line) for line in filled):
        return False
    if any(map(_PLACE.match, filled)):
        return False
    first = filled[0]
    numbered = _QUANTITY.fullmatch(first) or _ORDER.search(first) or _REQUEST.search(first)
    return bool(numbered) or (len(first.split()) >= _FEWEST_WORDS and not _looks_named(first))


def _looks_named(line: str) -> bool:
    """Whether most words of a line are capitalised, or it is divided like "name | profession"."""
    words = [word for word in line.split() if word[:1].isalpha()]
    capitals = sum(word[:1].isupper() for word in words)
    return _PARTED.search(line) is not None or (capitals > 1 and capitals * 2 > len(words))


def _is_prose(sentences: Iterable[str], *, trusted: bool) -> bool:
    own = [line for line in sentences if not line.strip().startswith(_QUOTED) and not _LEGAL.search(line)]
    spoken = [line for line in own if _SPEAKS.search(line) or _UNSPACED.search(line)]
    return bool(spoken) if trusted else bool(spoken or len(own) > 1)


def _is_added(line: str) -> bool:
    found = _ADDED.match(line)
    return found is not None and len(line[found.end() :].split()) > 1


def _is_sentence(line: str) -> bool:
    """Whether a line looks like a sentence: some words, punctuation at its end, no contact data."""
    bare = line.strip()
    long_enough = len(bare.split()) >= _FEWEST_WORDS or _UNSPACED.search(bare) is not None
    return long_enough and bare.endswith(_ENDS) and not looks_like_contact([bare])
