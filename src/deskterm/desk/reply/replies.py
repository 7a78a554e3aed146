"""A reply, from its first word to the outbox."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from deskterm.desk.action_words import describe_action, marks, sentence
from deskterm.desk.answers.teaching import teach_reply
from deskterm.desk.reply import drafting, sending
from deskterm.desk.reply import review as reviewing
from deskterm.desk.reply import text as writing
from deskterm.desk.reply.also_answers import other_tickets, toggle
from deskterm.desk.reply.claim_steps import tick_steps, untick_steps
from deskterm.desk.reply.follow_up import queue_with_follow_up
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.sending import AFTER_UNDO, When
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.messages import Address, Cue
from deskterm.domain.review.replies import Draft, Level, OrderOption, OtherTicket, OwnWords, Review
from deskterm.domain.text import block, line
from deskterm.domain.tickets import Status, View
from deskterm.domain.views import Done
from deskterm.errors import NotFound, NotNow, SendStopped
from deskterm.storage import changes, customers, desk_facts, events, tickets
from deskterm.storage.mail import messages
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx

NOTHING_GIVEN: Mapping[str, str] = {}
_FOLDER = "folder of asked files"  # a fact in the database
_FOUND = 6  # people offered for the typed text
_ROUND = (Status.WAITING, Status.SOLVED, Status.HOLD, Status.OPEN)


class Replies:
    """Writing, reviewing and sending. One draft per ticket."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def begin(self, ticket_id: int, _now: int) -> Draft:
        """The ticket's draft, or a new unsaved one to everyone but us; either answers the newest mail."""
        with self._shop.db.read() as tx:
            return drafting.draft_of(tx, self._shop, ticket_id)

    def compose(self, to: Address, subject: str, now: int) -> Draft:
        """A new mail of ours to a customer: a new ticket, with its draft saved."""
        if not to.address or "@" not in to.address:
            raise NotNow(f"{to.address or 'That'} is not a mail address.")
        subject = line(subject).strip()
        with self._shop.db.write() as tx:
            who = customers.upsert(tx, to, now)
            ticket = tickets.create(tx, customer_id=who, subject=subject, at=now, status=Status.WAITING)
            action = events.new_action(tx)
            events.add(tx, action, ticket, now, By.OWNER, What.CREATED, None, subject)
            draft = replace(drafting.draft_of(tx, self._shop, ticket), to=(to,), subject=subject)
            return drafts.save(tx, draft, now)

    def find_people(self, words: str) -> tuple[Address, ...]:
        """Whom a new mail may be for: customers and buyers by name, address or order number."""
        with self._shop.db.read() as tx:
            return tuple(customers.find_people(tx, words.strip(), _FOUND)) if words.strip() else ()

    def customer_of(self, ticket_id: int) -> Address:
        """The customer of a ticket, as a recipient. Raises NotFound."""
        with self._shop.db.read() as tx:
            who = load_context(tx, ticket_id).customer
        return Address(who.name, next(iter(who.addresses), ""))

    def orders_for(self, ticket_id: int, macro_id: str = "") -> tuple[OrderOption, ...]:
        """The orders a reply may be about, best first; if there are several and none is certain, ask.

        Empty for a macro that is not about an order.
        """
        macro = self._shop.playbook.current().macros.get(macro_id)
        if macro is not None and not writing.speaks_of_order(macro):
            return ()
        with self._shop.db.read() as tx:
            return options(tx, load_context(tx, ticket_id))

    def questions(self, macro_id: str) -> tuple[str, ...]:
        """What a macro asks the owner for, in any of its languages, before it can be filled."""
        return writing.questions_of(writing.macro_called(self._shop, macro_id))

    def file_folder(self) -> Path:
        """The folder of the last file a macro asked for, else the owner's home."""
        with self._shop.db.read() as tx:
            last = desk_facts.get_fact(tx, _FOLDER)
        return Path(last) if last and Path(last).is_dir() else Path.home()

    def own_words(self, ticket_id: int, now: int) -> str:
        """The draft's text besides its macro's text and the signature; empty without a draft."""
        with self._shop.db.read() as tx:
            draft = drafting.draft_of(tx, self._shop, ticket_id)
            before = drafting.text_before(tx, self._shop, draft, now)
        return writing.own_words(draft.body, before, self._shop.settings.shop)

    def take(
        self,
        ticket_id: int,
        macro_id: str,
        order_id: int | None,
        now: int,
        given: Mapping[str, str] = NOTHING_GIVEN,
        *,
        own_words: OwnWords = OwnWords.KEEP,
        wait_id: int | None = None,
    ) -> Draft:
        """Fill a macro into the ticket's draft and save it; own words already there are kept or replaced.

        `order_id` None uses the best order of `orders_for`; `wait_id` is the back-in-stock entry the letter
        is about. Missing values stand in the body as `[order.number?]`. `given` answers the macro's
        questions, and names the files it asks for by their entry in `attach`.
        """
        macro = writing.macro_called(self._shop, macro_id)
        with self._shop.db.write() as tx:
            draft = drafting.draft_of(tx, self._shop, ticket_id)
            draft = replace(draft, given=tuple((dict(draft.given) | dict(given)).items()))
            if order_id is None and writing.speaks_of_order(macro):
                best = next(iter(options(tx, load_context(tx, ticket_id))), None)
                order_id = best.order.id if best else None
            if own_words is OwnWords.REPLACE:
                draft = replace(draft, body="", macro="")
            for one in macro.asked_files:
                if one in given:
                    desk_facts.set_fact(tx, _FOLDER, str(Path(given[one]).parent))
            filled = drafting.with_macro(tx, self._shop, draft, macro, order_id, now, wait_id)
            return drafts.save(tx, filled, now)

    def choose_order(self, ticket_id: int, order_id: int | None, now: int) -> Draft:
        """Use another order: what the macro filled from the old one is filled again."""

        def other(tx: Tx, draft: Draft) -> Draft:
            macro = self._shop.playbook.current().macros.get(draft.macro)
            if macro is None:
                return replace(draft, order_id=order_id, incident=None)
            return drafting.with_macro(tx, self._shop, draft, macro, order_id, now)

        return self._change_draft(ticket_id, now, other)

    def insert(self, draft: Draft, macro_id: str, now: int) -> str:
        """A macro's text filled for that draft, for insertion at the cursor; nothing is saved."""
        macro = writing.macro_called(self._shop, macro_id)
        with self._shop.db.read() as tx:
            text = drafting.fill(tx, self._shop, draft, macro, now).text.strip()
            return writing.beside(text, draft.body)

    def save(self, draft: Draft, now: int) -> Draft:
        """Save the draft as typed. A reply without any words of the owner's is dropped."""
        kept = replace(draft, body=block(draft.body), subject=line(draft.subject))
        empty = not (writing.remove_sign_off(kept.body, self._shop.settings.shop).strip() or kept.attachments)
        with self._shop.db.write() as tx:
            kept = replace(kept, ticket_id=tickets.root(tx, kept.ticket_id))
            if empty and messages.for_ticket(tx, kept.ticket_id):  # a new mail of ours is only its draft
                drafts.delete(tx, kept.ticket_id)
                untick_steps(tx, kept.ticket_id, now, events.new_action(tx))
                return replace(kept, id=0)
            return drafts.save(tx, kept, now)

    def leave(self, taken: Draft) -> None:
        """Drop a draft that is unchanged since `take`: its macro was only looked at."""
        with self._shop.db.write() as tx:
            if drafts.find(tx, taken.ticket_id) == taken:
                drafts.delete(tx, taken.ticket_id)

    def discard(self, ticket_id: int, now: int) -> Done:
        """Discard the draft and the ticks of its claims; undo brings them back."""
        with self._shop.db.write() as tx:
            draft = drafts.get(tx, tickets.root(tx, ticket_id))
            action = events.new_action(tx)
            events.add(tx, action, draft.ticket_id, now, By.OWNER, What.DRAFT, drafts.to_text(draft), None)
            drafts.delete(tx, draft.ticket_id)
            untick_steps(tx, draft.ticket_id, now, action)
            tickets.cue(tx, draft.ticket_id, Cue.HELD_BACK, on=False)
            ticket = tickets.get(tx, draft.ticket_id)
            if ticket.beside is None and not messages.for_ticket(tx, ticket.id):  # ours, never sent
                changes.change(tx, draft.ticket_id, now, By.OWNER, action=action, view=View.TRASH)
            return Done(sentence(describe_action(events.for_action(tx, action))), action, (draft.ticket_id,))

    def tick(self, ticket_id: int, claim: str, now: int) -> Draft:
        """Tick or untick a claim of the draft's macro; its SOP step follows.

        NotFound for a claim the macro does not make.
        """

        def other(tx: Tx, draft: Draft) -> Draft:
            playbook = self._shop.playbook.current()
            macro = playbook.macros.get(draft.macro)
            if macro is None or claim not in macro.claims:
                made = "; ".join(macro.claims) if macro else "none"
                raise NotFound(f"The draft makes no such claim: {claim}.", todo=f"Its claims: {made}.")
            ticked = draft.claims_ticked
            left = tuple(one for one in ticked if one != claim)
            draft = replace(draft, claims_ticked=left if claim in ticked else (*ticked, claim))
            tick_steps(tx, draft, playbook, macro, now)
            return draft

        return self._change_draft(ticket_id, now, other)

    def then(self, ticket_id: int, now: int) -> Draft:
        """Switch to the next status to follow the reply: waiting, solved, on hold, open, and round again."""

        def other(_: Tx, draft: Draft) -> Draft:
            at = _ROUND.index(draft.after) if draft.after in _ROUND else -1
            return replace(draft, after=_ROUND[(at + 1) % len(_ROUND)])

        return self._change_draft(ticket_id, now, other)

    def others(self, draft: Draft) -> tuple[OtherTicket, ...]:
        """The customer's other open tickets, which the draft could answer too."""
        with self._shop.db.read() as tx:
            return other_tickets(tx, load_context(tx, draft.ticket_id), draft)

    def answer_also(self, ticket_id: int, others: Iterable[int], now: int) -> Draft:
        """Let the reply answer further tickets of its customer; if it does already, no longer."""
        return self._change_draft(ticket_id, now, lambda tx, draft: toggle(tx, draft, others))

    def attach(self, ticket_id: int, path: str, now: int) -> Draft:
        """Attach a file (NotFound if it cannot be read); if it is attached, remove it."""
        file = Path(path).expanduser().absolute()
        if not file.is_file():
            raise NotFound(f"There is no file {file}.", safe="The draft was not changed.")

        def other(_: Tx, draft: Draft) -> Draft:
            left = tuple(one for one in draft.attachments if one != str(file))
            taken_off = len(left) < len(draft.attachments)
            return replace(draft, attachments=left if taken_off else (*draft.attachments, str(file)))

        return self._change_draft(ticket_id, now, other)

    def last_macro(self) -> str:
        """The id of the last macro used; empty if none."""
        with self._shop.db.read() as tx:
            last = desk_facts.get_fact(tx, sending.LAST_MACRO)
        return last if last in self._shop.playbook.current().macros else ""

    def review(self, ticket_id: int, now: int, goes: int | None = None) -> Review:
        """The saved draft exactly as it will be sent, with all that speaks against it. NotFound without one.

        `goes` (UTC seconds) is its planned time: what will be untrue then speaks against it.
        """
        with self._shop.db.read() as tx:
            return reviewing.review_draft(tx, self._shop, ticket_id, now, goes)

    def record_stop(self, ticket_id: int, review: Review, now: int) -> None:
        """Count that the review stopped a reply (the figure "Stopped sends")."""
        with self._shop.db.write() as tx:
            _note_stop(tx, tickets.root(tx, ticket_id), review.reasons(Level.GREEN), now)

    def send(
        self, ticket_id: int, review: Review, now: int, confirmed: Level, when: When = AFTER_UNDO
    ) -> Done:
        """Queue the reply; it goes out after the undo seconds, or later according to `when`.

        `confirmed` is AMBER for `Y`, GREEN for `y`. Everything is judged again inside the transaction.
        SendStopped if a mail has come since the review, if the draft is no longer the one reviewed, or if a
        concern is worse than `confirmed`.
        """
        with self._shop.db.write() as tx:
            root = tickets.root(tx, ticket_id)
            if drafts.find(tx, root) is None:
                raise SendStopped(f"T{root} no longer has a draft.", safe="What was sent is in the outbox.")
            fresh = reviewing.review_draft(tx, self._shop, root, now, when.at)
            reasons = _stale(fresh, review) or fresh.reasons(min(confirmed, Level.AMBER))
            if reasons:
                _note_stop(tx, root, reasons, now)
            else:
                macro = self._shop.playbook.current().macros.get(fresh.draft.macro)
                filled = drafting.fill(tx, self._shop, fresh.draft, macro, now).text if macro else ""
                action = queue_with_follow_up(tx, self._shop, fresh, now, when, filled)
                if tickets.get(tx, root).beside is None:  # a mail to a supplier answers no customer
                    teach_reply(tx, self._shop, fresh.draft, filled, now)
        if reasons:  # raised outside the transaction, so that the count is kept
            raise SendStopped(
                "Not sent. " + " ".join(reasons), safe="The draft is kept.", todo="Look at the review again."
            )
        goes = f"in {self._shop.settings.undo_seconds} s"
        if when.at:
            goes = self._shop.formats.ahead(when.at, now) + " unless answered" * when.unless_answered
        return Done(f"Reply to {marks((root, *fresh.also))} goes out {goes}", action, (root,))

    def _change_draft(self, ticket_id: int, now: int, other: Callable[[Tx, Draft], Draft]) -> Draft:
        with self._shop.db.write() as tx:
            draft = drafts.get(tx, tickets.root(tx, ticket_id))
            return drafts.save(tx, other(tx, draft), now)


def _stale(fresh: Review, shown: Review) -> tuple[str, ...]:
    if fresh.has_news_since(shown):
        return ("A new mail has come: read it first.",)
    if replace(fresh.draft, updated_at=0) != replace(shown.draft, updated_at=0):
        return ("The draft is no longer the one that was reviewed.",)
    return ()


def _note_stop(tx: Tx, ticket_id: int, reasons: tuple[str, ...], now: int) -> None:
    events.add(tx, events.new_action(tx), ticket_id, now, By.OWNER, What.STOPPED, None, list(reasons))
