"""What a mail is about, guessed from the words of the macro files: simple, linear, explainable.

The category with the most points wins, if it leads.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from math import inf, sqrt

from deskterm.domain.orders.order import Order
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Macro, Playbook, Sop
from deskterm.domain.review.letter import base_subject
from deskterm.domain.review.order_needs import fits
from deskterm.domain.suggest.ask import AskKind
from deskterm.domain.suggest.asked import also_asked
from deskterm.domain.suggest.features import features
from deskterm.domain.suggest.learner import NONE, Learner
from deskterm.domain.suggest.matters import is_dispute
from deskterm.domain.suggest.offer import Abstention, Offer
from deskterm.domain.suggest.phrases import PhraseIndex
from deskterm.domain.suggest.thanks import is_thanks
from deskterm.value_class import dataclass

_SURE = 2
_PHRASES, _MANY_POINTS = 0.1, 8  # what phrases that stand in the mail add at most, and at how many points
_CATEGORY = 0.05
_MET, _FEW_NEEDS = 0.02, 2  # for each need that the order meets, of so many
_NO_ORDER = 0.1  # against a macro that needs an order, where there is none
_EVIDENCE = 0.9  # points by the root of a mail's length: a macro that no phrase speaks for needs so many
_ANY_DAY = date(2000, 1, 1)  # asked of for its questions, a mail has no day


def category(text: str, subject: str, playbook: Playbook) -> str:
    """The category a customer's own words speak for, '' when none does or two do alike."""
    return categories(playbook)(text, subject)


def categories(playbook: Playbook) -> Callable[[str, str], str]:
    """`category` for many texts and subjects."""
    return partial(_category, _by_category(_macro_words(playbook)))


def _category(words: PhraseIndex, text: str, subject: str) -> str:
    points = words.points(text, subject)
    best = sorted(points.items(), key=lambda pair: -pair[1])[:2]
    if not best or best[0][1] < _SURE or (len(best) > 1 and best[0][1] == best[1][1]):
        return ""
    return best[0][0]


def rank_macros(text: str, category: str, playbook: Playbook, order: Order | None = None) -> list[str]:
    """All macros' ids, best first: the category, the words that fit, then the title.

    Those that are not true of the order (None: none is known) come last.
    """
    points = _by_id(_macro_words(playbook)).points(text)

    def place(id_: str) -> tuple[bool, bool, int, str]:
        macro = playbook.macros[id_]
        of_category = bool(category) and macro.category == category
        return not fits(macro.needs, order), not of_category, -points.get(id_, 0), macro.title.casefold()

    return sorted(playbook.macros, key=place)


READ_IT = "read-it"  # the macro that says only that the mail was read: it answers nothing
THANKS = "thanks"  # the category of the macros that answer a thank-you


@dataclass(frozen=True, slots=True)
class Request:
    """What the customer has just asked, and what is known of it.

    `words` are those of their newest mail, `subject` is empty where it speaks of an earlier matter. `sent`
    are the ids of the macros that went to this ticket already; `disputed` says that the ticket is a dispute.
    `language` is that of the mail, empty where it is not certain; `orderless` says that no order of theirs is
    known.
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
        """All of it, as it is learned from."""
        return question_text(self.subject, self.words)


def question_text(subject: str, words: str) -> str:
    """A mail as it is learned from: its subject, unless that is only the earlier one's, and its words."""
    return words if base_subject(subject) != subject.strip() else f"{subject}\n{words}"


def offer_answers(
    request: Request,
    playbook: Playbook,
    order: Order | None = None,
    learner: Learner | None = None,
    sure_from: float = inf,
) -> Offer:
    """What to offer for a mail: the macros that the learner and the words of their files speak for.

    None for a dispute: there the SOP helps, and a ready apology does harm. Thanks are answered with thanks.
    What went to this ticket already is not offered again, nor what is not written in the customer's language
    or not true of the order. The first stands out only from the margin `sure_from` on.
    """
    if request.disputed:
        return Offer(why=Abstention.DISPUTE)
    if is_thanks(request.words):
        thanks = (id_ for id_, macro in playbook.macros.items() if macro.category == THANKS)
        return Offer(tuple(id_ for id_ in thanks if id_ not in request.sent), why=Abstention.THANKS)
    points = _weigh_order(points_of(request, playbook, learner), request, playbook, order)
    found = _eligible(points, request, playbook, order)
    spoken = [id_ for id_ in found if _speaks(playbook.macros[id_], request.language)]
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


def points_of(request: Request, playbook: Playbook, learner: Learner | None = None) -> dict[str, float]:
    """How strongly a mail speaks for each macro, and for an answer by hand (`NONE`)."""
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
    """More for a macro whose needs the order meets, less for one that speaks of an order there is not."""
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
    """By how much `first` leads whatever comes next, an answer by hand included."""
    return points[first] - max((value for id_, value in points.items() if id_ != first), default=0.0)


def learner_of(playbook: Playbook) -> Learner:
    """A learner that knows the words of the macro files and nothing else yet."""
    return _learner_of_words(tuple((id_, macro.sample_texts) for id_, macro in playbook.macros.items()))


def _eligible(
    points: Mapping[str, float], request: Request, playbook: Playbook, order: Order | None
) -> list[str]:
    """What something speaks for and nothing against, best first."""
    told = _by_id(_macro_words(playbook)).points(request.text)
    by_hand = points.get(NONE, 0.0)
    least = _EVIDENCE / sqrt(
        max(len(features(request.text)), 1)
    )  # the longer a mail, the less each word adds

    def stands(id_: str, value: float) -> bool:
        macro = playbook.macros[id_]
        of_category = bool(request.category) and macro.category == request.category
        spoken_for = id_ in told or of_category or value >= least
        other = id_ in (READ_IT, *request.sent) or macro.category == THANKS  # those answer bare thanks alone
        fit = not other and fits(macro.needs, order)
        return fit and spoken_for and value > by_hand

    found = [id_ for id_, value in points.items() if id_ != NONE and stands(id_, value)]
    return sorted(found, key=lambda id_: (-points[id_], playbook.macros[id_].title.casefold()))


def _speaks(macro: Macro, language: str) -> bool:
    """Whether a macro has a text in a language; where one of the two is not certain, it may."""
    if not language or macro.language_for(language):
        return True
    return _language_of(macro.body) in ("", language)


def _asks_besides(request: Request, macro: Macro) -> list[str]:
    """What a mail asks besides the matter that a macro answers, in the customer's words."""
    asks = also_asked(request.words, _ANY_DAY, macro.words)
    return [ask.words for ask in asks if ask.kind is AskKind.QUESTION]


def _answer_besides(  # noqa: PLR0917 - what an offer is made from
    asked: list[str],
    first: str,
    request: Request,
    playbook: Playbook,
    order: Order | None,
    learner: Learner | None,
) -> list[str]:
    """The macro for the other question of a mail, judged by that question alone; empty where none fits.

    One sentence is little to learn from: words of the macro's own must stand in it.
    """
    for words in asked:
        told = _by_id(_macro_words(playbook)).points(words)
        other = replace(request, words=words, subject="", category=category(words, "", playbook))
        points = _weigh_order(points_of(other, playbook, learner), other, playbook, order)
        for id_ in _eligible(points, other, playbook, order):
            if id_ != first and id_ in told and _speaks(playbook.macros[id_], request.language):
                return [id_]
    return []


def sop_for(category: str, text: str, playbook: Playbook) -> Sop | None:
    """The SOP of that category whose words fit best; without a category, one whose words do fit.

    Among those that fit alike the one counts whose steps take the macro that the text speaks for.
    """
    words = tuple((sop.id, "", sop.words) for sop in playbook.sops.values())
    points = _by_id(words).points(text)
    fitting = [sop for sop in playbook.sops.values() if category and category in sop.categories]
    if not fitting:
        fitting = [sop for sop in playbook.sops.values() if not category and points.get(sop.id, 0) >= _SURE]
    told = _by_id(_macro_words(playbook)).points(text)

    def place(sop: Sop) -> tuple[int, int, int, str]:
        of_macros = max((told.get(step.macro, 0) for step in sop.steps if step.macro), default=0)
        return -points.get(sop.id, 0), -of_macros, len(sop.categories), sop.id

    return min(fitting, key=place, default=None)


def sop_for_dispute(playbook: Playbook) -> Sop | None:
    """The SOP that speaks of disputes: most of its words are about them, else one of its steps is."""
    told = [
        (-sum(map(is_dispute, sop.words)), sop.id, sop)
        for sop in playbook.sops.values()
        if any(map(is_dispute, (sop.title, sop.intro, *sop.words, *(step.text for step in sop.steps))))
    ]
    return min(told, default=(0, "", None))[2]


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
def _learner_of_words(told: tuple[tuple[str, tuple[str, ...]], ...]) -> Learner:
    return Learner(dict(told))


@lru_cache(maxsize=256)
def _language_of(body: str) -> str:
    return language_of(body)
