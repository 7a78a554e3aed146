"""`python -m scripts.metrics`: write the table of figures in docs/metrics.md from their records."""

from itertools import groupby
from pathlib import Path

from deskterm.domain.figures.families import MEASURES

PAGE = Path(__file__).parents[1] / "docs" / "metrics.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def table() -> str:
    """Every figure with its definition, under its family."""
    lines = []
    for family, measures in groupby(MEASURES, key=lambda one: one.family):
        lines += ["", f"### {family}", "", "| figure | what it counts | unit | `id` |", "|---|---|---|---|"]
        for one in measures:
            title = one.title.replace("{day}", "the next working day")
            lines.append(f"| {title} | {one.definition} | {one.unit} | `{one.id}` |")
    return "\n".join([*lines, ""])


def with_table(page: str) -> str:
    """The page with the present table."""
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text("utf-8")), "utf-8")
