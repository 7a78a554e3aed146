"""Pictures of screens, compared with the ones that were looked at."""

import io
import re
from difflib import unified_diff
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from deskterm.config.terminal import Colours
from screens.looking import sample, seen

HERE = Path(__file__).parent
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_IDS = re.compile(r"terminal-\d+")


def normalised(svg):
    """The picture without Textual's random ids, and without fonts that would be fetched from elsewhere."""
    return _IDS.sub("terminal", _FONTS.sub("", svg)).strip() + "\n"


_RULE = re.compile(r"^\s*\.terminal-(r\d+) \{(.*?)\}\n", re.MULTILINE)


def as_seen(svg):
    """The picture with each style in place of its number: blanks, which nobody sees, count when they are numbered."""
    styles = dict(_RULE.findall(svg))
    return re.sub(r'class="terminal-(r\d+)"', lambda found: f'class="{styles[found[1]]}"', _RULE.sub("", svg))


_PAPER = {"dark": ((0, 0, 0), (229, 229, 229)), "light": ((255, 255, 255), (0, 0, 0))}
_SIXTEEN = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
]  # fmt: skip


def drawn(app):
    """The screen as SVG; in few colours those are as xterm has them."""
    if app.colours in (Colours.TRUE, Colours.MANY):
        return app.export_screenshot(title="deskterm")
    width, height = app.size
    console = Console(
        width=width, height=height, file=io.StringIO(), force_terminal=True, color_system="truecolor",
        record=True, legacy_windows=False, safe_box=False,
    )  # fmt: skip
    console.print(app.screen._compositor.render_update(full=True, screen_stack=app._background_screens))
    paper = _PAPER["light" if app.base_theme == "light" else "dark"]
    return console.export_svg(title="deskterm", theme=TerminalTheme(*paper, _SIXTEEN[:8], _SIXTEEN[8:]))


def words(svg):
    """What a picture says, a line a row: enough to see in a failing test what has changed."""
    rows = {}
    for x, y, text in re.findall(r'<text [^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        rows.setdefault(float(y), []).append((float(x), text.replace("&#160;", " ")))
    return ["".join(text for _, text in sorted(row)).rstrip() for _, row in sorted(rows.items())]


@pytest.fixture
def picture(request):
    """A function that compares an app's screen with the picture of a name, or takes it with --update-snapshots."""

    def check(app, name):
        kept, now = HERE / f"{name}.svg", normalised(drawn(app))
        width = app.size.width
        assert all(cell_len(line) <= width for line in seen(app).splitlines())
        if request.config.getoption("--update-snapshots"):
            kept.write_text(now, encoding="utf-8")
            return
        before = kept.read_text(encoding="utf-8") if kept.exists() else ""
        if before != now and (not before or as_seen(before) != as_seen(now)):
            failed = HERE / f"failed/{name}.svg"
            failed.parent.mkdir(parents=True, exist_ok=True)
            failed.write_text(now, encoding="utf-8")
            told = "\n".join(unified_diff(words(before), words(now), "kept", "now", lineterm="", n=1))
            pytest.fail(
                f"{name} looks different; see tests/snapshots/failed/{name}.svg\n{told or 'The words are the same, the colours are not.'}"
            )

    return check


@pytest.fixture
def shop(tmp_path):
    """The sample of five tickets."""
    made = sample(tmp_path)
    yield made
    made.db.close()
