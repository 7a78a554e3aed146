"""The figures of any period, from messages, events and orders alone: no network needed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from deskterm.desk.figures.advising import advice_for, gives_advice
from deskterm.desk.figures.due import reply_targets, with_remarks
from deskterm.desk.figures.evidence import DeskEvidence, update_samples, update_some_samples
from deskterm.desk.figures.figure_settings import ShopFrame, calendar_seconds, frame_of
from deskterm.desk.figures.limits import with_limit, with_survey_need
from deskterm.desk.shop import DeskContext
from deskterm.domain.business_hours import Hours
from deskterm.domain.desk_state import ProgressReporter
from deskterm.domain.figures import periods
from deskterm.domain.figures.counting import Counting
from deskterm.domain.figures.measure import Needs
from deskterm.domain.figures.periods import PeriodKind, Window, midnight
from deskterm.domain.figures.samples import Outlook
from deskterm.domain.figures.sections import SECTIONS
from deskterm.domain.figures.sla_targets import ReplyTarget, read_history
from deskterm.domain.figures.values import FiguresReport, Remark, Section
from deskterm.errors import NotNow
from deskterm.storage.figures import records, samples, targets
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

EVERYTHING = tuple(SECTIONS)


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """Which period to show, in business hours or all hours.

    `back` counts periods: 0 is the current one, except on its first day, when 0 is the last full one and -1
    the current. With `first` and `last` the period is those days, both included, in either order.
    """

    kind: PeriodKind = PeriodKind.WEEK
    back: int = 0
    business: bool = False
    first: date | None = None
    last: date | None = None


class Metrics:
    """Reports of a period, compared with the one before and the year before."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def week(self, now: int, back: int = 0, *, business: bool = False) -> FiguresReport:
        """All figures of the ISO week `back` weeks ago."""
        return self.report(PeriodChoice(back=back, business=business), now, ("week", "figures"))

    def report(
        self,
        choice: PeriodChoice,
        now: int,
        sections: Iterable[str] = EVERYTHING,
        *,
        kept: bool = True,
        update: bool = True,
        series: bool = True,
        reporter: ProgressReporter | None = None,
    ) -> FiguresReport:
        """These sections for a period. With `kept` false, no kept samples are used.

        Without `update` nothing is written: stale samples are worked out for this report only. Without
        `series` no figure has its values in the periods before, which are most of the work.
        """
        if kept and update:
            self.update_samples(now, reporter)
        frame = self._frame(now)
        window = self._window(choice, now)
        with self._shop.db.read() as tx:
            evidence = DeskEvidence(tx, frame, kept=kept)
            counted = window if series else replace(window, series=())
            counting = self._counting(tx, frame, evidence, choice, counted, now)
            zone, playbook = self._shop.formats.zone, self._shop.playbook.current()
            made = tuple(
                with_remarks(SECTIONS[name](counting, zone), tx, frame, window.period, zone, now, playbook)
                for name in sections
            )
            advice = (
                advice_for(tx, self._shop, evidence, window, counting.look.currency, now)
                if any(one.id == "week" for one in made)
                else ()
            )
            made = tuple(with_limit(one, tx, self._shop, counting.look.currency, now) for one in made)
        made = tuple(with_survey_need(self._with_faq(one, now), self._shop) for one in made)
        return FiguresReport(
            window.period.start, window.period.end, window.title, window.compared, choice.business, made,
            advice,
            compared_year=window.compared_year, steps=window.steps, now=now, kind=str(window.kind),
            advised=gives_advice(window), mail_begins=counting.since,
        )  # fmt: skip

    def _with_faq(self, section: Section, now: int) -> Section:
        """The orders page with the effect of the FAQ's entries."""
        if section.id != "orders":
            return section
        from deskterm.desk.knowledge.faq import Faq  # noqa: PLC0415 - half of the imports, for one page

        remarks = tuple(Remark(one.words, one.after or one.before) for one in Faq(self._shop).effects(now))
        return replace(section, remarks=remarks, remarks_title="FAQ questions, before and since")

    def update_samples(self, now: int, reporter: ProgressReporter | None = None) -> int:
        """Bring all kept samples up to date; gives the number of tickets."""
        if self._shop.db.read_only:
            return 0
        return update_samples(self._shop, self._frame(now), reporter or ProgressReporter())

    def update_some_samples(self, now: int) -> int:
        """Do a part of `update_samples`, in milliseconds; gives how many tickets are left. DatabaseBusy."""
        if self._shop.db.read_only:
            return 0
        update_some_samples(self._shop, self._frame(now))
        with self._shop.db.read() as tx:
            return samples.stale_number(tx)

    def reply_targets(self, now: int) -> dict[int, ReplyTarget]:
        """The answers owed within a target, by ticket."""
        frame = self._frame(now)
        with self._shop.db.read() as tx:
            return reply_targets(tx, frame)

    def _frame(self, now: int) -> ShopFrame:
        """How the shop counts; notes targets that are new in the settings."""
        texts = self._shop.settings.targets
        with self._shop.db.read() as tx:
            known, news = targets.history(tx), targets.is_news(tx, texts)
        if news and not self._shop.db.read_only:
            with self._shop.db.write() as tx:
                targets.record(tx, texts, now)
                known = targets.history(tx)
        return frame_of(self._shop, read_history(known))

    def _window(self, choice: PeriodChoice, now: int) -> Window:
        zone = self._shop.formats.zone
        if choice.first is not None and choice.last is not None:
            first, last = sorted((choice.first, choice.last))
            if midnight(first, zone) >= now:
                raise NotNow("These days are in the future.", todo="Choose days that have begun.")
            return periods.days(first, last, now, zone)
        return periods.window(choice.kind, now, choice.back, zone)

    def _counting(  # noqa: PLR0917 - from where, and of what
        self, tx: Tx, frame: ShopFrame, evidence: DeskEvidence, choice: PeriodChoice, window: Window, now: int
    ) -> Counting:
        span = frame.frame.business if choice.business else calendar_seconds
        look = Outlook(
            window.period.end, now, span, choice.business, self._end_of_next_day, records.main_currency(tx)
        )
        next_day = datetime.fromtimestamp(self._end_of_next_day(window.period.end) - 1, UTC)
        weekday = next_day.astimezone(self._shop.formats.zone).weekday()
        begins = records.mail_begins(tx)
        return Counting(evidence, window, look, weekday, begins, self._what_it_has(look.currency))

    def _what_it_has(self, currency: str) -> frozenset[Needs]:
        """What the shop has set up: a store with orders, targets, a survey question."""
        settings = self._shop.settings
        has = {Needs.ORDERS: bool(currency), Needs.TARGETS: bool(settings.targets)}
        if settings.survey:
            has[Needs(settings.survey)] = True
        return frozenset(one for one, there in has.items() if there)

    def _end_of_next_day(self, at: int) -> int:
        """The end of the working day after that of `at` (UTC seconds)."""
        zone, settings = self._shop.formats.zone, self._shop.settings.shop
        noon = Hours(settings.hours, zone, settings.holidays).working_day_after(at - 1, 1)
        return midnight(datetime.fromtimestamp(noon, UTC).astimezone(zone).date() + timedelta(days=1), zone)
