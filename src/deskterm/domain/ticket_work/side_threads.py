"""Side threads: mails with a supplier or carrier about a ticket, never to its customer."""

import re

from deskterm.domain.messages import Address, Message
from deskterm.domain.tickets import Status
from deskterm.value_class import dataclass

_MARKS = re.compile(r"^\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv|wtr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
FORWARDED = "---------- Forwarded message ----------"
ANSWER_WITHIN = 3  # working days for a supplier to answer, by default


@dataclass(frozen=True, slots=True)
class SideThread:
    """A side thread of a ticket; it has a number of its own. Times are UTC seconds.

    `until` is when an answer is due, None once there is one. `status`: waiting (they are to answer) or
    open (they have answered).
    """

    ticket_id: int
    contact: Address
    subject: str
    status: Status
    last_at: int
    messages: int = 0
    until: int | None = None

    @property
    def is_answered(self) -> bool:
        """Whether the newest mail is theirs."""
        return self.status is Status.OPEN and self.messages > 0

    @property
    def is_awaited(self) -> bool:
        """Whether we wait for their answer. A mail in the outbox counts as sent, a draft does not."""
        return self.status is Status.WAITING and (self.messages > 0 or self.until is not None)

    @property
    def name(self) -> str:
        """The name that the owner has given them."""
        return self.contact.name or self.contact.address


def forward_subject(subject: str) -> str:
    """The subject of a forwarded mail: `Fwd: Broken mug`, with a single prefix."""
    return f"Fwd: {_MARKS.sub('', subject).strip()}".strip()


def above_forward(body: str) -> str:
    """The owner's text above a forwarded mail; the forward line itself if there is none."""
    above, mark, _ = body.partition(FORWARDED)
    return above if above.strip() or not mark else mark


def forward_text(message: Message, when: str) -> str:
    """The text of a mail as it is forwarded, without quotes; `when` is its time in words."""
    to = ", ".join(one.display for one in message.to)
    head = [
        FORWARDED,
        f"From: {message.sender.display}",
        f"Date: {when}",
        *([f"To: {to}"] if to else []),
        f"Subject: {message.subject}",
    ]
    return "\n".join([*head, "", message.own_words])
