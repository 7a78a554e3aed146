"""Counting the figures of a window from samples, in total or split by a dimension."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from operator import attrgetter
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
        return self._figure(measure, self._samples_of(measure))

    def figures(self, *names: str) -> tuple[Figure, ...]:
        """Several, in that order."""
        return tuple(self.figure(name) for name in names)

    def curve(self, name: str, names: tuple[str, ...]) -> Curve:
        """A figure over the series of the window, whose periods have these names."""
        measure = BY_ID[name]
        samples_of = self._samples_of(measure)
        counts = [self._count(measure, samples_of, one) for one in self.window.series]
        return Curve(self._figure(measure, samples_of), names, tuple(one.tickets for one in counts))

    def split(self, title: str, dimension: Dimension, *names: str) -> Table:
        """A table of figures by a dimension, the largest first figure on top.

        What has none of its figures, in both stretches, is left out.
        """
        columns = [self._split(BY_ID[name], dimension) for name in names]
        nothing = [self._figure(BY_ID[name], lambda _: (), series=False) for name in names]
        labels = dict.fromkeys(label for column in columns for label in column)
        rows = [
            SplitRow(label, tuple(one.get(label, none) for one, none in zip(columns, nothing, strict=True)))
            for label in labels
        ]
        kept = [row for row in rows if any(max(one.n, one.before_n) for one in row.figures)]
        note = _OF_WHAT_CAME if names[0] == "created" and len(names) > 1 else ""
        return Table(title, tuple(sorted(kept, key=_row_order)), unlabelled=f"no {dimension}", note=note)

    def _split(self, measure: Measure, dimension: Dimension) -> dict[str, Figure]:
        """A figure for each label; what a ticket became after a stretch is not of that stretch."""
        window, samples_of = self.window, self._samples_of(measure, series=False)
        parts: dict[str, dict[Period, list[TicketSample]]] = defaultdict(lambda: defaultdict(list))
        for stretch in dict.fromkeys((window.period, window.before, window.year_ago)):
            for label, sample in self._with_labels(samples_of(stretch), dimension, stretch.end):
                parts[label][stretch].append(sample)
        return {
            label: self._figure(measure, lambda stretch, of=one: of[stretch], series=False)  # type: ignore[misc]
            for label, one in parts.items()
        }

    def _with_labels(
        self, samples: Sequence[TicketSample], dimension: Dimension, at: int
    ) -> Iterator[tuple[str, TicketSample]]:
        if dimension is Dimension.KIND:
            for sample in samples:
                for label in sample.label.split("\n"):
                    yield label, sample
            return
        labels = self.evidence.labels(dimension, {one.ticket_id for one in samples}, at)
        for sample in samples:
            for label in labels.get(sample.ticket_id, ("",)):
                yield label, sample

    def _samples_of(self, measure: Measure, *, series: bool = True) -> "_SamplesOf":
        """Gives the samples of a stretch of the window, without `series` not those of its series.

        All are read at once, except states of a long time: only few of those hold when a stretch ends.
        """
        window = self.window
        start = min(one.start for one in (*(window.series if series else ()), window.before))
        if measure.state and window.period.end - start > _LONG:
            return lambda stretch: self.evidence.samples(measure, stretch.end, stretch.end)
        cut = _cut_states if measure.state else _cut
        found = self.evidence.samples(measure, start, window.period.end)
        if start <= window.year_ago.start:
            return lambda stretch: cut(found, stretch)
        ago = self.evidence.samples(measure, *window.year_ago)
        return lambda stretch: cut(ago if stretch == window.year_ago else found, stretch)

    def _figure(self, measure: Measure, samples_of: "_SamplesOf", *, series: bool = True) -> Figure:
        window = self.window
        now, then, ago = (
            self._count(measure, samples_of, one) for one in (window.period, window.before, window.year_ago)
        )
        values = tuple(
            (now if one == window.period else self._count(measure, samples_of, one)).value
            for one in (window.series if series else ())
        )
        return Figure(
            measure.id, measure.title.format(day=_DAY_NAMES[self.weekday]), measure.definition,
            str(measure.unit), now.value, then.value, now.n, now.tickets, p90=now.p90, left_out=now.left_out,
            series=values, better=measure.better, before_n=then.n, year_ago=ago.value, year_ago_n=ago.n,
            family=str(measure.family), asks=measure.idle if measure.needs in self.has else measure.asks,
            currency=self.look.currency, sides=(now.sides, then.sides, ago.sides), total=measure.total,
        )  # fmt: skip

    def _count(self, measure: Measure, samples_of: "_SamplesOf", period: Period) -> Count:
        """A measure for a period, without a value where the desk's mail begins later."""
        found = measure.fold(samples_of(period), replace(self.look, end=period.end))
        unknown = period.end <= self.since and (measure.reads in _OF_MAIL or not found.n)
        return found._replace(value=None) if unknown else found


_SamplesOf = Callable[[Period], Sequence[TicketSample]]
_time = attrgetter("at")
_LONG = 200 * 86400  # from here on it takes longer to read all states than to ask once for each stretch


def _cut(samples: Sequence[TicketSample], period: Period) -> Sequence[TicketSample]:
    """Of samples in order of time those of a period."""
    first, last = (bisect_left(samples, at, key=_time) for at in period)
    return samples[first:last]


def _cut_states(samples: Sequence[TicketSample], period: Period) -> Sequence[TicketSample]:
    """Of states those that held when a period ended."""
    return [one for one in samples if one.at < period.end <= one.until]


def _row_order(row: SplitRow) -> tuple[float, float, str]:
    first = row.figures[0]
    return -(first.value or 0), -(first.before or 0), row.label
