"""Reads the steps in an SOP's body: `- [ ] Refund it {if: paid} {when: refunded} {action: refund}`.

In braces: `when` (ticks itself once that holds), `if` (only applies then), `macro`, `action`, `link` and
`file` (what one key runs), `claim` (what a macro may say once it is done).
"""

import re
from _blake2 import blake2s  # `hashlib` loads OpenSSL
from collections import Counter
from collections.abc import Iterable, Mapping

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.action_names import ACTION_WORDS
from deskterm.domain.sops.conditions import StepCondition, parse_conditions
from deskterm.domain.sops.sop import Step
from deskterm.errors import PlaybookError

_STEP = re.compile(r"^[ \t]*[-*+] \[[ xX]\][ \t]+(.*)$")
_BRACE = re.compile(r"\{(macro|claim|when|if|action|link|file):([^{}]*)\}")
_SEVERAL = frozenset({"claim", "when", "if"})
LINK_WORDS = ("tracking.url", "order")


def read_steps(body: str) -> tuple[tuple[Step, ...], str]:
    """The steps of the task list, and the text above it. An indented line continues its step.

    Raises PlaybookError for an invalid condition, action or link.
    """
    intro: list[str] = []
    items: list[list[str]] = []
    for text in body.split("\n"):
        if found := _STEP.match(text):
            items.append([found[1]])
        elif not items:
            intro.append(text)
        elif text.startswith(" ") and text.strip():
            items[-1].append(text.strip())
    seen: Counter[str] = Counter()
    return tuple(_step(" ".join(item), seen) for item in items), "\n".join(intro).strip()


def _step(item: str, seen: Counter[str]) -> Step:
    texts, carried = _split(item)
    words = " ".join(texts)
    key = _key(words)
    again, seen[key] = seen[key], seen[key] + 1
    return Step(
        f"{key}-{again + 1}" if again else key,
        words,
        _one(carried, "macro", words),
        tuple(carried.get("claim", ())),
        _conditions(carried.get("when", ())),
        _conditions(carried.get("if", ())),
        _action(_one(carried, "action", words)),
        _link(_one(carried, "link", words)),
        _one(carried, "file", words),
    )


def _split(item: str) -> tuple[list[str], dict[str, list[str]]]:
    """The words of a step, and the contents of its braces by name."""
    parts = _BRACE.split(item)
    carried: dict[str, list[str]] = {}
    for name, value in zip(parts[1::3], parts[2::3], strict=True):
        carried.setdefault(name, []).append(value.strip())
    return [text for text in (one.strip() for one in parts[::3]) if text], carried


def _one(carried: Mapping[str, list[str]], name: str, words: str) -> str:
    found = carried.get(name, [""])
    if len(found) > 1 and name not in _SEVERAL:
        raise PlaybookError(f"The step “{words}” has more than one {name}.", todo="Make it two steps.")
    return found[0]


def _conditions(texts: Iterable[str]) -> tuple[StepCondition, ...]:
    return tuple(one for text in texts for one in parse_conditions(text))


def _action(name: str) -> Ability | None:
    if name and name not in ACTION_WORDS:
        raise PlaybookError(f"Unknown action {name}.", todo=f"Use one of {', '.join(ACTION_WORDS)}.")
    return ACTION_WORDS.get(name)


def _link(link: str) -> str:
    if link and link not in LINK_WORDS and not re.match(r"https?://\S+$", link):
        raise PlaybookError(
            f"The link {link} is not an address.", todo=f"Write https://…, or {' or '.join(LINK_WORDS)}."
        )
    return link


def _key(words: str) -> str:
    """A key that depends only on the words: ticks survive when steps are moved or added."""
    return blake2s(" ".join(words.casefold().split()).encode(), digest_size=6).hexdigest()
