"""Writes the letters that rules want: a draft, or one that goes by itself if its review is green.

A rule runs in one transaction as the mail arrives; its letter is written here in another. If the program dies
between the two, the letter is still wanted; if it dies during the second, nothing of it is left.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from deskterm.desk.reply import drafting
from deskterm.desk.reply import review as reviewing
from deskterm.desk.reply.automatic import queue_automatic
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.text import macro_called
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.rules.letter_facts import read_asked
from deskterm.desk.rules.quiet import look_at_clock, sending_moment
from deskterm.desk.rules.rules import Rules
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.messages import Direction, Message
from deskterm.domain.review.replies import Draft, Level, Review
from deskterm.domain.rules.letters import LetterEnding, LetterKind, reason_not_to_send
from deskterm.domain.rules.rule import RulesRead
from deskterm.domain.tickets import Status, View
from deskterm.errors import DesktermError, StorageError
from deskterm.storage import events
from deskterm.storage.mail import aliases
from deskterm.storage.replies import drafts
from deskterm.storage.rules import letters
from deskterm.storage.rules.letters import OpenLetter
from deskterm.storage.schema.database import Tx

_AT_ONCE = 20  # letters per call


class RuleLetters:
    """The letters rules want, each written once."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop, self._rules = shop, Rules(shop)

    def carry_out(self, now: int) -> Mapping[LetterEnding, int]:
        """Write the wanted letters; gives how many had which outcome. Does nothing on a read-only desk."""
        if self._shop.db.read_only:
            return {}
        look_at_clock(self._shop.db, now)
        with self._shop.db.read() as tx:
            wanted = letters.open_letters(tx, _AT_ONCE)
        found = self._rules.read(now) if wanted else RulesRead()
        endings = (self._carry_out(one, found, now) for one in wanted)
        return Counter(ending for ending in endings if ending is not None)

    def _carry_out(self, wanted: OpenLetter, rules: RulesRead, now: int) -> LetterEnding | None:
        """Write one letter and its outcome in one transaction."""
        try:
            with self._shop.db.write() as tx:
                if not letters.is_open(tx, wanted.id):
                    return None
                return self._note(tx, wanted, self._write(tx, wanted, rules, now), now)
        except StorageError:  # no room, or another program is writing: still wanted
            raise
        except DesktermError:  # this one cannot be written; go on with the others
            with self._shop.db.write() as tx:
                return self._note(tx, wanted, LetterEnding.NO_MACRO, now)

    def _note(self, tx: Tx, wanted: OpenLetter, ending: LetterEnding, now: int) -> LetterEnding:
        letters.end(tx, wanted.id, ending, now)
        value = {"rule": wanted.rule, "macro": wanted.letter.macro, "ending": str(ending)}
        action = events.new_action(tx)
        ticket = load_context(tx, wanted.ticket_id).ticket.id
        events.add(tx, action, ticket, now, By.RULE, What.LETTER, None, value)
        return ending

    def _write(self, tx: Tx, wanted: OpenLetter, rules: RulesRead, now: int) -> LetterEnding:
        at = load_context(tx, wanted.ticket_id)
        mail = next((one for one in at.messages if one.id == wanted.message_id), None)
        if mail is None or _has_moved_on(at, mail):
            return LetterEnding.MOVED_ON
        if not events.stands(tx, wanted.action):
            return LetterEnding.TAKEN_BACK
        if at.ticket.view is not View.CUSTOMERS or at.ticket.status is Status.SPAM:
            return LetterEnding.ASIDE
        return self._write_to(tx, wanted, rules, at, mail, now)

    def _write_to(  # noqa: PLR0917 - what a letter is made from
        self, tx: Tx, wanted: OpenLetter, rules: RulesRead, at: TicketContext, mail: Message, now: int
    ) -> LetterEnding:
        kind = wanted.letter.kind
        stops = self._reason_not_to_send(tx, rules, mail, now)
        if stops is LetterEnding.DISPUTE or (kind is LetterKind.ACKNOWLEDGE and stops):
            return stops
        if kind is not LetterKind.ACKNOWLEDGE and drafts.find(tx, at.ticket.id):
            return LetterEnding.HAS_DRAFT
        draft = self._fill(tx, wanted, at, now)
        goes = draft if kind is LetterKind.DRAFT else _to_writer_alone(draft)
        answers = kind is not LetterKind.ACKNOWLEDGE
        review = reviewing.review_of(tx, self._shop, at, goes, now, answers=answers)
        if stops is None:
            stops = _reason_to_wait(kind, review, sends=rules.sending)
        if stops is None:
            self._send(tx, wanted, review, now)
            return LetterEnding.SENT
        if kind is LetterKind.ACKNOWLEDGE:
            return stops
        return self._keep(tx, wanted, draft, LetterEnding.DRAFTED if kind is LetterKind.DRAFT else stops, now)

    def _reason_not_to_send(self, tx: Tx, rules: RulesRead, mail: Message, now: int) -> LetterEnding | None:
        asked = replace(
            read_asked(tx, self._shop, mail),
            sent_to_address=letters.number_sent_to(tx, mail.sender.address, now),
            sent_today=letters.number_sent(tx, now),
        )
        return reason_not_to_send(asked, sending_moment(tx, now), rules.caps)

    def _fill(self, tx: Tx, wanted: OpenLetter, at: TicketContext, now: int) -> Draft:
        """The letter as an unsaved draft, about the best order, as for a person."""
        macro = macro_called(self._shop, wanted.letter.macro)
        best = next(iter(options(tx, at)), None) if macro.speaks_of_order else None
        new = drafting.new_draft(self._shop, at, aliases.known_aliases(tx))
        order = best.order.id if best else None
        return drafting.with_macro(tx, self._shop, new, macro, order, now)

    def _keep(self, tx: Tx, wanted: OpenLetter, draft: Draft, ending: LetterEnding, now: int) -> LetterEnding:
        kept = drafts.save(tx, draft, now)
        text = drafts.to_text(kept)
        events.add(tx, wanted.action, kept.ticket_id, now, By.RULE, What.DRAFT, None, text)
        return ending

    def _send(self, tx: Tx, wanted: OpenLetter, review: Review, now: int) -> None:
        """Queue it like any reply; it can be brought back."""
        kind = wanted.letter.kind
        queue_automatic(tx, self._shop, review, now, kind, wanted.action)


def _to_writer_alone(draft: Draft) -> Draft:
    """The letter to the writer alone: people in copy did not ask for an automatic answer (RFC 3834, 4)."""
    return replace(draft, cc=(), bcc=())


def _has_moved_on(at: TicketContext, mail: Message) -> bool:
    """Whether anyone, the customer or we, has written on the ticket since the mail."""
    return any(
        one.human and one.direction is not Direction.NOTE and (one.at, one.id) > (mail.at, mail.id)
        for one in at.messages
    )


def _reason_to_wait(kind: LetterKind, review: Review, *, sends: bool) -> LetterEnding | None:
    """Why a letter that may go does not go by itself after all."""
    if kind is LetterKind.DRAFT:
        return LetterEnding.DRAFTED
    if review.level is not Level.GREEN or (review.order is not None and not review.order.certain):
        return LetterEnding.AMBER
    return None if sends or kind is LetterKind.ACKNOWLEDGE else LetterEnding.SWITCHED_OFF
