"""Starts a draft, and fills a macro into it."""

from dataclasses import replace

from deskterm.desk.products.letters import choose_wait
from deskterm.desk.reply import recipients
from deskterm.desk.reply import text as writing
from deskterm.desk.reply.claim_steps import claims_done
from deskterm.desk.reply.request import customer_language
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.playbook import Filled, Macro
from deskterm.domain.review.replies import Draft
from deskterm.domain.ticket_work.subjects import says_something
from deskterm.domain.tickets import Status
from deskterm.mail.writing.compose import reply_subject
from deskterm.storage import orders, tickets
from deskterm.storage.mail import aliases
from deskterm.storage.read_once import reading_once
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx


def draft_of(tx: Tx, shop: DeskContext, ticket_id: int) -> Draft:
    """The ticket's draft, else a new unsaved one. The newest mail counts as read."""
    at = load_context(tx, ticket_id)
    kept = drafts.find(tx, at.ticket.id)
    if kept is not None:
        return replace(kept, answers=at.question.id if at.question else None)
    return new_draft(shop, at, aliases.known_aliases(tx))


def new_draft(shop: DeskContext, at: TicketContext, also_own: frozenset[str] = frozenset()) -> Draft:
    """An empty reply to all, from the address that was written to. `also_own` are ours too."""
    settings = shop.settings
    to, cc = recipients.reply_to_all(at, settings.own_addresses, also_own)
    return Draft(
        at.ticket.id,
        writing.add_sign_off("", settings.shop, customer_language(at)),
        _subject(shop, at),
        recipients.our_address(at, settings),
        to,
        cc,
        answers=at.question.id if at.question else None,
    )


def _subject(shop: DeskContext, at: TicketContext) -> str:
    """The subject of a reply; if the mail has none, the shop's name, since `Re:` alone says nothing."""
    answered = at.answered_mail.subject if at.answered_mail else at.ticket.subject
    return reply_subject(answered) if says_something(answered) else shop.settings.shop.name


@reading_once()
def with_macro(  # noqa: PLR0917 - what a letter is made from
    tx: Tx,
    shop: DeskContext,
    draft: Draft,
    macro: Macro,
    order_id: int | None,
    now: int,
    wait_id: int | None = None,
) -> Draft:
    """The draft with that macro's text in place of what its previous macro had filled in.

    `wait_id` is the back-in-stock entry the letter is about; by default the draft's own.
    """
    earlier = shop.playbook.current().macros.get(draft.macro)
    before = text_before(tx, shop, draft, now)
    incident = draft.incident if (draft.macro, draft.order_id) == (macro.id, order_id) else None
    waits_for = choose_wait(tx, macro, draft.ticket_id, wait_id or draft.wait_id)
    draft = replace(draft, macro=macro.id, order_id=order_id, wait_id=waits_for)
    text = fill(tx, shop, draft, macro, now).text
    at = load_context(tx, tickets.root(tx, draft.ticket_id))
    same = earlier is not None and earlier.id == macro.id
    done = claims_done(tx, draft.ticket_id, shop.playbook.current(), macro)
    return replace(
        draft,
        incident=incident,
        body=writing.with_macro(draft.body, text, before, shop.settings.shop, customer_language(at)),
        claims_ticked=draft.claims_ticked if same else done,
        attachments=_attachments(shop, draft, macro, earlier),
        after=draft.after if same else macro.effects.status or Status.WAITING,
    )


def text_before(tx: Tx, shop: DeskContext, draft: Draft, now: int) -> str:
    """What the draft's macro would fill in now; empty without one."""
    earlier = shop.playbook.current().macros.get(draft.macro)
    return fill(tx, shop, draft, earlier, now).text if earlier else ""


def fill(tx: Tx, shop: DeskContext, draft: Draft, macro: Macro, now: int) -> Filled:
    """The macro's text for the draft's ticket and order."""
    order = None if draft.order_id is None else orders.get(tx, draft.order_id)
    at = load_context(tx, tickets.root(tx, draft.ticket_id))
    return writing.fill_for(tx, shop, macro, at, draft, order, now)


def _attachments(shop: DeskContext, draft: Draft, macro: Macro, earlier: Macro | None) -> tuple[str, ...]:
    """The draft's files, with those of its macro in place of the previous macro's."""
    taken_off = writing.files_of(shop, earlier, draft.given) if earlier else ()
    own = (one for one in draft.attachments if one not in taken_off)
    return tuple(dict.fromkeys((*own, *writing.files_of(shop, macro, draft.given))))
