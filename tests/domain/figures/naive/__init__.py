"""The definitions of docs/metrics.md once more, written independently and as plainly as possible, over the event log.

Nothing here is shared with the program: no stories, no samples, no sorted lists. A ticket is a list of
(hour, what, ...) and time is counted hour by hour. Slow, and easy to read.
"""

from domain.figures.naive import beside, tickets, work

FIGURES = {
    **tickets.FIGURES,
    **work.FIGURES,
    **beside.FIGURES,
}  # id -> (shop, start, end, business) -> (value, n)
