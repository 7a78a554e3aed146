"""Forwarding a mail to a supplier or carrier, and the side thread that results."""

from collections.abc import Iterable

from deskterm.config.paths import private
from deskterm.desk.attachments import save
from deskterm.desk.reply import recipients
from deskterm.desk.reply import text as writing
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.messages import Address, Direction, Message
from deskterm.domain.review.replies import Draft
from deskterm.domain.ticket_work.side_threads import SideThread, forward_subject, forward_text
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import changes, customers, events, tickets
from deskterm.storage.mail import originals
from deskterm.storage.replies import drafts
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import side_threads


class Forwarding:
    """Side threads. Nothing written in them counts as an answer to the customer."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def contacts(self) -> tuple[Address, ...]:
        """The contacts of side threads, the most recent first."""
        with self._shop.db.read() as tx:
            return side_threads.contacts(tx)

    def threads(self, ticket_id: int) -> tuple[SideThread, ...]:
        """The threads of a ticket, oldest first."""
        with self._shop.db.read() as tx:
            return side_threads.for_ticket(tx, tickets.root(tx, ticket_id))

    def parent(self, ticket_id: int) -> int | None:
        """The ticket a side thread belongs to; None for a customer's own ticket."""
        with self._shop.db.read() as tx:
            return side_threads.parents(tx, [ticket_id]).get(ticket_id)

    def forget_contact(self, address: str) -> None:
        """Remove a contact from the list; their mails stay."""
        with self._shop.db.write() as tx:
            side_threads.forget_contact(tx, address)

    def begin(self, ticket_id: int, to: Address, message_id: int | None, now: int) -> Draft:
        """A saved draft that forwards a mail (None: the customer's newest) with its attachments.

        It starts a side thread of the ticket, or continues the one with that contact; a draft already begun
        there is returned as it is. NotNow for an invalid address, for the ticket's own customer, and while
        part of the mail is still on the server.
        """
        if "@" not in to.address:
            raise NotNow(f"{to.address or 'That'} is not a mail address.")
        with self._shop.db.write() as tx:
            at = load_context(tx, ticket_id)
            if to.key in {one.casefold() for one in at.customer.addresses}:
                raise NotNow(f"{to.display} is the customer.", todo="Write a reply instead.")
            side = self._thread_with(tx, at, to, now)
            begun = drafts.find(tx, side)
            if begun is not None:
                return begun
            mail = _mail_to_forward(at, message_id)
            return drafts.save(tx, self._forward(tx, at, side, to, mail), now)

    def wait_until(self, side: int, until: int, now: int) -> Done:
        """Set until when a contact has time to answer. NotNow if that is past or they have answered."""
        with self._shop.db.write() as tx:
            thread = side_threads.get(tx, side)
            if until <= now or not thread.is_awaited:
                raise NotNow(
                    f"No answer from {thread.name} is awaited." if until > now else "That time is past."
                )
            action = changes.change(tx, side, now, By.OWNER, snoozed_until=until)
            return Done(f"Waiting for {thread.name}", action, (side_threads.parents(tx, [side])[side],))

    def _thread_with(self, tx: Tx, at: TicketContext, to: Address, now: int) -> int:
        side_threads.remember_contact(tx, to, now)
        contact = customers.upsert(tx, to, now)
        for thread in side_threads.for_ticket(tx, at.ticket.id):
            if thread.contact.key == to.key:
                return thread.ticket_id
        subject = forward_subject(at.ticket.subject)
        made = side_threads.create(tx, at.ticket.id, contact, subject, now)
        events.add(tx, events.new_action(tx), made, now, By.OWNER, What.CREATED, None, subject)
        return made

    def _forward(self, tx: Tx, at: TicketContext, side: int, to: Address, mail: Message | None) -> Draft:
        settings, formats = self._shop.settings, self._shop.formats
        words = writing.add_sign_off("", settings.shop)
        if mail is not None:
            when = f"{formats.date(mail.at)}, {formats.time(mail.at)}"
            words = f"{words.rstrip()}\n\n{forward_text(mail, when)}\n"
        return Draft(
            ticket_id=side,
            body=f"\n\n{words.lstrip()}",
            subject=forward_subject(mail.subject if mail else at.ticket.subject),
            sender=recipients.our_address(at, settings),
            to=(to,),
            attachments=tuple(self._attachments(tx, mail)) if mail else (),
        )

    def _attachments(self, tx: Tx, mail: Message) -> Iterable[str]:
        """The mail's attachments as files for a draft, kept apart from files the owner saved."""
        from deskterm.mail.parse import content  # noqa: PLC0415 - not needed for the first paint

        files = [one for one in mail.attachments if not one.inline]
        raw = originals.whole(tx, mail.id) if files else b""
        folder = private(self._shop.home.data_folder / "forwarded")
        for one in files:
            yield str(save(folder, one.name or f"attachment-{one.part}", content(raw, one.part)))


def _mail_to_forward(at: TicketContext, message_id: int | None) -> Message | None:
    """The mail to forward: the named one unless it is a note, else the customer's newest."""
    named = next((one for one in at.messages if one.id == message_id), None)
    return named if named is not None and named.direction is not Direction.NOTE else at.question
