"""`deskterm import`: an mbox file into the demo's desk."""

import json

from deskterm.cli import main
from sync.files.test_import_history import GORGIAS

MAILS = """\
From jana@mertens.example Mon Nov  2 09:00:00 2026
From: Jana Mertens <jana@mertens.example>
To: help@oakandwool.example
Subject: An old question about candles
Date: Mon, 2 Nov 2026 09:00:00 +0100
Message-ID: <old.1@mertens.example>

Do the candles smell of anything?

From tom@iversen.example Mon Nov  2 10:00:00 2026
From: Tom Iversen <tom@iversen.example>
To: help@oakandwool.example
Subject: A question about slippers
Date: Mon, 2 Nov 2026 10:00:00 +0100
Message-ID: <old.2@iversen.example>

>From what size on are they wide?
"""


def test_an_mbox_is_read_once_and_can_be_searched(tmp_path, capsys):
    home = ["--home", str(tmp_path / "desk")]
    assert main([*home, "demo", "--no-open"]) == 0
    (tmp_path / "old.mbox").write_text(MAILS)
    capsys.readouterr()
    assert main([*home, "import", "--json", str(tmp_path / "old.mbox")]) == 0
    assert json.loads(capsys.readouterr().out) == {"mails": 2, "stopped": False}
    assert main([*home, "import", "--json", str(tmp_path / "old.mbox")]) == 0
    assert json.loads(capsys.readouterr().out)["mails"] == 0
    assert main([*home, "search", "candles", "smell"]) == 0
    assert "An old question about candles" in capsys.readouterr().out


def test_a_file_that_is_no_mbox_is_named(tmp_path, capsys):
    home = ["--home", str(tmp_path / "desk")]
    assert main([*home, "demo", "--no-open"]) == 0
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0 no mail at all")
    assert main([*home, "import", str(tmp_path / "photo.jpg")]) == 1
    assert "photo.jpg" in capsys.readouterr().err


def test_the_history_of_another_desk_is_counted_in_words(tmp_path, capsys):
    home = ["--home", str(tmp_path / "desk")]
    assert main([*home, "demo", "--no-open"]) == 0
    file = tmp_path / "export.json"
    one = GORGIAS | {"messages": GORGIAS["messages"][:1]}
    for exported, said in (
        ([GORGIAS], "2 messages in 1 solved ticket.\nLeft out: 1 internal note.\n"),
        ([one], "1 message in 1 solved ticket, all here before.\n"),
    ):
        file.write_text(json.dumps(exported), "utf-8")
        capsys.readouterr()
        assert main([*home, "import", "-q", str(file)]) == 0
        assert capsys.readouterr().out == f"Read from {file}: {said}"
