"""Draw the pictures of the README: the sample store's main screens, as SVG in docs/pictures."""

import asyncio
import re
import tempfile
from pathlib import Path

from textual.pilot import Pilot

from deskterm.app.desk_app import DesktermApp
from deskterm.cli import main
from deskterm.cli.composition import assemble
from deskterm.config.paths import Home

FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
SIZE = (140, 38)
# Each picture and the keys that lead to it from the inbox.
WALKS = {
    "inbox": (),
    "ticket": ("j", "j", "enter"),
    "review": ("j", "j", "j", "j", "m", "a"),
    "metrics": ("g", "m"),
    "search": ("/", *"blanket"),
}


async def draw(home: Path, name: str, keys: tuple[str, ...]) -> None:
    """Walk to one screen of a fresh app and save what it shows."""
    fit = assemble(Home(home))
    app = DesktermApp(fit.desk, fit.settings, fit.formats)
    async with app.run_test(size=SIZE) as pilot:
        await _rest(pilot)
        for key in keys:
            await pilot.press(key)
            await _rest(pilot)
        svg = app.export_screenshot(title=f"deskterm - {name}")
    fit.db.close()
    (FOLDER / f"{name}.svg").write_text(_without_fonts(svg), encoding="utf-8")


async def _rest(pilot: Pilot[None]) -> None:
    """Let the workers and the paint come to their end."""
    await pilot.pause(0.4)


def _without_fonts(svg: str) -> str:
    """Take out the font that would be fetched from elsewhere; the reader's own monospace serves."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def all_of_them() -> None:
    """Lay down the sample store and draw every screen of it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "demo"
        main(["--home", str(home), "demo", "--no-open"])
        for name, keys in WALKS.items():
            asyncio.run(draw(home, name, keys))


if __name__ == "__main__":
    all_of_them()
