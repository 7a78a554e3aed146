"""The shipped playbook is found from a source tree and from an installed wheel."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from deskterm.config.starter import starter

ROOT = Path(__file__).parents[2]


def test_a_source_tree_has_it_at_its_top():
    assert starter() == ROOT
    assert (starter() / "macros" / "late-parcel.md").is_file()


def test_letters_that_go_by_themselves_have_a_text_in_every_shipped_language():
    names = ("acknowledgement", "survey", "survey-nps", "survey-ces", "review-request", "review-code")
    files = [
        starter() / "macros" / f"{name}.{language}.md" for name in names for language in ("de", "fr", "es")
    ]
    assert [file.name for file in files if not file.is_file()] == []


def test_a_letter_begins_as_its_language_begins_one():
    """After the greeting comes a capital letter, except in German, where the sentence continues after the comma."""
    wrong = []
    for file in (starter() / "macros").glob("*.md"):
        first = file.read_text("utf-8").split("---\n", 2)[2].split("\n\n", 1)[1][0]
        if file.stem.endswith(".de"):
            continue
        if first.islower():
            wrong.append(file.name)
    assert wrong == []


def test_no_line_of_a_letter_begins_with_a_blank_where_a_condition_does_not_hold():
    files = (starter() / "macros").glob("*.md")
    lines = [
        (file.name, line)
        for file in files
        for line in file.read_text("utf-8").split("---\n", 2)[2].splitlines()
    ]
    left = [
        (name, re.sub(r"\{% (if|unless) .*?\{% end\1 %\}", "", line))
        for name, line in lines
        if "{% if" in line and "{% el" not in line
    ]
    assert [one for one in left if one[1].startswith(" ")] == []


def test_a_wheel_has_it_inside_the_package(tmp_path):
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", tmp_path, ROOT], check=True, timeout=120)
    (wheel,) = tmp_path.glob("deskterm-*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = (
        "from deskterm.config.starter import starter; from deskterm.desk.playbook import PlaybookFiles;"
        "book = PlaybookFiles(starter()).current(); print(starter()); print(len(book.macros), len(book.sops), book.broken)"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}
    run = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    place, counts = run.stdout.splitlines()
    assert place == str(tmp_path / "installed" / "deskterm" / "starter")
    macros = len([path for path in (ROOT / "macros").glob("*.md") if "." not in path.stem])  # no translations
    sops = len(list((ROOT / "sops").glob("*.md")))
    assert counts == f"{macros} {sops} ()"
