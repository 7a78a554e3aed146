"""What became of the tickets on which an SOP was worked through. Said from twenty of them on."""

from collections import Counter
from collections.abc import Callable, Sequence

from deskterm.domain.figures.samples import FEWEST_FOR_SHARE, median
from deskterm.domain.playbook import Sop, Step
from deskterm.value_class import dataclass

FEWEST_RUNS = 20
_ENDS = 2  # macros that are named


@dataclass(frozen=True, slots=True)
class SopRun:
    """One ticket on which a step was ticked: the ticks, and what came after the first of them.

    `seconds` of active time in front of the ticket (0: not measured), `came_back` whether the customer did
    after the solve (None: not solved since), `sent` the macros that went out, the last one last, `done` the
    abilities of the actions that its order got.
    """

    ticket_id: int
    ticked: frozenset[str]
    seconds: float = 0
    came_back: bool | None = None
    sent: tuple[str, ...] = ()
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SopRecord:
    """The record of an SOP: `seconds` is the median, `skipped` the steps that nobody ever did."""

    runs: int
    seconds: float | None
    solved: int
    reopened: int
    skipped: tuple[str, ...]
    ends: tuple[tuple[str, int], ...]  # the macros that were sent last, each how often
    tickets: tuple[int, ...]

    def words(self, duration: Callable[[int], str], title: Callable[[str], str]) -> str:
        """`22 times, median 6 min, 20 solved, 3 of them reopened; most ended with “Refund made” (9)`."""
        parts = [f"{self.runs} times"]
        parts += [f"median {duration(int(self.seconds))}"] if self.seconds is not None else []
        parts += [f"{self.solved} solved, {self.reopened} of them reopened"]
        ends = " and ".join(f"“{title(macro)}” ({count})" for macro, count in self.ends)
        return ", ".join(parts) + (f"; most ended with {ends}" if ends else "")


def sum_up_runs(sop: Sop, runs: Sequence[SopRun]) -> SopRecord | None:
    """The record of an SOP; None below twenty runs."""
    if len(runs) < FEWEST_RUNS:
        return None
    times = sorted(run.seconds for run in runs if run.seconds)
    ended = [run for run in runs if run.came_back is not None]
    ends = Counter(run.sent[-1] for run in runs if run.sent)
    return SopRecord(
        len(runs),
        median(times) if len(times) >= FEWEST_FOR_SHARE else None,
        len(ended),
        sum(bool(run.came_back) for run in ended),
        tuple(step.text for step in sop.steps if _is_skipped(step, runs)),
        tuple(ends.most_common(_ENDS)),
        tuple(run.ticket_id for run in runs),
    )


def _is_skipped(step: Step, runs: Sequence[SopRun]) -> bool:
    """Whether no run did it. A step that checks itself, or is for some cases alone, is not judged."""
    if step.when or step.only:
        return False
    action = step.action.value if step.action else ""
    return not any(step.key in run.ticked or step.macro in run.sent or action in run.done for run in runs)
