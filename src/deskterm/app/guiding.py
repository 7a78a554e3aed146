"""The tour at the first start and the hints of the first week: two lines over the real desk.

Each step waits for its key, pressed on the owner's own tickets; all other keys work as usual. Esc ends it for
good.
"""

import logging
from typing import TYPE_CHECKING

from deskterm.app.guide_words import HINTS, TOUR
from deskterm.app.handling import HandlesTickets
from deskterm.errors import DesktermError
from deskterm.screens.base.screen import DeskScreen
from deskterm.widgets.bars import StatusLine

if TYPE_CHECKING:
    from deskterm.commands.record import Command
    from deskterm.widgets.guide_bar import GuideBar

LOG = logging.getLogger("deskterm.guiding")


class GuidesOwner(HandlesTickets):
    """An app that guides a new owner, if `shows_around` is set."""

    shows_around = False
    has_shown = False  # whether the start has decided what to show
    _step: int | None = None  # of the tour
    _hint: str | None = None  # the command the hint is about

    def on_mount(self) -> None:
        """Start after the first picture. Textual calls `on_mount` of every class."""
        if self.shows_around and not self.work.desk.read_only:
            self.work.listeners.append(self.hear_command)
            self.screen.call_after_refresh(lambda: self.run_worker(self._begin_guide(), group="guide"))

    async def _begin_guide(self) -> None:
        guide, now = self.work.desk.guide, self.work.now()
        try:
            if await self.work.write(guide.begin, now):
                self._step = 0
                self.fit_tour()
            elif guide.hints_due(now):
                self._give_hint()
        except DesktermError as error:  # not worth disturbing the owner
            LOG.info("no guide: %s", type(error).__name__)
        self.has_shown = True

    def _give_hint(self) -> None:
        known = self.work.desk.guide.known_commands()
        found = next(((name, words) for name, words in HINTS if name not in known), None)
        if found is not None:
            self._hint = found[0]
            self._show_guide(found[1], f"a hint   {self.work.key('back', 'Esc')} closes it")

    def fit_tour(self) -> None:
        """Show the tour while the inbox has a ticket to try it on."""
        step = self._step
        if step is None:
            return
        if self.work.facts.counts.open:
            self._show_guide(
                TOUR[step][1], f"{step + 1} of {len(TOUR)}   {self.work.key('back', 'Esc')} leaves the tour"
            )
        elif (bar := self._find_bar()) is not None:
            bar.remove()

    def hear_command(self, command: "Command") -> bool:
        """A command is about to run; true if the guide used it up: Esc, which closes the guide."""
        if self._step is None and self._hint is None:
            return False
        at_root = self.screen is self.home and not self._is_inside()
        if command.id == "back" and at_root and self._find_bar() is not None:
            self._end_guide()
            return True
        if self._step is not None and command.id == TOUR[self._step][0]:
            self._go_on()
        elif command.id == self._hint:
            self._end_guide()
        return False

    def _is_inside(self) -> bool:
        """Whether Esc has something else to leave: an open ticket, a selection, another list."""
        home = self.home
        return home is not None and (home.reading or bool(home.list.selected) or bool(home.place))

    def _go_on(self) -> None:
        assert self._step is not None
        self._step += 1
        if self._step == len(TOUR):
            self._end_guide()
        else:
            self.fit_tour()

    def _end_guide(self) -> None:
        """Close it, and record that it was seen."""
        guide, hint = self.work.desk.guide, self._hint
        was_tour, self._step, self._hint = self._step is not None, None, None
        bar = self._find_bar()
        if bar is not None:
            bar.remove()
        self.run_worker(
            self.work.write(guide.end_tour) if was_tour else self.work.write(guide.note_used, hint or ""),
            group="guide",
        )

    def _find_bar(self) -> "GuideBar | None":
        from deskterm.widgets.guide_bar import GuideBar  # noqa: PLC0415 - only for new owners

        home = self.home
        return next(iter(home.query(GuideBar)), None) if home is not None else None

    def _show_guide(self, words: str, way_out: str) -> None:
        from deskterm.widgets.guide_bar import GuideBar  # noqa: PLC0415 - as above

        words_with_keys, bar = self.work.with_keys(words), self._find_bar()
        if bar is not None:
            bar.show(words_with_keys, way_out)
        elif isinstance(self.home, DeskScreen) and self.home.stands:
            self.home.mount(GuideBar(words_with_keys, way_out), before=self.home.query_one(StatusLine))
