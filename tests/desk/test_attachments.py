"""Attachments are written inside their folder, readable only by the owner, replacing nothing, whatever their name."""

import pytest

from deskterm.desk.attachments import save
from deskterm.errors import DiskFull
from hostile import HOSTILE, INJECTED, unsafe

NAMES = [
    "../../x", "..\\..\\x", "/etc/passwd", "~/.ssh/authorized_keys", ".bashrc", "..", ".", "", " ", "/", "CON", "NUL.txt", "a:b",
    "-rf", "--help", "a\nb.txt", "a\x00b.exe", "x" * 300 + ".pdf", "x." + "y" * 300, "割" * 300 + ".jpg", "👩‍👩‍👧‍👦" * 60, "é" * 200,
    "file.tar.gz", "$(touch x)", "`id`", "a;b|c&d", "%2e%2e%2fx", "\u202egpj.exe", "a/b/../../../c", "\ud800.txt",
    *HOSTILE.values(), *INJECTED,
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name_becomes_a_file_inside_the_folder(tmp_path, name):
    folder, beside = tmp_path / "in" / "attachments", tmp_path / "in" / "x"
    folder.mkdir(parents=True)
    beside.write_text("mine")
    for content in (b"first", b"second"):
        path = save(folder, name, content)
        assert path.parent == folder
        assert path.resolve() == path
        assert path.read_bytes() == content
        assert path.stat().st_mode & 0o777 == 0o600
        assert not path.name.startswith((".", "-"))
        assert unsafe(path.name) == ""
    assert len(list(folder.iterdir())) == 2
    assert sorted(one.name for one in tmp_path.rglob("*") if folder not in one.parents) == [
        "attachments",
        "in",
        "x",
    ]
    assert beside.read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_reported_in_words(tmp_path):
    with pytest.raises(DiskFull, match="cannot be written") as failed:
        save(tmp_path / "not there", "a.txt", b"")
    assert "still in the mail" in failed.value.safe


@pytest.mark.parametrize(
    "name",
    ["typing.PY ", "typing.p\u200by", "a.out", "Order.dmg", "x.prefPane", "wifi.mobileconfig", "x.py/."],
)
def test_what_a_desktop_would_run_or_install_is_text_by_its_name(tmp_path, name):
    assert save(tmp_path, name, b"").suffix == ".txt"
