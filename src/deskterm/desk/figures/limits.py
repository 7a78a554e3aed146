"""The owner's goodwill limits beside what was given."""

from dataclasses import replace

from deskterm.desk.orders.goodwill_limits import begin_of_month
from deskterm.desk.shop import DeskContext
from deskterm.domain.figures.values import Section
from deskterm.domain.money import decimals
from deskterm.domain.orders.order import Money
from deskterm.storage.acting import goodwill
from deskterm.storage.schema.database import Tx


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
