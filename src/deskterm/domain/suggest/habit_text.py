"""Making a macro of an answer that the owner keeps typing, with placeholders for what changes.

Values of the text's own customer and order are known and become placeholders first. Names after a greeting,
numbers, dates, amounts and web addresses are recognised by their form. What else differs between the texts
becomes a question.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from difflib import SequenceMatcher

from deskterm.domain.people.language import language_of
from deskterm.domain.review.letter import GREETING
from deskterm.domain.suggest.habits import core_of, shingles
from deskterm.value_class import dataclass

_LOOKED_AT = 20  # texts of a group that are compared
_KEPT = 0.5  # share of a sentence's word pairs that must be in the core
_STEADY = 0.6  # share of the texts that must have a word for it not to count as changing
_TITLE = 44
_TELLING = 4  # words of a title that says something
_TO_ONE = re.compile(  # sentences that repeat what the customer wrote, or say sorry
    r"(?:you (?:asked|are|wrote|would|have)|thank|that is a good|I am sorry|sorry|das tut mir|danke"
    r"|vielen dank|Sie (?:haben|fragen|warten|möchten)|merci|vous (?:m['’]avez|demandez|souhaitez)"
    r"|je suis désolé|gracias|lo siento|me pregunt)",
    re.IGNORECASE,
)
_DANGLING = re.compile(
    r"(?:\s+(?:with|for|from|to|by|on|of|in|at|the|order|is|mit|für|von|bei|am|der|die|das|ist|Bestellung|Ihre"
    r"|avec|pour|de|du|le|la|commande|est|con|para|del|el|pedido))+$",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|janv|févr|avr|juin|juil|août|ene"
    r"|abr|ago)[a-zäéû]*\.?"
)
_ORDER = r"(?:#|order(?: no\.?)? |bestellung |commande |pedido |ordine |n\.?[º°] ?|nr\.? )"
_FORMS = (
    (re.compile(r"https?://\S+[\w/]"), "{{ tracking.url }}"),
    (
        re.compile(
            rf"\b(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:de\s|of\s)?{_MONTH}(?:\s(?:de\s)?20\d\d)?"
            rf"|{_MONTH}\s\d{{1,2}}(?:,?\s20\d\d)?"
            r"|\d{1,2}[./]\d{1,2}[./](?:20)?\d\d|\d{1,2}\.\d{1,2}\.(?!\d)|20\d\d-\d\d-\d\d)(?!\w)",
            re.IGNORECASE,
        ),
        '{% ask "Which date?" %}',
    ),
    (
        re.compile(r"(?:[€$£]\s?\d+(?:[.,]\d\d)?|\b\d+[.,]\d\d\s?(?:€|EUR|USD|GBP|CHF|£|\$))"),
        '{% ask "Which amount?" %}',
    ),
    (re.compile(r"\b(?=[A-Z0-9]*\d{6})[A-Z]{0,4}\d[A-Z0-9]{7,}\b"), "{{ tracking.number }}"),
    (re.compile(rf"(?i:({_ORDER}#?))\d{{3,}}\b"), r"\1{{ order.number }}"),
)  # fmt: skip
_GREETED = re.compile(
    rf"^({GREETING},?[ ]+)([^\W\d_][^\n,!.:]{{0,30}})(?=[,!.:]?\s*$)", re.IGNORECASE | re.MULTILINE
)
_PIECE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\w+|[^\w\s]|\s+", re.DOTALL)
_SENTENCE = re.compile(  # what stands in a placeholder ends no sentence
    r"(?:\{\{.*?\}\}|\{%.*?%\}|[^.!?\n]|[.!?](?=\w))*[.!?]*[ \t]*\n*"
)
_NAME = "{{ customer.first_name }}"
_NAME_OR = '{{ customer.first_name | default: "there" }}'


@dataclass(frozen=True, slots=True)
class SentText:
    """An answer as it was sent, and known values of its customer and order with their placeholders."""

    text: str
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HabitText:
    """An answer as a macro: a title from its first sentence, and the body."""

    title: str
    body: str


class _Sentence:
    """A sentence with its word pairs and its pieces (words, signs, spaces, placeholders)."""

    def __init__(self, text: str) -> None:
        self.pairs = shingles(text)
        self.pieces = _PIECE.findall(text)


def habit_text(texts: Sequence[SentText]) -> HabitText:
    """Make a macro from a group of similar answers."""
    marked = [_mark(one) for one in texts[:_LOOKED_AT]]
    shingled = [shingles(one) for one in marked]
    core = core_of(range(len(shingled)), shingled)
    best = max(range(len(marked)), key=lambda place: (len(shingled[place] & core), -len(marked[place])))
    others = [list(map(_Sentence, _sentences(one))) for place, one in enumerate(marked) if place != best]
    kept = [_with_slots(sentence, others) for sentence in _sentences(marked[best]) if _stays(sentence, core)]
    body = "".join(kept).strip()
    if language_of(body) in ("", "en"):
        body = body.replace(_NAME, _NAME_OR)
    return HabitText(_title(body), body)


def _mark(one: SentText) -> str:
    """A text with placeholders for known values and for values recognised by their form."""
    text = one.text.strip()
    for value in sorted(one.known, key=len, reverse=True):
        if value.strip():
            placeholder = one.known[value].replace("\\", r"\\")
            text = re.sub(rf"(?<![\w{{]){re.escape(value)}(?!\w)", placeholder, text)
    text = _GREETED.sub(lambda found: found[1] + (found[2] if "{{" in found[2] else _NAME), text)
    for form, placeholder in _FORMS:
        text = "".join(
            part if part.startswith("{") else form.sub(placeholder, part)
            for part in re.split(r"(\{\{.*?\}\}|\{%.*?%\})", text)
        )
    return text


def _sentences(text: str) -> list[str]:
    return [found for found in _SENTENCE.findall(text) if found.strip()]


def _stays(sentence: str, core: Iterable[int]) -> bool:
    """Whether most of the texts have that sentence. A placeholder with few words, a greeting, is kept."""
    pairs = shingles(sentence)
    if "{{" in sentence and len(pairs) < 8:  # noqa: PLR2004 - little but a placeholder
        return True
    return bool(pairs) and len(pairs & frozenset(core)) >= _KEPT * len(pairs)


def _with_slots(sentence: str, others: Sequence[Sequence[_Sentence]]) -> str:
    """The sentence with a question for each run of words that differs between the texts."""
    own = _Sentence(sentence)
    same: Counter[int] = Counter()
    compared = 0
    for other in others:
        near = max(other, key=lambda one: len(one.pairs & own.pairs), default=None)
        if near is not None:
            compared += 1
            blocks = SequenceMatcher(None, own.pieces, near.pieces, autojunk=False).get_matching_blocks()
            same.update(at for block in blocks for at in range(block.a, block.a + block.size))
    if not compared:
        return sentence
    return "".join(_join_runs(own.pieces, [same[at] >= _STEADY * compared for at in range(len(own.pieces))]))


def _join_runs(pieces: Sequence[str], steady: Sequence[bool]) -> Iterator[str]:
    """The pieces, with each run of changing ones as one question; spaces around it stay."""
    at = 0
    while at < len(pieces):
        if steady[at] or not _is_word(pieces[at]):
            yield pieces[at]
            at += 1
            continue
        end = at + 1
        while end < len(pieces) and (not steady[end] or _bridges(pieces, steady, end)):
            end += 1
        while not _is_word(pieces[end - 1]):
            end -= 1
        yield f'{{% ask "{_question("".join(pieces[:at]))}" %}}'
        at = end


def _bridges(pieces: Sequence[str], steady: Sequence[bool], at: int) -> bool:
    """Whether a space or sign is between two words that both change."""
    return not _is_word(pieces[at]) and at + 1 < len(pieces) and not steady[at + 1]


def _is_word(piece: str) -> bool:
    return piece[:1].isalnum()


def _question(before: str) -> str:
    words = re.findall(r"[^\W\d_]+", re.sub(r"\{.*?\}+", " ", before))[-3:]
    return f"What comes after: {' '.join(words)}?" if words else "What comes first?"


def _title(body: str) -> str:
    """A title: the first meaningful sentence, up to a placeholder or a comma."""
    lines = [re.sub(r"\s+", " ", one).strip() for one in _sentences(re.sub(r"\{.*?\}+", "…", body))]
    telling = [one for one in lines if len(one.split()) >= _TELLING] or lines  # no greeting
    open_to_all = [one for one in telling if not _TO_ONE.match(one)] or telling
    heads = [one for one in map(_head, open_to_all) if len(one.split()) >= _TELLING]
    words = (heads or [one.rstrip(".!?:;, …") for one in open_to_all] or [""])[0] or "An answer of yours"
    words = words[:1].upper() + words[1:]
    return words if len(words) <= _TITLE else words[: _TITLE - 1].rpartition(" ")[0] + "…"


def _head(sentence: str) -> str:
    """`I have opened a trace` of `I have opened a trace with … today, for …`."""
    head = re.split(r"…|[,;:.!?](?!\w)", sentence, maxsplit=1)[0].strip(' #("“„«')
    return _DANGLING.sub("", head)
