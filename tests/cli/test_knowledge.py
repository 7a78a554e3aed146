"""`deskterm faq`, `playbook` and `practice` as they are typed."""

from deskterm.cli.open_desk import USAGE


def test_an_entry_is_made_and_the_page_written(shell, tmp_path):
    assert "No entries" in shell("faq")
    said = shell("faq", "--macro", "care", "--question", "How do I clean it?")
    assert said.startswith("faq/how-do-i-clean-it.md written: How do I clean it?")
    (entry,) = shell.json("faq")["entries"]
    assert (entry["macro"], entry["refused"]) == ("care", "")
    page = tmp_path / "faq.html"
    assert "1 question\n" in shell("faq", "--html", str(page))
    assert "How do I clean it?</h2>" in page.read_text("utf-8")
    (shell.home / "faq" / "bad.md").write_text(
        "---\nquestion: Who?\nsince: 2026-01-01\n---\nAsk x@y.example.\n"
    )
    assert "left out: It contains the address x@y.example." in shell("faq")
    assert shell.status == 1
    assert "is a draft: read it" in shell("faq", "--macro", "refund-made", "--question", "When is it back?")
    assert "Published: " in shell("faq", "--publish", "when-is-it-back")
    shell("faq", "--publish", "nowhere")
    assert "faq/nowhere.md is not an entry: It does not exist." in shell.err


def test_the_playbook_is_printed_and_written(shell, tmp_path):
    text = shell("playbook")
    assert text.startswith("# Oak & Wool: how we answer")
    assert "## Keys of the first day" in text
    shell("playbook", "--html", str(tmp_path / "book.html"))
    assert "<h3" in (tmp_path / "book.html").read_text("utf-8")


def test_practice_needs_a_terminal_and_leaves_no_copy(shell):
    shell("practice", "-n", "2")
    assert shell.status == USAGE
    assert not list(shell.home.glob("practice-*"))
