"""Checking the words of a letter: its greetings, its subject, thanks for photos."""

import re

from deskterm.late_pattern import late_pattern

_PREFIX = late_pattern(r"^\s*(?:(?:re|fwd?|aw|wg|antw|tr|rv|sv|vs)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_GREETING = late_pattern(
    r"^[ \t]*(?:hello|hi|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)"
    r"|moin|liebe[rs]?"
    r"|sehr geehrte[rs]?|grüezi|servus|bonjour|bonsoir|salut|ch(?:er|ère|ers)|madame|monsieur|hola"
    r"|buen[oa]s (?:d[ií]as|tardes)"
    r"|estimad[oa]s?|querid[oa]s?|ciao|buongiorno|buonasera|salve|gentile|car[oai]|egregi[oa]|beste|geachte|goede(?:morgen|middag)"
    r"|hej|hei|god(?:dag| dag)|kære|kjære|olá|bom dia|boa tarde|prezad[oa]|car[oa]s?|dzień dobry|cześć"
    r"|witam|szanown[aiy])"
    r"(?:[ \t]+[^\n,.!?:]{0,40})?[,!:][ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def base_subject(subject: str) -> str:
    """A subject without `Re:` and similar prefixes."""
    return _PREFIX.sub("", subject).strip()


def count_greetings(words: str) -> int:
    """How many lines of a letter greet somebody: `Hello Jana,`, `Liebe Frau Keller,`."""
    return len(_GREETING.findall(words))


def without_greeting(words: str) -> str:
    """A letter without the greeting it begins with, to be put below one that has greeted already."""
    found = _GREETING.search(words)
    if found is None or words[: found.start()].strip():
        return words
    return words[found.end() :].lstrip("\n")


_PHOTO_THANKS = late_pattern(
    r"\bthank(?:s| you)\b[^.!?\n]{0,30}\b(?:photos?|pictures?|images?)\b"
    r"|\bdanke?\b[^.!?\n]{0,30}\b(?:fotos?|bild(?:er)?)\b|\bmerci\b[^.!?\n]{0,30}\b(?:photos?|images?)\b"
    r"|\bgracias\b[^.!?\n]{0,30}\b(?:fotos?|imágenes|imagen)\b|\bgrazie\b[^.!?\n]{0,30}\b(?:foto|immagin[ei])\b"
    r"|\b(?:bedankt|dank)\b[^.!?\n]{0,30}\b(?:foto'?s?|afbeelding(?:en)?)\b"
    r"|\b(?:tack|tak|takk)\b[^.!?\n]{0,30}\b(?:foto\w*|bild\w*|bille\w*)\b"
    r"|\bobrigad[oa]\b[^.!?\n]{0,30}\b(?:fotos?|imagens?)\b|\bdzięk\w*\b[^.!?\n]{0,30}\b(?:zdjęci\w*|fot\w*)\b"
    r"|写真[^。\n]{0,20}ありがとう",
    re.IGNORECASE,
)


def thanks_for_photo(words: str) -> bool:
    """Whether a letter thanks for a photo that the customer sent."""
    return _PHOTO_THANKS.search(words) is not None
