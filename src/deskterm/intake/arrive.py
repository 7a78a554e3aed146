"""Storing mail that arrives: skip what is stored already, find each mail's ticket, update that ticket."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from deskterm.domain.messages import Address, Cue, Direction, MachineKind
from deskterm.domain.orders.order import Order
from deskterm.domain.tickets import Status, View
from deskterm.intake import order_match, settle, which_ticket
from deskterm.intake.classify import apply_sender_rules, classify
from deskterm.intake.due import CAME_BACK, CHANGE, DISPUTE, due_reason
from deskterm.intake.rules import OLDEST, run_rules
from deskterm.intake.side_threads import thread_or_parent
from deskterm.intake.values import Arrival, ClassifiedMail, Context, Fresh
from deskterm.mail.values import ReadMail
from deskterm.storage import customers, sender_rules, tickets
from deskterm.storage.mail import aliases, folders, messages, summaries, threads
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.mail.new_message import MessageLinks
from deskterm.storage.mail.threads import Near, SubjectMatch
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import word_index
from deskterm.storage.ticket_work import merging, side_threads
from deskterm.storage.tickets import NewTicket
from deskterm.storage.upkeep import forget

FORGOTTEN = Arrival(0, 0, new=False)  # a mail of an erased customer: only where it lies is recorded


def arrive(
    tx: Tx, read: ReadMail, raw: bytes, *, place: MailPlace, arrived_at: int, context: Context
) -> Arrival:
    """Store one mail. Of a mail that is stored already only the new place is recorded."""
    return arrive_all(tx, [classify(read, raw, place, arrived_at, context)], context)[0]


def arrive_all(tx: Tx, mails: Sequence[ClassifiedMail], context: Context) -> list[Arrival]:
    """Store mails, at most a few hundred in one transaction; returns what became of each, in their order."""
    mails = apply_sender_rules(mails, sender_rules.load_rules(tx))
    gone = forget.find_forgotten(tx, ((*one.identity, one.place.role == "sent") for one in mails))
    folders.put_all(tx, [(mails[at].place, None) for at in gone])
    rest = iter(_Batch(tx, [one for at, one in enumerate(mails) if at not in gone], context).run())
    return [FORGOTTEN if at in gone else next(rest) for at in range(len(mails))]


class _Batch:
    """The mails of one transaction. One query looks up what many need, one statement writes what is new."""

    def __init__(self, tx: Tx, mails: Sequence[ClassifiedMail], context: Context) -> None:
        self._tx = tx
        self._context = context
        self._mails = mails
        self._known = messages.find_same_all(tx, {mail.identity for mail in self._mails})
        self._customers = _customers(tx, self._mails)
        self._ties = _ties(tx, self._mails)
        self._orders = order_match.known_orders(tx, self._mails)
        self._same_subject = self._find_same_subject()
        self._new_tickets: list[NewTicket] = []
        self._next_number = tickets.next_number(tx)
        self._unwritten: list[tuple[int, MessageLinks]] = []  # places in the batch
        self._words: list[word_index.Columns] = []
        self._ids: dict[int, int] = {}  # place in the batch -> message
        self._fresh: dict[int, list[int]] = defaultdict(list)  # ticket -> places in the batch
        self._became: dict[int, int] = {}  # a ticket that was joined -> the one it was joined to
        self._made: set[int] = set()  # tickets that this batch created
        self._grown: set[int] = set()  # tickets to which more may belong now, as they name more people
        self._tied: set[int] = set()  # tickets that answer, or are answered by, somebody else's
        self._kept_out = False
        self._threads = side_threads.all_parents(tx)  # side threads -> the ticket beside each

    def _find_same_subject(self) -> dict[tuple[int, str], list[SubjectMatch]]:
        wanted = {
            (self._customers[mail.customer.key], subject)
            for mail in self._mails
            for subject in which_ticket.subjects_of(mail)
        }
        times = [mail.at for mail in self._mails]
        start = min(times, default=0) - which_ticket.ANSWER_JOINS_WITHIN
        end = max(times, default=0) + which_ticket.ANSWER_JOINS_WITHIN
        return threads.same_subject(self._tx, wanted, start, end)

    def run(self) -> list[Arrival]:
        """Store all of them."""
        new = [at for at in range(len(self._mails)) if self._is_new(at)]
        for at in new:
            self._take(at)
        self._flush()
        self._grow()
        self._note_places()
        self._settle()
        aliases.learn(self._tx, [(key, self._mails[at].at) for at in new for key in self._mails[at].aliases])
        word_index.index_all(self._tx, self._words)  # last: any later statement would flush the index
        tickets_now = messages.tickets_of(self._tx, self._ids.values())
        fresh = set(new)
        run_rules(self._tx, self._context, self._rule_mail(new, tickets_now))
        return [
            Arrival(self._ids[at], tickets_now[self._ids[at]], at in fresh) for at in range(len(self._mails))
        ]

    def _rule_mail(self, new: Iterable[int], tickets_now: Mapping[int, int]) -> dict[int, int]:
        """The new messages that the owner's rules run on: from customers, not older than a day."""
        since = self._context.now - OLDEST
        mails = {at: self._mails[at] for at in new if not self._context.first_sync}
        return {
            self._ids[at]: tickets_now[self._ids[at]]
            for at, mail in mails.items()
            if mail.human and mail.direction is Direction.IN and mail.at >= since
        }

    def _is_new(self, at: int) -> bool:
        """Whether a mail is not stored yet. If it is in the batch already, its id is noted as -1 - place."""
        mail = self._mails[at]
        known = self._known.setdefault(mail.identity, -at - 1)
        if known == -at - 1:
            known = self._sent_here(mail) or known
        if known == -at - 1:
            return True
        self._ids[at] = known
        return False

    def _sent_here(self, mail: ClassifiedMail) -> int | None:
        """The message of a reply written here whose copy arrives now, even if a server has changed it."""
        if mail.direction is Direction.IN or outbox.find(self._tx, mail.message_id) is None:
            return None
        return messages.find_by_message_id(self._tx, mail.message_id)

    def _take(self, at: int) -> None:
        mail = self._mails[at]
        customer = self._customers[mail.customer.key]
        self._kept_out = False
        ticket = self._ticket(mail, customer)
        if self._kept_out:  # by the people of the mail alone; its ticket may name more
            self._tied.add(ticket)
            self._grown.add(ticket)
        self._fresh[ticket].append(at)
        self._unwritten.append((at, self._links(mail, ticket, customer)))
        for number, key in enumerate(mail.keys):
            if key:
                self._ties[key].append(Near(key, mail.tie_at(number), 0, ticket, customer))
        if mail.base_subject:
            self._same_subject[customer, mail.base_subject].append(
                SubjectMatch(ticket, mail.at, mail.answers, mail.subject)
            )

    def _ticket(self, mail: ClassifiedMail, customer: int) -> int:
        """The ticket of a mail: the one it belongs to, the one made of those it connects, or a new one."""
        inside = self._by_ids(mail, customer)
        for subject in which_ticket.subjects_of(mail):
            inside += which_ticket.by_subject(mail, self._same_subject.get((customer, subject), ()))
        found = list(dict.fromkeys(map(self._root, inside)))
        if not found:
            return self._new_ticket(mail, customer)
        beside = thread_or_parent(self._tx, found, self._threads, customer)
        found = self._without_separated(found) if beside is None else [beside]
        ticket = self._join_tickets(found) if len(found) > 1 else found[0]
        if len(mail.people) > 1:
            self._grown.add(ticket)
        return ticket

    def _without_separated(self, found: list[int]) -> list[int]:
        """The tickets to join: all that are found, except those the owner has split from an earlier one."""
        kept: list[int] = found[:1]
        for ticket in found[1:]:
            if not merging.kept_apart(self._tx, ticket).intersection(kept):
                kept.append(ticket)
        return kept

    def _by_ids(self, mail: ClassifiedMail, customer: int) -> list[int]:
        ties = [tie for key in mail.keys for tie in self._ties.get(key, ())]
        if all(tie.customer == customer for tie in ties):
            return [tie.ticket for tie in ties]
        self._flush()
        inside, outside = which_ticket.by_ids(self._tx, mail, customer, threads.near(self._tx, mail.keys))
        # Only the people we wrote to know our Message-ID: whoever answers it is, say, a supplier's colleague.
        inside += [one for one in outside if one in self._threads]
        outside = [one for one in outside if one not in self._threads]
        self._grown.update(inside)
        self._tied.update(outside)
        self._kept_out = bool(outside)
        return inside

    def _root(self, ticket: int) -> int:
        while ticket in self._became:
            ticket = self._became[ticket]
        return ticket

    def _new_ticket(self, mail: ClassifiedMail, customer: int) -> int:
        made = self._next_number + len(self._new_tickets)
        self._new_tickets.append(
            NewTicket(
                customer,
                mail.subject,
                mail.at,
                Status.WAITING if mail.human and mail.direction is Direction.OUT else Status.OPEN,
                View.CUSTOMERS if mail.for_customers else View.OTHERS,
                mail.channel,
                int(self._context.first_sync),
            )
        )
        self._made.add(made)
        return made

    def _join_tickets(self, found: Iterable[int]) -> int:
        """Make one ticket of several: one that the owner has seen stays, else that with the lowest number."""
        self._flush()
        owed = tickets.awaiting_history(self._tx, found)
        unsettled = [self._ids[at] for places in self._fresh.values() for at in places if at in self._ids]
        into, *others = sorted(found, key=lambda ticket: (ticket in owed, ticket))
        for other in others:
            if other in owed or other in self._made:
                merging.absorb(self._tx, into, other)
            else:
                settle.join(self._tx, self._context, into, other, without=unsettled)
            self._became[other] = into
            self._fresh[into] += self._fresh.pop(other, [])
            self._made.discard(other)
        self._grown.add(into)
        return into

    def _grow(self) -> None:
        """Join the tickets that belong together now that some name more people."""
        while self._grown:
            ticket = self._root(self._grown.pop())
            if ticket in self._threads:
                continue
            inside, outside = which_ticket.find_joining(self._tx, ticket)
            inside = [one for one in inside if one not in self._threads]
            self._tied.update(outside)
            if outside:
                self._tied.add(ticket)
            together = self._without_separated([ticket, *inside])
            if len(together) > 1:
                self._join_tickets(together)

    def _links(self, mail: ClassifiedMail, ticket: int, customer: int) -> MessageLinks:
        order = order_match.named_order(mail, self._orders, self._addresses(customer))
        return MessageLinks(
            ticket, customer, order.id if order else None, self._due_reason(mail, customer, order)
        )

    def _addresses(self, customer: int) -> tuple[str, ...]:
        """The customer's addresses; not looked up when no mail of the batch names an order."""
        return customers.get(self._tx, customer).addresses if self._orders else ()

    def _due_reason(self, mail: ClassifiedMail, customer: int, order: Order | None) -> str:
        if mail.dispute:
            return DISPUTE
        if mail.machine is MachineKind.BOUNCE:
            return CAME_BACK if mail.answers else ""
        if CHANGE in mail.due_signals and order is None:
            order = order_match.only_order(self._tx, customers.get(self._tx, customer).addresses)
        return due_reason(mail.due_signals, order)

    def _flush(self) -> None:
        tickets.create_all(self._tx, self._next_number, self._new_tickets)
        self._next_number += len(self._new_tickets)
        self._new_tickets.clear()
        unwritten, self._unwritten = self._unwritten, []
        new = [(self._mails[at].message, links) for at, links in unwritten]
        made = messages.add_all(self._tx, new, later=self._words)
        for (at, _), message in zip(unwritten, made, strict=True):
            self._ids[at] = message

    def _note_places(self) -> None:
        for at, known in self._ids.items():
            self._ids[at] = self._ids[-known - 1] if known < 0 else known
        folders.put_all(self._tx, [(self._mails[at].place, row) for at, row in self._ids.items()])

    def _settle(self) -> None:
        new = {self._ids[at] for places in self._fresh.values() for at in places}
        unread = {} if self._context.first_sync else summaries.put_after_replies(self._tx, new)
        fresh = {
            ticket: [self._as_fresh(at, unread) for at in places] for ticket, places in self._fresh.items()
        }
        settle.settle(self._tx, self._context, fresh, self._made)
        for ticket in {self._root(one) for one in (*self._tied, *self._became)}:
            tickets.cue(self._tx, ticket, Cue.LINKED, on=threads.answers_elsewhere(self._tx, ticket))

    def _as_fresh(self, at: int, unread: Mapping[int, int]) -> Fresh:
        message, mail = self._ids[at], self._mails[at]
        return Fresh(message, unread.get(message, mail.at), mail)


def _customers(tx: Tx, mails: Iterable[ClassifiedMail]) -> dict[str, int]:
    """The customers of a batch by address, each with a name if any mail has one, and its earliest mail."""
    seen: dict[str, tuple[Address, int]] = {}
    for mail in mails:
        who = mail.customer
        known, earliest = seen.get(who.key, (who, mail.at))
        seen[who.key] = (known if known.name else replace(known, name=who.name), min(earliest, mail.at))
    return customers.upsert_all(tx, seen.values())


def _ties(tx: Tx, mails: Iterable[ClassifiedMail]) -> dict[int, list[Near]]:
    found: dict[int, list[Near]] = defaultdict(list)
    for near in threads.near(tx, {key for mail in mails for key in mail.keys if key}):
        found[near.key].append(near)
    return found
