"""Running the owner's rules on mail that has just arrived, in the transaction that stores it."""

from collections.abc import Mapping
from typing import Any

from deskterm.domain.events import By, What
from deskterm.domain.rules.rule import Rule, RuleEffects
from deskterm.domain.tickets import CategoryBy, Status, Ticket
from deskterm.intake.values import Context
from deskterm.storage import changes, events, tickets
from deskterm.storage.mail import messages
from deskterm.storage.rules import letters
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import find
from deskterm.storage.search.as_it_was import TicketThen

_DAY = 86400
OLDEST = _DAY  # no rule runs on older mail: it was read late, and the owner may have dealt with it


def run_rules(tx: Tx, context: Context, arrived: Mapping[int, int]) -> None:
    """Run the rules, in their order, on customers' new messages. `arrived` maps a message to its ticket.

    Each run is one action with its own event, so that the ticket shows it and it can be undone.
    """
    left = dict(arrived)
    for rule in context.rules:
        if not rule.on or not left:
            continue
        for message in find.among(tx, rule.query, left):
            ticket = tickets.get(tx, tickets.root(tx, left[message]))
            _run(tx, ticket, message, rule, context.now)
            if rule.last:
                del left[message]


def _run(tx: Tx, ticket: Ticket, message: int, rule: Rule, now: int) -> None:
    """Run one rule on one mail. A letter it asks for is only noted: the desk writes and reviews it."""
    columns, letter = columns_of(ticket, rule.effects, now), rule.effects.letter
    if not (columns or letter) or ticket.status is Status.SPAM:
        return
    action = events.new_action(tx)
    events.add(tx, action, ticket.id, now, By.RULE, What.RULE, None, rule.name)
    if "priority" in columns:  # counts from the mail's arrival: it decides how soon to answer
        came, priority = messages.get(tx, message).at, columns.pop("priority")
        changes.change(tx, ticket.id, min(came, now), By.RULE, action=action, priority=priority)
    changes.change(tx, ticket.id, now, By.RULE, action=action, **columns)
    if letter is not None:
        letters.note(tx, ticket.id, message, rule.name, letter, action, now)


def columns_of(ticket: Ticket | TicketThen, effects: RuleEffects, now: int) -> dict[str, Any]:
    """What a rule would change of a ticket, by column. A category that the owner set by hand stays."""
    columns: dict[str, Any] = {}
    tags = tuple(dict.fromkeys((*ticket.tags, *effects.tags)))
    if tags != ticket.tags:
        columns["tags"] = tags
    if effects.category not in ("", ticket.category) and ticket.category_by is not CategoryBy.HAND:
        columns |= {"category": effects.category, "category_by": CategoryBy.RULE}
    if effects.status not in (None, ticket.status):
        columns["status"] = effects.status
    if effects.priority not in (None, ticket.priority):
        columns["priority"] = effects.priority
    if effects.sop not in ("", ticket.sop):
        columns["sop"] = effects.sop
    if effects.snooze_days and effects.status not in (Status.SOLVED, Status.SPAM):
        columns["snoozed_until"] = now + effects.snooze_days * _DAY
    return columns
