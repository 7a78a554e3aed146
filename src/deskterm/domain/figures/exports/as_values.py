"""A report as plain values for JSON; docs/cli.md describes them."""

from datetime import UTC, datetime

from deskterm.domain.figures.values import Figure, FiguresReport, Section, Table


def as_values(report: FiguresReport) -> dict[str, object]:
    """Everything in a report. Times are ISO 8601 in UTC, money is in minor units of `currency`."""
    return {
        "title": report.title,
        "kind": report.kind,
        "start": moment(report.start),
        "end": moment(report.end),
        "compared_with": report.compared,
        "compared_with_year": report.compared_year,
        "business_hours": report.business_hours,
        "figures": [figure_values(one) for one in report.figures],
        "sections": [_section(one) for one in report.sections],
        "advice": [
            {"text": one.text, "evidence": one.evidence, "tickets": marks(one.tickets)}
            for one in report.advice
        ],
    }


def figure_values(one: Figure) -> dict[str, object]:
    """All of a figure."""
    return {
        "id": one.id,
        "title": one.title,
        "definition": one.definition,
        "unit": one.unit,
        "currency": one.currency if one.unit == "money" else "",
        "value": one.value,
        "before": one.before,
        "year_ago": one.year_ago,
        "p90": one.p90,
        "n": one.n,
        "before_n": one.before_n,
        "year_ago_n": one.year_ago_n,
        "left_out": dict(one.left_out),
        "note": one.note,
        "series": list(one.series),
        "tickets": marks(one.tickets),
    }


def _section(section: Section) -> dict[str, object]:
    found: dict[str, object] = {
        "id": section.id,
        "title": section.title,
        "figures": [one.id for one in section.figures],
        "tables": [_table(one) for one in section.tables],
    }
    if section.grid:
        found["hours"] = [[len(cell) for cell in day] for day in section.grid.tickets]
    if section.remarks:
        found["remarks"] = [{"text": one.text, "tickets": marks(one.tickets)} for one in section.remarks]
    return found


def _table(table: Table) -> dict[str, object]:
    return {
        "title": table.title,
        "note": table.note,
        "rows": [
            {
                "label": row.label,
                "tickets": marks(row.tickets),
                **{one.id: _cell(one) for one in row.figures},
            }
            for row in table.rows
        ],
    }


def _cell(one: Figure) -> dict[str, object]:
    names = ("value", "before", "year_ago", "p90", "n", "before_n", "year_ago_n", "left_out", "tickets")
    known = figure_values(one)
    return {name: known[name] for name in names}


def marks(tickets: tuple[int, ...]) -> list[str]:
    """`T1043` for each."""
    return [f"T{ticket}" for ticket in tickets]


def moment(at: int) -> str:
    """UTC seconds in ISO 8601."""
    return datetime.fromtimestamp(at, UTC).isoformat().replace("+00:00", "Z")
