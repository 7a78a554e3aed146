"""What a screen shows in its three bars: the top line, the status line, and the keys in the footer."""

from collections.abc import Callable, Iterable
from typing import Any

from textual.screen import Screen
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.keymap import KeyReader, shown_keys
from deskterm.commands.record import Command, Where
from deskterm.widgets.bars import Footer, StatusLine, TopLine

Shown = tuple[Command, list[str]]  # a command and its keys
SAID_FOR = 8.0  # seconds that the words of a key stay in the status line


class ScreenBars:
    """The bars of one screen, and what the status line says about the last key."""

    def __init__(self, screen: Screen[Any], work: Work) -> None:
        self._screen, self._work = screen, work
        self._top_line = TopLine(work.settings.shop.name)
        self._status_line = StatusLine(work.formats.time, work.key)
        self._footer = Footer()
        self.words = ""  # the status line's answer to the last key
        self.shown_action = 0  # the action it is about; 0 for none

    def around(self, body: Iterable[Widget]) -> Iterable[Widget]:
        """The bars with the body between them."""
        yield self._top_line
        yield from body
        yield self._status_line
        yield self._footer

    @property
    def stand(self) -> bool:
        """Whether the bars exist: the app may look before the screen is composed and after it is removed."""
        return self._footer.is_attached

    def tell(self, words: str, shade: str, action: int) -> None:
        """Answer a key in the status line, with the action it was; later the state is shown again."""
        if not self.stand:
            return
        self._say(words, shade)
        self.words, self.shown_action = words, action
        self._screen.set_timer(SAID_FOR, lambda: self.clear(words))

    def clear(self, words: str) -> None:
        """Show the state of the desk again, unless something else than `words` was said since."""
        if words and self.words == words:
            self.words, self.shown_action = "", 0
            if self.stand:
                self._say("")

    def _say(self, words: str, shade: str = "accent") -> None:
        self._status_line.say(words, shade)
        self._footer.say(words, shade)

    def show_keys(
        self, where: Where, reader: KeyReader, choose: Callable[[list[Shown]], list[Shown]]
    ) -> None:
        """Show the keys of a pending chord, else those of the place that `choose` leaves."""
        footer = self._footer
        if reader.prefix or reader.count:
            footer.show_chord(reader.count + reader.prefix, reader.chords())
        else:
            footer.show(choose(shown_keys(where, reader.keys)))
        self._status_line.show_chord(*footer.above(self._screen.size.width))

    def show_facts(self, place: str) -> None:
        """Show what the app has read; `place` is what the top line calls the screen."""
        facts, now, formats = self._work.facts, self._work.now(), self._work.formats
        place = "  ".join(filter(None, (place, "read only" * self._work.desk.read_only)))
        clock = f"{formats.weekday(now)[:3]} {formats.day(now)} {formats.time(now)}"
        self._top_line.show(facts.counts, place, clock)
        if facts.state is not None:
            alarms = tuple(facts.alarms.values())
            self._status_line.show(
                facts.state, now, facts.progress, facts.eta, alarms=alarms, sending=facts.sending
            )
