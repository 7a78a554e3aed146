"""Checks the steps of SOPs, and finds gaps in the playbook."""

import re
from collections.abc import Iterator

from deskterm.desk.reply import text as writing
from deskterm.desk.shop import DeskContext
from deskterm.desk.upkeep.findings import Finding, bad, warning
from deskterm.domain.playbook import Playbook
from deskterm.domain.review.order_needs import Need
from deskterm.domain.sops.conditions import StepCondition
from deskterm.domain.sops.gaps import DAYS, find_gaps
from deskterm.domain.sops.sop import Sop, Step
from deskterm.storage.figures import cases
from deskterm.storage.schema.database import Tx

_BRACED = re.compile(r"\{\s*([A-Za-z]\w*)\s*:?[^{}]*\}")
_KNOWN = "when, if, macro, action, link, file and claim"


def check_steps(shop: DeskContext, book: Playbook) -> Iterator[Finding]:
    """The steps of all SOPs: what they name must exist, and their conditions must agree."""
    for sop in book.sops.values():
        for step in sop.steps:
            yield from _check(shop, sop, step, book)


def check_gaps(tx: Tx, book: Playbook, now: int) -> Iterator[Finding]:
    """Frequent categories without a macro or an SOP."""
    for gap in find_gaps(book, cases.tickets_by_category(tx, now - DAYS * 86400)):
        yield warning(f"{gap.words}.", todo="Write one: docs/macros.md shows how.")


def _check(shop: DeskContext, sop: Sop, step: Step, book: Playbook) -> Iterator[Finding]:
    at = f"sops/{sop.id}.md, step “{step.text}”"
    if step.file and not writing.file_of(shop, step.file).is_file():
        yield bad(f"{at}: there is no file {step.file}.", todo="Put it there, or remove it.")
    if step.link.startswith("http://"):
        yield warning(f"{at}: the link {step.link} has no https.", todo="Write it with https://.")
    for found in _BRACED.finditer(step.text):
        yield warning(f"{at}: {found[0]} is read as text.", todo=f"Known in braces are {_KNOWN}.")
    both = [name for name in ("macro", "action", "link", "file") if getattr(step, name)]
    if len(both) > 1:
        yield warning(f"{at}: the key runs only its {both[0]}.", todo=f"Make the {both[1]} a separate step.")
    if clash := _clash((*step.when, *step.only)):
        yield bad(f"{at}: {clash} never hold together.", todo="Remove one of them.")
    macro = book.macros.get(step.macro)
    if macro and (clash := _clash((*step.only, *(StepCondition(str(one), need=one) for one in macro.needs)))):
        yield warning(
            f"{at}: {clash} never hold together; the second is the macro {macro.id}'s.",
            todo="Name another macro, or change the condition.",
        )


def _clash(conditions: tuple[StepCondition, ...]) -> str:
    """Two needs that exclude each other, in words; empty if there are none."""
    needs = [one.need for one in conditions if one.need is not None]
    for need in needs:
        if (other := _opposite(need)) in needs:
            return f"“{need}” and “{other}”"
    return ""


def _opposite(need: Need) -> Need | None:
    if need in (Need.TRACKING, Need.NO_TRACKING):
        return Need.NO_TRACKING if need is Need.TRACKING else Need.TRACKING
    word = need.value.removeprefix("not ") if need.value.startswith("not ") else f"not {need.value}"
    return next((one for one in Need if one.value == word), None)
