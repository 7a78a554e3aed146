"""Parsing a query. This never raises: what cannot be used is left out, and a problem says why."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches

from deskterm.domain.query.dates import TRIES, parse_day, promise_span
from deskterm.domain.query.terms import CLOSED, FIELDS, MEANINGS, Problem, Query, QueryField, Term

_PIECE = re.compile(r'(-?)(?:([A-Za-z]{2,12}):)?(?:"([^"]*)"?|([^\s"]+))')
_BARE_FIELD = re.compile(r"(-?)([A-Za-z]{2,12}):(?=\s|$)")
_TICKET = re.compile(r"\s*[tT](\d{1,15})\s*")
_DATED = (QueryField.BEFORE, QueryField.AFTER)
_AGE = re.compile(r"([<>]?)=?(\d{1,4})(?:d(?:ays?)?)?")
_DAY = 86400


def parse_query(text: str, now: datetime) -> Query:
    """Parse a typed query. `now` is in the owner's zone, for `before:monday`.

    All words must match; "words in quotes" in that order; `-` before a term means "not";
    `status:open,waiting` means one or the other. The last word may be unfinished.
    """
    clean = "".join(" " if unicodedata.category(char)[0] == "C" else char for char in text)
    ticket = _TICKET.fullmatch(clean)
    if ticket:
        return Query(ticket=int(ticket[1]))
    found = [*_read(clean, now)]
    return Query(
        tuple(one for one in found if isinstance(one, Term)),
        tuple(one for one in found if isinstance(one, Problem)),
    )


def _read(text: str, now: datetime) -> Iterator[Term | Problem]:
    at = 0
    while at < len(text):
        bare, piece = _BARE_FIELD.match(text, at), _PIECE.match(text, at)
        if bare and bare[2].casefold() in FIELDS:
            yield Problem(bare.start(), bare.end(), f"Write what {bare[2]}: is to be.")
            at = bare.end()
        elif piece:
            yield from _read_piece(piece, text, now)
            at = piece.end()
        else:
            at += 1


def _read_piece(piece: re.Match[str], text: str, now: datetime) -> Iterator[Term | Problem]:
    sign, name, phrase, word = piece.groups()
    value = word if phrase is None else phrase
    field = FIELDS.get((name or "").casefold(), QueryField.TEXT)
    if name and not field:
        near = get_close_matches(name.casefold(), FIELDS, n=1, cutoff=0.75)
        if near and not value.startswith("//"):  # `https://` is a word
            yield Problem(*piece.span(), f"There is no {name}: - did you mean {near[0]}: ?")
            return
        value = f"{name}:{value}"
    term = Term(field, (value,), sign == "-", phrase is not None, phrase is None and piece.end() == len(text))
    if field in _DATED:
        yield _read_day(term, piece, now)
    elif field is QueryField.AGE:
        yield _read_age(term, piece)
    elif field is QueryField.PROMISE:
        yield _read_promise(term, piece, now)
    elif any(char.isalnum() for char in value):
        yield _read_values(term, piece) if field and phrase is None else term


def _read_day(term: Term, piece: re.Match[str], now: datetime) -> Term | Problem:
    day = parse_day(term.values[0], now)
    if day is None:
        return Problem(*piece.span(), f"{term.field}: takes a day: {TRIES}.")
    return replace(term, at=int(day.timestamp()))


def _read_promise(term: Term, piece: re.Match[str], now: datetime) -> Term | Problem:
    """A `promise:` term: any, today, late, by a day, or before one."""
    spans = tuple(promise_span(one, now) for one in term.values[0].split(",") if one)
    known = tuple(one for one in spans if one is not None)
    if not known or len(known) < len(spans):
        return Problem(*piece.span(), "promise: takes any, today, late, or a day: friday, 2026-11-30, <3d.")
    return replace(term, spans=known)


def _read_age(term: Term, piece: re.Match[str]) -> Term | Problem:
    """An `age:` term, its days as seconds; negative for "less than" (`<`)."""
    found = _AGE.fullmatch(term.values[0].casefold())
    if found is None:
        return Problem(*piece.span(), "age: takes days: >7d or <3d.")
    seconds = max(1, int(found[2]) * _DAY)
    return replace(term, at=-seconds if found[1] == "<" else seconds)


def _read_values(term: Term, piece: re.Match[str]) -> Term | Problem:
    """A term with its alternatives; a problem if one is not among the values that the field allows."""
    meanings = MEANINGS if term.field in (QueryField.STATUS, QueryField.HAS) else {}
    values = tuple(meanings.get(one.casefold(), one) for one in term.values[0].split(",") if one)
    known = CLOSED.get(term.field, ())
    wrong = next((one for one in values if known and one.casefold() not in known), None)
    if wrong is None:
        return replace(term, values=values)
    near = get_close_matches(wrong.casefold(), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"it takes {', '.join(known)}."
    typed = piece[0].lstrip("-").partition(":")[0]  # is: stands for status:
    return Problem(*piece.span(), f"{typed}: knows no {wrong}; {hint}")
