"""Filling macros: missing values stop them, hostile ones stay text, endless loops end."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.liquid import fill as liquid
from deskterm.domain.orders.order import Money
from deskterm.domain.playbook import Fact, Filled
from deskterm.errors import PlaybookError


def fill(body, **facts):
    return liquid.fill(body, {name.replace("__", "."): Fact(value) for name, value in facts.items()})


def marked(filled: Filled):
    """Each recorded range with the text that really stands there."""
    return [filled.text[place.start : place.end] for place in (*filled.values, *filled.missing)]


def test_a_value_is_recorded_with_its_place_source_and_age():
    facts = {"order.number": Fact("1042", "order #1042", 99)}
    filled = liquid.fill("About #{{ order.number }}.", facts)
    assert filled.text == "About #1042."
    (value,) = filled.values
    assert (value.name, value.source, value.synced_at) == ("order.number", "order #1042", 99)
    assert filled.text[value.start : value.end] == "1042"


def test_everything_missing_is_marked_at_once():
    """Absent, None and blank values are all missing; the text is filled to its end."""
    filled = fill(
        "{{ customer.name }}, {{ order.number }}, {{ tracking.number }}, {{ order.total }} end",
        order__number=None,
        tracking__number="  \n",
    )
    assert filled.text == "[customer.name?], [order.number?], [tracking.number?], [order.total?] end"
    assert [hole.name for hole in filled.missing] == [
        "customer.name",
        "order.number",
        "tracking.number",
        "order.total",
    ]
    assert marked(filled) == ["[customer.name?]", "[order.number?]", "[tracking.number?]", "[order.total?]"]


def test_a_default_is_used_and_marked_as_one():
    filled = fill('Hello {{ customer.first_name | default: "there" }}')
    assert (filled.text, filled.missing) == ("Hello there", ())
    assert filled.values[0].source == "the macro's default"


def test_a_default_that_is_missing_itself_is_missing():
    filled = fill("{{ order.refund | default: order.total | money }}")
    assert [hole.name for hole in filled.missing] == ["order.total"]


def test_an_empty_default_says_that_nothing_is_wanted():
    assert fill('a{{ tracking.url | default: "" }}b') == Filled("ab")


def test_a_condition_may_ask_for_what_is_not_there():
    body = "{% if tracking.number %}with{% else %}without{% endif %}"
    assert fill(body) == Filled("without")
    assert fill(body, tracking__number=" ") == Filled("without")
    assert fill(body, tracking__number="5") == Filled("with")


def test_a_condition_compares_statuses_and_amounts():
    facts = {"order__status": "shipped", "order__total": Money(5000, "EUR")}
    body = '{% if order.status == "shipped" and order.total > 49.99 %}yes{% endif %}'
    assert fill(body, **facts).text == "yes"


def test_a_hole_stays_a_hole_through_filters_and_assignments():
    filled = fill("{% assign name = customer.name | upcase %}{{ name | truncate: 3 }}")
    assert filled.text == "[customer.name?]"


def test_a_customer_called_like_a_placeholder_stays_a_customer():
    """A name is text: it is not read as Liquid, nor does it disturb the ranges of what follows."""
    name = "{{ order.total }}{% for x in (1..9) %}\ue0000\ue001"
    filled = fill("{{ customer.name }} / {{ order.number }}", customer__name=name, order__number="7")
    assert filled.text == f"{name} / 7"
    assert marked(filled) == [name, "7"]


def test_control_characters_of_a_value_are_made_visible():
    filled = fill("{{ customer.name }}", customer__name="\x1b]0;owned\x07\nJana")
    assert filled.text == "␛]0;owned␇ Jana"


def test_an_address_keeps_its_lines():
    assert fill("{{ order.address }}", order__address="Jana\nBerlin").text == "Jana\nBerlin"


def test_dates_and_money_are_written_by_the_formats_given():
    class Formats:
        def date(self, at):
            return f"day {at}"

        def money(self, money):
            return f"{money.minor} cents"

    facts = {"order.date": Fact(5), "order.total": Fact(Money(1, "EUR"))}
    body = "{{ order.date }}, {{ order.date | date }}, {{ order.total }}, {{ order.total | money }}"
    assert liquid.fill(body, facts, Formats()).text == "day 5, day 5, 1 cents, 1 cents"


def test_lines_of_an_order_are_gone_through():
    lines = [{"title": "Throw", "quantity": 2}, {"title": "Mug"}]
    filled = fill(
        "{% for line in order.lines %}{{ line.quantity }} × {{ line.title }}{% unless forloop.last %}, {% endunless %}"
        "{% endfor %} ({{ order.lines.size }})",
        order__lines=lines,
    )
    assert filled.text == "2 × Throw, [order.lines.quantity?] × Mug (2)"


def test_going_through_nothing_is_missing_unless_the_macro_says_what_then():
    assert fill("{% for line in order.lines %}x{% endfor %}").text == "[order.lines?]"
    assert fill("{% for line in order.lines %}x{% else %}none{% endfor %}") == Filled("none")


def test_a_list_where_a_text_belongs_is_missing():
    assert fill("{{ order.lines }}", order__lines=[{"title": "a"}]).text == "[order.lines?]"


def test_blank_lines_left_by_conditions_close_up():
    assert fill("a\n\n{% if tracking.url %}\nx\n{% endif %}\n\nb\n").text == "a\n\nb"


def test_needs_names_what_is_used_in_the_order_of_the_text():
    body = "{{ customer.name }}{% if tracking.number %}{{ order.lines[0].title }}{% endif %}"
    body += "{% for line in order.lines %}{{ line.title }}{{ forloop.index }}{% endfor %}{{ customer.name }}"
    assert liquid.needs(body) == ("customer.name", "tracking.number", "order.lines")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "a\nb {{ order.nummer }}",
            "Line 2: {{ order.nummer }} is not known. Did you mean {{ order.number }}",
        ),
        ("{{ foo.bar }}", "Line 1: {{ foo.bar }} is not known. Known names are customer.name"),
        ("{{ order }}", "Line 1: {{ order }} is not known."),
        ("{{ order[customer.name] }}", "Line 1: {{ order[customer.name] }} is not known."),
        ("\n\n{% if order.number %}x", "Line 3: {% if %} is never closed. Add {% endif %} after it."),
        ("x\n{% endif %}", "Line 2: {% endif %} closes nothing that is open."),
        ("{% else %}", "Line 1: {% else %} stands alone."),
        ("\n{{ order.number", "Line 2: a placeholder is opened and not closed by }}."),
        (
            "{{ order.number | shout }}",
            "Line 1: the filter shout is not known. A macro may use default, upcase",
        ),
        ("\n{{ customer.name | date }}", "customer.name is not a date"),
        ("{% include 'x' %}", "Line 1: {% include %} is not known. A macro may use if,"),
        ("{% capture x %}{% endcapture %}", "Line 1: {% capture %} is not known."),
        ("a\n{{ order. }}", "Line 2: the placeholder cannot be read"),
        (
            "{% for l in order.lines %}\n{{ l.titel }}{% endfor %}",
            "Line 2: {{ l.titel }} is not known. A line",
        ),
    ],
)
def test_a_broken_macro_is_refused_with_its_line_and_what_to_do(body, words):
    with pytest.raises(PlaybookError) as refused:
        liquid.check(body)
    assert words in str(refused.value)
    assert refused.value.todo


def test_the_line_counts_from_where_the_body_starts_in_its_file():
    with pytest.raises(PlaybookError, match="Line 9: "):
        liquid.check("fine\n{{ nope.nope }}", first_line=8)


@pytest.mark.parametrize(
    "body",
    [
        "{% for i in (1..100000000000) %}x{% endfor %}",
        "{% for i in (1..150) %}{% for j in (1..150) %}x{% endfor %}{% endfor %}",
        "{% for i in (1..200) %}" + "{{ order.number }}" * 500 + "{% endfor %}",
        "{% for i in (1..200) %}" + "x" * 400 + "{% endfor %}",
        "{% if order.number %}" * 30 + "{% endif %}" * 30,
        "{% if order.number" + " and order.number" * 1500 + " %}{% endif %}",
        "{{ order" + ".number" * 3000 + " }}",
        "x" * 33_000,
        "{{" * 15_000,
        "{%" * 15_000,
        "{{" + " " * 30_000,
        "{% comment %}" * 2_000,
        "{% raw %}" * 3_000,
    ],
    ids=lambda body: f"{body[:24]}…{len(body)}",
)
def test_a_hostile_macro_is_refused_instead_of_hanging(body):
    """The last ones take python-liquid's lexer minutes."""
    with pytest.raises(PlaybookError):
        liquid.check(body)


def test_a_value_that_is_too_long_for_a_mail_is_refused():
    with pytest.raises(PlaybookError, match="more than a mail should hold"):
        fill("{{ customer.name }}" * 3, customer__name="x" * 30_000)


def test_the_library_is_not_imported_before_a_macro_is_looked_at():
    """Showing a list must not pay the 0.1 s of python-liquid and babel."""
    code = "import sys; import deskterm.domain.liquid, deskterm.domain.formats; print(sorted(sys.modules))"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'liquid'" not in modules
    assert "'babel'" not in modules


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["customer.name", "order.number", "order.address", "tracking.url"]),
        st.text(max_size=40),
    )
)
def test_whatever_the_values_are_every_range_holds_them(values):
    """Each output is either a value or a hole, in order, and the text between is the macro's."""
    names = ["customer.name", "order.number", "order.address", "tracking.url"]
    filled = liquid.fill(
        "<" + "|".join(f"{{{{ {name} }}}}" for name in names) + ">", {k: Fact(v) for k, v in values.items()}
    )
    places = sorted((*filled.values, *filled.missing), key=lambda place: place.start)
    assert [place.name for place in places] == names
    shown = [getattr(place, "text", f"[{place.name}?]") for place in places]
    assert marked(filled) == [
        getattr(place, "text", f"[{place.name}?]") for place in (*filled.values, *filled.missing)
    ]
    assert filled.text == "<" + "|".join(shown) + ">"
