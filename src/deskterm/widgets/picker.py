"""The picker: a list that typing filters and keys choose from. Options in, `Picked` out."""

from collections.abc import Callable, Sequence

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from deskterm.commands.keymap import key_name
from deskterm.domain.text import line as safe_line
from deskterm.widgets.drawing.cells import cell_len, fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, cells, spread, strip
from deskterm.widgets.look.styles import look
from deskterm.widgets.picker_option import Option
from deskterm.widgets.typed_ahead import KeysAfterAnswer

__all__ = ["BURST", "Option", "Picker"]

_MARGIN = 2
_HEAD = 4  # lines above the options
BURST = 0.06  # seconds between two keys below which they are pasted or typed ahead: text, not choices


class Picker(Widget, can_focus=True):
    """A title, the typed text, and the options that match it.

    `free` makes options of typed text, listed after those that match; `tries` says what can be typed. While
    nothing is typed, an option's key picks it; `/` begins typing, and so do letters that come in a burst.
    With `typing`, or if no option has a key, all keys are text from the start.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Picker { height: auto; width: 64; max-width: 100%; max-height: 90%; }"

    class Picked(Message):
        """An option was picked: its value."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class Moved(Message):
        """The cursor is on another option (for a preview): its value, or ""."""

        def __init__(self, value: str) -> None:
            super().__init__()
            self.value = value

    class Left(Message):
        """The picker was left without picking."""

    def __init__(
        self,
        title: str,
        options: Sequence[Option],
        *,
        free: Callable[[str], Sequence[Option]] | None = None,
        rows: int = 12,
        typing: bool = False,
        tries: str = "",
    ) -> None:
        super().__init__()
        self._title, self._all, self._free, self._rows = title, tuple(options), free, rows
        self._keyed = any(option.key for option in self._all)
        self._typing, self._tries = typing or not self._keyed, tries
        self._asked = False  # `?` was pressed: show its keys
        self._letter, self._pressed_at = "", 0.0  # a letter that may begin a burst, and when it came
        self._then: Message | None = None  # what the letter does if none follows
        self._timer: Timer | None = None
        self._after = KeysAfterAnswer(self)
        self.typed = ""
        self.cursor = 0
        self._first = 0
        self._offered: tuple[Option, ...] = ()
        self.shown: tuple[Option, ...] = self._all

    def get_content_height(self, container: object, viewport: object, width: int) -> int:  # noqa: ARG002 - Textual's
        """The height all options need, up to `rows`; it does not shrink while one types."""
        return min(self._rows, max(1, len(self._all))) + _HEAD + 1

    @property
    def chosen(self) -> Option | None:
        """The option under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    # keys

    async def on_key(self, event: events.Key) -> None:
        """Move, type, pick or leave. Other keys are ignored."""
        key = key_name(event.key, event.character)
        if self._after.takes(event):
            key = ""  # no letter of ours
        elif self._in_burst(key, event.time):
            self._then = None
            self._type(self._letter + key)
        elif not self.act() and not self._did(key):
            return
        self._letter = "" if self._typing or len(key) > 1 else key
        self._pressed_at = event.time
        event.stop()
        event.prevent_default()

    def _did(self, key: str) -> bool:
        return self._move_cursor(key) or self._leave(key) or self._filter_edited(key)

    def _in_burst(self, key: str, at: float) -> bool:
        """Whether a letter follows another faster than choices do. Holding j or k still moves."""
        if not self._letter or len(key) > 1 or at - self._pressed_at >= BURST:
            return False
        return self._then is not None or key not in "jk"

    def _soon(self, then: Message) -> None:
        """Post a message unless another letter follows at once."""
        self._then = then
        self._timer = self.set_timer(BURST, self.act)

    @property
    def waits(self) -> bool:
        """Whether a letter is still waiting to act."""
        return self._then is not None

    def act(self) -> bool:
        """Do what the waiting letter does; gives whether there was one."""
        then, self._then = self._then, None
        if self._timer is not None:
            self._timer.stop()
        if then is not None:
            self._answer(then)
        return then is not None

    def _answer(self, message: Message) -> None:
        self.post_message(message)
        self._after.begin()

    def on_unmount(self) -> None:
        """Pass on keys that came after the answer; they would be lost with the picker."""
        self._after.end()

    def on_paste(self, event: events.Paste) -> None:
        """Type the pasted text as one line."""
        event.stop()
        self._then = None
        self._type(self.typed + safe_line(event.text))

    def _move_cursor(self, key: str) -> bool:
        page = self._rows - 1
        steps = {"Down": 1, "Up": -1, "Ctrl+N": 1, "Ctrl+P": -1, "PgDn": page, "PgUp": -page,
                 "Tab": 1, "Shift+Tab": -1}  # fmt: skip
        if not self._typing:
            steps |= {"j": 1, "k": -1} if not self._quick("j") and not self._quick("k") else {}
        if key in steps:
            self._go(self.cursor + steps[key])
        elif key in ("Home", "End"):
            self._go(0 if key == "Home" else len(self.shown) - 1)
        else:
            return False
        return True

    def _leave(self, key: str) -> bool:
        if key == "Enter":
            if self.chosen and not self.chosen.off:
                self._answer(self.Picked(self.chosen.value))
        elif key == "Esc":
            self._answer(self.Left())
        elif (option := self._quick(key)) is not None:
            self._soon(self.Picked(option.value))
        elif key == "q" and not self._typing:
            self._soon(self.Left())
        else:
            return False
        return True

    def _filter_edited(self, key: str) -> bool:
        if key == "Backspace":
            self._type(self.typed[:-1])
        elif key == "Ctrl+U":
            self._type("")
        elif key in "/?" and not self.typed:
            self._typing, self._asked = self._typing or key == "/", key == "?"
            self.refresh()
        elif key == "Space":
            self._type(self.typed + " ")
        elif cell_len(key) and len(key) == 1:
            self._type(self.typed + key)
        else:
            return False
        return True

    def _quick(self, key: str) -> Option | None:
        """The option whose key this is."""
        if self._typing:
            return None
        return next((option for option in self._all if option.key == key), None)

    def _type(self, typed: str) -> None:
        self.typed, self._typing, self._asked = typed.lstrip(), True, False
        self.shown = self._fitting()
        self._first = 0
        self._go(0, always=True)

    def _fitting(self) -> tuple[Option, ...]:
        """The options that match the typed text, best first; offered ones only once something is typed."""
        typed = self.typed.strip()
        options = (*self._all, *(self._offered if typed else ()))
        ranked = [(option.rank(typed), option) for option in options]
        found = [option for rank in (0, 1, 2) for ranked_at, option in ranked if ranked_at == rank]
        known = {option.value for option in found}
        free = self._free(typed) if self._free and typed else ()
        return (*found, *(option for option in free if option.value not in known))

    def offer(self, options: Sequence[Option]) -> None:
        """Replace the additional options found by typing; a cursor that was moved stays."""
        chosen, self._offered = self.chosen if self.cursor else None, tuple(options)
        self.shown = self._fitting()
        self._go(self.shown.index(chosen) if chosen in self.shown else 0)

    def _go(self, index: int, *, always: bool = False) -> None:
        before, self.cursor = self.cursor, max(0, min(index, len(self.shown) - 1))
        rows = max(1, self.size.height - _HEAD - 1)
        self._first = max(self.cursor - rows + 1, min(self._first, self.cursor))
        if before != self.cursor or always:
            self.post_message(self.Moved(self.chosen.value if self.chosen else ""))
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Pick the option on a click."""
        place = event.get_content_offset(self)
        if place is None:
            return
        index = place.y - _HEAD + self._first
        if place.y >= _HEAD and index < len(self.shown) and not self.shown[index].off:
            self.post_message(self.Picked(self.shown[index].value))

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line (Textual's line API)."""
        width, seen = self.size.width, look(self.app.theme)
        margin = Bit(" " * _MARGIN)
        if y == 1:
            head = (margin, Bit(fit(self._title, width - 2 * _MARGIN), bold=True))
            return strip(DrawnLine(head), width, seen, "raised")
        if y == 2:  # noqa: PLR2004 - the line below the title
            return strip(DrawnLine((margin, *self._typed_bits())), width, seen, "raised")
        index = y - _HEAD + self._first
        if y < _HEAD or index >= len(self.shown) or y == self.size.height - 1:
            return strip(self._line_between(y), width, seen, "raised")
        return strip(
            self._option_line(self.shown[index], width, chosen=index == self.cursor), width, seen, "raised"
        )

    def _line_between(self, y: int) -> DrawnLine:
        """A line without an option: more of the hint, that nothing matches, or how many are below."""
        lines = self._wrapped_words()
        if lines and (y < _HEAD or not self.shown):
            at = y - 2 if not self.typed else y - _HEAD + (len(lines) > 1)
            words = lines[at] if 0 <= at < len(lines) else ""
            return DrawnLine.of(f"   {words}" if words else "", "soft" if self.typed else "dim")
        below = len(self.shown) - self._first - (self.size.height - _HEAD - 1)
        more = y == self.size.height - 1 and below > 0
        return DrawnLine.of(f"  ⋯ {below} more" if more else "", "dim")

    def _wrapped_words(self) -> list[str]:
        """What can be typed, while nothing is; if nothing matches, that and what to try."""
        tries = self._tries
        if self.typed:
            tries = f"No match.{' Try ' * bool(tries)}{tries[:1].lower()}{tries[1:]}" * (not self.shown)
        return wrap(tries, max(1, self.size.width - 2 * _MARGIN - 1)) if self._typing and tries else []

    def _typed_bits(self) -> tuple[Bit, ...]:
        if self._asked:
            return (Bit("↑ ↓ move   Enter takes   / finds   Esc goes back", "soft"),)
        if self._typing:
            hint = "" if self.typed else (self._wrapped_words() or ["type to find"])[0]
            return Bit(self.typed), Bit("▏", "accent"), Bit(hint, "dim")
        example, lists_more, _ = self._tries.partition(", ")  # one phrase alone is no example
        more = f" or types another{f': {example}' * bool(lists_more)}" if self._free else ""
        return (Bit(f"a letter takes it   / finds{more}", "dim"),)

    def _option_line(self, option: Option, width: int, *, chosen: bool) -> DrawnLine:
        key = [Bit(fit(option.key, 3), "accent", bold=True)] if self._keyed else []
        label = Bit(option.label, "dim" if option.off else "text", bold=chosen)
        left = [Bit("▌ " if chosen else "  ", "accent"), *key, label]
        room = width - min(cells(left), width // 2) - 2 * _MARGIN
        detail = fit(option.detail, min(room, cell_len(option.detail)))
        right = [Bit(f"  {detail}" if detail else "", "accent" if option.hint else "dim"), Bit(" " * _MARGIN)]
        hint = [Bit(f"  {option.hint}", "dim")] if option.hint else []
        return spread([*left, *hint], right, width, "chosen" if chosen else "")
