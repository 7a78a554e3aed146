"""Tries a rule on the mail that is here; changes nothing."""

from collections import Counter
from dataclasses import replace

from deskterm.desk.rules.asked import read_asked
from deskterm.desk.rules.rules import TRIED_DAYS, Rules
from deskterm.desk.shop import DeskContext
from deskterm.domain.rules.letters import ENDING_WORDS, Caps, LetterEnding, SendingMoment, reason_not_to_send
from deskterm.domain.rules.rule import Rule, RuleEffects, RuleLetter
from deskterm.domain.rules.trial import Trial, TrialTicket
from deskterm.domain.tickets import CategoryBy, Status, Ticket
from deskterm.storage import lists, tickets
from deskterm.storage.mail import messages
from deskterm.storage.rules import letters
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import find

_MOST, _MOST_LETTERS = 10_000, 3_000  # mails checked in a trial
_DAY = 86400


class Trying:
    """Trials of rules, on or off."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop, self._rules = shop, Rules(shop)

    def try_out(self, name: str, now: int, days: int = TRIED_DAYS) -> Trial:
        """What a rule would have done with the customers' mail of the last days. Raises NotFound.

        Mail that an earlier active rule with `last` would have taken is left out.
        """
        rule, found = self._rules.find(name, now), self._rules.read(now)
        before = found.rules[: [one.name for one in found.rules].index(rule.name)]
        with self._shop.db.read() as tx:
            since = now - days * _DAY
            mails = find.customers_mail(
                tx, rule.query, since, _MOST_LETTERS if rule.effects.letter else _MOST
            )
            taken = {
                message
                for one in before
                if one.on and one.last
                for message, _ in find.customers_mail(tx, one.query, since, _MOST)
            }
            left = [pair for pair in mails if pair[0] not in taken]
            return self._judge(tx, rule, left, found.caps, days)

    def _judge(self, tx: Tx, rule: Rule, mails: list[tuple[int, int]], caps: Caps, days: int) -> Trial:
        letter = rule.effects.letter
        stopped = self._stops(tx, [message for message, _ in mails], caps, letter) if letter else {}
        answered = tuple(message for message, _ in mails if letter and message not in stopped)
        by_ticket: dict[int, list[int]] = {}
        for message, ticket in mails:
            by_ticket.setdefault(ticket, []).append(message)
        tried = tuple(
            TrialTicket(
                row,
                _did_otherwise(tx, tickets.get(tx, row.ticket_id), rule.effects, by_ticket[row.ticket_id]),
                _say_stop(by_ticket[row.ticket_id], stopped),
            )
            for row in lists.rows(tx, by_ticket)
        )
        ids = tuple(message for message, _ in mails)
        return Trial(rule.name, days, ids, tried, letter.kind if letter else None, answered)

    def _stops(self, tx: Tx, mails: list[int], caps: Caps, letter: RuleLetter) -> dict[int, LetterEnding]:
        """The mails that would have got no letter, with the reason; the caps fill up as they would have."""
        sent: list[tuple[int, str]] = []
        stopped: dict[int, LetterEnding] = {}
        for mail in sorted((messages.get(tx, one) for one in mails), key=lambda one: (one.at, one.id)):
            lately = Counter(who for at, who in sent if at > mail.at - _DAY)
            asked = replace(
                read_asked(tx, self._shop, mail),
                sent_to_address=lately[mail.sender.key],
                sent_today=sum(lately.values()),
            )
            stops = reason_not_to_send(asked, SendingMoment(mail.at), caps)
            if stops and (stops is LetterEnding.DISPUTE or letter.kind != "draft"):
                stopped[mail.id] = stops
            else:
                sent.append((mail.at, mail.sender.key))
        return stopped


def _say_stop(mails: list[int], stopped: dict[int, LetterEnding]) -> str:
    """Why no letter would have gone to a ticket; empty if one of its mails would have got one."""
    endings = [stopped.get(one) for one in mails]
    return ENDING_WORDS[endings[0]] if endings[0] is not None and all(endings) else ""


def _did_otherwise(tx: Tx, ticket: Ticket, effects: RuleEffects, mails: list[int]) -> bool:
    """Whether the owner decided something else than the rule would have."""
    chosen = ticket.category_by is CategoryBy.HAND and ticket.category != effects.category
    ended = effects.status in (Status.SOLVED, Status.SPAM) and ticket.status is not effects.status
    return bool(effects.category and chosen) or ended or _answered_otherwise(tx, effects.letter, mails)


def _answered_otherwise(tx: Tx, letter: RuleLetter | None, mails: list[int]) -> bool:
    """Whether the owner answered one of the mails with something else than the rule's macro."""
    if letter is None or letter.kind == "acknowledge":
        return False
    answers = (letters.macro_of_answer(tx, one) for one in mails)
    return any(macro is not None and macro != letter.macro for macro in answers)
