"""Opening an attachment outside: which files are handed over, to what, and from where."""

import time

import pytest

from deskterm.screens.base.outside import find_opener, open_file


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A desktop whose opener writes down what it was given, and where it stood."""
    tools, told = tmp_path / "bin", tmp_path / "told"
    tools.mkdir()
    opener = tools / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1|$PWD|$PYTHONSAFEPATH" > {told}.new && mv {told}.new {told}\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr("sys.platform", "linux")
    return told


def test_a_picture_is_handed_to_the_desktop_from_a_folder_without_customers_files(desktop, tmp_path):
    file = tmp_path / "broken mug.JPG"
    file.touch()
    assert open_file(file)
    until = time.monotonic() + 20
    while not desktop.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert desktop.read_text() == f"{file}|/|1\n"


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.jnlp", "a.xlsm", "a.deb", "a.pkg", "a.chm", "a", "a.pdf.html"]
)
def test_what_may_run_code_or_reach_the_network_is_not_opened(desktop, tmp_path, name):
    assert not open_file(tmp_path / name)


def test_without_a_display_or_with_an_opener_of_the_current_folder_nothing_is_opened(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert find_opener({"PATH": "/usr/bin:/bin"}) == ""
    assert not find_opener({"DISPLAY": ":7", "PATH": "."}).startswith(".")
