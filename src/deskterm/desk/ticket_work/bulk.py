"""One macro to many tickets: filled per customer and order, judged like any reply, sent as one action."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from deskterm.desk.answers.teaching import teach_reply
from deskterm.desk.products.letters import choose_wait
from deskterm.desk.reply import review as reviewing
from deskterm.desk.reply import text as writing
from deskterm.desk.reply.drafting import new_draft
from deskterm.desk.reply.follow_up import queue_with_follow_up
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.request import customer_language
from deskterm.desk.reply.sending import When
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Macro
from deskterm.domain.review.replies import Concern, Draft, Level, Review
from deskterm.domain.suggest.suggest import THANKS
from deskterm.domain.suggest.thanks import is_thanks
from deskterm.domain.ticket_work.bulk import BulkLetter, LetterAbout, in_order
from deskterm.domain.tickets import Status
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import orders, tickets
from deskterm.storage.read_once import reading_once
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx

NOTHING_SETTLED: Mapping[int, LetterAbout] = MappingProxyType({})
_MINUTE = 60  # seconds
_BEGUN = Concern(Level.RED, "It already has a draft: send or discard that first.")
_TWICE = Concern(Level.RED, "The customer gets this letter for another of their tickets; merge them.")


class Bulk:
    """Many letters at once. Nothing is saved until they are sent."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def fill(
        self,
        ids: tuple[int, ...],
        macro_id: str,
        now: int,
        claims: tuple[str, ...] = (),
        about: Mapping[int, LetterAbout] = NOTHING_SETTLED,
    ) -> tuple[BulkLetter, ...]:
        """A letter for each ticket, those with warnings first; `claims` are what the owner has confirmed.

        `about` has what is already decided about a ticket's letter. Raises NotFound for an unknown macro.
        """
        macro = writing.macro_called(self._shop, macro_id)
        letters: list[BulkLetter] = []
        reached: set[str] = set()
        with self._shop.db.read() as tx, reading_once():
            for ticket_id in dict.fromkeys(tickets.root(tx, one) for one in ids):
                letter = self._letter(tx, ticket_id, macro, claims, now, about.get(ticket_id))
                people = {one.key for one in letter.draft.to}
                if people & reached:
                    letter = replace(letter, concerns=(_TWICE, *letter.concerns))
                reached |= people
                letters.append(letter)
        return in_order(letters)

    def review(self, letter: BulkLetter, now: int) -> Review:
        """A letter's review."""
        with self._shop.db.read() as tx:
            return reviewing.review_of(tx, self._shop, load_context(tx, letter.ticket_id), letter.draft, now)

    def send(self, letters: Iterable[BulkLetter], now: int) -> Done:
        """Queue the letters as one action, which undo takes back whole; says which were not sent and why.

        They go out one after the other, as many per minute as the owner's provider accepts. Each is judged
        again: one whose customer has written since, or that has got worse, is not sent. NotNow if none can
        go.
        """
        action = 0
        went: list[int] = []
        stayed: list[str] = []
        with self._shop.db.write() as tx:
            for letter in letters:
                why = self._why_not(tx, letter, now)
                if why:
                    stayed.append(f"T{letter.ticket_id}: {why}")
                    continue
                drafts.save(tx, letter.draft, now)
                review = reviewing.review_draft(tx, self._shop, letter.ticket_id, now)
                text = writing.remove_sign_off(letter.draft.body, self._shop.settings.shop)
                when = When(pause=len(went) * _MINUTE // self._shop.settings.letters_per_minute, many=True)
                action = queue_with_follow_up(tx, self._shop, review, now, when, text, action=action)
                teach_reply(tx, self._shop, letter.draft, text, now)
                went.append(letter.ticket_id)
        if not went:
            raise NotNow(f"No reply was sent. {' '.join(stayed)}".strip())
        goes = "1 reply goes" if len(went) == 1 else f"{len(went)} replies go"
        pace = self._shop.settings.letters_per_minute
        slowly = f", {pace} a minute" if len(went) > pace else ""
        words = [
            f"{goes} out in {self._shop.settings.undo_seconds} s{slowly}",
            *[", ".join(stayed)][: len(stayed)],
        ]
        return Done("; not sent: ".join(words), action, tuple(went))

    def _letter(  # noqa: PLR0917 - what a letter is made from
        self,
        tx: Tx,
        ticket_id: int,
        macro: Macro,
        claims: tuple[str, ...],
        now: int,
        about: LetterAbout | None = None,
    ) -> BulkLetter:
        at = load_context(tx, ticket_id)
        order, doubt = _settled_order(tx, about) if about else _best_order(tx, at, macro)
        draft = replace(
            _begin(self._shop, at, about),
            macro=macro.id,
            order_id=order.id if order else None,
            claims_ticked=tuple(one for one in macro.claims if one in claims),
            after=macro.effects.status or Status.WAITING,
            wait_id=choose_wait(tx, macro, ticket_id),
        )
        draft = replace(draft, attachments=writing.files_of(self._shop, macro, draft.given))
        filled = writing.fill_for(tx, self._shop, macro, at, draft, order, now)
        store = self._shop.settings.shop
        body = writing.with_macro(draft.body, filled.text, "", store, customer_language(at))
        draft = replace(draft, body=body)
        other = _other_matter(at, macro)
        begun = (_BEGUN,) if drafts.find(tx, ticket_id) is not None else ()
        found = reviewing.concerns_about(tx, self._shop, at, draft, now, filled)
        name, mark = at.customer.display_name, order.mark if order else ""
        return BulkLetter(
            draft, name, mark, (*begun, *other, *doubt, *found), reviewing.mail_stamp(at.messages)
        )

    def _why_not(self, tx: Tx, letter: BulkLetter, now: int) -> str:
        """Why a letter is not sent; empty if it can be."""
        at = load_context(tx, letter.ticket_id)
        if drafts.find(tx, letter.ticket_id) is not None:
            return _BEGUN.words
        if reviewing.mail_stamp(at.messages) != letter.seen:
            return "the customer has written meanwhile"
        found = reviewing.concerns_about(tx, self._shop, at, letter.draft, now)
        graver = [one.words for one in found if one.level > letter.level]
        return " ".join(graver)


def _begin(shop: DeskContext, at: TicketContext, about: LetterAbout | None) -> Draft:
    """An empty letter; if nobody has written yet, to the named customer."""
    draft = new_draft(shop, at)
    if about is None:
        return draft
    draft = replace(draft, given=about.given, incident=about.incident)
    return draft if at.messages else replace(draft, to=(about.to,), subject=at.ticket.subject)


def _settled_order(tx: Tx, about: LetterAbout) -> tuple[Order | None, tuple[Concern, ...]]:
    return orders.get(tx, about.order_id), about.concerns


def _other_matter(at: TicketContext, macro: Macro) -> tuple[Concern, ...]:
    """A warning if the ticket is about something else than the macro."""
    about = at.ticket.category
    if not about or not macro.category or about == macro.category:
        return ()
    if macro.category == THANKS and at.question and is_thanks(at.question.own_words):
        return ()  # the newest mail only says thank you
    return (Concern(Level.AMBER, f"The ticket is about {about}, the macro about {macro.category}."),)


def _best_order(tx: Tx, at: TicketContext, macro: Macro) -> tuple[Order | None, tuple[Concern, ...]]:
    """The order a letter is about, with a warning if others fit as well."""
    if not writing.speaks_of_order(macro):
        return None, ()
    found = options(tx, at)
    certain = [one for one in found if one.certain]
    best = next((one.order for one in certain or found), None)
    if best is None or len(found) == 1 or len(certain) == 1:
        return best, ()
    words = f"{len(found)} orders fit: this letter is about {best.mark}."
    return best, (Concern(Level.AMBER, words),)
