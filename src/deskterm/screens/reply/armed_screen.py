"""A screen whose careful keys count only when what they confirm has been seen."""

from time import monotonic
from typing import ClassVar

from textual import events

from deskterm.commands.record import Command
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.reply.arming import SendGuard

_SLACK = 0.01  # a timer may fire a little before its time


class ArmedScreen(DeskScreen[None]):
    """Lets the commands of `CAREFUL` run when their key was pressed for the picture that is shown, and alone.

    A subclass calls `stop_guard` when it shows another picture and `start_guard` once that is painted.
    """

    CAREFUL: ClassVar[frozenset[str]] = frozenset()  # what no paste, no held key and no early key may do
    PATIENT: ClassVar[frozenset[str]] = (
        frozenset()
    )  # of these: what runs a little later where the key came early

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type] # what DeskScreen takes
        self.arming = SendGuard()
        self._key_at = self.counted_at = float(
            "-inf"
        )  # of the last key; of the last careful one that counted
        self._key_counts = False
        self._early: tuple[Command, float] | None = None

    # what a subclass gives

    @property
    def has_picture(self) -> bool:
        """Whether anything is shown that a key could confirm."""
        return True

    def show_armed(self) -> None:
        """Say whether the keys count now."""

    # how it works

    def start_guard(self) -> None:
        """The picture stands: from now on the time runs that it must have been seen."""
        if self.is_active:
            self.arming.start_waiting(monotonic())
            self._look_again()

    def _look_again(self) -> None:
        """Say so once the key counts; one that came too early and can wait runs then."""
        left = self.arming.remaining(monotonic())
        if 0 < left < float("inf"):
            self.set_timer(left + _SLACK, self._look_again)
        self.show_armed()
        if self.is_armed and self._early is not None:
            (command, pressed_at), self._early = self._early, None
            if self.arming.is_last_key(pressed_at):
                super().run_command(command)

    @property
    def is_armed(self) -> bool:
        """Whether a careful key would count now."""
        return self.arming.is_armed(monotonic())

    async def on_key(self, event: events.Key) -> None:
        """Judge each key by when it came, before anything is done with it."""
        self._key_counts = self.arming.note_key(event.time)
        self._key_at = event.time

    def on_screen_suspend(self) -> None:
        """What is not seen cannot be confirmed, and nothing confirms but a key pressed here."""
        self.arming.stop_waiting()
        self._key_counts = False

    def on_screen_resume(self) -> None:
        """Seen again: the time begins anew."""
        if self.has_picture:
            self.call_after_refresh(self.start_guard)

    def run_command(self, command: Command) -> None:
        """Run a command; those that confirm something only when the key counts."""
        counts, self._key_counts = self._key_counts, False
        if counts and command.id in self.CAREFUL:
            self.counted_at = self._key_at
        if command.id in self.CAREFUL and not counts:
            self._early = (command, self._key_at) if command.id in self.PATIENT else None
            self._look_again()
            return
        super().run_command(command)
