"""Learns from a reply that goes out, and unlearns it if it is taken back."""

from collections.abc import Mapping

from deskterm.desk.shop import DeskContext
from deskterm.domain.review.replies import Draft
from deskterm.domain.suggest.learner import NONE
from deskterm.domain.suggest.origin import Origins, keeps_macro
from deskterm.domain.suggest.suggest import READ_IT
from deskterm.domain.suggest.trust import OfferOutcome
from deskterm.storage.answers import lessons, offers
from deskterm.storage.answers.lessons import Taught
from deskterm.storage.schema.database import Tx


def teach_reply(tx: Tx, shop: DeskContext, draft: Draft, filled: str, now: int) -> None:
    """Learn from a draft that goes out: `filled` is its macro's text, empty if it was written by hand.

    An answer that keeps less than half of its macro's words counts as the owner's own.
    """
    if draft.answers is None:
        return
    kept = offers.find(tx, draft.ticket_id)
    asked = kept is not None and kept.question == draft.answers
    guess = kept.offer.macros[0] if kept and asked and kept.offer.macros else ""
    label = _label(shop, draft, filled)
    outcome = _outcome(draft, guess, label, filled) if guess else OfferOutcome.NONE_OFFERED
    margin = kept.offer.margin if kept and guess else 0.0
    lessons.put(tx, [Taught(draft.answers, label, now, guess, margin, outcome)])
    offers.drop(tx, [draft.ticket_id])
    shop.learned_answers.made.pop(draft.ticket_id, None)


def unteach_reply(tx: Tx, draft: Draft, queued: Mapping[str, object]) -> None:
    """Forget what a reply that was taken back taught, and restore what an earlier answer had taught.

    `queued` is what the event of its sending holds.
    """
    if draft.answers is None:
        return
    lessons.remove(tx, draft.answers)
    if isinstance(before := queued.get("taught"), list):
        lessons.put(tx, [lessons.taught_from(before)])


def _label(shop: DeskContext, draft: Draft, filled: str) -> str:
    if draft.macro == READ_IT:
        return NONE
    if draft.macro:
        return draft.macro if keeps_macro(draft.body, filled) else NONE
    return Origins(shop.playbook.current().macros.values()).macro_of(draft.body)


def _outcome(draft: Draft, guess: str, label: str, filled: str) -> OfferOutcome:
    if label != guess:
        return OfferOutcome.REFUSED
    return OfferOutcome.TAKEN if filled.strip() in draft.body else OfferOutcome.EDITED
