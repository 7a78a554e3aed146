"""What to do if a mail of ours came back: other ways to reach its customer."""

from collections.abc import Iterable, Sequence

from deskterm.domain.messages import Address, Direction, MachineKind, Message, mailbox_key
from deskterm.domain.orders.order import Order

_MOST = 3


def came_back(messages: Sequence[Message]) -> Message | None:
    """The newest bounce of our newest mail; None if there is none, or we have written again since."""
    mails = [one for one in messages if one.direction is not Direction.NOTE]
    for one in reversed(mails):
        if one.machine is MachineKind.BOUNCE:
            return one if any(mail.direction is Direction.OUT for mail in mails) else None
        if one.direction is Direction.OUT and one.human:
            return None
    return None


def machine_on_top(messages: Sequence[Message]) -> Message | None:
    """The newest mail, if a machine wrote it and no person waits for an answer; otherwise None.

    A customer's question stays a question when only their own auto-reply follows it.
    """
    mails = [one for one in messages if one.direction is not Direction.NOTE]
    if not mails or mails[-1].direction is not Direction.IN or mails[-1].human:
        return None
    by_people = next((one for one in reversed(mails) if one.human), None)
    asked = by_people is not None and by_people.direction is Direction.IN
    return None if asked else mails[-1]


def failed_addresses(messages: Iterable[Message]) -> dict[str, str]:
    """The mailboxes whose mail came back, each with what the report says, oldest message first.

    If the report names none of the recipients, all of them are meant. A later mail from a mailbox shows that
    it is there.
    """
    failed: dict[str, str] = {}
    sent: tuple[Address, ...] = ()
    for one in messages:
        if one.direction is Direction.OUT and one.human:
            sent = one.recipients
        elif one.machine is MachineKind.BOUNCE:
            report = f"{one.machine_words}\n{one.text}".casefold()
            named = [address for address in sent if address.key in report] or sent
            failed |= {mailbox_key(address.key): one.machine_words for address in named}
        elif one.direction is Direction.IN and one.human:
            failed.pop(mailbox_key(one.sender.key), None)
    return failed


def other_contacts(failed: Iterable[str], addresses: Iterable[str], orders: Iterable[Order]) -> str:
    """A sentence with other addresses to write to, and phone numbers from orders.

    `failed` are the addresses that the mail went to, `addresses` and `orders` are the customer's.
    """
    listed = list(orders)
    tried = {mailbox_key(one) for one in failed}
    known = {mailbox_key(one): one for one in (*addresses, *(order.email for order in listed)) if one}
    others = [one for key, one in known.items() if key not in tried][:_MOST]
    phones = {order.phone: order.mark for order in reversed(listed) if order.phone}
    ways = [f"write to {' or '.join(others)}"] if others else []
    ways += [f"call {phone} ({mark})" for phone, mark in list(phones.items())[-_MOST:][::-1]]
    if not ways:
        look = "look at the order in the store" if listed else "look for an order of theirs in the store"
        return f"No other address or phone number of theirs is known here: {look}."
    words = ", or ".join(ways)
    return f"To reach them, {words}."
