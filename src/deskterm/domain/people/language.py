"""Detecting the language of a mail or a letter by its small words.

If two languages are close, or the text is too short, there is no answer: a wrong one would send a customer a
letter in a language they do not read.
"""

from collections import Counter
from functools import lru_cache

from deskterm.lazy_regex import lazy_regex

_LONGEST = 4_000  # characters that are read
_LEAST = 2  # small words needed
_LEAD = 1.5  # times as many points as the next language needed
_WORD = lazy_regex(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese", "pl": "Polish", "sv": "Swedish", "da": "Danish", "ja": "Japanese", "zh": "Chinese",
    "ko": "Korean", "ru": "Russian", "el": "Greek",
}  # fmt: skip
_SMALL_WORDS = {
    "en": """
        the and is are was were i you my your it to of for with have has not when where this that
        please would can been hello dear thanks from will if just any a do about what how me help
        need or an at as by we our
    """,
    "de": """
        der die das und ist sind war ich sie mein meine ihr ihre es zu von für mit habe haben nicht
        wann wo dass bitte kann können hallo ein eine einen dem den des noch auf wird wurde mir mich
        ihnen guten tag oder wenn aber auch
    """,
    "fr": """
        le la les et est sont je vous mon ma mes votre vos il elle de du des pour avec ai avez pas
        quand où que s'il bonjour une un dans sur au aux ne cette ce c'est j'ai n'est merci mais
        était sera
    """,
    "es": """
        el la los las y es son yo usted mi su lo de del para con he ha no cuándo cuando dónde que
        por favor hola una un en está se me les este esta pero gracias sería puede muy
    """,
    "it": """
        il lo la gli le e è sono io lei mio mia suo di del della per con ho ha non quando dove che
        ciao buongiorno una un in nel mi vi questo questa ma grazie vorrei può anche
    """,
    "nl": """
        de het een en is zijn was ik u je mijn uw van voor met heb heeft niet wanneer waar dat dit
        hallo graag kan kunt op naar aan maar ook nog wordt geen bij
    """,
    "pt": """
        o a os as e é são eu você meu minha seu sua de do da dos para com tenho tem não quando onde
        que olá uma um em está se me este esta mas obrigado obrigada gostaria pode foi ao
    """,
    "pl": """
        i w na z do jest są nie się czy kiedy gdzie że proszę dzień dobry mój moja moje o dla mam
        ale już jak był została to za od po co mi
    """,
    "sv": """
        och är jag du ni min mitt er det en ett att för med har inte när var som hej på av till men
        kan den om mig skulle vill från
    """,
    "da": """
        og er jeg du i min mit det en et at for med har ikke hvornår hvor som hej på af til men kan
        den om mig vil fra jer
    """,
}
_WORDS: dict[str, list[str]] = {}
for _language, _words in _SMALL_WORDS.items():
    for _small in _words.split():
        _WORDS.setdefault(_small, []).append(_language)
_SCRIPTS = (
    ("ja", lazy_regex("[\u3041-\u30ff]")),
    ("ko", lazy_regex("[\uac00-\ud7af]")),
    ("zh", lazy_regex("[\u4e00-\u9fff]")),
    ("ru", lazy_regex("[\u0400-\u04ff]")),
    ("el", lazy_regex("[\u0370-\u03ff]")),
)
_FEW_SIGNS = 4  # fewer characters of another script may be just a name


@lru_cache(maxsize=32)  # a letter and its mail are asked about several times in one look
def language_of(text: str) -> str:
    """The language (ISO 639-1) of a text, "" if it is not certain.

    A small word shared by several languages counts proportionally for each.
    """
    text = text[:_LONGEST]
    for language, script in _SCRIPTS:
        if len(script.findall(text)) >= _FEW_SIGNS:
            return language
    points: Counter[str] = Counter()
    for word in _WORD.findall(text.casefold().replace("’", "'")):
        languages = _WORDS.get(word, ())
        for language in languages:
            points[language] += 12 // len(languages)
    return _leader(points)


def _leader(points: Counter[str]) -> str:
    (first, most), (_, next_most) = [*points.most_common(2), ("", 0), ("", 0)][:2]
    return first if most >= 12 * _LEAST and most >= _LEAD * next_most else ""
