"""Which steps of an SOP are done automatically on a ticket, and which do not apply to it."""

from collections.abc import Iterable

from deskterm.domain.sops.conditions import StepCondition, StepFacts, judge_condition
from deskterm.domain.sops.sop import Sop, Step


def done_by_themselves(sop: Sop, facts: StepFacts) -> dict[str, str]:
    """The steps that are done without a tick, by key, each with the reason."""
    found = ((step.key, _why_done(step, facts)) for step in sop.steps)
    return {key: why for key, why in found if why}


def not_for_this(sop: Sop, facts: StepFacts) -> dict[str, str]:
    """The steps that do not apply to this case, by key, each with the condition that is false."""
    failed = ((step.key, _first_failed(step.only, facts)) for step in sop.steps)
    return {key: f"only if {why}" for key, why in failed if why}


def _why_done(step: Step, facts: StepFacts) -> str:
    """Why a step is done, "" if it is not: by its `when:`, or because its macro was sent or action done."""
    if step.when:
        holds = all(judge_condition(one, facts) for one in step.when)
        return _words(step.when) if holds else ""
    if step.macro in facts.sent:
        return "sent"
    return "done in the store" if step.action and step.action.value in facts.done else ""


def _first_failed(conditions: Iterable[StepCondition], facts: StepFacts) -> str:
    """The first condition that is certainly false, or compares two facts of which one is missing.

    In any other doubt a step is shown.
    """
    return next((one.words for one in conditions if _fails(one, facts)), "")


def _fails(one: StepCondition, facts: StepFacts) -> bool:
    holds = judge_condition(one, facts)
    return not holds if one.comparison is not None and one.comparison.is_name else holds is False


def _words(conditions: Iterable[StepCondition]) -> str:
    return ", ".join(one.words for one in conditions)
