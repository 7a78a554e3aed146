"""Tries a rule on the mail that is here; changes nothing."""

from collections.abc import Sequence
from dataclasses import replace

from deskterm.desk.rules.replay import Replay, RuleRun
from deskterm.desk.rules.rules import TRIED_DAYS, Rules
from deskterm.desk.shop import DeskContext
from deskterm.domain.rules.letters import ENDING_WORDS, LetterEnding
from deskterm.domain.rules.rule import Rule, RuleEffects, RuleLetter
from deskterm.domain.rules.trial import Trial, TrialTicket, list_unknown
from deskterm.domain.tickets import CategoryBy, Status, Ticket
from deskterm.storage import lists, tickets
from deskterm.storage.rules import letters
from deskterm.storage.schema.database import Tx
from deskterm.storage.search.as_it_was import tickets_then

_MOST, _MOST_LETTERS = 10_000, 3_000  # mails looked at in a trial
_DAY = 86400
_WRITTEN = (LetterEnding.SENT, LetterEnding.DRAFTED)


class DryRun:
    """Trials of rules, on or off."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop, self._rules = shop, Rules(shop)

    def try_out(self, name: str, now: int, days: int = TRIED_DAYS) -> Trial:
        """What a rule would have done with the customers' mail of the last days. Raises NotFound.

        The other rules that are on run as well: what they do to a ticket, and the letters they send, count.
        """
        rule, found = self._rules.find(name, now), self._rules.read(now)
        with self._shop.db.read() as tx:
            most = _MOST_LETTERS if rule.effects.letter else _MOST
            mails = tickets_then(tx, now - days * _DAY, most)
            runs = Replay(tx, self._shop, found, rule.name).run(mails)
            trial = self._judge(tx, rule, [one for one in runs if one.rule == rule.name], days)
        older = (f"mail before the newest {most:,}",) if len(mails) == most else ()
        return replace(trial, unknown=trial.unknown + older)

    def _judge(self, tx: Tx, rule: Rule, runs: Sequence[RuleRun], days: int) -> Trial:
        letter = rule.effects.letter
        answered = tuple(one.message_id for one in runs if one.ending in _WRITTEN)
        by_ticket: dict[int, list[RuleRun]] = {}
        for one in reversed(runs):  # the newest first
            by_ticket.setdefault(tickets.root(tx, one.ticket_id), []).append(one)
        tried = tuple(
            TrialTicket(
                row,
                _did_otherwise(tx, tickets.get(tx, row.ticket_id), rule.effects, by_ticket[row.ticket_id]),
                _say_stop(by_ticket[row.ticket_id]),
            )
            for row in lists.rows(tx, by_ticket)
        )
        ids = tuple(one.message_id for one in runs)
        kind = letter.kind if letter else None
        return Trial(rule.name, days, ids, tried, kind, answered, tuple(list_unknown(rule)))


def _say_stop(runs: Sequence[RuleRun]) -> str:
    """Why no letter would have gone to a ticket; empty if one of its mails would have got one."""
    endings = [one.ending for one in runs if one.ending not in (None, *_WRITTEN)]
    return ENDING_WORDS[endings[0]] if endings and len(endings) == len(runs) else ""


def _did_otherwise(tx: Tx, ticket: Ticket, effects: RuleEffects, runs: Sequence[RuleRun]) -> bool:
    """Whether the owner decided something else than the rule would have."""
    chosen = ticket.category_by is CategoryBy.HAND and ticket.category != effects.category
    ended = effects.status in (Status.SOLVED, Status.SPAM) and ticket.status is not effects.status
    mails = [one.message_id for one in runs]
    return bool(effects.category and chosen) or ended or _answered_otherwise(tx, effects.letter, mails)


def _answered_otherwise(tx: Tx, letter: RuleLetter | None, mails: Sequence[int]) -> bool:
    """Whether the owner answered one of the mails with something else than the rule's macro."""
    if letter is None or letter.kind == "acknowledge":
        return False
    answers = (letters.macro_of_answer(tx, one) for one in mails)
    return any(macro is not None and macro != letter.macro for macro in answers)
