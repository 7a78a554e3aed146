"""Words that show a customer's mood, by kind and language.

Judgements are about what the shop did and always count. Accusations count if they are aimed at somebody,
feelings if they are the writer's own. The language matters: "bang" is fear in Dutch and a noise in English.
"""

from collections.abc import Mapping
from enum import StrEnum

from deskterm.domain.tickets import Mood


class MoodWord(StrEnum):
    """The kinds of mood words."""

    JUDGEMENT = "judgement"
    ACCUSATION = "accusation"
    ANGER = "anger"
    WORRY = "worry"
    WORRYING = "worrying"  # said about the matter, or with "I" in the word itself
    PLEASURE = "pleasure"


MOODS = {
    MoodWord.JUDGEMENT: Mood.ANGRY,
    MoodWord.ACCUSATION: Mood.ANGRY,
    MoodWord.ANGER: Mood.ANGRY,
    MoodWord.WORRY: Mood.WORRIED,
    MoodWord.WORRYING: Mood.WORRIED,
    MoodWord.PLEASURE: Mood.PLEASED,
}
FEELINGS = (MoodWord.ANGER, MoodWord.WORRY)
ANY = "any"  # words that cannot be misunderstood in another language

_JUDGEMENTS = {
    "en": r"unaccept\w+|outrag\w+|disgrace\w*|ridiculous|appalling|disgust\w+"
    r"|(?:worst|terrible|horrible|awful|lousy|pathetic|shocking|dreadful) (?:\w+ ){0,2}?(?:service"
    r"|experience|shop|store|company|support)|never (?:buy|order|shop)\w* (?:\w+ ){0,4}?again|joke of a"
    r"|waste of (?:my )?(?:time|money)|what a (?:joke|disgrace|mess)|shame on you|are you (?:kidding|serious)"
    r"|(?:extremely|very|deeply|bitterly|so) disappointing",
    "de": r"inakzeptab\w+|unverschämt\w*|frechheit|unmöglich\w* (?:service|verhalten|laden)|empörend\w*"
    r"|(?:eine |so eine )?zumutung|nie wieder|reicht(?:'s| es) (?:mir|jetzt)|katastroph\w+|skandal\w*",
    "fr": r"inadmissible|inacceptable|scandal\w+|honteu\w+|ras[- ]le[- ]bol|plus jamais|se moque\w* d\w+",
    "es": r"inaceptable|indignante|vergüenza|vergonzos\w+|nunca más|pésim\w+|tomadura de pelo",
    "it": r"inaccettabil\w+|vergogn\w+|scandalos\w+|mai più|presa in giro|indecent\w+|pessim\w+",
    "nl": r"onacceptabel\w*|schandalig\w*|schande|belachelijk\w*|nooit meer|waardeloos|waardeloze",
    "pt": r"inaceitá\w+|vergonh\w+|nunca mais|péssim\w+",
    "pl": r"niedopuszczaln\w+|skandal\w*|nigdy więcej|kpin\w+|żenad\w+|hańb\w+",
    "sv_da": r"oacceptab\w+|uacceptab\w+|skandal\w*|aldrig (?:mer|igen|mere)|skamligt|skammeligt",
}
_ACCUSATIONS = {
    "en": r"rip[- ]?off|scam\w*|thieves|liars?|fraudsters?|fraud",
    "de": r"verarsch\w+|abzock\w+|betrüger\w*|betrug",
    "fr": r"arnaque\w*|voleurs?|escroc\w*",
    "es": r"estafa\w*|ladrones",
    "it": r"truff\w+|ladri",
    "nl": r"oplicht\w+",
    "pt": r"vigaric\w+|burla|ladrões",
    "pl": r"oszu[sś]\w+",
    "sv_da": r"lurendrej\w*|bedräg\w+|bedrag\w*|svindel",
}
_ANGER = {
    "en": r"furious|angry|livid|fed up|had enough|sick (?:and tired )?of"
    r"|(?:extremely|very|deeply|bitterly|so) disappointed",
    "de": r"wütend|stinksauer|sauer|empört|verärgert"
    r"|(?:sehr|extrem|maßlos|zutiefst|absolut) (?:enttäusch\w+|verärger\w+)",
    "fr": r"furieu\w+|en colère|(?:très|extrêmement|vraiment) (?:déçu\w*|mécontent\w*)",
    "es": r"indignad\w*|furios\w+|enfadad\w+|hart[oa]s?"
    r"|(?:muy|extremadamente|realmente) (?:decepcionad\w+|molest\w+)",
    "it": r"furios\w+|arrabbiat\w+|(?:molto|davvero|estremamente) (?:delus\w+|seccat\w+)",
    "nl": r"woedend|boos|(?:zeer|erg|heel|enorm) (?:teleurgesteld|ontevreden)|spuugzat|het zat",
    "pt": r"indignad\w+|furios\w+|fart[oa]s? d\w+"
    r"|(?:muito|extremamente|profundamente) (?:desiludid\w+|decepcionad\w+|chatead\w+)",
    "pl": r"wściek\w+|oburz\w+|mam (?:tego )?dość"
    r"|(?:bardzo|strasznie|niezwykle) (?:rozczarowan\w+|zawiedzion\w+|niezadowolon\w+)",
    "sv_da": r"rasande|rasende|arg|vred|(?:mycket|meget|väldigt|dybt|oerhört) (?:besviken|skuffet)",
}
_WORRIES = {
    "en": r"worried|worry|anxious|nervous|afraid|scared|stressed|desperate\w*|panick\w*|uneasy"
    r"|concerned (?:about|that|by|because)|disappointed|upset|frustrated",
    "de": r"(?:bin|sind|etwas|sehr|bisschen|wenig|ziemlich|langsam|wirklich) besorgt|sorgen um"
    r"|(?:mir|uns) (?:\w+ ){0,3}?sorgen|beunruhigt|nervös|angst|befürcht\w+|verzweifelt|enttäuscht"
    r"|unruhig|verunsichert|hilflos",
    "fr": r"inqui[eè]t\w*|soucieu\w+|préoccup\w+|angoiss\w+|crain\w+|peur|stressé\w*|déçu\w*"
    r"|désespéré\w*",
    "es": r"preocupa\w*|inquiet[oa]s?|nervios[oa]s?|angustiad\w+|miedo|temo|decepcionad\w+|desesperad\w+",
    "it": r"preoccup\w+|ansios\w+|nervos\w+|paura|tem[eo] che|agitat\w+|delus\w+|disperat\w+",
    "nl": r"bezorgd|ongerust|(?:me|mij|ons) (?:\w+ ){0,3}?zorgen|zenuwachtig|bang|vrees|teleurgesteld"
    r"|wanhopig|ongemakkelijk",
    "pt": r"preocupad\w+|receio|medo|ansios\w+|desiludid\w+|aflit\w+",
    "sv_da": r"orolig\w*|oroar|bekymra\w*|bekymre\w*|nervös|nervøs|rädd|bange?|besviken|skuffet|urolig\w*"
    r"|ængstelig",
}
_WORRYING = {
    "en": r"(?:is|are|was|very|quite|really|so|more|bit|rather) (?:worrying|concerning|stressful|frustrating"
    r"|disappointing)|(?:really|please) (?:need|help me)|(?:lost|stolen|missing)\?|not sure what to do",
    "de": r"(?:ist|wird|sehr|etwas|ziemlich|wirklich) (?:beunruhigend|enttäuschend)",
    "pl": r"martwi\w*|zmartwion\w+|niepoko\w+|obaw\w+|boję|zaniepokojon\w+|rozczarowan\w+|zawiedzion\w+"
    r"|zdenerwowan\w+",
}
_PLEASURE = (
    r"(?:love|adore)s? (?:it|them|the|my|this|how|your)|delight\w+|thrilled|(?:so|very|really|super"
    r"|extremely) (?:happy"
    r"|pleased|glad|impressed)|happy with|over the moon|(?:absolutely|simply|just) (?:perfect"
    r"|beautiful|gorgeous"
    r"|stunning|wonderful|lovely)|(?:it(?:'s| is)|they(?:'re| are)) (?:perfect|beautiful|gorgeous"
    r"|wonderful|amazing)"
    r"|(?:great|excellent|fantastic|amazing|wonderful|brilliant|lovely|outstanding) (?:service"
    r"|quality|shop|work|job"
    r"|product|customer)|made my (?:day|week)|thank you so much|thanks so much|exceeded"
    r"|begeister\w+|wunderschön\w*|wunderbar\w*|(?:sehr|super|total|mega) (?:zufrieden|glücklich"
    r"|schön|happy)|zufrieden"
    r"|(?:ganz )?herzlichen dank|tausend dank|(?:gefällt|gefallen) (?:mir|uns) (?:sehr|total|super)"
    r"|freue mich (?:sehr|riesig)"
    r"|toller? (?:service|qualität|shop|laden)|großartig\w*|liebe (?:sie|es|ihn|die|den|das)"
    r"|ravi\w*|enchanté\w*|magnifique\w*|(?:très|super) (?:content\w*|satisfait\w*|heureu\w+|beau"
    r"|belle)|content[es]? d\w+"
    r"|satisfait\w*|j'adore|merci (?:mille fois|infiniment|beaucoup pour)|parfait\w*|superbe\w*"
    r"|encantad\w+|me encanta\w*|(?:muy|súper) (?:content\w+|satisfech\w+|feliz)|content[oa]s? con"
    r"|satisfech\w+|precios\w+"
    r"|maravillos\w+|preciosidad|mil gracias|muchísimas gracias|excelente (?:servicio|calidad"
    r"|trabajo)|perfecto"
    r"|entusiast\w+|meraviglios\w+|bellissim\w+|(?:molto|davvero) (?:content\w+|soddisfatt\w+"
    r"|felic\w+)|content[oa] d\w+"
    r"|soddisfatt\w+|adoro|grazie mille|mille grazie|splendid\w+|stupend\w+"
    r"|geweldig\w*|prachtig\w*|(?:heel|erg|super|zeer|ontzettend) (?:blij|tevreden|mooi)|blij m\w+"
    r"|tevreden|dolblij"
    r"|hartelijk dank|heel erg bedankt|fantastisch\w*|schitterend\w*"
    r"|adorei|amei|maravilhos\w+|(?:muito|super) (?:feliz|satisfeit\w+|content\w+)|satisfeit\w+"
    r"|lindíssim\w+|excelente (?:"
    r"serviço|qualidade|trabalho)|muitíssimo obrigad\w+"
    r"|zachwycon\w+|cudown\w+|przepiękn\w+|(?:bardzo|super) (?:zadowolon\w+|szczęśliw\w+)"
    r"|zadowolon\w+|rewelac\w+"
    r"|serdecznie dziękuj\w+|uwielbiam|wspaniał\w+"
    r"|jätteglad|jättenöjd|nöjd|underbar\w*|fantastisk\w*|älskar|elsker|(?:så|väldigt|mycket|meget"
    r"|rigtig) (?:glad|nöjd|fin"
    r"|tilfreds|fint)|tilfreds|tusen tack|tusind tak|smuk\w*|vacker\w*|dejlig\w*"
)

# By kind and language (`sv_da` is Swedish or Danish).
WORDS: Mapping[MoodWord, Mapping[str, str]] = {
    MoodWord.JUDGEMENT: _JUDGEMENTS,
    MoodWord.ACCUSATION: _ACCUSATIONS,
    MoodWord.ANGER: _ANGER,
    MoodWord.WORRY: _WORRIES,
    MoodWord.WORRYING: _WORRYING,
    MoodWord.PLEASURE: {ANY: _PLEASURE},
}

# Words with which writers speak of themselves.
WRITER = {
    "en": r"i|i['’](?:m|ve|d|ll)|we|we['’](?:re|ve)|me|us|my|our|am",
    "de": r"ich|wir|mich|mir|uns|mein\w*|unser\w*|bin",
    "fr": r"je|nous|me|mon|ma|mes|notre|suis|sommes|[jm]['’]\w+",
    "es": r"yo|me|nos|mi|mis|nuestr\w+|estoy|estamos|tengo|tenemos|temo|soy",
    "it": r"io|mi|ci|mio|mia|noi|nostr\w+|sono|siamo|ho|abbiamo|temo|m['’]\w+",
    "nl": r"ik|wij|we|me|mij|ons|mijn|onze|ben",
    "pt": r"eu|me|nos|meu|minha|nosso|estou|estamos|tenho|fiquei|receio",
    "pl": r"ja|my|mnie|mi|nam|mój|moja|jestem|jesteśmy|mam|\w+am|\w+em",
    "sv_da": r"jag|vi|mig|oss|min|mitt|jeg|os|mit|vores|vår",
}
# Words for who or what is accused.
ACCUSED = {
    "en": r"you(?:['’]re)?|your|this|that(?:['’]s)?|it(?:['’]s)|they|shop|company",
    "de": r"sie|ihr|ihre?[nms]?|das ist|dies\w*|so ein|reiner|laden|shop",
    "fr": r"vous|c['’]est|votre|quelle|boutique",
    "es": r"ustedes|vosotros|sois|son|esto|es una|qué|menuda|tienda",
    "it": r"voi|siete|questa?|è una|che|negozio",
    "nl": r"jullie|u|dit|dat is|het is|winkel",
    "pt": r"vocês|são|isto|isso|é uma|que|loja",
    "pl": r"jesteście|państwo|to|sklep",
    "sv_da": r"ni|i|det|du|er|är|butik\w*",
}
# Articles: nobody is angry in "the angry cat mug".
ARTICLE = (
    r"\b(?:an?|the|der|die|das|dem|den|des|eine?[nmrs]?|l[ea]s?|une?|el|los|unas?|unos?|il|lo|gli|i|de|het"
    r"|een|os?|as?|ums?|uma|en|ett?|et|den|det)\s+$"
)
