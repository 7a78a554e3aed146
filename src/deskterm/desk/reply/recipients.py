"""To whom a reply goes, and from which of our addresses."""

from deskterm.config.values import Mailbox, Settings
from deskterm.desk.reply.scene import TicketContext
from deskterm.domain.customers import Customer
from deskterm.domain.messages import Address


def reply_to_all(at: TicketContext, own: frozenset[str]) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """To and Cc of a reply: whom the last mail asks to be answered, and all whom it went to but ourselves.

    Replies go to Reply-To, where it names anybody but ourselves (RFC 5322, 3.6.2). Behind a contact form or a
    marketplace the customer is answered, not the machine in From.
    """
    question = at.question
    if question is None:
        return (
            (at.answered_mail.to, at.answered_mail.cc)
            if at.answered_mail
            else (_known_address(at.customer), ())
        )
    asked = tuple(one for one in question.reply_to if one.address and one.key not in own)
    direct = at.ticket.channel == "mail" and question.sender.key not in own
    to = (asked or (question.sender,)) if direct else _known_address(at.customer)
    taken = own | {one.key for one in to}
    others = (one for one in (*question.to, *question.cc) if one.address and one.key not in taken)
    return to, tuple({one.key: one for one in others}.values())


def our_address(at: TicketContext, settings: Settings) -> str:
    """The address of ours that the customer wrote to; where none shows, the first one that sends."""
    own = settings.own_addresses
    last = at.answered_mail
    written = (last.sender, *last.to, *last.cc) if last else ()
    sending = (box.address for box in settings.mailboxes if box.address)
    named = (one.address for one in written if one.key in own)
    return next(iter((*named, *sending, *settings.shop.addresses)), "")


def sending_mailbox(sender: str, settings: Settings) -> Mailbox | None:
    """The mailbox that sends as `sender`: its own, or for another address of ours the first one."""
    key = sender.casefold()
    if key not in settings.own_addresses:
        return None
    exact = (box for box in settings.mailboxes if box.address.casefold() == key)
    return next(exact, next(iter(settings.mailboxes), None))


def everybody(at: TicketContext) -> frozenset[str]:
    """All addresses in a ticket's mails, as they are compared, and the customer's own."""
    listed = (one.key for message in at.said for one in (message.sender, *message.to, *message.cc))
    return frozenset({*listed, *(address.casefold() for address in at.customer.addresses)})


def _known_address(customer: Customer) -> tuple[Address, ...]:
    return tuple(Address(customer.name, address) for address in customer.addresses[:1])
