"""Checking a macro: each error names the line and what to do about it."""

import difflib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from liquid import BoundTemplate
from liquid.exceptions import LiquidError
from liquid.static_analysis import TemplateAnalysis

from deskterm.domain.liquid.filters import FILTERS
from deskterm.domain.liquid.names import ITEMS, NAMES, Kind
from deskterm.domain.liquid.questions import is_asked
from deskterm.domain.orders.order import Money
from deskterm.domain.playbook import Fact
from deskterm.errors import PlaybookError

KEPT_TAGS = frozenset("content output illegal if unless case for break continue assign comment #".split())
_BLOCKS = frozenset("if unless case for comment".split())
_INNER = {"else": _BLOCKS - {"comment"}, "elsif": {"if", "unless"}, "when": {"case"}}
_LEAVES = {"break": {"for"}, "continue": {"for"}}
_TAGS = "if, unless, case, for, assign, comment and ask"
_START = re.compile(r"\{\{|\{%-?[ \t]*(#|\w*)")
_LONGEST_TAG = 300
_MOST = 32_000
_DEEPEST = 10
_LOOP_FIELDS = frozenset("first last size index index0 rindex rindex0 length parentloop".split())


def shape(body: str, first_line: int) -> None:
    """Refuse a macro that is too long, has unclosed tags or is nested wrongly. Linear time.

    The library's lexer takes cubic time for an unclosed `{{`, minutes for a macro of 60 KB, so it must
    never get one. Raises PlaybookError.
    """
    if len(body) > _MOST:
        raise PlaybookError("The macro is longer than 32,000 characters.", todo="Shorten it.")
    opened: list[tuple[str, int]] = []
    for word, line in _tags(body, first_line):
        if word in _BLOCKS:
            opened.append((word, line))
            if len(opened) > _DEEPEST:
                raise _error(
                    line, f"{{% {word} %}} is nested too deeply", "Ten blocks inside each other are enough."
                )
        elif word.startswith("end"):
            if not opened or opened.pop()[0] != word[3:]:
                raise _error(
                    line, f"{{% {word} %}} closes nothing that is open", "Take it out, or add what it closes."
                )
        else:
            _fits(word, opened, line)
    if opened:
        word, line = opened[-1]
        raise _error(line, f"{{% {word} %}} is never closed", f"Add {{% end{word} %}} after it.")


def _fits(word: str, opened: list[tuple[str, int]], line: int) -> None:
    if word in _INNER or word in _LEAVES:
        around = {name for name, _ in opened} if word in _LEAVES else {opened[-1][0]} if opened else set()
        if not around & (_INNER | _LEAVES)[word]:
            raise _error(line, f"{{% {word} %}} stands alone", "Move it inside the block it belongs to.")
    elif word not in KEPT_TAGS:
        raise _error(line, f"{{% {word} %}} is not known", f"A macro may use {_TAGS}.")


def _tags(body: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Each tag's first word (`output` for `{{`) and its line; the contents of comments are skipped."""
    at, line, counted, comment = 0, first_line, 0, False
    while found := _START.search(body, at):
        line += body.count("\n", counted, found.start())
        counted = found.start()
        word = found[1] if found[1] is not None else "output"
        close = "}}" if word == "output" else "%}"
        at = body.find(close, found.end(), found.start() + _LONGEST_TAG) + 2
        if at == 1:
            raise _error(
                line, f"a placeholder is opened and not closed by {close}", f"Write {close} after it."
            )
        if not comment or word == "endcomment":
            yield word, line
        comment = word == "comment" if not comment else word != "endcomment"


def names(template: BoundTemplate) -> list[tuple[str, int]]:
    """The names a macro uses, each with its place in the text, in order; without the variables of loops."""
    found = [
        (_name_in_vocabulary(str(variable)), variable.span.index)
        for variables in _analyse(template).globals.values()
        for variable in variables
        if variable.segments[0] != "forloop"
    ]
    return sorted(found, key=lambda pair: pair[1])


def _name_in_vocabulary(name: str) -> str:
    """The name in the vocabulary that one needs: `order.lines` for `order.lines[0].title`."""
    return next((known for known in ITEMS if re.match(rf"{re.escape(known)}\b(?!\w)", name)), name)


@lru_cache(maxsize=1)
def _analyse(template: BoundTemplate) -> TemplateAnalysis:
    """Analyse a template; cached because several checks need it."""
    return template.analyze()


def vocabulary(template: BoundTemplate, body: str, first_line: int) -> None:
    """Refuse a name outside the vocabulary and a filter outside the list."""
    for name, start in names(template):
        if name not in NAMES and not is_asked(name):
            raise _error(_line(body, start, first_line), f"{{{{ {name} }}}} is not known", _nearest(name))
    analysis = _analyse(template)
    for name, spans in analysis.filters.items():
        if name not in FILTERS:
            words = f"A macro may use {', '.join(FILTERS)}."
            raise _error(_line(body, spans[0].index, first_line), f"the filter {name} is not known", words)
    _fields(template, body, first_line)


def _fields(template: BoundTemplate, body: str, first_line: int) -> None:
    """Refuse fields that no list has: `{{ line.titel }}`."""
    fields = {field for of in ITEMS.values() for field in of} | _LOOP_FIELDS
    analysis = _analyse(template)
    for root, variables in analysis.variables.items():
        for variable in variables:
            inner = [part for part in variable.segments[1:] if isinstance(part, str)]
            if variable not in analysis.globals.get(root, []) and inner and inner[0] not in fields:
                words = f"A line of an order has {', '.join(ITEMS['order.lines'])}."
                at = _line(body, variable.span.index, first_line)
                raise _error(at, f"{{{{ {variable} }}}} is not known", words)


def _nearest(name: str) -> str:
    near = difflib.get_close_matches(name, NAMES, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {{{{ {near[0]} }}}} ({NAMES[near[0]].words})?"
    root = name.partition(".")[0]
    same = [known for known in NAMES if known.startswith(root + ".")]
    return f"Known names are {', '.join(same or NAMES)}."


def sample() -> dict[str, Fact]:
    """A value of the right kind for every name, to try a macro with."""
    values: dict[Kind, object] = {
        Kind.DATE: 1_700_000_000,
        Kind.MONEY: Money(4990, "EUR"),
        Kind.COUNT: 2,
        Kind.LINE: "text",
        Kind.BLOCK: "text\ntext",
    }
    lists = {name: [{field: values[kind] for field, kind in of.items()}] for name, of in ITEMS.items()}
    return {name: Fact(lists.get(name) or values[known.kind]) for name, known in NAMES.items()}


def broken(
    error: Exception, body: str, first_line: int, parse: Callable[[str], object] | None = None
) -> PlaybookError:
    """The library's error in our words, with the line if it can be found."""
    words = str(error.message) if isinstance(error, LiquidError) else "it is nested too deeply"
    context = error.context() if isinstance(error, LiquidError) else None
    line = first_line + context[0] - 1 if context else _culprit(body, first_line, parse)
    return _error(
        line, f"the placeholder cannot be read ({words})", "Correct it; the file is read again by itself."
    )


def _culprit(body: str, first_line: int, parse: Callable[[str], object] | None) -> int:
    """The line of the first placeholder that is not valid Liquid by itself."""
    if parse:
        for found in re.finditer(r"\{\{.{0,300}?\}\}", body, re.DOTALL):
            try:
                parse(found[0])
            except (LiquidError, RecursionError):
                return _line(body, found.start(), first_line)
    return first_line


def _line(body: str, start: int, first_line: int) -> int:
    return first_line + body.count("\n", 0, max(start, 0))


def _error(line: int, reason: str, todo: str) -> PlaybookError:
    return PlaybookError(f"Line {line}: {reason}.", todo=todo)
