"""Figures from stories only, the slow way: without a database or kept samples."""

from deskterm.domain.figures.counting import Counting, Dimension
from deskterm.domain.figures.measure import Frame, Reads
from deskterm.domain.figures.samples import Outlook


def calendar(start: int, end: int) -> int:
    return end - start


class StoryEvidence:
    """Evidence that computes every sample again. `records` is what is read besides stories."""

    def __init__(self, stories, frame, records=None, labels=None):
        self.stories, self.frame = stories, frame
        self.records, self._labels = records or {}, labels or {}

    def samples(self, measure, start, end):
        read = self.stories if measure.reads is Reads.STORY else self.records.get(measure.reads, ())
        found = [sample for one in read for sample in measure.samples(one, self.frame)]
        within = [s for s in found if s.at < end and (s.until if measure.state else s.at) >= start]
        return sorted(within, key=lambda one: (one.at, one.ticket_id))

    def labels(self, dimension, tickets, at):
        if dimension is Dimension.CATEGORY:
            return {story.matter.ticket_id: (story.matter.category,) for story in self.stories}
        return self._labels


def counting(
    stories, window, now, *, business=None, hours=False, targets=(), records=None, currency="EUR", labels=None
):
    """How a window is counted from these stories; `hours`: by the business clock."""
    frame = Frame(calendar, business or calendar, tuple(targets))
    look = Outlook(window.period.end, now, frame.business if hours else calendar, hours, currency=currency)
    return Counting(StoryEvidence(stories, frame, records, labels), window, look)
