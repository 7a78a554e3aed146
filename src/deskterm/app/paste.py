"""Pastes as the terminal brackets them: whatever they hold, and however they arrive, each is one paste.

Textual's parser reads escape sequences inside a paste as keys. This one takes pastes out before it.
"""

from collections.abc import Iterator
from time import monotonic

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import XTermParser
from textual.message import Message

_BLOCK = 1000  # characters from which a read is one of several: nobody types that fast
_REST = 0.03  # seconds in which the next one comes


class PasteParser(XTermParser):
    """Textual's parser, which is fed no paste."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        super().__init__(debug)
        self._held = ""  # what may be the beginning of a paste
        self._pasted: list[str] | None = None  # of the paste that has begun
        self._tail = ""  # its last characters: its end may come in pieces
        self._is_ended = False  # whether it holds an end behind which more came
        self._rests_at: float | None = None  # when that counts as its end

    @property
    def waits(self) -> bool:
        """Whether something is half read: what an Escape may begin, a paste that may have ended."""
        return self._rests_at is not None or self._timeout_time is not None

    def feed(self, data: str) -> Iterator[Message]:
        """Parse what was read; empty data is the end."""
        if not data:
            yield from super().feed(data)
            return
        is_block = len(data) >= _BLOCK
        data, self._held, self._rests_at = self._held + data, "", None
        if self._pasted is None:
            yield from self._parse(data, is_block=is_block)
        else:
            yield from self._paste(data, is_block=is_block)

    def tick(self) -> Iterator[Message]:
        """Nothing more came for a moment."""
        if self._rests_at is not None and monotonic() >= self._rests_at:
            self._rests_at = None
            yield from self._paste("", is_block=False)
        yield from super().tick()

    def _parse(self, data: str, *, is_block: bool) -> Iterator[Message]:
        """What is no paste, up to one."""
        before, start, after = data.partition(START)
        if not start:
            self._held = _begun_start(before, least=1 if is_block else 2)
            before = before.removesuffix(self._held)
        if before:
            yield from super().feed(before)
        if start:
            self._pasted = []
            yield from self._paste(after, is_block=is_block)

    def _paste(self, data: str, *, is_block: bool) -> Iterator[Message]:
        """Keep what is pasted; at its end give it as one paste, and parse what follows.

        A paste may hold the sequence that ends it. What comes up to the last one before another paste begins,
        in the same reads, is pasted: a key pressed meanwhile at worst, never a text that acts as keys.
        """
        kept = self._pasted = self._pasted or []
        ends = END in self._tail + data or self._is_ended
        self._tail = (self._tail + data)[-len(END) + 1 :]
        kept.append(data)
        if not ends:
            return
        text, rest = _split_at_end("".join(kept))
        if is_block and rest:
            self._is_ended, self._rests_at = True, monotonic() + _REST
            return
        self._pasted, self._tail, self._is_ended = None, "", False
        yield events.Paste(text.replace("\x00", ""))
        if rest:
            yield from self._parse(rest, is_block=is_block)


def _split_at_end(pasted: str) -> tuple[str, str]:
    """What was pasted, and what came behind its end."""
    first = pasted.find(END)
    following = pasted.find(START, first)
    last = pasted.rfind(END, first, following if following >= 0 else len(pasted))
    return pasted[:last], pasted[last + len(END) :]


def _begun_start(data: str, *, least: int) -> str:
    """The end of `data` with which a paste may begin, of `least` characters: one alone is the Escape key."""
    return next((START[:n] for n in range(len(START) - 1, least - 1, -1) if data.endswith(START[:n])), "")
