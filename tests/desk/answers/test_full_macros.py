"""Macros at full strength: files, questions, folders, snippets, days."""

import pytest

from desk.conftest import DAY, NOW, ShopOfOne
from deskterm.desk import Desk
from deskterm.desk.playbook import PlaybookFiles
from deskterm.domain.review.replies import Level


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "book"
    (folder / "macros" / "returns").mkdir(parents=True)
    (folder / "snippets").mkdir()
    return folder


@pytest.fixture
def desk(shop: ShopOfOne, files) -> Desk:
    context = shop.desk.shop
    return Desk(context.db, context.settings, context.home, PlaybookFiles(files), context.formats)


def write(files, name, front, body):
    (files / name).write_text(f"---\ntitle: {name}\n{front}---\n{body}\n", "utf-8")


def test_a_macro_in_a_folder_brings_its_file_and_its_snippet(shop, desk, files):
    (files / "snippets" / "where.md").write_text("Mill Lane 3, York", "utf-8")
    (files / "snippets" / "where.de.md").write_text("Mühlgasse 3, York", "utf-8")
    label = shop.desk.shop.home.config_folder / "files" / "label.pdf"
    label.parent.mkdir(parents=True)
    label.write_bytes(b"%PDF")
    write(files, "macros/returns/back.md", "attach: [files/label.pdf]\n", 'Send it to {% snippet "where" %}.')
    write(files, "macros/returns/back.de.md", "", 'Schicken Sie es an {% snippet "where" %}.')
    macro = desk.playbook.current().macros["back"]
    assert (macro.folder, macro.attach) == ("returns", ("files/label.pdf",))
    assert macro.body == "Send it to Mill Lane 3, York."
    assert macro.body_for("de") == "Schicken Sie es an Mühlgasse 3, York."
    draft = desk.replies.take(shop.ticket(), "back", None, NOW)
    assert draft.attachments == (str(label),)


def test_another_macro_removes_the_first_ones_file_and_keeps_the_owners(shop, desk, files, tmp_path):
    own = tmp_path / "own.txt"
    own.write_text("mine", "utf-8")
    write(files, "macros/one.md", "attach: files/a.pdf\n", "One.")
    write(files, "macros/two.md", "", "Two.")
    ticket = shop.ticket()
    desk.replies.take(ticket, "one", None, NOW)
    desk.replies.attach(ticket, str(own), NOW)
    assert desk.replies.take(ticket, "two", None, NOW).attachments == (str(own),)


def test_a_missing_file_stops_the_send(shop, desk, files):
    write(files, "macros/one.md", "attach: files/gone.pdf\n", "Here it is.")
    ticket = shop.ticket()
    desk.replies.take(ticket, "one", None, NOW)
    review = desk.replies.review(ticket, NOW)
    assert review.level is Level.RED
    assert any("gone.pdf cannot be read" in one.words for one in review.concerns)


def test_a_file_that_a_macro_asks_for_is_attached_and_kept_and_one_that_was_not_picked_is_amber(
    shop, desk, files, tmp_path
):
    label = tmp_path / "labels" / "4711.pdf"
    label.parent.mkdir()
    label.write_bytes(b"%PDF")
    write(files, "macros/back.md", 'attach: [ask "The label"]\n', "Put the label from this mail on it.")
    write(files, "macros/other.md", "", "Something else.")
    (asked,) = desk.playbook.current().macros["back"].asked_files
    ticket = shop.ticket()
    desk.replies.take(ticket, "back", None, NOW)
    left = "No file was picked for “The label”: attach it."
    assert left in {one.words for one in desk.replies.review(ticket, NOW).concerns}
    desk.replies.take(ticket, "back", None, NOW, {asked: str(label)})
    assert desk.replies.take(ticket, "back", None, NOW).attachments == (str(label),)
    assert left not in {one.words for one in desk.replies.review(ticket, NOW).concerns}
    assert desk.replies.file_folder() == label.parent
    assert desk.replies.take(ticket, "other", None, NOW).attachments == ()
    assert desk.bulk.fill((shop.ticket(),), "back", NOW)[0].level is Level.AMBER


def test_what_was_asked_for_is_kept_with_the_draft_and_comes_back_with_it(shop, desk, files):
    write(files, "macros/size.md", "", 'I have set aside {% ask "Which size?" %}.')
    assert desk.replies.questions("size") == ("Which size?",)
    ticket = shop.ticket()
    draft = desk.replies.take(ticket, "size", None, NOW, {"Which size?": "L"})
    assert "set aside L." in draft.body
    review = desk.replies.review(ticket, NOW)
    assert [(one.text, one.source) for one in review.values] == [("L", "you")]
    desk.replies.send(ticket, review, NOW, Level.AMBER)
    desk.undo.undo(NOW)
    assert desk.replies.begin(ticket, NOW).given == (("Which size?", "L"),)


def test_a_second_macro_put_at_the_cursor_does_not_greet_again(shop, desk, files):
    write(files, "macros/one.md", "", "Hello there,\n\nOne.")
    ticket = shop.ticket()
    draft = desk.replies.begin(ticket, NOW)
    assert desk.replies.insert(draft, "one", NOW) == "Hello there,\n\nOne."
    draft = desk.replies.take(ticket, "one", None, NOW)
    assert desk.replies.insert(draft, "one", NOW) == "One."


def test_two_files_of_one_name_and_a_missing_snippet_are_reported(desk, files):
    write(files, "macros/one.md", "", "One.")
    write(files, "macros/returns/one.md", "", "One again.")
    write(files, "macros/two.md", "", '{% snippet "gone" %}')
    book = desk.playbook.current()
    told = dict(book.broken)
    assert "macros/one.md has the same name" in told["macros/returns/one.md"]
    assert "no snippet called gone" in told["macros/two.md"]
    assert "two" not in book.macros


def test_days_are_counted_for_a_paragraph_that_depends_on_them(shop, desk, files):
    write(files, "macros/late.md", "", "{% if order.days > 3 %}It is late.{% else %}It is early.{% endif %}")
    order = shop.order(placed_at=NOW - 5 * DAY)
    ticket = shop.ticket(text="Where is order #1042?")
    assert "It is late." in desk.replies.take(ticket, "late", order, NOW).body
