"""The picker beside Textual's own: `python -m benchmarks.picking`. Processor time of a key with its paint."""

import asyncio
import statistics
import time
from collections.abc import Iterable, Sequence
from typing import Any

from textual import on
from textual.app import App
from textual.containers import Vertical
from textual.pilot import Pilot
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option as TextualOption

from benchmarks.measuring import Figure, Report
from deskterm.widgets.picker import Option, Picker

_COUNT, _SIZE = 60, (120, 36)
_LABELS = [f"Macro number {number} about parcels" for number in range(_COUNT)]
_TYPED = [*"number", *["m", "backspace"] * 17]


class TextualPicker(ModalScreen[None]):
    """An Input over an OptionList: a picker made of Textual's own parts."""

    DEFAULT_CSS = "TextualPicker { align: center middle; } TextualPicker Vertical { width: 64; height: 18; border: round blue; }"

    def compose(self) -> Iterable[Widget]:
        """Both, in a box."""
        with Vertical():
            yield Input(placeholder="type to find")
            yield OptionList(*map(TextualOption, _LABELS))

    @on(Input.Changed)
    def filter(self, event: Input.Changed) -> None:
        """Keep the options that match."""
        fits = [TextualOption(label) for label in _LABELS if event.value in label]
        self.query_one(OptionList).clear_options().add_options(fits)


class OwnPicker(ModalScreen[None]):
    """deskterm's picker."""

    DEFAULT_CSS = "OwnPicker { align: center middle; }"

    def compose(self) -> Iterable[Widget]:
        """The picker alone."""
        yield Picker("Take a macro", [Option(label, label) for label in _LABELS])


async def cost(make: type[ModalScreen[None]], moves: type[Widget], types: type[Widget]) -> list[float]:
    """Median milliseconds to open it, to move its cursor and to type a letter."""
    app: App[None] = App()
    async with app.run_test(size=_SIZE) as pilot:
        await pilot.pause()
        opened = [await _open(app, pilot, make) for _ in range(15)]
        await app.push_screen(make())
        app.screen.query_one(moves).focus()
        moved = await _press(pilot, ["down", "up"] * 40)
        app.screen.query_one(types).focus()
        typed = await _press(pilot, _TYPED)
    return [1000 * statistics.median(spent) for spent in (opened, moved, typed)]


async def _open(app: App[None], pilot: Pilot[Any], make: type[ModalScreen[None]]) -> float:
    began = time.process_time()
    await app.push_screen(make())
    await pilot.pause()
    spent = time.process_time() - began
    app.pop_screen()
    await pilot.pause()
    return spent


async def _press(pilot: Pilot[Any], keys: Sequence[str]) -> list[float]:
    spent = []
    for key in keys:
        began = time.process_time()
        await pilot.press(key)
        await pilot.pause()
        spent.append(time.process_time() - began)
    return spent


def measure(report: Report) -> None:
    """Both in one run."""
    ours = asyncio.run(cost(OwnPicker, Picker, Picker))
    theirs = asyncio.run(cost(TextualPicker, OptionList, Input))
    for what, own, floor in zip(("opened", "a move", "a letter typed"), ours, theirs, strict=True):
        report.add(Figure(f"picker, {what}, against OptionList", _COUNT, own, "ms CPU", floor, "<= 1x"))


if __name__ == "__main__":
    measure(Report())
