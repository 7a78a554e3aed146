"""To whom a reply goes, and from which of our addresses."""

from deskterm.config.all_settings import Mailbox, Settings
from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.domain.messages import Address
from deskterm.domain.people.customers import Customer
from deskterm.domain.people.recipients import nobody_reads
from deskterm.domain.people.undelivered import came_back, failed_addresses, machine_on_top
from deskterm.domain.suggest.offer import Abstention
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx


def reply_to_all(
    at: TicketContext, own: frozenset[str], also_own: frozenset[str] = frozenset()
) -> tuple[tuple[Address, ...], tuple[Address, ...]]:
    """To and Cc of a reply: whom an answer to the last mail reaches, and everyone else it went to except us.

    `also_own` are addresses that deliver to us but are not in the settings: they are left out of Cc. Whom an
    answer reaches was decided when the mail was read: by Reply-To (RFC 5322, 3.6.2), or the person for whom a
    form, a group or a marketplace wrote.
    """
    question = at.question
    if question is None:
        mail = at.answered_mail
        to = tuple(one for one in mail.to if one.key not in own) if mail else ()
        return to or _known_address(at.customer), mail.cc if mail else ()  # Bcc stays hidden from the others
    to = tuple(one for one in question.answer_to if one.address and one.key not in own)
    to = to or _known_address(at.customer)
    taken = own | also_own | {one.key for one in (*to, question.sender)}
    others = (one for one in (*question.to, *question.cc) if one.address and one.key not in taken)
    return to, tuple({one.key: one for one in others}.values())


def why_nobody_reads(at: TicketContext, own: frozenset[str]) -> Abstention:
    """Why an answer to the newest mail would reach nobody; NONE if it reaches somebody."""
    if machine_on_top(at.messages):
        return Abstention.RETURNED if came_back(at.messages) else Abstention.MACHINE
    to, _ = reply_to_all(at, own)
    return Abstention.UNREAD if to and all(map(nobody_reads, to)) else Abstention.NONE


def addresses_that_failed(tx: Tx, at: TicketContext) -> dict[str, str]:
    """The mailboxes of the customer whose mail came back, on this ticket or an earlier one."""
    earlier = messages.of_bounced(tx, at.customer.id)
    mails = {one.id: one for one in (*earlier, *at.messages)}
    return failed_addresses(sorted(mails.values(), key=lambda one: (one.at, one.id)))


def our_address(at: TicketContext, settings: Settings) -> str:
    """The address of ours that the customer wrote to; if none is visible, the first one that sends."""
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
    """All addresses in a ticket's mails, normalised, and the customer's own."""
    listed = (
        one.key
        for message in at.messages
        for one in (message.sender, *message.answer_to, *message.to, *message.cc)
    )
    return frozenset({*listed, *(address.casefold() for address in at.customer.addresses)})


def _known_address(customer: Customer) -> tuple[Address, ...]:
    return tuple(Address(customer.name, address) for address in customer.addresses[:1])
