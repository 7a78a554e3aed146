"""Forms whose labels the shop's owner made up: "Your question", "How can we help?", in any language.

Such a mail is recognised by its shape: labels with values, and one mail address among the values. The longest
other value is taken as the customer's message.
"""

import re
from collections.abc import Iterator

from deskterm.mail.kind.forms import read_form
from deskterm.mail.kind.label_rows import with_colons
from deskterm.mail.values import Mail

_ADDRESS = re.compile(r"\W{0,3}([\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6})\W{0,3}(?:\(?mailto:\S+)?")
# A full-width colon is not followed by a space; after a plain one the space may be missing before a word.
_INLINE = re.compile(
    r"[ \t*_#>|•-]{0,8}([^:：\n@]{1,60}?)[ \t*_]{0,4}(?:[:：][ \t*_]+|：|:(?=[^\W\d]\S))(\S.*)"
)
_MIXED = re.compile(
    r"[ \t*_#>|•-]{0,8}([^:：\n@]{1,60}?)[ \t*_]{0,4}"
    r"(?:[:：][ \t*_]*$()|(?:[:：][ \t*_]+|：|:(?=[^\W\d]\S))(\S.*))"
)
_ASKED = re.compile(r"[ \t*_#>|•-]{0,8}([^:：?？\n@]{1,60}?[?？])[ \t*_]+(\S.*)")
_ABOVE = re.compile(r"[ \t*_#>|•-]{0,8}([^:：\n@]{1,60}?)[ *_]{0,4}[:：?？][ \t*_]*")
_NAME = re.compile(
    r"(?:\b|_)(?:name|nom|prénom|nombre|nome|naam|imię|namn|navn|nimi|jméno|vorname|nachname|isim|who|heißt|heißen|appell\w+|llamas?|chiami|heet|nazywasz|heter|hedder)(?:\b|_)"
    r"|名前|姓名|氏名|이름",
    re.IGNORECASE,
)
_FOOT = re.compile(r"-{2,}\s*|_{5,}\s*")
_MOST_LINES = 400
_MOST_WORDS = 9
_SHORT = 4
_HEAD, _FIRST, _FEWEST = 2_000, 4, 2
_Pairs = list[tuple[str, str]]


def read_free_form(text: str) -> dict[str, str]:
    """The name, email and message of a form with labels of its own; empty if the text is not one."""
    if "@" not in text:  # quick way out for most mails
        return {}
    for laid in (text, with_colons(text)):
        lines = [line.rstrip() for line in laid.split("\n", _MOST_LINES)[:_MOST_LINES]]
        for pairs in (_inline, _above, _paragraphs, _either_place, _behind_question, _in_turn):
            if found := _fields(pairs(lines)):
                return found
    return {}


def all_fields(text: str, mail: Mail) -> dict[str, str]:
    """The fields of a form by the usual labels, and by unknown labels if message or address is missing.

    No address is needed among the fields if Reply-To names the customer.
    """
    fields = read_form(text)
    message = fields.get("message", "")
    if message and ("email" in fields or any(one.key != mail.sender.key for one in mail.reply_to)):
        return fields
    free = read_free_form(text)
    if not free or fields.get("email", free["email"]).casefold() != free["email"].casefold():
        return fields
    if free["email"] in message:  # labels below the message
        fields["message"] = (
            free["message"] if free["message"] in message else _lines_above(message, free["email"])
        )
    return free | fields


def _lines_above(message: str, address: str) -> str:
    """A message up to the line with an address."""
    lines = message.split("\n")
    end = next(at for at, line in enumerate(lines) if address in line)
    return "\n".join(lines[:end]).strip() or message


def begins_with_label(text: str) -> bool:
    """Whether a text looks like a form from the start: two labels with values in its first lines."""
    lines = [line for line in text[:_HEAD].split("\n") if line.strip()][:_FIRST]
    return _has_labels(lines) or _has_labels(with_colons("\n".join(lines)).split("\n"))


def _has_labels(lines: list[str]) -> bool:
    return sum(_INLINE.fullmatch(line) is not None for line in lines) >= _FEWEST


def _fields(pairs: _Pairs) -> dict[str, str]:
    addresses = [(label, found[1]) for label, value in pairs if (found := _ADDRESS.fullmatch(value.strip()))]
    others = [(label, value) for label, value in pairs if value and not _ADDRESS.fullmatch(value.strip())]
    if len({address.casefold() for _, address in addresses}) != 1 or not others:
        return {}
    names = [value for label, value in others if _NAME.search(label)]
    words = [value for label, value in others if not _NAME.search(label)]
    fields = {"email": addresses[0][1]}
    if names:
        fields["name"] = " ".join(" ".join(names[:2]).split())
    if words:
        fields["message"] = max(words, key=len)
    return fields if "message" in fields else {}


def _inline(lines: list[str]) -> _Pairs:
    """`Label: value`, where a value goes on until the next label."""
    return _gather(lines, _INLINE)


def _above(lines: list[str]) -> _Pairs:
    """`Label:` on a line of its own, the value below it."""
    return _gather(lines, _ABOVE)


def _either_place(lines: list[str]) -> _Pairs:
    """Some values beside their labels, some below them."""
    return _gather(lines, _MIXED)


def _behind_question(lines: list[str]) -> _Pairs:
    """`What is your name? Ivy Lee`."""
    return _gather(lines, _ASKED)


def _in_turn(lines: list[str]) -> _Pairs:
    """A label without a colon on one line, its value on the next; the last value takes the rest."""
    filled = [line for block in _blocks(lines) for line in block]
    at = next((place for place, line in enumerate(filled) if _ADDRESS.fullmatch(line)), 0)
    if not at % 2 or not all(_is_bare_label(label) for label in filled[: at + 2 : 2]):
        return []
    found = list(zip(filled[:at:2], filled[1 : at + 1 : 2], strict=True))
    while at + 2 < len(filled):
        goes_on = (
            len(filled) > at + 4 and len(filled[at + 2].split()) <= _SHORT and _is_bare_label(filled[at + 3])
        )
        found.append((filled[at + 1], filled[at + 2] if goes_on else "\n".join(filled[at + 2 :])))
        at = at + 2 if goes_on else len(filled)
    return found


def _is_bare_label(line: str) -> bool:
    return len(line.split()) <= _MOST_WORDS and not line.endswith((".", "!", ",", "。"))


def _gather(lines: list[str], label: re.Pattern[str]) -> _Pairs:
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        if _FOOT.fullmatch(line.strip()):
            break
        head = label.fullmatch(line)
        if head and len(head[1].split()) <= _MOST_WORDS and (not found or _may_follow(line, head, found)):
            found.append((head[1], [value for value in head.groups()[1:] if value]))
        elif found:
            found[-1][1].append(line)
    return [(name, "\n".join(value).strip()) for name, value in found]


def _may_follow(line: str, head: re.Match[str], found: list[tuple[str, list[str]]]) -> bool:
    """Whether this can be a label. A question is one only after a short value, else the customer asks it."""
    asked = head.re is _ASKED or line.rstrip(" *_").endswith(("?", "？"))
    if not asked:
        return True
    before = " ".join(found[-1][1]).split() if found else []
    return 0 < len(before) <= _SHORT


def _paragraphs(lines: list[str]) -> _Pairs:
    """A label without a colon, and its value below it or in the next paragraph."""
    blocks = ["\n".join(block) for block in _blocks(lines)]
    at = next((place for place, block in enumerate(blocks) if _ADDRESS.fullmatch(block.strip())), None)
    if at is None:
        pairs = (block.partition("\n") for block in blocks)
        return [
            (label, value.strip()) for label, _, value in pairs if value and len(label.split()) <= _MOST_WORDS
        ]
    found = [(blocks[place], blocks[place + 1]) for place in range((at - 1) % 2, len(blocks) - 1, 2)]
    return [(label, value.strip()) for label, value in _with_rest(found, blocks) if "\n" not in label]


def _with_rest(pairs: _Pairs, blocks: list[str]) -> _Pairs:
    """The pairs, with what is too long for a label moved into the value before: it is the next paragraph."""
    kept: _Pairs = []
    for label, value in pairs:
        if kept and len(label.split()) > _MOST_WORDS:
            kept[-1] = (kept[-1][0], f"{kept[-1][1]}\n\n{label}\n\n{value}")
        else:
            kept.append((label, value))
    if kept and len(blocks) % 2 and kept[-1][1] == blocks[-2]:
        kept[-1] = (kept[-1][0], f"{kept[-1][1]}\n\n{blocks[-1]}")
    return kept


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if _FOOT.fullmatch(line.strip()):
            break
        if line.strip():
            block.append(line.strip())
        elif block:
            yield block
            block = []
    if block:
        yield block
