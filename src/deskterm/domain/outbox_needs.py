"""What in the outbox needs the owner, in words that the status line and all commands share."""

from enum import StrEnum

from deskterm.value_class import dataclass


class NeedKind(StrEnum):
    """Why a reply or a store action is stuck until the owner acts, the worst first."""

    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    NOT_TO_ALL = "not_to_all"
    BLOCKED = "blocked"  # due, but its account cannot send
    ACTION_UNKNOWN = "action_unknown"  # a store action, such as a refund, may have happened
    ACTION_REFUSED = "action_refused"  # a store action did not happen


_SHORT = {
    NeedKind.UNCERTAIN: "may have been sent",
    NeedKind.REFUSED: "refused",
    NeedKind.NOT_TO_ALL: "not sent to all",
    NeedKind.BLOCKED: "cannot be sent yet",
    NeedKind.ACTION_UNKNOWN: "unknown in a store",
    NeedKind.ACTION_REFUSED: "not done in a store",
}
_ONE = {
    NeedKind.UNCERTAIN: "1 reply may have been sent.",
    NeedKind.REFUSED: "1 reply was refused by the server.",
    NeedKind.NOT_TO_ALL: "1 reply was sent, but refused for some of its recipients.",
    NeedKind.BLOCKED: "1 reply is due and cannot be sent: its mailbox fails.",
    NeedKind.ACTION_UNKNOWN: "1 action in a store may have happened: the answer is missing.",
    NeedKind.ACTION_REFUSED: "1 action in a store did not happen.",
}
_MANY = {
    NeedKind.UNCERTAIN: "{} replies may have been sent.",
    NeedKind.REFUSED: "{} replies were refused by the server.",
    NeedKind.NOT_TO_ALL: "{} replies were sent, but refused for some of their recipients.",
    NeedKind.BLOCKED: "{} replies are due and cannot be sent: their mailbox fails.",
    NeedKind.ACTION_UNKNOWN: "{} actions in stores may have happened: the answers are missing.",
    NeedKind.ACTION_REFUSED: "{} actions in stores did not happen.",
}
_SAFE = {
    NeedKind.UNCERTAIN: "None of them is sent again by itself.",
    NeedKind.REFUSED: "The text is kept.",
    NeedKind.NOT_TO_ALL: "Those who have it do not get it twice.",
    NeedKind.BLOCKED: "What is in the outbox stays there and goes out once.",
    NeedKind.ACTION_UNKNOWN: "Nothing is repeated before the store was asked.",
    NeedKind.ACTION_REFUSED: "Nothing was changed by it.",
}
_TODO = {
    NeedKind.UNCERTAIN: "Look into your Sent folder, then say in the outbox (g o) what happened.",
    NeedKind.REFUSED: "Open the outbox (g o): it shows the server's words.",
    NeedKind.NOT_TO_ALL: "Open the outbox (g o): there you see who was refused, try again or give up.",
    NeedKind.BLOCKED: "`deskterm status` says why; `deskterm sync` tries again.",
    NeedKind.ACTION_UNKNOWN: "`deskterm sync` asks the store; O on the ticket settles what it does not know.",
    NeedKind.ACTION_REFUSED: "O on the ticket (or `deskterm act`) says why, tries it again or leaves it.",
}


@dataclass(frozen=True, slots=True)
class OutboxNeed:
    """How many replies need the owner for one reason; `what`, `safe` and `todo` are sentences for them."""

    need: NeedKind
    count: int

    @property
    def short(self) -> str:
        """For the status line: `2 refused`."""
        return f"{self.count} {_SHORT[self.need]}"

    @property
    def what(self) -> str:
        """What happened."""
        return _ONE[self.need] if self.count == 1 else _MANY[self.need].format(self.count)

    @property
    def safe(self) -> str:
        """What is not lost."""
        return _SAFE[self.need]

    @property
    def todo(self) -> str:
        """What to do about it."""
        return _TODO[self.need]
