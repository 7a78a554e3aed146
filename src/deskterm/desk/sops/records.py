"""The outcomes of each SOP's tickets, kept in memory because reading them takes time."""

from deskterm.domain.sops.outcomes import FEWEST_RUNS, SopRecord, sum_up_runs
from deskterm.domain.sops.sop import Sop
from deskterm.storage import sops
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_FRESH = 3600  # seconds a reply or reopening may be missed; a tick is seen at once


@dataclass(frozen=True, slots=True)
class _Kept:
    """A record, with the SOP, its ticks and the time (UTC seconds) it was read."""

    record: SopRecord | None
    sop: Sop
    ticks: int
    at: int


class SopRecords:
    """The records of one desk."""

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def find(self, tx: Tx, sop: Sop, now: int) -> SopRecord | None:
        """The record of an SOP; read again after a tick, a change of its file, or an hour."""
        kept, ticks = self._kept.get(sop.id), sops.count_ticks(tx, sop.id)
        if kept is None or kept.sop != sop or kept.ticks != ticks or not 0 <= now - kept.at < _FRESH:
            kept = _Kept(sum_up_runs(sop, sops.runs(tx, sop.id, FEWEST_RUNS)), sop, ticks, now)
            self._kept[sop.id] = kept
        return kept.record
