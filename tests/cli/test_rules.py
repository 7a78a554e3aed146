"""`deskterm rules`: listing, trying, switching on and off, on the sample store."""

RULES = """# kept as it is
[[rule]]
name = "parcels"
when = "parcel"
tag = ["parcel"]

[[rule]]
name = "broken rule"
when = "is:opne"
tag = "x"
"""


def test_a_rule_is_tried_and_switched_on_and_the_file_keeps_its_words(shell):
    shell("rules")
    assert shell.status == 3
    file = shell.home / "rules.toml"
    file.write_text(RULES, "utf-8")
    out = shell("rules")
    assert shell.status == 1
    assert out.splitlines()[1].split()[:3] == ["parcels", "off", "0"]
    assert "broken rule: is: knows no opne; did you mean open?" in shell.err
    told = shell.json("rules", "try", "parcels")
    assert told["mails"] >= len(told["tickets"]) > 0
    assert shell("rules", "on", "parcels") == "Switched the rule “parcels” on.\n"
    assert file.read_text("utf-8") == RULES.replace('tag = ["parcel"]', 'tag = ["parcel"]\non = true')
    shell("rules", "off", "parcels")
    assert shell.json("rules")["rules"][0]["on"] is False


def test_an_unknown_rule_is_named(shell):
    shell("rules", "try", "nothing")
    assert shell.status == 3
    assert "There is no usable rule nothing" in shell.err
    (shell.home / "rules.toml").write_text(RULES, "utf-8")
    shell("rules", "try", "parcel")
    assert "Nearest is parcels." in shell.err
