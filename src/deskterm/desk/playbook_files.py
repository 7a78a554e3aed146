"""Reads a macro or snippet file; and the front matter (YAML, texts only) of every file of the playbook.

A macro's front matter has title, key, category, subject, words, asks, needs, tags, claims, everybody and
effects (status, solve_after_days, snooze_days, tags, back_in_stock, promise_days, follow_up). Words, tags and
claims are a list, one text with commas, or a list per language. SOPs: `sops/sop_file.py`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date

from deskterm.config.store_kinds import Ability
from deskterm.domain.liquid import fill
from deskterm.domain.liquid.snippets import without_snippets
from deskterm.domain.orders.action_names import ACTION_WORDS
from deskterm.domain.playbook import Effects, FollowUp, Macro, Snippet, StockEffect
from deskterm.domain.review.order_needs import Need
from deskterm.domain.text import block, line
from deskterm.domain.tickets import Status
from deskterm.errors import PlaybookError

_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_CLAIM_ACTION = re.compile(r"[ \t]*\{[ \t]*([^{}]+?)[ \t]*\}[ \t]*$")
_MACRO_FIELDS = frozenset(
    "title key category subject words asks needs tags claims effects attach reviewed everybody".split()
)
_EFFECTS = frozenset("status solve_after_days snooze_days tags back_in_stock promise_days follow_up".split())
_MOST_WORDS = 2_000
Check = Callable[[str, int], None]  # a text, and the line of its file that it begins on; see `fill.check`


def why_not_read(error: PlaybookError | UnicodeDecodeError | OSError) -> str:
    """Why a file cannot be used, in a line for the owner."""
    if isinstance(error, UnicodeDecodeError):
        return "It is not UTF-8 text. Save it as UTF-8 in your editor."
    return f"It cannot be read: {error.strerror}." if isinstance(error, OSError) else line(str(error))


def macro(stem: str, text: str, check: Check = fill.check) -> Macro:
    """The macro in a file called `stem`.md. Raises PlaybookError with the line and what to do."""
    front, body, first_line = split_front_matter(text, _MACRO_FIELDS)
    check(without_snippets(body), first_line)
    subject = text_field(front, "subject")
    if subject:
        check(subject, 1)
    everybody = _text_block(front, "everybody")
    if everybody:
        check(everybody, 1)
    claims = tuple(map(_parse_claim, list_field(front, "claims", commas=False)))
    return Macro(
        id=stem,
        title=title_field(front),
        body=body.strip("\n"),
        key=_key(front),
        category=text_field(front, "category"),
        subject=subject,
        words=list_field(front, "words"),
        asks=list_field(front, "asks", commas=False),
        tags=list_field(front, "tags"),
        claims=tuple(words for words, _ in claims),
        claim_actions=tuple((words, ability) for words, ability in claims if ability is not None),
        effects=_effects(front.get("effects", {})),
        needs=tuple(map(_parse_need, list_field(front, "needs"))),
        attach=list_field(front, "attach"),
        reviewed=day_field(front, "reviewed"),
        everybody=everybody,
    )


def _text_block(front: Mapping[str, object], name: str) -> str:
    """A field of several lines; empty if missing. PlaybookError for a list."""
    value = front.get(name, "")
    if not isinstance(value, str):
        raise PlaybookError(
            f"The field {name} must be one text.", todo="Write it below a line `everybody: |`."
        )
    return block(value).strip()


def _parse_claim(text: str) -> tuple[str, Ability | None]:
    """A claim, and the action that makes it true: `the money was refunded {refund}`."""
    found = _CLAIM_ACTION.search(text)
    if found is None:
        return text, None
    try:
        return text[: found.start()].rstrip(), ACTION_WORDS[found[1]]
    except KeyError:
        known = ", ".join(ACTION_WORDS)
        raise PlaybookError(f"Unknown action {found[1]}.", todo=f"Use one of {known}.") from None


def snippet(stem: str, text: str, check: Check = fill.check) -> Snippet:
    """The snippet in a file called `stem`.md: its whole text. Raises PlaybookError."""
    body = block(text).strip()
    if not body:
        raise PlaybookError("It has no text.", todo="Write the text there.")
    check(without_snippets(body), 1)
    return Snippet(stem, body)


def split_front_matter(
    text: str, fields: frozenset[str], *, may_be_empty: bool = False
) -> tuple[dict[str, object], str, int]:
    """Front matter, body, and the line at which the body starts. PlaybookError.

    A body without words is refused unless it `may_be_empty`.
    """
    text = block(text)
    fences = [found.span() for found in _FENCE.finditer(text)][:2]
    if len(fences) < 2 or text[: fences[0][0]].strip():  # noqa: PLR2004 - one above, one below
        raise PlaybookError(
            "Line 1: the front matter is missing.",
            todo="Start with a line ---, the fields, and another line ---.",
        )
    front = _yaml(text[fences[0][1] : fences[1][0]], 1 + text.count("\n", 0, fences[0][1]))
    for name in front.keys() - fields:
        raise PlaybookError(f"Unknown field {name}.", todo=f"Use one of {', '.join(sorted(fields))}.")
    start = fences[1][1] + 1
    body = text[start:]
    if not body.strip() and not may_be_empty:
        raise PlaybookError("It has no text below the front matter.", todo="Write the text there.")
    return front, body, 1 + text.count("\n", 0, start)


def _yaml(text: str, first_line: int) -> dict[str, object]:
    """YAML as plain texts, lists and mappings; no dates, numbers or objects."""
    import yaml  # noqa: PLC0415 - 14 ms not needed for the first paint

    try:
        front = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - makes texts only
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        at = first_line + mark.line if mark else first_line
        problem = getattr(error, "problem", None) or "it is nested too deeply"
        raise PlaybookError(
            f"Line {at}: the front matter cannot be read ({problem}).",
            todo="Put texts with : or # in quotes.",
        ) from error
    if not isinstance(front, dict):
        raise PlaybookError(
            f"Line {first_line}: the front matter has no fields.", todo="Write title: and more."
        )
    return {str(name): value for name, value in front.items()}


def title_field(front: Mapping[str, object]) -> str:
    """The title. PlaybookError without one."""
    title = text_field(front, "title")
    if not title:
        raise PlaybookError("It has no title.", todo="Add a line title: to the front matter.")
    return title


def text_field(front: Mapping[str, object], name: str) -> str:
    """A field as one line; empty if missing. PlaybookError for a list."""
    value = front.get(name, "")
    if not isinstance(value, str):
        raise PlaybookError(f"The field {name} must be one text.", todo="Write it on one line.")
    return line(value).strip()


def day_field(front: Mapping[str, object], name: str) -> str:
    """A date as `2026-11-30`; empty if the field is missing."""
    text = text_field(front, name)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise PlaybookError(f"The field {name} is not a date.", todo="Write it like 2026-11-30.") from None


def _key(front: Mapping[str, object]) -> str:
    key = text_field(front, "key")
    if len(key) > 1:
        raise PlaybookError(f"The key {key} is longer than one letter.", todo="Choose one letter.")
    return key


def list_field(front: Mapping[str, object], name: str, *, commas: bool = True) -> tuple[str, ...]:
    """Texts from a list, from one text with commas, or from either per language; each once."""
    if name not in front:
        return ()
    value = front[name]
    found: list[str] = []
    for part in value.values() if isinstance(value, Mapping) else [value]:
        texts = (
            part.split(",") if isinstance(part, str) and commas else [part] if isinstance(part, str) else part
        )
        if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
            raise PlaybookError(
                f"The field {name} must be a list of texts.", todo="Write each on its own line after a -."
            )
        found.extend(line(text).strip() for text in texts)
        if len(found) > _MOST_WORDS:
            raise PlaybookError(
                f"The field {name} has more than 2,000 texts.", todo="Keep the most typical ones."
            )
    return tuple(dict.fromkeys(filter(None, found)))


def _effects(value: object) -> Effects:
    if not isinstance(value, Mapping):
        raise PlaybookError(
            "The field effects must have fields of its own.", todo="Write status: waiting below it."
        )
    for name in value.keys() - _EFFECTS:
        raise PlaybookError(f"Unknown effect {name}.", todo=f"Use one of {', '.join(sorted(_EFFECTS))}.")
    return Effects(
        status=_status(text_field(value, "status")),
        solve_after_days=_days(value, "solve_after_days"),
        snooze_days=_days(value, "snooze_days"),
        tags=list_field(value, "tags"),
        back_in_stock=_stock_effect(text_field(value, "back_in_stock")),
        promise_days=_days(value, "promise_days"),
        follow_up=_follow_up(value.get("follow_up")),
    )


def _follow_up(value: object) -> FollowUp | None:
    if value is None:
        return None
    given = value if isinstance(value, Mapping) else {}
    macro = text_field(given, "macro")
    days = _days(given, "days")
    if not macro or days is None or given.keys() - {"macro", "days"}:
        raise PlaybookError(
            "The effect follow_up needs a macro and days.", todo="Write {macro: its-name, days: 7}."
        )
    return FollowUp(macro, days)


def _stock_effect(word: str) -> StockEffect | None:
    try:
        return StockEffect(word) if word else None
    except ValueError:
        known = ", ".join(StockEffect)
        raise PlaybookError(
            f"The effect back_in_stock cannot be {word}.", todo=f"Use one of {known}."
        ) from None


def _parse_need(word: str) -> Need:
    try:
        return Need(word)
    except ValueError:
        known = ", ".join(Need)
        raise PlaybookError(f"Unknown need {word}.", todo=f"Use one of {known}.") from None


def _status(word: str) -> Status | None:
    if not word:
        return None
    try:
        return Status(word)
    except ValueError:
        known = ", ".join(Status)
        raise PlaybookError(f"Unknown status {word}.", todo=f"Use one of {known}.") from None


def _days(value: Mapping[str, object], name: str) -> int | None:
    text = text_field(value, name)
    if text and not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text)):  # noqa: PLR2004
        raise PlaybookError(f"The effect {name} must be a number of days from 1 to 999.", todo="Correct it.")
    return int(text) if text else None
