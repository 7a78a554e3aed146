"""Draws a message: its header line, its text with folds, its attachments and links."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from deskterm.commands.keymap import KeyOf
from deskterm.domain.messages import STAYS, Cue, Direction, Fold, FoldKind, Message
from deskterm.lazy_regex import lazy_regex
from deskterm.widgets.drawing.cells import cell_len, fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, spread

TEXT_WIDTH = 78  # cells: longer lines are hard to read
_NO_DANGER = (Cue.UNREADABLE, Cue.DAMAGED, Cue.BY_PROGRAM)
_COLLAPSED = 2  # lines shown of a collapsed message
_SHORT = 4  # lines up to which a message is not collapsed
_LINKS = 3
_LEAST_MARGIN, _MOST_MARGIN = 60, 80  # where mail programs break lines
_ITEM = lazy_regex(r"\d+[.)] ")
_KIB = 1024


class Showing(NamedTuple):
    """How much is shown: `quotes` unfolded, earlier messages `whole`. `moment` writes a time.

    `key` gives the owner's key for a command. `notices` are words of reports that are already shown above the
    messages.
    """

    quotes: bool
    whole: bool
    moment: Callable[[int], str]
    key: KeyOf
    notices: frozenset[str] = frozenset()


def message_lines(message: Message, showing: Showing, width: int, *, earlier: bool) -> Iterator[DrawnLine]:
    """The lines of a message, its header first. With `earlier`, a long message is collapsed."""
    width = min(width, TEXT_WIDTH)
    ground = "note" if message.direction is Direction.NOTE else "side" if message.beside else ""
    yield header(message, showing.moment(message.at), width, ground)
    yield from (DrawnLine(line.bits, ground) for line in _warnings(message, showing, width))
    text = "soft" if message.direction is Direction.OUT else "text"
    if earlier and not showing.whole:
        yield from _collapse(message, showing.key, width, text, ground)
        return
    lines = [DrawnLine(), *body(message, width, text, showing), *_below(message, showing.key, width)]
    yield from (DrawnLine(line.bits, ground) for line in lines)
    if ground:
        yield DrawnLine(ground=ground)


def header(message: Message, moment: str, width: int, ground: str = "") -> DrawnLine:
    """Who wrote and when: the customer in the accent, the owner in green, a note marked INTERNAL."""
    sender = message.sender
    if message.direction is Direction.NOTE:
        who = [Bit("INTERNAL", "amber", bold=True), Bit("  note", "soft")]
    elif message.direction is Direction.OUT:
        how = f"macro {message.macro}" if message.macro else "sent elsewhere" if message.outside else ""
        how += f"  on T{message.sent_on}, for this one too" if message.sent_on else ""
        to = f" to {message.beside}" if message.beside else ""
        who = [Bit(f"You{to}", "green", bold=True), Bit(f"  {how}", "dim")]
    else:
        name = sender.name or sender.address
        who = [Bit(name, "accent" if message.human else "soft", bold=True)]
        address = f"  {sender.address}" if sender.name else ""
        if cell_len(f"{name}{address}  {moment}") <= width:  # in full or not at all: the panel shows it too
            who.append(Bit(address, "dim"))
    if message.beside:
        who.insert(0, Bit("BESIDE  ", "dim", bold=True))
    if message.gone:
        who.append(Bit("  gone from the server", "dim"))
    return spread(who, [Bit(f"  {moment}", "dim")], width, ground)


def _warnings(message: Message, showing: Showing, width: int) -> Iterator[DrawnLine]:
    """What to know about the sender or the mail before trusting it."""
    if not message.human and message.machine_words not in showing.notices:
        words = message.machine_words or f"automatic: {message.machine.value}"
        yield from (DrawnLine.of(part, "amber") for part in wrap(words, width))
    for cue in message.cues:
        shade = "amber" if cue in _NO_DANGER else "red"
        yield from (DrawnLine.of(part, shade, bold=True) for part in wrap(f"! {cue.value}", width))


def _collapse(message: Message, key: KeyOf, width: int, shade: str, ground: str) -> Iterator[DrawnLine]:
    """The first lines of a long message and how many more there are; a short one in full."""
    written = [line for line in message.own_words.splitlines() if line.strip()]
    shown: list[str] = []
    for number, line in enumerate(written):
        shown += wrap(line, width)
        if len(shown) > _SHORT:
            rest = len(written) - number - 1 + len(shown) - _COLLAPSED
            yield from (DrawnLine.of(part, shade, ground=ground) for part in shown[:_COLLAPSED])
            yield _fold_lines(f"{rest} more lines", key("open"), ground)
            return
    yield from (DrawnLine.of(part, shade, ground=ground) for part in shown)
    if message.attachments:
        yield from _attachments(message, key, width)


def _fold_lines(words: str, key: str, ground: str = "") -> DrawnLine:
    return DrawnLine((Bit(f"⋯ {words}   ", "dim"), Bit(key, "soft", bold=True)), ground)


def body(message: Message, width: int, shade: str, showing: Showing) -> Iterator[DrawnLine]:
    """The text, wrapped; each run of folds is one line, or dimmed text if quotes are shown."""
    at = 0
    for run in _runs(message.folds, message.text):
        before = list(_paragraphs(message.text[at : run[0].start], width, shade))
        yield from [DrawnLine(), *before] if before and at else before
        if showing.quotes:
            yield DrawnLine()
            yield from _paragraphs(message.text[run[0].start : run[-1].end], width, "dim")
        else:
            yield _fold_lines(_fold_words(run, message.text), showing.key("quotes"))
        at = run[-1].end
    rest = list(_paragraphs(message.text[at:], width, shade))
    yield from [DrawnLine(), *rest] if rest and at else rest


def _runs(folds: tuple[Fold, ...], text: str) -> list[list[Fold]]:
    """Adjacent folds (only space between them) belong to one run."""
    runs: list[list[Fold]] = []
    for fold in folds:
        if runs and not text[runs[-1][-1].end : fold.start].strip():
            runs[-1].append(fold)
        else:
            runs.append([fold])
    return runs


def _fold_words(run: list[Fold], text: str) -> str:
    """`14 quoted lines · signature`."""
    quoted = sum(
        len([line for line in text[fold.start : fold.end].splitlines() if line.strip()])
        for fold in run
        if fold.kind is FoldKind.QUOTE
    )
    words = [f"{quoted} quoted line{'s'[: quoted != 1]}"] if quoted else []
    return " · ".join(
        [*words, *dict.fromkeys(fold.kind.value for fold in run if fold.kind is not FoldKind.QUOTE)]
    )


def _paragraphs(text: str, width: int, shade: str) -> Iterator[DrawnLine]:
    """A stretch of text, wrapped, with at most one empty line between paragraphs and none at its ends."""
    blank = begun = False
    for line in rejoin_lines(text.strip("\n").splitlines()):
        if not line.strip():
            blank = True
            continue
        if blank and begun:
            yield DrawnLine()
        blank, begun = False, True
        yield from (DrawnLine.of(part, shade) for part in wrap(line, width))


def rejoin_lines(lines: list[str]) -> list[str]:
    """Join lines that a mail program broke at its margin, so that they wrap at ours.

    A line was broken there if the next word would not have fitted into the text's longest line, which must be
    as long as mail programs' margins are. Lists, quotes and tables keep their lines.
    """
    joined: list[str] = []
    for line, goes_on in zip(lines, _go_on(lines), strict=True):
        if goes_on:
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
    return joined


def rejoin(text: str) -> str:
    """The text with its lines joined in the same way; each character keeps its place."""
    lines = text.split("\n")
    first, *rest = zip(lines, _go_on(lines), strict=True)
    return first[0] + "".join(f"{' ' if goes_on else chr(10)}{line}" for line, goes_on in rest)


def _go_on(lines: list[str]) -> Iterator[bool]:
    """Whether each line goes on where the one before was broken."""
    margin = max(map(len, lines), default=0)
    last = ""
    for line in lines:
        word = line.partition(" ")[0]
        yield bool(
            _LEAST_MARGIN <= margin <= _MOST_MARGIN
            and word
            and line[:1].isalnum()
            and last[:1].isalnum()
            and len(last.rstrip()) + 1 + len(word) > margin
            and not _ITEM.match(line)
        )
        last = line


def _below(message: Message, key: KeyOf, width: int) -> Iterator[DrawnLine]:
    if message.text.endswith(STAYS):
        yield _fold_lines("fetch the rest of this mail", key("fetch-rest"))
    if message.attachments or message.links:
        yield DrawnLine()
    yield from _attachments(message, key, width)
    for number, link in enumerate(message.links[:_LINKS], 1):
        yield DrawnLine((Bit(f"[{number}] ", "soft"), Bit(fit(link, width - 4).rstrip(), "dim")))
    more = len(message.links) - _LINKS
    if more > 0:
        yield _fold_lines(f"{more} more link{'s'[: more != 1]}", key("links"))


def _attachments(message: Message, key: KeyOf, width: int) -> Iterator[DrawnLine]:
    """Each file with its size; types are left out if a name would be cut for them."""
    named = [(one.name or "no name", f"  {shown_size(one.size)}   ", one) for one in message.attachments]
    saves = Bit(key("attachments"), "soft", bold=True)
    room = width - cell_len(saves.text) - 2  # beside the sign and the key
    typed = all(cell_len(name + size) + len(one.type) + 2 <= room for name, size, one in named)
    for name, size, one in named:
        shown = fit(name, min(room - cell_len(size), cell_len(name)))
        rest = f"  {one.type}{size}" if typed else size
        yield DrawnLine((Bit("▤ ", "accent"), Bit(shown, bold=True), Bit(rest, "dim"), saves))


def shown_size(size: int) -> str:
    """A size in bytes for reading: `812 B`, `24 KB`, `3.1 MB`."""
    if size < _KIB:
        return f"{size} B"
    if size < _KIB * _KIB:
        return f"{round(size / _KIB)} KB"
    return f"{size / _KIB / _KIB:.1f} MB"
