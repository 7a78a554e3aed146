"""Opening an attachment or a page outside: what is handed over, to what, and from where."""

import time

import pytest

from deskterm.screens.base.outside import find_browser, find_opener, open_file, open_page


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """A desktop whose opener records its arguments and its folder."""
    tools, told = tmp_path / "bin", tmp_path / "told"
    tools.mkdir()
    opener = tools / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1|$PWD|$PYTHONSAFEPATH" > {told}.new && mv {told}.new {told}\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr("sys.platform", "linux")
    return told


def handed_to(desktop):
    """What the opener was given, once it has written that down."""
    until = time.monotonic() + 20
    while not desktop.exists() and time.monotonic() < until:
        time.sleep(0.02)
    return desktop.read_text()


def test_a_picture_is_handed_to_the_desktop_from_a_folder_without_customers_files(desktop, tmp_path):
    file = tmp_path / "broken mug.JPG"
    file.touch()
    assert open_file(file)
    assert handed_to(desktop) == f"{file}|/|1\n"


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.jnlp", "a.xlsm", "a.deb", "a.pkg", "a.chm", "a", "a.pdf.html"]
)
def test_what_may_run_code_or_reach_the_network_is_not_opened(desktop, tmp_path, name):
    assert not open_file(tmp_path / name)


def test_without_a_display_or_with_an_opener_in_the_current_folder_nothing_is_opened(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    assert find_opener({"PATH": "/usr/bin:/bin"}) == ""
    assert not find_opener({"DISPLAY": ":7", "PATH": "."}).startswith(".")


def test_a_page_is_handed_to_the_desktop_as_one_plain_address(desktop):
    assert open_page("https://shop.example/ä dmin?id=1&post=$(touch x)")
    assert handed_to(desktop) == "https://shop.example/%C3%A4%20dmin?id=1&post=$(touch%20x)|/|1\n"


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "javascript:alert(1)", "mailto:a@b.example", "--help", "shop.example", ""]
)
def test_what_is_no_web_address_is_not_opened(desktop, url):
    assert not open_page(url)


def test_the_browser_named_by_the_environment_comes_first_and_one_in_the_terminal_is_never_used(
    desktop, tmp_path
):
    own = tmp_path / "bin" / "fox"
    own.write_text("")
    own.chmod(0o755)
    (tmp_path / "bin" / "w3m").symlink_to(own)
    opener = (str(tmp_path / "bin" / "xdg-open"),)
    for named, found in (
        ("fox", (str(own),)),
        ("fox --new-tab %s", (str(own), "--new-tab", "%s")),
        ("nowhere:fox", (str(own),)),
        ("w3m", opener),
        ("w3m:fox", (str(own),)),
        ("./fox", opener),
        ('"', opener),
        ("", opener),
    ):
        here = {"BROWSER": named, "DISPLAY": ":7", "PATH": str(tmp_path / "bin")}
        assert find_browser(here) == found, named
    assert find_browser({"BROWSER": "w3m", "PATH": str(tmp_path / "bin")}) == ()


def test_the_address_is_put_where_the_environments_browser_expects_it(desktop, monkeypatch):
    monkeypatch.setenv(
        "BROWSER",
        "sh -c 'echo \"$0|$1\" > TOLD.new && mv TOLD.new TOLD' %s last".replace("TOLD", str(desktop)),
    )
    assert open_page("https://shop.example/1")
    assert handed_to(desktop) == "https://shop.example/1|last\n"
