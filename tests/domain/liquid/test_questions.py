"""Values that a macro asks for, snippets, and days counted."""

import pytest

from deskterm.domain.liquid import facts
from deskterm.domain.liquid.fill import check, fill, needs
from deskterm.domain.liquid.questions import questions
from deskterm.domain.liquid.snippets import expand
from deskterm.errors import PlaybookError

ASKS = "I have set aside {% ask \"Which size?\" %} in {% ask 'Welche Farbe?' %}."


def test_what_a_macro_asks_for_is_a_placeholder_named_after_the_question():
    check(ASKS)
    assert questions(ASKS + ASKS) == ("Which size?", "Welche Farbe?")
    assert needs(ASKS) == ("ask.Which_size", "ask.Welche_Farbe")
    filled = fill(ASKS, facts.given_facts([("Which size?", "L")]))
    assert filled.text == "I have set aside L in [ask.Welche_Farbe?]."
    assert [(one.text, one.source) for one in filled.values] == [("L", "you")]
    assert [one.name for one in filled.missing] == ["ask.Welche_Farbe"]


def test_an_answer_can_be_asked_for_in_a_condition():
    body = '{% ask "Which size?" %}{% if ask.Which_size == "L" %} is the largest{% endif %}'
    assert fill(body, facts.given_facts([("Which size?", "L")])).text == "L is the largest"
    assert fill(body, facts.given_facts([("Which size?", "S")])).text == "S"


def test_an_answer_is_text_and_never_read_as_a_placeholder():
    given = facts.given_facts([("Which size?", "{{ order.total }}")])
    assert fill(ASKS, given).text.startswith("I have set aside {{ order.total }}")


def test_snippets_may_contain_snippets():
    known = {"address": "Mill Lane 3", "returns": 'Send it to {% snippet "address" %}.'}
    assert expand('{% snippet "returns" %} Thanks.', known) == "Send it to Mill Lane 3. Thanks."


@pytest.mark.parametrize(
    ("body", "known", "why"),
    [
        ('{% snippet "gone" %}', {}, "no snippet called gone"),
        ('{% snippet "a" %}', {"a": '{% snippet "b" %}', "b": '{% snippet "a" %}'}, "contains itself"),
    ],
)
def test_a_missing_or_endless_snippet_is_reported(body, known, why):
    with pytest.raises(PlaybookError, match=why):
        expand(body, known)
