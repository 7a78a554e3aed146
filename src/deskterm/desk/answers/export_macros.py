"""Exports macros in the formats of other help desks."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

from deskterm.config.files import write_private
from deskterm.desk.shop import DeskContext
from deskterm.domain.liquid.to_foreign import HelpDesk, to_foreign
from deskterm.domain.playbook import Macro
from deskterm.domain.tickets import Status
from deskterm.errors import NotNow
from deskterm.value_class import dataclass

_STATES = {Status.SOLVED: "solved", Status.WAITING: "pending", Status.HOLD: "hold", Status.OPEN: "open"}


@dataclass(frozen=True, slots=True)
class ExportedMacro:
    """One text of a macro for another help desk; `open` lists what a person must fill in there."""

    title: str
    text: str
    tags: tuple[str, ...]
    status: str
    language: str
    open: tuple[str, ...]


def export_macros(shop: DeskContext, file: Path, desk: HelpDesk) -> tuple[ExportedMacro, ...]:
    """Write all macros, one entry per language, as JSON or (by the file's name) CSV.

    Raises NotNow if the file exists, DiskFull if there is no room.
    """
    file = file.expanduser()
    if file.exists():
        raise NotNow(f"{file} already exists.", safe="It was not changed.", todo="Name another file.")
    made = tuple(one for macro in shop.playbook.current().macros.values() for one in _texts(macro, desk))
    write = _as_csv if file.suffix.casefold() == ".csv" else _as_json
    write_private(file, write(made, desk).encode())
    return made


def _texts(macro: Macro, desk: HelpDesk) -> Iterator[ExportedMacro]:
    status = _STATES.get(macro.effects.status, "") if macro.effects.status else ""
    for language, body in (("", macro.body), *macro.translations):
        made = to_foreign(body, desk)
        title = f"{macro.title} ({language})" if language else macro.title
        tags = tuple(dict.fromkeys((*macro.tags, *macro.effects.tags)))
        yield ExportedMacro(title, made.text, tags, status, language, made.open)


def _as_csv(made: tuple[ExportedMacro, ...], desk: HelpDesk) -> str:  # noqa: ARG001 - one form for all
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(("title", "text", "tags", "language"))
    rows.writerows((one.title, one.text, ",".join(one.tags), one.language) for one in made)
    return text.getvalue()


def _as_json(made: tuple[ExportedMacro, ...], desk: HelpDesk) -> str:
    name, form = _FORMS[desk]
    return json.dumps({name: [form(one) for one in made]}, ensure_ascii=False, indent=2) + "\n"


def _zendesk(one: ExportedMacro) -> dict[str, object]:
    actions = [{"field": "comment_value", "value": one.text}]
    actions += [{"field": "current_tags", "value": " ".join(_without_spaces(one.tags))}] if one.tags else []
    actions += [{"field": "status", "value": one.status}] if one.status else []
    return {"title": one.title, "active": True, "actions": actions}


def _gorgias(one: ExportedMacro) -> dict[str, object]:
    actions: list[dict[str, object]] = [
        {"name": "setResponseText", "title": "Add response text", "type": "user",
         "arguments": {"body_text": one.text}}
    ]  # fmt: skip
    if one.tags:
        actions.append(
            {
                "name": "addTags",
                "title": "Add tags",
                "type": "user",
                "arguments": {"tags": ",".join(one.tags)},
            }
        )
    return {"name": one.title, "language": one.language or None, "actions": actions}


def _without_spaces(tags: tuple[str, ...]) -> list[str]:
    """Tags without spaces, which would split them there."""
    return [tag.replace(" ", "_") for tag in tags]


_FORMS: dict[HelpDesk, tuple[str, Callable[[ExportedMacro], dict[str, object]]]] = {
    HelpDesk.ZENDESK: ("macros", _zendesk),
    HelpDesk.GORGIAS: ("data", _gorgias),
    HelpDesk.HELP_SCOUT: ("saved_replies", lambda one: {"name": one.title, "text": one.text}),
    HelpDesk.FRESHDESK: ("canned_responses", lambda one: {"title": one.title, "content": one.text}),
    HelpDesk.CHATWOOT: ("canned_responses", lambda one: {"short_code": one.title, "content": one.text}),
}
