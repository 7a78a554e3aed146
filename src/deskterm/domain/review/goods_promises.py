"""Whether a letter promises to send goods again, in the customers' languages."""

import re

_CLAUSE = re.compile(r"[.,;:!?\n。、]+")
_APOSTROPHE = str.maketrans("’", "'")
# Per language: who sends, the verb, and a word for "again". All three must be in one clause.
_SENDS_AGAIN = tuple(
    tuple(re.compile(rf"\b(?:{one})\b", re.IGNORECASE) for one in words)
    for words in (
        (
            r"i|we|i'(?:ll|m|ve|d)|we'(?:ll|re|ve|d)",
            r"(?:re-?)?(?:send(?:ing)?|sent|ship(?:ping|ped)?|post(?:ing|ed)?)|replac(?:e|ing|ed)",
            (
                r"again|once more|anew|new(?: ones?)?|another|fresh|replacements?|replac(?:e|ing|ed)"
                r"|re-?(?:send|sent|ship)\w*"
            ),
        ),
        (
            r"ich|wir",
            r"(?:ver)?(?:schick|send)\w*|(?:ge|ver)(?:schickt|sandt)|liefer\w*|ersetze\w*",
            r"erneut|noch ?mals?|noch ?einmal|neu(?:e[mnrs]?)?|ersatz\w*|ersetze\w*|ein zweites mal",
        ),
        (
            r"je|j'\w+|nous",
            r"(?:\w+')?(?:r?envo[iy]\w*|r?enverr\w*|r?ex?p[ée]di\w*|remplac\w*)",
            (
                r"(?:de|à) nouveau|encore une fois|nouve\w+|neu(?:f|ve)s?|remplac\w*"
                r"|(?:\w+')?(?:renvo[iy]\w*|renverr\w*)|r[ée]exp[ée]di\w*"
            ),
        ),
        (
            r"(?:re)?env[ií](?:o|aré|amos|aremos|ar\w*)|mand(?:o|aré|amos|aremos|ar\w*)|reemplaz\w+|sustitu\w+",
            r"(?:re)?env[ií]\w+|mand\w+|reemplaz\w+|sustitu\w+",
            (
                r"de nuevo|otra vez|otr[oa]s?|nuev[oa]s?|vuelvo a|volveré a|volvemos a"
                r"|reenv\w+|reemplaz\w+|sustitu\w+"
            ),
        ),
        (
            r"(?:in|ri)?(?:vio|viamo|vierò|vieremo)|(?:ri)?spedi(?:sco|amo|rò|remo)|(?:ri)?mand(?:o|iamo|erò)",
            r"\w*(?:vi|sped|mand)\w+",
            r"di nuovo|un'altra volta|nuov[oaei]|sostitu\w+|ri(?:sped|mand)\w+|rinvi\w+",
        ),
        (
            r"ik|we|wij",
            r"stuur|sturen|verzend\w*|verstuur|versturen|vervang\w*",
            r"opnieuw|nog (?:een keer|eens)|nieuwe?|vervang\w*",
        ),
    )
)
# Negations, and things that are sent again but are not goods.
_OTHERWISE = re.compile(
    r"\b(?:not|cannot|never|\w+n't|unable|nicht|kein\w*|nie|ne|n'\w+|pas|no|non|niet|geen"
    r"|e?-?mails?|messages?|letters?|confirmations?|invoices?|links?|codes?|numbers?|labels?|photos?|pictures?"
    r"|copy|copies|voucher|bestätigung\w*|rechnung\w*|nachricht\w*|\w*nummer|\w*etikett\w*|gutschein\w*"
    r"|courriel|facture|étiquette|lien|numéro|correo|mensaje|factura|etiqueta|enlace|número"
    r"|messaggio|fattura|etichetta|bericht|factuur|label)\b",
    re.IGNORECASE,
)


def promises_goods(words: str) -> bool:
    """Whether a letter says that we send goods again, even with a condition: "if lost, I send it again"."""
    clauses = _CLAUSE.split(words.translate(_APOSTROPHE))
    return any(_sends_again(one) and not _OTHERWISE.search(one) for one in clauses)


def _sends_again(clause: str) -> bool:
    return any(all(part.search(clause) for part in parts) for parts in _SENDS_AGAIN)
