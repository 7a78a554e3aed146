"""What the settings say beside the figures: the goodwill limit, and why no survey is sent."""

from dataclasses import replace

from deskterm.desk.figures.figure_settings import survey_is_unsigned
from deskterm.desk.orders.goodwill_limits import begin_of_month
from deskterm.desk.shop import DeskContext
from deskterm.domain.figures.families import BY_ID
from deskterm.domain.figures.figure_formats import never_noted
from deskterm.domain.figures.values import Figure, Section
from deskterm.domain.money import decimals
from deskterm.domain.orders.order import Money
from deskterm.storage.acting import goodwill
from deskterm.storage.schema.database import Tx

_UNSIGNED = "Nobody is asked until you set `signature`."


def with_limit(section: Section, tx: Tx, shop: DeskContext, currency: str, now: int) -> Section:
    """The section with the month's goodwill limit, if the owner has set one."""
    most = shop.settings.policy.goodwill_per_month
    if not most or not currency or not any(one.id == "goodwill" for one in section.figures):
        return section
    given = goodwill.since(tx, begin_of_month(shop, now), currency, "")
    amounts = (Money(minor, currency) for minor in (given, most * 10 ** decimals(currency)))
    note = "{} of {} given this month".format(*map(shop.formats.money, amounts))
    figures = tuple(replace(one, note=note) if one.id == "goodwill" else one for one in section.figures)
    return replace(section, figures=figures)


def with_survey_need(section: Section, shop: DeskContext) -> Section:
    """The section; the figures of a survey that is never sent, as nobody signs its letter, say so."""
    if not survey_is_unsigned(shop.settings, shop.playbook.current()):
        return section
    return replace(section, figures=tuple(_with_reason(one, shop.settings.survey) for one in section.figures))


def _with_reason(figure: Figure, survey: str) -> Figure:
    if BY_ID[figure.id].needs != survey:
        return figure
    bare = replace(figure, asks=_UNSIGNED)
    return bare if never_noted(bare) else replace(figure, note=_UNSIGNED)
