"""A macro's text for people who do not write macros."""

import pytest

from deskterm.domain.liquid.readable import show_placeholders


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ('Hello {{ customer.first_name | default: "there" }},', "Hello [customer first name],"),
        ("It left{% if tracking.days > 7 %} long ago{% else %}.{% endif %}", "It left[if tracking days > 7:] long ago [otherwise:] . [end]"),
        ('Size {% ask "Which size?" %} it is.', "Size [asked: Which size?] it is."),
        ("{%- unless order.number -%}None{%- endunless -%}", "[unless order number:] None [end]"),
        ("{% comment %}not for you{% endcomment %}Hello {% assign x = 1 %}you", "Hello you"),
    ],
)  # fmt: skip
def test_placeholders_and_conditions_are_words(body, shown):
    assert show_placeholders(body) == shown
