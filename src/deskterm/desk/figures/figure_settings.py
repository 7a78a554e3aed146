"""The shop's settings as figures need them: hours, targets, currency."""

from deskterm.config.all_settings import Settings
from deskterm.desk.shop import DeskContext
from deskterm.domain.business_hours import Hours
from deskterm.domain.figures.families import MEASURES
from deskterm.domain.figures.measure import Frame
from deskterm.domain.figures.sla_targets import SlaTarget
from deskterm.domain.figures.survey_answers import SURVEYS
from deskterm.domain.playbook import Playbook
from deskterm.domain.review.sign_off import has_sign_off
from deskterm.value_class import dataclass

SAMPLES_VERSION = 4  # another number makes all samples stale


@dataclass(frozen=True, slots=True)
class ShopFrame:
    """The frame samples are counted in, and a mark that tells it from another."""

    frame: Frame
    thanking: frozenset[str]  # the macros that only answer a thank-you
    wismo: str  # the category of "where is my order"
    mark: str


def frame_of(shop: DeskContext, targets: tuple[SlaTarget, ...] = ()) -> ShopFrame:
    """The frame for the present settings."""
    from _blake2 import blake2b  # noqa: PLC0415 - `hashlib` loads OpenSSL

    settings, macros = shop.settings.shop, shop.playbook.current().macros
    hours = Hours(settings.hours, shop.formats.zone, settings.holidays)
    thanking = frozenset(macro.id for macro in macros.values() if macro.category == "thanks") | set(SURVEYS)
    known = (
        SAMPLES_VERSION, settings.hours, str(shop.formats.zone), settings.holidays, sorted(thanking), targets,
        [(measure.id, measure.definition) for measure in MEASURES],
    )  # fmt: skip
    status = macros.get("order-status")
    return ShopFrame(
        Frame(calendar_seconds, hours.business_seconds, targets),
        thanking,
        status.category if status else "shipping",
        blake2b(repr(known).encode(), digest_size=8).hexdigest(),
    )


def survey_is_unsigned(settings: Settings, playbook: Playbook) -> bool:
    """Whether a survey is switched on whose letter nobody signs: its review is never green, so none goes."""
    asking = (playbook.macros.get(macro) for macro, kind in SURVEYS.items() if kind == settings.survey)
    signed = any(settings.shop.all_sign_offs)
    return not signed and any(macro is not None and not has_sign_off(macro.body) for macro in asking)


def calendar_seconds(start: int, end: int) -> int:
    """The seconds between two times."""
    return end - start
