"""Checking the words of a letter: its greetings, its subject, thanks for photos."""

import re

from deskterm.lazy_regex import lazy_regex

# "Liebe Grüße," and "Beste groeten," close a letter.
_CLOSES = r"(?![ \t]+(?:gr[uü](?:ß|ss)|groet|saluti|hils|hälsning|wünsche|regards|wishes))"
# How a letter greets, up to the name.
GREETING = (
    r"(?:hello|hi|hey|dear|good (?:morning|day|afternoon|evening)|hallo|guten (?:tag|morgen|abend)|moin"
    r"|liebe[rs]?|sehr geehrte[rs]?|grüezi|servus|bonjour|bonsoir|salut|ch(?:er|ère)s?|madame|monsieur|hola"
    r"|buen[oa]s (?:d[ií]as|tardes)|estimad[oa]s?|querid[oa]s?|ciao|buongiorno|buonasera|salve|gentile"
    r"|car[oai]s?|egregi[oa]|beste|geachte|goede(?:morgen|middag)|hej|hei|moi|god(?:dag| dag| morgen)"
    r"|kær[ea]|kjære|kära|bästa|olá|bom dia|boa (?:tarde|noite)|prezad[oa]|dzień dobry|cześć|witam"
    r"|szanown[aiy]|drog[ia]|dobrý den|vážen[ýá]|ahoj|merhaba|sayın|здравствуйте|добрый день|уважаем\w+)"
    rf"{_CLOSES}"
)
_GREETING = lazy_regex(
    rf"^[ \t]*(?:{GREETING}(?:[ \t,]+[^\n,.!?:]{{0,40}})?[,!:][ \t]*$"
    # without a comma, on a line of its own: "Kære Bo", 山田様
    rf"|(?:dear|hello|hi|hallo|liebe[rs]?|bonjour|hola|ciao|kære|kjære|hej|hei|moi"
    rf"|beste){_CLOSES}[ \t]+\S{{2,20}}(?:[ \t]\S{{2,20}})?[ \t]*\n[ \t]*$"
    r"|[^\n\s]{1,12}[ \u3000]?[^\n\s]{0,12}[様님][、,，]?[ \t]*$)",
    re.IGNORECASE | re.MULTILINE,
)


def count_greetings(words: str) -> int:
    """How many lines of a letter greet somebody: `Hello Jana,`, `Liebe Frau Keller,`."""
    return len(_GREETING.findall(words))


def without_greeting(words: str) -> str:
    """A letter without the greeting it begins with, to be put below one that has greeted already."""
    found = _GREETING.search(words)
    if found is None or words[: found.start()].strip():
        return words
    return words[found.end() :].lstrip("\n")


_THEIR_PHOTO = lazy_regex(
    r"\bthank(?:s| you)\b[^.!?\n]{0,30}\b(?:photos?|pictures?|images?)\b"
    r"|\bdanke?\b[^.!?\n]{0,30}\b(?:fotos?|bild(?:er)?)\b|\bmerci\b[^.!?\n]{0,30}\b(?:photos?|images?)\b"
    r"|\bgracias\b[^.!?\n]{0,30}\b(?:fotos?|imágenes|imagen)\b|\bgrazie\b[^.!?\n]{0,30}\b(?:foto"
    r"|immagin[ei])\b"
    r"|\b(?:bedankt|dank)\b[^.!?\n]{0,30}\b(?:foto'?s?|afbeelding(?:en)?)\b"
    r"|\b(?:tack|tak|takk)\b[^.!?\n]{0,30}\b(?:foto\w*|bild\w*|bille\w*)\b"
    r"|\bobrigad[oa]\b[^.!?\n]{0,30}\b(?:fotos?|imagens?)\b|\bdzięk\w*\b[^.!?\n]{0,30}\b(?:zdjęci\w*"
    r"|fot\w*)\b"
    r"|\bkiito\w*\b[^.!?\n]{0,30}\bkuv\w+|\bděkuj\w*\b[^.!?\n]{0,30}\bfot\w+"
    r"|\bспасибо\b[^.!?\n]{0,30}\bфото\w*"
    # "on your photo I can see the crack"
    r"|\b(?:on|in|from|as) your (?:photos?|pictures?|images?)\b|\byour (?:photos?|pictures?"
    r"|images?) (?:shows?|make)\b"
    r"|\b(?:auf|laut|nach) (?:ihrem|deinem|eurem|ihren|deinen) (?:fotos?|bild(?:ern)?)\b|\b(?:ihr"
    r"|dein) (?:foto|bild) zeigt\b"
    r"|\b(?:sur|d'après) (?:votre|vos|ta|tes) photos?\b|\ben (?:tus?|sus?) fotos?\b"
    r"|\b(?:dalla|nella|dalle|nelle) (?:su[ae]|tu[ae]) foto\b|\bop (?:je|jouw|uw) foto'?s?\b"
    r"|写真[^。\n]{0,20}(?:ありがとう|拝見)|사진[^.\n]{0,10}감사",
    re.IGNORECASE,
)


def speaks_of_photo(words: str) -> bool:
    """Whether a letter thanks for a photo that the customer sent, or says what can be seen on it."""
    return _THEIR_PHOTO.search(words) is not None
