"""What one mail is to the store: whose it is, which way it went, when it counts, who or what wrote it."""

import re
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from deskterm.domain.messages import Address, Cue, Direction, MachineKind
from deskterm.domain.order_numbers import numbers
from deskterm.intake.values import Arrived
from deskterm.mail.compose import reply_subject
from deskterm.mail.values import Mail
from deskterm.storage import threads
from deskterm.storage.mailboxes import Place
from deskterm.storage.search import unfolded

_DAY = 86400
_REPORTS = frozenset({MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT})
_DISPUTE = re.compile(
    r"\b(?:dispute|chargeback|käuferschutz|litige|contestazione|disputa|geschil)", re.IGNORECASE
)


class Judged(NamedTuple):
    """A mail as intake sees it.

    `at` is when it counts (UTC seconds). `customer` wrote it or was written to. `authors` are the
    addresses (keys) that must be known to a ticket for it to enter there, `people` all it names;
    ours are in neither. `base_subject` is empty where a subject must not join. `written` are its
    writer's own words; `numbers` the order numbers that they and the subject name. `parents` are the
    Message-IDs it answers or reports about, `keys` what it is tied by: its own first, 0 for none.
    `report` marks a bounce or the like: it goes where the mail it is about stands.
    """

    mail: Mail
    raw: bytes
    place: Place
    at: int
    direction: Direction
    machine: MachineKind
    customer: Address
    authors: frozenset[str]
    people: frozenset[str]
    base_subject: str
    report: bool
    dispute: bool
    cues: tuple[Cue, ...]
    written: str
    numbers: tuple[str, ...]
    parents: tuple[str, ...]
    keys: tuple[int, ...]

    @property
    def identity(self) -> tuple[str, bytes]:
        """What tells one mail from another: its Message-ID and fingerprint."""
        return self.mail.message_id, self.mail.fingerprint

    @property
    def human(self) -> bool:
        """Whether a person wrote it."""
        return self.machine is MachineKind.HUMAN

    @property
    def for_customers(self) -> bool:
        """Whether a ticket that holds nothing else belongs among the customers' ones."""
        return self.human or self.dispute


def judged(one: Arrived, own: AbstractSet[str]) -> Judged:
    """A mail as it was found in its folder; `own` are our addresses' keys."""
    mail = one.mail
    direction = _direction(mail, one.place.role, own)
    machine = _machine(mail, direction)
    others = [who for who in (*mail.to, *mail.cc) if who.address and who.key not in own]
    customer = _customer(mail, direction, others)
    parents = tuple(dict.fromkeys((*mail.parents, *mail.verdict.about)))
    named = frozenset([who.key for who in others])
    sender = frozenset({mail.sender.key, customer.key}) - own - {""}
    written = mail.writer.text or unfolded(mail.text, mail.folds)
    joins = machine is MachineKind.HUMAN and not _of_many(mail)
    return Judged(
        mail=mail,
        raw=one.raw,
        place=one.place,
        at=_counts_at(mail, direction, one.arrived_at),
        direction=direction,
        machine=machine,
        customer=customer,
        authors=named if direction is Direction.OUT else sender,
        people=frozenset() if machine in _REPORTS else named | sender,
        base_subject=base_subject(mail.subject) if joins else "",
        report=machine in _REPORTS,
        dispute=machine is MachineKind.NOTICE and _DISPUTE.search(mail.subject) is not None,
        cues=(*mail.writer.cues, Cue.UNREADABLE) if mail.unreadable else mail.writer.cues,
        written=written,
        numbers=numbers(f"{mail.subject}\n{written}"),
        parents=parents,
        keys=(threads.key(mail.message_id), *[threads.key(parent) for parent in parents if parent]),
    )


def base_subject(subject: str) -> str:
    """A subject as it is compared: without `Re:` and its kin, case and spaces left out of account."""
    return " ".join(reply_subject(subject).removeprefix("Re:").casefold().split())


def _counts_at(mail: Mail, direction: Direction, arrived_at: int) -> int:
    """When a mail counts (design/metrics.md): mail in on arrival, ours when it says that it was sent.

    A server's time more than a day after the topmost Received was made by a move
    or an import: then Received counts. A Date that lies ahead is no time at all.
    """
    if direction is Direction.OUT:
        sane = mail.date is not None and 0 < mail.date <= arrived_at + _DAY
        return mail.date if sane and mail.date is not None else arrived_at
    moved = mail.received is not None and 0 < mail.received < arrived_at - _DAY
    return mail.received if moved and mail.received is not None else arrived_at


def _of_many(mail: Mail) -> bool:
    """Whether its one address may stand for many people: a relay's, a voice box's, without a Reply-To."""
    return mail.writer.channel != "mail" and mail.writer.customer.key == mail.sender.key


def _direction(mail: Mail, role: str, own: AbstractSet[str]) -> Direction:
    """A shop's contact form often writes from the shop's own address: that is no mail of ours."""
    ours = role == "sent" or mail.sender.key in own
    from_form = mail.writer.channel != "mail" and mail.writer.customer.key not in own
    notice = mail.verdict.kind is not MachineKind.HUMAN or not mail.writer.is_customer
    return Direction.OUT if ours and not from_form and (role == "sent" or not notice) else Direction.IN


def _machine(mail: Mail, direction: Direction) -> MachineKind:
    if mail.verdict.kind is MachineKind.HUMAN and direction is Direction.IN and not mail.writer.is_customer:
        return MachineKind.NOTICE
    return mail.verdict.kind


def _customer(mail: Mail, direction: Direction, others: list[Address]) -> Address:
    who = others[0] if others and direction is Direction.OUT else mail.writer.customer
    if direction is Direction.OUT and not others:
        who = next(iter(mail.to), mail.sender)
    who = who if who.address else mail.sender
    if who.address:
        return who
    return Address(who.name or "unknown sender", f"{mail.fingerprint.hex()[:16]}@no-address.invalid")
