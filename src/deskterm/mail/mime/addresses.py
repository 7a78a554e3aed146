"""Address lists of header fields (RFC 5322, section 3.4), and the broken ones that mailers write."""

import re
from functools import lru_cache

from deskterm.domain.messages import Address
from deskterm.mail.mime.header_fields import readable

_MOST = 1000
_SHORT = 200
_NAME_CHARS = 200  # no person's name is longer, and a longer one would push the mail out of sight
_ENCODED = r"(?:=\?[\w-]+\?[bqBQ]\?[^?\s]*\?= ?)+"
_SIMPLE = re.compile(
    rf"(?:\"([^\"\\=]*)\"|([\w .&+'/-]*?|{_ENCODED})) *"
    r"<([\w.+=#~!$%&'*/?^`{|}-]+@[\w.-]+)>|([\w.+=-]+@[\w.-]+)"
)
_TOKEN = re.compile(r"\"(?:[^\"\\]|\\.)*\"?|<[^<>]*>?|(?:\\.|[^\"<>(),;:\\])+|.", re.DOTALL)
_COMMENT = re.compile(r"\([^()]*\)")
_BARE = re.compile(r"('?)([^\s\"<>()\[\],;]*@[^\s\"'<>(),;]+)('?)")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"?", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_NOBODY = Address("", "")


def parse_addresses(value: str) -> tuple[Address, ...]:
    """The addresses of an unfolded, not yet decoded field; groups give their members.

    At most 1,000. A name without any address gives an `Address` with an empty address
    only where nothing else stands in the field.
    """
    return _short_list(value) if len(value) < _SHORT else _list(value)


@lru_cache(maxsize=2048)
def _short_list(value: str) -> tuple[Address, ...]:
    """Parse a field of usual length; cached, because a mailbox has the same ones over and over."""
    simple = _SIMPLE.fullmatch(value)
    return (_simple(simple),) if simple else _list(value)


def _list(value: str) -> tuple[Address, ...]:
    if not value:
        return ()
    found = _AddressList(has_groups=";" in value)
    for token in _TOKEN.finditer(value):
        found.take(token.group())
        if len(found.done) >= _MOST:
            break
    held = found.close()
    return held if any(entry.address for entry in held) else _within_words(value) or held


def _simple(found: re.Match[str]) -> Address:
    address = found[3] or found[4]
    name = _name(found[1] or found[2] or "")
    return Address("" if name.casefold() == address.casefold() else name, readable(address))


def _within_words(value: str) -> tuple[Address, ...]:
    """Parse a field whose addresses are inside encoded words."""
    shown = readable(value)
    if "=?" in value and "@" in shown and "=?" not in shown:
        return parse_addresses(shown)
    return ()


class _AddressList:
    """Parses an address list token by token."""

    def __init__(self, *, has_groups: bool) -> None:
        self.done: list[Address] = []
        self._groups = has_groups
        self._words: list[str] = []
        self._comment: list[str] = []
        self._angle: str | None = None
        self._depth = 0
        self._before = ""  # a name cut by a comma: Mertens, Jana <…>

    def take(self, token: str) -> None:
        """Read the next token."""
        if token == "(":
            self._depth += 1
        elif self._depth:
            self._in_comment(token)
        elif token[0] == "<":
            if self._angle:
                self._flush()
            self._angle = token.strip("<> ")
        elif token in ",;":
            self._flush()
        elif token == ":" and self._groups and self._angle is None:
            self._words.clear()
        else:
            self._words.append(token)

    def close(self) -> tuple[Address, ...]:
        """End the list and return its addresses."""
        self._flush()
        if not self.done and self._before:
            self.done.append(Address(self._before, ""))
        return tuple(self.done)

    def _in_comment(self, token: str) -> None:
        if token == ")":
            self._depth -= 1
        else:
            self._comment.append(token)

    def _flush(self) -> None:
        words, angle, comment = self._words, self._angle, " ".join(self._comment)
        self._words, self._angle, self._comment = [], None, []
        if angle is None:
            self._bare("".join(words).strip(), comment)
        elif address := _address(angle):
            self._add(_name("".join(map(_unquote, words))) or _name(comment), address)
        elif words:
            self._before = _name("".join(map(_unquote, words)))

    def _bare(self, text: str, comment: str) -> None:
        """Read an entry without angle brackets: an address, or part of a name."""
        text = text.removeprefix("mailto:")
        if text.startswith('"') and '"@' in text:
            self._add(_name(comment), _address(text))
        elif found := _BARE.search(text):
            around = f"{text[: found.start()]} {text[found.end() :]}"
            address = found[2] if found[3] else found[1] + found[2]
            self._add(_name(_unquote(around)) or _name(comment), _address(address))
        elif text:
            self._before = f"{self._before}, {_name(_unquote(text))}".lstrip(", ")

    def _add(self, name: str, address: str) -> None:
        name = f"{self._before}, {name}" if self._before and name else name or self._before
        self._before = ""
        self.done.append(Address("" if name.casefold() == address.casefold() else name, address))


def _unquote(words: str) -> str:
    """Take the quotes off quoted strings."""
    if '"' not in words:
        return words
    return _QUOTED.sub(lambda quoted: _ESCAPE.sub(r"\1", quoted[1]), words)


def _name(text: str) -> str:
    name = " ".join(readable(text).split())[:_NAME_CHARS] if text else ""
    return name[1:-1].strip() if len(name) > 1 and name[0] == name[-1] == "'" else name


def _address(text: str) -> str:
    """An address without source route, comments, spaces and a closing dot."""
    address = readable(text)
    if '"' not in address:
        address = "".join(_COMMENT.sub("", address).split())
    if address.startswith("@"):
        address = address.rpartition(":")[2]
    return address.removeprefix("mailto:").rstrip(".")
