"""The three bars of every screen: the counts (top), how complete mail and orders are, what the keys do."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from deskterm.commands.keymap import KeyOf
from deskterm.commands.record import Command
from deskterm.domain.tickets import Counts
from deskterm.widgets.drawing.bar_bits import (
    chord_head,
    pair_bits,
    pair_cells,
    said_bits,
    whole_bits,
    whole_pairs,
)
from deskterm.widgets.drawing.cells import cell_len, fit
from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine, cells, spread
from deskterm.widgets.drawing.progress import progress_bits

if TYPE_CHECKING:
    from deskterm.domain.desk_state import DeskState, Progress, SourceState

_LEAST_WRONG = 40  # cells always left for what is wrong
_HOW_TO_SEE = 9
_SOON = 90  # seconds before sending from which it counts down


class TopLine(Drawn):
    """Shop, counts, the present place, and the time."""

    GROUND = "bar"

    def __init__(self, shop: str) -> None:
        super().__init__()
        self._shop, self._place, self._time = shop, "", ""
        self._counts = Counts()

    def show(self, counts: Counts, place: str, time: str) -> None:
        """Show counts and time; `place` names the place unless it is the inbox."""
        if (counts, place, time) != (self._counts, self._place, self._time):
            self._counts, self._place, self._time = counts, place, time
            self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """One line; the left part gives way to the time."""
        left = [Bit(" deskterm", "accent", bold=True), Bit("  " + self._shop)]
        if self._place:
            left += [Bit("  " + self._place, "accent")]
        time = Bit(f"  {self._time} ", "dim")
        room = width - sum(cell_len(bit.text) for bit in (*left, time))
        left.append(Bit("   "[: max(0, room)]))
        room -= 3
        for name, count in _describe_counts(self._counts):
            room -= len(name) + len(str(count)) + 3
            if room >= 0:
                left += [Bit(f"  {name} ", "dim"), Bit(str(count), bold=True)]
        return [spread(left, [time], width)]


def _describe_counts(counts: Counts) -> list[tuple[str, int]]:
    """The counts: open and waiting always, the others if they are not zero."""
    rest = (
        ("back in stock", counts.back),
        ("hold", counts.hold),
        ("snoozed", counts.snoozed),
        ("drafts", counts.drafts),
        ("outbox", counts.outbox),
        ("others", counts.others),
    )
    return [("open", counts.open), ("waiting", counts.waiting), *(pair for pair in rest if pair[1])]


class StatusLine(Drawn):
    """How complete mail and orders are, the outbox, what failed; for a while also the answer to a key."""

    GROUND = "foot"

    def __init__(self, clock_time: Callable[[int], str], key: KeyOf) -> None:
        super().__init__()
        self._clock_time, self._key = clock_time, key
        self._state: DeskState | None = None
        self._now = 0
        self._progress: Progress | None = None
        self._eta = ""
        self._said: tuple[str, str] = ("", "")
        self._chord: tuple[str, tuple[tuple[str, str], ...]] = ("", ())
        self._alarms: tuple[str, ...] = ()
        self._sending = ""

    def show(
        self,
        state: "DeskState",
        now: int,
        progress: "Progress | None",
        eta: str,
        *,
        alarms: tuple[str, ...] = (),
        sending: str = "",
    ) -> None:
        """Show the state of the desk at `now` (UTC seconds) and the progress of a running pass.

        `eta`, `alarms` (what is wrong here) and `sending` (to whom the last reply is going) are shown as
        given.
        """
        news = (state, now if state.next_send_at else 0, progress, eta, alarms, sending)
        if news != (self._state, self._now, self._progress, self._eta, self._alarms, self._sending):
            self._state, self._now, self._progress, self._eta, self._alarms, self._sending = news
            self.refresh()

    def say(self, words: str, shade: str = "accent") -> None:
        """Show the answer to a key for a while; empty words bring the state of the desk back."""
        self._said = (words, shade)
        self.refresh()

    def show_chord(self, prefix: str, pairs: tuple[tuple[str, str], ...]) -> None:
        """Show the keys of a pending chord that does not fit below; none brings the state back."""
        if (prefix, pairs) != self._chord:
            self._chord = (prefix, pairs)
            self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """One line: the answer or the state of the desk, and a running pass on the right.

        What is left of a long answer stands in the footer.
        """
        prefix, pairs = self._chord
        if pairs:
            return [DrawnLine((*chord_head(prefix), *whole_pairs(pairs, width - len(prefix) - 3)))]
        words, shade = self._said
        right = self._progress_bits(width)
        left = said_bits(words, shade, width, 0)
        if words and cell_len(words) + 1 + cells(right) > width:
            right = right[-2:]  # only the figures and the space after them
        if words and cell_len(words) + 1 + cells(right) > width:
            right = []  # the progress can be read again in a moment
        return [spread(left if words else self._truth_bits(width - cells(right)), right, width)]

    def _truth_bits(self, width: int) -> list[Bit]:
        """What is wrong before what is well; if not all fits, the first and how to see the rest."""
        state = self._state
        if state is None:
            return []
        wrong = [*self._alarms, *(f"{source.name}: {source.words}" for source in state.failing)]
        soon, outbox = _countdown(state, self._now, self._sending, self._key("undo")), _outbox_bits(state)
        far = self._complete("mail complete to", state.mail) + self._complete("orders", state.orders)
        bits = [*soon, *far, *outbox]
        if not wrong:
            return [Bit(" ● ", "green"), *whole_bits(bits, width - 3)]
        faults = [Bit(f"{words}   ", "red", bold=True) for words in wrong]
        if cells(faults) + cells(bits) + 3 > width:
            more = f" +{len(wrong) - 1}" if wrong[1:] else ""
            room = max(0, width - len(more) - _HOW_TO_SEE - 3)
            least = min(_LEAST_WRONG, cell_len(wrong[0]))
            quiet = not (state.queued or state.sending or state.later or state.needs)
            rest = [*far, *outbox] if quiet else [*outbox, Bit("   "), *far]
            bits = whole_bits([*soon, *rest], room - least)
            first = fit(wrong[0], room - cells(bits)).rstrip()
            faults = [Bit(f"{first}{more}  ", "red", bold=True)]
            faults += [Bit(self._key("standing"), "accent", bold=True), Bit(" all   ", "soft")]
        return [Bit(" ▲ ", "red"), *faults, *bits]

    def _complete(self, label: str, sources: "Sequence[SourceState]") -> list[Bit]:
        """How far all sources of a kind are complete: as far as the one furthest behind."""
        reading = [source for source in sources if source.is_reading]
        if not reading:
            return []
        oldest = min(source.complete_to for source in reading)
        late = any(source.failing_since is not None for source in reading)
        if oldest <= 0:
            return [Bit(f"{label.split(' ', maxsplit=1)[0]} not complete yet   ", "amber")]
        return [Bit(f"{label} {self._clock_time(oldest)}   ", "amber" if late else "soft")]

    def _progress_bits(self, width: int) -> list[Bit]:
        if self._progress is None:
            return []
        return [Bit("  "), *progress_bits(self._progress, self._eta, width), Bit(" ")]


def counts_down(state: "DeskState | None", now: int) -> bool:
    """Whether the next reply goes out so soon that its seconds are counted down."""
    if state is None or not state.queued + state.sending:
        return False
    return 0 < (state.next_send_at or 0) - now <= _SOON


def _countdown(state: "DeskState", now: int, sending: str, undo: str) -> list[Bit]:
    """The seconds in which the next reply can still be taken back."""
    if not counts_down(state, now):
        return []
    left = (state.next_send_at or 0) - now
    if sending and state.queued + state.sending == 1:
        when, whose = f"to {sending}, in {left} s ", "it back"
    else:
        when, whose = f"sends in {left} s ", f"back the one to {sending}" if sending else "it back"
    return [Bit(when, "amber", bold=True), Bit(f"{undo} takes {whose}   ", "soft")]


def _outbox_bits(state: "DeskState") -> list[Bit]:
    """What is on its way, and what needs the owner."""
    bits: list[Bit] = []
    waiting = state.queued + state.sending
    if waiting:
        later = f", {state.later} of them later" if state.later else ""
        bits += [Bit(f"outbox {waiting + state.later}{later}", "amber")]
    bits += [Bit(f"   {one.short}", "red", bold=True) for one in state.needs]
    if state.later and not waiting:
        bits += [Bit(f"{'   ' if bits else ''}outbox {state.later}, sent later", "soft")]
    return bits or [Bit("outbox empty", "soft")]


_KEPT = frozenset({"search", "go-metrics", "undo", "help", "back", "quit"})


class Footer(Drawn):
    """What the keys do here; during a chord, what can follow it.

    It also shows the end of an answer that is too long for the line above.
    """

    GROUND = "bar"

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str], ...] = ()
        self._prefix = ""
        self._said: tuple[str, str] = ("", "")
        self._kept: frozenset[str] = frozenset()  # labels that are always shown

    def show(self, commands: Sequence[tuple[Command, list[str]]]) -> None:
        """Show the commands of the place with their keys, the most useful first."""
        self._kept = frozenset(command.label for command, _ in commands if command.id in _KEPT)
        self._take("", tuple((keys[0], command.label) for command, keys in commands if command.label))

    def show_pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Show these keys and labels: those of a picker in front."""
        self._take("", tuple(pairs))

    def show_chord(self, prefix: str, following: Sequence[tuple[str, Command]]) -> None:
        """Show what can follow a chord's first key."""
        self._take(prefix, tuple((key, _short(command)) for key, command in following))

    def say(self, words: str, shade: str = "accent") -> None:
        """Show the end of an answer that is too long for the line above; empty words bring the keys back."""
        self._said = (words, shade)
        self.refresh()

    def _take(self, prefix: str, shown: tuple[tuple[str, str], ...]) -> None:
        if (prefix, shown) != (self._prefix, self._shown):
            self._prefix, self._shown = prefix, shown
            self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """As many keys as fit; the way to all keys is always among them.

        A chord whose keys need two lines begins in the line above.
        """
        words, shade = self._said
        if words and (end := said_bits(words, shade, width, 1)):
            return [DrawnLine(tuple(end), "foot")]
        kept = self._kept_keys(width)
        rest = [pair for pair in self._shown if pair not in kept]
        if self._prefix and rest:
            indent = Bit(" " * (len(self._prefix) + 3))
            return [DrawnLine((indent, *whole_pairs(rest, width - len(indent.text))))]
        head = chord_head(self._prefix) if self._prefix else []
        return [DrawnLine((*head, *(bit for pair in kept for bit in pair_bits(pair))))]

    def above(self, width: int) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The chord's first key and what can follow it, for the line above, if one line is too short."""
        kept = self._kept_keys(width)
        fits = not self._prefix or all(pair in kept for pair in self._shown)
        return ("", ()) if fits else (self._prefix, tuple(kept))

    def _kept_keys(self, width: int) -> list[tuple[str, str]]:
        last = [pair for pair in self._shown if pair[1] in (*self._kept, "keys", "back", "quit")]
        room = width - 1 - sum(map(pair_cells, last)) - (cell_len(self._prefix) + 3) * bool(self._prefix)
        kept: list[tuple[str, str]] = []
        for pair in sorted(self._shown, key=lambda pair: pair[0] == "Enter"):  # Enter gives way first
            room -= pair_cells(pair) * (pair not in last)
            if room < 0:
                break
            kept += [pair] * (pair not in last)
        return [pair for pair in self._shown if pair in kept] + last


def _short(command: Command) -> str:
    """The label of a chord's second key: the command's name without the verb."""
    return command.label or command.id.removeprefix("go-")
