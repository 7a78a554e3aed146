"""Bracketed pastes: whatever they contain, and however they arrive, each is one paste.

Textual's parser reads escape sequences inside a paste as keys. This one takes pastes out before it. It also
reads Alt with a digit as that, where Textual's has the signs that a Mac's Option key types.
"""

from collections.abc import Iterable, Iterator
from time import monotonic

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END as END
from textual._xterm_parser import BRACKETED_PASTE_START as START
from textual._xterm_parser import XTermParser
from textual.message import Message

_BLOCK = 1000  # characters from which a read is part of a paste: nobody types that fast
_REST = 0.03  # seconds within which the next read comes


class PasteParser(XTermParser):
    """Textual's parser, which never sees a paste."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        super().__init__(debug)
        self._held = ""  # what may be the start of a paste
        self._pasted: list[str] | None = None  # the paste that has begun
        self._tail = ""  # its last characters, as its end may come in pieces
        self._is_ended = False  # whether it has contained an end that more text followed
        self._rests_at: float | None = None  # when that end counts
        self._escape = False  # whether the last read ended with an Escape that Textual's parser now has

    @property
    def waits(self) -> bool:
        """Whether something is half read: what an Escape may begin, a paste that may have ended."""
        return self._rests_at is not None or self._timeout_time is not None

    def feed(self, data: str) -> Iterator[Message]:
        """Parse what was read; empty data is the end of input."""
        if not data:
            yield from super().feed(data)
            return
        is_block = len(data) >= _BLOCK
        if self._escape and self._timeout_time is not None and data.startswith(START[1]):
            self._forget_escape()
            data = START[0] + data
        self._escape = False
        data, self._held, self._rests_at = self._held + data, "", None
        if self._pasted is None:
            yield from self._parse(data, is_block=is_block)
        else:
            yield from self._paste(data, is_block=is_block)

    def tick(self) -> Iterator[Message]:
        """Nothing more has come for a moment."""
        if self._rests_at is not None and monotonic() >= self._rests_at:
            self._rests_at = None
            yield from self._paste("", is_block=False)
        yield from super().tick()

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:  # noqa: FBT001, FBT002 - Textual's signature
        if sequence[:1] == START[0] and sequence[1:].isascii() and sequence[1:].isdecimal():
            return [events.Key(f"alt+{sequence[1:]}", None)]
        return super()._sequence_to_key_events(sequence, alt)

    def _parse(self, data: str, *, is_block: bool) -> Iterator[Message]:
        """Parse what precedes a paste."""
        before, start, after = data.partition(START)
        if not start:
            self._held = _begun_start(before, least=1 if is_block else 2)
            before = before.removesuffix(self._held)
        if before:
            self._escape = before.endswith(START[0]) and not before.endswith(START[0] * 2)
            yield from super().feed(before)
        if start:
            self._pasted = []
            yield from self._paste(after, is_block=is_block)

    def _forget_escape(self) -> None:
        """Take back the Escape that Textual's parser has: it began a sequence that was read in two."""
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        self._timeout_time = None

    def _paste(self, data: str, *, is_block: bool) -> Iterator[Message]:
        """Collect what is pasted; at its end post one paste, and parse what follows.

        A paste can contain the sequence that ends it. Everything up to the last such sequence before another
        paste in the same reads counts as pasted: at worst a key pressed meanwhile is, but no text ever acts
        as keys.
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
    """What was pasted, and what came after its end."""
    first = pasted.find(END)
    following = pasted.find(START, first)
    last = pasted.rfind(END, first, following if following >= 0 else len(pasted))
    return pasted[:last], pasted[last + len(END) :]


def _begun_start(data: str, *, least: int) -> str:
    """The tail of `data` that may start a paste, at least `least` characters: one alone is Escape."""
    return next((START[:n] for n in range(len(START) - 1, least - 1, -1) if data.endswith(START[:n])), "")
