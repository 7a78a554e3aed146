"""A fingerprint that copies of one mail share, whatever servers and mail stores did to them."""

from hashlib import blake2b

_CHUNK = 1 << 20
_TAIL = 1 << 12
_SIZE = 16
_COUNTED = ("from", "to", "cc", "date", "subject")
_LINE_ENDS = b"\r\n"


def fingerprint(named: dict[str, str], raw: bytes, body: int) -> bytes:
    """16 bytes over From, To, Cc, Date, Subject and the body, raw[body:].

    CR is ignored, and so are line ends at the very end, because mail stores add and drop them. Runs of spaces
    in a header count as one, because folding changes them. Trace headers such as Received do not count: a
    copy in another folder is the same mail.
    """
    state = blake2b(digest_size=_SIZE)
    headers = " ".join("\0 ".join([named.get(name, "") for name in _COUNTED]).split())
    state.update(headers.encode("utf-8", "surrogatepass"))
    end = _last(raw, body)
    for start in range(body, end, _CHUNK):
        stop = min(start + _CHUNK, end)
        state.update(raw[start:stop].replace(b"\r", b""))
    return state.digest()


def _last(raw: bytes, body: int) -> int:
    """Where the body ends without the line ends at its very end."""
    end = len(raw)
    while end > body:
        start = max(body, end - _TAIL)
        if kept := len(raw[start:end].rstrip(_LINE_ENDS)):
            return start + kept
        end = start
    return end
