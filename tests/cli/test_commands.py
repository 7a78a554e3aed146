"""The commands as a person or a script types them, on the sample store."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskterm import __version__
from deskterm.cli import arguments, main
from deskterm.cli.arguments import COMMANDS
from deskterm.config.starter import starter

SOURCE = Path(__file__).parents[2] / "src"


def first(shell, *words: str) -> dict:
    return shell.json("list", *words)["tickets"][0]


def test_list_shows_the_inbox_with_what_is_due_on_top(shell):
    out = shell("list")
    assert shell.status == 0
    told = shell.json("list")
    assert told["tickets"][0]["due"]
    assert out.splitlines()[0].endswith(told["tickets"][0]["due"])
    assert told["total"] == len(told["tickets"]) > 5
    assert set(told["tickets"][0]) == {
        "ticket", "customer", "subject", "status", "unanswered_since", "last_at", "snoozed_until", "due", "order",
        "category", "category_guessed", "messages", "draft", "in_outbox", "why_not_a_customer",
    }  # fmt: skip


def test_list_pages_and_names_other_lists(shell):
    everything = [row["ticket"] for row in shell.json("list")["tickets"]]
    assert [row["ticket"] for row in shell.json("list", "-n", "2", "--first", "1")["tickets"]] == everything[
        1:3
    ]
    assert shell.json("list", "others")["total"] > 0
    assert shell("list", "snoozed") == "Nothing in snoozed.\n"
    assert shell.status == 3


def test_show_prints_a_ticket_and_its_orders(shell):
    ticket = next(one for one in shell.json("list")["tickets"] if one["order"])
    told = shell.json("show", ticket["ticket"])
    assert told["subject"] == ticket["subject"]
    assert told["messages"][-1]["written"] in shell("show", ticket["ticket"])
    assert told["orders"][0]["store"] == "oakandwool"


def test_show_gives_the_mail_as_it_came(shell):
    told = shell.json("show", first(shell)["ticket"])
    raw = run("show", told["ticket"], "--raw", "1", "--home", str(shell.home)).stdout
    assert "\nMessage-ID: <" in raw
    assert shell("show", told["ticket"], "--raw", "99") == ""
    number = len(told["messages"])
    many = "1 message" if number == 1 else f"{number} messages"
    assert (shell.status, shell.err) == (
        3,
        f"{told['ticket']} has {many}: there is no number 99.\n",
    )


def test_an_unknown_ticket_gives_status_3_and_says_so_on_stderr(shell):
    assert shell("show", "T9") == ""
    assert (shell.status, shell.err) == (3, "There is no ticket T9.\n")


def test_with_json_a_failure_is_json_too(shell):
    told = shell.json("show", "T9")
    assert told == {"error": {"what": "There is no ticket T9.", "safe": "", "todo": ""}, "status": 3}
    assert (shell.status, shell.err) == (3, "There is no ticket T9.\n")


def test_an_order_without_tracking_has_no_dangling_comma(shell):
    file = shell.home / "orders.json"
    told = json.loads(file.read_text())
    for one in told["orders"]:
        one["shipments"] = [{"shipped_at": parcel["shipped_at"]} for parcel in one.get("shipments", ())]
    file.write_text(json.dumps(told))
    shell("sync")
    listed = [row["ticket"] for row in shell.json("list")["tickets"]]
    lines = [text for ticket in listed for text in shell("show", ticket).splitlines() if text[:1] == "#"]
    assert any(text.endswith("paid, shipped") for text in lines), lines
    assert not any(text.endswith((",", ", ")) for text in lines)


def test_before_the_first_sync_the_list_says_that_nothing_has_been_fetched(tmp_path, shell):
    (shell.home / "desk.db").unlink()
    assert shell("list") == "Nothing has been fetched yet. Run `deskterm sync`.\n"
    assert shell.status == 3


def test_without_a_mailbox_list_and_sync_say_so(shell):
    (shell.home / "config.toml").write_text('[shop]\nname = "Ridge"\n')
    (shell.home / "desk.db").unlink()
    assert shell("list") == "No mailbox is set up. Run `deskterm setup`.\n"
    assert shell("sync") == ""
    assert (shell.status, shell.err) == (
        1,
        "No mailbox is set up: no mail is read.\nRun `deskterm setup`.\n",
    )


def test_macros_lists_them_and_names_the_broken_ones(shell):
    (shell.home / "macros" / "bad.md").write_text("title: x\n")
    lines = shell("macros").splitlines()
    assert any(text.startswith("late-parcel ") and "Late parcel, trace opened" in text for text in lines)
    assert shell.err.startswith("macros/bad.md: Line 1: the front matter is missing.")
    told = shell.json("macros")
    assert [one["file"] for one in told["broken"]] == ["macros/bad.md"]
    names = "id title key category needs claims tags folder attach words texts"
    assert set(names.split()) == set(told["macros"][0])
    assert told["macros"][0]["texts"][""]
    assert "late-parcel" in shell("macros", "--sops")


def test_for_an_unknown_macro_the_nearest_is_named(shell):
    shell("reply", replying(shell), "--macro", "late")
    assert shell.status == 3
    first, *_ = shell.err.partition("Nearest are ")[2].split(", ")
    assert first.startswith("late-")
    (shell.home / "macros" / "late.md").write_text("title: x\n")
    shell("reply", replying(shell), "--macro", "late")
    assert "The macro late cannot be used. Line 1: the front matter is missing." in shell.err


def test_search_finds_mail_and_says_if_there_is_none(shell):
    assert "broken" in shell("search", "mug")
    assert shell("search", "xyzzyplugh") == "Nothing found.\n"
    assert "without quotes" in shell("search", '"mug xyzzyplugh broken"')
    assert shell.status == 3


def test_report_prints_the_week_and_its_definitions(shell):
    out = shell("report", "--definitions")
    assert "First reply time" in out
    assert "arrival of the customer's first message" in out
    told = shell.json("report", "--back", "1", "--business")
    assert told["business_hours"] is True
    assert {"created", "backlog", "first reply", "one-touch"} <= {one["id"] for one in told["figures"]}


def test_status_is_one_line(shell):
    assert len(shell("status").splitlines()) == 1
    assert shell.status == 0
    assert shell.json("status")["outbox"]["queued"] == 0


def test_sync_with_nothing_new_says_so(shell):
    shell("sync")
    assert shell("sync") == "nothing new\n"
    assert shell.json("sync")["failed"] == []


def test_the_copy_of_an_own_reply_is_no_new_mail(shell):
    config = shell.home / "config.toml"
    config.write_text(f"undo_seconds = 0\n{config.read_text()}")
    shell("sync")
    shell("reply", replying(shell), "--text", "Gladly.", "--send", "--yes", "--amber")
    assert shell("sync") == "1 reply sent\n"
    assert shell("sync") == "nothing new\n"


def test_sync_reports_what_failed_and_reads_the_rest(shell):
    (shell.home / "orders.json").unlink()
    shell("sync")
    assert shell.status == 1
    assert "orders.json" in shell.err
    assert "fails since" in shell("status")
    assert shell.status == 1


# replying


def replying(shell, subject: str = "Wrong size") -> str:
    return next(row["ticket"] for row in shell.json("list")["tickets"] if subject in row["subject"])


def test_reply_makes_a_draft_and_sends_nothing(shell):
    ticket = replying(shell)
    told = shell.json("reply", ticket, "--macro", "exchange-size")
    assert (told["state"], told["level"], shell.status) == ("draft", "amber", 0)
    assert shell.json("show", ticket)["draft"].startswith("Hello Tom,")
    assert shell.json("status")["outbox"]["queued"] == 0


def test_a_script_needs_amber_and_red_never_passes(shell):
    ticket = replying(shell)
    assert shell.json("reply", ticket, "--macro", "exchange-size", "--send", "--yes")["state"] == "not sent"
    assert shell.status == 4
    assert (
        shell.json(
            "reply", ticket, "--text", "See {{ order.number }}", "--replace", "--send", "--yes", "--amber"
        )["level"]
        == "red"
    )
    assert shell.status == 4
    assert shell.json("status")["outbox"]["queued"] == 0


def test_a_macro_for_other_orders_needs_amber(shell):
    ticket = replying(shell, "Really disappointed")
    number = shell.json("show", ticket)["order"].lstrip("#")
    told = shell.json("reply", ticket, "--macro", "late-parcel", "--order", number)
    for claim in told["claims"]:
        told = shell.json("reply", ticket, "--tick", claim["words"])
    said = f"Order #{number} is delivered; this macro is for orders that are not."
    assert {"level": "amber", "words": said} in told["concerns"]
    assert shell.json("reply", ticket, "--send", "--yes")["state"] == "not sent"
    assert f"AMBER: {said}" in shell("reply", ticket, "--send", "--yes")
    assert shell.json("reply", ticket, "--send", "--yes", "--amber")["state"] == "queued"


def test_a_ticked_reply_goes_out_once_and_can_be_taken_back(shell):
    ticket = replying(shell, "bitte schnell")
    claim = shell.json("reply", ticket, "--macro", "address-changed")["claims"][0]["words"]
    told = shell.json("reply", ticket, "--tick", claim, "--send", "--yes")
    assert (told["state"], told["level"], shell.status) == ("queued", "green", 0)
    assert shell.json("status")["outbox"]["queued"] == 1
    shell("reply", ticket, "--send", "--yes")
    assert shell.status == 1, "there is no draft any more"
    assert shell("undo") == f"Undid: sent the reply to {ticket}\n"
    assert shell.json("show", ticket)["draft"]


def test_a_time_without_send_is_refused_with_what_is_missing(shell):
    ticket = shell.json("list")["tickets"][0]["ticket"]
    shell("reply", ticket, "--text", "Hello.", "--later", "tomorrow 9:00")
    assert "Use `--send --later 'tomorrow 9:00'`." in shell.err
    assert "Write it like" not in shell.err


def test_a_reply_is_sent_later_and_an_invalid_time_writes_nothing(shell):
    ticket = shell.json("list")["tickets"][0]["ticket"]
    for wrong in (["--send", "--later", "soon"], ["--later", "3d"]):
        shell("reply", ticket, "--text", "Hello, I will look.", *wrong)
        assert shell.status == 1
    assert shell.json("show", ticket)["draft"] is None
    words = ["--text", "Hello, I will look.", "--send", "--yes", "--amber", "--later", "3d"]
    given = shell.json("reply", ticket, *words)
    assert given["state"] == "queued"
    found = shell.json("status")["outbox"]
    assert (found["queued"], found["later"], found["next_planned_at"]) == (0, 1, given["planned_at"])
    assert "1 to send later" in shell("status")
    shell("sync")
    assert shell.json("status")["outbox"]["later"] == 1


def test_send_without_a_terminal_is_not_confirmed(shell, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    out = shell("reply", replying(shell), "--text", "Gladly.", "--send")
    assert shell.status == 4
    assert "Not sent (not confirmed)" in out
    assert next(one for one in shell.json("report")["figures"] if one["id"] == "stopped")["value"] == 0


def test_words_come_from_standard_input(shell, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("Thank you.\n"))
    body = shell.json("reply", replying(shell), "--text", "-")["body"]
    assert body.startswith("Thank you.\n\n")
    assert "Oak & Wool" in body


def test_a_draft_is_not_overwritten_unasked(shell):
    ticket = replying(shell)
    shell("reply", ticket, "--text", "My words.")
    shell("reply", ticket, "--text", "Others.")
    assert shell.status == 1
    assert "--replace" in shell.err
    assert shell.json("show", ticket)["draft"].startswith("My words.")


def test_with_several_orders_it_asks_which(shell):
    ticket = replying(shell, "Gift card")
    shell("reply", ticket, "--macro", "order-status")
    assert shell.status == 1
    assert "--order" in shell.err
    told = shell.json("reply", ticket, "--macro", "order-status", "--order", "#966")
    assert told["order"] == "#966"
    shell("reply", ticket, "--macro", "order-status", "--order", "31337")
    assert shell.status == 3


def test_without_words_it_says_what_to_give(shell):
    shell("reply", replying(shell))
    assert shell.status == 1
    assert "--macro" in shell.err


def test_undo_with_nothing_done_says_so(shell):
    shell("undo")
    assert (shell.status, shell.err) == (1, "There is nothing to undo.\n")


# homes and failures


@pytest.mark.parametrize(
    "command",
    [
        "list",
        "status",
        "sync",
        "search x",
        "show T1001",
        "doctor",
        "open",
        "restore",
        "restore --list",
        "restore no-such-file --yes",
    ],
)
def test_a_mistyped_home_is_refused_and_not_created(tmp_path, command, capsys):
    wrong = tmp_path / "mistyped"
    assert main([*command.split(), "--home", str(wrong)]) == 1
    assert f"There is no folder {wrong}" in capsys.readouterr().err
    assert not wrong.exists()


@pytest.mark.parametrize(
    "words",
    [["list", "-n", "-5"], ["list", "-n", "0"], ["list", "--first", "-1"], ["search", "x", "-n", "many"]],
)
def test_an_invalid_count_is_refused(shell, words):
    shell(*words)
    assert shell.status == 2


def test_words_quoted_for_the_shell_are_words_and_a_phrase_needs_its_own_quotes(shell):
    first, last = "order", "the"
    together = shell.json("search", f"{first} {last}")
    assert together["total"] == shell.json("search", first, last)["total"] > 0
    shell("search", f'"{first} {last}"')
    assert shell.status == 3


def test_without_a_setup_it_says_what_to_run(tmp_path, capsys):
    assert main(["list", "--home", str(tmp_path / "empty")]) == 1
    err = capsys.readouterr().err
    assert "deskterm setup" in err
    assert "deskterm demo" in err


def test_a_broken_config_names_its_line(shell):
    (shell.home / "config.toml").write_text("[shop]\nzone = 3\n")
    shell("list")
    assert shell.status == 1
    assert "line 2" in shell.err
    assert "Traceback" not in shell.err


def test_an_unexpected_error_is_one_line_and_logged_without_its_words(shell, monkeypatch):
    from deskterm.cli import list as list_

    def broken(*_):
        raise RuntimeError("jana@mertens.example")

    monkeypatch.setattr(list_, "show", broken)
    shell("list")
    assert shell.status == 1
    assert len(shell.err.splitlines()) == 1
    assert "deskterm.log" in shell.err
    assert "jana" not in (shell.home / "deskterm.log").read_text() + shell.err


def test_an_interrupt_ends_quietly(shell, monkeypatch):
    from deskterm.cli import list as list_

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(list_, "show", interrupted)
    shell("list")
    assert shell.status == 130


def test_hostile_text_is_plain_on_the_terminal(shell):
    import sqlite3

    database = sqlite3.connect(shell.home / "desk.db")
    hostile = "\x1b]52;c;aGk=\x07\x1b[31mred\u202egnp.exe\x9b2J"
    database.execute("UPDATE ticket SET subject = ?", (hostile,))
    database.execute("UPDATE message SET text = ?, folds = '', sender_name = ?", (hostile, hostile))
    database.execute("UPDATE customer SET name = ?", (hostile,))
    database.commit()
    database.close()
    ticket = shell.json("list")["tickets"][0]["ticket"]
    for words in (
        ("list",),
        ("show", ticket),
        ("status",),
        ("report",),
        ("reply", ticket, "--text", hostile),
        ("doctor",),
    ):
        out = shell(*words) + shell.err
        assert not set(out) & set("\x1b\x07\x9b\u202e"), words


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help_of_its_own(name, capsys):
    assert main([name, "--help"]) == 0
    assert "--home" in capsys.readouterr().out


def test_what_is_not_understood_gives_status_2(capsys):
    assert main(["frobnicate"]) == 2
    assert main(["list", "--jsn"]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["stauts"], "did you mean `deskterm status`?"),
        (["--home", "x", "Bakup", "-f"], "did you mean `deskterm backup`?"),
        (["frobnicate"], "`deskterm --help` lists them"),
        (["doctor", "extra"], "usage: deskterm doctor"),
        (["status", "--nope"], "usage: deskterm status"),
        (["search", ""], "usage: deskterm search"),
        (["search", " ", "  "], "usage: deskterm search"),
        (["--nope"], "usage: deskterm [-h]"),
        (["list", "--jsn"], "did you mean --json?"),
        (["version"], "did you mean `deskterm --version`?"),
        (["help", "lits"], "did you mean `deskterm list`?"),
        (["rules", "try"], "try needs the name of a rule"),
        (["rules", "sending", "mugs"], "sending takes no name"),
        (["day", "notice"], "notice needs its text"),
        (["day", "hold", "--off"], "hold needs a macro"),
        (["faq", "--note", "T1043"], "--note needs the question"),
        (["senders", "always"], "always needs an address"),
        (["macros", "--for", "zndesk"], "'zendesk'"),
        (["show", "T1043", "--raw", "0"], "'0' is not a whole number"),
    ],
)
def test_for_a_mistyped_command_it_says_what_was_meant_or_what_it_takes(words, said, capsys):
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert not out


@pytest.mark.parametrize("words", [["help"], ["help", "list"], ["--home", "x", "help", "list"]])
def test_help_is_given_as_a_command_too(words, capsys):
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert out.startswith(f"usage: deskterm {'list' if 'list' in words else '[-h]'}")
    assert not err


@pytest.mark.parametrize("before", [[], ["--home", "x"]])
def test_a_command_builds_no_other_commands_parser(before, monkeypatch):
    made, real = [], arguments._build_parser

    def build(wanted, known):
        made.append(set(known))
        return real(wanted, known)

    monkeypatch.setattr(arguments, "_build_parser", build)
    arguments.parse([*before, "list"])
    arguments.parse(["-V", *before, "list"])
    assert made == [{"list"}, set(COMMANDS)], "an option before it may be anything"


def test_the_desk_needs_a_terminal(shell):
    shell("open")
    assert shell.status == 2
    assert "terminal" in shell.err
    shell("setup")
    assert shell.status == 2


def test_the_starter_playbook_is_found_and_copied_once(shell):
    assert (starter() / "macros").is_dir()
    copied = shell.home / "macros" / "thank-you.md"
    copied.unlink()
    shell("reply", replying(shell), "--macro", "exchange-size")
    assert shell.status == 0
    assert not copied.exists(), "what the owner deleted stays deleted"


# the demo


def test_the_demo_keeps_what_was_done_until_fresh(shell):
    ticket = replying(shell)
    shell("reply", ticket, "--text", "Gladly.")
    assert "nothing new" in shell("demo", "--no-open")
    assert shell.json("show", ticket)["draft"]
    shell("demo", "--no-open", "--fresh")
    assert shell.status == 0
    assert shell.json("status")["drafts"] == 0


def test_the_demo_touches_no_other_folder(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("years of work")
    for more in ([], ["--fresh"]):
        assert main(["demo", "--no-open", "--home", str(tmp_path), *more]) == 1
    assert "other than a demo" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


# as real processes


def run(*words: str, **more) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONWARNINGS": "error"}
    return subprocess.run(
        [sys.executable, "-m", "deskterm", *words],
        capture_output=True,
        text=True,
        timeout=60,
        env=env,
        check=False,
        **more,
    )


def test_python_m_deskterm_runs(shell):
    done = run("list", "--json", "--home", str(shell.home))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["total"] > 0
    assert run("--version").stdout == f"deskterm {__version__}\n"


def test_a_reader_that_goes_away_is_no_error(shell):
    command = f"{sys.executable} -m deskterm list solved -n 500 --home {shell.home} | head -n 1"
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        text=True,
        env=env,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupted_sync_ends_with_130(shell):
    code = (
        "import signal; from deskterm.cli import main, run_pass as passing\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # ignored in a shell's background
        "def wait(*_):\n    print('ready', flush=True); signal.pause()\n"
        "passing.one_pass = wait\n"
        f"raise SystemExit(main(['sync', '--home', {str(shell.home)!r}]))"
    )
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env
    )
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=30)
    assert child.returncode == 130
    assert "Traceback" not in err


def test_the_version_waits_for_nothing():
    code = "import sys; from deskterm.cli import main; main(['--version']); print(sorted(m for m in sys.modules if m.startswith('deskterm')))"
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=60, check=True
    )
    assert done.stdout.splitlines()[1] == "['deskterm', 'deskterm.cli', 'deskterm.cli.statuses']"


def test_lists_import_nothing_heavy(shell):
    code = (
        "import sys; from deskterm.cli import main\n"
        f"main(['list', '--home', {str(shell.home)!r}, '--json'])\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'liquid', 'babel', 'imapclient', 'keyring', 'textual', 'lxml'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_demos_week_is_alive_and_nothing_in_it_waits_for_an_undo(shell):
    figures = {one["id"]: one for one in shell.json("report", "--back", "1")["figures"]}
    alive = ("created", "solved", "first reply", "resolution", "one-touch")
    assert all(figures[name]["n"] > 0 and None not in figures[name]["series"][2:] for name in alive)
    shell("undo")
    assert shell.status == 1
