"""Reading a mail: from its bytes to everything deskterm wants to know about it, in one call."""

import re
from dataclasses import replace

from deskterm.domain.messages import Fold, FoldKind, MachineKind
from deskterm.mail.kind import automatic, senders
from deskterm.mail.mime.addresses import parse_addresses
from deskterm.mail.parse import parse
from deskterm.mail.text import folding
from deskterm.mail.text.history import say_answers_inside
from deskterm.mail.text.readable import readable
from deskterm.mail.values import Mail, Readable, ReadMail, Verdict

_LIST_ID = re.compile(r"<\s*([\w.@+-]{3,255})\s*>")
_DELIVERY = ("delivered-to", "x-original-to", "x-delivered-to", "envelope-to")
_CARRIERS = frozenset({MachineKind.NOTICE, MachineKind.LIST, MachineKind.OTHER})
_ABOVE = 2_000  # characters above the history that may say where the answers are


def read_mail(raw: bytes, own: frozenset[str]) -> ReadMail:
    """Read a mail. Never raises on any bytes. `own` are the owner's own addresses, case-folded."""
    mail = parse(raw)
    text = _readable(mail)
    verdict = automatic.judge(mail, raw, text.text, own)
    writer = senders.identify_writer(mail, text.text, verdict, own)
    carried = writer.channel != "mail" or writer.customer.key != mail.sender.key
    if writer.is_customer and carried and verdict.kind in _CARRIERS:
        verdict = Verdict()  # a program carried it, a person wrote it
    if writer.text:
        text = Readable(writer.text, folding.folds(writer.text), text.links)
    return ReadMail(
        mail=mail,
        text=text.text,
        folds=text.folds,
        links=text.links,
        verdict=verdict,
        writer=writer,
        size=len(raw),
        list_id=_list_id(mail.named.get("list-id", "")),
        delivered_to=_delivered_to(mail.named),
    )


def _readable(mail: Mail) -> Readable:
    """The text with all its folds: those that its HTML marks and those that show in its words."""
    text = readable(mail)
    forwarded = folding.is_forward(mail.subject)
    shown = folding.folds(text.text, forwarded=forwarded)
    marked = tuple(fold for fold in text.folds if not (forwarded and fold.kind is FoldKind.QUOTE))
    found = merge_folds(marked, shown) if marked else shown
    if mail.html and text.text.strip() != mail.plain.strip() and _says_answers_inside(text.text, found):
        found = tuple(fold for fold in found if fold.kind is not FoldKind.QUOTE)
    folds = found if found is shown or _leaves_words(text.text, found) else shown
    return Readable(text.text, folds, text.links)


def _says_answers_inside(text: str, found: tuple[Fold, ...]) -> bool:
    """Whether an HTML mail says above its history that answers are inside it, for example in red."""
    start = next((fold.start for fold in found if fold.kind is FoldKind.QUOTE), 0)
    return say_answers_inside(text[max(0, start - _ABOVE) : start])


def merge_folds(marked: tuple[Fold, ...], shown: tuple[Fold, ...]) -> tuple[Fold, ...]:
    """Both as sorted folds that do not overlap; overlapping ones become one of the first one's kind."""
    found: list[Fold] = []
    for fold in sorted((*marked, *shown), key=lambda fold: (fold.start, -fold.end)):
        if not found or fold.start >= found[-1].end:
            found.append(fold)
        elif fold.end > found[-1].end:
            found[-1] = replace(found[-1], end=fold.end)
    return tuple(found)


def _leaves_words(text: str, found: tuple[Fold, ...]) -> bool:
    at = 0
    for fold in found:
        if text[at : fold.start].strip():
            return True
        at = fold.end
    return bool(text[at:].strip())


def _list_id(field: str) -> str:
    """The id of the mailing list a mail came through (RFC 2919): the part in angle brackets."""
    found = _LIST_ID.search(field) if field else None
    return found[1].casefold() if found else ""


def _delivered_to(named: dict[str, str]) -> tuple[str, ...]:
    """The addresses in the topmost delivery headers, which our own server wrote."""
    fields = [named[name] for name in _DELIVERY if name in named]
    listed = (one.key for field in fields for one in parse_addresses(field) if one.address)
    return tuple(dict.fromkeys(listed)) if fields else ()
