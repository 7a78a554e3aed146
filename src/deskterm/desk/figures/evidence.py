"""The evidence for figures: samples that are kept, and samples worked out when needed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from deskterm.desk.figures.figure_settings import ShopFrame
from deskterm.desk.shop import DeskContext
from deskterm.domain.desk_state import ProgressReporter
from deskterm.domain.figures.counting import Dimension
from deskterm.domain.figures.families import KEPT_AS, MEASURES
from deskterm.domain.figures.measure import Measure, Reads
from deskterm.domain.figures.samples import TicketSample
from deskterm.domain.figures.stories import build_stories
from deskterm.errors import DatabaseBusy
from deskterm.storage.figures import dimensions, logs, records, samples
from deskterm.storage.figures.samples import KeptSample
from deskterm.storage.schema.database import Tx

_AT_ONCE = 150  # tickets per transaction: short, so that others need not wait
_OF_STORIES = tuple(one for one in MEASURES if one.reads is Reads.STORY and KEPT_AS[one.id] == one.id)


def work_out(tx: Tx, tickets: Collection[int], shop: ShopFrame) -> Iterator[KeptSample]:
    """All samples of these tickets, from their logs."""
    for story in build_stories(logs.logs(tx, tickets, shop.thanking)):
        for measure in _OF_STORIES:
            for sample in measure.samples(story, shop.frame):
                yield KeptSample(measure.id, sample)


class DeskEvidence:
    """Evidence from one read transaction. `kept`: whether kept samples may be used."""

    def __init__(self, tx: Tx, shop: ShopFrame, *, kept: bool = True) -> None:
        self._tx, self._shop = tx, shop
        kept = kept and samples.counted_by(tx, shop.mark)
        stale = _with_siblings(tx, samples.stale(tx)) if kept else None
        self._passed: set[int] = stale or set()
        self._kept = kept
        fresh = logs.every_ticket(tx) if stale is None else sorted(logs.roots(tx, stale))
        self._fresh: dict[str, list[TicketSample]] = defaultdict(list)
        for at in range(0, len(fresh), _AT_ONCE):
            for one in work_out(tx, fresh[at : at + _AT_ONCE], shop):
                self._fresh[one.measure].append(one.sample)
        self._known: dict[tuple[str, int, int], Sequence[TicketSample]] = {}
        self._read: dict[tuple[Reads, int, int], Sequence[object]] = {}
        self._labels: dict[tuple[Dimension, int], dict[int, tuple[str, ...]]] = defaultdict(dict)

    def samples(self, measure: Measure, start: int, end: int) -> Sequence[TicketSample]:
        """The samples of a measure between two times, as `Evidence` requires."""
        key = KEPT_AS[measure.id], start, end
        if key not in self._known:
            read = self._of_stories if measure.reads is Reads.STORY else self._of_records
            self._known[key] = read(measure, start, end)
        return self._known[key]

    def _of_stories(self, measure: Measure, start: int, end: int) -> Sequence[TicketSample]:
        name = KEPT_AS[measure.id]
        kept = (
            samples.read(self._tx, name, start, end, state=measure.state, without=self._passed)
            if self._kept
            else []
        )
        fresh = [one for one in self._fresh[name] if _is_within(measure, one, start, end)]
        return sorted([*kept, *fresh], key=_order) if fresh else kept

    def _of_records(self, measure: Measure, start: int, end: int) -> Sequence[TicketSample]:
        given = (
            sample
            for record in self._records(measure.reads, start, end)
            for sample in measure.samples(record, self._shop.frame)
        )
        return sorted((one for one in given if _is_within(measure, one, start, end)), key=_order)

    def _records(self, reads: Reads, start: int, end: int) -> Sequence[object]:
        """What several measures count, read once; some of it whatever the period."""
        key = (reads, 0, 0) if reads in records.OF_ALL_TIME else (reads, start, end)
        if key not in self._read:
            self._read[key] = records.READERS[reads](self._tx, start, end, self._shop.wismo)
        return self._read[key]

    def labels(
        self, dimension: Dimension, tickets: Collection[int], at: int
    ) -> Mapping[int, tuple[str, ...]]:
        """The values tickets had in a dimension at a time (UTC seconds)."""
        known = self._labels[dimension, at]
        asked = [ticket for ticket in tickets if ticket not in known]
        if asked:
            known.update(dimensions.labels(self._tx, dimension, asked, at))
        return known


def _is_within(measure: Measure, sample: TicketSample, start: int, end: int) -> bool:
    return sample.at < end and (sample.until if measure.state else sample.at) >= start


def _order(sample: TicketSample) -> tuple[int, int]:
    return sample.at, sample.ticket_id


def _with_siblings(tx: Tx, stale: Collection[int]) -> set[int]:
    """The stale tickets with those of the same customers, whose samples they may change."""
    if not stale:
        return set()
    ids = logs.roots(tx, stale)
    return {*stale, *ids, *logs.of_same_customers(tx, ids)}


def update_samples(shop: DeskContext, frame: ShopFrame, reporter: ProgressReporter) -> int:
    """Work out the samples of all tickets that changed, in short transactions; gives how many tickets.

    If another program writes for long, the rest is left for later.
    """
    done = 0
    reporter.begin("Counting tickets")
    try:
        while tickets := update_some_samples(shop, frame):
            done += tickets
            with shop.db.read() as tx:
                reporter.step(tickets, left=samples.stale_number(tx))
    except DatabaseBusy:
        pass  # stale samples are worked out when needed
    return done


def update_some_samples(shop: DeskContext, frame: ShopFrame) -> int:
    """One short transaction of `update_samples`; gives how many tickets, 0 if nothing is stale."""
    _begin_anew(shop, frame)
    with shop.db.read() as tx:
        if not samples.stale(tx, 1):
            return 0
    with shop.db.write(durable=False) as tx:
        tickets = _with_siblings(tx, samples.stale(tx, _AT_ONCE))
        samples.replace(tx, tickets, work_out(tx, sorted(logs.roots(tx, tickets)), frame))
    return len(tickets)


def _begin_anew(shop: DeskContext, frame: ShopFrame) -> None:
    with shop.db.read() as tx:
        if samples.counted_by(tx, frame.mark):
            return
    with shop.db.write(durable=False) as tx:
        samples.begin_anew(tx, frame.mark)
