"""Reads macros from other help desks' exports and writes them as files of the playbook."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from deskterm.desk.shop import DeskContext
from deskterm.domain.liquid import fill
from deskterm.domain.liquid.foreign import from_foreign
from deskterm.domain.text import line
from deskterm.errors import NotFound, NotNow, PlaybookError
from deskterm.mail.text.html_words import bare_text, plain_text
from deskterm.value_class import dataclass

_MOST = 20_000_000  # bytes
_TITLES = ("title", "name", "short_code", "subject", "question")
_TEXTS = (
    "text",
    "content",
    "body",
    "content_html",
    "body_html",
    "body_text",
    "response",
    "value",
    "message",
    "answer",
)
_LISTS = (
    "macros",
    "data",
    "canned_responses",
    "responses",
    "saved_replies",
    "savedReplies",
    "payload",
    "results",
    "items",
)
_STATUS = {"solved": "solved", "closed": "solved", "pending": "waiting", "hold": "on hold", "open": "open"}

_LINK = re.compile(
    r"<a\b[^>]{0,999}?\bhref\s*=\s*(?P<quote>[\"'])(?P<address>.{0,999}?)(?P=quote)[^>]{0,999}>"
    r"(?P<words>.{0,999}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_CELL = 131_072  # characters; no macro is longer


@dataclass(frozen=True, slots=True)
class ForeignMacro:
    """A macro of another help desk, with deskterm's placeholders."""

    title: str
    body: str
    tags: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class ImportedMacros:
    """The files written, and what was left out with the reason."""

    written: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def import_macros(shop: DeskContext, file: Path) -> ImportedMacros:
    """Write each macro of an export (JSON or CSV) into `macros/imported`.

    Raises NotFound if the file cannot be read, NotNow if it has no macros deskterm can find. An unusable
    macro is left out and named; an existing one of the same title stays as it is.
    """
    written, left_out = [], []
    folder = shop.home.config_folder / "macros" / "imported"
    files = (shop.home.config_folder / "macros").rglob("*.md")
    known = {path.stem: _title_in(path.read_text("utf-8", "replace")) for path in files}
    for one in read_macros(file):
        stem = _free_stem(one.title, known)
        why = f"There is already a macro {stem}." if stem in known else _why_not(one.body)
        if why:
            left_out.append((one.title, why))
            continue
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / f"{stem}.md").write_text(_as_file(one), "utf-8")
        known[stem] = one.title
        written.append(stem)
    return ImportedMacros(tuple(written), tuple(left_out))


def _why_not(body: str) -> str:
    """Why a text cannot be a macro; empty if it can."""
    try:
        fill.check(body)
    except PlaybookError as error:
        return line(str(error))
    return ""


def read_macros(file: Path) -> list[ForeignMacro]:
    """The macros of an export file."""
    try:
        text = file.expanduser().read_bytes()[:_MOST].decode("utf-8-sig", "replace")
    except OSError as error:
        raise NotFound(f"{file} cannot be read: {error.strerror}.") from error
    found = [one for row in _rows(text) if (one := _macro(row)) is not None]
    if not found:
        raise NotNow(
            f"{file.name} has no macros that deskterm can read.",
            todo="Export them as JSON or CSV with a title and a text each.",
        )
    return found


def _rows(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        data = json.loads(text)
    except RecursionError:  # nested too deeply to be meant
        return
    except ValueError:
        csv.field_size_limit(_CELL)  # another reader may have changed it
        with suppress(csv.Error):  # what comes before the error is used
            yield from csv.DictReader(io.StringIO(text))
        return
    while isinstance(data, dict):
        inner = next(
            (data[name] for name in (*_LISTS, "_embedded") if isinstance(data.get(name), list | dict)), None
        )
        data = [data] if inner is None else inner
    yield from (one for one in (data if isinstance(data, list) else ()) if isinstance(one, dict))


def _macro(row: Mapping[str, Any]) -> ForeignMacro | None:
    """A macro from a row of an export; None without a title or a text."""
    folded = {str(name).casefold().replace(" ", "_"): value for name, value in row.items() if name}
    actions = list(_actions(folded.get("actions")))
    title = _first(folded, _TITLES)
    text = _first(dict(actions), ("comment_value_html", "comment_value", "setresponsetext")) or _first(
        folded, _TEXTS
    )
    if not title or not text:
        return None
    tags = [tag for name, value in actions if "tag" in name for tag in re.split(r"[\s,]+", str(value)) if tag]
    status = next((_STATUS.get(str(value).casefold(), "") for name, value in actions if "status" in name), "")
    return ForeignMacro(line(title).strip(), from_foreign(_as_text(text)), tuple(tags), status)


def _as_text(text: str) -> str:
    """A text that may be HTML as plain text; the address of a link follows its words."""
    return plain_text(_LINK.sub(_with_address, text))


def _with_address(link: re.Match[str]) -> str:
    address, words = link["address"].strip(), link["words"]
    named = address.partition(":")[2] if address.lower().startswith(("mailto:", "tel:")) else address
    if not named or named.startswith("#") or named.rstrip("/") in bare_text(words):
        return words
    return f"{words}: {named}"


def _actions(given: object) -> Iterator[tuple[str, object]]:
    """The actions of a macro, as name and value: Zendesk's fields, Gorgias' named arguments."""
    data = given
    if isinstance(given, str):
        try:
            data = json.loads(given)
        except (ValueError, RecursionError):
            return
    for one in data if isinstance(data, list) else ():
        if not isinstance(one, dict):
            continue
        name = str(one.get("field") or one.get("name") or "").casefold()
        value = one.get("value")
        arguments = one.get("arguments")
        if isinstance(arguments, dict):
            value = next(
                (arguments[key] for key in ("body_html", "body_text", "tags", "status") if key in arguments),
                "",
            )
        if isinstance(value, list):
            value = value[-1] if "comment" in name else " ".join(map(str, value))
        yield name, value


def _first(row: Mapping[str, Any], names: Iterable[str]) -> str:
    return next(
        (str(row[name]) for name in names if isinstance(row.get(name), str) and row[name].strip()), ""
    )


def _as_file(one: ForeignMacro) -> str:
    front = [f"title: {json.dumps(one.title, ensure_ascii=False)}"]
    if one.tags:
        front.append(f"tags: {json.dumps(list(dict.fromkeys(one.tags)), ensure_ascii=False)}")
    if one.status:
        front += ["effects:", f"  status: {one.status}"]
    return "---\n" + "\n".join(front) + f"\n---\n{one.body}\n"


def _free_stem(title: str, known: Mapping[str, str]) -> str:
    """The name of a macro's file: that of a known one with the same title, else one that is free."""
    stem = _stem(title)
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if known.get(name, title) == title)


def _title_in(text: str) -> str:
    """The title in a macro's file, written with or without quotes."""
    written = next((one for one in text.splitlines() if one.startswith("title:")), "")
    title = written.removeprefix("title:").strip()
    return str(json.loads(title)) if re.fullmatch(r'"(?:[^"\\]|\\.)*"', title) else title


def _stem(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.casefold())[:8]
    return "-".join(words) or "macro"
