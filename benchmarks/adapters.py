"""deskterm's mail reading in the shapes that outside scorers call.

Each function takes and returns plain values: `parse(raw)` a dict, `trim(text)` the text
without its folds, `join(raws)` one key for each mail. Run from the project's
root with `PYTHONPATH=src:.`, naming for example `benchmarks.adapters:parse`.
"""

from collections.abc import Iterable
from typing import Any

from deskterm.domain.messages import Address, MachineKind
from deskterm.domain.suggest.learner import Learner, Lesson
from deskterm.mail.kind.automatic import judge
from deskterm.mail.message_ids import join as joined
from deskterm.mail.parse import content
from deskterm.mail.parse import parse as parsed_mail
from deskterm.mail.text import folding
from deskterm.mail.text.readable import readable
from deskterm.mail.values import Mail

_BOUNCES = (MachineKind.BOUNCE, MachineKind.DELAY)


def parse(raw: bytes) -> dict[str, Any]:
    """Take a mail apart and judge it: headers, both texts, attachments with their bytes, the verdict."""
    parsed = parsed_mail(raw)
    verdict = judge(parsed, raw, readable(parsed).text)
    return _headers(parsed) | {
        "text": parsed.plain,
        "html": parsed.html,
        "attachments": [(one.name, one.type, content(raw, one.part)) for one in parsed.attachments],
        "bounce": verdict.kind in _BOUNCES,
        "auto": verdict.kind is not MachineKind.HUMAN,
        "bounce_status": verdict.status,
        "bounce_hard": verdict.hard,
    }


def trim(text: str) -> str:
    """Give the text without what deskterm folds."""
    return folding.own_words(text)


def join(raws: Iterable[bytes]) -> list[int]:
    """Give one key for each mail, the same for mails of one thread."""
    mails = map(parsed_mail, raws)
    return joined([(mail.message_id, (*mail.in_reply_to, *mail.references)) for mail in mails])


def _headers(parsed: Mail) -> dict[str, str]:
    return {
        "from_email": parsed.sender.address,
        "from_name": parsed.sender.name,
        "to": _listed(parsed.to),
        "cc": _listed(parsed.cc),
        "reply_to": _listed(parsed.reply_to),
        "subject": parsed.subject,
        "message_id": parsed.message_id,
        "in_reply_to": " ".join(parsed.in_reply_to),
        "references": " ".join(parsed.references),
    }


def _listed(entries: tuple[Address, ...]) -> str:
    return ", ".join(entry.display for entry in entries)


class Suggestions:
    """The learner of answers, as `learn(text, label)` and `suggest(text, n)`: labels, best first."""

    def __init__(self) -> None:
        self._learner = Learner()
        self._lessons: list[Lesson] = []
        self._fitted = 0

    def learn(self, text: str, label: str) -> None:
        self._lessons.append(Lesson(text, label))

    def suggest(self, text: str, n: int) -> list[str]:
        if self._fitted != len(self._lessons):
            self._learner.fit(self._lessons)
            self._fitted = len(self._lessons)
        scores = self._learner.scores(text)
        return sorted(scores, key=lambda label: -scores[label])[:n]
