"""Where a setting stands in the file, for an editor."""

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


def test_each_setting_has_its_line_and_one_that_is_not_there_the_line_of_its_section(tmp_path):
    (tmp_path / "config.toml").write_text(FILE, "utf-8")
    found = {(one.section, one.name): one for one in setting_lines(tmp_path / "config.toml")}
    lines = {key: (one.line, one.stands) for key, one in found.items()}
    assert lines["", "theme"] == (2, True)
    assert lines["shop", "zone"] == (6, True)
    assert lines["shop", "hours"] == (4, False)
    assert lines["mailbox", "name"] == (9, True)
    assert lines["mailbox", "host"] == (12, True)
    assert lines["", "undo_seconds"] == (1, False)
    assert lines["policy", "refund_days"] == (1, False)


def test_without_a_file_every_setting_is_still_known(tmp_path):
    assert {one.line for one in setting_lines(tmp_path / "none.toml")} == {1}
