"""Putting a reviewed reply into the outbox, and taking it back while it waits there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from deskterm.desk.people import sending_mailbox
from deskterm.desk.shop import Shopfront
from deskterm.desk.wire_form import composed
from deskterm.domain.events import By, Event, What
from deskterm.domain.playbook import Effects, Macro
from deskterm.domain.replies import BROUGHT_BACK, Draft, OutboxRow, OutboxState, Review
from deskterm.domain.tickets import CategoryBy, Status, Ticket, after_reply
from deskterm.errors import NotNow, SendStopped
from deskterm.storage import changes, drafts, events, notes, outbox, tickets
from deskterm.storage.database import Tx

LAST_MACRO = "last macro"
_DAY = 86400
_NO_EFFECTS = Effects()


@dataclass(frozen=True, slots=True)
class When:
    """When a reply is to go: at a time (UTC seconds), or after the undo seconds; perhaps only unanswered."""

    at: int | None = None
    unless_answered: bool = False


AFTER_UNDO = When()


def queue(tx: Tx, shop: Shopfront, review: Review, now: int, when: When) -> int:
    """Write the outbox row with its bytes, the events and the ticket's new state; gives the action."""
    draft = review.draft
    ticket = tickets.get(tx, draft.ticket_id)
    mailbox = sending_mailbox(draft.sender, shop.settings)
    if mailbox is None:
        raise SendStopped(
            f"No mailbox is set up that sends as {draft.sender}.", todo="Look into config.toml."
        )
    mail = composed(tx, shop, draft, review.sender, now)
    action = events.new_action(tx)
    row = outbox.enqueue(
        tx, draft, account=mailbox.name, sender=draft.sender, message_id=mail.message_id, raw=mail.raw,
        recipients=mail.recipients, action=action, at=now, unless_answered=when.unless_answered,
        send_at=max(when.at or 0, now + shop.settings.undo_seconds),
    )  # fmt: skip
    events.add(tx, action, ticket.id, now, By.OWNER, What.QUEUED, None, {"outbox": row, "macro": draft.macro})
    _effects(tx, ticket, draft, shop.playbook.current().macros.get(draft.macro), action=action, now=now)
    drafts.delete(tx, ticket.id)
    return action


def _effects(tx: Tx, ticket: Ticket, draft: Draft, macro: Macro | None, *, action: int, now: int) -> None:
    effects = macro.effects if macro else _NO_EFFECTS
    status = after_reply(draft.after)
    columns: dict[str, Any] = {"status": status, "snoozed_until": None}
    if effects.snooze_days and status is not Status.SOLVED:
        columns["snoozed_until"] = now + effects.snooze_days * _DAY
    if macro and macro.category and ticket.category_by is not CategoryBy.HAND:
        columns |= {"category": macro.category, "category_by": CategoryBy.MACRO}
    if macro and (macro.tags or effects.tags):
        columns["tags"] = tuple(dict.fromkeys((*ticket.tags, *macro.tags, *effects.tags)))
    if draft.order_id is not None and ticket.order_id is None:
        columns["order_id"] = draft.order_id
    changes.change(tx, ticket.id, now, By.MACRO if macro else By.OWNER, action=action, **columns)
    days = effects.solve_after_days if status in (Status.WAITING, Status.HOLD) else None
    tickets.change(tx, ticket.id, solve_at=now + days * _DAY if days else None)
    if draft.macro:
        notes.put(tx, LAST_MACRO, draft.macro)


def take_back(tx: Tx, done: Iterable[Event], action: int, now: int) -> None:
    """Reverse what an action did to replies: a queued one is a draft again, a discarded draft is back.

    `storage.undo` reverses the rest. NotNow when a reply has gone out, or may have.
    """
    for event in done:
        if event.what is What.QUEUED and isinstance(event.now, dict):
            redraft(tx, _still_here(tx, event.now), now)
        elif event.what is What.DRAFT and isinstance(event.was, str):
            _save_above(tx, drafts.from_text(event.was), now)
        elif event.what is What.DRAFT:
            drafts.delete(tx, event.ticket_id)
        else:
            continue
        events.add(tx, action, event.ticket_id, now, By.OWNER, event.what, event.now, event.was, event.action)


def redraft(tx: Tx, row: OutboxRow, now: int) -> Draft:
    """Take a row out of the outbox; its text is the ticket's draft again, for those who have not had it."""
    draft = outbox.draft(tx, row.id)
    had = {one.address for one in row.recipients if one.outcome == "accepted"}
    to, cc, bcc = (
        tuple(one for one in many if one.address not in had) for many in (draft.to, draft.cc, draft.bcc)
    )
    outbox.mark(tx, row.id, OutboxState.DISCARDED, BROUGHT_BACK, now)
    tickets.change(tx, tickets.root(tx, row.ticket_id), solve_at=None)
    return _save_above(tx, replace(draft, to=to, cc=cc, bcc=bcc), now)


def _save_above(tx: Tx, draft: Draft, now: int) -> Draft:
    """Save a draft that is back. What was begun since stands below it: no word is lost."""
    root = tickets.root(tx, draft.ticket_id)
    newer = drafts.find(tx, root)
    body = f"{draft.body.rstrip()}\n\n{newer.body.lstrip()}" if newer else draft.body
    return drafts.save(tx, replace(draft, ticket_id=root, body=body), now)


def refuse_resend(done: Iterable[Event]) -> None:
    """NotNow for a reply that was brought back: it is sent from its review, never by a redo."""
    for event in done:
        if event.what is What.QUEUED:
            raise NotNow(
                f"The reply to T{event.ticket_id} is a draft again.",
                todo="Open its review and send it there.",
            )


def refuse_gone(tx: Tx, done: Iterable[Event]) -> None:
    """NotNow for a reply that has gone out, or may have."""
    for event in done:
        if event.what is What.QUEUED and isinstance(event.now, dict):
            _still_here(tx, event.now)


def _still_here(tx: Tx, queued: dict[str, Any]) -> OutboxRow:
    """The row of a reply that can be taken back; NotNow for another."""
    row = outbox.get(tx, int(queued["outbox"]))
    if row.state in (OutboxState.QUEUED, OutboxState.REFUSED) and row.sent_at is None:
        return row
    if row.state is OutboxState.DISCARDED:
        raise NotNow(f"The reply to T{row.ticket_id} was taken out of the outbox already.")
    words = {
        OutboxState.SENDING: "is being sent now",
        OutboxState.UNCERTAIN: "may have been sent",
    }.get(row.state, "has gone out")
    raise NotNow(
        f"The reply to T{row.ticket_id} {words}: it cannot be undone.",
        todo="Open the ticket to change its status, or write again.",
    )
