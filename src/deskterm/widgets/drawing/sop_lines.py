"""The SOP in the panel: its record, and each step with its mark and what a key runs."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from deskterm.widgets.drawing.cells import fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread

if TYPE_CHECKING:
    from deskterm.domain.playbook import Macro
    from deskterm.domain.sops.sop import Step
    from deskterm.domain.views import SopView


class SopLines:
    """The lines of an SOP at a width in cells. `places` are the first lines of its steps.

    `cursor` is the step under it; None outside the SOP, when the next step to do is marked instead.
    `macro_key` is the key that opens the picker of macros.
    """

    def __init__(
        self,
        view: "SopView",
        width: int,
        macros: Mapping[str, "Macro"],
        duration: Callable[[int], str],
        cursor: int | None,
        *,
        macro_key: str,
    ) -> None:
        self._view, self._width, self._macros, self._cursor = view, width, macros, cursor
        self._macro_key = macro_key
        done, wanted = len(view.needed_steps) - len(view.left), len(view.needed_steps)
        title = [Bit("SOP", "accent", bold=True), Bit(f"  {view.sop.title}", bold=True)]
        self.lines = [spread(title, [Bit(f"  {done} of {wanted}", "dim")], width), *self._record(duration)]
        self.places: list[int] = []
        following = view.left[0].key if view.left and cursor is None else ""
        for number, step in enumerate(view.sop.steps):
            self.places.append(len(self.lines))
            self.lines += self._step(step, chosen=number == cursor, next_up=step.key == following)

    def _record(self, duration: Callable[[int], str]) -> list[DrawnLine]:
        """What became of it before; with the keys in the SOP, also the steps that are never done."""
        record = self._view.record
        if record is None:
            return []
        texts = [record.words(duration, self._title)]
        if self._cursor is not None and record.skipped:
            texts.append("Never done: " + "; ".join(record.skipped))
        return [DrawnLine.of(part, "dim") for text in texts for part in wrap(text, self._width)]

    def _title(self, macro: str) -> str:
        return self._macros[macro].title if macro in self._macros else macro

    def _step(self, step: "Step", *, chosen: bool, next_up: bool) -> list[DrawnLine]:
        done = step.key in self._view.done
        not_needed = not done and step.key in self._view.not_needed
        if done:
            sign, shade = Bit("✓ ", "green"), "dim"
        elif not_needed:
            sign, shade = Bit("– ", "dim"), "dim"
        else:
            sign = Bit("› " if next_up else "○ ", "accent" if next_up else "dim")
            shade = "text" if next_up or chosen else "soft"
        hint = self._hint(step) if not done and not not_needed else []
        words = f"{step.text} ({why})" if (why := self._why(step)) else step.text
        parts = wrap(words, max(8, self._width - 2 - sum(len(bit.text) for bit in hint)))
        if not_needed and not chosen:
            parts = [fit(words, self._width - 2)]
        ground = "chosen" if chosen else ""
        lines = [
            DrawnLine((sign if number == 0 else Bit("  "), Bit(part, shade)), ground)
            for number, part in enumerate(parts)
        ]
        lines[-1] = spread(lines[-1].bits, hint, self._width, ground)
        return [line._replace(mark="▌" if chosen else "") for line in lines]

    def _why(self, step: "Step") -> str:
        """Why it is done without a tick, or does not apply here."""
        view = self._view
        if step.key in view.done:
            return view.by_themselves.get(step.key, "")
        return view.not_needed.get(step.key, "")

    def _hint(self, step: "Step") -> list[Bit]:
        """What one key runs: the macro with its key in the picker, or what kind of thing."""
        if step.macro:
            key = self._macros[step.macro].key if step.macro in self._macros else ""
            return [Bit(f"  {self._macro_key} {key}".rstrip(), "accent", bold=True)]
        carried = "act" if step.action else "link" if step.link else "file" if step.file else ""
        return [Bit(f"  {carried}", "accent")] if carried else []
