"""What is due in the next two hours, and what customers wrote: the remarks on the report's pages."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from deskterm.desk.figures.figure_settings import ShopFrame
from deskterm.domain.figures.families.satisfaction import EXPIRES
from deskterm.domain.figures.families.sla import replies_due, target_for
from deskterm.domain.figures.figure_formats import span
from deskterm.domain.figures.periods import Period, weeks_within
from deskterm.domain.figures.sla_targets import ReplyTarget
from deskterm.domain.figures.stories import build_stories
from deskterm.domain.figures.ticket_logs import (
    FOREVER,
)
from deskterm.domain.figures.values import Remark, Section
from deskterm.domain.playbook import Playbook
from deskterm.domain.rules.self_review import SelfReview
from deskterm.domain.sops.gaps import DAYS, find_gaps
from deskterm.domain.sops.outcomes import FEWEST_RUNS, sum_up_runs
from deskterm.storage import sops
from deskterm.storage.figures import cases, logs, records
from deskterm.storage.rules import self_review
from deskterm.storage.schema.database import Tx

SOON = 2 * 3600


def with_remarks(  # noqa: PLR0917 - from where, and of what
    section: Section, tx: Tx, shop: ShopFrame, period: Period, zone: ZoneInfo, now: int, playbook: Playbook
) -> Section:
    """The section with its remarks."""
    if section.id == "playbook":
        remarks = (*sop_records(tx, playbook), *playbook_gaps(tx, playbook, now))
        return replace(section, remarks=remarks, remarks_title="SOPs so far, and gaps")
    if section.id == "week":
        return replace(section, remarks=self_review_of(tx, period, zone), remarks_title="Self-review")
    if section.id == "promises":
        remarks = due_replies(tx, shop, now)
        return replace(section, remarks=remarks, remarks_title="Answers due in the next two hours")
    if section.id == "customers":
        return replace(section, remarks=comments(tx, period), remarks_title="What they wrote")
    return section


def self_review_of(tx: Tx, period: Period, zone: ZoneInfo) -> tuple[Remark, ...]:
    """The owner's self-review of the period; empty if there was none."""
    found = self_review.found_of_weeks(tx, weeks_within(period, zone))
    review = SelfReview("", (), (), found)
    return (Remark(review.words, tuple(dict.fromkeys(ticket for ticket, _ in found))),) if found else ()


def due_replies(tx: Tx, shop: ShopFrame, now: int) -> tuple[Remark, ...]:
    """The answers whose target ends within two hours or has ended; empty without targets."""
    if not shop.frame.targets:
        return ()
    stories = build_stories(logs.logs(tx, logs.waiting_tickets(tx), shop.thanking))
    found = []
    for one in replies_due(stories, shop.frame, now, now + SOON):
        left = f"within {span(one.left)}" if one.left > 0 else f"{span(-one.left)} ago"
        words = (
            f"T{one.ticket_id} {'is' if one.left > 0 else 'was'} due for an answer {left} (business hours)"
        )
        found.append(Remark(words, (one.ticket_id,)))
    return tuple(found)


def reply_targets(tx: Tx, shop: ShopFrame) -> dict[int, ReplyTarget]:
    """The answers owed to customers within a target, by ticket."""
    if not shop.frame.targets:
        return {}
    found: dict[int, ReplyTarget] = {}
    for story in build_stories(logs.logs(tx, logs.waiting_tickets(tx), shop.thanking)):
        for wait in story.unanswered:
            target = target_for(story, wait.start, shop.frame) if wait.end == FOREVER else None
            if target is not None:
                found[wait.ticket_id] = ReplyTarget(wait.start, target.reply)
    return found


def comments(tx: Tx, period: Period) -> tuple[Remark, ...]:
    """What customers wrote with their scores, the unhappiest first."""
    answers = [
        one
        for one in records.surveys(tx, *period, "")
        if one.comment and one.answered_at is not None and period.start <= one.answered_at < period.end
        and one.answered_at <= one.asked_at + EXPIRES
    ]  # fmt: skip
    answers.sort(key=lambda one: one.score)
    return tuple(Remark(f"{one.score}: {one.comment}", (one.ticket_id,)) for one in answers)


def sop_records(tx: Tx, playbook: Playbook) -> tuple[Remark, ...]:
    """The record of each SOP used often enough, and the steps never done."""
    found = []
    for sop in playbook.sops.values():
        record = sum_up_runs(sop, sops.runs(tx, sop.id, FEWEST_RUNS))
        if record is not None:
            words = record.words(span, lambda name: _title(playbook, name))
            never = f"; never done: {'; '.join(record.skipped)}" if record.skipped else ""
            found.append(Remark(f"{sop.title}: {words}{never}", record.tickets))
    return tuple(found)


def playbook_gaps(tx: Tx, playbook: Playbook, now: int) -> tuple[Remark, ...]:
    """Frequent categories without a macro or an SOP."""
    gaps = find_gaps(playbook, cases.tickets_by_category(tx, now - DAYS * 86400))
    return tuple(Remark(one.words, one.tickets) for one in gaps)


def _title(playbook: Playbook, macro: str) -> str:
    return playbook.macros[macro].title if macro in playbook.macros else macro
