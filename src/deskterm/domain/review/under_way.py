"""Whether a letter says that a parcel is on its way or will soon be there, in the customers' languages."""

import re

from deskterm.lazy_regex import lazy_regex

_SAYS = lazy_regex(
    # English
    r"\b(?:(?:on (?:its|their|the) way|in transit|under way|out for delivery)"
    r"|(?:will|should|is (?:due|expected) to|ought to|is going to) (?:\w+ )?(?:arrive|be (?:there|here"
    r"|with you|delivered)|reach you)"
    r"|(?:arrives?|be there|with you) (?:soon|shortly|any day|(?:in|within) (?:the next|a few|one|two))"
    # German
    r"|unterwegs|auf de[mn] weg|(?:kommt|trifft|ist)(?: \w+){0,3} (?:bald|demnächst|in kürze"
    r"|in den nächsten)(?: \w+){0,3}"
    r"|(?:sollte|müsste|dürfte|wird)(?: \w+){0,6} (?:ankommen|eintreffen|da sein|bei (?:ihnen|dir"
    r"|euch) sein|zugestellt werden)"
    # French
    r"|en (?:chemin|route)|en cours d(?:e livraison|'acheminement)|(?:arrivera|devrait arriver|sera livrée?)"
    # Spanish, Portuguese
    r"|(?:está|están) (?:ya )?(?:en camino|de camino|en tránsito)|(?:llegará|debería llegar|llega pronto)"
    r"|(?:está|estão) a caminho|(?:chegará|deve chegar|chega em breve)"
    # Italian
    r"|(?:è|sono) (?:già )?in (?:viaggio|arrivo|transito)|(?:arriverà|dovrebbe arrivare|arriva presto)"
    # Dutch
    r"|onderweg|(?:komt|arriveert) (?:binnenkort|snel)|zou(?: \w+){0,4} (?:aankomen|er moeten zijn)"
    # Polish, Swedish, Danish, Norwegian
    r"|(?:jest|są) (?:już )?w drodze|(?:wkrótce|niedługo|powinna|powinien|powinno) (?:\w+ )?(?:dotrze\w*"
    r"|dotrzeć|przyj\w+)"
    r"|(?:är|er) (?:nu |redan |allerede )?p[åa] v(?:äg|ej|ei)|(?:kommer|bör|bør|skal) (?:\w+ )?(?:snart"
    r"|komma fram|komme frem|komme fram|være (?:der|fremme))"
    r")\b|配送中|輸送中|向かって(?:い|お)|まもなく(?:お届け|到着|届)|在途|运输途中|배송 ?중",
    re.IGNORECASE,
)
# "You get a mail as soon as it is on its way" says nothing about a parcel that has left.
_ONCE = lazy_regex(
    r"\b(?:as soon as|once|when|until|if|before|sobald|wenn|sowie|falls|bis|dès qu\w*|lorsqu\w*|quand|si"
    r"|en cuanto|cuando|hasta que"
    r"|assim que|quando|appena|se|zodra|als|wanneer|gdy|kiedy|jak tylko|jeśli|så (?:snart|fort)|när|når"
    r"|hvis|om)\b",
    re.IGNORECASE,
)
_NOT = lazy_regex(
    r"\b(?:not|\w+n't|never|nicht|kein\w*|pas|no|non|niet|geen|não|nie|inte|ikke)\b", re.IGNORECASE
)
_CLAUSE = lazy_regex(r"[.;:!?\n。！？]+|,(?!\d)")


def says_under_way(words: str) -> bool:
    """Whether a letter says so without a condition: not "as soon as it is on its way"."""
    plain = words.replace("’", "'")
    return any(_is_said(clause) for clause in _CLAUSE.split(plain))


def _is_said(clause: str) -> bool:
    found = _SAYS.search(clause)
    return found is not None and not _ONCE.search(clause, 0, found.start()) and not _NOT.search(clause)
