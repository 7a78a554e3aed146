"""Names that match a partly typed path."""

import os
from pathlib import Path

from textual import events

from deskterm.screens.base.file_picker import FilePicker, fitting, restarted_path
from deskterm.widgets.form import Field
from screens.going import until
from screens.looking import app_of, seen, settle


def test_folders_end_in_a_slash_and_hidden_names_are_shown_when_asked_for(tmp_path):
    (tmp_path / "photos").mkdir()
    (tmp_path / "price list.pdf").touch()
    (tmp_path / ".secret").touch()
    assert fitting(f"{tmp_path}/") == [f"{tmp_path}/photos/", f"{tmp_path}/price list.pdf"]
    assert fitting(f"{tmp_path}/pr") == [f"{tmp_path}/price list.pdf"]
    assert fitting(f"{tmp_path}/.s") == [f"{tmp_path}/.secret"]


def test_a_folder_that_is_not_there_has_no_names(tmp_path):
    assert fitting(f"{tmp_path}/nowhere/x") == []


def test_a_user_who_is_not_there_has_no_names():
    assert fitting("~nobody-of-this-name/x") == []


def test_a_link_to_itself_is_no_folder_and_files_of_the_same_time_are_sorted_by_name(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "to photos").symlink_to(tmp_path)
    for name in ("c", "a", "b"):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1, 1))
    found = [path.removeprefix(f"{tmp_path}/") for path in fitting(f"{tmp_path}/", newest=True)]
    assert found == ["loop", "a", "b", "c", "to photos/"]


def test_a_tilde_is_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "label.pdf").touch()
    assert fitting("~/l") == ["~/label.pdf"]


def test_a_path_from_the_root_typed_after_the_prefilled_folder_replaces_it():
    assert restarted_path("~//tmp/x") == "/tmp/x"
    assert restarted_path("/tmp/~/x") == "~/x"
    assert restarted_path("~/tmp/a~b/x") == "~/tmp/a~b/x"


async def typed(pilot, text):
    """Type it in one go: key by key, each would cost a repaint."""
    for char in text:
        pilot.app.post_message(events.Key(char, char))
    await until(lambda: pilot.app.screen.query_one(Field).value.endswith(text))
    await settle(pilot)


async def test_an_absolute_path_is_typed_over_the_prefilled_one(shop, tmp_path):
    (tmp_path / "label.pdf").touch()
    async with app_of(shop).run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        answers = []
        pilot.app.push_screen(FilePicker(pilot.app.work, "Attach which file?"), answers.append)
        await settle(pilot)
        await typed(pilot, f"{tmp_path}/lab")
        assert pilot.app.screen.query_one(Field).value == f"{tmp_path}/lab"
        await pilot.press("enter")
        await settle(pilot)
    assert answers == [f"{tmp_path}/label.pdf"]


async def test_a_path_that_does_not_exist_is_reported(shop, tmp_path):
    async with app_of(shop).run_test(size=(120, 36), notifications=True) as pilot:
        await settle(pilot)
        pilot.app.push_screen(FilePicker(pilot.app.work, "Attach which file?"))
        await settle(pilot)
        await typed(pilot, f"{tmp_path}/nope.pdf")
        assert "Nothing there begins like this." in seen(pilot.app)
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, FilePicker)
        assert "There is no" in seen(pilot.app)
        assert "nope.pdf." in seen(pilot.app)


def test_the_newest_file_comes_first_where_a_label_was_just_made(tmp_path):
    for age, name in ((30, "b.pdf"), (10, "a.pdf"), (20, "c.pdf")):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (1_700_000_000 - age,) * 2)
    (tmp_path / "folder").mkdir()
    names = [Path(one).name for one in fitting(f"{tmp_path}/", newest=True)]
    assert names == ["a.pdf", "c.pdf", "b.pdf", "folder"]
