"""The owner's own drafting command: what it is given, and what becomes of its text."""

import json
import os
import select
import sys
from dataclasses import replace
from datetime import date

import pytest

from desk.conftest import DAY, NOW, ShopOfOne
from deskterm.desk import Desk
from deskterm.domain.review.figures import unsourced_figures
from deskterm.domain.review.replies import Level
from deskterm.errors import NotNow


def with_command(shop: ShopOfOne, code: str) -> Desk:
    context = shop.desk.shop
    folder = context.home.config_folder
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "draft.py"
    program.write_text(code, "utf-8")
    settings = replace(context.settings, draft_command=f"{sys.executable} {program}")
    return Desk(context.db, settings, context.home, context.playbook, context.formats)


ECHO = "import sys, pathlib\ngiven = sys.stdin.read()\npathlib.Path('given.json').write_text(given)\n"


def test_the_command_gets_the_conversation_the_facts_and_the_macros_but_no_note(shop):
    desk = with_command(shop, f"{ECHO}print('Hello Jana,\\n\\nit is on its way.')")
    shop.order()
    ticket = shop.ticket(text="Where is my order #1042? I need it by Friday.")
    shop.desk.tickets.note(ticket, "Difficult customer", NOW)
    text = desk.drafting.ask(ticket, NOW)
    given = json.loads((desk.shop.home.config_folder / "given.json").read_text())
    assert [one["from"] for one in given["conversation"]] == ["customer"]
    assert "Difficult" not in json.dumps(given)
    assert given["facts"]["order.number"] == "1042"
    assert given["order_certain"] is True
    assert given["asked_besides"] == ["Friday"]
    assert given["macros"][0]["id"] == "order-status"
    draft = desk.drafting.keep(ticket, text, NOW)
    assert draft.body.startswith("Hello Jana,\n\nit is on its way.\n\nWarm wishes")
    assert desk.replies.review(ticket, NOW).concerns == ()


def test_a_figure_that_is_in_no_source_is_amber_and_named(shop):
    desk = with_command(shop, "print('x')")
    shop.order()
    ticket = shop.ticket(text="Where is my order #1042?")
    desk.drafting.keep(
        ticket, "Hello Jana,\n\n#1042 left with DHL, 00340. You get 15.00 € back on 3 March 2031.", NOW
    )
    review = desk.replies.review(ticket, NOW)
    assert review.level is Level.AMBER
    (why,) = [one.words for one in review.concerns if "command" in one.words]
    assert "15.00" in why
    assert "3 March 2031" in why
    assert "which are in no mail" in why
    assert "00340" not in why


def test_it_does_not_overwrite_the_owners_words(shop):
    desk = with_command(shop, "print('x')")
    ticket = shop.ticket()
    desk.replies.save(replace(desk.replies.begin(ticket, NOW), body="Mine."), NOW)
    with pytest.raises(NotNow, match="has a draft already"):
        desk.drafting.ask(ticket, NOW)
    with pytest.raises(NotNow, match="has a draft already"):
        desk.drafting.keep(ticket, "Theirs.", NOW)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("import sys; print('no key', file=sys.stderr); sys.exit(3)", "exit status 3: no key"),
        ("pass", "printed nothing"),
        ("import os; os.kill(os.getpid(), 9)", "ended by signal 9"),
    ],
)
def test_a_command_that_fails_says_why_and_leaves_nothing(shop, code, why):
    desk = with_command(shop, code)
    ticket = shop.ticket()
    with pytest.raises(NotNow, match=why):
        desk.drafting.ask(ticket, NOW)
    assert desk.replies.begin(ticket, NOW).id == 0


def test_the_command_is_started_with_the_safe_environment(shop, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "relative")
    desk = with_command(shop, "import os; print(os.environ['PYTHONSAFEPATH'], os.environ.get('PYTHONPATH'))")
    assert desk.drafting.ask(shop.ticket(), NOW) == "1 None"


@pytest.mark.parametrize(
    ("letter", "sources", "left"),
    [
        ("It costs €1,204.50.", ["1.204,50 €"], ()),
        ("It comes on 14 December.", ["am 14.12.2026"], ()),
        ("It comes on 15 December.", ["am 14.12.2026"], ("15 December",)),
        ("Call before 16:00.", ["we close at 16:00"], ()),
        ("See https://shop.example/a.", ["https://shop.example/a"], ()),
        ("See https://shop.example/b.", ["https://shop.example/a"], ("https://shop.example/b",)),
        ("It takes 3 to 5 days.", ["3 days"], ("5",)),
        ("Number JD0012 left.", ["jd0012"], ()),
        ("Number JD0013 left.", ["jd0012"], ("JD0013",)),
        ("Take XMAS2099, 10 % off.", ["WOOL10 gives 10 %"], ("XMAS2099",)),
    ],
)
def test_figures_are_the_same_however_they_are_written(letter, sources, left):
    assert unsourced_figures(letter, sources, date(2026, 11, 30)) == left


def test_a_draft_that_was_taken_back_is_still_checked(shop):
    desk = with_command(shop, "print('x')")
    ticket = shop.ticket()
    desk.drafting.keep(ticket, "Hello Jana,\n\nyou get 77 € back.", NOW)
    review = desk.replies.review(ticket, NOW)
    desk.replies.send(ticket, review, NOW, Level.AMBER)
    desk.undo.undo(NOW + DAY // 1000)
    assert desk.replies.begin(ticket, NOW).drafted


def test_a_command_that_takes_too_long_is_killed_with_all_it_started(shop, tmp_path, monkeypatch):
    """Its child inherits a pipe, which closes when the last process that holds it has ended."""
    monkeypatch.setattr("deskterm.config.outside_command._PATIENCE", 0.3)
    os.mkfifo(tmp_path / "held")
    held = os.open(tmp_path / "held", os.O_RDONLY | os.O_NONBLOCK)
    pipe = f"os.open({str(tmp_path / 'held')!r}, os.O_WRONLY)"
    child = f"import os, subprocess\nsubprocess.run(['sleep', '60'], pass_fds=[{pipe}])"
    with pytest.raises(NotNow, match="did not end"):
        with_command(shop, child).drafting.ask(shop.ticket(), NOW)
    assert select.select([held], [], [], 10)[0] == [held]
    os.close(held)
