"""What makes two mails the same mail, however they were carried."""

from hashlib import blake2b

_CHUNK = 1 << 20
_TAIL = 1 << 12
_SIZE = 16
_TOLD = ("from", "to", "cc", "date", "subject")
_LINE_ENDS = b"\r\n"


def fingerprint(named: dict[str, str], raw: bytes, body: int) -> bytes:
    """Give 16 bytes over From, To, Cc, Date, Subject and the body in raw[body:].

    CR counts nowhere, so line ends count as LF and those at the very end not at all (mail stores add and
    drop them); spaces of a field count as one, because folding changes them. Trace
    fields are left out: a copy in another folder is the same mail.
    """
    state = blake2b(digest_size=_SIZE)
    told = " ".join("\0 ".join([named.get(name, "") for name in _TOLD]).split())
    state.update(told.encode("utf-8", "surrogatepass"))
    end = _last(raw, body)
    for start in range(body, end, _CHUNK):
        stop = min(start + _CHUNK, end)
        state.update(raw[start:stop].replace(b"\r", b""))
    return state.digest()


def _last(raw: bytes, body: int) -> int:
    """Give where the body ends when the line ends at its very end are left out."""
    end = len(raw)
    while end > body:
        start = max(body, end - _TAIL)
        if kept := len(raw[start:end].rstrip(_LINE_ENDS)):
            return start + kept
        end = start
    return end
