"""What every use case stands on: the database, the shop's settings and its playbook."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from deskterm.config.all_settings import Settings
from deskterm.config.paths import Home
from deskterm.domain.business_hours import Hours
from deskterm.domain.formats import Formats
from deskterm.storage.schema.database import Database

if TYPE_CHECKING:
    from deskterm.desk.answers.learned import LearnedAnswers
    from deskterm.desk.sops.records import SopRecords
    from deskterm.domain.playbook import Playbook


class HasPlaybook(Protocol):
    """Where the macros and SOPs come from; `PlaybookFiles` is one."""

    def current(self) -> "Playbook":
        """The playbook as it stands now."""
        ...


@dataclass(frozen=True)
class DeskContext:
    """The desk's surroundings, handed to each of its parts."""

    db: Database
    settings: Settings
    home: Home
    playbook: HasPlaybook
    formats: Formats

    @cached_property
    def hours(self) -> Hours:
        """The shop's business hours; what they work out once is kept."""
        shop = self.settings.shop
        return Hours(shop.hours, self.formats.zone, shop.holidays)

    @cached_property
    def learned_answers(self) -> "LearnedAnswers":
        """What is learned of the owner's answers; no list needs it."""
        from deskterm.desk.answers.learned import LearnedAnswers  # noqa: PLC0415 - see above

        return LearnedAnswers()

    @cached_property
    def sop_records(self) -> "SopRecords":
        """What became of the tickets of each SOP, as it was last read."""
        from deskterm.desk.sops.records import SopRecords  # noqa: PLC0415 - see above

        return SopRecords()
