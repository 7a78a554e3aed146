"""Forms whose labels the shop's owner made up: "Your question", "How can we help?", in any language.

Such a mail is recognised by its shape: labels with values, and one mail address among the values. The longest
other value is taken as the customer's message.
"""

import re
from collections.abc import Iterator

from deskterm.mail.kind.form.columns import ColumnText, with_colons
from deskterm.mail.kind.form.labels import read_form
from deskterm.mail.kind.form.layouts import ADDRESS, INLINE, WAYS, Pairs
from deskterm.mail.kind.form.marks import is_added
from deskterm.mail.values import Mail

_NAME = re.compile(
    r"(?:\b|_)(?:name|nom|prénom|nombre|nome|naam|imię|namn|navn|nimi|jméno|vorname|nachname|isim|who|heißt"
    r"|heißen|appell\w+|llamas?|chiami|heet|nazywasz|heter|hedder)(?:\b|_)"
    r"|名前|姓名|氏名|이름",
    re.IGNORECASE,
)
_MOST_LINES = 400
_HEAD, _FIRST, _FEWEST = 2_000, 4, 2


def read_free_form(text: str) -> dict[str, str]:
    """The name, email and message of a form with labels of its own; empty if the text is not one."""
    if "@" not in text:  # quick way out for most mails
        return {}
    for laid in (ColumnText(text), with_colons(text)):
        lines = [line.rstrip() for line in laid.text.split("\n", _MOST_LINES)[:_MOST_LINES]]
        for pairs in WAYS:
            if found := _fields(pairs(lines)):
                return found | {"message": laid.restore(found["message"])}
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
    if any(sign in fields.get("name", "") for sign in ":："):  # a whole line of fields, read as one
        del fields["name"]
    return free | fields


def _lines_above(message: str, address: str) -> str:
    """A message up to the line with an address."""
    lines = message.split("\n")
    end = next(at for at, line in enumerate(lines) if address in line)
    return "\n".join(lines[:end]).strip() or message


def begins_with_label(text: str) -> bool:
    """Whether a text looks like a form from the start: two labels with values in its first lines."""
    lines = [line for line in text[:_HEAD].split("\n") if line.strip()][:_FIRST]
    return _has_labels(lines) or _has_labels(with_colons("\n".join(lines)).text.split("\n"))


def _has_labels(lines: list[str]) -> bool:
    return sum(INLINE.fullmatch(line) is not None for line in lines) >= _FEWEST


def _fields(pairs: Pairs) -> dict[str, str]:
    addresses = [(label, found[1]) for label, value in pairs if (found := ADDRESS.fullmatch(value.strip()))]
    others = [(label, value) for label, value in pairs if value and not ADDRESS.fullmatch(value.strip())]
    if len({address.casefold() for _, address in addresses}) != 1 or not others:
        return {}
    names = [value for label, value in others if _NAME.search(label)]
    words = [(label, value) for label, value in others if not _NAME.search(label)]
    if not words:
        return {}
    message = max(words, key=lambda pair: len(pair[1]))
    fields = {"email": addresses[0][1], "message": "\n".join((message[1], *_lines_after(pairs, message)))}
    if names:
        fields["name"] = " ".join(" ".join(names[:2]).split())
    return fields


def _lines_after(pairs: Pairs, message: tuple[str, str]) -> Iterator[str]:
    """The lines after the message that look like labels. They are the customer's if the address comes first.

    Lines that a program adds at the end are left out.
    """
    at = pairs.index(message)
    if any(ADDRESS.fullmatch(value.strip()) for _, value in pairs[at:]):
        return
    for label, value in pairs[at + 1 :]:
        line = f"{label}: {value}"
        if is_added(line):
            return
        yield line
