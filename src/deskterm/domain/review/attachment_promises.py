"""Whether a reply says that something is attached to it, in the customers' languages.

In the patterns a space means any white space, and END the end of a clause: the prefix of a German or Dutch
verb is there ("ich hänge die Liste an"), while the same word elsewhere is a preposition.
"""

import re
from functools import cache

_END = r"(?=\s*(?:[.,;:!?)]|$)|\s+(?:und|oder|en|of)\b)"
_WHILE = r"(?: (?:am|are|have|been|will|shall|can|also|just|now|gladly|hereby|herewith|then|therefore))*"

_LE = r"(?:à|ici|la|les|une?|des|votre|vos|ta|ton|tes|ma|notre)"  # not "le": "j'ai joint le transporteur"
_IK_VOEG = r"(?:(?:ik|we|wij)(?: \w+)? (?:voeg|sluit)(?:en)?|(?:voeg|sluit)(?:en)? (?:ik|we|wij))"
_GIVEN = r"(?<!send\s)(?<!sending\s)(?<!sent\s)"  # "I am sending you attached the list" is ours

_PROMISED = (
    # English
    r"attached|enclosed|(?:see|in|as an) (?:the )?attachments?|let me (?:attach|enclose)",
    rf"(?:I|we)(?:'m|'re|'ve|'ll)?{_WHILE} (?:attach|attaching|enclose|enclosing)",
    r"(?:is|are|comes?|you (?:find|have)) (?:\w+ )?(?:in|with) this (?:e-?mail|mail|message)",
    r"(?:I|we)(?:'ve| have)? (?:put|added) [^.!?]{1,60} (?:in|to|with) this (?:e-?mail|mail|message)",
    r"(?:here|below)(?:'s| is| are) [^.!?]{1,40} as an? (?:pdf|file|document)",
    # German
    r"(?:hängt|liegt|liegen)(?: \w+){0,4} (?:anEND|beiEND)",
    r"(?:als|en|in|como|i) pdf(?:-datei)? (?:mit|bei|dabei|dans|en este|in deze|neste|con)\b",
    r"im anhang|anbei|angeh(?:ä|ae)ngt|beigef(?:ü|ue)gt|beiliegend|als anhang|(?:in der|als) anlage",
    r"(?:siehe|sieh|sehen sie) (?:bitte )?(?:auch )?(?:die|das|den) (?:angehängt|beigefügt)e[nrms]?",
    r"(?:(?:ich|wir)(?: \w+)? h(?:ä|ae)ngen?|h(?:ä|ae)nge?n?'? (?:ich|wir))\b[^.!?]{0,100} anEND",
    r"(?:(?:ich|wir)(?: \w+)? fügen?|fügen? (?:ich|wir))\b[^.!?]{0,100} beiEND",
    r"(?:ich|wir)\b[^.,;!?]{0,100} (?:anhängen|beifügen)",
    # French
    r"en annexe|ci-joint\w*|en pi[eè]ces? jointes?|en pj",
    r"je (?:(?:vous|te|le|la|les|lui|leur|y) |[tlm]'){0,2}(?:joins|attache)|j'(?:y )?(?:attache|annexe)",
    r"nous (?:(?:vous|te|le|la|les|y) |l'){0,2}joignons",
    rf"(?:j'|je (?:vous |te )?(?:l'|les )?)(?:y )?ai (?:\w+ )?jointe?s? {_LE}",
    # Spanish, Portuguese
    r"adjunt[oa]s?|adjuntamos|adjunté|(?:he|hemos) adjuntado",
    r"est(?:oy|amos) adjuntando|v(?:oy|amos) a adjuntar",
    r"(?:te|le|os|les) (?:mando|envío|adjunto) [^.!?]{1,40} en este (?:correo|mensaje|e-?mail)",
    r"em anexo|anexo (?:as?|os?|uma?)|anexei|anexamos",
    # Italian
    r"in allegato|allegat[oaie]|allego|alleghiamo|(?:sto|stiamo) allegando",
    # Dutch
    r"bijgevoegd|bijgesloten|(?:in de|als|in) bijlage",
    rf"{_IK_VOEG}\b[^.!?]{{0,100}} (?:bijEND|toe(?:END| aan (?:deze|dit|mijn)))",
    # Polish, Swedish, Danish, Norwegian, Finnish, Czech, Turkish, Russian
    r"w załącz(?:niku|eniu)|załączamy?|bifoga[dt]e?|(?:jag|vi) bifogar|vedhæftet|vedhæfter|vedlagt|vedlægger",
    r"liitteenä|liitteessä|v příloze|přikládám|ekte|во вложении|прилагаю",
)
_EAST = r"添付|附件|첨부"  # in scripts without spaces between words

_OTHERWISE = (  # something the customer attached, or nobody did
    # English
    _GIVEN + r"you(?:'ve|'d)?(?: (?:have|had|did|kindly|already|also|just)){0,3} (?:attach(?:ed)?|enclosed?)",
    r"thank(?:s| you)(?: \w+){0,3} for (?:the|your|all)(?: [\w-]+){0,3} (?:attached|enclosed|attachments?)",
    r"your (?:attached|enclosed) (?:photo|picture|image|screenshot|video|file)s?",
    r"your (?:photo|picture|image|screenshot|video|file)s?(?: [\w-]+){0,2} (?:attached|enclosed)",
    r"(?:am|is|are|was|were) attached (?:with|by|to (?!(?:this|my) (?:e-?mail|mail|message)|it))",
    r"(?:attached|enclosed) (?:to|with|in) your (?:e-?mail|mail|message|first|last|reply|answer)",
    r"(?:attachments?|attached [\w-]+)(?: (?:that|which))? you(?:'ve| have| had)? (?:sent|mentioned|forgot)",
    r"(?:no|any|without)(?: [\w-]+){0,2}(?: (?:is|was|were|are|been))? (?:attached|enclosed)",
    r"(?:nothing|not|\w+n't|never|none)(?: (?:is|was|were|been|yet|any|anything)){0,2} (?:attached|enclosed)",
    # German
    r"(?:du|ihr|(?-i:Sie))\b[^.,!?]{0,60} (?:angehängt|beigefügt) (?:hast|habt|haben|hatten|hattest)",
    r"(?:du hast|hast du|ihr habt|habt ihr|(?-i:Sie haben|haben Sie))\b[^.,!?]{0,60} (?:angehängt|beigefügt)",
    r"dank\w*(?: \w+){0,3} für (?:das|die|den|dein\w*|ihr\w*|eure?\w*)(?: \w+){0,2} (?:im|als) anhang",
    r"im anhang (?:deiner|eurer|ihrer)",
    r"(?:kein\w*(?: \w+){0,2}|nichts?) (?:im anhang|angehängt|beigefügt)",
    # French
    (r"(?:merci(?: \w+)? (?:pour|de) (?:(?:la|les?|votre|vos|ta|ton|tes) |l')|pas de |pas d'|aucune? )"
    r"(?:[\w-]+ ){1,3}(?:ci-joint\w*|en pi[eè]ces? jointes?)"),
    # Spanish
    r"gracias(?: \w+)? por (?:la|el|las|los|tus?|sus?)(?: \w+){0,2} adjunt[oa]s?",
    r"(?:tus?|sus?)(?: (?:archivos?|fotos?|imagen|imágenes))? adjunt[oa]s?",
    r"(?:sin|ningún|ninguna|no (?:hay|había|venía|llevaba))(?: \w+){0,2} adjunt[oa]s?",
    # Italian
    r"grazie(?: \w+)? per (?:(?:la|il|le|i|gli) |l')(?:\w+ ){0,2}(?:in allegato|allegat[oaie])",
    r"(?:il|gli|i) (?:suo|tuo|vostro|suoi|tuoi|vostri) allegat[oi]",
    r"(?:hai|avete|avevi|lei ha|che (?:mi |ci )?ha)(?: \w+){0,2} allegat[oaie]",
    r"(?:senza|nessun|nessuna)(?: \w+){0,2} (?:in allegato|allegat[oaie])",
    # Dutch
    r"bijgevoegd (?:hebt|heeft|hebben|had)|in de bijlage (?:van|bij) (?:uw|je|jouw)",
    r"(?:u|je|jij|jullie)(?: [\w']+){0,4} (?:hebt|heeft|hebben|had)(?: \w+){0,4} bijgevoegd",
    r"(?:geen|zonder)(?: \w+){0,2} (?:bijgevoegd|in de bijlage)|niets? bijgevoegd",
)  # fmt: skip

_QUOTED = re.compile(r"^[ \t]*>.*$", re.MULTILINE)


def promises_attachment(words: str) -> bool:
    """Whether a text says that something is attached to it.

    Lines quoted with `>` do not count, nor does what the customer attached or nobody did.
    """
    text = _QUOTED.sub("", words).replace("’", "'")
    return bool(_any(_PROMISED, _EAST).search(_any(_OTHERWISE).sub("", text)))


@cache  # compiled for the first reply, not at every start
def _any(patterns: tuple[str, ...], more: str = "") -> re.Pattern[str]:
    spaced = "|".join(patterns).replace("END", _END).replace(" ", r"\s+")
    return re.compile(rf"\b(?:{spaced})\b" + (f"|{more}" if more else ""), re.IGNORECASE | re.MULTILINE)
