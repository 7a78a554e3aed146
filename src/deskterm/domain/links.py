"""Making links safe to show and open: only http and https, in unambiguous ASCII."""

import re
import unicodedata

_MOST = 8192
_READABLE = 600  # characters of an address that a question on a low screen shows to its end
_SHAPE = re.compile(r"(https?):[/\\]{2}([^/\\?#]+)(.*)", re.IGNORECASE | re.DOTALL)
_IGNORED = re.compile("[\t\r\n]")  # browsers ignore them, even inside the scheme
_ESCAPED = re.compile(r"[^!#-;=?-Z\[\]_a-z~%]")
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_HOST_CHARS = re.compile(r"[A-Za-z0-9._:\[\]-]+")
_LABEL_BYTES = 63
_HOST_BYTES = 253


def shown_link(url: str) -> str | None:
    """`url` in plain ASCII, its host in punycode; None if it is not a web address."""
    if len(url) > _MOST:
        return None
    shape = _SHAPE.fullmatch(_IGNORED.sub("", url.strip()))
    if shape is None:
        return None
    scheme, authority, rest = shape.groups()
    user, at, place = authority.rpartition("@")
    host, colon, port = place.rpartition(":") if re.search(r":\d*$", place) else (place, "", "")
    plain = punycode(host)
    if plain is None:
        return None
    return f"{scheme.lower()}://{_escape(user)}{at}{plain}{colon}{port}{_escape(rest)}"


def is_plain(page: str) -> bool:
    """Whether an address as `shown_link` gives it can be read to its end and names no user before its host.

    A user reads like a host: `https://dhl.example@other.example/` opens other.example.
    """
    authority = page.split("/", 3)[2]
    return len(page) <= _READABLE and "@" not in re.split(r"[?#]", authority, maxsplit=1)[0]


def punycode(host: str) -> str | None:
    """A host name in ASCII (RFC 3492, IDNA 2008, so ß is kept); None if it is not a host name."""
    if host.isascii():
        return host if _HOST_CHARS.fullmatch(host) and len(host) <= _HOST_BYTES else None
    if len(host) > _HOST_BYTES:
        return None
    labels = [_label(part) for part in unicodedata.normalize("NFKC", host).lower().split(".")]
    whole = ".".join(labels)
    return whole if all(labels) and len(whole) <= _HOST_BYTES else None


def _label(label: str) -> str:
    """A label of a host name in ASCII; "" if it is invalid."""
    letters = "".join(char for char in label if unicodedata.category(char)[0] != "M")
    if not _LABEL.fullmatch(letters):
        return ""
    plain = label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
    return plain if len(plain) <= _LABEL_BYTES else ""


def _escape(text: str) -> str:
    """Percent-encode (RFC 3986, UTF-8) all characters that a link must not contain."""
    return _ESCAPED.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode("utf-8", "replace")), text
    )
