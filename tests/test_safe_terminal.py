"""Promise 5, in a real terminal: nothing in a mail or an order can drive it, run an action, open a file or a page.

The real program runs in a pty over a desk whose every field is hostile, and over a
harmless one. Both are walked through alike; of what reached the terminal, every byte
is looked at.
"""

import base64
import csv
import io
import json
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

import hostile_desk
from counterparts.terminal import Terminal, parted
from deskterm.domain.text import line
from hostile import HOSTILE, told, unsafe

PROGRAM = [sys.executable, "-m", "deskterm"]
ESC, REVIEW, KEEP, MACRO, EDITOR, ENVELOPE, DISCARD = (
    "\x1b[27u",
    "\x12",
    "\x13",
    "\x14",
    "\x07",
    "\x0f",
    "\x18",
)
COLUMNS, ROWS = 140, 60
HARMLESS = {f"plain {at}": f"a plain text {at}" for at in range(3)}
OWNER = "".join(text for text in HOSTILE.values() if line(text) == text and len(text) < 1000)
QUERY = "\x1b[200~Ein \"' OR NEAR( AND * ^ : {x} -- [@click=app.quit()] \u202e\x07 \x1b[201~"
OPENERS = ("xdg-open", "open", "sensible-browser", "www-browser", "firefox", "w3m", "lynx", "gio")

# Keys and what has to be painted then.
WALK = (
    ("gg", ""), ("\r", "unfold"), ("l", "Copy which"), ("\r", "Sent to the terminal"), ("Q", ""), ("\r", ""), ("H", "original"), ("G", ""), ("H", "PLAINTEXT"),
    ("v", "Save which"), ("\r", "Saved"),
    ("t", "find"), ("/", "type to find"), ("TAGGED\r", "TAGGED"), ("n", "INTERNAL"), ("NOTED", "NOTED"), (KEEP, "INTERNAL"), ("w", "on hold"), (ESC, "FROMNAME"),
    ("b", "tomorrow"), (ESC, "FROMNAME"), ("m", "type to find"), ("MACRO", ""), ("\r", "This will go out"), ("j", ""), ("o", "STORE"),
    (ESC, "This will go out"), ("q", "FROMNAME"),
    ("r", "Saved automatically"), (ENVELOPE, "Subject"), (ESC, ""), (MACRO, "type to find"), (ESC, ""),
    (EDITOR, "EDITED"), (REVIEW, "They wrote"), ("q", "solve"),
    ("gw", "for no customer"), ("gs", "Nothing is snoozed"), ("gh", "Nothing is on hold"), ("ge", "Nothing is solved"),
    ("gn", "INVITED"), ("g!", "No spam"), ("gd", "The trash"), ("gi", "FROMNAME"), ("-", ""), ("-", ""),
    ("go", "Nothing is on its way"), ("gm", "New tickets"), ("d", ""), ("gi", "FROMNAME"), ("?", "Everywhere"), ("q", "FROMNAME"),
    ("c", "New mail"), ("", ""), (ESC, "FROMNAME"), (":", "first answer"), ("snooze", "snoozed"), (ESC, "FROMNAME"), ("", ""),
    ("e", "again"), ("e", "olved"), ("z", ""), ("d", "spam"), ("t", "into the trash"), ("z", ""),
    ("/", "a phrase"), ("plaintext", "hits"), ("\r", "PLAINTEXT"), ("q", "hits"), (ESC, "FROMNAME"),
    ("/", "a phrase"), (QUERY, "No mail has"), (ESC, "FROMNAME"),
)  # fmt: skip
SHOWN = (  # the fields that have to have been on the screen
    "SHOP FROMNAME SUBJECT PLAINTEXT HTMLTEXT ENTITIES LINKTEXT IMAGE CELL FILENAME NAMED RAWNAME FORMNAME FORMTEXT "
    "SHOPNAME REPORT RETURNED INVITED ANSWERTEXT TITLE VARIANT CARRIER PARCEL STREETLINE REASON CODE ORDERNOTE STORE "
    "MACROTITLE MACROTEXT CATEGORY CLAIM SOPTITLE STEP SIGNED RAWNAME"
).split()  # fmt: skip


@dataclass
class Seen:
    """What came of a walk: the kinds of sequences, the text, the program's end, the desk's folder."""

    kinds: set
    text: str
    ended: int
    folder: Path

    @property
    def own_doing(self) -> list:
        """What was started that no key asked for."""
        marks = self.folder.parent / "started"
        return sorted(path.name for path in marks.iterdir())


def laid(folder, texts, owner) -> Path:
    """A desk over these texts, synced by the real program."""
    hostile_desk.write_sample_store(folder, texts, int(time.time()), owner=owner)
    (folder / "SHIPPED.md").touch()
    done = subprocess.run(
        [*PROGRAM, "sync", "--home", folder],
        capture_output=True,
        text=True,
        env=environment(folder),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


def environment(folder: Path) -> dict:
    """A terminal's environment, in which everything that opens pages or files only leaves a mark."""
    bins, marks = folder.parent / "bin", folder.parent / "started"
    bins.mkdir(exist_ok=True), marks.mkdir(exist_ok=True)
    for name in OPENERS:
        _script(bins / name, f'touch "{marks}/{name}"')
    _script(
        bins / "editor",
        f'cp "$1" "{folder.parent}/edited"; printf "EDITED\\n" >"$1.new"; cat "$1" >>"$1.new"; mv "$1.new" "$1"',
    )
    named = {
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "HOME": str(folder.parent),
    }
    named |= {
        "PATH": f"{bins}:{os.environ['PATH']}",
        "BROWSER": str(bins / "open"),
        "EDITOR": str(bins / "editor"),
    }
    kept = {name: os.environ[name] for name in ("PYTHONPATH", "VIRTUAL_ENV") if name in os.environ}
    return {**kept, **named}


def _script(path: Path, does: str) -> None:
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o700)


def tickets(folder: Path) -> list[str]:
    """The tickets of the inbox in its order, as `T1043`."""
    listed = subprocess.run(
        [*PROGRAM, "list", "--json", "-n", "1000", "--home", folder],
        capture_output=True,
        text=True,
        check=True,
    )
    return [row["ticket"] for row in json.loads(listed.stdout)["tickets"]]


def walked(folder: Path, most: int) -> Seen:
    """Go through every screen and the tickets, click everywhere, leave."""
    marks = tickets(folder)[:most]
    with Terminal(
        [*PROGRAM, "--home", str(folder)], env=environment(folder), columns=COLUMNS, rows=ROWS
    ) as terminal:
        terminal.until("FROMNAME")
        for keys, marker in WALK:
            terminal.press(keys, marker)
        terminal.press("gg")
        terminal.press("\r")
        for mark in marks[1:]:
            terminal.press("J", f"{mark} · ")
        for row in range(2, ROWS, 4):
            for column in (4, 45, 70, 90, 120):
                terminal.click(column, row)
        terminal.press("")
        assert terminal.lives
        terminal.press("\x11", "Quit deskterm?")
        terminal.press("q")
        ended = terminal.ended()
    return Seen(*parted(terminal.output), ended, folder)


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory):
    return laid(tmp_path_factory.mktemp("hostile") / "home", HOSTILE, OWNER)


@pytest.fixture(scope="session")
def hostile(hostile_home):
    return walked(hostile_home, 1000)


@pytest.fixture(scope="session")
def harmless(tmp_path_factory):
    return walked(laid(tmp_path_factory.mktemp("harmless") / "home", HARMLESS, "plain"), 5)


def test_every_field_was_shown(hostile):
    """Else the rest would prove nothing."""
    assert [name for name in SHOWN if name not in hostile.text] == []


def test_nothing_but_plain_text_reaches_the_terminal(hostile):
    assert unsafe(hostile.text.replace("\n", "")) == ""


def test_the_terminal_gets_the_same_sequences_as_for_harmless_mail(hostile, harmless):
    """No sequence of another kind: no title, no link, no question, no string but the one link that was copied."""
    copied = {kind for kind in hostile.kinds if kind.startswith("ESC ] 52;c;")}
    titles = {kind for kind in hostile.kinds | harmless.kinds if kind.startswith("ESC ] 2;")}
    assert all(re.fullmatch(r"ESC \] 2;deskterm: \d+ open", kind) for kind in titles)
    assert hostile.kinds - copied - titles <= harmless.kinds
    assert not any(kind.startswith(("ESC ] 0;", "ESC ] 8;", "ESC P", "ESC _")) for kind in harmless.kinds)
    links = [base64.b64decode(kind.rpartition(";")[2]).decode("utf-8") for kind in copied]
    assert len(links) == 1
    assert links[0].startswith("https://")  # as the hostile mail has it
    assert unsafe(links[0]) == ""


def test_clicks_and_keys_run_nothing_that_a_mail_says(hostile):
    assert hostile.ended == 0
    assert hostile.own_doing == []
    assert not Path("/tmp/owned").exists()


def test_what_the_editor_is_given_is_plain_text(hostile):
    words = (hostile.folder.parent / "edited").read_text("utf-8")
    assert "PLAINTEXT" in words
    mail, _, end = words.rpartition("\f")  # our own form feed keeps the mail off the last page
    assert end.strip() == "# The end."
    assert unsafe(mail.replace("\n", "")) == ""


SAID = """
import sys
from deskterm.cli import main
for words in sys.argv[2].split("\\x1f"):
    print("\\n=== " + ascii(words), flush=True)
    main([*words.split("\\x1e"), "--home", sys.argv[1]])
"""


@pytest.fixture(scope="session")
def commands(hostile_home):
    """Every command that prints, with hostile arguments too; and those that print JSON."""
    marks = tickets(hostile_home)
    lists = ["hold", "inbox", "others", "snoozed", "solved", "spam", "trash", "waiting"]
    plain = [("list", name, "-n", "500") for name in lists] + [("show", mark) for mark in marks[::3]]
    plain += [
        ("status",),
        ("report",),
        ("doctor",),
        ("show", marks[0], "--raw", "1"),
        ("sync",),
        ("undo",),
        ("demo", "--no-open"),
    ]
    typed = [text.replace("\0", "").encode("utf-8", "replace").decode() for text in HOSTILE.values()]
    plain += [("search", "--", text) for text in typed]
    plain += [
        ("reply", mark, "--text", text, "--replace") for mark, text in zip(marks[:8], typed, strict=False)
    ]
    plain += [
        ("reply", marks[0], "--macro", typed[0]),
        ("reply", marks[0], "--order", typed[0], "--text", "x"),
    ]
    plain += [
        (typed[0],),
        ("show", typed[0]),
        ("list", typed[3]),
        ("list", f"--{typed[0]}"),
        ("reply", marks[0], "--tick", typed[1], "--replace", "--text", "x"),
    ]
    json_too = [
        (*words, "--json") for words in (*plain[: len(lists) + 12], ("status",), ("report",), ("doctor",))
    ]
    return plain, json_too


def said(hostile_home, commands) -> str:
    """What these commands print to a terminal."""
    words = "\x1f".join("\x1e".join(one) for one in commands)
    with Terminal(
        [sys.executable, "-c", SAID, str(hostile_home), words], env=environment(hostile_home)
    ) as terminal:
        assert terminal.ended() == 0
    kinds, text = parted(terminal.output)
    assert kinds <= {"control 0a", "control 0d", "CSI K"}  # the last ends the line of progress
    return text


def test_commands_print_plain_text_to_a_terminal(hostile_home, commands):
    text = said(hostile_home, commands[0])
    assert unsafe(text.replace("\n", "")) == ""
    for name in (
        "FROMNAME",
        "SUBJECT",
        "PLAINTEXT",
        "FORMTEXT",
        "MAILBOX",
        "FIELD",
        "REPORT",
        "INVITED",
        "SIGNED",
    ):
        assert name in text
    assert "unexpected" not in text


def test_json_is_ascii(hostile_home, commands):
    text = said(hostile_home, commands[1])
    assert "FROMNAME" in text
    assert text.replace("\n", "").isascii()


def test_the_log_has_no_control_characters_and_no_mail(hostile_home, commands):
    said(hostile_home, commands[0][-6:])
    words = "".join(path.read_text("utf-8") for path in hostile_home.glob("deskterm.log*"))
    assert unsafe(words.replace("\n", "")) == ""
    assert "PLAINTEXT" not in words


def test_exported_tables_have_plain_text_and_no_formulas(hostile_home, tmp_path):
    """A mail's own bytes are in the mbox alone, which no command prints."""
    for form in ("csv", "json"):
        words = [*PROGRAM, "export", f"--{form}", tmp_path / f"all.{form}", "--home", hostile_home]
        subprocess.run(words, check=True, capture_output=True)
    tables = [io.StringIO(path.read_text("utf-8-sig"), newline="") for path in tmp_path.glob("*.csv")]
    cells = [value for table in tables for row in csv.reader(table) for value in row]
    assert any("FROMNAME" in value for value in cells)
    assert told(cells) == ""
    assert [
        value
        for value in cells
        if value.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?\d+(\.\d+)?", value)
    ] == []
    assert told(json.loads((tmp_path / "all.json").read_text("utf-8"))) == ""
