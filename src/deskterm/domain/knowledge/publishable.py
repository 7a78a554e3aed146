"""Making a publishable text of an answer: no sentences to one person, unfilled placeholders marked.

Placeholders look as in the review, `[order.number?]`; the owner fills them in or deletes the sentence.
"""

import re
from collections.abc import Callable

from deskterm.domain.suggest.features import matter_of
from deskterm.value_class import dataclass

HOLE = "[the answer?]"  # the text if nothing of an answer is left
_HOLE = re.compile(r"\[([^\W\d][\w. ]*)\?\]")
_ASKED = re.compile(r"\[ask\.(\w+)\?\]")
_GREETED = re.compile(r"^[^\n]{0,40}\[customer\.[\w.]+\?\][^\n]{0,10}\n+")
_SENTENCE = re.compile(r"(?:\[[^\[\]\n]*\]|[^.!?\n\[]|\[|[.!?](?=\w))+[.!?]*[)”\"»]*\s*|[.!?]+\s*")
_LIST_MARK = re.compile(r"\s*(?:[-*•]|\d+[.)])\s+")

# What is said to one person only, in the languages that letters ship in: their mail, what they asked or
# want, what was done for them, an apology.
_PERSONAL = re.compile(
    r"\b(?:(?:answer|reply to) (?:this|the) (?:e-?mail|mail|message)|(?:this|your) (?:e-?mail|mail|message)"
    r"|just answer|answer (?:at once|here|with)"
    r"|(?<!if )you (?:(?:have |had )?(?:asked|wrote|written|named|mentioned|told|sent|said|reported)"
    r"|are (?:asking|waiting|disappointed|unhappy)|were (?:asking|right)|would like to|wanted to)"
    r"(?: (?:how|whether|if|about|for|when|where|why|what|me|us))?"
    r"|thank you for \w+|thanks for \w+|this very \w+|(?:from|as) (?:what )?you (?:write|wrote)"
    r"|(?:I am|I’m|I'm|we are) (?:so |very )?sorry|I apologi[sz]e|that was my mistake|good question"
    r"|(?:I|we) (?:have|had) (?:just |now |already )?"
    r"(?:put|set|made|sent|given"
    r"|(?:open|chang|cancel+|refund|reserv|ask|add|order|ship|correct)\w*ed)"
    r"|(?:diese[rn]?|Ihre[rnm]?|deine[rnm]?) (?:E-?Mail|Mail|Nachricht)"
    r"|Sie (?:haben (?:\w+ ){0,3}(?:gefragt|geschrieben)|fragen|schreiben|schrieben|warten)"
    r"|(?<!wenn )(?<!falls )Sie möchten"
    r"|(?:danke|vielen Dank),? (?:für|dass)\b|(?:das|es) tut mir leid"
    r"|antworten Sie (?:einfach|hier|bitte|gleich|auf)"
    r"|(?:habe ich|ich habe) (?:(?:es|sie|ihn|Ihnen|dir|heute|schon|Ihre\w?|das|den|die) )+"
    r"|gute Frage"
    r"|(?:cet|votre) (?:e-?mail|message)|(?:à )?ce message"
    r"|vous (?:m['’]avez|avez demandé|demandez|écrivez|attendez)|(?<!si )vous souhaitez|répondez(?:-moi)?"
    r"|merci (?:de|pour)\b|je suis désolée?|je (?:le )?regrette"
    r"|(?:je vous|je l['’]|j['’])ai (?:\w+é|mis|fait)e?|bonne question"
    r"|(?:este|su|tu) (?:correo|mensaje)|me (?:pregunta\w*|escrib\w*|cuenta\w*)|(?<!si )quieres"
    r"|gracias por|lo siento|respóndeme|respóndame|responde a|(?:te|le) he|ya he|buena pregunta)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EverybodyText:
    """An answer in publishable form, and the sentences that were left out."""

    text: str
    left_out: tuple[str, ...] = ()


def find_personal_words(text: str) -> tuple[str, ...]:
    """The words of an answer that address one person, each once, in order."""
    found = (" ".join(one[0].split()) for one in _PERSONAL.finditer(text))
    return tuple(dict.fromkeys(found))


def find_holes(text: str) -> tuple[str, ...]:
    """The placeholders that are left in a text: `("order.number",)`."""
    return tuple(dict.fromkeys(one[1] for one in _HOLE.finditer(text)))


def without_letter(text: str) -> str:
    """A filled macro without greeting and closing; what the owner would be asked for stays a placeholder."""
    text = _ASKED.sub(lambda one: f"[{one[1].replace('_', ' ').strip()}?]", text)
    matter = matter_of(_GREETED.sub("", text.lstrip(), count=1)).strip()
    return matter[:1].upper() + matter[1:]


def for_everybody(text: str, is_private: Callable[[str], bool] = lambda _: False) -> EverybodyText:
    """A text without sentences that address one person or contain a customer's data."""
    left_out: list[str] = []

    def keep(sentence: str) -> bool:
        if find_personal_words(sentence) or is_private(sentence):
            left_out.append(" ".join(sentence.split()))
            return False
        return True

    lines = [_keep_sentences(line, keep) for line in text.splitlines()]
    kept = re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line is not None)).strip()
    return EverybodyText(kept[:1].upper() + kept[1:], tuple(left_out))


def _keep_sentences(line: str, keep: Callable[[str], bool]) -> str | None:
    """A line with only the sentences to keep; None if it had sentences but none is kept."""
    mark = _LIST_MARK.match(line)
    begins = mark.end() if mark else 0
    sentences = _SENTENCE.findall(line[begins:])
    kept = "".join(one for one in sentences if keep(one)).rstrip()
    if sentences and not kept:
        return None
    return line[:begins] + kept
