"""Counting the figures of a window from samples, in total or split by a dimension."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Protocol

from deskterm.domain.figures.families import BY_ID
from deskterm.domain.figures.measure import Measure, Needs, Reads
from deskterm.domain.figures.periods import Period, Window
from deskterm.domain.figures.samples import Count, Outlook, TicketSample
from deskterm.domain.figures.values import Curve, Figure, SplitRow, Table
from deskterm.value_class import dataclass

_OF_MAIL = (Reads.STORY, Reads.ORDERS)  # says nothing about a time of which there is no mail
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


_OF_WHAT_CAME = (
    "New tickets came in the period; the other columns say what was done in it, on older tickets too."
)


class Dimension(StrEnum):
    """What figures are split by."""

    CATEGORY = "category"
    CHANNEL = "channel"
    TAG = "tag"
    STAGE = "stage"
    PRODUCT = "product"
    KIND = "kind"  # of the sample itself: its macro, its SOP, its products


class Evidence(Protocol):
    """What figures are counted from."""

    def samples(self, measure: Measure, start: int, end: int) -> Sequence[TicketSample]:
        """A measure's samples from `start` up to `end` in order of time; of states, those that overlap it."""
        ...

    def labels(
        self, dimension: Dimension, tickets: Collection[int], at: int
    ) -> Mapping[int, tuple[str, ...]]:
        """What tickets were under a dimension at a time (UTC seconds); none for those with nothing there."""
        ...


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts a report: from what evidence, for which window, from which point of view.

    `look` is the view from the end of the period; `weekday` that of its next working day, 0 for Monday.
    `since` (UTC seconds) is when the desk's mail begins: of a stretch before it nothing is known.
    `has` is what the shop has set up.
    """

    evidence: Evidence
    window: Window
    look: Outlook
    weekday: int = 0
    since: int = 0
    has: frozenset[Needs] = frozenset()

    def figure(self, name: str) -> Figure:
        """One figure of the window."""
        measure = BY_ID[name]
        taken = self._take(measure)
        return self._figure(measure, taken)

    def figures(self, *names: str) -> tuple[Figure, ...]:
        """Several, in that order."""
        return tuple(self.figure(name) for name in names)

    def curve(self, name: str, names: tuple[str, ...]) -> Curve:
        """A figure over the series of the window, whose periods have these names."""
        measure = BY_ID[name]
        taken = self._take(measure)
        within = _cut_states(taken.samples) if measure.state else _Cut(taken.samples, measure)
        counts = [self._count_known(measure, within, one) for one in self.window.series]
        return Curve(self._figure(measure, taken), names, tuple(one.tickets for one in counts))

    def split(self, title: str, dimension: Dimension, *names: str) -> Table:
        """A table of figures by a dimension, the largest first figure on top.

        What has none of its figures, in both stretches, is left out.
        """
        columns = [self._split(BY_ID[name], dimension) for name in names]
        labels = dict.fromkeys(label for column in columns for label in column)
        rows = [SplitRow(label, tuple(map(_pick(label), names, columns))) for label in labels]
        kept = [row for row in rows if any(max(one.n, one.before_n) for one in row.figures)]
        note = _OF_WHAT_CAME if names[0] == "created" and len(names) > 1 else ""
        return Table(title, tuple(sorted(kept, key=_row_order)), unlabelled=f"no {dimension}", note=note)

    def _split(self, measure: Measure, dimension: Dimension) -> dict[str, Figure]:
        taken = self._take(measure)
        parts: dict[str, list[TicketSample]] = defaultdict(list)
        for label, sample in self._with_labels(taken.samples, dimension):
            parts[label].append(sample)
        ago = parts if taken.year_ago is taken.samples else defaultdict(list)
        if ago is not parts:
            for label, sample in self._with_labels(taken.year_ago, dimension):
                ago[label].append(sample)
        return {
            label: self._figure(measure, _Taken(parts[label], ago[label]), series=False)
            for label in {**parts, **ago}
        }

    def _with_labels(
        self, samples: Sequence[TicketSample], dimension: Dimension
    ) -> Iterator[tuple[str, TicketSample]]:
        if dimension is Dimension.KIND:
            for sample in samples:
                for label in sample.label.split("\n"):
                    yield label, sample
            return
        tickets: dict[int, set[int]] = defaultdict(set)
        for sample in samples:
            tickets[self._end_of(sample)].add(sample.ticket_id)
        labels = {end: self.evidence.labels(dimension, ids, end) for end, ids in tickets.items()}
        for sample in samples:
            for label in labels[self._end_of(sample)].get(sample.ticket_id, ("",)):
                yield label, sample

    def _end_of(self, sample: TicketSample) -> int:
        """When the stretch ended that a sample is counted in; what its ticket became later is not of it."""
        window = self.window
        stretches = (window.period, window.before)
        return next((one.end for one in stretches if sample.at >= one.start), window.year_ago.end)

    def _take(self, measure: Measure) -> "_Taken":
        window = self.window
        start = min(one.start for one in (*window.series, window.before))
        found = self.evidence.samples(measure, start, window.period.end)
        if start <= window.year_ago.start:
            return _Taken(found, found)
        return _Taken(found, self.evidence.samples(measure, *window.year_ago))

    def _figure(self, measure: Measure, taken: "_Taken", *, series: bool = True) -> Figure:
        window = self.window
        within = _cut_states(taken.samples) if measure.state else _Cut(taken.samples, measure)
        now, then = (
            self._count(measure, within, window.period),
            self._count_known(measure, within, window.before),
        )
        ago = self._count_known(
            measure,
            _cut_states(taken.year_ago) if measure.state else _Cut(taken.year_ago, measure),
            window.year_ago,
        )  # fmt: skip
        values = tuple(
            (now if one == window.period else self._count_known(measure, within, one)).value
            for one in (window.series if series else ())
        )
        return Figure(
            measure.id, measure.title.format(day=_DAY_NAMES[self.weekday]), measure.definition,
            str(measure.unit), now.value, then.value, now.n, now.tickets, p90=now.p90, left_out=now.left_out,
            series=values, better=measure.better, before_n=then.n, year_ago=ago.value, year_ago_n=ago.n,
            family=str(measure.family), asks="" if measure.needs in self.has else measure.asks,
            currency=self.look.currency, sides=(now.sides, then.sides, ago.sides), total=measure.total,
        )  # fmt: skip

    def _count_known(self, measure: Measure, within: "_Cut", period: Period) -> Count:
        """The same, without a value where the desk's mail begins later."""
        found = self._count(measure, within, period)
        unknown = period.end <= self.since and (measure.reads in _OF_MAIL or not found.n)
        return found._replace(value=None) if unknown else found

    def _count(self, measure: Measure, within: "_Cut", period: Period) -> Count:
        return measure.fold(within.of(period), replace(self.look, end=period.end))


@dataclass(frozen=True, slots=True)
class _Taken:
    """The samples from the series' start on, and those of the year before."""

    samples: Sequence[TicketSample]
    year_ago: Sequence[TicketSample]


class _Cut:
    """Samples in order of time, cut by period."""

    def __init__(self, samples: Sequence[TicketSample], measure: Measure | None = None) -> None:
        self._samples = samples
        self._state = measure is None
        self._keys = [one.until if self._state else one.at for one in samples]

    def of(self, period: Period) -> Sequence[TicketSample]:
        """What happened in a period; of states, those that held when it ended."""
        if self._state:
            later = self._samples[bisect_left(self._keys, period.end) :]
            return [one for one in later if one.at < period.end]
        return self._samples[bisect_left(self._keys, period.start) : bisect_left(self._keys, period.end)]


def _cut_states(samples: Sequence[TicketSample]) -> _Cut:
    """Sorted by their ends: of all those, few end after the period does."""
    return _Cut(sorted(samples, key=lambda one: one.until))


def _nothing(measure: Measure) -> Figure:
    return Figure(
        measure.id, measure.title, measure.definition, str(measure.unit), None, None, 0, (),
        better=measure.better, family=str(measure.family), total=measure.total,
    )  # fmt: skip


def _pick(label: str) -> Callable[[str, Mapping[str, Figure]], Figure]:
    """What a column has of a label, or a figure of nothing."""
    return lambda name, column: column.get(label) or _nothing(BY_ID[name])


def _row_order(row: SplitRow) -> tuple[float, float, str]:
    first = row.figures[0]
    return -(first.value or 0), -(first.before or 0), row.label
