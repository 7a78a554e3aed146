"""On which line of the file a setting is, for an editor."""

from deskterm.config.paths import Home
from deskterm.config.settings_lines import setting_lines

FILE = """# mine
theme = "dark"

[shop]
name = "Oak"
# zone = "UTC"

[[mailbox]]
name = "help"
[[mailbox]]
name = "shop"
host = "mail.example"
"""


def test_each_setting_has_its_line_and_a_missing_one_that_of_its_section(tmp_path):
    (tmp_path / "config.toml").write_text(FILE, "utf-8")
    found = {(one.section, one.name): one for one in setting_lines(Home(tmp_path))}
    lines = {key: (one.line, one.stands) for key, one in found.items()}
    assert lines["", "theme"] == (2, True)
    assert lines["shop", "zone"] == (6, True)
    assert lines["shop", "hours"] == (4, False)
    assert lines["mailbox", "name"] == (9, True)
    assert lines["mailbox", "host"] == (12, True)
    assert lines["", "undo_seconds"] == (1, False)
    assert lines["policy", "refund_days"] == (1, False)


def test_without_a_file_every_setting_is_still_known(tmp_path):
    assert {one.line for one in setting_lines(Home(tmp_path))} == {1}


def test_a_setting_in_the_policys_own_file_is_found_there(tmp_path):
    (tmp_path / "config.toml").write_text("[policy]\nrefund_days = 7\n", "utf-8")
    (tmp_path / "policy.toml").write_text('return_days = 30\nholidays = ["2027-12-24"]\n', "utf-8")
    found = {one.name: (one.file.name, one.line, one.stands) for one in setting_lines(Home(tmp_path))}
    assert found["return_days"] == ("policy.toml", 1, True)
    assert found["holidays"] == ("policy.toml", 2, True)
    assert found["refund_days"] == ("config.toml", 2, True)
    assert found["warranty_months"] == ("policy.toml", 1, False)
    assert found["zone"] == ("config.toml", 1, False)
