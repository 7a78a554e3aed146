"""Changing one thing in the text of `rules.toml`: all else stays as the owner wrote it."""

import pytest

from deskterm.domain.rules.file_text import CannotEdit, move_rule, put_sending, put_switch

FILE = """\
# mine
run = "all"

# about a
[[rule]]
name = "a"
when = "x"
tag = "y"   # why

# shipping:

# about b
# and more
[[rule]]
name = "b\\tc"
when = "x"
tag = [
  "y",
]
# below b

# the end
"""
MOVED = """\
# mine
run = "all"

# about b
# and more
[[rule]]
name = "b\\tc"
when = "x"
tag = [
  "y",
]
# below b

# shipping:

# about a
[[rule]]
name = "a"
when = "x"
tag = "y"   # why

# the end
"""


def test_a_rule_moves_with_the_comments_above_it():
    assert move_rule(FILE, "a", 1) == MOVED
    assert move_rule(FILE, "b c", -1) == MOVED
    assert move_rule(FILE, "a", -1) == FILE
    assert move_rule(MOVED, "a", -5) == FILE


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_switch_is_put_into_its_own_rule_above_the_comment_on_the_next(end):
    text = FILE.replace("\n", end)
    on = put_switch(text, "a", on=True)
    assert on == text.replace(f"# why{end}", f"# why{end}on = true{end}")
    assert put_switch(on, "a", on=False) == on.replace("on = true", "on = false")
    assert f"]{end}on = true{end}# below b" in put_switch(text, "b c", on=True)


def test_the_switch_for_sending_is_put_above_the_rules():
    assert put_sending(FILE, on=True) == FILE.replace('"all"\n', '"all"\nsending = true\n')
    assert put_sending("", on=True) == "sending = true\n"
    assert put_sending("# mine\n\n[[rule]]", on=False) == "# mine\nsending = false\n\n[[rule]]"


def test_a_file_without_a_last_line_end_loses_nothing():
    text = '[[rule]]\nname = "a"\n[[rule]]\nname = "b"'
    assert move_rule(text, "b", -1) == '[[rule]]\nname = "b"\n[[rule]]\nname = "a"'
    assert put_switch(text, "b", on=True) == f"{text}\non = true\n"


@pytest.mark.parametrize(
    "text",
    [
        'rule = [{name = "a"}, {name = "b"}]',
        '[[rule]]\nname = "a"\nwhen = """\n[[rule]]\n"""\n[[rule]]\nname = "b"',
        '[[rule]]\nname = "a"\n[rule.more]\nx = 1\n[[rule]]\nname = "b"\n',
    ],
)
def test_what_only_a_person_can_change_is_refused(text):
    with pytest.raises(CannotEdit):
        put_switch(text, "a", on=True)


def test_invalid_toml_is_refused_in_words():
    with pytest.raises(CannotEdit, match="It is not TOML"):
        put_sending("run = ", on=True)
