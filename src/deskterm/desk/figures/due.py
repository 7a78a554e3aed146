"""What is due in the next two hours, and what customers said: the words on the report's pages."""

from dataclasses import replace

from deskterm.desk.figures.frame import ShopFrame
from deskterm.domain.figures.families.satisfaction import EXPIRES
from deskterm.domain.figures.families.sla import replies_due
from deskterm.domain.figures.periods import Period
from deskterm.domain.figures.stories import tell
from deskterm.domain.figures.values import Remark, Section
from deskterm.domain.figures.words import span
from deskterm.storage.figures import logs, records
from deskterm.storage.schema.database import Tx

SOON = 2 * 3600


def with_remarks(section: Section, tx: Tx, shop: ShopFrame, period: Period, now: int) -> Section:
    """The section with what is said on it in words."""
    if section.id == "promises":
        remarks = due_replies(tx, shop, now)
        return replace(section, remarks=remarks, remarks_title="Answers due in the next two hours")
    if section.id == "customers":
        return replace(section, remarks=comments(tx, period), remarks_title="What they wrote")
    return section


def due_replies(tx: Tx, shop: ShopFrame, now: int) -> tuple[Remark, ...]:
    """The answers whose target ends within two hours, or has ended; nothing where no target is set."""
    if not shop.frame.targets:
        return ()
    stories = tell(logs.logs(tx, logs.waiting_tickets(tx), shop.thanking))
    found = []
    for one in replies_due(stories, shop.frame, now, now + SOON):
        left = f"within {span(one.left)}" if one.left > 0 else f"{span(-one.left)} ago"
        words = f"T{one.ticket_id} {'is' if one.left > 0 else 'was'} to be answered {left} (business hours)"
        found.append(Remark(words, (one.ticket_id,)))
    return tuple(found)


def comments(tx: Tx, period: Period) -> tuple[Remark, ...]:
    """What customers wrote beside their answers, the unhappiest first."""
    answers = [
        one
        for one in records.surveys(tx, *period, "")
        if one.comment and one.answered_at is not None and period.start <= one.answered_at < period.end
        and one.answered_at <= one.asked_at + EXPIRES
    ]  # fmt: skip
    answers.sort(key=lambda one: one.score)
    return tuple(Remark(f"{one.score}: {one.comment}", (one.ticket_id,)) for one in answers)
