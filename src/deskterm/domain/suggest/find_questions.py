"""Finding further questions in a customer's mail: a date to keep, a quantity, a second question.

The review lists each with its place in the mail, and macros can answer it in an optional paragraph
(`{% if asked.by_date %}`). In doubt a sentence is not listed twice, and days in the past do not count.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from deskterm.domain.orders.numbers import numbers
from deskterm.domain.suggest.days import NamedDay, named_days
from deskterm.domain.suggest.further_questions import AskKind, SideAsk
from deskterm.domain.suggest.phrases import contains_phrase
from deskterm.domain.suggest.sentences import says_how_long_valid, split_sentences
from deskterm.domain.suggest.telling_words import is_news, telling_words
from deskterm.lazy_regex import lazy_regex

_LONGEST = 4_000  # characters of a mail that are looked at
_BEFORE = 24  # characters before a day in which its preposition stands
_SHORT = 160  # characters of a question that are quoted

_UNTIL = lazy_regex(
    r"(?:\b(?:by|before|until|till|latest|later than|in time for|ahead of"
    r"|bis(?: zum)?|spätestens(?: am)?|vor(?: dem)?|rechtzeitig (?:zum|zu|vor)"
    r"|avant(?: le)?|d'ici(?: le| au)?|au plus tard(?: le)?|pour le|à temps pour"
    r"|antes del?|para el|a más tardar el|entro(?: il)?|prima di|uiterlijk(?: op)?|vóór|voor"
    r"|até(?: [àao]| ao)?|antes d[aeo]|do|przed|najpóźniej(?: w| do)?|senast|innan|före|senest|inden|før|til)"
    r"(?: the| next| this| dem| am| nächsten| kommenden| ce| el| il| den| på| dia)*\s*)$",
    re.IGNORECASE,
)
_PAST = lazy_regex(
    r"(?:\b(?:last|since|past|previous|ago|dated|of|from|von|du|dal|van|seit|letzte[nrms]?|vergangenen|vom"
    r"|depuis|desde|pasado|del|scorso|sinds|vorige|afgelopen)(?: the| dem| le| el)?\s*)$",
    re.IGNORECASE,
)
_NEEDED = lazy_regex(
    r"\b(?:needs?|needed|must|has to|have to|arrive|birthday|wedding|party|anniversary|present|moving"
    r"|leave|leaving|fly|flying|flight|travel\w*|away|holiday|christening|gift"
    r"|brauch\w*|muss|müssen|benötig\w*|ankommen|ankommt|geburtstag|hochzeit|feier|geschenk|ziehen|umzug"
    r"|verreis\w*|urlaub"
    r"|besoin|arrive(?:r|ra)?|anniversaire|mariage|cadeau|déménag\w*|partons|pars|vacances|fête"
    r"|necesit\w*|llegue\w*|llegar|cumpleaños|boda|regalo|mudamos|viaj\w*|fiesta"
    r"|serve|bisogno|arrivi|compleanno|matrimonio|regalo|nodig|verjaardag|bruiloft|verhuiz\w*"
    r"|precis\w+|aniversário|casamento|presente|prenda|potrzebuj\w+|urodzin\w*|ślub\w*|prezent\w*"
    r"|behöv\w+|födelsedag\w*|bröllop\w*|skal bruge|fødselsdag\w*|bryllup\w*|gave)\b|必要|誕生日|結婚式",
    re.IGNORECASE,
)
_UP_TO = ("まで", "迄")  # Japanese says it after the day
_COUNTS = {
    word: count
    for count, words in enumerate(
        (
            "one ein eine einen un une uno una een um uma jeden jedną ett en",
            "two zwei deux dos due twee dois duas dwa dwie två", "three drei trois tres tre drie três trzy",
            "four vier quatre cuatro quattro quatro cztery fyra fire",
            "five fünf cinq cinco cinque vijf pięć fem", "six sechs seis sei zes sześć sex seks",
            "seven sieben sept siete sette zeven sete siedem sju syv",
            "eight acht huit ocho otto oito osiem åtta otte", "nine neun neuf nueve nove negen dziewięć nio",
            "ten zehn dix diez dieci tien dez dziesięć tio ti",
            "eleven elf onze once", "twelve zwölf douze doce dodici twaalf",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_WORDS = "|".join(sorted(_COUNTS, key=len, reverse=True))


def _count(name: str) -> str:
    return rf"(?P<{name}>\d{{1,3}}|{_WORDS})"


_QUANTITY = lazy_regex(
    r"\b(?:(?:another|noch|weitere|encore|otr[oa]s|altr[ei]|nog|mais|outr[oa]s|jeszcze|ytterligare"
    r"|yderligere)\s+" + _count("a") + r"\b(?!\s*%)"
    r"(?!\s+(?:question|thing|time|day|week|month|frage|sache|mal|tag|woche|chose|fois|jour|semaine|cosa|vez"
    r"|día|volta|giorno|vraag|keer|dag)\w*)"
    r"|" + _count("b") + r"\s+(?:more\b(?!\s+(?:question|thing|time|day|week|month)\w*)|de plus|más|in più"
    r"|(?P<swap>instead of|statt|anstatt|anstelle|au lieu|en lugar|en vez|invece|in plaats))"
    r"|(?:quantity|(?<!my )(?<!our )(?<!the )(?<!this )(?<!that )order|make it|menge|quantité"
    r"|cantidad|quantità|aantal)(?: of| to| auf| von| de| di)?\s+"
    + _count("c") + r"\b(?!\s*(?:%|days?|weeks?))"
    # with the thing between: tres tazas más, två muggar till
    r"|" + _count("d") + r"\s+(?!(?:question|thing|frage|tag|woche|jour|semaine|d[ií]as?|semanas?"
    r"|giorn|dni|dag"
    r"|ug|uk)\w*)"
    r"[^\W\d_]{3,}\s+(?:more|más|de plus|in più|erbij|a mais|więcej|till|mere|mer)\b)"
    r"|(?P<f>to)\s+(?:mere|flere|til)\b"
    r"|(?:あと|もう|さらに)\s?(?P<e>[0-9]{1,3}|[一二三四五六七八九十])\s?[つ個枚点本客]",
    re.IGNORECASE,
)  # fmt: skip
# "I wonder whether", "let me know when": questions without a question mark.
_INDIRECT = lazy_regex(
    r"\b(?:(?:let|tell) (?:me|us) (?:also |please )?(?:know|if|whether|when|how|what|where)"
    r"|(?:like|want|need|love|curious|keen) to know|wonder(?:ed|ing)? (?:if|whether|when|how|what|where"
    r"|about)"
    r"|(?:sag|teil)\w* (?:sie )?(?:mir|uns) (?:bitte )?(?:mit|auch|bescheid|ob|wann|wie)"
    r"|(?:wüsste|wüßte|wissen|erfahren) (?:ich )?(?:auch )?(?:noch )?gern\w*|würde gern\w* wissen|frage mich"
    r"|wollte (?:\w+ )?fragen"
    r"|(?:voudrais|aimerais|souhaiterais|souhaite) (?:aussi |également )?savoir|me demand\w+ (?:si|quand"
    r"|comment)"
    r"|(?:gustaría|quisiera|querría|quería) (?:también )?(?:saber|preguntar)|(?:para|de) preguntar\w*"
    r"|(?:vorrei|volevo|vorremmo) (?:anche )?(?:sapere|chiedere)|mi chied\w+ (?:se|quando|come)"
    r"|(?:wil|zou) (?:graag|ook) (?:ook )?weten|vraag me af|vroeg me af"
    r"|(?:gostaria|queria|gostava) (?:também )?de saber|(?:chci|chcę|chciał\w+) (?:też |także )?wiedzieć"
    r"|zastanawiam się|(?:undrar|vill|skulle vilja) (?:också |gärna )?(?:veta|om|när|hur)"
    r"|vil(?:le)? (?:jeg )?(?:også |gerne |gjerne )*vide|spekulerer på|lurer på)\b"
    r"|知りたい|教えて(?:ください|いただけ)|か(?=[。\s]*$)",
    re.IGNORECASE,
)
_CIVIL = lazy_regex(
    r"^\W*(?:how are you\b.*|hope you\b.*|(?:can|could|would) you (?:please )?(?:kindly )?"
    r"(?:help|assist|advise|check)(?: me| us)?(?: with (?:this|that|it))?(?: please)?"
    r"|(?:what (?:now|next|should i do|shall i do|can i do|happens now)|any (?:news|update|idea|ideas)"
    r"|is (?:that|this) (?:ok|okay|possible|alright)|ok(?:ay)?|right|can you)"
    r"|(?:and |so )?what (?:do|would|can) you (?:suggest|propose|advise|recommend|offer|say|think"
    r"|do)(?: (?:now|about it))?"
    r"|was (?:schlagen sie|schlagt ihr|schlägst du) vor|was (?:machen|tun) wir (?:nun|jetzt)"
    r"|que (?:me )?proposez-vous|que faisons-nous"
    r"|qué (?:me )?(?:propon\w+|suger\w+)|(?:che )?cosa (?:mi )?propon\w+|wat stel(?:t u|len jullie) voor"
    r"|o que (?:propõe\w*|sugere\w*)"
    r"|vad föreslår (?:ni|du)|hvad foreslår (?:I|du)|co proponuj\w+"
    r"|wie geht es (?:ihnen|euch|dir)|können sie (?:mir )?(?:bitte )?(?:weiter)?helfen|was (?:nun|jetzt|tun)"
    r"|ist das (?:möglich|ok|okay)|geht das|comment allez-vous|pouvez-vous m'aider|que faire|c'est possible"
    r"|qué tal|me pod(?:éis|ría|rían|ríais|ría usted) ayudar|pueden? ayudarme|es posible|qué hago"
    r"|how (?:does|would) (?:that|this|it) work|how do (?:i|we) (?:do (?:that|this|it)|proceed)"
    r"|what do (?:i|we) (?:have|need) to do|wie (?:geht|läuft|funktioniert) das(?: ab)?|was muss ich tun"
    r"|comment (?:ça marche|ça se passe|faire|procéder)|cómo (?:funciona|se hace|lo hago)(?: eso| esto)?"
    r"|qué tengo que hacer)\W*$",
    re.IGNORECASE,
)


_AND_ASKS = lazy_regex(
    r",?(?<!\s)\s+(?:and|und|et|y|e|en)\s+(?:(?:also|auch|aussi|también|anche|ook)\s+)?(?=(?:do|does|did|can"
    r"|could|is|are|will|would|when|where|how|what|which|who"
    r"|liefer\w+|kann|können|könnten|ist|sind|gibt|haben|wann|wo|wie|was|welche\w*|wird|werden"
    r"|faites|livrez|pouvez|pourriez|est-ce|quand|où|comment|combien|quel\w*|avez"
    r"|cuándo|dónde|cómo|cuánto|pued\w+|hacéis|hacen|tien\w+|hay|qué"
    r"|quando|dove|come|quanto|può|potete|spedite|wanneer|waar|hoe|kunnen|kan|wat)\b)",
    re.IGNORECASE,
)
_LEADING = lazy_regex(r"^(?:and|und|et|y|e|en|och|og|i|a)\s+(?=\S)", re.IGNORECASE)
# Something besides: "also", "by the way". With a word that asks for something the sentence is a question.
_ADDED = lazy_regex(
    r"\b(?:also|too(?=\s*[?.!]|$)|as well|besides|by the way|btw|one more|while (?:i am|i'm|you are"
    r"|you're) at it"
    r"|additionally"
    r"|another (?:question|thing)|one thing|p\.?\s?s"
    r"|auch|außerdem|ausserdem|zudem|übrigens|nebenbei|noch (?:eine?|was|etwas)"
    r"|aussi|également|par ailleurs|au passage|en outre|autre (?:question|chose)|de plus"
    r"|además|también|por cierto|de paso|aprovecho|otra (?:pregunta|cosa)"
    r"|inoltre|anche|tra l'altro|già che ci sono|un'altra (?:cosa|domanda)"
    r"|ook|daarnaast|trouwens|overigens|nog (?:een|iets|wat)|verder"
    r"|também|já agora|além disso|aproveito|por outro lado|outra (?:coisa|pergunta)"
    r"|też|także|również|ponadto|poza tym|przy okazji|jeszcze jedno"
    r"|också|även|dessutom|förresten|en sak till|også|desuden|i øvrigt|forresten|for resten|dessuten)\b"
    r"|また[、,]|ちなみに|それと|もう[一1]つ|ついでに",
    re.IGNORECASE,
)
_REQUESTS = lazy_regex(
    r"\b(?:please|(?:can|could|would|will) you|may i|can i|could i"
    r"|bitte|könn(?:en|t|ten|test)\w*|kannst|würde[nt]?|legt|schickt"
    r"|pouvez|pourriez|pourrais|peux|merci de|s'il (?:vous|te) pla[iî]t"
    r"|por favor|pod(?:éis|ría\w*|rían|rías|emos)|puede[ns]?|per favore|potete|potreste|potrebbe|può"
    r"|graag|kun(?:t|nen)|kan|zou|por favor|pod(?:e|em|eria\w*)|proszę|czy|mo(?:żecie|że|gę|glibyście)"
    r"|kan|skulle|vänligen|kan|vil|venligst)\b|ください|お願い|いただけ",
    re.IGNORECASE,
)


def also_asked(
    text: str, written: date, matter: Iterable[str] = (), told: Iterable[str] = ()
) -> tuple[SideAsk, ...]:
    """The further questions of a mail, in the order of the text; places are offsets in `text`.

    `written` is the day it was written on the owner's calendar. `matter` are the `words` of the macro that
    answers it: questions with one of them are not further ones. If none has one, the first question is the
    main one; but if another sentence has told the matter, every question counts most of whose telling words
    are neither in the rest of the mail nor in `told`, the macro's example mails.
    """
    return _also_asked(text[:_LONGEST], written, tuple(matter), tuple(told))


@lru_cache(maxsize=32)  # the letter, its review and the suggestions all ask for the same
def _also_asked(
    text: str, written: date, matter: tuple[str, ...], told: tuple[str, ...]
) -> tuple[SideAsk, ...]:
    sentences = split_sentences(text)
    found = [*_deadlines(sentences, written), *_quantities(sentences, written)]
    places = [ask.start for ask in found]
    found += (
        ask
        for ask in _questions(sentences, matter, told)
        if not any(ask.start <= place < ask.end for place in places)
    )
    return tuple(sorted(found, key=lambda ask: (ask.start, ask.kind)))


def _deadlines(sentences: list[tuple[int, str]], written: date) -> Iterator[SideAsk]:
    for start, sentence in sentences:
        days = tuple(named_days(sentence, written))
        if not days or says_how_long_valid(sentence):
            continue
        needed = _NEEDED.search(sentence) is not None
        for named in days:
            if _is_deadline(sentence, named, needed=needed) and (named.day is None or named.day >= written):
                words = sentence[named.start : named.end]
                place = start + named.start
                yield SideAsk(AskKind.BY_DATE, words, place, start + named.end, day=named.day)


def _is_deadline(sentence: str, named: NamedDay, *, needed: bool) -> bool:
    """Whether something is to be done by a day. `needed`: the sentence says that something is needed."""
    before = sentence[max(named.start - _BEFORE, 0) : named.start]
    if _UNTIL.search(before) or sentence.startswith(_UP_TO, named.end):
        return True
    return needed and not _PAST.search(before)


def _quantities(sentences: list[tuple[int, str]], written: date) -> Iterator[SideAsk]:
    for start, sentence in sentences:
        named, days = numbers(sentence), tuple(named_days(sentence, written))
        for found in _QUANTITY.finditer(sentence):
            number = found["a"] or found["b"] or found["c"] or found["d"] or found["e"] or found["f"]
            of_day = any(found.start() < day.end and day.start < found.end() for day in days)
            if number in named or of_day:  # "my order 123", "the order of 3 May"
                continue
            count = _as_count(number)
            place = start + found.start()
            both = bool(found["swap"])  # `3 instead of 2` does not say which of them is wanted
            yield SideAsk(
                AskKind.QUANTITY, found.group(), place, start + found.end(), count=0 if both else count
            )


def _as_count(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number.lower() == "to":  # Danish and Norwegian; in English it is no number
        return 2
    return _COUNTS.get(number.lower()) or "一二三四五六七八九十".index(number) + 1


def _questions(
    sentences: list[tuple[int, str]], matter: tuple[str, ...], told: tuple[str, ...]
) -> Iterator[SideAsk]:
    """The questions that are not the main one; without empty ones such as `Can you help?`."""
    asking = [one for one in sentences if _is_question(one[1])]
    asked = [part for one in asking for part in _parts_of(*one)]
    others = [one for one in asked if not contains_phrase(one[1], matter)]
    if len(others) == len(asked):
        stated = [one[1] for one in sentences if one not in asking]
        if any(contains_phrase(one, matter) for one in stated):
            known = telling_words(" ".join((*stated, *matter, *told)))
            others = [one for one in others if _ADDED.search(one[1]) or is_news(one[1], known)]
        elif others and not _ADDED.search(others[0][1]):
            others = others[1:]
    for start, sentence in others:
        words = _LEADING.sub("", sentence.strip())
        place = start + sentence.index(words)
        yield SideAsk(AskKind.QUESTION, words[:_SHORT], place, place + len(words))


def _parts_of(start: int, question: str) -> Iterator[tuple[int, str]]:
    """The questions of a sentence: "How do I return it, and do you ship to Norway?" asks two."""
    at = 0
    for found in _AND_ASKS.finditer(question):
        if question[at : found.start()].strip():
            yield start + at, question[at : found.start()]
            at = found.end()
    yield start + at, question[at:]


def _is_question(sentence: str) -> bool:
    if _CIVIL.match(sentence):
        return False
    if sentence.rstrip().endswith(("?", "？")) or _INDIRECT.search(sentence):
        return True
    return bool(_ADDED.search(sentence) and _REQUESTS.search(sentence))
