"""How the steps of an SOP stand on a ticket: done by themselves, or not for this case."""

from collections.abc import Iterable

from deskterm.domain.playbook import Sop, Step
from deskterm.domain.sops.conditions import StepCondition, StepFacts, judge_condition


def done_by_themselves(sop: Sop, facts: StepFacts) -> dict[str, str]:
    """The steps that are done without a tick, each by its key with why: what holds, or what was done."""
    found = ((step.key, _why_done(step, facts)) for step in sop.steps)
    return {key: why for key, why in found if why}


def not_for_this(sop: Sop, facts: StepFacts) -> dict[str, str]:
    """The steps that this case does not need, each by its key with the condition that does not hold."""
    failed = ((step.key, _first_failed(step.only, facts)) for step in sop.steps)
    return {key: f"only if {why}" for key, why in failed if why}


def _why_done(step: Step, facts: StepFacts) -> str:
    """A `when:` decides alone. Without one a step is done once its macro went out or its action was done."""
    if step.when:
        holds = all(judge_condition(one, facts) for one in step.when)
        return _words(step.when) if holds else ""
    if step.macro in facts.sent:
        return "sent"
    return "done in the store" if step.action and step.action.value in facts.done else ""


def _first_failed(conditions: Iterable[StepCondition], facts: StepFacts) -> str:
    """What certainly does not hold; in doubt a step is shown."""
    return next((one.words for one in conditions if judge_condition(one, facts) is False), "")


def _words(conditions: Iterable[StepCondition]) -> str:
    return ", ".join(one.words for one in conditions)
