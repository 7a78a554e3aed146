"""Content-Type and Content-Disposition: a value and its parameters (RFC 2045, 2183, 2231)."""

import re
from functools import lru_cache

from deskterm.mail.mime.charset import decode
from deskterm.mail.mime.encoded_words import decode_words

_VALUE = re.compile(r"\s*([^\s;,]*)")
_PARAM = re.compile(r";\s*([^\s=;\"]{1,60})\s*=\s*(\"(?:[^\"\\]|\\.)*\"?|[^;]*)", re.DOTALL)
_USUAL_MULTIPART = re.compile(r"(multipart/\w{1,20}); *boundary=\"([^\"\\?]{1,70})\"", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\"\\])")
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_MOST = 200
_CACHED_CHARS = 200

Params = dict[str, str]


def split_value(field: str) -> tuple[str, Params]:
    """A field's value in lower case and its parameters, names in lower case. Cached: do not change them."""
    if usual := _USUAL_MULTIPART.fullmatch(field):
        return usual[1].lower(), {"boundary": usual[2]}
    return (
        _split_parameters(field)
        if len(field) > _CACHED_CHARS or "boundary" in field
        else _split_cached(field)
    )


def _split_parameters(field: str) -> tuple[str, Params]:
    value = _VALUE.match(field)[1].lower()  # type: ignore[index]  # it matches nothing, too
    plain: Params = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for count, param in enumerate(_PARAM.finditer(field)):
        if count >= _MOST:
            break
        name, star, place = param[1].lower().partition("*")
        if star:
            number = place.rstrip("*")
            at = int(number) if number.isdecimal() and len(number) < len(str(_MOST)) + 1 else 0
            encoded = place.endswith("*") or not place
            pieces.setdefault(name, {}).setdefault(at, (_unquote(param[2]), encoded))
        else:
            plain.setdefault(name, decode_words(_unquote(param[2])))
    for name, parts in pieces.items():
        plain[name] = _join_pieces(parts)
    return value, plain


_split_cached = lru_cache(maxsize=512)(_split_parameters)


def _unquote(value: str) -> str:
    value = value.strip()
    if value.startswith('"'):
        end = -1 if len(value) > 1 and value.endswith('"') else len(value)
        return _ESCAPE.sub(r"\1", value[1:end])
    return value


def _join_pieces(parts: dict[int, tuple[str, bool]]) -> str:
    """Put the pieces of a parameter together (RFC 2231, sections 3 and 4)."""
    charset, data = "", b""
    for at in sorted(parts):
        text, encoded = parts[at]
        if encoded and at == min(parts) and text.count("'") >= 2:  # noqa: PLR2004 - charset'language'text
            charset, _, text = text.split("'", 2)
        piece = text.encode("utf-8", "replace")
        data += _PERCENT.sub(lambda found: bytes([int(found[1], 16)]), piece) if encoded else piece
    return decode(data, charset)
