"""A screen whose dangerous keys count only after what they confirm was seen."""

from time import monotonic
from typing import ClassVar

from textual import events

from deskterm.commands.record import Command
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.reply.arming import SendGuard

_SLACK = 0.01  # a timer may fire a little early


class ArmedScreen(DeskScreen[None]):
    """Runs the commands of `CAREFUL` only if their key was pressed on the picture now shown, and alone.

    A subclass calls `stop_guard` when it shows another picture and `start_guard` once that is painted.
    """

    CAREFUL: ClassVar[frozenset[str]] = frozenset()  # what no paste, held key or early key may do
    PATIENT: ClassVar[frozenset[str]] = frozenset()  # of these: run a moment later if the key came early

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type] # as DeskScreen
        self.arming = SendGuard()
        self._key_at = self.counted_at = float(
            "-inf"
        )  # of the last key; of the last careful one that counted
        self._key_counts = False
        self._early: tuple[Command, float] | None = None

    # what a subclass overrides

    @property
    def has_picture(self) -> bool:
        """Whether something is shown that a key could confirm."""
        return True

    def show_armed(self) -> None:
        """Show whether the keys count now."""

    # how it works

    def start_guard(self) -> None:
        """The picture is painted: start the time for which it must be seen."""
        if self.is_active:
            self.arming.start_waiting(monotonic())
            self._look_again()

    def _look_again(self) -> None:
        """Show it once the key counts; run a patient command whose key came early."""
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
        """Judge each key by its time, before anything is done with it."""
        self._key_counts = self.arming.note_key(event.time)
        self._key_at = event.time

    def on_screen_suspend(self) -> None:
        """Stop the guard: what is not seen cannot be confirmed."""
        self.arming.stop_waiting()
        self._key_counts = False

    def on_screen_resume(self) -> None:
        """Start the time again."""
        if self.has_picture:
            self.call_after_refresh(self.start_guard)

    def run_command(self, command: Command) -> None:
        """Run a command; a careful one only if its key counts."""
        counts, self._key_counts = self._key_counts, False
        if counts and command.id in self.CAREFUL:
            self.counted_at = self._key_at
        if command.id in self.CAREFUL and not counts:
            if command.id in self.PATIENT:
                self._early = (command, self._key_at)
            elif self.has_picture:
                self.tell(f"That was too soon: look, then press {self.work.key(command.id)} again.", "amber")
            self._look_again()
            return
        super().run_command(command)
