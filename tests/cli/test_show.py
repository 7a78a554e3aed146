"""What `deskterm show` prints in place of a mail's words."""

import pytest

from deskterm.cli.show import _text
from deskterm.domain.messages import Address, Direction, Fold, FoldKind, MachineKind, Message

JANA = Address("Jana", "jana@mertens.example")


def message(text: str, *folds: Fold) -> Message:
    return Message(1, 1, Direction.IN, MachineKind.HUMAN, JANA, (), (), "Photo", 0, text, folds)


@pytest.mark.parametrize("quotes", [False, True])
def test_a_mail_without_words_is_described_as_such(quotes: bool) -> None:
    assert _text(message(" \n"), quotes=quotes) == "(no text)"


def test_a_mail_of_nothing_but_quoted_text_is_described_as_such() -> None:
    quoted = message("> It left today.", Fold(0, 16, FoldKind.QUOTE))
    assert _text(quoted, quotes=False) == "(only quoted text)"
    assert _text(quoted, quotes=True) == "> It left today."
