"""Macro texts that were found sound are not checked again; changed or broken ones are."""

import subprocess
import sys

import pytest

from deskterm.desk.answers.sound_texts import SoundTexts
from deskterm.desk.playbook import PlaybookFiles
from deskterm.errors import PlaybookError

MACRO = "---\ntitle: Late\nsubject: About {{ order.number }}\n---\nHello {{ customer.first_name }}.\n"
READ = """
import sys
from pathlib import Path
from deskterm.desk.playbook import PlaybookFiles
book = PlaybookFiles(Path(sys.argv[1]), Path(sys.argv[2])).current()
print(*sorted(book.macros), *(path for path, _ in book.broken), "liquid" in sys.modules)
"""


@pytest.fixture
def home(tmp_path):
    (tmp_path / "macros").mkdir()
    (tmp_path / "macros" / "late.md").write_text(MACRO)
    return tmp_path


def read(home, noted="noted"):
    done = subprocess.run(
        [sys.executable, "-P", "-c", READ, home, home / noted], check=True, capture_output=True, text=True
    )
    return done.stdout.split()


def test_the_next_process_reads_a_macro_without_the_library_for_liquid(home):
    assert read(home) == ["late", "True"]
    assert read(home) == ["late", "False"]


def test_a_changed_text_is_checked_and_a_broken_one_stays_refused(home):
    read(home)
    (home / "macros" / "late.md").write_text(MACRO.replace("first_name", "frist_name"))
    assert read(home) == ["macros/late.md", "True"]
    assert read(home) == ["macros/late.md", "True"]
    (home / "macros" / "late.md").write_text(MACRO)
    (home / "macros" / "thanks.md").write_text(MACRO.replace("Hello", "Thanks"))
    assert read(home) == ["late", "thanks", "True"]
    assert read(home) == ["late", "thanks", "False"]


def test_a_list_of_another_program_a_damaged_one_and_one_that_cannot_be_written_count_as_none(home):
    read(home)
    noted = home / "noted"
    words = noted.read_text()
    noted.write_text(words.replace(words.split()[0], "0.0.1", 1))
    assert read(home) == ["late", "True"]
    noted.write_bytes(b"\xff\x00" * 50)
    assert read(home) == ["late", "True"]
    assert read(home) == ["late", "False"]
    (home / "folder").mkdir()
    assert read(home, "folder") == ["late", "True"]


def test_a_text_that_is_gone_is_no_longer_listed(home):
    files = PlaybookFiles(home, home / "noted")
    files.current()
    before = (home / "noted").read_text().splitlines()
    (home / "macros" / "late.md").write_text(MACRO.replace("Hello", "Dear"))
    PlaybookFiles(home, home / "noted").current()
    after = (home / "noted").read_text().splitlines()
    assert len(after) == len(before)
    assert len(set(after) - set(before)) == 1


def test_without_the_list_each_text_is_checked():
    with pytest.raises(PlaybookError, match="Line 5"):
        SoundTexts().check("{{ custmer.name }}", 5)
