"""Receipts that another help desk sends automatically, recognised by their time, in any language.

A person needs more than a minute to answer our mail. An answer that comes sooner, and from a program or with
a number in its subject that ours did not have, only says that our mail was received. It reopens nothing.
"""

from collections.abc import Mapping

from deskterm.domain.messages import Cue, MachineKind
from deskterm.domain.ticket_work.subjects import number_tag
from deskterm.intake.values import Fresh
from deskterm.storage.mail import receipts
from deskterm.storage.schema.database import Tx

_WORDS = "{} sent an automatic reply: it came within a minute of your mail."


def set_aside(tx: Tx, fresh: Mapping[int, list[Fresh]]) -> Mapping[int, list[Fresh]]:
    """Mark the receipts among the mails of changed tickets. Returns the new mails with their new kind."""
    found = {
        one.message: _WORDS.format(one.sender or "The sender")
        for one in receipts.quick_answers(tx, fresh)
        if Cue.BY_PROGRAM in one.cues or _is_numbered(one.subject, one.ours)
    }
    receipts.mark(tx, found)
    return {
        ticket: [_as_marked(one, one.message in found) for one in mails] for ticket, mails in fresh.items()
    }


def _is_numbered(subject: str, ours: str) -> bool:
    tag = number_tag(subject)
    return bool(tag) and tag not in ours


def _as_marked(one: Fresh, is_receipt: bool) -> Fresh:  # noqa: FBT001 - a new mail and what was found of it
    return one._replace(mail=one.mail._replace(machine=MachineKind.OTHER)) if is_receipt else one
