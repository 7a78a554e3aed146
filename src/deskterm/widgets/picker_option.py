"""One option of a picker, and how well it matches typed text."""

from collections.abc import Sequence

from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `key` picks it while nothing is typed; `words` are searched besides the label.

    `detail` is shown dimmer on the right; `hint`, a sentence, after the label and searched too. `value` is
    what `Picked` carries. `names` are other names: one of them typed in full puts it first. `off`: shown, but
    cannot be picked.
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
        """How well it matches: 0 by a name, 1 by its label, 2 by its other words, None not at all."""
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
