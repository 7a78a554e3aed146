"""The plain text of compressed RTF, as Outlook packs it (MS-OXRTFCP)."""

import re
from struct import error, unpack_from

from deskterm.mail.mime.charset import decode

_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans "
    rb"SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_HEAD = 16
_WINDOW = 4096
_SHORTEST = 2  # of a repeated run
_MOST = 3 << 20
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\(.)|([{}])|[^\\{}\r\n]+", re.IGNORECASE | re.DOTALL
)
_SILENT = frozenset(b"fonttbl colortbl stylesheet info pict object header footer generator listtable".split())
_BREAKS = {b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t"}
_SIGNS = {
    b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–",
    b"emdash": "—",
}  # fmt: skip
_PLAIN = {b"\\": "\\", b"{": "{", b"}": "}", b"~": " ", b"_": "-", b"\n": "\n", b"\r": "\n"}


def unpack_rtf(packed: bytes) -> str:
    """The text of compressed RTF; "" if it is not that. Never raises; reads at most 3 MB."""
    return rtf_text(_unpack(packed))


def _unpack(packed: bytes) -> bytes:
    try:
        _, size = unpack_from("<II", packed)
    except error:
        return b""
    if packed[8:12] == b"MELA":  # not compressed
        return packed[_HEAD : _HEAD + min(size, _MOST)]
    return _expand(packed, min(size, _MOST)) if packed[8:12] == b"LZFu" else b""


def _expand(packed: bytes, size: int) -> bytes:
    """Decompress: each bit of a control byte says whether a plain byte or a repeat follows (2.1.3.1)."""
    out, at = bytearray(_START), _HEAD
    while at < len(packed) and len(out) - len(_START) < size:
        control, at = packed[at], at + 1
        for bit in range(8):
            if not control >> bit & 1:
                out += packed[at : at + 1]
                at += 1
                continue
            if at + 1 >= len(packed):
                return bytes(out[len(_START) :])
            run, at = packed[at] << 8 | packed[at + 1], at + 2
            if not _repeat(out, run >> 4, (run & 15) + _SHORTEST):
                return bytes(out[len(_START) :])
    return bytes(out[len(_START) :])


def _repeat(out: bytearray, offset: int, length: int) -> bool:
    """Append a run from the window of the last 4,096 bytes; False if it marks the end."""
    back = (len(out) - offset) % _WINDOW
    start = len(out) - (back or _WINDOW)
    if not back or start < 0:
        return False
    for place in range(start, start + length):
        out.append(out[place])
    return True


def rtf_text(rtf: bytes) -> str:
    """The plain text of RTF, one line per paragraph; "" if it is not RTF."""
    if not rtf.lstrip().startswith(b"{\\rtf"):
        return ""
    page = re.search(rb"\\ansicpg(\d{3,5})", rtf[:400])
    return _RtfWords(f"cp{page[1].decode()}" if page else "cp1252").read(rtf)


class _RtfWords:
    """Reads RTF token by token and keeps its text."""

    def __init__(self, charset: str) -> None:
        self._charset = charset
        self._said: list[str] = []
        self._bytes = bytearray()  # not decoded yet: a character may take two of them
        self._quiet = 0  # the depth of the hidden group that we are in, 0 for none
        self._depth = 0
        self._skip = 0  # characters to skip: after a \u they repeat it for older readers
        self._after = 1

    def read(self, rtf: bytes) -> str:
        for found in _TOKEN.finditer(rtf):
            word, number, code, sign, brace = found.groups()
            if brace:
                self._step(brace)
            elif sign == b"*" or word in _SILENT:
                self._quiet = self._quiet or self._depth
            elif not self._quiet:
                self._take(word, number, code, sign, found[0])
        self._end_bytes()
        pairs = "".join(self._said).encode("utf-16-le", "surrogatepass")
        return pairs.decode("utf-16-le", "replace").strip()

    def _step(self, brace: bytes) -> None:
        self._depth += 1 if brace == b"{" else -1
        self._skip = 0
        if self._depth < self._quiet:
            self._quiet = 0

    def _take(
        self, word: bytes | None, number: bytes | None, code: bytes | None, sign: bytes | None, whole: bytes
    ) -> None:
        if word:
            self._command(word, number)
        elif self._skip and (code or sign):
            self._skip -= 1
        elif code:
            self._bytes.append(int(code, 16))
        elif sign:
            self._say(_PLAIN.get(sign, ""))
        else:
            self._bytes += whole[self._skip :]
            self._skip = max(0, self._skip - len(whole))

    def _command(self, word: bytes, number: bytes | None) -> None:
        if word == b"u" and number:
            self._say(chr(int(number) % 0x10000))
            self._skip = self._after
        elif word == b"uc":
            self._after = max(0, min(int(number or 1), 8))
        else:
            self._say(_BREAKS.get(word, _SIGNS.get(word, "")))

    def _say(self, text: str) -> None:
        self._end_bytes()
        self._said.append(text)

    def _end_bytes(self) -> None:
        if self._bytes:
            self._said.append(decode(bytes(self._bytes), self._charset))
            self._bytes.clear()
