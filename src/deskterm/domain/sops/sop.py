"""A step-by-step procedure (SOP) and its steps, as read from a file."""

from typing import TYPE_CHECKING

from deskterm.config.store_kinds import Ability
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.domain.sops.conditions import StepCondition


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an SOP. `key` is made from its words and changes only with them.

    `claims` are claims of macros that this step makes true: ticked here, they are ticked on the review. The
    step counts as done once all of `when` is true, and is only shown in cases where all of `only` is true.
    One key runs what the step has: a `macro` (its id), an `action` on the order, a `link` (`tracking.url` and
    `order` mean the order's own pages) or a `file` (its path beside the macros).
    """

    key: str
    text: str
    macro: str = ""
    claims: tuple[str, ...] = ()
    when: tuple["StepCondition", ...] = ()
    only: tuple["StepCondition", ...] = ()
    action: "Ability | None" = None
    link: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Sop:
    """A step-by-step procedure, shown beside tickets of its categories."""

    id: str
    title: str
    steps: tuple[Step, ...]
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    intro: str = ""
    reviewed: str = ""
