"""Reading rules.toml: what is understood, and the messages for what is not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.rules.read import read_rules
from deskterm.domain.tickets import Status

NOW = datetime(2026, 11, 30, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))
GOOD = '[[rule]]\nname = "one"\nwhen = "mug"\ntag = "a"\n'


def test_a_rule_is_read_with_all_it_has():
    text = GOOD + 'category = "damaged"\nstatus = "hold"\nsnooze_days = 2\non = true\nlast = true'
    (rule,) = read_rules(text, NOW).rules
    assert (rule.name, rule.on, rule.last, rule.effects.status) == ("one", True, True, Status.HOLD)
    assert rule.effects.words == "tag a, category damaged, on hold, snoozed 2 days"


def test_a_rule_is_off_and_one_without_a_name_has_its_number():
    (rule,) = read_rules(GOOD.replace('name = "one"\n', ""), NOW).rules
    assert (rule.name, rule.on) == ("rule 1", False)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('whn = "x"', "whn is not known; did you mean when?"),
        ('colour = "x"', "colour is not known; a rule has"),
        ('when = ""', "It says for which mail it is"),
        ('when = "is:opne"', "did you mean open?"),
        ("tag = 3", "tag is a word or a list of words"),
        ('status = "closed"', "status is one of open, waiting, hold, solved, spam."),
        ("snooze_days = 900", "snooze_days is a number of days, at most 365."),
        ("on = 1", "on is true or false."),
    ],
)
def test_a_rule_that_cannot_be_read_is_named_and_the_others_run(line, words):
    key = line.split(" ")[0]
    wrong = "".join(one + "\n" for one in GOOD.splitlines() if not one.startswith(key)) + line
    read = read_rules(f"{wrong.replace('one', 'two')}\n{GOOD}", NOW)
    assert [rule.name for rule in read.rules] == ["one"]
    assert read.problems[0][0] == "two"
    assert words in read.problems[0][1]


@pytest.mark.parametrize("text", ["[[rule", "rule = 3", "\x00"])
def test_a_file_that_is_no_list_of_rules_runs_nothing_and_says_so(text):
    read = read_rules(text, NOW)
    assert not read.rules
    assert read.problems[0][0] == "rules.toml"


def test_two_rules_of_one_name_are_told_apart():
    assert read_rules(GOOD + GOOD, NOW).problems == (("one", "Another rule has this name."),)


@pytest.mark.parametrize(("key", "meant"), [("wenn", "when"), ("tags", "tag"), ("Category", "category")])
def test_a_misspelt_field_is_one_error_with_the_field_that_was_meant(key, meant):
    read = read_rules(f'[[rule]]\nname = "one"\n{key} = "mug"\n', NOW)
    assert read.problems == (("one", f"{key} is not known; did you mean {meant}?"),)


def test_words_with_a_comma_between_them_are_reported_as_no_alternatives():
    ((_, words),) = read_rules(GOOD.replace('"mug"', '"product:mug broken,cracked"'), NOW).problems
    assert words.startswith('broken,cracked is looked for as it stands: a comma is "or" only behind a field')
    for fine in ("product:mug,bowl broken", "1,50", '\\"broken,cracked\\"'):
        assert not read_rules(GOOD.replace('"mug"', f'"{fine}"'), NOW).problems
