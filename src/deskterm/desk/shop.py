"""What every use case needs: the database, the shop's settings and its playbook."""

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
    """Where macros and SOPs come from; `PlaybookFiles` is one."""

    def current(self) -> "Playbook":
        """The playbook as it is now."""
        ...


@dataclass(frozen=True)
class DeskContext:
    """The surroundings of the desk, handed to each of its parts."""

    db: Database
    settings: Settings
    home: Home
    playbook: HasPlaybook
    formats: Formats

    @cached_property
    def hours(self) -> Hours:
        """The shop's business hours, with what they have worked out."""
        shop = self.settings.shop
        return Hours(shop.hours, self.formats.zone, shop.holidays)

    @cached_property
    def learned_answers(self) -> "LearnedAnswers":
        """What was learned from the owner's answers; not needed for lists."""
        from deskterm.desk.answers.learned import LearnedAnswers  # noqa: PLC0415 - see above

        return LearnedAnswers()

    @cached_property
    def sop_records(self) -> "SopRecords":
        """The outcomes of each SOP's tickets, as last read."""
        from deskterm.desk.sops.records import SopRecords  # noqa: PLC0415 - see above

        return SopRecords()
