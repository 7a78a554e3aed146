"""Runs rules once more on past mail, mail by mail, as they would have run then; changes nothing.

What a rule does to a ticket is there for the rules behind it and for the next mail of the ticket, and each
letter counts for the caps. Unlike when mail arrives, no letter is reviewed: it would say what is true today.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from deskterm.desk.rules.letter_facts import read_asked
from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Message
from deskterm.domain.rules.letters import LetterEnding, LetterKind, SendingMoment, reason_not_to_send
from deskterm.domain.rules.read import parse_condition
from deskterm.domain.rules.rule import Rule, RulesRead
from deskterm.domain.tickets import Status, View, after_customer_mail
from deskterm.intake.rules import columns_of
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import find
from deskterm.storage.search.as_it_was import TicketThen

Tags = tuple[str, ...]
_DAY = 86400
_STAYS = ("category", "category_by", "priority", "sop")  # until the ticket's history changes it


class RuleRun(NamedTuple):
    """A run of a rule on a mail. `ending` is what became of its letter, None without one.

    A letter that may go is SENT (or DRAFTED): what its review would have said is not known.
    """

    rule: str
    message_id: int
    ticket_id: int
    ending: LetterEnding | None


class Replay:
    """Runs the rules that are on, and one that is tried, which may send."""

    def __init__(self, tx: Tx, shop: DeskContext, found: RulesRead, tried: str) -> None:
        self._tx, self._shop, self._found, self._tried = tx, shop, found, tried
        self._rules = [one for one in found.rules if one.on or one.name == tried]
        self._writes = any(
            _asks_draft(one) or (one.name == tried and one.effects.letter) for one in self._rules
        )
        self._was: dict[int, TicketThen] = {}  # by ticket: as its history has it
        self._became: dict[int, TicketThen] = {}  # and as the rules left it
        self._drafts: dict[int, int] = {}  # ticket -> when a rule drafted a letter
        self._sent: list[tuple[int, str]] = []  # letters: when, and to whom

    def run(self, mails: Iterable[TicketThen]) -> list[RuleRun]:
        """The runs on these mails, which are in the order in which they came."""
        return [run for batch in self._batches(mails) for run in self._run_batch(batch)]

    def _batches(self, mails: Iterable[TicketThen]) -> Iterator[list[TicketThen]]:
        """Mails that can be asked for at once: of one day, and each of another ticket."""
        batch: list[TicketThen] = []
        tickets: set[int] = set()
        for one in mails:
            if batch and (one.ticket_id in tickets or self._day(one) != self._day(batch[0])):
                yield batch
                batch, tickets = [], set()
            batch.append(one)
            tickets.add(one.ticket_id)
        if batch:
            yield batch

    def _day(self, one: TicketThen) -> date:
        return self._shop.formats.local(one.at).date()

    def _run_batch(self, batch: Sequence[TicketThen]) -> list[RuleRun]:
        now = self._shop.formats.local(batch[0].at)
        stands = {one.message_id: self._as_left(one) for one in batch}
        left, wanted = set(stands), []
        for rule in self._rules:
            query = replace(parse_condition(rule.when, now), frame=rule.query.frame)
            for message in find.among(self._tx, query, left, then=stands) if left else ():
                ticket = stands[message]
                changes = _changes(ticket, rule)
                if rule.last:
                    left.discard(message)
                if ticket.status is not Status.SPAM and (changes or rule.effects.letter):
                    stands[message] = replace(ticket, **changes)
                    wanted.append((ticket.at, message, rule))
        self._was |= {one.ticket_id: one for one in batch}
        self._became |= {one.ticket_id: one for one in stands.values()}
        return [
            self._end(stands[message], rule) for _, message, rule in sorted(wanted, key=lambda one: one[:2])
        ]

    def _as_left(self, now: TicketThen) -> TicketThen:
        """A ticket when its next mail has come: as its history has it, with what the rules did before."""
        was, became = self._was.get(now.ticket_id), self._became.get(now.ticket_id)
        if was is None or became is None:
            return now
        stays = {name: getattr(became, name) for name in _STAYS if getattr(now, name) == getattr(was, name)}
        if became.status is Status.SPAM and now.status is after_customer_mail(was.status):
            stays["status"] = Status.SPAM
        stays["tags"] = _merge_tags(was.tags, now.tags, became.tags)
        return replace(now, **stays, draft=now.draft or self._has_draft(now))

    def _end(self, ticket: TicketThen, rule: Rule) -> RuleRun:
        letter = rule.effects.letter
        ending = self._letter_ending(ticket, rule, letter.kind) if letter and self._writes else None
        return RuleRun(rule.name, ticket.message_id, ticket.ticket_id, ending)

    def _letter_ending(self, ticket: TicketThen, rule: Rule, kind: LetterKind) -> LetterEnding:
        if ticket.view is not View.CUSTOMERS or ticket.status is Status.SPAM:
            return LetterEnding.ASIDE
        mail = messages.get(self._tx, ticket.message_id)
        stops = self._reason_not_to_send(mail)
        answers = kind is not LetterKind.ACKNOWLEDGE
        if stops is LetterEnding.DISPUTE or (stops and not answers):
            return stops
        if answers and (ticket.draft or self._has_draft(ticket)):  # also by a rule before it
            return LetterEnding.HAS_DRAFT
        may = not answers or self._found.sending or rule.name == self._tried
        if kind is not LetterKind.DRAFT and stops is None and may:
            self._sent.append((mail.at, mail.sender.key))
            return LetterEnding.SENT
        self._drafts[ticket.ticket_id] = ticket.at
        return LetterEnding.DRAFTED if kind is LetterKind.DRAFT else stops or LetterEnding.SWITCHED_OFF

    def _reason_not_to_send(self, mail: Message) -> LetterEnding | None:
        lately = [who for at, who in self._sent if at > mail.at - _DAY]
        asked = replace(
            read_asked(self._tx, self._shop, mail),
            sent_to_address=lately.count(mail.sender.key),
            sent_today=len(lately),
        )
        return reason_not_to_send(asked, SendingMoment(mail.at), self._found.caps)

    def _has_draft(self, ticket: TicketThen) -> bool:
        """Whether a rule's draft stands there: until we have answered from here."""
        return self._drafts.get(ticket.ticket_id, 0) > (ticket.answered or 0)


def _asks_draft(rule: Rule) -> bool:
    """Whether a rule's condition asks for a draft; otherwise letters matter to none but themselves."""
    return any("draft" in map(str.casefold, one.values) for one in rule.query.terms)


def _merge_tags(was: Tags, now: Tags, became: Tags) -> Tags:
    """The tags that rules left, with what was added to those of the history and taken from them."""
    stay = [one for one in became if one in now or one not in was]
    return tuple(dict.fromkeys((*stay, *(one for one in now if one not in was))))


def _changes(ticket: TicketThen, rule: Rule) -> dict[str, Any]:
    """What a rule would have changed of a ticket."""
    return columns_of(ticket, rule.effects, ticket.at)
