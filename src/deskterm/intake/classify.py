"""What one mail means to the shop: whose it is, in or out, from when it counts, written by whom or what."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from deskterm.domain.messages import Address, Cue, Direction, MachineKind, mailbox_key
from deskterm.domain.orders.numbers import numbers, unnamed_numbers
from deskterm.domain.people.mood import mood_of
from deskterm.domain.people.senders import SenderVerdict, verdict_on
from deskterm.domain.suggest.case_notices import is_case_notice
from deskterm.domain.text import line
from deskterm.domain.ticket_work.subjects import base_subject, is_answer, says_something
from deskterm.domain.tickets import Mood
from deskterm.intake.due import due_signals
from deskterm.intake.values import ClassifiedMail, Context
from deskterm.mail.kind.relays import is_program
from deskterm.mail.values import Mail, ReadMail
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.mail.new_message import NewMessage, new_message, with_machine
from deskterm.storage.search.word_index import without_folds

_DAY = 86400
_LONGEST_SUBJECT = 200  # characters
_URGENT_FOR = 60 * _DAY  # older mail moves no ticket to the top
_REPORTS = frozenset({MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT})
_MISTAKEN = frozenset({MachineKind.LIST, MachineKind.NOTICE, MachineKind.OTHER})
_DISPUTE = re.compile(
    r"\b(?:dispute|chargeback|käuferschutz|litige|contestazione|disputa|geschil)", re.IGNORECASE
)


def classify(
    read: ReadMail, raw: bytes, place: MailPlace, arrived_at: int, context: Context
) -> ClassifiedMail:
    """Decide everything about a mail that can be decided without the database.

    `place` is where it was found. `arrived_at` is when the server got it (UTC seconds): INTERNALDATE, or
    a file's mtime.
    """
    mail, own, subject = read.mail, context.own, _subject(read)
    direction = _direction(read, place.role, own)
    machine = _machine(read, direction)
    others = _written_to(read, direction, own)
    customer = _customer(read, direction, others)
    named = frozenset([mailbox_key(who.address) for who in others])
    answer_to = frozenset(mailbox_key(one.address) for one in read.writer.answer_to if one.key not in own)
    sender = frozenset() if customer.key in own else frozenset({mailbox_key(customer.address)}) - {""}
    written = read.writer.text or without_folds(read.text, read.folds)
    at = _counts_at(mail, direction, arrived_at, on_server=bool(place.uid))
    joins = machine is MachineKind.HUMAN and not _of_many(read) and not _answered_elsewhere(read)
    base = base_subject(subject) if joins else ""
    in_text = numbers(f"{subject}\n{written}")
    may_name = tuple(dict.fromkeys((*in_text, *unnamed_numbers(f"{subject}\n{written}"))))
    message = _message(read, raw, direction, at, machine=machine, base_subject=base, numbers=may_name)
    lately = machine is MachineKind.HUMAN and direction is Direction.IN and at >= context.now - _URGENT_FOR
    return ClassifiedMail(
        message=message,
        message_id=mail.message_id,
        fingerprint=mail.fingerprint,
        subject=subject,
        channel=read.writer.channel,
        place=place,
        direction=direction,
        machine=machine,
        sender=mail.sender.key,
        customer=customer,
        authors=named if direction is Direction.OUT else sender,
        people=frozenset() if machine in _REPORTS else named | sender | answer_to,
        base_subject=base,
        report=machine in _REPORTS,
        dispute=machine is MachineKind.NOTICE and _is_dispute(mail.subject, written),
        cues=_cues(read),
        asks=_asked_in_form(read) + in_text,
        may_name=may_name,
        due_signals=due_signals(subject, written) if lately else (),
        mood=mood_of(written) if lately else Mood.NONE,
        list_id=read.list_id,
        aliases=_aliases(read, others) if read.delivered_to else (),
    )


def _is_dispute(subject: str, written: str) -> bool:
    """Whether a notice is about a dispute: by its subject, or because it wants an answer by a day."""
    return _DISPUTE.search(subject) is not None or is_case_notice(f"{subject}\n{written}")


def _aliases(read: ReadMail, others: list[Address]) -> tuple[str, ...]:
    """The addresses a mail was written to and for which our own server accepted it."""
    written_to = {one.key for one in others}
    return tuple(key for key in read.delivered_to if key in written_to)


def apply_sender_rules(
    mails: Sequence[ClassifiedMail], rules: dict[str, SenderVerdict]
) -> Sequence[ClassifiedMail]:
    """The mails, reclassified if the owner has a rule for the sender. Bounces and our own stay the same."""
    return [_apply_sender_rule(mail, rules) for mail in mails] if rules else mails


def _apply_sender_rule(mail: ClassifiedMail, rules: dict[str, SenderVerdict]) -> ClassifiedMail:
    verdict = verdict_on(mail.sender, rules, mail.list_id) or verdict_on(mail.customer.address, rules)
    kind = mail.machine
    if verdict is SenderVerdict.BLOCKED and mail.direction is Direction.IN:
        return mail._replace(blocked=True)
    if verdict is SenderVerdict.CUSTOMER and kind in _MISTAKEN:
        kind = MachineKind.HUMAN
    elif verdict is SenderVerdict.NEVER and kind is MachineKind.HUMAN and mail.direction is Direction.IN:
        kind = MachineKind.NOTICE
    return (
        mail._replace(machine=kind, message=with_machine(mail.message, kind))
        if kind is not mail.machine
        else mail
    )


def _message(
    read: ReadMail,
    raw: bytes,
    direction: Direction,
    at: int,
    *,
    machine: MachineKind,
    base_subject: str,
    numbers: tuple[str, ...],
) -> NewMessage:
    """The message to store for a mail."""
    mail = read.mail
    return new_message(
        direction=direction,
        at=at,
        text=read.text,
        raw=raw,
        machine=machine,
        machine_words=read.verdict.words or _why_put_aside(read, machine),
        message_id=mail.message_id,
        parents=tuple(dict.fromkeys((*mail.parents, *read.verdict.about))),
        direct=len(mail.in_reply_to),
        list_id=read.list_id,
        fingerprint=mail.fingerprint,
        sender=mail.sender,
        to=mail.to,
        cc=mail.cc,
        bcc=mail.bcc if direction is Direction.OUT else (),
        reply_to=mail.reply_to,
        answer_to=read.writer.answer_to if direction is Direction.IN else (),
        subject=_subject(read),
        base_subject=base_subject,
        sent_at=mail.date,
        channel=read.writer.channel,
        folds=read.folds,
        links=read.links,
        attachments=mail.attachments,
        cues=_cues(read),
        numbers=numbers,
        outside=direction is Direction.OUT,
        size=read.size,
    )


def _subject(read: ReadMail) -> str:
    """The mail's subject; for a form's mail the one that the customer typed into the form, if any."""
    typed = line(read.writer.fields.get("subject", ""))[:_LONGEST_SUBJECT]
    in_form = read.writer.channel == "contact form" and not is_answer(read.mail.subject)
    return typed if in_form and says_something(typed) else read.mail.subject


def _cues(read: ReadMail) -> tuple[Cue, ...]:
    """The warnings to show with a mail, each once: about its sender, and that it could not be read."""
    more = (Cue.UNREADABLE,) * bool(read.mail.unreadable) + (Cue.BY_PROGRAM,) * read.verdict.by_program
    return tuple(dict.fromkeys((*read.writer.cues, *more)))


def _why_put_aside(read: ReadMail, machine: MachineKind) -> str:
    """Why a notice is not among the customers' mails, for the owner to read; "" for other mail."""
    if machine is not MachineKind.NOTICE:
        return ""
    notice = read.writer.fields.get("notice")
    name = read.mail.sender.name or read.mail.sender.address or "The sender"
    return f"{name} sent a notice ({notice})." if notice else f"{name} is one of your own addresses."


def _asked_in_form(read: ReadMail) -> tuple[str, ...]:
    """The order number that the customer typed into a form's order field."""
    field = read.writer.fields.get("order", "").strip("# ")
    return numbers(f"#{field}") if field else ()


def _counts_at(mail: Mail, direction: Direction, arrived_at: int, *, on_server: bool) -> int:
    """The time (UTC seconds) from which a mail counts: its arrival for mail in, its Date for ours.

    The topmost Received header says when the last server got it; `arrived_at` may be later, because the mail
    was moved, imported or copied as a file. Without a Received, a file's time counts less than the mail's
    Date, since no server set it. A time in the future is ignored.
    """
    if direction is Direction.OUT:
        return _before(mail.date, arrived_at + _DAY, arrived_at)
    if mail.received is None and not on_server:
        return _before(mail.date, arrived_at, arrived_at)
    return _before(mail.received, arrived_at, arrived_at)


def _before(at: int | None, latest: int, otherwise: int) -> int:
    return at if at is not None and 0 < at <= latest else otherwise


def _of_many(read: ReadMail) -> bool:
    """Whether many people may write from its address: that of a relay, a form or a voice box, no Reply-To."""
    known = read.writer.customer.key != read.mail.sender.key
    return not known and (read.writer.channel != "mail" or is_program(read.mail.sender.address))


def _answered_elsewhere(read: ReadMail) -> bool:
    """Whether answers go to somebody else than its customer: then its subject must not join it to others."""
    customer = mailbox_key(read.writer.customer.address)
    return any(mailbox_key(one.address) != customer for one in read.writer.answer_to)


def _direction(read: ReadMail, role: str, own: AbstractSet[str]) -> Direction:
    """Whether a mail came in or went out.

    A contact form or a mailing list may write from the shop's own address: that is mail in. An answer of
    ours may lie in the inbox: it is from our address, to somebody else, and names the mail it answers.
    Notices from the shop's own programs name no mail.
    """
    carries = read.writer.customer.key not in own and read.writer.customer.key != read.mail.sender.key
    if role == "sent":
        return Direction.IN if carries and read.writer.channel != "mail" else Direction.OUT
    if read.mail.sender.key not in own or carries or Cue.NOT_AUTHENTIC in read.writer.cues:
        return Direction.IN
    others = _written_to(read, Direction.OUT, own)
    answers = read.verdict.kind is MachineKind.HUMAN and bool(others and read.mail.parents)
    return Direction.OUT if answers else Direction.IN


def _written_to(read: ReadMail, direction: Direction, own: AbstractSet[str]) -> list[Address]:
    """The people a mail went to, without us. Copies of our own mail also name those in Bcc."""
    hidden = read.mail.bcc if direction is Direction.OUT else ()
    listed = (*read.mail.to, *read.mail.cc, *hidden)
    return [one for one in listed if one.address and one.key not in own]


def _machine(read: ReadMail, direction: Direction) -> MachineKind:
    if read.verdict.kind is MachineKind.HUMAN and direction is Direction.IN and not read.writer.is_customer:
        return MachineKind.NOTICE
    return read.verdict.kind


def _customer(read: ReadMail, direction: Direction, others: list[Address]) -> Address:
    who = others[0] if others and direction is Direction.OUT else read.writer.customer
    if direction is Direction.OUT and not others:
        who = next(iter(read.mail.to), read.mail.sender)
    who = who if who.address else read.mail.sender
    if who.address:
        return who
    return Address(who.name or "unknown sender", f"{read.mail.fingerprint.hex()[:16]}@no-address.invalid")
