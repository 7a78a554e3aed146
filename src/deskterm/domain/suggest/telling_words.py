"""The words of a question that say what it is about, and whether that is something new."""

import re

from deskterm.lazy_regex import lazy_regex

_TELLING = lazy_regex(r"[^\W\d_]{4,}|[\u3040-\u30ff\u4e00-\u9fff]{2,}")
_FEWEST = 2
_FOR_MYSELF = lazy_regex(
    r"\b(?:(?:can|could|may|do|am) i|(?:kann|darf|könnte|bekomme) ich|(?:puis|pourrais|peux)-?[ ]?je"
    r"|je (?:peux|pourrais)"
    r"|puedo|podría (?:yo|tener)|posso|potrei|(?:kan|mag|krijg) ik|mogę|czy mog\w+|(?:kan|får) (?:jag"
    r"|jeg))\b",
    re.IGNORECASE,
)
# Words of that length that say nothing about what is asked.
_EMPTY = frozenset(
    """about again also another anything back best better could does done else explain fast find going have
    happen happens happened help here know like look make mean much need next please possible quickly really
    right send should simply soon sort sure take tell that them then there these they thing think this time
    what when where which will with would your yours want able ahead check kind many ones correct
    work works suggest funktioniert läuft ablauf ablaufen marche fonctionne funciona funziona werkt
    richtig richtige richtigen schicken senden envoyer correcto correcta mandar enviar
    aber bitte dafür dann dazu denn diese diesen doch eine einen einer euch etwas geben geht gibt haben helfen
    ihnen jetzt kann kannst könnt könnte könnten können machen möglich müssen nach nicht noch oder schon sehr
    sein soll sollen tausch tun unten viel vielen vorgehen wann warum weiter welche wenn werden wird wissen
    alors aller auprès avec avez bien cela cette comment dois faire fait mais même nous peut peux plus pour
    pourquoi pourriez pouvez quand quel quelle quelque sera sont tout vous votre
    algo alguna ahora cómo como cuando cuándo debo dónde esto está están hacer hago haya muchas nada para
    podéis podría podríais puede pueden puedo qué quiero tengo tiene tienen todo usted ustedes vosotros
    adesso anche bene come cosa dove dovrei fare posso potete potrebbe quando questo sono vorrei
    daar deze doen graag heeft hebben hebt hier jullie kunnen kunt maar mijn moet niet weten waar wanneer
    worden zijn agora fazer isto muito onde posso podem quando como czego gdzie jest kiedy mogę może proszę
    teraz finns gäller hjälpa hvad hvor hvordan hvornår kunne skal skulle vara vill""".split()
)


def is_news(question: str, known: frozenset[str]) -> bool:
    """Whether most telling words of a question are none of those known.

    One word is too few ("Can you look into it?"), unless they ask for something: "Can I have it?"
    """
    words = telling_words(question)
    if len(words) < _FEWEST and not _FOR_MYSELF.search(question):
        return False
    return len(words - known) * 2 > len(words)


def telling_words(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, in lower case."""
    return frozenset(word.casefold() for word in _TELLING.findall(text)) - _EMPTY
