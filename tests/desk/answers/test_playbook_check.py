"""`deskterm check`: what in the playbook would fail, and for whom."""

import pytest

from desk.conftest import DAY, NOW, ShopOfOne
from deskterm.desk import Desk
from deskterm.desk.answers.playbook_check import check_playbook
from deskterm.desk.playbook import PlaybookFiles
from deskterm.desk.upkeep.findings import Grade
from deskterm.domain.messages import Address


@pytest.fixture
def folder(shop: ShopOfOne):
    made = shop.desk.shop.home.config_folder
    for kind in ("macros", "sops", "snippets"):
        (made / kind).mkdir(parents=True, exist_ok=True)
    return made


def findings(shop, folder):
    context = shop.desk.shop
    desk = Desk(context.db, context.settings, context.home, PlaybookFiles(folder), context.formats)
    return check_playbook(desk.shop, NOW)


def told(shop, folder):
    return [one.what for one in findings(shop, folder)]


def write(folder, name, front, body):
    (folder / name).write_text(f"---\ntitle: {name}\n{front}---\n{body}\n", "utf-8")


def test_a_sound_playbook_is_not_complained_about(shop, folder):
    shop.order()
    shop.ticket()
    write(
        folder,
        "macros/fine.md",
        "",
        'Hello {{ customer.first_name | default: "there" }}, #{{ order.number }}.',
    )
    assert findings(shop, folder) == []


def test_an_unknown_name_comes_first(shop, folder):
    write(folder, "macros/a.md", "", "See http://shop.example/a.")
    write(folder, "macros/b.md", "", "{{ order.numbr }}")
    first, second = findings(shop, folder)
    assert (first.grade, second.grade) == (Grade.BAD, Grade.WARNING)
    assert "order.numbr" in first.what
    assert "http://shop.example/a" in second.what


def test_what_would_be_missing_is_named_with_some_of_the_orders(shop, folder):
    shop.order("1042")
    shop.order("1043", shipments=())
    write(folder, "macros/out.md", "", "It left with {{ tracking.carrier }}.")
    assert told(shop, folder) == [
        "macros/out.md: tracking.carrier would be missing for 1 of 2 orders it is for (#1043)."
    ]
    write(folder, "macros/out.md", "needs: [tracking]\n", "It left with {{ tracking.carrier }}.")
    assert told(shop, folder) == []


def test_what_would_be_missing_for_customers_is_named_with_their_tickets(shop, folder):
    ticket = shop.ticket(Address("", "x1@mail.example"))
    shop.desk.tickets.categorise((ticket,), "shipping", None, NOW)
    write(folder, "macros/out.md", "category: shipping\n", "Hello {{ customer.first_name }}.")
    assert told(shop, folder) == [
        f"macros/out.md: customer.first_name would be missing for 1 tickets of its category (T{ticket})."
    ]


def test_missing_files_overdue_reviews_and_unused_snippets_are_reported(shop, folder):
    write(folder, "macros/a.md", "attach: files/gone.pdf\nreviewed: 2025-01-02\n", 'At {% snippet "here" %}.')
    (folder / "snippets" / "here.md").write_text("Mill Lane", "utf-8")
    (folder / "snippets" / "idle.md").write_text("Nobody asks", "utf-8")
    words = "\n".join(told(shop, folder))
    assert "no file files/gone.pdf" in words
    assert "last reviewed on 2025-01-02" in words
    assert "snippets/idle.md: no macro uses it" in words
    assert "snippets/here.md" not in words


def test_an_unused_macro_is_reported_once_there_is_enough_to_go_by(shop, folder):
    write(folder, "macros/used.md", "", "Used.")
    write(folder, "macros/idle.md", "", "Idle.")
    ticket = shop.ticket(at=NOW - 200 * DAY)
    shop.answer(ticket, at=NOW - 20 * DAY, macro="used")
    assert told(shop, folder) == []
    shop.answer(ticket, at=NOW - 150 * DAY, macro="used")
    assert told(shop, folder) == ["Not used in 150 days: idle."]


def test_rules_with_unknown_names_and_rules_that_never_ran_are_reported(shop, folder):
    shop.ticket(text="The mug came broken.")
    shop.desk.shop.home.rules_file.write_text(
        """
[[rule]]
name = "runs"
when = "mug"
tag = "mugs"
on = true

[[rule]]
name = "idle"
when = "teapot"
tag = "tea"
on = true

[[rule]]
name = "off"
when = "samovar tag:mugs"
tag = "tea"

[[rule]]
name = "elsewhere"
when = "mug category:crockery"
category = "chipped"

[[rule]]
name = "writes"
when = "mug"
draft = "no-such-macro"
""",
        "utf-8",
    )
    found = findings(shop, folder)
    told = [(one.grade, one.what.removeprefix("rules.toml, rule ")) for one in found if "rule" in one.what]
    assert told == [
        (Grade.BAD, "writes: There is no macro no-such-macro; `deskterm macros` lists them."),
        (Grade.WARNING, "idle: never ran, and matches no mail of 90 days."),
        (Grade.WARNING, "elsewhere: no macro, SOP or ticket has the category chipped."),
        (Grade.WARNING, "elsewhere: nothing has category:crockery, which it asks for."),
    ]
