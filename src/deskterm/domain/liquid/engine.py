"""The part of `liquid` that uses python-liquid, with its limits.

An output tag writes a mark, and the values are put in when the whole text is there. So a value is never
parsed as Liquid, its range in the text is known, and a missing value is recorded instead of raising.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TextIO

from liquid import BoundTemplate, Environment, RenderContext
from liquid.builtin.output import OutputNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.exceptions import LiquidError, ResourceLimitError
from liquid.output import LimitedStringIO
from liquid.undefined import Undefined

from deskterm.domain.liquid import check as liquid_check
from deskterm.domain.liquid.filters import FILTERS
from deskterm.domain.liquid.questions import as_placeholders
from deskterm.domain.liquid.value_formats import PLAIN, ValueFormats
from deskterm.domain.liquid.values import Leaf, tree
from deskterm.domain.playbook import Fact, Filled, Missing, Value
from deskterm.errors import PlaybookError

_OPEN, _CLOSE = "\ue000", "\ue001"  # private use characters, removed from a macro before it is parsed
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_HELD = "deskterm.held"
_BLANKS = re.compile(r"[ \t]+(?=\n)|\n{3,}")
_MOST_OUTPUT = 64_000


class _Output(OutputNode):
    """`{{ … }}`: keeps the value and writes a mark for it."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        return _hold(context, buffer, _held_value(self.expression.evaluate(context), str(self.expression)))


class _For(ForNode):
    """`{% for %}`: a missing list counts as a missing value, unless the loop has an `else`."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        over = self.expression.iterable.evaluate(context)
        if self.default is None and isinstance(over, Leaf | Undefined):
            return _hold(context, buffer, _held_value(over, str(self.expression.iterable)))
        return super().render_to_output(context, buffer)


class _Environment(Environment):
    """Allows only the tags and filters listed in `fill.py`, with limits."""

    block_nesting_limit = 12
    context_depth_limit = 20
    loop_iteration_limit = 200
    local_namespace_limit = 64_000
    output_stream_limit = _MOST_OUTPUT

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:
        super().setup_tags_and_filters(extra=extra)
        self.tags = {name: tag for name, tag in self.tags.items() if name in liquid_check.KEPT_TAGS}
        self.tags["output"].node_class = _Output  # type: ignore[attr-defined]
        self.tags["for"].node_class = _For  # type: ignore[attr-defined]
        self.filters = dict(FILTERS)


_ENVIRONMENT = _Environment()


def needs(body: str) -> tuple[str, ...]:
    """See `liquid.needs`."""
    found = liquid_check.names(_parse_template(body))
    return tuple(dict.fromkeys(name for name, _ in found))


@lru_cache(maxsize=256)
def check(body: str, first_line: int) -> None:
    """See `liquid.check`."""
    liquid_check.vocabulary(_parse_template(body, first_line), as_placeholders(body), first_line)
    _render(body, liquid_check.sample(), PLAIN, first_line)


def fill(body: str, facts: Mapping[str, Fact], formats: ValueFormats) -> Filled:
    """See `liquid.fill`."""
    text, held = _render(body, facts, formats, 1)
    pieces, values, missing, at = [], [], [], 0
    for place, piece in enumerate(_MARK.split(text)):
        if place % 2:
            leaf = held[int(piece)]
            shown = leaf.text if leaf.there else f"[{leaf.name}?]"
            end = at + len(shown)
            if not leaf.there:
                missing.append(Missing(leaf.name, at, end))
            elif leaf.name:
                values.append(Value(leaf.name, shown, at, end, leaf.source, leaf.synced_at))
        else:
            shown, end = piece, at + len(piece)
        pieces.append(shown)
        at = end
        if at > _MOST_OUTPUT:
            raise _too_much(1)
    return Filled("".join(pieces), tuple(values), tuple(missing))


def _held_value(found: object, written: str) -> Leaf:
    if isinstance(found, Leaf):
        return found
    if isinstance(found, Undefined) or (isinstance(found, Mapping | Sequence) and not isinstance(found, str)):
        return Leaf(written.partition(" | ")[0])  # an unknown name, or a list where a text belongs
    return Leaf("", found)


def _hold(context: RenderContext, buffer: TextIO, leaf: Leaf) -> int:
    held: list[Leaf] = context.tag_namespace.setdefault(_HELD, [])
    held.append(leaf)
    return buffer.write(f"{_OPEN}{len(held) - 1}{_CLOSE}")


def _render(
    body: str, facts: Mapping[str, Fact], formats: ValueFormats, first_line: int
) -> tuple[str, list[Leaf]]:
    template = _parse_template(body, first_line)
    context = RenderContext(template, globals=tree(facts, formats, _names_in(template)))
    buffer = LimitedStringIO(limit=_MOST_OUTPUT)
    try:
        template.render_with_context(context, buffer)
    except ResourceLimitError as error:
        raise _too_much(first_line) from error
    except (LiquidError, RecursionError) as error:
        raise liquid_check.broken(error, body, first_line) from error
    text = _BLANKS.sub(lambda found: "\n\n" if "\n" in found[0] else "", buffer.getvalue()).strip()
    return text, context.tag_namespace.get(_HELD, [])


def _too_much(first_line: int) -> PlaybookError:
    return PlaybookError(
        f"The macro that starts on line {first_line} writes more than a mail should hold.",
        todo="Shorten its loops or its text; a reply may have 64,000 characters.",
    )


@lru_cache(maxsize=256)
def _parse_template(body: str, first_line: int = 1) -> BoundTemplate:
    body = as_placeholders(body)
    liquid_check.shape(body, first_line)
    try:
        return _template(body.replace(_OPEN, "").replace(_CLOSE, ""))
    except (LiquidError, RecursionError) as error:
        raise liquid_check.broken(error, body, first_line, _template) from error


@lru_cache(maxsize=256)
def _names_in(template: BoundTemplate) -> frozenset[str]:
    """The names that a template uses."""
    return frozenset(name for name, _ in liquid_check.names(template))


@lru_cache(maxsize=256)
def _template(body: str) -> BoundTemplate:
    return _ENVIRONMENT.from_string(body)
