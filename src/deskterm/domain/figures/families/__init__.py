"""The figures, one file per family. A new metric is one record in one of them."""

from deskterm.domain.figures.families import (
    effort,
    goodwill,
    macros,
    orders,
    promises,
    quality,
    replies,
    resolution,
    retention,
    satisfaction,
    sends,
    sla,
    volume,
)

MEASURES = (
    *volume.MEASURES,
    *replies.MEASURES,
    *resolution.MEASURES,
    *effort.MEASURES,
    *quality.MEASURES,
    *sends.MEASURES,
    *macros.MEASURES,
    *promises.MEASURES,
    *sla.MEASURES,
    *goodwill.MEASURES,
    *satisfaction.MEASURES,
    *orders.MEASURES,
    *retention.MEASURES,
)
BY_ID = {measure.id: measure for measure in MEASURES}
# Figures of the same samples (a median and a total) have them kept once, under the first one's name.
KEPT_AS: dict[str, str] = {}
for _measure in MEASURES:
    _same = (one.id for one in MEASURES if one.samples is _measure.samples)
    KEPT_AS[_measure.id] = next(_same)
