"""Side threads: mails with a supplier or a carrier about a ticket. They never answer its customer."""

import re

from deskterm.domain.messages import Address, Message
from deskterm.domain.tickets import Status
from deskterm.value_class import dataclass

_MARKS = re.compile(r"^\s*(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv|wtr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
FORWARDED = "---------- Forwarded message ----------"
ANSWER_WITHIN = 3  # working days that a supplier is given, unless the owner says otherwise


@dataclass(frozen=True, slots=True)
class SideThread:
    """A thread beside a ticket, by the number it bears itself. Times are UTC seconds.

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
        """Whether their word is the newest."""
        return self.status is Status.OPEN and self.messages > 0

    @property
    def is_awaited(self) -> bool:
        """Whether they are to answer: a mail that is on its way counts, one being written does not."""
        return self.status is Status.WAITING and (self.messages > 0 or self.until is not None)

    @property
    def name(self) -> str:
        """How the owner knows them."""
        return self.contact.name or self.contact.address


def forward_subject(subject: str) -> str:
    """`Fwd: Broken mug`, with one mark however often it was passed on."""
    return f"Fwd: {_MARKS.sub('', subject).strip()}".strip()


def above_forward(body: str) -> str:
    """What the owner has written above a mail that is passed on; the line that marks it where that is all."""
    above, mark, _ = body.partition(FORWARDED)
    return above if above.strip() or not mark else mark


def forward_text(message: Message, when: str) -> str:
    """The words of a mail as they are passed on; `when` is its time in words. Quotes are left out."""
    to = ", ".join(one.display for one in message.to)
    head = [
        FORWARDED,
        f"From: {message.sender.display}",
        f"Date: {when}",
        *([f"To: {to}"] if to else []),
        f"Subject: {message.subject}",
    ]
    return "\n".join([*head, "", message.own_words])
