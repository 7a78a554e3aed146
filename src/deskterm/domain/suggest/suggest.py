"""Suggesting macros, categories and SOPs for a mail, by the words of the macro files and by learning."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from math import inf, sqrt

from deskterm.domain.orders.order import Order
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.order_needs import fits
from deskterm.domain.sops.sop import Sop
from deskterm.domain.suggest.disputes import is_dispute
from deskterm.domain.suggest.features import features
from deskterm.domain.suggest.find_questions import also_asked
from deskterm.domain.suggest.further_questions import AskKind
from deskterm.domain.suggest.learner import NONE, Learner
from deskterm.domain.suggest.offer import Abstention, Offer
from deskterm.domain.suggest.phrases import PhraseIndex
from deskterm.domain.suggest.thanks import is_thanks, sounds_thankful
from deskterm.domain.ticket_work.subjects import is_answer
from deskterm.value_class import dataclass

_SURE = 2
_PHRASES, _MANY_POINTS = 0.1, 8  # what phrases in the mail add at most, and at how many points
_CATEGORY = 0.05  # for the right category
_MET, _FEW_NEEDS = 0.02, 2  # for each need that the order meets, up to so many
_NO_ORDER = 0.1  # subtracted from a macro that needs an order if there is none
_EVIDENCE = 0.9  # divided by the root of a mail's length: the score that a macro without phrases needs
_ANY_DAY = date(2000, 1, 1)  # for finding questions the day does not matter


def category(text: str, subject: str, playbook: Playbook) -> str:
    """The category with the most points for a customer's words; "" if none has enough or two are equal."""
    return categories(playbook)(text, subject)


def categories(playbook: Playbook) -> Callable[[str, str], str]:
    """`category` as a function of text and subject, for many mails."""
    return partial(_category, _by_category(_macro_words(playbook)))


def _category(words: PhraseIndex, text: str, subject: str) -> str:
    points = words.points(text, subject)
    best = sorted(points.items(), key=lambda pair: -pair[1])[:2]
    if not best or best[0][1] < _SURE or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def rank_macros(text: str, category: str, playbook: Playbook, order: Order | None = None) -> list[str]:
    """The ids of all macros, best first: by category, matching words, then title.

    Macros that are not true for the order come last. `order` is None if none is known.
    """
    points = _by_id(_macro_words(playbook)).points(text)

    def place(id_: str) -> tuple[bool, bool, int, str]:
        macro = playbook.macros[id_]
        of_category = bool(category) and macro.category == category
        return not fits(macro.needs, order), not of_category, -points.get(id_, 0), macro.title.casefold()

    return sorted(playbook.macros, key=place)


READ_IT = "read-it"  # the macro that only says that the mail was read, which answers nothing
THANKS = "thanks"  # the category of the macros that answer a thank-you


@dataclass(frozen=True, slots=True)
class Request:
    """The customer's newest mail, and what is known about it.

    `words` are the mail's own words, `subject` is "" if it is about an earlier matter. `sent` are the ids
    of the macros already sent on this ticket. `disputed`: the ticket is a dispute. `language` is the
    mail's, "" if not certain. `orderless`: no order of the customer is known.
    """

    words: str
    subject: str = ""
    category: str = ""
    sent: frozenset[str] = frozenset()
    disputed: bool = False
    language: str = ""
    orderless: bool = False

    @property
    def text(self) -> str:
        """Subject and words in the form that is learned from."""
        return question_text(self.subject, self.words)


def question_text(subject: str, words: str) -> str:
    """A mail in the form that is learned from: its words, and its subject unless that is of an answer."""
    return words if is_answer(subject) else f"{subject}\n{words}"


def offer_answers(
    request: Request,
    playbook: Playbook,
    order: Order | None = None,
    learner: Learner | None = None,
    sure_from: float = inf,
) -> Offer:
    """The macros to suggest for a mail, by what was learned and by the words of their files.

    There are none for a dispute: there the SOP helps, and a ready apology does harm. Thanks get thanks.
    Macros that were already sent on this ticket, are not in the customer's language or are not true for the
    order are not suggested. The first one is highlighted only if its lead is at least `sure_from`.
    """
    if request.disputed:
        return Offer(why=Abstention.DISPUTE)
    if is_thanks(request.words) or (sounds_thankful(request.words) and not _names_matter(request, playbook)):
        thanks = (id_ for id_, macro in playbook.macros.items() if macro.category == THANKS)
        return Offer(tuple(id_ for id_ in thanks if id_ not in request.sent), why=Abstention.THANKS)
    points = _weigh_order(points_of(request, playbook, learner), request, playbook, order)
    found = _eligible(points, request, playbook, order)
    spoken = [id_ for id_ in found if speaks(playbook.macros[id_], request.language)]
    if not spoken:
        return Offer(why=Abstention.LANGUAGE if found else Abstention.UNSURE)
    margin = lead(points, spoken[0])
    why = Abstention.NONE if margin >= sure_from else Abstention.UNSURE
    asked = _asks_besides(request, playbook.macros[spoken[0]])
    if asked:
        why = Abstention.QUESTIONS
        second = _answer_besides(asked, spoken[0], request, playbook, order, learner)
        spoken = [*dict.fromkeys((spoken[0], *second, *spoken))]
    return Offer(tuple(spoken), why is Abstention.NONE, why, margin)


def _names_matter(request: Request, playbook: Playbook) -> bool:
    """Whether words of a macro that does not answer thanks stand in a mail."""
    macro_points = _by_id(_macro_words(playbook)).points(request.words)
    return any(playbook.macros[id_].category != THANKS for id_ in macro_points)


def points_of(request: Request, playbook: Playbook, learner: Learner | None = None) -> dict[str, float]:
    """The score of each macro for a mail, and of an answer by hand (`NONE`)."""
    text, macros = request.text, playbook.macros
    learner = learner or learner_of(playbook)
    points = {id_: value for id_, value in learner.scores(text).items() if id_ in macros or id_ == NONE}
    for id_, found in _by_id(_macro_words(playbook)).points(text).items():
        points[id_] = points.get(id_, 0.0) + _PHRASES * min(found / _MANY_POINTS, 1.0)
    for id_, macro in macros.items():
        if request.category and macro.category == request.category:
            points[id_] = points.get(id_, 0.0) + _CATEGORY
    return points


def _weigh_order(
    points: dict[str, float], request: Request, playbook: Playbook, order: Order | None
) -> dict[str, float]:
    """Raise the scores of macros whose needs the order meets; lower those about an order if there is none."""
    if order is not None:
        more = {id_: _MET * min(len(macro.needs), _FEW_NEEDS) for id_, macro in playbook.macros.items()}
    elif request.orderless:
        more = {
            id_: -_NO_ORDER if macro.needs else -_NO_ORDER / 2
            for id_, macro in playbook.macros.items()
            if macro.speaks_of_order
        }
    else:
        return points
    return {id_: value + more.get(id_, 0.0) for id_, value in points.items()}


def lead(points: Mapping[str, float], first: str) -> float:
    """The lead of `first` over the next best, including an answer by hand."""
    return points[first] - max((value for id_, value in points.items() if id_ != first), default=0.0)


def learner_of(playbook: Playbook) -> Learner:
    """A learner that knows only the words of the macro files."""
    return _learner_of_words(tuple((id_, macro.sample_texts) for id_, macro in playbook.macros.items()))


def _eligible(
    points: Mapping[str, float], request: Request, playbook: Playbook, order: Order | None
) -> list[str]:
    """The macros that may be suggested, best first."""
    macro_points = _by_id(_macro_words(playbook)).points(request.text)
    by_hand = points.get(NONE, 0.0)
    least = _EVIDENCE / sqrt(
        max(len(features(request.text)), 1)
    )  # the longer a mail, the less each word adds

    def stands(id_: str, value: float) -> bool:
        macro = playbook.macros[id_]
        of_category = bool(request.category) and macro.category == request.category
        spoken_for = id_ in macro_points or of_category or value >= least
        other = id_ in (READ_IT, *request.sent) or macro.category == THANKS  # those answer bare thanks alone
        fit = not other and fits(macro.needs, order)
        return fit and spoken_for and value > by_hand

    found = [id_ for id_, value in points.items() if id_ != NONE and stands(id_, value)]
    return sorted(found, key=lambda id_: (-points[id_], playbook.macros[id_].title.casefold()))


def speaks(macro: Macro, language: str) -> bool:
    """Whether a macro has a text in a language; True if one of the two languages is not certain."""
    if not language or macro.language_for(language):
        return True
    return _language_of(macro.body) in ("", language)


def _asks_besides(request: Request, macro: Macro) -> list[str]:
    """The mail's further questions that a macro does not answer, in the customer's words."""
    asks = also_asked(request.words, _ANY_DAY, macro.words, macro.asks)
    return [ask.words for ask in asks if ask.kind is AskKind.QUESTION]


def _answer_besides(  # noqa: PLR0917 - what an offer is made from
    asked: list[str],
    first: str,
    request: Request,
    playbook: Playbook,
    order: Order | None,
    learner: Learner | None,
) -> list[str]:
    """The macro for a further question of the mail, judged by that question alone; empty if none fits.

    One sentence is not much evidence, so it must have words of the macro's file.
    """
    for words in asked:
        macro_points = _by_id(_macro_words(playbook)).points(words)
        other = replace(request, words=words, subject="", category=category(words, "", playbook))
        points = _weigh_order(points_of(other, playbook, learner), other, playbook, order)
        for id_ in _eligible(points, other, playbook, order):
            if id_ != first and id_ in macro_points and speaks(playbook.macros[id_], request.language):
                return [id_]
    return []


def sop_for(category: str, text: str, playbook: Playbook) -> Sop | None:
    """The SOP of a category whose words fit best; without a category, one whose words fit well enough.

    Among equals, the one wins whose steps use the macro that fits the text.
    """
    words = tuple((sop.id, "", sop.words) for sop in playbook.sops.values())
    points = _by_id(words).points(text)
    fitting = [sop for sop in playbook.sops.values() if category and category in sop.categories]
    if not fitting:
        fitting = [sop for sop in playbook.sops.values() if not category and points.get(sop.id, 0) >= _SURE]
    macro_points = _by_id(_macro_words(playbook)).points(text)

    def place(sop: Sop) -> tuple[int, int, int, str]:
        of_macros = max((macro_points.get(step.macro, 0) for step in sop.steps if step.macro), default=0)
        return -points.get(sop.id, 0), -of_macros, len(sop.categories), sop.id

    return min(fitting, key=place, default=None)


def sop_for_dispute(playbook: Playbook) -> Sop | None:
    """The SOP for disputes: the one with most words about them, else one with a step about them."""
    places = [
        (-sum(map(is_dispute, sop.words)), sop.id, sop)
        for sop in playbook.sops.values()
        if any(map(is_dispute, (sop.title, sop.intro, *sop.words, *(step.text for step in sop.steps))))
    ]
    return min(places, default=(0, "", None))[2]


_Listed = tuple[tuple[str, str, tuple[str, ...]], ...]


def _macro_words(playbook: Playbook) -> _Listed:
    return tuple((macro.id, macro.category, macro.words) for macro in playbook.macros.values())


@lru_cache(maxsize=4)
def _by_category(listed: _Listed) -> PhraseIndex:
    return PhraseIndex({(category, phrase) for _, category, words in listed if category for phrase in words})


@lru_cache(maxsize=4)
def _by_id(listed: _Listed) -> PhraseIndex:
    return PhraseIndex({(id_, phrase) for id_, _, words in listed for phrase in words})


@lru_cache(maxsize=4)
def _learner_of_words(words: tuple[tuple[str, tuple[str, ...]], ...]) -> Learner:
    return Learner(dict(words))


@lru_cache(maxsize=256)
def _language_of(body: str) -> str:
    return language_of(body)
