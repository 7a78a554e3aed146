"""Macros of other help desks, from files as they export them."""

import json

import pytest

from desk.conftest import NOW, ShopOfOne
from deskterm.desk import Desk
from deskterm.desk.answers.export_macros import export_macros
from deskterm.desk.answers.import_macros import import_macros, read_macros
from deskterm.desk.playbook import PlaybookFiles
from deskterm.domain.liquid.foreign import from_foreign
from deskterm.domain.liquid.to_foreign import NAMES, HelpDesk, to_foreign
from deskterm.domain.tickets import Status
from deskterm.errors import NotFound, NotNow

ZENDESK = {
    "macros": [
        {
            "title": "Shipping::Late",
            "actions": [
                {
                    "field": "comment_value_html",
                    "value": "<p>Hi {{ticket.requester.first_name}},</p><p>it is late:"
                    ' <a class="x" href="{{tracking_url}}">look</a> or'
                    " <a href='https://a.example'>https://a.example/</a>.</p>",
                },
                {"field": "current_tags", "value": "late trace"},
                {"field": "status", "value": "pending"},
            ],
        }
    ],
    "count": 1,
}
GORGIAS = {
    "data": [
        {
            "name": "Where is it",
            "actions": [
                {"name": "setResponseText", "arguments": {"body_html": "Hi {{ticket.customer.firstname}}, order"
                 " {{ticket.customer.integrations.shopify.orders[0].name}}.<br>{{current_user.firstname}}"}},
                {"name": "addTags", "arguments": {"tags": "wismo"}},
                {"name": "setStatus", "arguments": {"status": "closed"}},
            ],
        }
    ]
}  # fmt: skip
CHATWOOT = [{"short_code": "hello", "content": "Hi {{contact.name}}, your ticket is {{conversation.id}}."}]
FRESHDESK = [
    {"title": "Thanks", "content": "Dear {{ticket.requester.firstname}}, thanks. {{ticket.agent.name}}"}
]
HELP_SCOUT = (
    'name,text\nBack soon,"Hi {%customer.firstName,fallback=there%}, we write again.'
    ' {%user.firstName%} of {%customer.company%}"\n'
)


@pytest.mark.parametrize(
    ("told", "title", "body"),
    [
        (
            ZENDESK,
            "Shipping::Late",
            "Hi {{ customer.first_name }},\n\nit is late: look: {{ tracking.url }} or https://a.example/.",
        ),
        (GORGIAS, "Where is it", "Hi {{ customer.first_name }}, order {{ order.number }}."),
        (CHATWOOT, "hello", "Hi {{ customer.name }}, your ticket is {{ ticket.number }}."),
        (FRESHDESK, "Thanks", "Dear {{ customer.first_name }}, thanks."),
        (
            HELP_SCOUT,
            "Back soon",
            (
                'Hi {{ customer.first_name | default: "there" }}, we write again. {% ask "Your name?" %} of'
                ' {% ask "customer.company?" %}'
            ),
        ),
    ],
)
def test_each_help_desk_is_read_with_its_placeholders(tmp_path, told, title, body):
    file = tmp_path / "export"
    file.write_text(told if isinstance(told, str) else json.dumps(told), "utf-8")
    (one,) = read_macros(file)
    assert (one.title, one.body) == (title, body)


def test_imported_macros_are_files_that_can_be_used_and_nothing_is_overwritten(shop: ShopOfOne, tmp_path):
    context = shop.desk.shop
    file = tmp_path / "zendesk.json"
    file.write_text(json.dumps(ZENDESK), "utf-8")
    assert import_macros(context, file).written == ("shipping-late",)
    book = PlaybookFiles(context.home.config_folder)
    macro = book.current().macros["shipping-late"]
    assert book.current().broken == ()
    assert (macro.folder, macro.tags, macro.effects.status) == ("imported", ("late", "trace"), Status.WAITING)
    desk = Desk(context.db, context.settings, context.home, book, context.formats)
    assert "Hi Jana," in desk.replies.take(shop.ticket(), "shipping-late", None, NOW).body
    again = import_macros(context, file)
    assert again.written == ()
    assert "already" in again.left_out[0][1]


def test_long_titles_that_begin_alike_are_different_macros(shop: ShopOfOne, tmp_path):
    file = tmp_path / "many.json"
    titles = [f"You hear from me when it is back, one day soon{end}" for end in ("", " (de)", " (fr)")]
    file.write_text(json.dumps([{"name": one, "content": "Hello."} for one in titles]), "utf-8")
    assert len(import_macros(shop.desk.shop, file).written) == 3
    again = import_macros(shop.desk.shop, file)
    assert (again.written, len(again.left_out)) == ((), 3)


def test_a_file_without_macros_or_without_a_file_says_so(tmp_path):
    (tmp_path / "x.json").write_text('{"a": [1, 2]}', "utf-8")
    with pytest.raises(NotNow, match="has no macros"):
        read_macros(tmp_path / "x.json")
    with pytest.raises(NotFound):
        read_macros(tmp_path / "gone.json")


def test_liquid_in_the_text_itself_stays():
    assert from_foreign("{% if order.number %}x{% endif %}") == "{% if order.number %}x{% endif %}"


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 100_000, "1", "[" + "9" * 5000 + "]", "title,text\nx," + "y" * 200_000],
)
def test_a_nonsense_file_holds_no_macros(tmp_path, text):
    (tmp_path / "m.json").write_text(text, "utf-8")
    with pytest.raises(NotNow, match="no macros"):
        read_macros(tmp_path / "m.json")


def test_actions_nested_too_deeply_are_ignored(tmp_path):
    row = {"title": "Late", "body": "It is late.", "actions": "[" * 100_000}
    (tmp_path / "m.json").write_text(json.dumps([row]), "utf-8")
    assert [one.title for one in read_macros(tmp_path / "m.json")] == ["Late"]


def test_each_name_of_another_desk_is_read_back_as_the_one_it_was_written_for():
    for desk, names in NAMES.items():
        for ours in names:
            written = to_foreign(f"{{{{ {ours} }}}}", desk)
            assert (from_foreign(written.text), written.open) == (f"{{{{ {ours} }}}}", ()), desk
            fallback = to_foreign(f'Hi {{{{ {ours} | default: "there" }}}},', desk)
            assert from_foreign(fallback.text) == f'Hi {{{{ {ours} | default: "there" }}}},'


WORDS = ["there", "O'Neil", 'our "best" customer', "dear {friend}", "100% sure"]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("desk", [*HelpDesk])
def test_quotes_and_braces_in_the_words_of_a_default_come_through_both_ways(desk, words):
    mark = "'" if '"' in words else '"'
    body = f"Hi {{{{ customer.first_name | default: {mark}{words}{mark} }}}},"
    assert from_foreign(to_foreign(body, desk).text) == body


def test_words_with_both_kinds_of_quotes_stay_one_literal():
    scout = 'Hi {%customer.firstName,fallback=you, "dear" O\'Neil%},'
    body = from_foreign(scout)
    assert body == 'Hi {{ customer.first_name | default: "you, “dear” O\'Neil" }},'
    assert to_foreign(body, HelpDesk.ZENDESK).open == ()


def test_the_default_of_what_another_desk_has_no_name_for_is_not_lost():
    made = to_foreign('It takes {{ order.days_late | default: "a few" }} days.', HelpDesk.HELP_SCOUT)
    assert made.text == "It takes [order.days_late, else: a few] days."
    assert made.open == ("[order.days_late, else: a few]",)


def test_what_another_desk_has_no_name_for_is_put_in_brackets_and_reported():
    body = '{% if order.tracking %}Soon{% else %}{{ order.days_late }}{% endif %} {% ask "Which size?" %}'
    made = to_foreign(body, HelpDesk.ZENDESK)
    assert made.text == "[if order.tracking]Soon[else][order.days_late][end] [Which size?]"
    assert made.open == ("[if order.tracking]", "[else]", "[order.days_late]", "[end]", "[Which size?]")


@pytest.mark.parametrize("name", ["out.json", "out.csv"])
@pytest.mark.parametrize("desk", [*HelpDesk])
def test_exported_macros_can_be_read_again_and_no_file_is_overwritten(shop, tmp_path, desk, name):
    made = export_macros(shop.desk.shop, tmp_path / name, desk)
    assert [one.title for one in read_macros(tmp_path / name)] == [one.title for one in made]
    assert len(made) >= len(shop.desk.playbook.current().macros)
    with pytest.raises(NotNow):
        export_macros(shop.desk.shop, tmp_path / name, desk)
