"""The list of names in docs/macros.md is the program's own."""

from pathlib import Path

from deskterm.domain.liquid.filters import FILTERS
from deskterm.domain.liquid.names import ITEMS, NAMES, Kind, kind_of

DOC = (Path(__file__).parents[3] / "docs" / "macros.md").read_text(encoding="utf-8")


def test_the_manual_lists_every_name():
    rows = "\n".join(f"| `{name}` | {known.words} |" for name, known in NAMES.items())
    assert (
        DOC.split("<!-- names -->")[1].split("<!-- end -->")[0].strip() == f"| name | is |\n|---|---|\n{rows}"
    )


def test_the_manual_lists_every_filter_and_field():
    assert all(f"`{name}`" in DOC for name in (*FILTERS, *ITEMS["order.lines"]))


def test_a_field_of_a_line_has_its_kind():
    assert kind_of("order.lines.price") is Kind.MONEY
    assert kind_of("order.total") is Kind.MONEY
    assert kind_of("order.nothing") is None
