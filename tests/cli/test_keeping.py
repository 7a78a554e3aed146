"""backup, restore, export, forget and doctor --repair as they are typed, on the sample store."""

import csv
import gc
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.conftest import Shell
from deskterm.domain import backups as named
from deskterm.sync.files import mbox

SOURCE = Path(__file__).parents[2] / "src"


def asked(home, sql):
    connection = sqlite3.connect(home / "desk.db")
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def fold(path):
    """Write the WAL into the file; commands run in this process before may have it open still."""
    gc.collect()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()


def state(home):
    return [
        asked(home, f"SELECT count(*) FROM {table}")[0][0]
        for table in ("ticket", "message", "events", "draft")
    ]


def backups(home):
    return sorted(path.name for path in (home / "backups").iterdir())


def test_sync_makes_the_daily_backup_once(shell):
    shell("sync")
    assert shell.status == 0
    (first,) = backups(shell.home)
    shell("sync")
    assert backups(shell.home) == [first]


def test_backups_made_by_hand_on_one_day_all_stay_and_are_listed(shell):
    folder = shell.home / "backups"
    now = int(time.time())
    shell("backup")
    (made,) = backups(shell.home)
    earlier = [named.name(now - minutes * 60) for minutes in (60, 30)]
    for one in earlier:
        (folder / made).rename(folder / one)
        shell("backup")
        (made,) = set(backups(shell.home)) - set(earlier)
    listed = [Path(one["file"]).name for one in shell.json("restore", "--list")["backups"]]
    assert listed == [made, earlier[1], earlier[0]]


def test_what_a_killed_backup_left_is_removed_and_old_ones_are_dropped(shell):
    folder = shell.home / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / ".desk-2026-01-01T000000Z.db.part").write_bytes(b"half")
    for day in range(1, 29):
        (folder / f"desk-2025-02-{day:02}T120000Z.db").write_bytes(b"old")
    (folder / "mine.txt").write_text("not ours")
    shell("backup")
    left = backups(shell.home)
    assert "mine.txt" in left
    assert not [name for name in left if name.startswith(".")]
    ours = [name for name in left if name.startswith("desk-")]
    assert len(ours) == 7 + 1  # seven days; of the four weeks three have one among them


def test_a_backup_to_a_file_never_overwrites_another(shell, tmp_path):
    wanted = tmp_path / "mine.db"
    told = shell.json("backup", str(wanted))
    assert told == {"file": str(wanted), "bytes": wanted.stat().st_size}
    before = wanted.read_bytes()
    shell("backup", str(wanted))
    assert (shell.status, wanted.read_bytes()) == (1, before)
    assert "use --force" in shell.err
    shell("backup", str(wanted), "--force")
    assert shell.status == 0


def test_restore_asks_and_then_restores_what_was(shell):
    shell("restore")
    assert (shell.status, "no backup" in shell.err) == (3, True)
    before = state(shell.home)
    name = Path(shell.json("backup")["file"]).name
    assert name in shell("restore", "--list")
    ticket = shell.json("list")["tickets"][0]["ticket"]
    shell("reply", ticket, "--text", "after the backup")
    after = state(shell.home)
    assert after != before
    shell("restore")
    assert (shell.status, state(shell.home)) == (4, after)
    told = shell.json("restore", name, "--yes")
    assert state(shell.home) == before
    connection = sqlite3.connect(told["kept"])
    assert connection.execute("SELECT count(*) FROM draft").fetchone()[0] == after[3]
    connection.close()
    assert "nothing new" in shell("sync")


def test_a_backup_from_elsewhere_makes_a_desk_in_a_new_folder_once_it_is_confirmed(shell, tmp_path, capsys):
    made, new = shell.json("backup")["file"], tmp_path / "new-computer"
    elsewhere = Shell(new, capsys)
    elsewhere("restore", made)
    assert (elsewhere.status, new.exists()) == (4, False)
    elsewhere("restore", made, "--list")
    assert (elsewhere.status, new.exists()) == (1, False)
    assert elsewhere.json("restore", made, "--yes")["kept"] is None
    assert state(new) == state(shell.home)


def test_copies_beside_the_database_are_removed_once_a_new_backup_is_whole(shell):
    shell("backup")
    for day in range(1, 6):
        for end in ("", "-wal"):
            (shell.home / f"desk.db.replaced-2026-01-0{day}T091400Z{end}").write_bytes(b"old")

    def left():
        return sorted(path.name for path in shell.home.glob("desk.db.replaced-*"))

    (shell.home / "desk.db").rename(shell.home / "away")
    shell("backup")
    assert (shell.status, len(left())) == (3, 10)
    (shell.home / "away").rename(shell.home / "desk.db")
    shell("backup")
    assert left() == [
        f"desk.db.replaced-2026-01-0{day}T091400Z{end}" for day in (3, 4, 5) for end in ("", "-wal")
    ]
    assert "Kept beside the database: desk.db.replaced-2026-01-03" in shell("doctor")


def test_a_restored_desk_fetches_what_came_since(shell):
    name = shell.json("backup")["file"]
    inbox = shell.home / "mail" / "new"
    inbox.mkdir(exist_ok=True)
    (inbox / "1795000000.x.test").write_bytes(
        b"From: Nea <nea@late.example>\r\nTo: help@oakandwool.example\r\nSubject: late one\r\n"
        b"Message-ID: <late@late.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\nStill there?\r\n"
    )
    shell("sync")
    wanted = state(shell.home)[1]
    shell("restore", name, "--yes")
    assert state(shell.home)[1] == wanted - 1
    assert "1 new mail" in shell("sync")
    assert state(shell.home)[1] == wanted


@pytest.mark.parametrize(
    "harm", ["gone", "emptied", "cut short", "no database", "flipped", "zeros at the end"]
)
def test_a_damaged_database_is_reported_and_repaired_from_the_backup_and_the_server(shell, harm):
    shell("backup")
    before = state(shell.home)
    harmed = _harm(shell.home / "desk.db", harm)
    for words in (("list",), ("sync", "-q"), ("status",), ("show", "T1012")):
        shell(*words)
        if shell.status:
            assert "damaged" in shell.err or "gone" in shell.err
            assert "doctor --repair" in shell.err or "restore" in shell.err
            assert "Traceback" not in shell.err
    if harm in ("gone", "emptied", "no database", "cut short"):
        assert shell.status
    shell("doctor", "--repair")
    assert shell.status == 1, "it asks first"
    out = shell("doctor", "--repair", "--yes")
    assert "was restored" in out
    assert state(shell.home) == before
    findings = shell.json("doctor")["findings"]
    assert all(one["grade"] == "ok" for one in findings if "database" in one["what"])
    kept = list(shell.home.glob("desk.db.damaged-*"))
    found = [one.read_bytes() for one in kept if not one.name.endswith(("-wal", "-shm"))]
    assert [one[_HARMED] for one in found] == [one[_HARMED] for one in harmed]


_HARMED = slice(16384 * 8, 16384 * 40)  # opening may write into the first pages


def _harm(path, harm) -> list[bytes]:
    fold(path)
    whole = path.read_bytes()
    if harm == "gone":
        path.unlink()
        return []
    harmed = {
        "emptied": b"",
        "cut short": whole[: len(whole) // 3],
        "no database": b"hello " * 5000,
        "flipped": whole[: 16384 * 8]
        + bytes(byte ^ 0x41 for byte in whole[16384 * 8 : 16384 * 40])
        + whole[16384 * 40 :],
        "zeros at the end": whole[: len(whole) // 2] + bytes(len(whole) - len(whole) // 2),
    }[harm]
    path.write_bytes(harmed)
    return [harmed]


def test_without_a_backup_a_new_desk_is_created_and_all_mail_is_read_again(shell):
    before = state(shell.home)
    shutil.rmtree(shell.home / "backups", ignore_errors=True)
    _harm(shell.home / "desk.db", "no database")
    assert "A new database was started" in shell("doctor", "--repair", "--yes")
    assert state(shell.home)[1] == before[1]
    assert shell.json("list")["total"] > 0


def test_repair_fixes_index_counts_and_permissions_without_a_question(shell):
    before = asked(shell.home, "SELECT * FROM ticket ORDER BY id")
    found = shell("search", "mug")
    connection = sqlite3.connect(shell.home / "desk.db")
    connection.execute("INSERT INTO search(search) VALUES ('delete-all')")
    connection.execute(
        "UPDATE ticket SET siblings = 9, lead_rank = 0, rank = 1"
        " WHERE status = 'open' AND view = 'customers' AND joined_into IS NULL"
    )
    connection.commit()
    connection.close()
    (shell.home / "desk.db").chmod(0o644)
    told = shell.json("doctor", "--repair")
    assert len(told["mended"]) == 3
    assert (shell.home / "desk.db").stat().st_mode & 0o777 == 0o600
    assert asked(shell.home, "SELECT * FROM ticket ORDER BY id") == before
    assert shell("search", "mug") == found
    assert shell.json("doctor", "--repair")["mended"] == []


def test_damage_in_the_search_index_alone_costs_nothing(shell):
    before = asked(shell.home, "SELECT * FROM ticket ORDER BY id")
    found = shell("search", "mug")
    fold(shell.home / "desk.db")
    connection = sqlite3.connect(shell.home / "desk.db")
    pages = connection.execute(
        "SELECT pageno FROM dbstat WHERE name = 'search_data' AND pagetype = 'leaf'"
    ).fetchall()
    connection.close()
    with (shell.home / "desk.db").open("r+b") as file:
        for (page,) in pages[1:]:
            file.seek((page - 1) * 16384)
            file.write(b"\x55" * 16384)
    (mended,) = shell.json("doctor", "--repair")["mended"]
    assert mended.startswith("The search index was rebuilt. The damaged file is kept as")
    assert len(list(shell.home.glob("desk.db.damaged-*"))) == 1
    assert (shell.home / "desk.db").stat().st_mode & 0o777 == 0o600
    assert shell("search", "mug") == found
    assert asked(shell.home, "SELECT * FROM ticket ORDER BY id") == before


def test_a_wal_that_is_gone_costs_no_mail(shell):
    """A process was killed and its WAL removed: the last changes are gone, the mail is fetched again."""
    before = state(shell.home)
    code = (
        "import os, sys; from pathlib import Path; from deskterm.storage.schema.database import Database\n"
        "Database.close = lambda self: os._exit(9)  # before it has brought its changes into the file\n"
        "from deskterm.cli import main; main(['sync', '-q', '--home', str(Path(sys.argv[1]).parent)])"
    )
    (shell.home / "mail" / "new").mkdir(exist_ok=True)
    (shell.home / "mail" / "new" / "1795000001.x.test").write_bytes(
        b"From: Nea <nea@late.example>\r\nTo: help@oakandwool.example\r\nSubject: lost\r\n"
        b"Message-ID: <lost@late.example>\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n\r\nStill there?\r\n"
    )
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    subprocess.run(
        [sys.executable, "-c", code, str(shell.home / "desk.db")], env=env, check=False, timeout=60
    )
    for end in ("-wal", "-shm"):
        (shell.home / f"desk.db{end}").unlink(missing_ok=True)
    shell("sync")
    assert "desk.db-wal was missing" in shell.err
    shell("sync")
    assert "desk.db-wal" not in shell.err, "it is told once"
    assert state(shell.home)[1] == before[1] + 1
    assert shell.json("search", "nea@late.example")["total"] == 1
    assert "The database is sound" in shell("doctor")


PLAIN_ROOT = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")  # root that rights hold for


@pytest.mark.parametrize("folder_too", [True, False])
def test_a_database_without_write_permission_is_reported_in_words_and_repaired(shell, folder_too):
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("rights do not hold for root, and there is no setpriv")
    before = asked(shell.home, "SELECT * FROM message ORDER BY id")
    fold(shell.home / "desk.db")
    (shell.home / "desk.db").chmod(0o400)
    shell.home.chmod(0o500 if folder_too else 0o700)
    for words, status in ((("sync", "-q"), 1), (("list",), 0), (("reply", "T1012", "--text", "x"), 1)):
        done = limited(shell.home, *words)
        assert done.returncode == status, done.stderr
        assert ("rights" in done.stderr) == bool(status)
        assert "Traceback" not in done.stderr
    assert "cannot be written" in limited(shell.home, "doctor").stdout
    shell.home.chmod(0o700)
    assert "can now be read and written by you" in limited(shell.home, "doctor", "--repair").stdout
    assert limited(shell.home, "sync", "-q").returncode == 0
    assert asked(shell.home, "SELECT * FROM message ORDER BY id") == before


def limited(home, *words):
    """Run a command as a user to whom the files' permissions apply."""
    prefix = PLAIN_ROOT if os.geteuid() == 0 else ()
    argv = [*prefix, sys.executable, "-m", "deskterm", *words, "--home", str(home)]
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.run(argv, env=env, capture_output=True, text=True, check=False, timeout=60)


def test_export_mbox_is_every_mail_and_can_be_read_again(shell, tmp_path):
    wanted = tmp_path / "all.mbox"
    shell("export", "--mbox", str(wanted))
    assert wanted.stat().st_mode & 0o777 == 0o600
    read = [one.raw for one in mbox.mails(wanted)] + [
        one.raw for one in mbox.mails(tmp_path / "all-sent.mbox")
    ]
    import zlib

    stored = asked(
        shell.home,
        "SELECT o.raw FROM original o JOIN message m ON m.id = o.message_id"
        " ORDER BY m.direction = 'out', m.at, m.id",
    )
    plain = [zlib.decompress(row[0]).replace(b"\r\n", b"\n") for row in stored]
    assert len(read) == len(plain) > 300
    assert [one.rstrip(b"\n") for one in read] == [one.rstrip(b"\n") for one in plain]


def test_what_was_exported_as_mbox_makes_the_same_desk_again(shell, tmp_path, capsys):
    shell("export", "--mbox", str(tmp_path / "all.mbox"))
    other = Shell(tmp_path / "other", capsys)
    other.home.mkdir()
    shutil.copy(shell.home / "config.toml", other.home)
    other("import", str(tmp_path / "all.mbox"), "-q")
    other("import", "--sent", str(tmp_path / "all-sent.mbox"), "-q")
    told = "SELECT message_id, direction, at, sender_address, subject, text, machine FROM message WHERE direction != 'note' ORDER BY 1, 2"
    assert asked(other.home, told) == asked(shell.home, told)


def test_export_json_is_every_row(shell, tmp_path):
    wanted = tmp_path / "all.json"
    shell("export", "--json", str(wanted))
    told = json.loads(wanted.read_text())
    for name, table in (
        ("tickets", "ticket"),
        ("messages", "message"),
        ("orders", "shop_order"),
        ("events", "events"),
    ):
        assert len(told[name]) == asked(shell.home, f"SELECT count(*) FROM {table}")[0][0], name
    assert told["orders"][0]["lines"]
    assert wanted.stat().st_mode & 0o777 == 0o600


def test_export_csv_defuses_what_a_customer_wrote(shell, tmp_path):
    connection = sqlite3.connect(shell.home / "desk.db")
    connection.execute("UPDATE ticket SET subject = '=HYPERLINK(\"http://evil.example\")' WHERE id = 1012")
    connection.commit()
    connection.close()
    shell("export", "--csv", str(tmp_path / "all.csv"))
    with (tmp_path / "all-tickets.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["1012"]["subject"].startswith("'=HYPERLINK")
    for path in tmp_path.glob("all-*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))], path
    before = (tmp_path / "all-orders.csv").read_bytes()
    shell("export", "--csv", str(tmp_path / "all.csv"))
    assert (shell.status, "already exists" in shell.err) == (1, True)
    assert (tmp_path / "all-orders.csv").read_bytes() == before


def test_forget_asks_then_erases_and_names_the_copies_that_still_have_them(shell):
    who = "jana@mertens.example"
    shell("backup")
    shell("forget", who)
    assert shell.status == 4
    told = shell.json("forget", who, "--yes")
    assert told["messages"] > 0
    assert told["orders"] > 0
    (copy,) = told["copies"]["holding"]
    assert who.encode() not in (shell.home / "desk.db").read_bytes()
    assert who.encode() in Path(copy).read_bytes()
    count = state(shell.home)[1]
    assert "nothing new" in shell("sync")
    assert state(shell.home)[1] == count
    assert who.encode() not in (shell.home / "desk.db").read_bytes()
    assert shell.json("restore", copy, "--yes")["forgotten_again"] == told["addresses"]
    assert who.encode() not in (shell.home / "desk.db").read_bytes()
    assert "nothing new" in shell("sync")
    assert state(shell.home)[1] == count
    told = shell.json("forget", who, "--yes", "--backups")
    assert told["copies"]["cleaned"] == [copy]
    assert who.encode() not in Path(copy).read_bytes()
    shell("restore", "--yes")
    assert shell.status == 0
    assert "nothing new" in shell("sync")
    shell("forget", who, "--yes", "--backups")
    assert "Nobody is known" in shell.err or not asked(
        shell.home, "SELECT 1 FROM address WHERE key LIKE 'jana@m%'"
    )


LEAVE_A_WAL = (
    "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1]);"
    " c.execute('PRAGMA journal_mode = WAL'); c.execute('DELETE FROM note'); c.commit(); os._exit(0)"
)


ONE_AFTER_ANOTHER = """
import json, os, sys
from deskterm.cli import main
if __name__ == "__main__":  # a pass in a process of its own reads this once more
    _, home, commands = sys.argv
    for words in json.loads(commands):
        os.umask(0)
        sys.argv = ["deskterm", *words, "--home", home]
        status = main()
        if status:
            sys.exit(f"{words}: {status}")
"""


def test_all_files_are_for_the_owner_alone_whatever_the_umask(tmp_path):
    """Every command that writes, run with a umask that would let everybody read new files."""
    home, out = tmp_path / "home", tmp_path / "out"
    out.mkdir(mode=0o700)
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}

    def run(*commands):
        argv = [sys.executable, "-c", ONE_AFTER_ANOTHER, str(home), json.dumps(commands)]
        done = subprocess.run(
            argv, env=env, umask=0, input="", capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, (done.stdout, done.stderr)

    run(("demo", "--no-open"))
    config = home / "config.toml"
    config.write_text(f"wire_log = true\n{config.read_text()}")
    run(
        ("sync",), ("backup",), ("backup", str(out / "b.db")), ("export", "--mbox", str(out / "a.mbox")),
        ("export", "--json", str(out / "a.json")), ("export", "--csv", str(out / "a.csv")),
        ("reply", "T1012", "--text", "Hello"), ("restore", "-y"),
    )  # fmt: skip
    (home / "desk.db").chmod(0o644)
    argv = [sys.executable, "-m", "deskterm", "doctor", "--repair", "-y", "--home", str(home)]
    subprocess.run(argv, env=env, umask=0, capture_output=True, check=False, timeout=120)
    subprocess.run([sys.executable, "-c", LEAVE_A_WAL, str(home / "desk.db")], umask=0, check=True)
    made = [path for folder in (home, out) for path in (folder, *folder.rglob("*"))]
    assert {"desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock", "b.db"} <= {path.name for path in made}
    assert len(made) > 100
    assert [path for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize(
    ("lock_there", "words"), [(False, "No backup can be written"), (True, "cannot be written")]
)
def test_a_backup_in_a_home_that_cannot_be_written_says_so(shell, lock_there, words):
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("rights do not hold for root, and there is no setpriv")
    shell("backup")
    for lock in () if lock_there else (shell.home / "locks").iterdir():
        lock.unlink()
    fold(shell.home / "desk.db")
    folders = [shell.home, *(path for path in shell.home.iterdir() if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    try:
        done = limited(shell.home, "backup")
    finally:
        for folder in folders:
            folder.chmod(0o700)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_forget_removes_the_wire_log_and_names_it(shell):
    logs = [shell.home / "wire.log", shell.home / "wire.log.1"]
    for log in logs:
        log.write_text("From: jana@mertens.example")
    told = shell.json("forget", "jana@mertens.example", "--yes")
    assert told["wire_log"] == [str(log) for log in logs]
    assert not any(log.exists() for log in logs)


def test_forget_names_the_orders_that_a_file_still_has(shell):
    words = shell("forget", "jana@mertens.example", "--yes")
    assert "jana@mertens.example" in (shell.home / "orders.json").read_text()
    assert "orders in stores and files" in words
