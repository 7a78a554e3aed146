"""The doctor finds what is wrong and says what to do, whatever state the desk is in."""

import sqlite3
import subprocess
import sys
from dataclasses import replace

import pytest
import tomlkit

from counterparts.locked import locked
from desk.conftest import DAY, NOW, settings
from desk.reply.test_replies import sent, taken
from deskterm.config import settings_file as config
from deskterm.config import timer
from deskterm.config.all_settings import Mailbox, Settings
from deskterm.config.paths import Home
from deskterm.config.secret.secrets import PASSPHRASE, Secrets
from deskterm.config.secret.tokens import Tokens
from deskterm.config.store import Store
from deskterm.desk.reply.sending import When
from deskterm.desk.upkeep import home_checks
from deskterm.desk.upkeep.backups import Backups
from deskterm.desk.upkeep.doctor import examine
from deskterm.desk.upkeep.findings import Grade
from deskterm.desk.upkeep.health import raise_lost_log
from deskterm.domain.review.replies import Level
from deskterm.domain.sources import Failure, Source, SourceKind
from deskterm.errors import StorageError
from deskterm.storage import sources
from deskterm.storage.replies import outbox_counts
from deskterm.storage.schema.migrate import open_database


def settled() -> Settings:
    box = Mailbox(
        "main", address="hello@loom.example", host="imap.loom.example", smtp_host="smtp.loom.example"
    )
    return replace(settings(), mailboxes=(box,))


@pytest.fixture
def home(shop) -> Home:
    config.save(shop.desk.shop.home, settled())
    (shop.desk.shop.home.macros / "thanks.md").write_text("---\ntitle: Thanks\n---\nThank you.\n")
    return shop.desk.shop.home


def bad(home: Home, now: int = NOW) -> str:
    found = [one for one in examine(home, now) if one.grade is not Grade.GOOD]
    assert all(one.todo or one.safe for one in found)
    return "\n".join(f"{one.what} {one.todo}" for one in found)


def test_a_sound_desk_has_nothing_to_say(home):
    assert bad(home) == ""


def test_a_log_that_is_gone_is_reported_each_time_until_the_desk_has_shown_it(home, shop):
    shop.desk.shop.db.close()
    home.database.with_name("desk.db.lock").write_bytes(b"w")
    assert "desk.db-wal was missing" in bad(home)
    assert "desk.db-wal was missing" in bad(home)
    opened = open_database(home.database)
    assert "desk.db-wal was missing" in bad(home)
    with pytest.raises(StorageError, match="was missing"):
        raise_lost_log(opened)
    opened.close()
    assert bad(home) == ""


def test_the_program_that_has_the_database_open_is_named(home, shop):
    code = "import sqlite3, sys, signal; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM ticket'); print(1, flush=True); signal.pause()"
    with subprocess.Popen([sys.executable, "-c", code, str(home.database)], stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        found = [one.what for one in examine(home, NOW)]
        other.kill()
    assert f"Process {other.pid} has the database open." in found


def test_a_new_home_is_told_how_to_begin(tmp_path):
    found = bad(Home(tmp_path / "new"))
    assert "deskterm setup" in found
    assert "no database yet" in found


def test_a_broken_config_does_not_stop_the_other_checks(home):
    home.config_file.write_text("[shop\n")
    found = examine(home, NOW)
    assert found[0].grade is Grade.BAD
    assert any("database is sound" in one.what for one in found)


@pytest.mark.parametrize(
    ("line", "words"), [('hours = "always"', "hours are written"), ('zone = "Mars/Base"', "Mars/Base")]
)
def test_wrong_hours_and_zones_are_reported(home, line, words):
    home.config_file.write_text(f"[shop]\n{line}\n")
    assert words in bad(home)


def test_a_survey_that_nobody_signs_is_reported(home):
    (home.macros / "survey.md").write_text("---\ntitle: How did I do?\n---\nHello,\n\nhow did I do?\n")
    text = home.config_file.read_text()
    home.config_file.write_text(f'survey = "csat"\n{text}')
    assert bad(home) == ""
    signed = f"signature = {tomlkit.item(settled().shop.signature).as_string()}"
    assert signed in text
    home.config_file.write_text(f'survey = "csat"\n{text.replace(signed, "")}')
    assert "Set `signature` in config.toml" in bad(home)


def test_files_that_others_may_read_are_reported(home):
    home.database.chmod(0o644)
    home.config_file.chmod(0o640)
    found = bad(home)
    assert found.count("Others on this machine can read") == 1
    assert str(home.config_file) in found
    assert f"chmod go-rwx {home.config_file} {home.database}" in found


def test_a_locked_database_is_reported_and_checked_all_the_same(home, shop):
    shop.db.close()
    with locked(home.database):
        found = examine(home, NOW)
    assert any(f"{home.database} cannot be written" in one.what for one in found)
    assert any("database is sound" in one.what for one in found)


def test_a_single_backup_is_counted_and_the_clock_shown(home):
    Backups(home).make(NOW)
    told = [one.what for one in examine(home, NOW)]
    assert f"1 backup is in {home.backups}." in told
    assert "This machine's clock says 2026-11-20 12:00 UTC." in told


@pytest.mark.parametrize("name", ["locks", "backups", "attachments"])
def test_a_file_in_place_of_a_folder_is_reported(home, name):
    place = home.data_folder / name
    if place.exists():
        place.rmdir()
    place.touch()
    assert f"{place} is not a folder. Move it away" in bad(home)


def test_without_macros_the_sops_are_not_reported_one_by_one(home):
    (home.sops / "refund.md").write_text("---\ntitle: Refund\n---\n- [ ] Tell them {macro: gone}\n")
    assert "sops/refund.md cannot be used" in bad(home)
    (home.macros / "thanks.md").unlink()
    assert "refund.md" not in bad(home)
    assert "There is no macro" in bad(home)


def test_unreadable_settings_are_reported_once(home, secrets):
    home.config_file.write_text("shop = [")
    told = [one.what for one in examine(home, NOW, secrets)]
    assert sum("cannot be read as TOML" in one for one in told) == 1


def test_a_backup_that_does_not_open_is_reported(home, shop):
    made = Backups(home).make(NOW)
    assert any(f"The newest backup, {made.name}, is sound" in one.what for one in examine(home, NOW))
    with made.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\x55" * 4096 * 3)
    assert "newest backup is unusable" in bad(home)


@pytest.fixture
def secrets(home, monkeypatch):
    """A home whose mailbox logs in by OAuth2; the tokens go into a file under a passphrase."""
    monkeypatch.setenv(PASSPHRASE, "sesame")
    (box,) = settled().mailboxes
    config.save(
        home, replace(settled(), mailboxes=(replace(box, oauth="google", client_id="1", secret="file"),))
    )
    return Secrets(home)


def test_the_age_of_a_token_is_shown_where_it_is_known(home, secrets, monkeypatch):
    (box,) = config.load(home).mailboxes

    def told():
        return [one.what for one in examine(home, NOW, secrets) if "main" in one.what]

    assert "Run `deskterm login main`." in " ".join(one.todo for one in examine(home, NOW, secrets))
    secrets.keep_login(box, Tokens("r", since=NOW - 20 * DAY))
    assert told() == ["main has been logged in by OAuth2 since 2026-10-31 (20 days)."]
    secrets.keep_login(box, Tokens("r"))
    assert told() == ["main is logged in by OAuth2."]
    monkeypatch.delenv(PASSPHRASE)
    secrets = Secrets(home)
    assert told() == ["The login of main is locked by your passphrase: not checked."]


def test_a_planned_reply_needs_a_timer(home, shop, monkeypatch):
    ticket = taken(shop)
    review = shop.desk.replies.review(ticket, NOW)
    shop.desk.replies.send(ticket, review, NOW, Level.GREEN, When(NOW + DAY))
    monkeypatch.setattr(timer, "is_on", lambda _: False)
    assert "planned for later" in bad(home)
    monkeypatch.setattr(timer, "is_on", lambda _: True)
    assert bad(home) == ""


def test_a_damaged_database_is_noticed_and_left_alone(home, shop):
    for number in range(200):
        shop.ticket(subject=f"number {number}", text="words " * 200)
    shop.db.close()
    with home.database.open("r+b") as file:
        file.seek(4096 * 6)
        file.write(b"\x55" * 4096 * 20)
    before = home.database.read_bytes()
    assert "damaged" in bad(home)
    assert home.database.read_bytes() == before


def test_a_file_that_is_no_database_is_reported(home, shop):
    shop.db.close()
    for name in ("desk.db-wal", "desk.db-shm"):
        (home.data_folder / name).unlink(missing_ok=True)
    home.database.write_bytes(b"not a database" * 1000)
    assert "damaged" in bad(home)


def test_a_search_index_that_lacks_a_message_is_reported(home, shop):
    shop.ticket()
    database = sqlite3.connect(home.database)
    database.execute("INSERT INTO search(search) VALUES ('delete-all')")
    database.commit()
    database.close()
    assert "search index" in bad(home)


def test_mail_from_the_future_is_reported(home, shop):
    shop.ticket(at=NOW + 400 * DAY)
    assert "400 days in the future" in bad(home)


def test_a_mail_that_came_minutes_after_now_shows_that_the_clock_is_wrong(home, shop):
    shop.ticket(at=NOW + 290)
    assert bad(home) == ""
    shop.ticket(at=NOW + 700)
    assert "11 minutes in the future" in bad(home)


def test_a_clock_that_is_years_behind_is_reported(home):
    assert "clock is years behind" in bad(home, now=1_000_000)


def test_little_room_on_the_disk_is_reported(home, monkeypatch):
    monkeypatch.setattr(home_checks.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 5_000_000})())
    assert "0.0 GB are free" in bad(home)


def test_a_broken_macro_is_named(home):
    (home.macros / "bad.md").write_text("---\ntitle: Bad\n---\n{{ order.number\n")
    assert "macros/bad.md" in bad(home)


def test_a_failing_source_says_what_to_do(home, shop):
    with shop.db.write() as tx:
        sources.mark_failed(
            tx,
            Source("main"),
            Failure.LOGIN,
            at=NOW,
            words="The server refused the password.",
            todo="Make an app password.",
        )
    found = bad(home)
    assert "refused the password" in found
    assert "Make an app password." in found


def test_a_store_that_was_read_except_for_some_cells_does_not_fail_and_what_is_not_understood_is_named(
    home, shop
):
    source = Source("loom", SourceKind.ORDERS)
    with shop.desk.shop.db.write() as tx:
        sources.mark_complete(tx, source, complete_to=NOW, at=NOW)
        sources.keep_left_out(tx, "loom", ["line 2 (7): the total is no amount"])
        sources.mark_failed(
            tx, source, Failure.GAPS, at=NOW, words="x could not be read whole", todo="Correct it."
        )
    found = [one for one in examine(home, NOW) if "loom" in one.what]
    assert [one.what for one in found] == [
        "loom was read except for this:",
        "loom: line 2 (7): the total is no amount.",
    ]
    with shop.desk.shop.db.write() as tx:
        sources.mark_complete(tx, source, complete_to=NOW, at=NOW)
    found = [one for one in examine(home, NOW) if "loom" in one.what]
    assert [(one.grade, one.what) for one in found] == [
        (Grade.GOOD, "loom works."),
        (Grade.WARNING, "loom: line 2 (7): the total is no amount."),
    ]


def test_an_orders_file_that_is_gone_is_reported(home):
    config.save(
        home, replace(settled(), stores=(Store("loom", "file", str(home.data_folder / "orders.json")),))
    )
    assert "orders file of loom" in bad(home)


def test_a_live_store_and_a_watched_folder_miss_no_orders_file(home):
    exports = home.data_folder / "exports"
    exports.mkdir()
    live = Store("kiln", "woocommerce", address="https://kiln.example", key="ck_1")
    config.save(home, replace(settled(), stores=(live, Store("loom", "file", str(exports)))))
    assert "orders file" not in bad(home)


def test_a_policy_that_cannot_be_read_is_named(home):
    home.policy_file.write_text("return_days = 'thirty'\n")
    assert "policy.toml, line 1" in bad(home)


@pytest.mark.parametrize(
    ("state", "words"),
    [("refused", "1 reply was refused"), ("may have been sent", "1 reply may have been sent")],
)
def test_replies_that_need_the_owner_are_named(home, shop, state, words):
    sent(shop, taken(shop))
    shop.sent(shop.desk.outbox.rows()[0].id, state=state)
    assert words in bad(home)


def test_a_reply_that_has_been_due_for_long_is_named(home, shop):
    sent(shop, taken(shop))
    assert bad(home) == ""
    with shop.db.read() as tx:
        assert outbox_counts.next_send_at(tx, planned=False) == NOW + 15
    assert "due for over ten minutes" in bad(home, NOW + 3600)


def test_a_check_makes_no_macro_folder_that_would_keep_the_starters_out(tmp_path):
    home = Home(tmp_path / "new")
    assert "no macro" in bad(home)
    assert not (home.config_folder / "macros").exists()


def test_a_wire_log_that_was_left_on_is_reported(home):
    text = home.config_file.read_text()
    home.config_file.write_text(f"wire_log = true\n{text}")
    assert any("wire log is on" in one.what for one in examine(home, NOW))
