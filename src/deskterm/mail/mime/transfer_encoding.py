"""Content-Transfer-Encoding (RFC 2045, section 6), of damaged mail too."""

import binascii
import re

_NAME = re.compile(r"[\w-]+")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_UU_NAMES = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})
_UU = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.MULTILINE)
# Two full lines, one full line without a space, or a short line followed by the usual two last lines.
_BARE_UU_LINES = r"^(?:(?:M[ -`]{60}\r?\n){2}|M[!-`]{60}\r?$|[!-L][!-`]{4,57}\r?\n`\r?\nend\b)"
_BARE_UU = re.compile(_BARE_UU_LINES.encode(), re.MULTILINE)
_BARE_UU_TEXT = re.compile(_BARE_UU_LINES, re.MULTILINE)
_WHOLE_UU, _FEWEST_UU = 45, 2  # bytes a line, lines
_ROWS = re.compile(rb"([^\r\n]*)[ \t]*(?:\r?\n|$)")
_EXACT_BYTES = 1 << 20
_MOST_UU = 100
# A word as people write it: base64 mixes upper and lower case and digits within one.
_WORD = re.compile(rb"[(\"'#]?(?:[A-Z]?[a-z\x80-\xff'-]*|[A-Z]+|\d{1,16})[.,:;!?)\"']{0,3}")
_ENCODED_HEAD = re.compile(rb"\s*((?:[A-Za-z0-9+/]{1,76}={0,2}\r?\n)+)(?=\r?\n)")
_SHORTEST_HEAD = 16  # letters
_SAMPLE, _FEW_WORDS, _LONGEST_WORD = 2_000, 3, 20  # bytes, words, bytes a word on average


def encoding_name(value: str) -> str:
    """The encoding that a field names, in lower case, without comments and stray characters."""
    if value in ("quoted-printable", "7bit", "8bit", "base64", ""):
        return value
    found = _NAME.search(value)
    return found.group().lower() if found else ""


def decode_content(data: bytes | memoryview, encoding: str) -> bytes:
    """Decode content; data in an unknown encoding stays as it is."""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(data)
    if encoding == "base64":
        return _base64(data)
    if encoding in _UU_NAMES:
        return _uu_part(bytes(data))
    return bytes(data)


def decoded_size(raw: bytes, start: int, end: int, encoding: str) -> int:
    """The size in bytes of the decoded content of raw[start:end]; base64 is not decoded for it."""
    if encoding == "base64":
        held = end - start - raw.count(b"\n", start, end) - raw.count(b"\r", start, end)
        tail = raw[max(start, end - 8) : end]
        return max(0, held * 3 // 4 - tail.count(b"="))
    if encoding in ("quoted-printable", *_UU_NAMES):
        return len(decode_content(memoryview(raw)[start:end], encoding))
    return end - start


def reads_as_text(data: bytes) -> bool:
    """Whether data declared as base64 is really plain text: words, not lines of equal length."""
    words = data[:_SAMPLE].split()
    if len(words) > _FEW_WORDS and sum(map(len, words)) < _LONGEST_WORD * len(words):
        return True
    are_words = bool(words) and len(data) < _SAMPLE and all(map(_WORD.fullmatch, words))
    return are_words and bool(sum(map(len, words)) % 4 or not _shows_text(_base64(data)))


def with_encoded_head(data: bytes) -> bytes:
    """The text with its base64 lines decoded, if plain words follow them: a gateway added a footer."""
    found = _ENCODED_HEAD.match(data)
    head = b"".join(found[1].split()) if found else b""
    if not found or len(head) < _SHORTEST_HEAD or len(head) % 4 or not _shows_text(_base64(head)):
        return data
    return _base64(head) + b"\n" + data[found.end() :]


def _shows_text(data: bytes) -> bool:
    """Whether bytes are printable text in UTF-8."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and all(char.isprintable() or char in "\r\n\t" for char in text)


def _base64(data: bytes | memoryview) -> bytes:
    try:
        out = binascii.a2b_base64(data)
    except binascii.Error:
        return _damaged_base64(bytes(data))
    return _damaged_base64(bytes(data)) if _goes_on(data, len(out)) else out


def _goes_on(data: bytes | memoryview, read: int) -> bool:
    """Whether decoding stopped at a `=` although more follows."""
    if len(data) > _EXACT_BYTES:
        return read * 4 // 3 + len(data) // 16 < len(data)
    return bool(bytes(data).partition(b"=")[2].strip(b"=\r\n\t "))


def _damaged_base64(data: bytes) -> bytes:
    """Decode base64 that goes on after its padding or is cut off; other characters are skipped."""
    out: list[bytes] = []
    for run in data.split(b"="):
        kept = _NOT_BASE64.sub(b"", run)
        if len(kept) % 4 == 1:
            kept = kept[:-1]
        out.append(binascii.a2b_base64(kept + b"=" * (-len(kept) % 4)))
    return b"".join(out)


def _uu_part(data: bytes) -> bytes:
    blocks = uu_blocks(data)
    return b"".join(content for _, _, _, content in blocks) if blocks else data


def may_hold_uu(text: str) -> bool:
    """Whether a text may have uuencoded files in it, with or without their first line."""
    if "\nbegin " in text or text.startswith("begin "):
        return True
    may_begin = "\nM" in text or text.startswith("M") or "\n`\n" in text or "\n`\r" in text
    return may_begin and _BARE_UU_TEXT.search(text) is not None


def uu_blocks(data: bytes) -> list[tuple[int, int, bytes, bytes]]:
    """The uuencoded files in a text: start, end, name as written (may be empty), content. Linear time."""
    found: list[tuple[int, int, bytes, bytes]] = []
    at = open_to = 0
    named = True
    while len(found) < _MOST_UU:
        begin = _UU.search(data, at) if named else None
        named = begin is not None
        if not (begin := begin or _BARE_UU.search(data, at)):
            break
        start, fewest = (begin.end(), _FEWEST_UU) if named else (begin.start(), 1)
        at, content, open_to = _uu_lines(data, start, fewest, open_to)
        if content:
            found.append((begin.start(), at, begin[1] if named else b"", content))
        at = max(at, begin.end())
    return found


def _uu_lines(data: bytes, at: int, fewest: int, open_to: int) -> tuple[int, bytes, int]:
    """Decode the lines of a file; returns where they end, their content, and up to where there is no `end`.

    Without an `end` line only full lines count. `open_to` is the third value of the call before.
    """
    if at >= open_to:
        end, lines, closed = _read_uu(data, at, strict=False)
        if closed:
            return end, b"".join(lines), open_to
        open_to = end
    end, lines, _ = _read_uu(data, at, strict=True)
    return end, _if_whole(lines, fewest), open_to


def _read_uu(data: bytes, at: int, *, strict: bool) -> tuple[int, list[bytes], bool]:
    """Where the lines end, their contents, and whether an `end` line closes them.

    Unless `strict`, lines may be shorter than they say: spaces at their ends mean zeros and often get lost.
    """
    out: list[bytes] = []
    for row in _ROWS.finditer(data, at):
        text = row[1]
        if text.rstrip() == b"end":
            return row.start() + len(text), out, True
        size = ((text[0] - 32) & 63) if text else 0
        length = 1 + (size + 2) // 3 * 4
        if len(text) > length + 3 or (strict and (not text or len(text) < length - 4)):
            return row.start(), out, False
        try:
            out.append(binascii.a2b_uu(text) if size else b"")
        except binascii.Error:
            return row.start(), out, False
    return len(data), out, False


def _if_whole(lines: list[bytes], fewest: int) -> bytes:
    return b"".join(lines) if sum(len(line) == _WHOLE_UU for line in lines) >= fewest else b""
