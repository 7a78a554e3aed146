"""Figures of satisfaction: customers' answers to surveys."""

from collections.abc import Iterator, Sequence

from deskterm.domain.figures.measure import Family, Frame, Measure, Needs, Reads, Sampler, Unit
from deskterm.domain.figures.records import SurveyAnswer, SurveyKind
from deskterm.domain.figures.samples import (
    Count,
    Outlook,
    TicketSample,
    distinct,
    left_out,
    mean_of,
    share_of_times,
)

_GOOD = 4
_PROMOTER, _DETRACTOR = 9, 6
EXPIRES = 7 * 86400
_ASKS = "Nobody is asked (`survey` in config.toml)."


def _scores(kind: SurveyKind) -> Sampler:
    def sample(one: SurveyAnswer, _frame: Frame) -> Iterator[TicketSample]:
        if one.kind is kind and one.answered_at is not None:
            late = "answered after 7 days" if one.answered_at > one.asked_at + EXPIRES else ""
            yield TicketSample(one.answered_at, one.ticket_id, one.score, late)

    return sample


def good_answers(one: SurveyAnswer, frame: Frame) -> Iterator[TicketSample]:
    """An answer to the question how we did: 1 for a 4 or a 5, 0 else."""
    for sample in _scores(SurveyKind.CSAT)(one, frame):
        yield sample._replace(value=float(sample.value >= _GOOD))


def _responses(one: SurveyAnswer, _frame: Frame) -> Iterator[TicketSample]:
    if one.kind is SurveyKind.CSAT:
        in_time = one.answered_at is not None and one.answered_at <= one.asked_at + EXPIRES
        yield TicketSample(one.asked_at, one.ticket_id, float(in_time), until=one.asked_at + EXPIRES)


def promoters_less_detractors(samples: Sequence[TicketSample], _look: Outlook) -> Count:
    """The share of 9 and 10 less the share of 0 to 6, as a number from -100 to 100."""
    counted = [one for one in samples if not one.left]
    balance = sum((one.value >= _PROMOTER) - (one.value <= _DETRACTOR) for one in counted)
    value = 100 * balance / len(counted) if counted else None
    against = sum(one.value <= _DETRACTOR for one in counted)
    tickets = distinct(one.ticket_id for one in sorted(counted, key=lambda one: one.value))
    return Count(value, len(counted), tickets, left_out=left_out(samples), sides=(balance + against, against))


MEASURES = (
    Measure(
        "csat", "CSAT",
        "Of the answers of the period to the question how we did, from 1 to 5: those of 4 and 5.",
        Family.SATISFACTION, Unit.SHARE, 1, good_answers, share_of_times, Reads.SURVEYS,
        asks=_ASKS, needs=Needs.CSAT,
    ),
    Measure(
        "csat mean", "CSAT, mean",
        "The mean of the answers of the period, from 1 to 5.",
        Family.SATISFACTION, Unit.COUNT, 1, _scores(SurveyKind.CSAT), mean_of, Reads.SURVEYS,
        asks=_ASKS, needs=Needs.CSAT,
    ),
    Measure(
        "csat responses", "Surveys answered",
        "Of the customers asked in the period, those who answered within 7 days. Who still has time to "
        "answer "
        "cannot tell yet.",
        Family.SATISFACTION, Unit.SHARE, 1, _responses, share_of_times, Reads.SURVEYS,
        asks=_ASKS, needs=Needs.CSAT,
    ),
    Measure(
        "nps", "NPS",
        "Of the answers from 0 to 10 whether they would recommend us: the share of 9 and 10 less that of 0 "
        "to 6.",
        Family.SATISFACTION, Unit.BALANCE, 1, _scores(SurveyKind.NPS), promoters_less_detractors,
        Reads.SURVEYS,
        asks=_ASKS, needs=Needs.NPS,
    ),
    Measure(
        "ces", "Effort score",
        "The mean of the answers from 1 to 7 how easy it was to be helped.",
        Family.SATISFACTION, Unit.COUNT, 1, _scores(SurveyKind.CES), mean_of, Reads.SURVEYS,
        asks=_ASKS, needs=Needs.CES,
    ),
)  # fmt: skip
