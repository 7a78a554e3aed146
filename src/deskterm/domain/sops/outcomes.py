"""How tickets ended on which an SOP was used; shown once there are twenty of them."""

from collections import Counter
from collections.abc import Callable, Sequence

from deskterm.domain.figures.samples import FEWEST_FOR_SHARE, median
from deskterm.domain.sops.sop import Sop, Step
from deskterm.value_class import dataclass

FEWEST_RUNS = 20
_ENDS = 2  # how many macros are named


@dataclass(frozen=True, slots=True)
class SopRun:
    """A ticket on which a step was ticked: the ticks, and what happened after the first one.

    `seconds` is the handling time (0: not measured). `came_back`: the customer wrote again after it was
    solved (None: not solved since). `sent` are the macros that were sent, in order, `done` the actions done
    to its order.
    """

    ticket_id: int
    ticked: frozenset[str]
    seconds: float = 0
    came_back: bool | None = None
    sent: tuple[str, ...] = ()
    done: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SopRecord:
    """The record of an SOP: `seconds` is the median, `skipped` are steps that were never done."""

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
    """The record of an SOP; None with fewer than twenty runs."""
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
    """Whether a step was never done. Steps with `when` or `only` are not judged."""
    if step.when or step.only:
        return False
    action = step.action.value if step.action else ""
    return not any(step.key in run.ticked or step.macro in run.sent or action in run.done for run in runs)
