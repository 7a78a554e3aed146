"""Taking a machine's report apart: its text, its fields, the mail it is about (RFC 3462, 3464, 5965)."""

import re
from dataclasses import field

from deskterm.mail.message_ids import ids
from deskterm.mail.mime.charset import decode
from deskterm.mail.mime.header_fields import fields, find_head
from deskterm.mail.mime.parts import Part, first_of_each, tree
from deskterm.mail.mime.transfer_encoding import decode_content
from deskterm.mail.text.readable import is_stub
from deskterm.value_class import dataclass

_METHODS = frozenset("ADD CANCEL COUNTER DECLINECOUNTER PUBLISH REFRESH REPLY REQUEST".split())  # RFC 5546
_BYTES = 400_000  # how much of a report is read; the rest is the returned mail's body
_NOTES = 60_000
_RECIPIENT_FIELDS = frozenset(
    {"final-recipient", "original-recipient", "action", "status", "diagnostic-code"}
)
_ORIGINAL = re.compile(
    r"^[^\w\n]*(?:below this line is a copy|this is a copy of (?:the|your) message"
    r"|(?:the )?original message(?: follows)?\W*$|returned message\W*$"
    r"|unsent message follows|message text follows|original mail as follows|(?:below is"
    r"|here is) a copy of (?:the|your) (?:original )?message|message headers? follows?)"
    r"|^ {0,4}(?:Received|Return-Path|DKIM-Signature|X-[\w-]+|Message-ID): ?\S",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(slots=True)
class MachineReport:
    """A report: its text (`notes`), the fields per recipient (`groups`), the returned mail's (`original`)."""

    notes: str = ""
    groups: list[dict[str, str]] = field(default_factory=list)
    feedback: dict[str, str] = field(default_factory=dict)
    original: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    method: str = ""  # of a calendar part

    @property
    def about(self) -> tuple[str, ...]:
        """The Message-IDs of the returned mail."""
        return ids(self.original.get("message-id", ""))


def read_report(raw: bytes) -> MachineReport:
    """Take a mail apart as a report. One that is not a report gives its text and no fields."""
    raw = raw[:_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    report = MachineReport()
    _read_report(raw, report, nested=False)
    return report


def _read_report(raw: bytes, report: MachineReport, *, nested: bool) -> None:
    start, stop, body = find_head(raw, 0, len(raw))
    named = first_of_each(fields(raw[start:stop]))
    parts = tree(raw, named, body)
    report.kind = report.kind or parts.root.params.get("report-type", "").lower()
    for leaf in parts.leaves:
        _read_leaf(raw, leaf, report, nested=nested)
    if not report.groups:
        report.groups = _groups(report.notes)
    if not report.original:
        _split_notes(report)


def _read_leaf(raw: bytes, leaf: Part, report: MachineReport, *, nested: bool) -> None:
    if _repeats(raw, leaf, report.notes.strip()):
        return
    data = decode_content(memoryview(raw)[leaf.start : leaf.end], leaf.encoding)
    if leaf.type in ("message/delivery-status", "message/global-delivery-status"):
        report.groups += _groups(decode(data, ""))
    elif leaf.type == "message/feedback-report":
        report.feedback = report.feedback or _fields(decode(data, ""))
    elif leaf.type in ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"):
        _read_original(data, report, nested=nested)
    elif leaf.type == "text/calendar":
        method = leaf.params.get("method", "").upper()
        report.method = method if method in _METHODS else report.method
    elif leaf.type in ("text/plain", "text/html") and len(report.notes) < _NOTES:
        report.notes += decode(data[:_NOTES], leaf.params.get("charset", "")) + "\n"


def _repeats(raw: bytes, leaf: Part, before: str) -> bool:
    """Whether an HTML part only repeats the plain text, without the returned mail's headers."""
    if leaf.type != "text/html" or leaf.parent != "multipart/alternative" or not before or is_stub(before):
        return False
    return raw.find(b"Message-I", leaf.start, leaf.end) < 0


def _read_original(data: bytes, report: MachineReport, *, nested: bool) -> None:
    if report.original:
        return
    start, stop, _ = find_head(data, 0, len(data))
    report.original = first_of_each(fields(data[start:stop]))
    if not nested and "multipart/report" in report.original.get("content-type", "").lower():
        report.original = {}  # a report about a report: the inner one says more
        _read_report(data, report, nested=True)


def _groups(text: str) -> list[dict[str, str]]:
    """The blocks of fields that are about a recipient."""
    found = []
    for block in re.split(r"\n[ \t]*\n", text):
        if "status" in block.casefold() or "recipient" in block.casefold():
            group = _fields(block)
            if len(_RECIPIENT_FIELDS & group.keys()) > 1:
                found.append(group)
    return found


def _fields(block: str) -> dict[str, str]:
    return first_of_each(fields(block.strip("\n").encode("utf-8", "replace")))


def _split_notes(report: MachineReport) -> None:
    """Cut off the returned mail that old reports have in their text, and read its headers."""
    found = _ORIGINAL.search(report.notes)
    if found is None:
        return
    rest = report.notes[found.start() :]
    report.notes = report.notes[: found.start()]
    for line in ("Message-ID", "To", "Subject"):
        value = re.search(
            rf"^[ \t]{{0,4}}{line}:[ \t]*(.{{1,500}}(?:\n[ \t]+.{{1,300}})?)",
            rest,
            re.IGNORECASE | re.MULTILINE,
        )
        if value:
            report.original[line.lower()] = value[1]
