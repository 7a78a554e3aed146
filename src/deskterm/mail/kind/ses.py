"""Amazon's notices of bounces and complaints: JSON that SES gives to SNS and SNS mails."""

import json
import re
from collections.abc import Iterable
from typing import Any

from deskterm.domain.messages import MachineKind
from deskterm.mail.kind.bounce_reasons import Reason, codes_in, derive_status, reason_of, reply_in
from deskterm.mail.kind.form.labels import address_in
from deskterm.mail.message_ids import ids
from deskterm.mail.values import Verdict

_SIGNS = ("bounceType", "complaintFeedbackType", "complainedRecipients")
_LONGEST = 100_000
_LENIENT = json.JSONDecoder(strict=False)
_FOLDED = re.compile(r"!?\n (?! )")  # where a mail server broke a long line
_SUPPRESSED = "Suppressed"
_PERMANENT, _NO_ADDRESS = "Permanent", frozenset({"General", "NoEmail"})


def may_be_notice(text: str) -> bool:
    """Whether a text may hold such a notice."""
    head = text[:_LONGEST]
    return "{" in head and any(sign in head for sign in _SIGNS)


def read_notice(text: str) -> Verdict | None:
    """What the notice in a text reports, None if there is no notice. Never raises."""
    found = _first_object(text[:_LONGEST])
    if isinstance(found.get("Message"), str):  # SNS wraps what it was handed
        found = _first_object(found["Message"])
    complaint, bounce = _object(found, "complaint"), _object(found, "bounce")
    if complaint:
        recipient = _address(_first(complaint.get("complainedRecipients")))
        words = f"{recipient or 'A recipient'} marked our mail as spam."
        return Verdict(MachineKind.COMPLAINT, words, recipient=recipient, about=_message_ids(found))
    return _bounce(found, bounce) if bounce else None


def _bounce(found: dict[str, Any], bounce: dict[str, Any]) -> Verdict:
    who = _first(bounce.get("bouncedRecipients"))
    recipient, words = _address(who), str(who.get("diagnosticCode", ""))
    codes = codes_in(str(who.get("status", ""))) or codes_in(words)
    reason = reason_of(words, codes[0] if codes else "")
    delayed = str(who.get("action", "")).lower() == "delayed"
    kind = MachineKind.DELAY if delayed else MachineKind.BOUNCE
    return Verdict(
        kind=kind,
        words=reason.sentence(recipient),
        status=codes[0] if codes else derive_status(reason, reply_in(words)),
        hard=not delayed and _is_final(bounce, reason),
        recipient=recipient,
        about=_message_ids(found),
    )


def _is_final(bounce: dict[str, Any], reason: Reason) -> bool:
    """Whether the address will never take mail. The server's words count more than Amazon's `Permanent`."""
    sort = str(bounce.get("bounceSubType", ""))
    no_such_address = (
        reason.name == "unknown" and bounce.get("bounceType") == _PERMANENT and sort in _NO_ADDRESS
    )
    return reason.hard or sort == _SUPPRESSED or no_such_address


def _first_object(text: str) -> dict[str, Any]:
    """The first JSON object in a text; an empty one if none can be read."""
    try:
        found, _ = _LENIENT.raw_decode(_FOLDED.sub("", text[text.index("{") :]))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _object(found: dict[str, Any], name: str) -> dict[str, Any]:
    inner = found.get(name)
    return inner if isinstance(inner, dict) else {}


def _first(many: object) -> dict[str, Any]:
    return many[0] if isinstance(many, list) and many and isinstance(many[0], dict) else {}


def _address(who: dict[str, Any]) -> str:
    return address_in(str(who.get("emailAddress", "")))


def _message_ids(found: dict[str, Any]) -> tuple[str, ...]:
    """The Message-IDs of the mail it is about, as its sender wrote them."""
    mail = _object(found, "mail")
    headers = mail.get("headers")
    listed: Iterable[object] = headers if isinstance(headers, list) else ()
    texts = [str(_object(mail, "commonHeaders").get("messageId", ""))]
    texts += [
        str(one.get("value", ""))
        for one in listed
        if isinstance(one, dict) and str(one.get("name", "")).lower() == "message-id"
    ]
    return tuple(dict.fromkeys(found_id for text in texts for found_id in ids(text)))
