"""Puts a reviewed reply into the outbox, and takes it back while it waits there."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from deskterm.desk.answers.teaching import unteach_reply
from deskterm.desk.products.letters import keep_stock_list
from deskterm.desk.reply.also_answers import answer_others
from deskterm.desk.reply.mail import compose_mail
from deskterm.desk.reply.recipients import sending_mailbox
from deskterm.desk.reply.text import remove_sign_off
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.rules.day_state import owner_back_at
from deskterm.desk.shop import DeskContext
from deskterm.desk.ticket_work import holding
from deskterm.domain.events import By, Event, What
from deskterm.domain.messages import Cue, mailbox_key
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.playbook import Macro
from deskterm.domain.review.replies import Draft, Follows, OutboxRow, Review
from deskterm.domain.ticket_work.promises import PromisedDate, promised_dates
from deskterm.domain.ticket_work.side_threads import ANSWER_WITHIN
from deskterm.domain.tickets import Status, Ticket, after_reply
from deskterm.errors import NotNow, SendStopped
from deskterm.intake import planned_replies
from deskterm.intake.still_true import order_snapshot
from deskterm.storage import changes, desk_facts, events, tickets
from deskterm.storage.acting import incidents
from deskterm.storage.answers import lessons, offers
from deskterm.storage.mail import summaries
from deskterm.storage.replies import drafts, outbox
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import promises
from deskterm.value_class import dataclass

LAST_MACRO = "last macro"
_REMINDED = 2 * 3600  # seconds before a macro's promise is due


@dataclass(frozen=True, slots=True)
class When:
    """When a reply goes: at a time (UTC seconds) or after the undo seconds; perhaps only if unanswered.

    `pause` adds seconds, for one of `many` letters. Those had no draft before, and get none when taken back.
    """

    at: int | None = None
    unless_answered: bool = False
    pause: int = 0
    many: bool = False


AFTER_UNDO = When()


def queue(  # noqa: PLR0917 - what a reply is made of
    tx: Tx, shop: DeskContext, review: Review, now: int, when: When, filled: str = "", *, action: int = 0
) -> int:
    """Write the outbox row with its bytes, the events and the ticket's new state; gives the action.

    `filled` is the text of the draft's macro. Pass `action` to add to an action that sends several.
    """
    draft = review.draft
    ticket = tickets.get(tx, draft.ticket_id)
    mailbox = sending_mailbox(draft.sender, shop.settings)
    if mailbox is None:
        raise SendStopped(f"No mailbox sends as {draft.sender}.", todo="Add one to config.toml.")
    send_at = max(when.at or 0, now + shop.settings.undo_seconds + when.pause)
    mail = compose_mail(tx, shop, draft, review.sender, send_at if when.at else now)
    answers = answers_customer(tx, draft)
    follows = follows_reply(shop, ticket, draft, send_at)
    if not answers:
        follows = replace(follows, status=None, snooze_days=0, snooze_until=0, solve_after_days=0)
    mark = incidents.mark_of(tx, draft)
    follows = replace(follows, tags=(*follows.tags, *incidents.tags_of(mark)))
    action = action or events.new_action(tx)
    kept = replace(follows, unless_changed=ticket.status, order_was=order_snapshot(tx, draft))
    row = outbox.enqueue(
        tx, draft, account=mailbox.name, sender=draft.sender, message_id=mail.message_id, raw=mail.raw,
        recipients=mail.recipients, action=action, at=now, unless_answered=when.unless_answered,
        send_at=send_at, planned=kept if when.at else None,
    )  # fmt: skip
    incidents.mark_letter(tx, mark, row, ticket.id)
    value = {"outbox": row, "macro": draft.macro, "planned": bool(when.at), **_origin(tx, draft, filled)}
    value |= {"many": True} if when.many else {}
    events.add(tx, action, ticket.id, now, By.OWNER, What.QUEUED, None, value)
    if not when.at:
        planned_replies.apply(tx, ticket, follows, now, By.MACRO if draft.macro else By.OWNER, action=action)
    elif (
        answers and ticket.status is not Status.SOLVED and ticket.beside is None
    ):  # hidden until it goes; back on top if it cannot
        changes.change(tx, ticket.id, now, By.OWNER, action=action, snoozed_until=send_at)
    answer_others(tx, review, row, follows, send_at, now, action, planned=bool(when.at))
    if answers:
        _note_promises(tx, action, promised_in(shop, ticket, draft, send_at), ticket, now, mail.message_id)
        keep_stock_list(tx, shop, load_context(tx, ticket.id), draft, mail.message_id, now)
    if ticket.beside is not None:
        holding.hold_parent(tx, ticket.id, now, action)
    if draft.macro:
        desk_facts.set_fact(tx, LAST_MACRO, draft.macro)
    tickets.cue(tx, ticket.id, Cue.HELD_BACK, on=False)
    drafts.delete(tx, ticket.id)
    return action


def _note_promises(  # noqa: PLR0917 - what a promise is noted with
    tx: Tx, action: int, promised: Sequence[PromisedDate], ticket: Ticket, now: int, message_id: str
) -> None:
    if promised:
        made = promises.add(tx, ticket.id, promised, now, message_id)
        events.add(tx, action, ticket.id, now, By.OWNER, What.PROMISE, None, {"promises": made})


def _origin(tx: Tx, draft: Draft, filled: str) -> dict[str, object]:
    """For the figures: what was suggested for the mail, and whether the macro's text was edited.

    Also what an earlier answer taught, to restore it if this one is taken back.
    """
    kept = offers.find(tx, draft.ticket_id)
    offered = list(kept.offer.macros) if kept and kept.question == draft.answers else []
    edited = bool(draft.macro) and filled.strip() not in draft.body
    sure = bool(offered and kept and kept.offer.sure)
    taught = lessons.of_question(tx, draft.answers)
    return {"offered": offered, "edited": edited, "sure": sure, "taught": taught}


def answers_customer(tx: Tx, draft: Draft) -> bool:
    """Whether a draft goes to its ticket's customer; a mail to anyone else is no answer."""
    reached = summaries.customer_addresses(tx, [draft.ticket_id])[draft.ticket_id]
    return any(mailbox_key(one.address) in reached for one in (*draft.to, *draft.cc, *draft.bcc))


def follows_reply(shop: DeskContext, ticket: Ticket, draft: Draft, at: int) -> Follows:
    """What the ticket becomes after the reply, as the review says; a side thread waits for its contact."""
    if ticket.beside is not None:
        return Follows(Status.WAITING, snooze_until=answer_due(shop, at))
    return _follows(draft, shop.playbook.current().macros.get(draft.macro))


def promised_in(shop: DeskContext, ticket: Ticket, draft: Draft, at: int) -> tuple[PromisedDate, ...]:
    """What a letter that goes at a time (UTC seconds) promises the customer; nothing for a supplier."""
    if ticket.beside is not None:
        return ()
    words = remove_sign_off(draft.body, shop.settings.shop)
    macro = shop.playbook.current().macros.get(draft.macro)
    days = macro.effects.promise_days if macro else None
    found = promised_dates(words, shop.formats.local(at))
    return (*found, _promise_within(shop, days, at)) if days else found


def _promise_within(shop: DeskContext, days: int, at: int) -> PromisedDate:
    """The promise of a macro with `promise_days`: news within that many working days."""
    due = shop.hours.working_day_after(owner_back_at(shop, at), days)
    return PromisedDate(f"within {days} working day{'s'[: days != 1]}", due, due - _REMINDED)


def answer_due(shop: DeskContext, at: int) -> int:
    """When a supplier written to at a time should have answered (UTC seconds)."""
    return shop.hours.working_day_after(at, ANSWER_WITHIN)


def _follows(draft: Draft, macro: Macro | None) -> Follows:
    if macro is None:
        return Follows(after_reply(draft.after), order_id=draft.order_id)
    effects = macro.effects
    return Follows(
        after_reply(draft.after),
        category=macro.category,
        tags=tuple(dict.fromkeys((*macro.tags, *effects.tags))),
        snooze_days=effects.snooze_days or 0,
        solve_after_days=effects.solve_after_days or 0,
        order_id=draft.order_id,
    )


def take_back(tx: Tx, done: Iterable[Event], action: int, now: int) -> None:
    """Reverse what an action did to replies: a queued one becomes a draft again, a discarded draft returns.

    `storage.undo` reverses the rest. NotNow if a reply has gone out, or may have.
    """
    for event in done:
        if event.what is What.QUEUED and isinstance(event.now, dict) and event.by is By.MACRO:
            why = planned_replies.TAKEN_BACK
            planned_replies.drop_follow_ups(tx, event.ticket_id, why, now, action=event.action)
        elif event.what is What.QUEUED and isinstance(event.now, dict):
            row = _still_here(tx, event.now)
            take = planned_replies.withdraw_letter if event.now.get("many") else planned_replies.redraft
            unteach_reply(tx, take(tx, row, now), event.now)
        elif event.what is What.DRAFT and isinstance(event.was, str):
            planned_replies.save_returned_draft(tx, drafts.from_text(event.was), now)
        elif event.what is What.DRAFT and not _is_written_on(tx, event):
            drafts.delete(tx, event.ticket_id)
        else:
            continue
        events.add(tx, action, event.ticket_id, now, By.OWNER, event.what, event.now, event.was, event.action)


def _is_written_on(tx: Tx, event: Event) -> bool:
    """Whether the owner has edited a rule's draft: then it is theirs, and stays."""
    if event.by is not By.RULE or not isinstance(event.now, str):
        return False
    kept = drafts.find(tx, event.ticket_id)
    return kept is not None and kept.body != drafts.from_text(event.now).body


def refuse_resend(done: Iterable[Event]) -> None:
    """Raise NotNow for a reply that was brought back: it is sent from its review, never by a redo."""
    for event in done:
        if event.what is What.QUEUED and isinstance(event.now, dict) and event.now.get("many"):
            raise NotNow(
                "Letters to many are filled again, not sent again.",
                todo="Select the tickets and take the macro again; the outbox still has each letter.",
            )
        if event.what is What.QUEUED:
            raise NotNow(
                f"The reply to T{event.ticket_id} is a draft again.",
                todo="Open its review and send it there.",
            )


def still_here(tx: Tx, done: Sequence[Event]) -> tuple[tuple[Event, ...], frozenset[int]]:
    """What can be taken back of an action, and the tickets whose reply, of many sent at once, has gone out.

    NotNow if a reply has gone out, or may have, and no other is left. A planned follow-up (written `by` a
    macro) does not count: it goes with its letter.
    """
    gone: dict[int, NotNow] = {}
    queued = [
        event
        for event in done
        if event.what is What.QUEUED and isinstance(event.now, dict) and event.by is not By.MACRO
    ]
    for event in queued:
        try:
            _still_here(tx, cast("dict[str, Any]", event.now))
        except NotNow as error:
            gone[event.ticket_id] = error
    if gone and len(gone) == len(queued):
        raise next(iter(gone.values()))
    return tuple(event for event in done if event.ticket_id not in gone), frozenset(gone)


def _still_here(tx: Tx, queued: dict[str, Any]) -> OutboxRow:
    """The row of a reply that can be taken back; NotNow for another."""
    row = outbox.get(tx, int(queued["outbox"]))
    if row.state in (OutboxState.QUEUED, OutboxState.REFUSED) and row.sent_at is None:
        return row
    if row.state is OutboxState.DISCARDED:
        raise NotNow(f"The reply to T{row.ticket_id} is no longer in the outbox.")
    words = {
        OutboxState.SENDING: "is being sent now",
        OutboxState.UNCERTAIN: "may have been sent",
    }.get(row.state, "has gone out")
    raise NotNow(
        f"The reply to T{row.ticket_id} {words}: it cannot be undone.",
        todo="Open the ticket to change its status, or write again.",
    )
