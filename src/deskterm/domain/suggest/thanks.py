"""Recognising mails that only say thank you, in ten languages. In doubt a mail says more."""

import re
from enum import StrEnum

from deskterm.domain.orders.numbers import numbers
from deskterm.domain.suggest.features import HELLO
from deskterm.domain.suggest.sentences import split_sentences
from deskterm.lazy_regex import lazy_regex


class ThanksDoubt(StrEnum):
    """What is in doubt of a macro that answers a mail which says thank you, as the review tells it."""

    NONE = ""
    ANSWERS_MORE = "They say thank you; this letter answers something else."
    SAYS_MORE = "They say thank you, and perhaps more: read it to the end."


_LONGEST = 70  # words; a longer mail has something else to say, too

_THANKS = lazy_regex(
    r"\b(?:thanks?|thank you|thankyou|thx|cheers|much appreciated|danke\w*"
    r"|(?:vielen|herzlichen|lieben|besten|schönen|tausend) (?:lieben )?dank"
    r"|спасибо|благодар\w+|ευχαριστ\w+|köszön\w+|agrade[cz]\w+|ringrazi\w+|grateful"
    r"|merci|gracias|grazie"
    r"|bedankt|(?:hartelijk|veel|heel veel) dank|dank voor|dank je|dank u|dankjewel|tack|takk|tak|obrigad[oa]"
    r"|dziękuj\w*|dzięki|kiitos|děkuj\w*"
    r"|teşekkür\w*)\b"
    r"|ありがとう|感謝|お礼|谢谢|感谢|감사",
    re.IGNORECASE,
)
_SOMETHING_ELSE = lazy_regex(
    r"[?？]|\b(?:but|however|though|although|unfortunately|still (?:no|not|waiting|haven't)|wrong|broken"
    r"|damaged|missing|cracked"
    r"|refund|return|replace\w*|cancel\w*|exchange|another|instead|could you|can you|would you|will you"
    r"|please (?:send|let|tell|change|check)"
    r"|when|where|how (?:much|long|do|can)|i need|i want|i would like|i'd like|in advance"
    r"|for nothing|für nichts"
    r"|aber|jedoch"
    r"|leider|trotzdem|allerdings|kaputt|beschädigt"
    r"|fehlt|falsch\w*|erstatt\w*|umtausch\w*|zurücksend\w*|stornier\w*|könnten|können sie|kannst du"
    r"|würden|bitte (?:schicken|senden|sagen|ändern)"
    r"|wann|wo ist|im voraus|mais|cependant|malheureusement|cassée?|abîmée?|manque|rembours\w*|échang\w*"
    r"|annuler|pouvez|pourriez|quand|d'avance"
    r"|pero|sin embargo|desgraciadamente|rot[oa]|dañad[oa]|falta|reembols\w*|cambiar|cancelar|puede"
    r"|podría|cuándo|de antemano"
    r"|però|purtroppo|rott[oa]|danneggiat[oa]|manca|rimbors\w*|annullare|può|potrebbe|quando|in anticipo"
    r"|maar|helaas|kapot|ontbreekt|terugbetal\w*|ruilen|kunt u|kun je|wanneer|bij voorbaat|men|tyvärr"
    r"|desværre|dessverre|trasig"
    r"|mas|infelizmente|partid[oa]|pode|ale|niestety|uszkodzon\w*|brakuje|zwrot|czy|proszę|alvast"
    r"|på forhånd|på förhand|z góry|adiantad\w*)\b"
    # what is wrong with a thing
    r"|\b(?:hairline|chip(?:ped|s)?|scratch\w*|cracks?|dents?|dented|stain\w*|holes?|leak\w*|faded|loose"
    r"|bent|torn"
    r"|riss\w*|sprung|kratzer|macken?|dellen?|flecken?|verbogen|abgeplatzt|locker"
    r"|éclats?|fissur\w*|fêl\w+|rayur\w*|rayée?s?|tach(?:e|é)\w*|trous?|ébréch\w*"
    r"|grietas?|arañaz\w*|rasguñ\w*|manchas?|manchad\w*|agujer\w*|desconch\w*|astillad\w*"
    r"|crep[ae]|graffi\w*|macchi[ae]\w*|schegg\w+|sbeccat\w+|bucat\w+"
    r"|barst\w*|kras(?:sen)?|vlek(?:ken)?|scheur\w*|deuk\w*"
    r"|sprick\w*|rep(?:a|or)|fläck\w*|hål|revner?|hak|ridser?|pletter?|skår"
    r"|riscos?|risc(?:ad|o)\w*|rachad\w*|lascad\w*|furad\w*"
    r"|pękni\w+|rys[ay]|rysę|plam\w+|odprysk\w*|dziur\w*)\b|ひび|傷|汚れ|穴"
    r"|ただ[、し]|しかし|でも[、 ]|ですが|割れ|壊れ|欠け|返品|交換|返金|まだ|足りな|違[いうっ]|前もって",
    re.IGNORECASE,
)


# What a clause of a mail that only thanks speaks of besides: that it is here and fine, a greeting, a closing.
_GREETING = lazy_regex(rf"^\W*{HELLO}[^,!.\n]{{0,40}}[,!.\n]+", re.IGNORECASE)
_WELL = lazy_regex(
    rf"^{HELLO}"
    r"|\b(?:lov\w+|great|perfect\w*|beautiful\w*|wonderful\w*|happy|delighted|pleased|amazing"
    r"|awesome|brilliant"
    r"|gorgeous|fantastic|excellent|star|kind|helpful|glad|nice\w*|best|good|well|fine|safe\w*|sorted|solved"
    r"|arrived|here|received|works?|worked|got it|in one piece|intact|as described|safe and sound"
    r"|(?:carefully|lovingly|thoughtfully|neatly) (?:packed|wrapped|packaged)|quick\w*|fast"
    r"|prompt\w*|speedy|works?|no (?:problem|worries|rush)|you too|regards|wishes|hugs"
    r"|schön\w*|wunderschön\w*|toll\w*|super|freu\w*|perfekt\w*|gut\w*|nett\w*|begeistert|klasse"
    r"|prima|bestens|lieb"
    r"|angekommen|erhalten|geklappt|gefallen|gelöst|geholfen|liebevoll|sorgfältig|heil|unversehrt"
    r"|passt|schnell\w*|prompt\w*"
    r"|kein problem|gr[uü](?:ß|ss)\w*|ebenso|wochenende"
    r"|parfait\w*|magnifique\w*|ravie?s?|content\w*|sup(?:er|erbe)\w*|jolie?s?|beau|belle|adore\w*"
    r"|gentil\w*|bien"
    r"|arrivée?s?|reçue?s?|soigneusement|avec (?:beaucoup de )?soin|soigné\w*|intacte?s?|rapid\w*"
    r"|cordialement|bonne journée"
    r"|pas de (?:problème|souci)"
    r"|encant\w*|intact[oa]s?|con (?:mucho )?(?:cuidado|cariño|mimo)|rápid\w*|perfect[oa]s?"
    r"|precios\w*|genial\w*|bonit\w*|amable\w*|feliz|content[oa]s?|llegó|llegado|recibid\w*"
    r"|saludos|abrazos?|igualmente|sin problema"
    r"|bell\w+|perfett\w+|contentissim\w+|felice|gentil\w+|arrivat\w+|ricevut\w+|saluti|nessun problema"
    r"|prachtig|mooi\w*|blij|fijn|lief|binnen|ontvangen|aangekomen|groet\w*|geen probleem"
    r"|underbar\w*|fin\w*|bra|framme|kommit|fram|modtaget|mottagit|löst|hälsning\w*|dejlig\w*"
    r"|flot\w*|hilsen|nydelig\w*"
    r"|lind[oa]s?|ótim[oa]|chegou|abraço|piękn\w+|świetn\w+|dotarł\w*|przysz\w+|pozdraw\w+"
    r"|пришл\w+|прекрасн\w+"
    # that it pleased, that all is clear, that they will be back
    r"|over the moon|star|treat|enjoy\w*|recommend\w*|(?:order|buy|shop)\w* (?:\w+ ){0,3}again|next time"
    r"|see you|(?:all )?clear"
    r"|whole (?:family|team)|(?:cheered|made) \w+ (?:day|up)|nicer|stuff"
    r"|empfehl\w+|(?:bestell\w*|kauf\w*|komm\w*) (?:\w+ ){0,3}wieder|wieder (?:\w+ ){0,3}(?:bestell\w*"
    r"|kauf\w*)|nächst\w+ mal"
    r"|(?:alles )?(?:klar|geklärt|erledigt)|begeister\w*|entzück\w*|flott|heile?|eingetroffen|nochmals?"
    r"|rückmeldung"
    r"|recommand\w+|à (?:la )?(?:prochaine|bientôt)|c'est (?:noté|exactement|parfait|clair)|(?:très"
    r"|vraiment) (?:jolie?s?|beaux?)"
    r"|bonne (?:continuation|fin|soirée)|plaisir|réactivité|toute l'équipe|achat"
    r"|recomend\w+|repetir\w*|volver\w+ a (?:comprar|pedir)|da gusto|encantad\w+|todo (?:claro|perfecto"
    r"|bien)|a la espera|qued[óo]"
    r"|consigl\w+|torner\w+|alla prossima|tutto (?:chiaro|a posto|bene)|ottim\w+|veloc\w+|lampo|disponibilità"
    r"|aanrad\w+|beveel\w*|(?:bestel|koop)\w* (?:\w+ ){0,3}(?:nog eens|weer)|tot (?:de volgende|ziens)"
    r"|weet genoeg|geregeld|zorgen"
    r"|rekommender\w*|anbefal\w+|(?:kommer|köper|beställer|bestiller) (?:\w+ ){0,2}(?:tillbaka|igen)"
    r"|då vet jag|så er jeg|helt?|hela"
    r"|skøn\w*|tryg|weekend|service|skal i have"
    r"|recomend\w+|volt\w+ a comprar|até à próxima|mais descansad[oa]|impecáve\w+|adorei|carinho"
    r"|cumprimentos|rapidez|ficou lind\w"
    r"|polec\w+|(?:coś|znowu|ponownie|jeszcze) (?:coś )?zamówi\w+|wszystko jasne|cudown\w+|zachwycon\w+"
    r"|cał[aey]|zdrow[aey])\b"
    r"|届きました|大満足|素敵|大切に|またお願い|わかりました|丁寧"
    r"|ました|很好|收到",
    re.IGNORECASE,
)
_CLAUSE = lazy_regex(r"[.,;:!–—\n…！。、]+|\s(?:-|and|und|et|y|e|en|och|og|i)\s")
_THANKS_FOR = lazy_regex(r"\b(?:for|für|pour|por|per|voor|för|za|за)\b.*", re.IGNORECASE | re.DOTALL)
_DENIES = lazy_regex(
    r"\b(?:not|nothing|never|none|no one|nobody|\w+n['’]t"
    r"|nicht|nichts|nie|kein\w*|ne|n['’]\w+|rien|jamais|pas|aucune?"
    r"|nada|nunca|non|niente|mai|niet|niets|geen|nooit|inte|inget|ikke|ikkje|não|nie|nic|не|нет|ничего)\b",
    re.IGNORECASE,
)
_NO_TROUBLE = lazy_regex(r"\b(?:kein|pas de|geen|nessun) (?:problem\w*|souci|probleem)\b", re.IGNORECASE)
_HOW_MANY = lazy_regex(
    r"[0-9]|\b(?:two|three|zwei|drei|deux|trois|dos|tres|due|tre|twee|drie)\b", re.IGNORECASE
)
_FEW, _WITH_THANKS = 2, 4  # words of a clause that speaks of nothing known, and beside the thanks themselves
# "What a service!": an exclamation praises.
_EXCLAIMS = lazy_regex(
    r"^\W*(?:what an?|how|was für|welch|quelle?|que(?!l)|qué|che|wat een|sikke|hvilken|vilken|så|jak[ai]e?"
    r"|なんて)\s+"
    r"[^\s,.;:]+(?:\s+[^\s,.;:]+){0,3}\s*!+\W*$",
    re.IGNORECASE,
)
# What somebody does who wants something, decides something or tells something new.
_BRINGS_MORE = lazy_regex(
    r"\b(?:there (?:is|are|was|were)|only|just (?:one|half)|half|still|yet|so far|instead|rather|prefer"
    r"|please"
    r"|i(?:'ll| will| would|'d| am|'m)? (?:take|have|choose|keep|pick|send|return|bring|be|waiting|missing"
    r"|without)"
    r"|address|invoice|account|phone|until|tomorrow"
    r"|es gibt|lieber|nehme|möchte|hätte|brauche|warte|noch (?:ein|eine|einen|kein\w*|nicht|immer)|bisher"
    r"|nur (?:die|der|das|noch)|halb\w*|bitte|steht|adresse|rechnung|konto|erst"
    r"|il y a|seulement|juste|plutôt|préfère|choisis|prends|voudrais|souhaite|j'attends|facture|compte"
    r"|merci (?:de |d')\w+er"
    r"|hay|sol[oa]|solamente|prefiero|elijo|quiero|quisiera|espero (?:aún|todavía)|todavía|aún|factura"
    r"|cuenta|dirección"
    r"|c'(?:è|era|erano)|solo|soltanto|preferisco|scelgo|vorrei|prendo|attendo|aspetto|ancora (?:il|la"
    r"|un\w*|non)|fattura"
    r"|er (?:is|zit|zat|zijn|ontbreek\w*)|alleen|liever|neem|graag|wacht|nog (?:een|de|het|geen|niet"
    r"|steeds)|factuur"
    r"|det (?:finns|är)|bara|hellre|väntar|vill|der er|kun|hellere|venter|vil|faktura\w*"
    r"|há|veio|apenas|só|prefiro|quero|espero|ainda|fatura|morada"
    r"|jest tylko|tylko|wolę|chcę|chciał\w+|czekam|jeszcze nie|faktur\w+|adres)\b"
    r"|だけ|まだ|ください|お願いします(?!。?$)",
    re.IGNORECASE,
)


def is_thanks(text: str) -> bool:
    """Whether a text says thank you and nothing else: no question, no report, no announcement.

    Every clause thanks, praises or is a word or two, and none wants, decides or tells something new.
    """
    if not sounds_thankful(text):
        return False
    text = _GREETING.sub("", _without_numbers(text))
    return not _BRINGS_MORE.search(text) and all(_is_kind(one) for _, one in split_sentences(text))


def _is_kind(sentence: str) -> bool:
    return bool(_EXCLAIMS.match(sentence)) or all(map(_is_well_meant, _CLAUSE.split(sentence)))


def sounds_thankful(text: str) -> bool:
    """Whether a short text says thank you and something well-meant, and no word of it asks or complains.

    It may still say more than thanks, in words that are not known here. An order may be named.
    """
    text = text.strip()
    if len(text.split()) > _LONGEST or not _THANKS.search(text) or _SOMETHING_ELSE.search(text):
        return False
    text = _without_numbers(text)
    if _HOW_MANY.search(text) or _DENIES.search(_NO_TROUBLE.sub("", text)):
        return False
    return any(_is_thanks_or_praise(clause.strip()) for clause in _CLAUSE.split(text))


def _without_numbers(text: str) -> str:
    for number in numbers(text):
        text = text.replace(number, "")
    return text


def _is_thanks_or_praise(clause: str) -> bool:
    """Whether a clause praises, or thanks in so few words that nothing else is said."""
    return _WELL.search(clause) is not None or (bool(_THANKS.search(clause)) and _is_well_meant(clause))


def _is_well_meant(clause: str) -> bool:
    words = clause.split()
    if _THANKS.search(clause):
        words = _THANKS_FOR.sub("", _THANKS.sub("", clause)).split()
        return len(words) <= _WITH_THANKS or _WELL.search(clause) is not None
    return len(words) <= _FEW or _WELL.search(clause.strip()) is not None
