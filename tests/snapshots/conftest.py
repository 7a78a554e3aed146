"""Pictures of screens, compared with the ones that were looked at."""

import re
from difflib import unified_diff
from pathlib import Path

import pytest
from rich.cells import cell_len

from screens.looking import sample, seen

HERE = Path(__file__).parent
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_IDS = re.compile(r"terminal-\d+")


def normalised(svg):
    """The picture without Textual's random ids, and without fonts that would be fetched from elsewhere."""
    return _IDS.sub("terminal", _FONTS.sub("", svg)).strip() + "\n"


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
        kept, now = HERE / f"{name}.svg", normalised(app.export_screenshot(title="deskterm"))
        width = app.size.width
        assert all(cell_len(line) <= width for line in seen(app).splitlines())
        if request.config.getoption("--update-snapshots"):
            kept.write_text(now, encoding="utf-8")
            return
        before = kept.read_text(encoding="utf-8") if kept.exists() else ""
        if before != now:
            (HERE / "failed").mkdir(exist_ok=True)
            (HERE / f"failed/{name}.svg").write_text(now, encoding="utf-8")
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
