"""The owner's limits for giving: goodwill left, and unused codes of the list."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import NamedTuple

from deskterm.config.store_kinds import Ability, StoreKind
from deskterm.desk.shop import DeskContext
from deskterm.domain.money import decimals
from deskterm.domain.orders.actions import ActionRecord, StoreAction
from deskterm.domain.orders.codes import ListedCode, names_code, read_codes, unused_codes
from deskterm.domain.orders.goodwill import GoodwillLimit, GoodwillScope
from deskterm.domain.orders.order import Order
from deskterm.errors import NotNow
from deskterm.storage.acting import goodwill, store_actions
from deskterm.storage.schema.database import Tx

_YEAR = 365 * 86_400


class Gift(NamedTuple):
    """Who would be given something: the order, the ticket (0: none), when, and the action's `key`."""

    order: Order
    ticket_id: int
    now: int
    key: str


def limits_of(tx: Tx, shop: DeskContext, gift: Gift) -> list[GoodwillLimit]:
    """The limits the owner has set, with what was given against each."""
    policy = shop.settings.policy
    unit = 10 ** decimals(gift.order.shop_currency)
    scopes = (
        (GoodwillScope.TICKET, policy.goodwill_per_ticket if gift.ticket_id else 0),
        (GoodwillScope.CUSTOMER, policy.goodwill_per_customer),
        (GoodwillScope.MONTH, policy.goodwill_per_month),
    )
    return [
        GoodwillLimit(scope, most * unit, _sum_of(tx, shop, scope, gift)) for scope, most in scopes if most
    ]


def _sum_of(tx: Tx, shop: DeskContext, scope: GoodwillScope, gift: Gift) -> int:
    coin = gift.order.shop_currency
    if scope is GoodwillScope.TICKET:
        return goodwill.on_ticket(tx, gift.ticket_id, coin, gift.key)
    if scope is GoodwillScope.CUSTOMER:
        who = goodwill.addresses_of_buyer(tx, gift.order.id)
        return goodwill.to_customer(tx, who, gift.now - _YEAR, coin, gift.key)
    return goodwill.since(tx, begin_of_month(shop, gift.now), coin, gift.key)


def begin_of_month(shop: DeskContext, now: int) -> int:
    """The start of the month of `now` on the shop's clock (UTC seconds)."""
    day: datetime = shop.formats.local(now)
    first = day.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return int(first.astimezone(UTC).timestamp())


def codes_left(tx: Tx, shop: DeskContext, order: Order) -> list[ListedCode]:
    """The codes of the owner's list that nobody has yet."""
    listed = read_codes(shop.settings.policy.codes, order.shop_currency)
    return unused_codes(listed, store_actions.codes_given(tx)) if listed else []


def with_listed_code(
    tx: Tx, shop: DeskContext, order: Order, action: StoreAction, kind: StoreKind
) -> StoreAction:
    """The action with a code from the list, for a store that makes none itself."""
    if action.ability is not Ability.CODE or Ability.CODE in kind.can or not shop.settings.policy.codes:
        return action
    found = next((one for one in codes_left(tx, shop, order) if one.code == action.text), None)
    if found is None:
        return replace(action, text="", amount=None, percent=0, from_list=True)
    return replace(action, amount=found.amount, percent=found.percent, from_list=True)


def refuse_named_code(tx: Tx, record: ActionRecord) -> None:
    """Raise NotNow if a letter that is sent, queued or drafted names the action's code."""
    code = record.action.text
    for ticket, text in store_actions.letters_like(tx, code, record.ticket_id):
        if names_code(text, code):
            raise NotNow(
                f"A letter on T{ticket} already names {code}.",
                safe="The code stays taken: nobody else gets it.",
                todo="Remove it from the draft, or bring the letter back from the outbox, first.",
            )
