"""Links a macro's claim with the SOP step that does it: ticking one ticks the other.

A step names its claim: `- [ ] Make the return label {claim: a return label is attached}`. Only SOPs of the
macro's category count, because two procedures may name the same claim.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deskterm.domain.events import Event, What
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.replies import Draft
from deskterm.domain.sops.sop import Step
from deskterm.storage import changes, events, sops
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx


def steps_of(playbook: Playbook, macro: Macro) -> Iterator[tuple[str, Step]]:
    """The steps that do what a macro claims, each with the id of its SOP."""
    for sop in playbook.sops.values():
        if macro.category in sop.categories:
            yield from ((sop.id, step) for step in sop.steps if set(step.claims) & set(macro.claims))


def claims_done(tx: Tx, ticket_id: int, playbook: Playbook, macro: Macro) -> tuple[str, ...]:
    """The claims of a macro whose step is already ticked on a ticket."""
    done = {
        claim
        for sop, step in steps_of(playbook, macro)
        if step.key in sops.ticked_steps(tx, ticket_id, sop)
        for claim in step.claims
    }
    return tuple(claim for claim in macro.claims if claim in done)


def tick_steps(tx: Tx, draft: Draft, playbook: Playbook, macro: Macro, now: int) -> None:
    """Tick the steps whose claims are all ticked in a draft; untick the others."""
    ticket, action = draft.ticket_id, 0
    for sop, step in steps_of(playbook, macro):
        on = set(step.claims) & set(macro.claims) <= set(draft.claims_ticked)
        if on != (step.key in sops.ticked_steps(tx, ticket, sop)):
            action = changes.tick(tx, ticket, sop, step.key, now, on=on, by_claim=True, action=action)


def untick_steps(tx: Tx, ticket_id: int, now: int, action: int) -> None:
    """As part of `action`, untick the steps that the claims of a discarded draft had ticked.

    What the owner ticked in the SOP stays, and so does what a sent reply claimed.
    """
    judged: set[tuple[str, str]] = set()  # steps seen, by their newest event
    for event in reversed(events.for_ticket(tx, ticket_id)):
        if event.what is What.QUEUED and not event.undoes and events.stands(tx, event.action):
            return
        if event.what is not What.STEP or not isinstance(event.now, dict):
            continue
        sop, step = event.now["sop"], event.now["step"]
        if (sop, step) not in judged and event.now["ticked"] and event.now.get("by_claim"):
            changes.tick(tx, ticket_id, sop, step, now, on=False, by_claim=True, action=action)
        judged.add((sop, step))


def follow_undo(tx: Tx, playbook: Playbook, taken_back: Iterable[Event], now: int) -> None:
    """Update the claims of drafts after an undo or redo changed their steps."""
    for event in taken_back:
        if event.what is not What.STEP or not isinstance(event.now, dict):
            continue
        sop = playbook.sops.get(event.now["sop"])
        step = next((one for one in sop.steps if one.key == event.now["step"]), None) if sop else None
        if sop and step:
            on = step.key in sops.ticked_steps(tx, event.ticket_id, sop.id)
            tick_claims(tx, event.ticket_id, playbook, step, now, on=on)


def tick_claims(tx: Tx, ticket_id: int, playbook: Playbook, step: Step, now: int, *, on: bool) -> None:
    """Update the claims of a ticket's draft after a step was ticked or unticked."""
    draft = drafts.find(tx, ticket_id)
    macro = playbook.macros.get(draft.macro) if draft else None
    if draft is None or macro is None or not set(step.claims) & set(macro.claims):
        return
    left = tuple(claim for claim in draft.claims_ticked if claim not in step.claims)
    added = tuple(claim for claim in macro.claims if claim in step.claims)
    drafts.save(tx, replace(draft, claims_ticked=(*left, *added) if on else left), now)
