"""Draw the pictures of the README: the sample store's main screens, as SVG in docs/pictures.

One of them moves: three tickets answered in twenty seconds, by the real program on the sample store.
"""

import asyncio
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from deskterm.app.desk_app import DesktermApp
from deskterm.cli import main
from deskterm.cli.composition import assemble
from deskterm.config.paths import Home
from deskterm.domain.tickets import Row
from deskterm.screens.inbox import InboxScreen
from deskterm.screens.reply.arming import SHOWN_FOR
from scripts.moving_picture import Film

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SIZE, FILM_SIZE = (140, 38), (120, 32)
# Whose tickets are answered with the first suggestion, and how many claims are ticked before.
ANSWERED = (("Mia Schulz", 1), ("Ulrich Faß", 0), ("Carmen Ibáñez", 0))
# Each picture and the keys that lead to it from the inbox.
WALKS = {
    "inbox": (),
    "ticket": ("j", "j", "enter"),
    "review": (*"jjjjjj", "1"),
    "metrics": ("g", "m"),
    "search": ("/", *"blanket"),
}


async def draw(home: Path, name: str, keys: tuple[str, ...]) -> None:
    """Walk to one screen of a fresh app and save what it shows."""
    fit = assemble(Home(home))
    app = DesktermApp(fit.desk, fit.settings, fit.formats)
    async with app.run_test(size=SIZE) as pilot:
        await _wait_for_answers(app, pilot)
        for key in keys:
            await pilot.press(key)
            await _rest(pilot)
        svg = app.export_screenshot(title=f"deskterm - {name}")
    fit.db.close()
    (FOLDER / f"{name}.svg").write_text(_without_fonts(svg), encoding="utf-8")


async def film(home: Path) -> None:
    """Answer three tickets, keeping each picture for as long as a viewer needs it."""
    fit = assemble(Home(home))
    app = DesktermApp(fit.desk, fit.settings, fit.formats)
    moving = Film()
    async with app.run_test(size=FILM_SIZE) as pilot:

        async def press(key: str, seconds: float) -> None:
            await pilot.press(key)
            await _rest(pilot)
            moving.take(app.export_screenshot(title="deskterm"), seconds)

        await _wait_for_answers(app, pilot)
        moving.take(app.export_screenshot(title="deskterm"), 2.0)
        for name, ticks in ANSWERED:
            while (row := cursor_row(app)) is None or row.name != name:
                await press("j", 0.15)
            await _rest(pilot)
            moving.take(app.export_screenshot(title="deskterm"), 1.2)
            await press("1", 2.4)
            for _ in range(ticks):
                await press("space", 0.8)
            while not isinstance(app.screen, InboxScreen):
                await pilot.pause(SHOWN_FOR)
                await press("y", 1.2)
    fit.db.close()
    (FOLDER / "answering.svg").write_text(_without_fonts(moving.develop()), encoding="utf-8")


def cursor_row(app: DesktermApp) -> Row | None:
    """The ticket under the cursor."""
    return app.screen.list.chosen if isinstance(app.screen, InboxScreen) else None


async def _wait_for_answers(app: DesktermApp, pilot: Pilot[None]) -> None:
    """Until the answers stand in the list: they are thought about on another thread."""
    await pilot.pause(3)
    app.look()
    await _rest(pilot)


async def _rest(pilot: Pilot[None]) -> None:
    """Wait for the workers and the paint."""
    await pilot.pause(0.4)


def _without_fonts(svg: str) -> str:
    """Remove the font that would be fetched from elsewhere; the reader's own monospace font is used."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def all_of_them() -> None:
    """Create the sample store and draw every screen of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        main(["--home", str(home), "demo", "--no-open"])
        for name, keys in WALKS.items():
            asyncio.run(draw(home, name, keys))
        untouched = Path(folder) / "film"
        main(["--home", str(untouched), "demo", "--no-open"])
        asyncio.run(film(untouched))


if __name__ == "__main__":
    all_of_them()
