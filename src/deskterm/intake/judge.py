"""What one mail is to the store: whose it is, which way it went, whether a person wrote it."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from deskterm.domain.messages import Address, Cue, Direction, MachineKind
from deskterm.mail.compose import reply_subject
from deskterm.mail.values import Mail
from deskterm.storage import threads
from deskterm.storage.search import unfolded

_REPORTS = frozenset({MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT})
_DISPUTE = re.compile(
    r"\b(?:dispute|chargeback|käuferschutz|litige|contestazione|disputa|geschil)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A mail as intake sees it.

    `customer` wrote it or was written to. `authors` are the addresses (keys) that
    must be known to a ticket for it to enter there, `people` all it names;
    ours are in neither. `base_subject` is empty where a subject must not join. `parents` are the
    Message-IDs it answers or reports about, `keys` what it is tied by: its own first, 0 for none.
    `report` marks a bounce or the like: it goes where the mail it is about stands.
    """

    mail: Mail
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
    parents: tuple[str, ...]
    keys: tuple[int, ...]

    @property
    def human(self) -> bool:
        """Whether a person wrote it."""
        return self.machine is MachineKind.HUMAN

    @property
    def for_customers(self) -> bool:
        """Whether a ticket that holds nothing else belongs among the customers' ones."""
        return self.human or self.dispute


def judged(mail: Mail, role: str, own: AbstractSet[str]) -> Judged:
    """A mail found in a folder of that role (inbox, sent, all); `own` are our addresses' keys."""
    direction = _direction(mail, role, own)
    machine = _machine(mail, direction)
    others = [one for one in (*mail.to, *mail.cc) if one.key not in own and one.address]
    customer = _customer(mail, direction, others)
    parents = tuple(dict.fromkeys((*mail.parents, *mail.verdict.about)))
    named = frozenset(one.key for one in others)
    sender = frozenset({mail.sender.key, customer.key}) - own - {""}
    return Judged(
        mail=mail,
        direction=direction,
        machine=machine,
        customer=customer,
        authors=named if direction is Direction.OUT else sender,
        people=frozenset() if machine in _REPORTS else named | sender,
        base_subject=base_subject(mail.subject)
        if machine is MachineKind.HUMAN and not _of_many(mail)
        else "",
        report=machine in _REPORTS,
        dispute=machine is MachineKind.NOTICE and _DISPUTE.search(mail.subject) is not None,
        cues=(*mail.writer.cues, *([Cue.UNREADABLE] if mail.unreadable else [])),
        written=mail.writer.text or unfolded(mail.text, mail.folds),
        parents=parents,
        keys=(threads.key(mail.message_id), *(threads.key(parent) for parent in parents if parent)),
    )


def _of_many(mail: Mail) -> bool:
    """Whether its one address may stand for many people: a relay's, a voice box's, without a Reply-To."""
    return mail.writer.channel != "mail" and mail.writer.customer.key == mail.sender.key


def base_subject(subject: str) -> str:
    """A subject as it is compared: without `Re:` and its kin, case and spaces left out of account."""
    return " ".join(reply_subject(subject).removeprefix("Re:").casefold().split())


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
