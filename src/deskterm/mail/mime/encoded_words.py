"""Encoded words in header fields (RFC 2047), including the wrong ones that mailers write."""

import binascii
import re

from deskterm.mail.mime.charset import decode

# The text may have a few bare question marks: the RFC forbids them, but mailers write them.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*){0,8})\?=")
_BETWEEN = re.compile(r"(\?=) +(?==\?)")


def decode_words(value: str) -> str:
    """`value` with its encoded words decoded; words that were split inside a character are joined first."""
    if "=?" not in value:
        return value
    if "?= " in value:
        value = _BETWEEN.sub(r"\1", value)
    out: list[str] = []
    at, charset, data = 0, "", b""
    for word in _WORD.finditer(value):
        name = word[1].partition("*")[0].lower()
        if data and (word.start() != at or name != charset):
            out.append(decode(data, charset))
            data = b""
        out.append(value[at : word.start()])
        charset, data, at = name, data + _bytes(word), word.end()
    out += (decode(data, charset), value[at:])
    return "".join(out)


def _bytes(word: re.Match[str]) -> bytes:
    text = word[3].encode("utf-8", "replace")
    if word[2] in "qQ":
        return binascii.a2b_qp(text.replace(b" ", b"_"), header=True)
    try:
        return binascii.a2b_base64(text + b"===")
    except binascii.Error:
        return b""
