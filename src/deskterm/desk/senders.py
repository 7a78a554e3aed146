"""Rules for senders: always a customer, never one, or blocked."""

from deskterm.desk.action_words import describe_action, sentence
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By
from deskterm.domain.messages import Direction
from deskterm.domain.people.senders import (
    LIST,
    SenderChoice,
    SenderRule,
    SenderVerdict,
    describe_key,
    sender_key,
)
from deskterm.domain.tickets import Status, View
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import changes, events, sender_rules, tickets
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx

_WORDS = {
    SenderVerdict.CUSTOMER: "Mail from {} is always a customer's now",
    SenderVerdict.NEVER: "Mail from {} is never a customer's now",
    SenderVerdict.BLOCKED: "Mail from {} is spam now",
    None: "Mail from {} is judged by its contents again",
}


class Senders:
    """The owner's rules for addresses, forms, lists and domains. Changes can be undone."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def rules(self) -> tuple[SenderRule, ...]:
        """All rules, the newest first."""
        with self._shop.db.read() as tx:
            return tuple(sender_rules.list_rules(tx))

    def set_rule(self, who: str, verdict: SenderVerdict | None, now: int) -> Done:
        """Set the rule for an address, a domain (`lane.example`) or a list (`list:ID`); None removes it.

        Their tickets move into or out of the inbox at once. NotNow if `who` is none of these.
        """
        key = sender_key(who)
        with self._shop.db.write() as tx:
            return self._set(tx, key, verdict, now)

    def choices(self, ticket_id: int) -> tuple[SenderChoice, ...]:
        """For whom a rule can be made from a ticket: its sender, its mailing list, their domain.

        Not for the shop's own domain. NotNow if nobody has written on it.
        """
        with self._shop.db.read() as tx:
            ticket = tickets.get(tx, ticket_id)
            mails = [one for one in messages.for_ticket(tx, ticket.id) if one.direction is Direction.IN]
            if not mails or not mails[-1].sender.address:
                raise NotNow("Nobody has written on this ticket.")
            address = mails[-1].sender.key
            domain = address.rpartition("@")[2]
            ours = {own.rpartition("@")[2] for own in self._shop.settings.own_addresses}
            keys = [address] if domain in ours else [address, f"@{domain}"]
            if listed := sender_rules.list_of_ticket(tx, ticket.id):
                keys.insert(1, f"{LIST}{listed}")
            return tuple(
                SenderChoice(key, describe_key(key), len(sender_rules.tickets_from(tx, key))) for key in keys
            )

    def block(self, ids: tuple[int, ...], now: int) -> Done:
        """Mark tickets as spam, with everything the senders of their newest mails write from now on.

        NotNow if nobody has written on one of them.
        """
        action = 0
        with self._shop.db.write() as tx:
            for ticket in (tickets.get(tx, one) for one in ids):
                mails = [one for one in messages.for_ticket(tx, ticket.id) if one.direction is Direction.IN]
                if not mails or not mails[-1].sender.address:
                    raise NotNow(f"Nobody has written on {ticket.mark}.")
                key = mails[-1].sender.key
                action = changes.set_sender_rule(
                    tx, ticket.id, key, SenderVerdict.BLOCKED, now, action=action
                )
                for one in {ticket.id, *sender_rules.tickets_from(tx, key)}:
                    changes.change(tx, one, now, By.OWNER, action=action, status=Status.SPAM)
            words = sentence(describe_action(events.for_action(tx, action)))
            return Done(words, action, ids)

    def _set(self, tx: Tx, key: str, verdict: SenderVerdict | None, now: int) -> Done:
        concerned = sender_rules.tickets_from(tx, key)
        words = _WORDS[verdict].format(describe_key(key))
        if not concerned:
            sender_rules.put(tx, key, verdict, now)
            return Done(words)
        action = changes.set_sender_rule(tx, concerned[0], key, verdict, now)
        view, target = _move(verdict)
        moved = [one for one in concerned if verdict and tickets.get(tx, one).view is view]
        for ticket in moved:
            changes.change(tx, ticket, now, By.OWNER, action=action, view=target)
        return Done(words, action, tuple(moved))


def _move(verdict: SenderVerdict | None) -> tuple[View, View]:
    """Which tickets move, and where to."""
    if verdict is SenderVerdict.CUSTOMER:
        return View.OTHERS, View.CUSTOMERS
    return View.CUSTOMERS, View.OTHERS
