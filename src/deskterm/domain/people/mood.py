"""How a customer feels, by their words alone: a mark, never a score. In doubt there is none.

Ten languages: English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish. A "not"
shortly before a word turns it: "not happy" is worried, "not angry" is nothing.
"""

import re
from collections import defaultdict
from functools import lru_cache
from itertools import accumulate

from deskterm.domain.tickets import Mood

_LONGEST = 2_000  # characters: the rest of a mail says it again
_REACH = 25  # characters before a word in which a "not" belongs to it
_LOUD_LETTERS, _LOUD_PART = 24, 0.7  # a mail in capitals shouts


_ANGRY = (
    # English
    r"unaccept\w+|outrag\w+|furious|angry|livid|disgust\w+|disgrace\w*|ridiculous|rip[- ]?off|scam\w*"
    r"|appalling"
    r"|(?:worst|terrible|horrible|awful|lousy|pathetic|shocking|dreadful) (?:\w+ ){0,2}?(?:service"
    r"|experience|shop"
    r"|store|company|support)|fed up|never (?:buy|order|shop)\w* (?:\w+ ){0,4}?again|joke of a"
    r"|waste of (?:my )?"
    r"(?:time|money)|(?:extremely|very|deeply|bitterly|so) disappoint\w+|had enough|sick (?:and tired )?of"
    r"|what a (?:joke|disgrace|shame|mess)|shame on you|thieves|liars?|are you (?:kidding|serious)"
    # German
    r"|inakzeptab\w+|unverschämt\w*|frechheit|wütend|stinksauer|sauer|unmöglich\w* (?:service"
    r"|verhalten|laden)|empör\w+"
    r"|(?:eine |so eine )?zumutung|verarsch\w+|abzock\w+|betrüger\w*|betrug|(?:sehr|extrem|maßlos"
    r"|zutiefst|absolut)"
    r" (?:enttäusch\w+|verärger\w+)|verärgert|nie wieder|reicht(?:'s| es) (?:mir|jetzt)|katastroph\w+"
    r"|skandal\w*"
    # French
    r"|inadmissible|inacceptable|scandal\w+|furieu\w+|en colère|honteu\w+|arnaque\w*|voleurs?|escroc\w*"
    r"|ras[- ]le[- ]bol|plus jamais|(?:très|extrêmement|vraiment) (?:déçu\w*|mécontent\w*)|se moque\w* d\w+"
    # Spanish
    r"|inaceptable|indignad\w*|indignante|furios\w+|enfadad\w+|vergüenza|vergonzos\w+|estafa\w*"
    r"|ladrones|hart[oa]s?"
    r"|nunca más|(?:muy|extremadamente|realmente) (?:decepcionad\w+|molest\w+)|pésim\w+|tomadura de pelo"
    # Italian
    r"|inaccettabil\w+|vergogn\w+|furios\w+|arrabbiat\w+|truff\w+|ladri|scandalos\w+|mai più"
    r"|presa in giro|indecent\w+"
    r"|(?:molto|davvero|estremamente) (?:delus\w+|seccat\w+)|pessim\w+"
    # Dutch
    r"|onacceptabel\w*|schandalig\w*|schande|woedend|boos|belachelijk\w*|oplicht\w+|nooit meer"
    r"|waardeloos|waardeloze"
    r"|(?:zeer|erg|heel|enorm) (?:teleurgesteld|ontevreden)|spuugzat|het zat"
    # Portuguese
    r"|inaceitá\w+|indignad\w+|furios\w+|vergonh\w+|vigaric\w+|burla|ladrões|fart[oa]s? d\w+"
    r"|nunca mais|péssim\w+"
    r"|(?:muito|extremamente|profundamente) (?:desiludid\w+|decepcionad\w+|chatead\w+)"
    # Polish
    r"|niedopuszczaln\w+|skandal\w*|wściek\w+|oburz\w+|oszu[sś]\w+|nigdy więcej|kpin\w+|żenad\w+|hańb\w+"
    r"|(?:bardzo|strasznie|niezwykle) (?:rozczarowan\w+|zawiedzion\w+|niezadowolon\w+)|mam (?:tego )?dość"
    # Swedish, Danish
    r"|oacceptab\w+|uacceptab\w+|skandal\w*|rasande|rasende|arg|vred|lurendrej\w*|bedräg\w+|bedrag\w*"
    r"|svindel"
    r"|aldrig (?:mer|igen|mere)|skamligt|skammeligt|(?:mycket|meget|väldigt|dybt|oerhört) (?:besviken"
    r"|skuffet)"
)
_WORRIED = (
    r"worr(?:ied|ying|y)|concern(?:ed|ing)|anxious|nervous|afraid|scared|stress\w*|desperate\w*"
    r"|panick\w*|uneasy"
    r"|disappoint\w+|upset|frustrat\w+|(?:really|please) (?:need|help me)|(?:lost|stolen|missing)\?"
    r"|not sure what to do"
    r"|besorgt|sorgen?|beunruhig\w+|nervös|angst|befürcht\w+|verzweifel\w+|enttäusch\w+|unruhig"
    r"|verunsicher\w+|hilflos"
    r"|inqui[eè]t\w*|soucieu\w+|préoccup\w+|angoiss\w+|crain\w+|peur|stressé\w*|déçu\w*|désespéré\w*"
    r"|preocupa\w*|inquiet[oa]s?|nervios\w+|angustia\w*|miedo|temo|decepcionad\w+|desesperad\w+"
    r"|preoccup\w+|ansios\w+|nervos\w+|paura|tem[eo] che|agitat\w+|delus\w+|disperat\w+"
    r"|bezorgd|ongerust|zorgen|zenuwachtig|bang|vrees|teleurgesteld|wanhopig|ongemakkelijk"
    r"|preocupad\w+|receio|medo|ansios\w+|desiludid\w+|aflit\w+"
    r"|martwi\w*|zmartwion\w+|niepoko\w+|obaw\w+|boję|zaniepokojon\w+|rozczarowan\w+|zawiedzion\w+"
    r"|zdenerwowan\w+"
    r"|orolig\w*|oroar|bekymra\w*|bekymre\w*|nervös|nervøs|rädd|bange?|besviken|skuffet|urolig\w*|ængstelig"
)
_PLEASED = (
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
_NOT = re.compile(
    r"\b(?:not|no|less than|nicht|kein\w*|ohne|pas|plus|ne|n'\w+|aucun\w*|sans|sin|ningún|non|senza"
    r"|niet|geen|não|nem"
    r"|sem|nie|bez|inte|ej|ikke|ingen|don'?t|isn'?t|wasn'?t|aren'?t|can'?t say)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(?:never|nie|jamais|nunca|mai|nooit|nigdy|aldrig)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?;:\n]|\b(?:but|aber|mais|pero|ma|maar|mas|ale|men|and|und|et)\b", re.IGNORECASE)
_BEGINS = re.compile(r"(?<!\w)\w")


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between its outermost bars."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            found.append(pattern[start:at])
            start = at + 1
    return [*found, pattern[start:]]


def _first_letters(part: str) -> set[str]:
    """With which letters a match of an alternative begins."""
    if not part.startswith("(?:"):
        return {part[0]}
    depths = accumulate((char == "(") - (char == ")") for char in part)
    end = next(at for at, depth in enumerate(depths) if not depth)
    inside = {letter for one in _alternatives(part[3:end]) for letter in _first_letters(one)}
    return inside | _first_letters(part[end + 2 :]) if part[end + 1 : end + 2] == "?" else inside


@lru_cache(maxsize=1)
def _by_letter() -> dict[str, re.Pattern[str]]:
    """The words by their first letter: few are tried at each word of a mail. Made at first use."""
    sorted_: dict[str, dict[Mood, list[str]]] = defaultdict(lambda: defaultdict(list))
    for mood, words in ((Mood.ANGRY, _ANGRY), (Mood.WORRIED, _WORRIED), (Mood.PLEASED, _PLEASED)):
        for part in _alternatives(words):
            for letter in _first_letters(part):
                sorted_[letter][mood].append(part)
    return {
        letter: re.compile(
            "|".join(f"(?P<{mood}>(?:{'|'.join(parts)})(?!\\w))" for mood, parts in moods.items()),
            re.IGNORECASE,
        )
        for letter, moods in sorted_.items()
    }


def mood_of(words: str) -> Mood:
    """What a customer's own words sound like: angry before worried before pleased. Linear in the text."""
    text = words[:_LONGEST]
    words_of = _by_letter()
    found = set()
    for begin in _BEGINS.finditer(text):
        tried = words_of.get(begin[0].lower())
        if tried and (word := tried.match(text, begin.start())):
            found.add(_mood_at(text, word))
    if Mood.ANGRY in found or _shouts(text):
        return Mood.ANGRY
    return next((mood for mood in (Mood.WORRIED, Mood.PLEASED) if mood in found), Mood.NONE)


def _mood_at(text: str, found: re.Match[str]) -> Mood:
    """What one word says: a "not" makes nothing of anger and worry, and a worry of pleasure."""
    mood = Mood(found.lastgroup or "")
    never = mood is not Mood.ANGRY  # "I have never had such terrible service" is none the milder
    if not _is_turned(text, found.start(), never=never):
        return mood
    return Mood.WORRIED if mood is Mood.PLEASED else Mood.NONE


def _is_turned(text: str, at: int, *, never: bool) -> bool:
    before = _SENTENCE.split(text[max(0, at - _REACH) : at])[-1]
    return bool(_NOT.search(before) or (never and _NEVER.search(before)))


def _shouts(text: str) -> bool:
    """Whether most of it is in capitals, and there is enough of it for that to mean something."""
    letters = [char for char in text if char.isalpha()]
    cased = sum(char.isupper() for char in letters)
    return len(letters) >= _LOUD_LETTERS and cased >= _LOUD_PART * len(letters) and "!" in text
