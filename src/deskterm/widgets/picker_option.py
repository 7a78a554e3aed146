"""One thing to pick, and how well it fits what is typed."""

from collections.abc import Sequence

from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick. `key` picks it while nothing is typed; `words` are searched besides the label.

    `detail` stands at the right, dimmer, `hint` behind the label: a sentence, searched too. `value` is
    what `Picked` carries. `names` are what it is also called: one of them typed in full puts it first.
    With `off` it is seen but cannot be picked.
    """

    value: str
    label: str
    key: str = ""
    detail: str = ""
    words: str = ""
    names: str = ""
    hint: str = ""
    off: bool = False

    def rank(self, typed: str) -> int | None:
        """How well it fits: 0 by a name, 1 by its label, 2 by what else is known of it, None not at all."""
        parts, label = typed.casefold().split(), self.label.casefold().split()
        if parts and all(part in self.names.casefold().split() for part in parts):
            return 0
        if _begins(parts, label):
            return 1
        more = f"{self.words} {self.names} {self.hint} {self.value}".casefold().split()
        return 2 if _begins(parts, label + more) else None


def _begins(parts: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each part is the beginning of a word."""
    return all(any(word.startswith(part) for word in words) for part in parts)
