"""Who signed a mail and whom a letter greets: they differ if somebody writes from another's address.

Closings are recognised by their words in the customers' languages, names by their form. In doubt nobody
signed.
"""

import re
import unicodedata

from deskterm.domain.people.greeting import first_name, is_title
from deskterm.domain.review.letter import GREETING

_TAIL = 6  # last lines, not counting empty ones, in which a signature is looked for
_LONGEST_CLOSING = 7  # words
_LONGEST_NAME = 4
_ALIKE = 3  # letters that a name and its short form share: Katherine, Kate

_CLOSING = re.compile(
    r"\b(?:regards|best|sincerely|yours|cheers|thanks|thank you|all the best|take care|love|warmly"
    r"|cordially|greetings|have a (?:nice|good|lovely|great)"
    r"|grüße?n?|gruß|gruesse|gruss|grüsse|lg|vg|mfg|bg|herzlichst?|ihre?|deine?|danke|dank|hochachtungsvoll"
    r"|cordialement|bien à (?:vous|toi)|amicalement|salutations|merci|bonne (?:journée|soirée)|à bientôt"
    r"|saludos?|atentamente|gracias|abrazo|cordialmente"
    r"|saluti|saluto|grazie|a presto|distinti"
    r"|groet(?:en|jes)?|mvg|bedankt|hartelijke?|vriendelijke"
    r"|cumprimentos|atenciosamente|obrigad[oa]|abraço"
    r"|hälsningar?|mvh|hilsen|tack|tak|takk|vänliga|venlig|vennlig"
    r"|pozdrawiam|pozdrowienia|poważaniem|dziękuję)\b"
    r"|敬具|よろしく|ありがとう|此致|祝好|감사합니다",
    re.IGNORECASE,
)
_CLOSING_IN = {  # phrases that belong to one language only
    "en": r"(?:kind|best|warm|many)(?:est)? (?:regards|wishes)|sincerely|yours truly|all the best|take care"
    r"|cheers",
    "de": r"gr(?:ü|ue)(?:ß|ss)e?n?|mfg|herzlichst|hochachtungsvoll",
    "fr": r"cordialement|bien à (?:vous|toi)|amicalement|salutations|bonne (?:journée|soirée)",
    "es": r"saludos?|atentamente|un abrazo",
    "it": r"saluti|a presto",
    "nl": r"groet(?:en|jes)?",
    "pt": r"cumprimentos|atenciosamente|abraços?",
    "sv": r"hälsningar?",
    "da": r"venlig hilsen|(?:mange|kærlig) hilsen(?:er)?",
    "pl": r"pozdrawiam|pozdrowienia|poważaniem",
}
_INNER_END = re.compile(r"[.!?]\s+\S")  # of a sentence before the last one
_THANKS_FOR = re.compile(
    r"^(?:many )?(?:thanks?(?: you)?|danke|merci|gracias|grazie|bedankt|obrigad[oa]|tack|takk?"
    r"|dziękuję)\s+(?:\w+\s+)?"
    r"(?:for|für|pour|de|por|per|di|voor|för|za)\b",
    re.IGNORECASE,
)
_MARK = re.compile(r"^\s*(?:-- ?|—|_{3,})\s*$")
_LEADING = " \t-–—~*_>"
_NAME = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?)"
    r"(?:\s+(?:(?:von|van|de|der|den|del|della|di|da|dos|du|la|le|el|al|bin|zu|af|av|ter|ten)"
    r"|[^\W\d_a-z][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?)){0,3}"
)
_WORDS = re.compile(r"[^\W\d_]+")
# Names and short forms that do not begin alike.
_SHORT_FORMS = tuple(
    frozenset(names.split())
    for names in """
william bill billy will liam wilhelm willi
robert bob bobby rob bert
richard dick rick rich
elizabeth elisabeth liz lizzie betty beth lisa elli elsbeth
margaret peggy maggie meg greta gretel rita
edward edmund ted teddy ned
theodore theo ted
john johnny jack
james jim jimmy
henry harry hank
anthony antonio toni tony
alexander alexandra sasha sascha sandra sandro xander
johannes hans jan jo
joseph josef jose joe sepp pepe
francisco francesco franz paco pancho cisco frank
katharina kathi ina
dolores lola
ignacio nacho
enrique quique
magdalena lena leni
christina tina
bettina tina
susanne sanne
georg schorsch
mikhail michail misha mischa
malgorzata gosia
jakub kuba
aleksandra ola
eleanor nell nora ellie
patricia tricia trish patsy
theresa tess reza resi
""".strip().split("\n")
)
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "æ": "ae"})
_CLAUSE = re.compile(r"[,!.]\s*")
_GREETED = re.compile(
    rf"^[ \t]*{GREETING}[ \t,]+(?P<name>[^\s,!:][^\n,!:]{{0,59}}?)[ \t]*(?:[,.!:][ \t]*)?$",
    re.IGNORECASE | re.MULTILINE,
)
_NOBODY = frozenset(
    """there all everyone everybody team customer friend friends sir madam damen herren kunde kundin zusammen
    alle ihr client cliente tous toutes messieurs mesdames todos todas klant allemaal""".split()
)


def greeted_name(letter: str) -> str:
    """The name in a letter's first greeting; "" if it greets nobody by name."""
    found = _GREETED.search(letter)
    words = _WORDS.findall(found["name"]) if found else []
    named = [word for word in words if not (is_title(word) or word.casefold() in _NOBODY)]
    is_name = any(word[0].isupper() or not word.isascii() for word in named)
    return " ".join(named) if is_name and len(named) <= _LONGEST_NAME else ""


def signed_name(mail: str) -> str:
    """The name with which a mail is signed, as written there; "" if it is not signed."""
    lines = [line.strip(_LEADING) for line in mail.split("\n") if line.strip()][-_TAIL:]
    closing = next((at for at in range(len(lines) - 1, -1, -1) if _is_closing(lines[at])), None)
    if closing is not None:
        clause = _CLAUSE.split(lines[closing])[-1] if _CLAUSE.search(lines[closing]) else ""
        return next((name for name in map(_as_name, [clause, *lines[closing + 1 :]]) if name), "")
    paragraph = mail.rstrip().rpartition("\n\n")
    return _as_name(paragraph[2].strip(_LEADING + "\n")) if paragraph[0] else ""


def signed_by_other(letter: str, mail: str, writer: str = "") -> str:
    """The name that signed a mail if the letter greets somebody else, otherwise "".

    `mail` is the writer's text with its signature; if it is not signed, `writer` counts, the sender's name. A
    short form (Kate for Katherine) or an initial does not count as another name.
    """
    greeted = _plain_words(greeted_name(letter))
    signed = signed_name(mail) or (writer if first_name(writer) else "")
    if not greeted or not signed or greeted & _plain_words(mail):
        return ""
    if any(group & greeted and group & _plain_words(signed) for group in _SHORT_FORMS):
        return ""
    alike = any(
        one[: min(_ALIKE, len(other))] == other[:_ALIKE] for one in greeted for other in _plain_words(signed)
    )
    return "" if alike else signed


def has_sign_off(letter: str) -> bool:
    """Whether a letter ends with a closing, a signature mark or a name.

    Thanks for something close nothing: "Thank you for waiting."
    """
    lines = [line for line in letter.split("\n") if line.strip()][-_TAIL:]
    if any(_MARK.match(line) or _closes_letter(line.strip()) for line in lines[1:]):
        return True
    return len(lines) > 1 and bool(_as_name(lines[-1].strip(_LEADING)))


def closing_language(letter: str) -> str:
    """The language (ISO 639-1) of the closing at a letter's end, "" if there is none or it is not certain."""
    lines = [line for line in letter.split("\n") if line.strip()][-_TAIL:]
    closings = "\n".join(line for line in lines if _closes_letter(line.strip()))
    patterns = ((one, rf"\b(?:{words})\b") for one, words in _CLOSING_IN.items())
    found = [one for one, words in patterns if re.search(words, closings, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""


def _is_closing(line: str) -> bool:
    asks = line.endswith(("?", "？"))
    return len(line.split()) <= _LONGEST_CLOSING and not asks and bool(_CLOSING.search(line))


def _closes_letter(line: str) -> bool:
    return _is_closing(line) and not _INNER_END.search(line) and not _THANKS_FOR.search(line)


def _as_name(line: str) -> str:
    words = line.rstrip(",.").strip()
    if not _NAME.fullmatch(words) or len(words.split()) > _LONGEST_NAME or _CLOSING.search(words):
        return ""
    return words if first_name(words) or len(words.split()) == 1 else ""


def _plain_words(text: str) -> frozenset[str]:
    """The words without case and accents; `Bjoern` and `Björn` are the same."""
    parted = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    bare = "".join(char for char in parted if not unicodedata.combining(char))
    return frozenset(re.sub("([aou])e", r"\1", word) for word in _WORDS.findall(bare))
