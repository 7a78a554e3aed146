"""How things stand, in full: each mailbox and store, the outbox, and every failure."""

from collections.abc import Iterable, Iterator, Sequence

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.desk_state import SourceState
from deskterm.screens.help import HelpScreen
from deskterm.widgets.drawing.cells import wrap
from deskterm.widgets.drawing.lines import DrawnLine, Scroll

_INDENT = 2


class StatusScreen(HelpScreen):
    """Everything for which the status line has no room."""

    PLACE = "how things stand"

    def __init__(self, work: Work) -> None:
        super().__init__(work, Where.HELP)

    def body(self) -> Iterable[Widget]:
        """The text."""
        yield StatusView(self.work)

    def refresh_desk(self) -> None:
        """Show it as it is now."""
        self.query_one(StatusView).redraw()


class StatusView(Scroll):
    """Groups of sentences."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work

    def picture(self, width: int) -> list[DrawnLine]:
        """All lines at that width."""
        lines: list[DrawnLine] = []
        for title, facts in self._groups():
            lines += [DrawnLine(), DrawnLine.of(title, bold=True)]
            for words, shade in facts:
                lines += [DrawnLine.of(" " * _INDENT + part, shade) for part in wrap(words, width - _INDENT)]
        return lines

    def _groups(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        state, alarms = self._work.facts.state, self._work.facts.alarms.values()
        if alarms:
            yield "Here", [(words, "red") for words in alarms]
        if state is not None:
            yield "Mail", self._sources(state.mail) or [("No mailbox is set up.", "soft")]
            yield "Orders", self._sources(state.orders) or [("No store is set up.", "soft")]
            states = ((state.queued + state.sending, "on their way"),)
            facts = [(f"{count} {words}", "soft") for count, words in states if count]
            facts += [(f"{one.what} {one.safe} {one.todo}", "red") for one in state.needs]
            yield "Outbox", facts or [("Empty.", "soft")]
        others = self._work.facts.counts.others
        if others:
            many = "1 ticket has" if others == 1 else f"{others} tickets have"
            words = f"{many} mail you have not looked at. " + self._work.with_keys(
                "{go-others} shows it and why it is there; {who} brings it back."
            )
            yield "Not from customers", [(words, "text")]

    def _sources(self, sources: Sequence[SourceState]) -> list[tuple[str, str]]:
        """Each source: how far it is complete; if it fails, since when, why, and what to do."""
        formats, now = self._work.formats, self._work.now()
        facts: list[tuple[str, str]] = []
        for source in sources:
            known = source.complete_to > 0
            far = f"complete to {formats.moment(source.complete_to, now)}" if known else "not complete yet"
            facts.append((f"{source.name}: {far}", "soft"))
            if source.failing_since is not None:
                verb = "lacking something" if source.is_partial else "failing"
                since = formats.moment(source.failing_since, now)
                facts.append((f"{verb} since {since}: {source.words}", "red"))
                facts += [(source.todo, "text")] if source.todo else []
            facts += [(words, "soft") for words in source.left_out]
        return facts
